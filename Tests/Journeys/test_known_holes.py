"""Holes that other booking systems had, each tried here; the ids are those of the threat model's rows."""

import json
import re

import pytest

import quarter as quarters
import records
import server
import slots
from conftest import Sink
from quarter import Quarter
from test_customers import link_for, mail_goes_to

# What a program that sorts and filters by what it is told would take.
SORTING = ("sort", "sort_by", "order", "order_by", "orderBy", "dir", "filter", "fields", "columns", "group", "limit", "offset")
INJECTED = (
    "name", "id desc", "start); DROP TABLE booking;--", "1 UNION SELECT email FROM staff", "' OR '1'='1",
    '"; SELECT pg_sleep(9);--', "(SELECT wrapped FROM business_key)", "%27%20OR%201=1--", "\\", "start,(case when 1=1 then 1 end)",
)  # fmt: skip


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    quarter = quarters.build(tmp_path_factory.mktemp("holes"))
    yield quarter
    quarter.house.stop()


@pytest.fixture(scope="module")
def mailed(quarter, tmp_path_factory):
    """The same, with a mail server."""
    quarter.prove()
    sink = Sink(tmp_path_factory.mktemp("mail"))
    mail_goes_to(signed_in(quarter), sink.port)
    yield sink
    sink.stop()


def signed_in(quarter: Quarter) -> server.House:
    """The house whose owner's session is the one of the quarter."""
    quarter.house.signed_in["ona@example.test"] = quarter.actor("owner").client
    return quarter.house


def bookings(quarter: Quarter) -> int:
    return records.count(quarter.house.database, "booking")


def test_whose_work_it_is_comes_from_the_session_and_not_from_the_form_V6(quarter):
    """A technician names somebody else as the one who serves, is away, or whose login it is: nothing is made for them."""
    tadas, own = quarter.actor("technician"), quarter.visit(quarter.actor("technician"), "own", "visit")
    before, away = bookings(quarter), records.count(quarter.house.database, "time_off")
    for staff in ("jonas", "simas", "ona"):
        form = {"csrf": tadas.csrf, "service": "visit", "staff": staff, "start": quarter.free[staff][-1], "name": "Somebody"}
        made = tadas.client.post_form(f"{quarter.house.staff}/bookings", form | {"provider": staff, "id_users_provider": staff})
        assert made.status in (404, 409), f"{staff}: {made.status}"
        block = {"csrf": tadas.csrf, "staff": staff, "from": "2030-01-01T10:00", "to": "2030-01-01T11:00"}
        assert tadas.client.post_form(f"{quarter.house.staff}/time-off", block).status == 404
        move = {"csrf": tadas.csrf, "version": "1", "start": quarter.free[staff][-1], "staff": staff}
        moved = tadas.client.post_form(f"{quarter.house.staff}/bookings/{own.id}/reschedule", move)
        assert moved.status in (404, 409), f"{staff}: {moved.status}"
    assert (bookings(quarter), records.count(quarter.house.database, "time_off")) == (before, away)
    account = {"csrf": tadas.csrf, "staff": "ona", "person": "ona", "email": "ona@example.test", "id": "ona"}
    assert tadas.client.post_form(f"{quarter.house.staff}/account/sessions/end-others", account).status == 303
    assert quarter.actor("owner").client.get(f"{quarter.house.staff}/account").status == 200, "the owner is still in"


def test_no_list_and_no_search_gives_a_secret_away_V11(quarter):
    """Neither the manage code of a booking nor an invite, a session or a password's hash, whoever lists or looks for it."""
    secrets = [visit.code for visit in [*quarter.visits, quarter.foreign]]
    secrets += [actor.client.cookies[name] for actor in quarter.actors for name in actor.client.cookies]
    secrets += [person.totp_secret for person in quarter.house.people] + [server.PASSWORD, "$argon2"]
    secrets.append(server.invite(quarter.house, "lina"))
    for actor in quarter.actors:
        if not actor.csrf or actor.role == "foreign":
            continue
        answers = []
        for visit in (quarter.visit(actor, "own", "visit"), quarter.visit(actor, "place", "before")):
            day = {"day": visit.day}
            answers += [actor.client.get(quarter.house.staff + path, **day) for path in ("/day", "/week", "/people", "/account")]
            answers += [actor.client.get(f"{quarter.house.staff}/{path}") for path in ("time-off", "mail", "people/lina")]
            answers.append(actor.client.get(f"{quarter.house.api}/day", **day))
            answers.append(actor.client.get(f"{quarter.house.staff}/bookings/{visit.id}"))
            address = visit.fields["email"] + "@example.com"
            form = {"csrf": actor.csrf, "query": address}
            answers.append(actor.client.post_form(f"{quarter.house.staff}/customers", form))
            answers.append(actor.client.post_json(f"{quarter.house.api}/customer-searches", {"email": address}))
            answers.append(actor.client.post_json(f"{quarter.house.api}/customer-searches", {"name": "zq"}))
        for answer in answers:
            shown = [secret[:6] for secret in secrets if secret in answer.text]
            assert shown == [], f"{actor.role}: {answer.url} shows {len(shown)} secrets"
            assert not re.search(r"/(manage|my|invite)/?\S*#[\w-]{20}", answer.text), f"{answer.url} shows a link that opens something"


