"""One line for every route of the server: how the matrix knocks there, and what an admitted caller gets.

A route that is not here fails `test_matrix.py`. A new one needs one line in `DOORS`:

    "GET /staff/:business/things/:id": Door(of="booking", shows=BOOKING),

`of` says what is asked for, and so with which of the engine's answers the server's must agree:

- `booking`, `time-off`, `work`: something of one person's, tried with their own, their team's, of their place, somebody
  else's, the other business's and one that does not exist;
- `list`: as much as the role sees; admitted is whoever sees anything;
- `business`: the business as a whole; `self`: the person who asks;
- `person`: somebody who works here, tried with several and with nobody;
- `search`: a question about a customer, put for each of them;
- `own`: what is one's own by nature, tried with others' ids;
- `public`: the same for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# Field of a customer → what shows it: any of (verb, level).
BOOKING = {
    "first": [("view-booking", "P1")],
    "address": [("view-booking", "P2")],
    "answer": [("view-booking", "P2")],
}
NAME = {"first": [("view-booking", "P1")]}
CONTACT = {
    **BOOKING,
    "first": [("view-booking", "P1"), ("reveal-contact", "P0")],
    **{name: [("reveal-contact", "P0")] for name in ("last", "email", "phone")},
}
FOUND = {name: [("search-customers", "P0")] for name in ("first", "last", "email", "phone")}


@dataclass(frozen=True)
class Door:
    of: str
    # What an admitted caller gets.
    status: int | tuple[int, ...] = 200
    # What is sent; `{name}` stands for what the matrix knows of the thing asked for.
    form: dict | None = None
    json: dict | None = None
    query: dict = field(default_factory=dict)
    # Parameters of the path besides `:business` and the `:id` of the thing.
    path: dict = field(default_factory=dict)
    shows: dict = field(default_factory=dict)
    # False: sent without the form's token, so that even an admitted caller changes nothing and gets 403.
    token: bool = True
    # What somebody gets for what is not theirs, where it is not 404.
    not_theirs: tuple[int, ...] = ()
    # Whom alone it is tried on by those who may, since it harms.
    spared: str | None = None


# Read with a version that is long past: whoever may do it is told that the booking has changed meanwhile.
STALE = {"version": "0"}

DOORS: dict[str, Door] = {
    # For everybody.
    "GET /": Door("public"),
    "GET /healthz": Door("public"),
    "GET /readyz": Door("public"),
    "GET /assets/:name": Door("public", 404, path={"name": "nothing"}),
    "GET /.well-known/change-password": Door("public", 302),
    "GET /trust/:business": Door("public"),
    "GET /setup": Door("public", 410),
    "POST /setup": Door("public", 410, form={}),
    "GET /book/:business": Door("public"),
    "POST /book/:business/bookings": Door("public", 404, form={}),
    "GET /manage/:business": Door("public"),
    "POST /manage/:business": Door("public", 404, form={"code": "x"}),
    "POST /manage/:business/times": Door("public", 404, form={"code": "x"}),
    "POST /manage/:business/reschedule": Door("public", 404, form={"code": "x"}),
    "POST /manage/:business/cancellation": Door("public", 404, form={"code": "x", "version": "1"}),
    "POST /manage/:business/confirmation": Door("public", 404, form={"code": "x"}),
    "GET /api/v1/openapi.json": Door("public"),
    "GET /api/v1/:business/services": Door("public"),
    "GET /api/v1/:business/staff": Door("public"),
    "GET /api/v1/:business/slots": Door("public", query={"service": "visit", "from": "{day}", "to": "{day}"}),
    "POST /api/v1/:business/bookings": Door("public", 422, json={}),
    "POST /api/v1/:business/manage": Door("public", 404, json={"code": "x"}),
    "POST /api/v1/:business/manage/reschedule": Door("public", 404, json={"code": "x", "version": 1, "start": "{start}"}),
    "POST /api/v1/:business/manage/cancellation": Door("public", 404, json={"code": "x", "version": 1}),
    # Customers' own pages; nobody of the staff is a customer there.
    "GET /my/:business": Door("public"),
    "POST /my/:business": Door("public", 422, form={}),
    "GET /my/:business/open": Door("public"),
    "POST /my/:business/open": Door("public", 410, form={"code": "x"}),
    "GET /my/:business/passkey/options": Door("public"),
    "POST /my/:business/passkey": Door("public", 401, form={}),
    "GET /my/:business/bookings": Door("public", 303),
    "POST /my/:business/passkeys/options": Door("public", 303, form={}),
    "POST /my/:business/passkeys": Door("public", 303, form={}),
    "POST /my/:business/passkeys/:id/removal": Door("public", 303, form={}, path={"id": "{unknown}"}),
    "POST /my/:business/sign-out": Door("public", 303, form={}),
    # Ways in.
    "GET /staff/:business/sign-in": Door("public"),
    "GET /staff/:business/sign-in/options": Door("public"),
    "POST /staff/:business/sign-in": Door("public", (401, 429), form={}),
    "GET /staff/:business/not-me": Door("public"),
    "POST /staff/:business/not-me": Door("public", 410, form={"code": "x"}),
    "GET /staff/:business/invite": Door("public"),
    "POST /staff/:business/invite": Door("public", 410, form={"invite": "x"}),
    "POST /staff/:business/invite/passkey": Door("public", 410, form={"invite": "x"}),
    "POST /staff/:business/invite/options": Door("public", 410, form={"invite": "x"}),
    # One's own.
    "GET /staff/:business": Door("own", 303),
    "POST /staff/:business/sign-out": Door("own", 403, form={}, token=False),
    "POST /staff/:business/lock": Door("own", 403, form={}, token=False),
    "GET /staff/:business/proof/options": Door("own"),
    "POST /staff/:business/unlock": Door("own", 403, form={}, token=False),
    "POST /staff/:business/unlock/here": Door("own", 403, form={}, token=False),
    "POST /staff/:business/confirm": Door("own", 403, form={}, token=False),
    "GET /staff/:business/account": Door("own"),
    "GET /staff/:business/account/passkeys/options": Door("own"),
    "POST /staff/:business/account/passkeys": Door("own", 303, form={}),
    "POST /staff/:business/account/passkeys/:id/removal": Door("own", 404, form={}, path={"id": "{passkey}"}),
    "POST /staff/:business/account/recovery-codes": Door("own", form={}),
    "POST /staff/:business/account/recovery/:id/end": Door("own", 404, form={}, path={"id": "{unknown}"}),
    "POST /staff/:business/account/sessions/:id/end": Door("own", 404, form={}, path={"id": "{session}"}),
    "POST /staff/:business/account/sessions/end-others": Door("own", 303, form={}),
    "POST /staff/:business/account/devices/:id/forgetting": Door("own", 404, form={}, path={"id": "{device}"}),
    "GET /staff/:business/account/code-app": Door("own"),
    "POST /staff/:business/account/code-app": Door("own", 422, form={"code": ""}),
    "GET /staff/:business/password": Door("own"),
    "POST /staff/:business/password": Door("own", 422, form={"current": "", "password": ""}),
    "GET /staff/:business/leave": Door("own"),
    "POST /staff/:business/leave": Door("own", 422, form={}),
    "POST /staff/:business/leave/back": Door("own", 409, form={}),
    "POST /staff/:business/leave/:id/end": Door("own", 404, form={}, path={"id": "{unknown}"}),
    "GET /staff/:business/leave/:id/standing": Door("public", 410, path={"id": "{unknown}"}),
    "POST /staff/:business/leave/emergency": Door("self", 422, form={}),
    "GET /staff/:business/sessions/:id/standing": Door("public", 410, path={"id": "{unknown}"}),
    "POST /staff/:business/leave/:id/yes": Door("business", 404, form={}, path={"id": "{unknown}"}),
    "POST /staff/:business/leave/:id/no": Door("business", 404, form={}, path={"id": "{unknown}"}),
    "POST /staff/:business/leave/:id/review": Door(
        "business", (404, 422), form={}, path={"id": "{unknown}"}
    ),
    # Days and bookings.
    "GET /staff/:business/day": Door("list", query={"day": "{day}"}, shows=BOOKING),
    "GET /staff/:business/week": Door("list", query={"day": "{day}"}),
    "GET /api/v1/:business/day": Door("list", query={"day": "{day}"}, shows=BOOKING),
    "GET /staff/:business/bookings/new": Door("list", query={"service": "visit"}),
    "POST /staff/:business/bookings": Door(
        "work",
        303,
        form={"service": "visit", "staff": "{staff}", "start": "{free}", "name": "Somebody Calling", "key": "{unknown}"},
        # Whoever plans one place only is offered no time elsewhere.
        not_theirs=(404, 409, 422),
    ),
    "GET /staff/:business/bookings/:id": Door("booking", shows=BOOKING),
    "GET /staff/:business/bookings/:id/access": Door("booking"),
    "POST /staff/:business/bookings/:id/contact": Door("booking", form={}, shows=CONTACT),
    "POST /staff/:business/bookings/:id/mark": Door("booking", 409, form={"mark": "arrived", **STALE}, shows=BOOKING),
    "POST /staff/:business/bookings/:id/cancellation": Door("booking", 409, form=STALE, shows=BOOKING),
    "GET /staff/:business/bookings/:id/reschedule": Door("booking", shows=NAME),
    "POST /staff/:business/bookings/:id/reschedule": Door(
        "booking", 409, form={"start": "{start}", "staff": "", **STALE}, shows=BOOKING
    ),
    "GET /staff/:business/time-off": Door("list"),
    "POST /staff/:business/time-off": Door(
        "work", 303, form={"staff": "{staff}", "from": "{far}T10:00", "to": "{far}T11:00"}
    ),
    "GET /staff/:business/time-off/:id": Door("time-off"),
    "POST /staff/:business/time-off/:id/lifting": Door("time-off", 303, form={}),
    # Customers.
    "GET /staff/:business/customers": Door("list"),
    "POST /staff/:business/customers": Door("search", form={"query": "{email}"}, shows=FOUND),
    "POST /api/v1/:business/customer-searches": Door("search", json={"email": "{email}"}, shows=FOUND),
    # The business.
    "GET /staff/:business/mail": Door("business"),
    "POST /staff/:business/mail": Door("business", 422, form={}),
    "POST /staff/:business/mail/test": Door("business", form={}),
    "POST /staff/:business/mail/failed": Door("business", 303, form={}),
    "GET /staff/:business/people": Door("business"),
    "GET /staff/:business/people/:id": Door("person"),
    "POST /staff/:business/people/:id/invite": Door("person", (200, 303, 409), form={}, spared="lina"),
    "POST /staff/:business/people/:id/leaving": Door("person", form={}, spared="lina"),
    "POST /staff/:business/people/:id/sessions/end": Door("person", 303, form={}, spared="lina"),
    "POST /staff/:business/people/:id/recoveries/:recovery/opening": Door(
        "person", 404, form={}, path={"recovery": "{unknown}"}
    ),
    "POST /staff/:business/people/:id/recoveries/:recovery/end": Door(
        "person", 404, form={}, path={"recovery": "{unknown}"}
    ),
    "GET /staff/:business/record": Door("business"),
    "GET /staff/:business/review": Door("business"),
    "POST /staff/:business/review/:id": Door("person", 303, form={"answer": "keep"}, spared="matas"),
    "GET /staff/:business/money": Door("list"),
    "POST /staff/:business/people/:id/sessions/:session/end": Door("person", 404, form={}, path={"session": "{unknown}"}),
    # Nobody takes their own passkeys here.
    "POST /staff/:business/people/:id/passkeys/:passkey/removal": Door(
        "person", (404, 403), form={}, path={"passkey": "{unknown}"}
    ),
    "POST /staff/:business/people/:id/devices/:device/forgetting": Door(
        "person", 404, form={}, path={"device": "{unknown}"}
    ),
    "POST /staff/:business/people/:id/findings/:finding/split": Door(
        "person", 404, form={"name": "Anna", "email": "anna@example.com"}, path={"finding": "{unknown}"}
    ),
    "POST /staff/:business/people/:id/findings/:finding/explained": Door(
        "person", 404, form={}, path={"finding": "{unknown}"}
    ),
    # Roles, and what takes two people. `desk` is a role of the business's own.
    "GET /staff/:business/roles": Door("business"),
    "POST /staff/:business/roles": Door("business", 422, form={}),
    "GET /staff/:business/roles/new": Door("business"),
    "GET /staff/:business/roles/:id": Door("business", path={"id": "owner"}),
    "POST /staff/:business/roles/:id": Door("business", 409, form=STALE, path={"id": "desk"}),
    "POST /staff/:business/roles/:id/removal": Door("business", 409, form=STALE, path={"id": "desk"}),
    "GET /staff/:business/people/new": Door("business"),
    "POST /staff/:business/people": Door("business", 422, form={}),
    "POST /staff/:business/people/:id/role": Door(
        "person", 409, form={"role": "technician", **STALE}, spared="matas"
    ),
    "GET /staff/:business/approvals": Door("business"),
    "POST /staff/:business/approvals/:id/approval": Door("business", 404, form={}, path={"id": "{unknown}"}),
    "POST /staff/:business/approvals/:id/refusal": Door("business", 404, form={}, path={"id": "{unknown}"}),
    "POST /staff/:business/approvals/:id/withdrawal": Door("own", 404, form={}, path={"id": "{unknown}"}),
    # All customers at once.
    "GET /staff/:business/customers/export": Door("business"),
    "POST /staff/:business/customers/export": Door("business", 303, form={"purpose": "moving"}),
    "GET /staff/:business/customers/decoys": Door("business"),
    "POST /staff/:business/customers/decoys": Door("business", 303, form={"name": "Somebody Well Known"}),
    "POST /staff/:business/customers/decoys/:id/removal": Door("business", 404, form={}, path={"id": "{unknown}"}),
    "POST /staff/:business/customers/export/:id": Door("business", 404, form={}, path={"id": "{unknown}"}),
    "GET /staff/:business/customers/erasure": Door("business"),
    "POST /staff/:business/customers/erasure": Door("business", 422, form={"kept_from": "", "count": "0"}),
    "GET /api/v1/:business/roles": Door("business"),
    "POST /api/v1/:business/roles": Door("business", 422, json={"name": "Owner", "rules": []}),
    "GET /api/v1/:business/roles/:id": Door("business", path={"id": "owner"}),
    "PUT /api/v1/:business/roles/:id": Door(
        "business", 409, json={"version": 0, "name": "Nobody", "rules": []}, path={"id": "desk"}
    ),
    "DELETE /api/v1/:business/roles/:id": Door("business", 409, query=STALE, path={"id": "desk"}),
    "PUT /api/v1/:business/people/:id/role": Door(
        "person", 409, json={"version": 0, "role": "technician"}, spared="matas"
    ),
}
