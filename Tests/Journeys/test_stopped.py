"""A server stands still in the middle of an act (SIGSTOP), the others go on, and it wakes later: nothing is doubled,
nothing that was acknowledged is lost, and the record goes on as one."""

import contextlib
import random
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import aftermath
import businesses
import records
import slots
from client import Client
from load import Load

BUSINESS = businesses.busy()


@contextlib.contextmanager
def standing_still(server):
    """SIGSTOP: not an instruction more until the end of the block."""
    server.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.process.send_signal(signal.SIGCONT)


def test_a_stopped_server_that_holds_the_file_makes_the_other_answer_503_until_it_wakes(serve):
    house = serve(BUSINESS, servers=2)
    sleeping, waking = house.views
    chance = random.Random(1)
    held = False
    with Load(sleeping) as load, ThreadPoolExecutor(1) as pool:
        for attempt in range(100):
            load.wait_for_bookings(10)
            time.sleep(chance.random() * 0.02)
            with standing_still(house.server):
                asked = pool.submit(slots.book, Client(waking.base), waking, far_order(attempt))
                try:
                    # Not in the middle of a commit: the other one writes at once.
                    assert asked.result(timeout=1).status == 201
                except TimeoutError:
                    assert slots.free(waking, "quick", staff="greta", days=1), "free times cannot be read"
                    answer = asked.result(timeout=30)
                    if answer.status == 201:
                        continue  # nobody held it; the machine was slow
                    held = True
                    assert answer.status == 503 and answer.json["code"] == "away", answer.text
                    break
        assert held, "it never stood still while it held the file"
        assert slots.book(Client(waking.base), waking, far_order(attempt)).status == 201
        load.wait_for_bookings(20)
    aftermath.check(house, BUSINESS, load)


def test_20_stops_of_one_of_three_servers_double_nothing_and_do_not_fork_the_record(serve, cluster):
    house = serve(BUSINESS, servers=3, place=cluster.place())
    chance = random.Random(20)
    stops, caught = 0, 0
    with Load(house) as load:
        while stops < 20 or caught < 2:
            assert stops < 80, "hardly ever was one stopped in the middle of an act"
            load.wait_for_bookings(10)
            time.sleep(chance.random() * 0.25)
            # Now and then acts are held up in the middle, so that there surely is one to be caught.
            waits = held_up(house, "outbox") if stops % 4 == 1 else contextlib.nullcontext(lambda: None)
            with waits as go_on, standing_still(chance.choice(house.servers)):
                go_on()
                is_caught = bool(idle_transactions(house))
                stops, caught = stops + 1, caught + is_caught
                # Once so long that PostgreSQL ends its transaction, and it wakes to find it gone.
                time.sleep(12 if is_caught and caught == 1 else chance.random() * 0.5)
                load.wait_for_bookings(1)
        load.wait_for_bookings(20)
    aftermath.check(house, BUSINESS, load)
    print(f"{caught} of {stops} were stopped inside a transaction; answers: {dict(load.statuses)}")


def test_a_stopped_sequencer_that_wakes_does_not_fork_the_record(serve, cluster):
    house = serve(BUSINESS, servers=3, place=cluster.place())
    with Load(house) as load:
        for attempt in range(60):
            load.wait_for_bookings(5)
            with held_up(house, "audit_entry") as go_on, standing_still(house.servers[attempt % 3]):
                go_on()
                if not (holder := transaction_at_the_tree(house)):
                    continue  # another one was at it, and has gone on
                before = records.count(house.database, "audit_entry")
                enough, met, end = load.booked + 20, 0, time.monotonic() + 60
                # PostgreSQL ends what stands still for long; until then nobody else may take anything up.
                while load.booked < enough or records.count(house.database, "audit_entry") == before:
                    assert time.monotonic() < end, "nobody took over"
                    now = records.count(house.database, "audit_entry")
                    if transaction_at_the_tree(house) == holder:
                        assert now == before, "two are at it"
                        met += 1
                    load.check()
                if met:
                    break
        else:
            raise AssertionError("the sequencer was never stopped in the middle")
        load.wait_for_bookings(20)
    aftermath.check(house, BUSINESS, load)


def idle_transactions(house) -> list[str]:
    """The last statement of each transaction that its client does not go on with."""
    time.sleep(0.05)
    asked = f"""
      SELECT regexp_replace(query, '\\s+', ' ', 'g') FROM pg_stat_activity
      WHERE datname = '{house.place.name}' AND state = 'idle in transaction'
        AND now() - state_change > interval '40 ms'
    """
    return [line for (line,) in house.place.ask(asked)]


def transaction_at_the_tree(house) -> tuple | None:
    """The transaction that has written to the record's tree and stands still, by its connection and since when."""
    asked = f"""
      SELECT activity.pid, activity.state_change FROM pg_stat_activity AS activity JOIN pg_locks AS held USING (pid)
      WHERE activity.datname = '{house.place.name}' AND activity.state = 'idle in transaction'
        AND clock_timestamp() - activity.state_change > interval '1 second'
        AND held.relation = '{house.database.name}.audit_entry'::regclass AND held.mode = 'RowExclusiveLock'
    """
    end = time.monotonic() + 2
    while time.monotonic() < end:
        for found in house.place.ask(asked):
            return found
        time.sleep(0.2)
    return None


@contextlib.contextmanager
def held_up(house, table: str):
    """Whoever writes to this table waits in the middle of a transaction; the block may let them go on earlier."""
    cluster = house.place.cluster
    command = ["psql", "--no-psqlrc", "--quiet", "--host", cluster.folder, "--port", str(cluster.port)]
    command += ["--username", "admin", "--dbname", house.place.name]
    session = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
    session.stdin.write(f"BEGIN; LOCK TABLE {house.database.name}.{table} IN SHARE MODE;\n")
    session.stdin.flush()

    def go_on():
        if not session.stdin.closed:
            session.stdin.close()
            session.wait(timeout=10)

    waiting = f"""
      SELECT 1 FROM pg_stat_activity WHERE datname = '{house.place.name}' AND wait_event_type = 'Lock'
        AND query LIKE '%{table}%'
    """
    try:
        end = time.monotonic() + 10
        while not house.place.ask(waiting):
            assert time.monotonic() < end, f"nobody writes to {table}"
        yield go_on
    finally:
        go_on()


def far_order(number: int) -> dict:
    """A booking far from those of the load: five minutes of greta's, months ahead."""
    midnight = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    return slots.order("quick", (midnight + timedelta(days=200, minutes=5 * number)).isoformat(), "greta")