def test_sort_and_filter_keys_from_outside_reach_no_query_V12(quarter):
    """Nothing is sorted or filtered by what a request says: such keys are not heard, and no value of a known one is SQL."""
    owner, house = quarter.actor("owner").client, quarter.house
    day = quarter.visits[0].day
    lists = [
        (f"{house.staff}/day", {"day": day}),
        (f"{house.staff}/week", {"day": day}),
        (f"{house.staff}/people", {}),
        (f"{house.staff}/time-off", {}),
        (f"{house.api}/day", {"day": day}),
        (f"{house.api}/staff", {}),
        (f"{house.api}/services", {}),
        (f"{house.api}/slots", {"service": "visit", "from": day, "to": day}),
    ]
    before = bookings(quarter)
    for path, query in lists:
        plain = owner.get(path, **query)
        assert plain.status == 200, path
        for injected in INJECTED:
            asked = owner.get(path, **query, **dict.fromkeys(SORTING, injected))
            assert asked.status == 200 and quarters.masked(asked) == quarters.masked(plain), (
                f"{path} is another with {injected}"
            )
            for known in ("day", "staff", "service", "from", "to", "zone"):
                answer = owner.get(path, **{**query, known: injected})
                assert answer.status in (200, 404, 422), f"{path}?{known}={injected}: {answer.status}"
    for injected in INJECTED:
        for known in ("by", "act", "day", "before"):
            answer = owner.get(f"{house.staff}/record", **{known: injected})
            assert answer.status in (200, 404, 422), f"record?{known}={injected}: {answer.status}"
        for body in ({"name": injected}, {"email": injected + "@example.com"}, {"phone": injected}):
            found = owner.post_json(f"{house.api}/customer-searches", body | {})
            assert found.status in (200, 422), f"{body}: {found.status}"
            assert found.status == 422 or found.json["customers"] == [] or injected in ("name", "\\"), body
        unknown = owner.post_json(f"{house.api}/customer-searches", {"name": "nobody", "sort": injected})
        assert unknown.status == 422, "a field that is none is refused"
    assert bookings(quarter) == before


def test_nobody_lists_users_or_participants_who_may_not_V16(quarter):
    """What strangers and customers are told of people is the name of whoever serves, and nothing of who comes."""
    stranger, house = quarter.actor("signed-out").client, quarter.house
    people = stranger.get(f"{house.api}/staff")
    assert {frozenset(person) for person in people.json["staff"]} == {frozenset({"id", "name", "services"})}
    assert "lina" not in [person["id"] for person in people.json["staff"]], "who serves nobody is nobody's to know"
    for path in (house.book, f"/trust/{house.business}", f"{house.api}/services", f"{house.api}/staff"):
        text = stranger.get(path).text
        assert not quarter.seen_in(text) and "@example.test" not in text
        assert not re.search(r"\b(owner|administrator|receptionist|bookkeeper|auditor)\b", text, re.I), path
    day = quarter.visits[0].day
    free = stranger.get(f"{house.api}/slots", service="visit", **{"from": day, "to": day})
    assert {frozenset(slot) for slot in free.json["slots"]} <= {
        frozenset({"start", "end", "staff"}), frozenset({"start", "end", "staff", "location"}),
        frozenset({"start", "end", "staff", "places"}), frozenset({"start", "end", "staff", "location", "places"}),
    }, "no participants, no names"  # fmt: skip
    # Signing in, and being invited, look the same whether or not there is such a person.
    said = set()
    for email in ("ona@example.test", "lina@example.test", "nobody@example.test"):
        page = house.client().get(f"{house.staff}/sign-in")
        refused = house.client().submit(page, "/sign-in", email=email, password="a wrong password", code="123456")
        said.add((refused.status, re.sub(re.escape(email), "", refused.text)))
    assert len(said) == 1
    # And of those who work here, whoever may not see people cannot tell who does.
    for role in ("administrator", "receptionist", "technician", "bookkeeper", "auditor", "vendor", "desk"):
        actor = quarter.actor(role)
        told = {
            (answer.status, quarters.masked(answer, f"/people/{name}"))
            for name in ("lina", "ona", "none")
            if (answer := actor.client.get(f"{house.staff}/people/{name}"))
        }
        assert len(told) == 1 and next(iter(told))[0] == 403, role


