"""200 clients want one time in the same instant. As many as there are places get it; every other is told so."""

import itertools
import json
import sqlite3
import uuid
from collections import Counter
from contextlib import closing
from urllib.parse import urlencode

import pytest

import businesses
import race
import records
import server
import slots
from client import Client

CLIENTS = 200
BUSINESS = businesses.races()
day = itertools.count(2, 3)  # every race has a day of its own


@pytest.fixture(scope="module", params=["1-sqlite", "2-sqlite", "3-postgres"])
def race_house(request, tmp_path_factory):
    """One house on one server, on two that share a file, on three that share a PostgreSQL."""
    number, _, engine = request.param.partition("-")
    place = request.getfixturevalue("cluster").place() if engine == "postgres" else None
    folder = tmp_path_factory.mktemp("race-house")
    house = server.serve(folder, BUSINESS, servers=int(number), place=place)
    yield house
    assert records.doubled(house.database, BUSINESS) == {}
    house.command("verify-audit")
    house.stop()


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
    """The clients take the servers in turn."""
    before = records.count(house.database, "booking")
    views = itertools.cycle(house.views)
    requests = [
        door(view, service, starts, number) for number, view in zip(range(CLIENTS), views, strict=False)
    ]
    finishes = race.run([server.port for server in house.servers], requests)
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
    assert records.doubled(house.database, BUSINESS) == {}


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
    ports = [server.port for server in race_house.servers]

    def requests(count: int, **customer) -> list[bytes]:
        body = json.dumps(slots.order("repair", start, **customer)).encode()
        every = itertools.cycle(race.post(f"{race_house.api}/bookings", port, body, headers) for port in ports)
        return list(itertools.islice(every, count))

    finishes = race.run(ports, requests(50))
    assert Counter(finish.status for finish in finishes) == {201: 1, 200: 49}
    assert len({finish.json["id"] for finish in finishes}) == 1
    assert len({finish.json["manage_url"].partition("#")[2] for finish in finishes}) == 1
    for refused in race.run(ports, requests(len(ports), name="Somebody Else")):
        assert refused.status == 409
        assert refused.json["code"] == "idempotency_key_reused"


AGAIN = """
  INSERT INTO booking SELECT randomblob(16), subject, service, staff, location, start + {later}, "end" + {later}, sitting,
    seat + 1, state, version, link_version, staff_named, made_by, visitor_zone, {key}, request_hash, made_at
  FROM booking WHERE service = '{service}' LIMIT 1
"""
# What makes each kind of wrong; the checker must see it in a database without constraints.
SPOILT = {
    "two stretches of one unit share time": 'UPDATE occupancy SET "end" = "end" + 86400',
    "more bookings than seats": AGAIN.format(later=0, key="NULL", service="repair"),
    "two bookings on one seat": "UPDATE booking SET seat = 1, sitting = (SELECT max(sitting) FROM booking)",
    "a booking that stands without its time": "DELETE FROM occupancy WHERE service = 'repair'",
    "a booking whose time is another's": "UPDATE occupancy SET served_start = served_start + 60",
    "time that is taken for nobody": "UPDATE booking SET sitting = NULL, state = 'cancelled'",
    "two bookings of one request": AGAIN.format(later=86_400, key="idempotency", service="repair"),
    "somebody works for two at once, buffers included": AGAIN.format(later=3_000, key="NULL", service="repair"),
    "more people than a class has places": ";".join([AGAIN.format(later=0, key="NULL", service="class")] * 3),
    "a booking of another length than its service": "UPDATE booking SET \"end\" = \"end\" + 60",
}


def test_the_checker_sees_each_kind_of_wrong_when_nothing_prevents_it(serve, tmp_path):
    assert set(SPOILT) == {*records.WRONG, *records.WRONG_BY_FILE}
    house = serve(BUSINESS)
    client = house.client()
    for service in ("repair", "class"):
        for start in [slot["start"] for slot in slots.free(house, service, days=1)][::40][:2]:
            assert slots.book(client, house, slots.order(service, start)).status == 201
    assert records.doubled(house.database, BUSINESS) == {}
    for number, (kind, script) in enumerate(SPOILT.items()):
        copy = tmp_path / f"{number}.db"
        with closing(records.opened(house.database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            for table in ("booking", "occupancy"):
                target.execute(f"CREATE TABLE loose AS SELECT * FROM {table}")
                target.execute(f"DROP TABLE {table}")
                target.execute(f"ALTER TABLE loose RENAME TO {table}")
            target.executescript(script)
        assert kind in records.doubled(copy, BUSINESS)
