"""Moving a business between engines: nothing is lost, nothing is half there, nothing slips in between."""

import fcntl
import functools
import os
import random
import re
import signal
import sqlite3
import subprocess
import time

import pytest

import businesses
import records
import server
import slots
from client import Client
from one_booker import OneBooker
from server import BINARY, cloakroom

KILLS = 10


def sqlite(folder) -> list:
    return ["--store", f"sqlite:{folder}"]


def move(source: list, target: list, key, *more, check: bool = True):
    return cloakroom("move", "--from", source[1], "--to", target[1], "--root-key", key, *more, check=check)


def audit_root(store: list, key) -> str:
    said = cloakroom("verify-audit", *store, "--root-key", key).stdout
    return re.search(r"root: +(\S+)", said)[1]


def exported(store: list, key) -> str:
    return cloakroom("export", *store, "--root-key", key).stdout


@pytest.fixture
def serve(tmp_path):
    """Starts servers, of a new business or of one that is somewhere already; none outlives its test."""
    servers = []

    def start(business: dict | server.House, store: list | None = None) -> server.House:
        if store is None:
            house = server.serve(tmp_path, business)
        else:
            port = server.free_port()
            base = f"http://localhost:{port}"
            command = ["serve", *store, "--root-key", business.root_key, "--url", base, "--port", port]
            process = server.Server([*command, "--limits", "off"], port, tmp_path / f"{port}.log").start()
            house = server.House(process, business.data, business.business, business.root_key, business.people)
        servers.append(house.server)
        return house

    yield start
    for process in servers:
        if process.running:
            process.kill()


def customers_are_found(house: server.House, owner: Client, bookings: list[dict]):
    """The owner finds every customer by e-mail and sees the name, which only opens with the customer's keys."""
    for booking in bookings:
        seen = owner.submit(owner.get(f"{house.staff}/customers"), "/customers", query=booking["email"])
        assert seen.status == 200 and booking["name"] in seen.text, f"{booking['email']} was not found"
        answer = house.client().post_json(f"{house.api}/manage", {"code": booking["code"]})
        assert answer.status == 200 and answer.json["start"] == booking["start"]


def still_signed_in(client: Client, house: server.House) -> Client:
    """The same browser, on another server of the same business."""
    moved = house.client()
    moved.cookies = dict(client.cookies)
    return moved


def book(house: server.House, count: int, first: int = 0) -> list[dict]:
    service = next(s for s in slots.services(house) if s["id"] == "visit")
    free = slots.free(house, "visit")
    made = []
    for number in range(first, first + count):
        name, email = f"Rasa Kalnė{number}", f"rasa{number}@example.com"
        body = slots.order_for(service, free[number]["start"], name=name, email=email)
        answer = slots.book(house.client(), house, body)
        assert answer.status == 201, answer.text
        made.append({"name": name, "email": email, "start": free[number]["start"], "code": slots.code_of(answer.json)})
    return made