def test_a_code_opens_its_own_booking_whatever_else_is_named_V20(quarter):
    """Participants are not to be had by the ids of others' bookings, in the body, the query or the path."""
    stranger, house = quarter.actor("signed-out").client, quarter.house
    own, other = quarter.visits[0], quarter.visits[1]
    for extra in ({"id": other.id}, {"booking": other.id}, {"subject": other.id}):
        answer = stranger.post_json(f"{house.api}/manage", {"code": own.code, **extra})
        assert answer.status == 422 or answer.json["id"] == own.id, extra
        assert not quarter.seen(answer)
        page = stranger.post_form(f"{house.manage}?id={other.id}", {"code": own.code, **extra})
        assert page.status == 200 and not quarter.seen(page) and other.code not in page.text
    for code in (other.id, quarter.foreign.code, other.code[:-1] + ("A" if other.code[-1] != "A" else "B")):
        assert stranger.post_json(f"{house.api}/manage", {"code": code}).status == 404
    foreign = stranger.post_json(f"{quarter.other.api}/manage", {"code": own.code})
    assert foreign.status == 404, "another business's door does not take it"
    gone = stranger.post_json(f"{house.api}/manage/cancellation", {"code": own.code, "version": 99, "id": other.id})
    assert gone.status in (409, 422)
    day = stranger.get(f"{house.api}/day", day=own.day)
    assert day.status == 401 and not quarter.seen(day)


def test_settings_never_give_back_secrets_V21(quarter):
    """The mail password goes in and never comes out: not on the page, not in the export, not to another business."""
    secret, owner, house = "zqmailpasswordzq", quarter.actor("owner"), quarter.house
    quarter.prove()
    settings = {"host": "mail.example.test", "port": "587", "security": "starttls", "username": "quarter"}
    form = {"csrf": owner.csrf, "sender": "house@example.test", "password": secret, **settings}
    assert owner.client.post_form(f"{house.staff}/mail", form).status == 303
    page = owner.client.get(f"{house.staff}/mail")
    assert page.status == 200 and "mail.example.test" in page.text and secret not in page.text
    assert page.page.form("/mail").fields["password"] == ""
    wrong = owner.client.post_form(f"{house.staff}/mail", form | {"port": "none"})
    assert wrong.status == 422 and secret not in wrong.text, "nor does what was just typed come back"
    moved = owner.client.post_form(f"{house.staff}/mail", form | {"host": "evil.example.test", "password": ""})
    assert moved.status == 422, "a kept password is not sent to another server"
    for command in (("export", house.business), ("permissions",), ("permissions", "--json")):
        printed = house.command(*command) if command[0] == "export" else server.cloakroom(*command)
        assert secret not in printed.stdout + printed.stderr
    for text in (house.server.words(), json.dumps(records.entries(house.database))):
        assert secret not in text
    other = quarter.actor("foreign")
    for path in ("/mail", "/people", "/account"):
        assert "mail.example.test" not in other.client.get(quarter.other.staff + path).text
        assert "/sign-in" in other.client.get(house.staff + path).url
    for key in ("host", "password", "secret", "root_key", "key"):
        asked = owner.client.get(f"{house.staff}/mail", config=key, setting=key, name=key)
        assert secret not in asked.text


def test_a_customer_with_a_staff_address_is_a_customer_and_nothing_more_V25(quarter, mailed):
    """Booking with the owner's address, and proving it, opens the bookings of that address; no door of the staff's, and the
    staff's session opens nothing of a customer's."""
    house, address = quarter.house, "ona@example.test"
    start = slots.free(house, "visit", "kotryna", after=60, days=1)[0]["start"]
    body = slots.order("visit", start, "kotryna", name="Rasa Kalnė", email=address, address="Street 1")
    body["customer"]["email"] = address
    assert slots.book(house.client(), house, body | {"answers": {"model": "none"}}).status == 201
    customer = house.client()
    opened = customer.post_form(f"/my/{house.business}/open", {"code": link_for(house, mailed, address)})
    assert opened.status == 303 and list(customer.cookies) == ["cloakroom-customer"]
    own = customer.get(f"/my/{house.business}/bookings")
    assert own.status == 200 and "Rasa" in own.text and not quarter.seen(own)
    token = customer.cookies["cloakroom-customer"]
    for cookies in ({"cloakroom-customer": token}, {"cloakroom": token}, {"cloakroom": token, "cloakroom-customer": token}):
        customer.cookies = dict(cookies)
        for path in ("", "/day", "/people", "/account", "/mail", "/password"):
            assert "/sign-in" in customer.get(house.staff + path).url, path
        assert customer.get(f"{house.api}/day", day=start[:10]).status == 401
        changed = customer.post_form(f"{house.staff}/password", {"current": "", "password": server.PASSWORD + "x", "csrf": "x"})
        assert changed.status == 303 and "/sign-in" in changed.header("location")
    owner = house.client()
    for cookies in (
        {"cloakroom-customer": quarter.actor("owner").client.cookies["cloakroom"]},
        {"cloakroom": quarter.actor("owner").client.cookies["cloakroom"]},
    ):
        owner.cookies = dict(cookies)
        asked = owner.get(f"/my/{house.business}/bookings", follow=False)
        assert asked.status == 303 and "Rasa" not in asked.text
    # What the customer is called, wants and proves changes nothing of the account.
    person = house.person("ona@example.test")
    assert "/sign-in" not in server.sign_in(house.client(), house.staff, person).url
