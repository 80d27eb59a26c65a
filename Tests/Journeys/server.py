"""Starts, stops and kills the real server, and knows its people."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pyotp
import yaml

import records
from client import Answer, Client

if TYPE_CHECKING:
    import postgres

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("CLOAKROOM_BIN") or str(ROOT / ".build/debug/cloakroom")
PASSWORD = "mellow-harbour-thirteen-kites"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cloakroom(*arguments, check: bool = True, patience: float = 60) -> subprocess.CompletedProcess:
    """Runs one command to its end; `check` fails the test with the command's own words."""
    done = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=patience)
    if check:
        assert done.returncode == 0, (
            f"{arguments[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        )
    return done


@dataclass
class Person:
    role: str
    email: str
    password: str
    totp_secret: str


# The last time step each secret was used in: a code counts once only, so sign-ins of one person wait for a new one.
used_steps: dict[str, int] = {}


def next_code(secret: str) -> str:
    """A TOTP code (RFC 6238, 30 s) that this run has not used yet and that is at most one step away from now."""
    while True:
        now = int(time.time()) // 30
        step = max(now, used_steps.get(secret, 0) + 1)
        if step <= now + 1:
            used_steps[secret] = step
            return pyotp.TOTP(secret).at(step * 30)
        time.sleep(0.2)


class Server:
    """One server process. `command` is all that comes after the binary; stdout and stderr go to `log`."""

    def __init__(self, command: list, port: int, log: Path, wrapper: list | None = None):
        self.command = [*(wrapper or []), BINARY, *map(str, command)]
        self.port = port
        self.base = f"http://localhost:{port}"
        self.log = log
        self.process: subprocess.Popen | None = None

    def start(self, patience: float = 30):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.words()}")
            try:
                if Client(self.base).get("/readyz").status == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.02)
        self.kill()
        raise AssertionError(f"the server was not ready after {patience} s:\n{self.words()}")

    def words(self) -> str:
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def says(self, text: str, patience: float = 30) -> bool:
        """Whether the server prints this, now or within a few seconds."""
        end = time.monotonic() + patience
        while text not in self.words() and time.monotonic() < end:
            time.sleep(0.05)
        return text in self.words()

    def stop(self) -> float:
        """SIGTERM; the server must end by itself, cleanly, within 5 s. Returns how long it took."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(
                f"the server did not end within 5 s of SIGTERM:\n{self.words()[-2000:]}"
            ) from None
        assert code == 0, f"the server ended with {code} after SIGTERM:\n{self.words()[-2000:]}"
        return time.monotonic() - started

    def kill(self):
        self.process.kill()
        self.process.wait()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


@dataclass
class House:
    """A business on a running server, or on several that share its store."""

    server: Server
    data: Path
    business: str
    root_key: Path
    people: list[Person] = field(default_factory=list)
    # The others.
    more_servers: list[Server] = field(default_factory=list)
    # A pair of databases on PostgreSQL; without one, the business lies in the folder `data`.
    place: postgres.Place | None = None
    # Role or e-mail → a client that is signed in.
    signed_in: dict[str, Client] = field(default_factory=dict)

    @property
    def servers(self) -> list[Server]:
        return [self.server, *self.more_servers]

    @property
    def views(self) -> list[House]:
        """The same house, as each of its servers shows it."""
        return [dataclasses.replace(self, server=server, more_servers=[]) for server in self.servers]

    @property
    def options(self) -> list:
        """What every command on this store is given."""
        store = self.place.options if self.place else ["--data", self.data]
        return [*store, "--root-key", self.root_key]

    def command(self, name: str, *arguments, **options) -> subprocess.CompletedProcess:
        return cloakroom(name, *arguments, *self.options, **options)

    def stop(self):
        """Every server must still run, and end cleanly."""
        for server in self.servers:
            assert server.running, f"a server ended by itself:\n{server.words()[-2000:]}"
            server.stop()

    @property
    def base(self) -> str:
        return self.server.base

    @property
    def api(self) -> str:
        return f"/api/v1/{self.business}"

    @property
    def book(self) -> str:
        return f"/book/{self.business}"

    @property
    def manage(self) -> str:
        return f"/manage/{self.business}"

    @property
    def staff(self) -> str:
        return f"/staff/{self.business}"

    @property
    def database(self) -> Path | records.Schema:
        if self.place:
            return records.Schema(self.place, "business_" + self.business.replace("-", "_"))
        return self.data / "businesses" / self.business / "data.db"

    @property
    def key_database(self) -> Path | records.Schema:
        if self.place:
            return dataclasses.replace(self.database, in_keys=True)
        return self.database.with_name("keys.db")

    def wait_until_recorded(self, patience: float = 60):
        """Until every entry that was committed has its place in the record; on SQLite it has at once."""
        end = time.monotonic() + patience
        while self.place and records.count(self.database, "audit_waiting"):
            assert time.monotonic() < end, f"entries still wait for the sequencer after {patience} s"
            time.sleep(0.05)

    def client(self, **options) -> Client:
        return Client(self.base, **options)

    def person(self, role: str, position: int = 0) -> Person:
        return [person for person in self.people if role in (person.role, person.email)][position]

    def sign_in(self, role: str, position: int = 0) -> Client:
        """Signs in with password and TOTP; the session is kept for the next caller."""
        person = self.person(role, position)
        if person.email not in self.signed_in:
            client = self.client()
            answer = sign_in(client, self.staff, person)
            assert answer.status == 200 and "/sign-in" not in answer.url, f"{answer.status} {answer.url}"
            self.signed_in[person.email] = client
        return self.signed_in[person.email]


def end_traced(process: subprocess.Popen):
    """SIGTERM for the traced process, the only child of strace; strace ends as it does."""
    (child,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(child), signal.SIGTERM)
    assert process.wait(timeout=20) == 0


def sign_in(client: Client, staff: str, person: Person) -> Answer:
    page = client.get(f"{staff}/sign-in")
    return client.submit(
        page, "/sign-in", email=person.email, password=person.password, code=next_code(person.totp_secret)
    )


def demo(folder: Path, port: int | None = None, limits: str | None = "off") -> House:
    """Starts the demo; `folder` gets the data and the log."""
    port = port or free_port()
    command = ["demo", "--data", folder / "data", "--port", port]
    server = Server(command + (["--limits", limits] if limits else []), port, folder / "server.log").start()
    written = json.loads((folder / "data/demo.json").read_text())
    people = [Person(**person) for person in written["people"]]
    slug = written["api"].rstrip("/").rpartition("/")[2]
    return House(server, folder / "data", slug, folder / "data/root.key", people)


def serve(
    folder: Path,
    business: dict,
    limits: str | None = "off",
    wrapper: list | None = None,
    servers: int = 1,
    place: postgres.Place | None = None,
    options: list | None = None,
) -> House:
    """Applies a business to a folder, or to a place on PostgreSQL, and serves it; the root key lies in the folder."""
    file, key, data = folder / "business.yaml", folder / "root.key", folder / "data"
    file.write_text(yaml.safe_dump(business, sort_keys=False, allow_unicode=True), encoding="utf-8")
    store = [*(place.options if place else ["--data", data]), "--root-key", key]
    cloakroom("apply", file, *store)
    started = []
    for number in range(servers):
        port = free_port()
        command = ["serve", *store, "--url", f"http://localhost:{port}", "--bind", "127.0.0.1", "--port", port]
        command += ["--limits", limits] if limits else []
        command += options or []
        log = folder / (f"server-{number}.log" if number else "server.log")
        started.append(Server(command, port, log, wrapper).start())
    return House(started[0], data, business["business"], key, more_servers=started[1:], place=place)


def invite(house: House, slug: str) -> str:
    """The code of a new one-time link for one member of staff."""
    printed = house.command("invite", slug, "--business", house.business, "--url", house.base).stdout
    return re.search(r"/invite#(\S+)", printed)[1]


def enrol(house: House, slug: str, email: str, role: str, code: str | None = None) -> Person:
    """Lets one member of staff set a password and TOTP through the one-time link, as the person would."""
    client = house.client()
    page = client.get(f"{house.staff}/invite")
    page = client.submit(page, "/invite", invite=code or invite(house, slug))
    (link,) = [link for link in page.page.links if link.startswith("otpauth://")]
    secret = parse_qs(urlsplit(link).query)["secret"][0]
    # Whoever is invited again needs a password that they have not used.
    again = "This replaces everything" in page.page.text
    password = f"{PASSWORD}-{secret[:8].lower()}" if again else PASSWORD
    done = client.submit(page, "/invite", password=password, code=next_code(secret))
    assert done.status == 200 and "/account" in done.url, f"{done.status}: {done.page.text[:500]}"
    person = Person(role, email, password, secret)
    house.people.append(person)
    return person
