"""A PostgreSQL cluster of the tests' own, in a temporary folder; never one that was there before.

PostgreSQL refuses to run as root, so then it runs as the user `postgres` or, where there is none, as `nobody`. It hears
on a socket in its folder (no password asked) and on a free loopback port (password asked). It is a child of the tests
and ends with them, also when they are killed.
"""

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from server import free_port

PASSWORD = "loose-gravel-nine"


def programs() -> Path:
    """The folder of initdb, postgres and psql: on PATH, or Debian's newest."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))[::-1]
    for folder in folders:
        if os.access(folder / "initdb", os.X_OK) and os.access(folder / "postgres", os.X_OK):
            return folder
    raise AssertionError("PostgreSQL is missing; `scripts/install test` installs it")


def other_user() -> pwd.struct_passwd | None:
    """Who the cluster runs as when the tests run as root."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres")
    return pwd.getpwnam("nobody")


@dataclass
class Place:
    """A database for data and one for keys, each with its own role."""

    cluster: "Cluster"
    name: str

    @property
    def store(self) -> str:
        return self.cluster.address(self.name)

    @property
    def keys(self) -> str:
        return self.cluster.address(self.name + "_keys")

    @property
    def options(self) -> list[str]:
        return ["--store", self.store]

    def ask(self, sql: str) -> list[tuple[str, ...]]:
        return self.cluster.ask(sql, self.name)

    def ask_keys(self, sql: str) -> list[tuple[str, ...]]:
        return self.cluster.ask(sql, self.name + "_keys")


class Cluster:
    def __init__(self):
        self.programs = programs()
        self.user = other_user()
        self.folder = Path(tempfile.mkdtemp(prefix="cloakroom-pg-", dir="/tmp"))
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self.names = itertools.count(1)
        try:
            self._make()
            self.start()
        except BaseException:
            self.remove()
            raise

    def _make(self):
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self._run(
            "initdb", "--pgdata", self.folder / "data", "--username", "admin", "--auth-local", "trust",
            "--auth-host", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync",
        )  # fmt: skip
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
            "max_connections": 200,
            "shared_buffers": "64MB",
        }
        with (self.folder / "data/postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def as_user(self) -> dict:
        """For `subprocess`: whoever the cluster belongs to."""
        if not self.user:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def _run(self, program: str, *arguments):
        done = subprocess.run(
            [self.programs / program, *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=self.folder,
            **self.as_user(),
        )
        assert done.returncode == 0, f"{program}:\n{done.stdout}{done.stderr}"

    def start(self):
        """Starts the server, or starts it again after `stop` or `kill`, and waits until it answers."""
        # The server gets SIGINT (fast shutdown) when the tests die.
        command = ["setpriv", "--pdeathsig", "INT"]
        if self.user:
            command += [f"--reuid={self.user.pw_uid}", f"--regid={self.user.pw_gid}", "--clear-groups"]
        command += [self.programs / "postgres", "-D", self.folder / "data"]
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                # After a kill its children may still be there for a moment, and it refuses to start beside them.
                with (self.folder / "log").open("ab") as log:
                    self.process = subprocess.Popen(
                        command,
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=subprocess.STDOUT,
                        cwd=self.folder,
                    )
            if self._psql("SELECT 1", "postgres").returncode == 0:
                return
            time.sleep(0.05)
        raise AssertionError(f"PostgreSQL does not answer:\n{self.words()}")

    def words(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")[-4000:]

    def stop(self):
        """Fast shutdown: connections are ended, everything is written."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self):
        """kill -9 of the server; its children notice and end."""
        self.process.kill()
        self.process.wait()

    def remove(self):
        """Ends it without writing anything down, since nobody will read it, and deletes its folder."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str, password: str | None = None) -> str:
        """By the socket without a password, or by the port with one."""
        role = "cloakroom_keys" if database.endswith("_keys") else "cloakroom"
        if password:
            return f"postgres://{role}:{password}@127.0.0.1:{self.port}/{database}"
        return f"postgres://{role}@/{database}?host={self.folder}&port={self.port}"

    def _psql(self, sql: str, database: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator", "\x1f",
             "--set", "ON_ERROR_STOP=1", "--host", self.folder, "--port", str(self.port),
             "--username", "admin", "--dbname", database, "--command", sql],
            capture_output=True,
            text=True,
            env={"PATH": os.environ["PATH"], "PGCONNECT_TIMEOUT": "10"},
        )  # fmt: skip

    def ask(self, sql: str, database: str = "postgres") -> list[tuple[str, ...]]:
        """The rows of one statement, as the administrator sees them."""
        done = self._psql(sql, database)
        assert done.returncode == 0, f"{sql}\n{done.stderr}"
        return [tuple(line.split("\x1f")) for line in done.stdout.splitlines() if line]

    def place(self) -> Place:
        """A new pair of empty databases, with the roles that docs/operate/postgres.md makes."""
        for role in ("cloakroom", "cloakroom_keys"):
            if not self.ask(f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'"):
                self.ask(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
        name = f"house_{next(self.names)}"
        self.ask(f"CREATE DATABASE {name} OWNER cloakroom")
        self.ask(f"CREATE DATABASE {name}_keys OWNER cloakroom_keys")
        self.ask(f"REVOKE CONNECT ON DATABASE {name}, {name}_keys FROM PUBLIC")
        return Place(self, name)
