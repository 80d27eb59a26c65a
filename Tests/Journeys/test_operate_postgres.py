"""What docs/operate/postgres.md tells the operator to do: dumps of both databases, and a standby that takes over."""

import os
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml

import businesses
import postgres
import server
import slots
from one_booker import OneBooker
from server import cloakroom, free_port


@pytest.fixture
def serve(tmp_path):
    """Starts servers on a PostgreSQL; none outlives its test."""
    servers = []

    def start(address: str, *options) -> server.House:
        port = free_port()
        base = f"http://localhost:{port}"
        command = ["serve", "--store", address, "--root-key", tmp_path / "root.key", "--url", base]
        command += ["--port", port, "--limits", "off", *options]
        one = server.Server(command, port, tmp_path / f"{port}.log")
        servers.append(one)
        return server.House(one.start(), tmp_path, "busy-house", tmp_path / "root.key")

    yield start
    for one in servers:
        if one.running:
            one.kill()


def applied(folder, place):
    file = folder / "business.yaml"
    file.write_text(yaml.safe_dump(businesses.busy(), sort_keys=False))
    cloakroom("apply", file, *place.options, "--root-key", folder / "root.key")


def run(place, program: str, role: str, *arguments):
    cluster = place.cluster
    done = subprocess.run(
        [cluster.programs / program, "--host", cluster.folder, "--port", str(cluster.port), "--username", role,
         *map(str, arguments)],
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == 0, f"{program}:\n{done.stderr}"


def test_dumps_of_a_running_house_are_restored_elsewhere(tmp_path, serve, cluster):
    place, other = cluster.place(), cluster.place()
    applied(tmp_path, place)
    house = serve(place.store)
    free = [slot["start"] for slot in slots.free(house, "quick", "tadas", days=2)]
    booked = [slots.book(house.client(), house, slots.order("quick", start, "tadas")) for start in free[:20]]
    data, keys = tmp_path / "data.dump", tmp_path / "keys.dump"
    run(place, "pg_dump", "cloakroom", "--format", "custom", "--file", data, place.name)
    run(place, "pg_dump", "cloakroom_keys", "--format", "custom", "--file", keys, f"{place.name}_keys")
    restoring = ["--exit-on-error", "--no-owner", "--dbname"]
    run(other, "pg_restore", "cloakroom", *restoring, other.name, data)
    run(other, "pg_restore", "cloakroom_keys", *restoring, f"{other.name}_keys", keys)
    said = cloakroom("verify-audit", *other.options, "--root-key", tmp_path / "root.key").stdout
    assert "the record is whole" in said
    restored = serve(other.store)
    for answer in booked:
        code = slots.code_of(answer.json)
        seen = restored.client().post_json(f"{restored.api}/manage", {"code": code})
        assert seen.status == 200 and seen.json["start"] == answer.json["start"]


def test_a_server_uses_as_many_connections_as_it_may(tmp_path, serve, cluster):
    place = cluster.place()
    applied(tmp_path, place)
    house = serve(place.store, "--connections", 2)
    free = [slot["start"] for slot in slots.free(house, "quick", "tadas", days=5)]
    with ThreadPoolExecutor(20) as pool:
        orders = [slots.order("quick", start, "tadas") for start in free[:60]]
        answers = list(pool.map(lambda order: slots.book(house.client(), house, order), orders))
    assert {answer.status for answer in answers} <= {201, 409} and answers[0].status == 201
    # Beside the two: who waits for the disk, and who brings the record into order.
    found = place.ask(
        "SELECT datname, count(*) FROM pg_stat_activity WHERE application_name LIKE 'cloakroom %' GROUP BY 1"
    )
    assert {name: int(count) <= (3 if name.endswith("_keys") else 4) for name, count in found} == {
        place.name: True, f"{place.name}_keys": True,
    }, found  # fmt: skip


@pytest.mark.parametrize("number", ["1", "65", "many"])
def test_a_number_of_connections_that_makes_no_sense_is_refused(tmp_path, cluster, number):
    key = ["--root-key", tmp_path / "root.key"]
    refused = cloakroom("serve", *cluster.place().options, *key, "--connections", number, check=False)
    assert refused.returncode != 0 and "--connections" in refused.stderr
    refused = cloakroom("serve", "--data", tmp_path / "data", *key, "--connections", "2", check=False)
    assert refused.returncode != 0 and "postgres:// alone" in refused.stderr


class Standby:
    """A synchronous standby of a cluster, in a folder inside the cluster's own."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.folder = cluster.folder / "standby"
        self.port = free_port()
        self.process = None

    def start(self):
        cluster = self.cluster
        self._run("pg_basebackup", "-h", cluster.folder, "-p", str(cluster.port), "-U", "admin",
                  "-D", self.folder, "-R", "-X", "stream", "-c", "fast")  # fmt: skip
        with (self.folder / "postgresql.conf").open("a") as file:
            file.write(f"port = {self.port}\nunix_socket_directories = '{self.folder}'\n")
        command = ["setpriv", "--pdeathsig", "INT"]
        if cluster.user:
            command += [f"--reuid={cluster.user.pw_uid}", f"--regid={cluster.user.pw_gid}", "--clear-groups"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, cluster.programs / "postgres", "-D", self.folder],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        cluster.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        cluster.ask("SELECT pg_reload_conf()")
        end = time.monotonic() + 30
        while cluster.ask("SELECT sync_state FROM pg_stat_replication") != [("sync",)]:
            assert time.monotonic() < end, "the standby does not follow"
            time.sleep(0.1)

    def promote(self):
        # It has nobody that it would have to wait for.
        with (self.folder / "postgresql.auto.conf").open("a") as file:
            file.write("synchronous_standby_names = ''\n")
        self._run("pg_ctl", "promote", "-D", self.folder)

    def _run(self, program: str, *arguments):
        done = subprocess.run(
            [self.cluster.programs / program, *arguments],
            capture_output=True,
            text=True,
            cwd=self.cluster.folder,
            **self.cluster.as_user(),
        )
        assert done.returncode == 0, f"{program}:\n{done.stdout}{done.stderr}"

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def test_a_synchronous_standby_takes_over_and_nothing_confirmed_is_lost(tmp_path, serve):
    cluster = postgres.Cluster()
    standby = Standby(cluster)
    try:
        place = cluster.place()
        applied(tmp_path, place)
        standby.start()
        hosts = f"host={cluster.folder},{standby.folder}&port={cluster.port},{standby.port}"
        address = f"postgres://cloakroom@/{place.name}?{hosts}"
        bookers = [OneBooker(serve(address), staff, days=3) for staff in ("tadas", "milda")]
        for booker in bookers:
            booker.start()
        time.sleep(1)
        cluster.kill()
        before = [len(booker.acknowledged) for booker in bookers]
        standby.promote()
        end = time.monotonic() + 60
        while any(len(booker.acknowledged) == count for booker, count in zip(bookers, before, strict=True)):
            assert time.monotonic() < end, "nothing is booked at the standby"
            time.sleep(0.1)
        time.sleep(2)
        for booker in bookers:
            booker.is_over.set()
        for booker in bookers:
            booker.join()
            assert set(booker.statuses) <= {201, 503} and booker.statuses[-1] == 201
        assert all(len(booker.acknowledged) > count > 0 for booker, count in zip(bookers, before, strict=True))
        found = subprocess.run(
            ["psql", "-h", standby.folder, "-p", str(standby.port), "-U", "admin", "-d", place.name, "-At", "-c",
             "SELECT encode(id, 'hex') FROM business_busy_house.booking"],
            capture_output=True,
            text=True,
            check=True,
            env={"PATH": os.environ["PATH"]},
        ).stdout.split()  # fmt: skip
        acknowledged = set().union(*[booker.acknowledged for booker in bookers])
        assert {uuid.replace("-", "") for uuid in acknowledged} <= set(found)
        key = ["--root-key", tmp_path / "root.key"]
        assert "the record is whole" in cloakroom("verify-audit", "--store", address, *key).stdout
    finally:
        standby.stop()
        cluster.remove()
