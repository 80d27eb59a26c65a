"""Numbers beyond all measure, wherever a number is read: refused like any other, and the server goes on."""

import json
import re
import sqlite3
import uuid
from contextlib import closing
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest

import businesses
import server
import slots

# Around what 64 bits hold, what 64 bits of seconds hold in minutes, hours and days, and beyond any of it.
NUMBERS = [
    -1, 0, 2**31, 10**9 + 1, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), 2**64, 10**30,
    (2**63 - 1) // 60 + 1, (2**63 - 1) // 3600 + 1, (2**63 - 1) // 86400 + 1,
]  # fmt: skip
TEXTS = [str(number) for number in NUMBERS] + ["1e308", "1e400", "-1e308", "NaN", "Infinity", "0x10", "1_000", "٣", "½", ""]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    staff = [businesses.person("ona", [], role="owner"), businesses.person("tadas", ["repair"])]
    business = businesses.house("numbers", staff, [businesses.service("repair", 30)])
    house = server.serve(tmp_path_factory.mktemp("numbers"), business)
    server.enrol(house, "ona", "ona@example.test", "owner")
    yield house
    assert house.server.running, house.server.words()[-2000:]
    house.stop()


@pytest.fixture(scope="module")
def owner(house):
    """A client that is signed in; each code of the app works once, so that all share one."""
    client = house.client()
    server.sign_in(client, house.staff, house.person("owner"))
    return client


def lives(house, answer, what):
    assert answer.status < 500, f"{what}: {answer.status} {answer.text[:300]}"
    assert house.client().get("/healthz").status == 200, what


@pytest.mark.parametrize("number", [*NUMBERS, 1e308, -1e308])
def test_a_program_that_sends_one_is_told_which_field_is_wrong(house, number):
    start = slots.free(house, "repair")[0]["start"]
    wanted = slots.order("repair", start, "tadas") | {"minutes": number}
    answer = slots.book(house.client(), house, wanted)
    lives(house, answer, "minutes")
    assert answer.status == 422 and answer.json["errors"][0]["pointer"] == "/minutes", answer.text
    moved = house.client().post_json(f"{house.api}/manage/reschedule", {"code": "x", "version": number, "start": start})
    lives(house, moved, "version")
    asked = house.client().get(f"{house.api}/slots", service="repair", minutes=number, **{"from": str(date.today())})
    lives(house, asked, "slots")


def test_roles_by_program_take_no_number_beyond_a_year_or_a_limit(house, owner):
    headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
    for number in [*NUMBERS, 1e308]:
        rule = {"allow": ["view-booking"], "scope": "own", "level": "P1", "before": number, "after": number}
        for body in (
            {"name": "R", "rules": [rule]},
            {"name": "R", "rules": [], "limit": {"per_minute": number, "per_day": number}},
        ):
            if number in (0, -1) and "limit" not in body:
                continue
            answer = owner.request("POST", f"{house.api}/roles", json.dumps(body).encode(), headers)
            lives(house, answer, str(number))
            assert answer.status == 422, f"{number}: {answer.status} {answer.text[:200]}"


@pytest.mark.parametrize("text", TEXTS)
def test_a_form_that_holds_one_is_answered_like_any_other(house, owner, text):
    client = owner
    page = client.get(f"{house.staff}/account").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    start = slots.free(house, "repair")[0]["start"]
    caller = {"service": "repair", "staff": "tadas", "start": start, "name": "Somebody Calling", "key": str(uuid.uuid4())}
    with closing(sqlite3.connect(house.database, timeout=10)) as file:
        booking = file.execute("SELECT id FROM booking LIMIT 1").fetchone()
    posts = {
        "bookings": caller | {"minutes": text},
        "time-off": {"staff": "tadas", "from": f"{date.today() + timedelta(days=9)}T{text}:00", "to": text},
        "leave": {"wish": "bookings", "minutes": text, "reason": "Because it is needed"},
        "roles/new": {"name": f"Role {text}", "per-minute": text, "per-day": text, "before.view-booking": text, "after.view-booking": text},
        "customers/erasure": {"kept_from": str(date.today()), "count": text},
    }
    if booking:
        posts[f"bookings/{uuid.UUID(bytes=booking[0])}/mark"] = {"mark": "done", "version": text}
    for path, form in posts.items():
        answer = client.request(
            "POST",
            f"{house.staff}/{path}",
            urlencode(form | {"csrf": csrf}).encode(),
            {"Content-Type": "application/x-www-form-urlencoded", "Origin": client.base, "Sec-Fetch-Site": "same-origin"},
        )
        lives(house, answer, f"{path} with {text!r}")
    for path, query in {
        "record": {"before": text}, "day": {"day": text}, "week": {"day": text}, "money": {"month": text},
        "bookings/new": {"service": "repair", "minutes": text, "day": text},
    }.items():  # fmt: skip
        lives(house, client.get(f"{house.staff}/{path}", **query), f"{path} with {text!r}")
    public = house.client().get(f"/book/{house.business}", service="repair", minutes=text, day=text, month=text)
    lives(house, public, f"the booking page with {text!r}")


@pytest.mark.parametrize(
    "kind", ["application/jsonx", "application/json; charset=utf-16", "text/plain", "application/json;x", ""]
)
def test_only_json_in_utf_8_is_read_as_json(house, owner, kind):
    body = json.dumps({"name": "R", "rules": []}).encode()
    answer = owner.request("POST", f"{house.api}/roles", body, {"Content-Type": kind, "Sec-Fetch-Site": "same-origin"})
    assert answer.status == 403, f"{answer.status} {answer.text[:200]}"
