"""200 clients want one time in the same instant. As many as there are places get it; every other is told so."""

import itertools
import json
import uuid
from collections import Counter
from urllib.parse import urlencode

import pytest

import race
import records
import slots
from client import Client

CLIENTS = 200
day = itertools.count(2, 3)  # every race has a day of its own


def rivals(house, service: str, count: int) -> list[str]:
    """Free starts of one day, one after the other; those of the repair, five minutes apart, exclude each other."""
    found = slots.free(house, service, days=0, after=next(day))
    noon = len(found) // 2
    return [slot["start"] for slot in found[noon : noon + count]]


def through_api(house, service, starts, position) -> bytes:
    body = slots.order(
        service, starts[position % len(starts)], name=f"Rasa {position}", email=f"r{position}@example.com"
    )
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    return race.post(f"{house.api}/bookings", house.server.port, json.dumps(body).encode(), headers)


def through_page(house, service, starts, position) -> bytes:
    page = Client(house.base).get(house.book, service=service, start=starts[position % len(starts)])
    assert page.status == 200, f"{page.status} {page.page.text[:300]}"
    fields = page.page.form("/bookings").filled(name=f"Rasa {position}", email=f"r{position}@example.com")
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": house.base,
        "Sec-Fetch-Site": "same-origin",
    }
    return race.post(f"{house.book}/bookings", house.server.port, urlencode(fields).encode(), headers)


def through_both(house, service, starts, position) -> bytes:
    return (through_api, through_page)[position % 2](house, service, starts, position)


def run(house, door, service: str, starts: list[str], places: int):
    before = records.count(house.database, "booking")
    finishes = race.run(
        house.server.port, [door(house, service, starts, number) for number in range(CLIENTS)]
    )
    won = [finish for finish in finishes if finish.status in (200, 201)]
    assert Counter(finish.status for finish in finishes if finish not in won) == {409: CLIENTS - places}
    assert len(won) == places
    for number, finish in enumerate(finishes):
        if finish.status != 409:
            continue
        if finish.headers["content-type"].startswith("application/problem+json"):
            assert finish.json["code"] == "slot_taken" and finish.json["status"] == 409
        else:
            assert f'value="Rasa {number}"' in finish.text, "what was typed is gone"
            assert f'value="r{number}@example.com"' in finish.text, "what was typed is gone"
    assert records.count(house.database, "booking") - before == places
    assert records.doubled(house.database) == {}


DOORS = pytest.mark.parametrize("door", [through_api, through_page, through_both])


@DOORS
def test_one_of_200_gets_an_appointment(race_house, door):
    run(race_house, door, "repair", rivals(race_house, "repair", 1), places=1)


@DOORS
def test_one_of_200_gets_one_of_five_starts_whose_buffers_overlap(race_house, door):
    run(race_house, door, "repair", rivals(race_house, "repair", 5), places=1)


@DOORS
def test_three_of_200_get_a_class_with_three_seats(race_house, door):
    run(race_house, door, "class", rivals(race_house, "class", 1), places=3)


@DOORS
def test_two_of_200_get_either_of_two_people(race_house, door):
    run(race_house, door, "visit", rivals(race_house, "visit", 1), places=2)


def test_the_loser_is_offered_near_times_that_can_be_booked(race_house):
    start = rivals(race_house, "repair", 1)
    winner, loser = Client(race_house.base), Client(race_house.base)
    lost = loser.get(race_house.book, service="repair", start=start[0])
    assert slots.book(winner, race_house, slots.order("repair", start[0])).status == 201
    told = loser.submit(lost, "/bookings", name="Marius Late", email="marius@example.com")
    assert told.status == 409
    near = told.page.form("/bookings").choices["start"]
    assert near, "no other time is offered"
    again = loser.submit(told, "/bookings", start=near[0])
    assert again.status == 200 and "Marius" not in again.url


def test_a_repeated_request_with_one_key_books_once_and_answers_the_same(race_house):
    start = rivals(race_house, "repair", 1)[0]
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    body = json.dumps(slots.order("repair", start)).encode()
    request = race.post(f"{race_house.api}/bookings", race_house.server.port, body, headers)
    finishes = race.run(race_house.server.port, [request] * 50)
    assert Counter(finish.status for finish in finishes) == {201: 1, 200: 49}
    assert len({finish.json["id"] for finish in finishes}) == 1
    assert len({finish.json["manage_url"] for finish in finishes}) == 1
    other = json.dumps(slots.order("repair", start, name="Somebody Else")).encode()
    (refused,) = race.run(
        race_house.server.port,
        [race.post(f"{race_house.api}/bookings", race_house.server.port, other, headers)],
    )
    assert refused.status == 409
    assert refused.json["code"] == "idempotency_key_reused"
