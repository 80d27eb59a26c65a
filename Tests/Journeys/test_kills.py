"""kill -9 under load, of the server, of one of several, of the database: what was acknowledged is there, nothing is
there twice, the audit verifies."""

import contextlib
import http.client
import os
import random
import signal
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import aftermath
import businesses
import postgres
import records
import slots
from client import Client
from load import Load
from server import cloakroom

ROUNDS = 50
CLIENTS = 8
LOAD = 0.4  # seconds


class Booker(threading.Thread):
    """Books every five minutes of one person's time, one after the other, until the server is gone.

    Two bookers share each person, so that half of the load is a race for times that somebody else just took.
    """

    def __init__(self, house, number: int, first: datetime):
        super().__init__()
        self.house = house
        self.staff = ["tadas", "milda", "jonas", "greta"][number // 2]
        self.next = first
        self.acknowledged: list[dict] = []
        self.statuses: set[int] = set()

    def run(self):
        client = Client(self.house.base, keep_alive=True)
        try:
            while True:
                start, self.next = self.next.isoformat(), self.next + timedelta(minutes=5)
                answer = slots.book(client, self.house, slots.order("quick", start, self.staff))
                self.statuses.add(answer.status)
                if answer.status == 201:
                    self.acknowledged.append(answer.json)
        except (OSError, http.client.HTTPException):
            return  # killed: nothing of this request was acknowledged


def test_50_kills_under_load_lose_nothing_and_double_nothing(serve):
    house = serve(businesses.busy())
    tomorrow = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
        days=1
    )
    firsts = [tomorrow] * CLIENTS
    everything: dict[str, dict] = {}
    for number in range(ROUNDS):
        bookers = [Booker(house, position, firsts[position]) for position in range(CLIENTS)]
        for booker in bookers:
            booker.start()
        time.sleep(LOAD)
        house.server.kill()
        for booker in bookers:
            booker.join(timeout=30)
        acknowledged = {booking["id"]: booking for booker in bookers for booking in booker.acknowledged}
        assert acknowledged, f"round {number}: nothing was booked: {[booker.statuses for booker in bookers]}"
        assert set().union(*[booker.statuses for booker in bookers]) <= {201, 409}
        everything |= acknowledged

        cloakroom("verify-audit", "--data", house.data, "--root-key", house.root_key)
        lost = set(everything) - records.booking_ids(house.database)
        assert not lost, f"round {number}: {len(lost)} acknowledged bookings are gone"
        assert records.doubled(house.database) == {}, f"round {number}"
        house.server.start()
        # The last of each booker is the one that the kill could have caught half written.
        for booker in bookers:
            for booking in booker.acknowledged[-1:]:
                seen = house.client().post_json(f"{house.api}/manage", {"code": slots.code_of(booking)})
                assert seen.status == 200, f"round {number}: {seen.status} {seen.text}"
                assert seen.json["id"] == booking["id"] and seen.json["start"] == booking["start"]
        # Both bookers of a person go on from where the slower one was.
        firsts = [
            min(bookers[position // 2 * 2 + side].next for side in (0, 1)) for position in range(CLIENTS)
        ]
    for booking in list(everything.values())[:: max(1, len(everything) // 500)]:
        seen = house.client().post_json(f"{house.api}/manage", {"code": slots.code_of(booking)})
        assert seen.status == 200 and seen.json["id"] == booking["id"]
    print(f"{len(everything)} bookings acknowledged over {ROUNDS} kills")


def test_50_kills_of_one_of_three_servers_lose_nothing_and_double_nothing(serve, cluster):
    house = serve(businesses.busy(), servers=3, place=cluster.place())
    chance = random.Random(50)
    with Load(house) as load:
        for number in range(ROUNDS):
            load.wait_for_bookings(10)
            time.sleep(chance.random() * 0.05)
            victim = chance.choice(house.servers)
            victim.kill()
            # The others go on; those who were left without an answer ask them, with the same key.
            load.wait_for_bookings(5)
            if number % 10 == 0:
                house.command("verify-audit")
            victim.start()
    aftermath.check(house, businesses.busy(), load)
    print(f"{load.booked} bookings acknowledged over {ROUNDS} kills; answers: {dict(load.statuses)}")


@pytest.fixture
def small_cluster():
    """One of its own: after a kill, PostgreSQL syncs every file of every database there is."""
    made = postgres.Cluster()
    yield made
    made.remove()


def test_20_kills_of_the_database_lose_nothing_and_double_nothing(small_cluster, serve):
    house = serve(businesses.busy(), servers=3, place=small_cluster.place())
    chance = random.Random(20)
    with Load(house) as load:
        for _ in range(20):
            load.wait_for_bookings(20)
            time.sleep(chance.random() * 0.05)
            kill_all_of(small_cluster)
            time.sleep(chance.random() * 0.2)
            small_cluster.start()
    assert all(server.running for server in house.servers)
    aftermath.check(house, businesses.busy(), load)
    print(f"{load.booked} bookings acknowledged over 20 kills; answers: {dict(load.statuses)}")


def kill_all_of(cluster):
    """kill -9 of PostgreSQL and each of its own processes, as when the machine loses power."""
    parent = cluster.process.pid
    children = [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    for process in (parent, *children):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    cluster.process.wait()
    end = time.monotonic() + 10
    while any(still_runs(child) for child in children):
        assert time.monotonic() < end, "a process of PostgreSQL outlives kill -9"
        time.sleep(0.01)


def still_runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