def test_there_and_back_it_is_the_same_business(tmp_path, serve, cluster):
    place = cluster.place()
    house = serve(businesses.curious())
    server.enrol(house, "ona", "ona@example.test", "owner")
    owner = house.sign_in("owner")
    bookings = book(house, 12)
    house.server.stop()
    here = sqlite(house.data)
    before = exported(here, house.root_key)
    root = audit_root(here, house.root_key)

    said = move(here, place.options, house.root_key).stdout
    assert "100 %" in said and root in said and "Never serve both" in said
    assert re.search(r"contacts opened there: +12\b", said)
    assert audit_root(place.options, house.root_key) == root
    assert exported(place.options, house.root_key) == before

    there = serve(house, place.options)
    customers_are_found(there, still_signed_in(owner, there), bookings)
    bookings += book(there, 3, first=12)
    there.server.stop()
    root = audit_root(place.options, house.root_key)

    back = sqlite(tmp_path / "back")
    move(place.options, back, house.root_key)
    assert audit_root(back, house.root_key) == root
    assert exported(back, house.root_key) == before
    again = serve(house, back)
    customers_are_found(again, still_signed_in(owner, again), bookings)
    again.server.stop()
    said = cloakroom("serve", *place.options, "--root-key", house.root_key, check=False)
    assert said.returncode != 0 and "no business" in said.stderr, "the old place is not served any more"


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A business with thousands of rows, so that a move takes long enough to be killed; its key and folder."""
    folder = tmp_path_factory.mktemp("many")
    rows = ["--past", "1500", "--coming", "100", "--customers", "3000"]
    cloakroom("bench-data", "--data", folder / "data", *rows, patience=120)
    (folder / "data/root.key").rename(folder / "root.key")
    return folder


def copied(many, tmp_path):
    """The folder once more: a move puts it away."""
    data = tmp_path / "data"
    (data / "businesses").mkdir(parents=True)
    target = data / "businesses/bench"
    target.mkdir()
    for name in ("data", "keys"):
        with sqlite3.connect(many / f"data/businesses/bench/{name}.db") as connection:
            connection.execute("VACUUM INTO ?", (str(target / f"{name}.db"),))
    return data, many / "root.key"


class Begun:
    """A move that has printed so many pieces, and waits to print more until it is read or ended."""

    def __init__(self, line: int, source: list, target: list, key):
        command = [BINARY, "move", "--from", source[1], "--to", target[1], "--root-key", str(key)]
        # Each piece stays one (O_DIRECT, pipe(2)), and there is room for one: however slow we are, it cannot run ahead.
        self.end, theirs = os.pipe2(os.O_DIRECT | os.O_CLOEXEC)
        fcntl.fcntl(theirs, fcntl.F_SETPIPE_SZ, 4096)
        # Where the tests run in the background, SIGINT is ignored by all that they start.
        heeds = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        self.process = subprocess.Popen(command, stdout=theirs, stderr=theirs, preexec_fn=heeds)
        os.close(theirs)
        self.said = "".join(self.read() for _ in range(line))

    def read(self) -> str:
        return os.read(self.end, 65536).decode()

    def rest(self) -> str:
        """What it prints until it ends."""
        words = "".join(iter(self.read, ""))
        os.close(self.end)
        self.process.wait(timeout=60)
        return words


def killed_after(line: int, source: list, target: list, key) -> str:
    """Starts a move and kills it when it has printed so many lines; what it had printed."""
    begun = Begun(line, source, target, key)
    begun.process.send_signal(random.choice([signal.SIGKILL, signal.SIGINT]))
    begun.process.wait(timeout=60)
    os.close(begun.end)
    assert begun.process.returncode < 0, "it was over before it could be killed"
    return begun.said


def is_absent(store: list, key) -> bool:
    done = cloakroom("verify-audit", *store, "--root-key", key, check=False)
    return done.returncode != 0 and "no business" in done.stderr


def test_killed_ten_times_the_source_is_as_it_was_and_the_next_run_succeeds(tmp_path, many, cluster):
    place = cluster.place()
    data, key = copied(many, tmp_path)
    here, database = sqlite(data), data / "businesses/bench/data.db"
    before = {name: records.content(database.with_name(name)) for name in ("data.db", "keys.db")}
    for number in range(KILLS):
        said = killed_after(2 + number, here, place.options, key)
        assert "done" not in said
        assert is_absent(place.options, key), f"a half business is seen after kill {number}"
    for name, content in before.items():
        assert records.content(database.with_name(name)) == content
    root = audit_root(here, key)
    said = move(here, place.options, key).stdout
    assert root in said and audit_root(place.options, key) == root

    back = sqlite(tmp_path / "back")
    for number in range(KILLS // 2):
        killed_after(2 + 2 * number, place.options, back, key)
        assert is_absent(back, key), f"a half business is seen after kill {number} on the way back"
    assert audit_root(place.options, key) == root
    move(place.options, back, key)
    assert audit_root(back, key) == root
    for name, content in before.items():
        assert records.content(tmp_path / "back/businesses/bench" / name) == content, "every row, every column"
    (left,) = (tmp_path / "back/businesses").iterdir()
    assert left.name == "bench", "what killed moves left behind is gone"


def test_when_either_side_goes_away_in_the_middle_nothing_is_moved_and_nothing_is_lost(tmp_path, many, cluster):
    place = cluster.place()
    data, key = copied(many, tmp_path)
    here, back = sqlite(data), sqlite(tmp_path / "back")
    root = audit_root(here, key)
    for source, target in ((here, place.options), (place.options, back)):
        begun = Begun(6, source, target, key)
        cluster.kill()
        words = begun.rest()
        assert begun.process.returncode == 1 and "run the move again" in words, words
        cluster.start()
        assert is_absent(target, key)
        assert audit_root(source, key) == root
        assert "done" in move(source, target, key).stdout
        assert audit_root(target, key) == root


def test_killed_after_the_source_ended_the_next_run_finishes(tmp_path, many, cluster):
    place = cluster.place()
    data, key = copied(many, tmp_path)
    here = sqlite(data)
    killed_after(4, here, place.options, key)
    # What the very last steps do, up to the one that was never reached.
    with sqlite3.connect(data / "businesses/bench/data.db") as connection:
        connection.execute(
            "CREATE TRIGGER moved BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'moved'); END"
        )
    refused = cloakroom("export", *here, "--root-key", key, check=False)
    assert refused.returncode != 0 and "run it again" in refused.stderr
    other = cluster.place()
    refused = move(here, other.options, key, check=False)
    assert refused.returncode != 0 and "--again" in refused.stderr, "an old copy is not moved by mistake"
    assert is_absent(other.options, key)
    assert "done" in move(here, place.options, key).stdout
    assert audit_root(place.options, key)


def test_a_target_that_holds_the_business_is_refused(tmp_path, many, cluster):
    place = cluster.place()
    data, key = copied(many, tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    second, _ = copied(many, other)
    move(sqlite(data), place.options, key)
    root = audit_root(place.options, key)
    third = sqlite(tmp_path / "other/third")
    (tmp_path / "other/third").mkdir()
    for source, target in ((sqlite(second), place.options), (place.options, sqlite(second))):
        refused = move(source, target, key, check=False)
        assert refused.returncode != 0 and "already" in refused.stderr
    assert audit_root(place.options, key) == root == audit_root(sqlite(second), key)
    # What was moved away from a PostgreSQL is not written over either.
    move(place.options, third, key)
    refused = move(third, place.options, key, check=False)
    assert refused.returncode != 0 and "DROP SCHEMA" in refused.stderr
    assert audit_root(third, key) == root


def test_keys_may_lie_elsewhere_on_the_way_there_and_back(tmp_path, many, cluster):
    place, safe = cluster.place(), cluster.place()
    data, key = copied(many, tmp_path)
    root = audit_root(sqlite(data), key)
    move(sqlite(data), place.options, key, "--to-keys", safe.keys)
    assert place.ask_keys("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'business%'") == []
    assert audit_root([*place.options, "--keys-store", safe.keys], key) == root
    lost = cloakroom("export", *place.options, "--root-key", key, check=False)
    assert lost.returncode != 0 and "key of 'bench' is missing" in lost.stderr
    refused = move(place.options, sqlite(tmp_path / "back"), key, check=False)
    assert refused.returncode != 0
    move(place.options, sqlite(tmp_path / "back"), key, "--from-keys", safe.keys)
    assert audit_root(sqlite(tmp_path / "back"), key) == root


def test_with_the_wrong_root_key_nothing_is_moved(tmp_path, many, cluster):
    place = cluster.place()
    data, key = copied(many, tmp_path)
    other = tmp_path / "wrong"
    cloakroom("bench-data", "--data", other, "--past", "1", "--coming", "1", "--customers", "2")
    refused = move(sqlite(data), place.options, other / "root.key", check=False)
    assert refused.returncode != 0 and "root key" in refused.stderr
    assert is_absent(place.options, key)
    assert not place.ask("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'business%'")
    assert audit_root(sqlite(data), key)


def moved_under_load(house: server.House, source: list, target: list):
    """Moves while four people are booked; the bookers."""
    bookers = [OneBooker(house, staff, days=5) for staff in ("tadas", "milda", "jonas", "greta")]
    for booker in bookers:
        booker.start()
    time.sleep(1)
    try:
        move(source, target, house.root_key)
        time.sleep(0.5)
    finally:
        for booker in bookers:
            booker.is_over.set()
        for booker in bookers:
            booker.join()
    for booker in bookers:
        assert set(booker.statuses) <= {201, 503}, f"{set(booker.statuses)}"
        assert 201 in booker.statuses and booker.statuses[-1] == 503
        refused = booker.statuses.index(503)
        assert 201 not in booker.statuses[refused:] or booker.statuses[-1] == 503
    return bookers


def test_a_booking_made_during_a_move_is_on_both_sides_or_on_none(tmp_path, serve, cluster):
    place = cluster.place()
    house = serve(businesses.busy())
    bookers = moved_under_load(house, sqlite(house.data), place.options)
    house.server.stop()
    (old,) = (house.data / "moved").iterdir()
    there = {row for (row,) in place.ask("SELECT encode(id, 'hex') FROM business_busy_house.booking")}
    assert there == {uuid.replace("-", "") for uuid in records.booking_ids(old / "data.db")}
    acknowledged = set().union(*[booker.acknowledged for booker in bookers])
    assert {uuid.replace("-", "") for uuid in acknowledged} <= there
    audit_root(place.options, house.root_key)

    house = serve(house, place.options)
    bookers = moved_under_load(house, place.options, sqlite(tmp_path / "back"))
    house.server.stop()
    back = {uuid.replace("-", "") for uuid in records.booking_ids(tmp_path / "back/businesses/busy-house/data.db")}
    there = {row for (row,) in place.ask("SELECT encode(id, 'hex') FROM business_busy_house.booking")}
    assert there == back
    assert {uuid.replace("-", "") for booker in bookers for uuid in booker.acknowledged} <= back
    audit_root(sqlite(tmp_path / "back"), house.root_key)
