"""What signing in costs, and whether it tells who has an account; writes SIGNING_IN.md beside it.

    bench/signing_in.py [--quick]      --quick: few tries, to see that everything works; writes nothing

Two questions. Sixty-four people sign in at one moment: how long do they wait, how much memory does it take, and are
other pages answered meanwhile? And: can an onlooker tell known from unknown addresses by time or size? Welch's t over
the logarithm of the answers' times, as dudect has it (Reparaz, Balasch, Verbauwhede, 2017): below 4.5 nothing is told.
"""

import argparse
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("CLOAKROOM_BIN", str(ROOT / ".build/release/cloakroom"))
sys.path.insert(0, str(ROOT / "Tests/Journeys"))

import aging  # noqa: E402
import businesses  # noqa: E402
import measure  # noqa: E402
import server  # noqa: E402
from client import Client  # noqa: E402

AT_ONCE = 64
# Known and as many unknown addresses in one round: fewer tries than what slows a whole business down.
ROUND = 48
HASHERS = 2


@dataclass
class Rush:
    """Sixty-four at once."""

    seconds: float
    statuses: Counter
    before_mb: float
    most_mb: float
    pages: list[float]  # milliseconds of other pages meanwhile


@dataclass
class Telling:
    """Known beside unknown addresses, each refused."""

    known: list[float]  # milliseconds
    unknown: list[float]
    answers: set[tuple[int, int]]  # status and length, without the typed address

    @property
    def t(self) -> float:
        one, other = [math.log(x) for x in self.known], [math.log(x) for x in self.unknown]
        spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
        return (statistics.mean(one) - statistics.mean(other)) / math.sqrt(spread)


class Doors:
    """A business with many people, behind a proxy that says where each request comes from."""

    def __init__(self, folder: Path, people: int):
        names = [f"person-{number}" for number in range(people)]
        staff = [businesses.person("ona", [], role="owner")] + [businesses.person(name, []) for name in names]
        house = businesses.house("many-doors", staff, [])
        (folder / "business.yaml").write_text(yaml.safe_dump(house), encoding="utf-8")
        store = ["--data", folder / "data", "--root-key", folder / "root.key"]
        server.cloakroom("apply", folder / "business.yaml", *store)
        self.port = server.free_port()
        self.command = ["serve", *store, "--url", f"http://localhost:{self.port}", "--port", self.port]
        self.command += ["--limits", "off", "--trusted-proxy", "127.0.0.1/32"]
        self.log = folder / "server.log"
        self.server = server.Server(self.command, self.port, self.log).start()
        self.house = server.House(self.server, folder / "data", "many-doors", folder / "root.key")
        self.numbers = iter(random.sample(range(1, 1 << 23), 200_000))
        for name in names:
            server.enrol(self.house, name, f"{name}@example.test", "technician")
        self.people = self.house.people

    def client(self) -> Client:
        """From a network of its own."""
        number = next(self.numbers)
        address = f"{11 + (number >> 16)}.{number >> 8 & 255}.{number & 255}.7"
        return Client(self.house.base, headers={"X-Forwarded-For": address})

    def attempt(self, email: str, password: str, code: str) -> tuple[float, int, int]:
        """Milliseconds, status, length of the answer."""
        fields = {"email": email, "password": password, "code": code}
        client = self.client()
        began = time.perf_counter()
        answer = client.post_form(self.house.staff + "/sign-in", fields)
        # The typed address stands in the page again.
        return (time.perf_counter() - began) * 1000, answer.status, len(answer.text) - len(email)

    def rush(self) -> Rush:
        pid = self.server.process.pid
        before = measure.resident_mb(pid)
        most, pages, is_over = [before], [], threading.Event()

        def look():
            client = self.client()
            while not is_over.is_set():
                began = time.perf_counter()
                assert client.get(self.house.book).status == 200
                pages.append((time.perf_counter() - began) * 1000)
                most.append(measure.resident_mb(pid))
                time.sleep(0.02)

        looking = threading.Thread(target=look)
        looking.start()
        people = [self.people[number % len(self.people)] for number in range(AT_ONCE)]
        time.sleep(31)  # so that the codes that set these people up are spent and over
        tries = [(who.email, who.password, server.next_code(who.totp_secret)) for who in people]
        began = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(lambda one: self.attempt(*one), tries))
        seconds = time.perf_counter() - began
        is_over.set()
        looking.join()
        return Rush(seconds, Counter(status for _, status, _ in answers), before, max(most), pages)

    def telling(self, each: int) -> Telling:
        """Wrong tries in rounds, each address at most once in each, by two people at a time as there are two hashers."""
        known = [person.email for person in self.people]
        unknown = [f"nobody-{number}@example.test" for number in range(len(known))]
        found = Telling([], [], set())
        with ThreadPoolExecutor(HASHERS) as pool:
            while len(found.known) < each:
                # Counters of failures begin anew, so that no try waits for those before it.
                aging.forgive(self.house)
                count = min(ROUND, len(known), each - len(found.known))
                asked = [(True, email) for email in random.sample(known, count)]
                asked += [(False, email) for email in random.sample(unknown, count)]
                random.shuffle(asked)
                answers = pool.map(lambda one: self.attempt(one[1], "wrong lantern oak 42", "123456"), asked)
                for (is_known, _), (took, status, length) in zip(asked, answers):
                    (found.known if is_known else found.unknown).append(took)
                    found.answers.add((status, length))
        return found


def report(rush: Rush, telling: Telling, commit: str) -> str:
    pages = sorted(rush.pages)
    statuses = ", ".join(f"{count} × {status}" for status, count in sorted(rush.statuses.items()))
    return f"""# Signing in

Made by `bench/signing_in.py` at {commit}, {os.cpu_count()} cores.

## Sixty-four at one moment

| | |
|---|--:|
| answered ({statuses}) after, in s | {rush.seconds:.1f} |
| memory before, and at most, in MB | {rush.before_mb:.0f}, {rush.most_mb:.0f} |
| booking page meanwhile, p50 and p99, in ms | {pages[len(pages) // 2]:.1f}, {pages[len(pages) * 99 // 100]:.1f} |

Passwords are hashed two at a time (64 MiB each); at most 64 wait or are at it; who comes then is told to
come back (503).

## Known and unknown addresses

| | known | unknown |
|---|--:|--:|
| tries, shuffled | {len(telling.known)} | {len(telling.unknown)} |
| mean, in ms | {statistics.mean(telling.known):.2f} | {statistics.mean(telling.unknown):.2f} |
| median, in ms | {statistics.median(telling.known):.2f} | {statistics.median(telling.unknown):.2f} |

Welch's t over the logarithms: **{telling.t:+.2f}** (nothing is told below 4.5). Different answers by status and length: {len(telling.answers)}.
"""


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--quick", action="store_true")
    quick = arguments.parse_args().quick
    each = 40 if quick else 2_000
    with tempfile.TemporaryDirectory() as folder:
        doors = Doors(Path(folder), AT_ONCE)
        try:
            rush = doors.rush()
            telling = doors.telling(each)
        finally:
            doors.house.stop()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    text = report(rush, telling, commit.strip() or "an unknown commit")
    print(text)
    if not quick:
        (Path(__file__).parent / "SIGNING_IN.md").write_text(text)


if __name__ == "__main__":
    main()
