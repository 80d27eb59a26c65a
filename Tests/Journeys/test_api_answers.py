"""What the API says to programs that ask it wrongly, and how little it tells whoever only holds a link."""

import uuid

import pytest

import slots


@pytest.fixture(scope="module")
def place(demo):
    return f"{demo.api}/bookings"


def problems(answer) -> dict[str, str]:
    assert answer.status == 422, f"{answer.status} {answer.text[:300]}"
    return {error["pointer"]: error["code"] for error in answer.json["errors"]}


@pytest.mark.parametrize("body", [b"{", b"", b"{'a': 1}", b'{"service": "x"', b"\xff"])
def test_what_is_no_json_is_called_so(demo, place, body):
    answer = demo.client().request("POST", place, body, {"Content-Type": "application/json"})
    assert problems(answer) == {"": "malformed_json"}


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"1", b"null"])
def test_json_that_is_no_object_is_of_the_wrong_type(demo, place, body):
    answer = demo.client().request("POST", place, body, {"Content-Type": "application/json"})
    assert problems(answer) == {"": "wrong_type"}


def test_each_value_of_a_wrong_type_is_named_by_its_pointer(demo, place):
    body = {"service": 1, "start": True, "minutes": "60", "customer": "Rasa", "answers": []}
    found = problems(demo.client().post_json(place, body))
    assert found == {f"/{name}": "wrong_type" for name in body}
    inner = {"service": "x", "start": "2030-01-01T09:00:00Z", "customer": {"name": ["Rasa"], "email": {}}}
    found = problems(demo.client().post_json(place, inner))
    assert found["/customer/name"] == found["/customer/email"] == "wrong_type"
    code = {"code": "x", "version": 1.5, "start": "now"}
    found = problems(demo.client().post_json(f"{demo.api}/manage/reschedule", code))
    assert found == {"/version": "not_a_number", "/start": "not_a_time"}


def test_an_empty_key_is_missing_and_a_last_day_before_the_first_is_called_so(demo, place):
    service = slots.services(demo)[0]
    body = slots.order_for(service, slots.free(demo, service["id"])[0]["start"])
    answer = demo.client().post_json(place, body, Idempotency_Key="")
    assert problems(answer) == {"/idempotency-key": "missing"}
    days = {"service": service["id"], "from": "2030-01-02", "to": "2030-01-01"}
    assert problems(demo.client().get(f"{demo.api}/slots", **days)) == {"/to": "before_from"}


@pytest.mark.parametrize("named", [True, False])
def test_the_bare_link_tells_time_and_service_and_the_person_only_when_named(demo, named):
    client, service = demo.client(), slots.services(demo)[0]
    first, *_, last = slots.free(demo, service["id"], after=9, days=9)
    staff = first["staff"][0] if named else None
    booking = slots.book(client, demo, slots.order_for(service, first["start"], staff)).json
    code = slots.code_of(booking)
    told = {"id", "service", "start", "end", "state", "version"} | ({"staff"} if named else set())
    later = next(
        slot
        for slot in slots.free(demo, service["id"], after=10, days=9)
        if not named or staff in slot["staff"]
    )
    move = {"code": code, "version": booking["version"], "start": later["start"]}
    moved = client.post_json(f"{demo.api}/manage/reschedule", move)
    assert moved.status == 200 and set(moved.json) == told
    end = {"code": code, "version": moved.json["version"]}
    cancelled = client.post_json(f"{demo.api}/manage/cancellation", end)
    assert cancelled.status == 200 and set(cancelled.json) == told


def test_names_are_checked_by_the_api_as_by_the_page(demo, place):
    service = slots.services(demo)[0]
    start = slots.free(demo, service["id"])[0]["start"]
    for name, code in (
        ("Rasa\u202e", "control_character"),
        ("\u200b", "missing"),
        ("http://evil.example/", "web_address"),
        ("a" + "\u0301" * 99, "control_character"),
    ):
        answer = slots.book(demo.client(), demo, slots.order_for(service, start, name=name), str(uuid.uuid4()))
        assert problems(answer) == {"/customer/name": code}
