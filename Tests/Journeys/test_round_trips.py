"""How often a request waits for PostgreSQL: each flight of the client library is one call of sendto."""

import itertools
import shutil
import time

import pytest

import businesses
import server
import slots

REQUESTS = 60
BUSINESS = businesses.house(
    "round-trips",
    [businesses.person("ona", [], role="owner"), businesses.person("tadas", ["quick"])],
    [businesses.service("quick", 5)],
)


@pytest.fixture(scope="module")
def traced(tmp_path_factory, cluster):
    """A server on PostgreSQL, and a function that counts the flights it has sent so far."""
    folder = tmp_path_factory.mktemp("round-trips")
    trace = folder / "trace"
    wrapper = [shutil.which("strace"), "-f", "-qq", "-e", "trace=sendto", "-o", trace]
    house = server.serve(folder, BUSINESS, place=cluster.place(), wrapper=wrapper)

    def flights() -> int:
        return trace.read_text("utf-8", "replace").count("sendto(")

    yield house, flights
    server.end_traced(house.server.process)


def flights_of(flights, ask) -> float:
    """The mean for each request, what the server does beside them taken away."""
    for _ in range(12):
        ask()
    before, started = flights(), time.monotonic()
    for _ in range(REQUESTS):
        ask()
    sent, took = flights() - before, time.monotonic() - started
    before = flights()
    time.sleep(max(2.0, took))
    idle = (flights() - before) / max(2.0, took) * took
    return (sent - idle) / REQUESTS


def test_slots_for_a_day_wait_for_postgresql_twice_at_most(traced):
    house, flights = traced
    client = house.client()

    def ask():
        assert client.get(f"{house.api}/slots", service="quick", **{"from": day, "to": day}).status == 200

    day = slots.free(house, "quick")[0]["start"][:10]
    mean = flights_of(flights, ask)
    assert 0.5 < mean <= 2, mean


def test_a_booking_waits_for_postgresql_four_times_at_most(traced):
    """A look with what is held, and the rest with COMMIT; keys of the contact are fetched many at a time."""
    house, flights = traced
    times = itertools.islice(slots.free(house, "quick"), 0, None, 12)

    def book():
        slot = next(times)
        answer = slots.book(house.client(), house, slots.order("quick", slot["start"], slot["staff"][0]))
        assert answer.status == 201, answer.text

    mean = flights_of(flights, book)
    assert 1.5 < mean <= 4, mean
