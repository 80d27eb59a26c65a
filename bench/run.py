"""Measures the release build and writes RESULTS.md: each figure beside its goal and beside what the machine can do.

    bench/run.py [--quick]      --quick: short runs on little data, to see that everything works; writes nothing

Everything happens in one run on one machine, so that ratios mean something. No answer is cached: service, person and
day are drawn anew for each request, and bookings are committed before and between.
"""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("CLOAKROOM_BIN", str(ROOT / ".build/release/cloakroom"))
sys.path.insert(0, str(ROOT / "Tests/Journeys"))

import measure  # noqa: E402
import race  # noqa: E402
import server  # noqa: E402
import several  # noqa: E402
import slots  # noqa: E402
from client import Client  # noqa: E402

COMING, CUSTOMERS = 1_000, 100_000
# Work: goal of answers a second, of the 99th percentile in ms, of CPU in ms for each request.
GOALS = {
    "slots for a day": (20_000, 10, 0.08),
    "slots for a month, one person": (4_000, None, 0.5),
    "booking: durable, sealed, audited": (5_000, 30, 0.25),
    "technician's day, JSON": (3_000, None, 0.4),
    "technician's day, HTML": (1_500, None, 0.4),
    "exact customer search": (5_000, None, 0.2),
}


def lua(text: str) -> str:
    return json.dumps(text)


def lua_list(texts) -> str:
    return "{" + ", ".join(lua(text) for text in texts) + "}"


class Bench:
    """One data set and the server on it: in a folder, or on PostgreSQL."""

    def __init__(self, folder: Path, past: int, customers: int, seconds: float, place=None):
        self.folder, self.seconds, self.customers = folder, seconds, customers
        folder.mkdir()
        data, key = folder / "data", folder / "root.key"
        self.store = [*(place.options if place else ["--data", data]), "--root-key", key]
        made = ["--past", past, "--coming", COMING, "--customers", customers]
        server.cloakroom("bench-data", *self.store, *made, patience=1800)
        port = server.free_port()
        self.start_ms = self.time_starts(port)
        started = server.Server(self.command(port), port, folder / "server.log").start()
        self.house = server.House(started, data, "bench", key, place=place)
        client = self.house.client()
        self.services = [
            service["id"] for service in client.get(f"{self.house.api}/services").json["services"]
        ]
        self.staff = [person["id"] for person in client.get(f"{self.house.api}/staff").json["staff"]]
        self.days = [(date.today() + timedelta(days=ahead)).isoformat() for ahead in range(1, 57)]
        self.idle_mb = measure.resident_mb(self.house.server.process.pid)
        server.enrol(self.house, "person-1", "person-1@example.test", "owner")
        server.enrol(self.house, "person-2", "person-2@example.test", "technician")

    def command(self, port: int, *options) -> list:
        return [
            "serve", *self.store, "--port", port, "--limits", "off", "--url", f"http://localhost:{port}", *options
        ]  # fmt: skip

    def serve_anew(self, servers: int, *options):
        """Stops the servers and starts so many; what a run has left to be done later is not the next one's work."""
        self.house.wait_until_recorded()
        self.house.stop()
        started = []
        for _ in range(servers):
            port = server.free_port()
            started.append(server.Server(self.command(port, *options), port, self.folder / f"server-{port}.log").start())
        self.house.server, *self.house.more_servers = started
        self.house.signed_in.clear()
        record = self.house.sign_in("owner").get(f"{self.house.staff}/record")
        assert record.status == 200, record.status

    def time_starts(self, port: int, rounds: int = 5) -> float:
        """From the start of the process to its first answer: the median of some starts."""
        taken = []
        for _ in range(rounds + 1):
            started = time.perf_counter()
            process = subprocess.Popen(
                [server.BINARY, *map(str, self.command(port))], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            while True:
                try:
                    if Client(f"http://localhost:{port}").get("/api/v1/bench/services").status == 200:
                        break
                except OSError:
                    time.sleep(0.001)
                if process.poll() is not None:
                    raise SystemExit(f"the server ended with {process.returncode}")
            taken.append((time.perf_counter() - started) * 1000)
            process.terminate()
            process.wait()
        return sorted(taken[1:])[rounds // 2]

    def get(self, paths: list[str], cookie: str | None = None) -> measure.Run:
        """GETs; each path is a Lua expression."""
        functions = ", ".join(f"function() return {path} end" for path in paths)
        headers = f'["Cookie"] = {lua(cookie)}' if cookie else ""
        text = "targets = { headers = {%s}, paths = {%s} }\n" % (headers, functions)
        text += f"services = {lua_list(self.services)}\nstaff = {lua_list(self.staff)}\ndays = {lua_list(self.days)}\n"
        return measure.wrk(self.house.server, "get.lua", text, self.folder, self.seconds)

    def hello(self) -> measure.Run:
        return self.get(['"/healthz"'])

    def slots_for_a_day(self) -> measure.Run:
        base = f'"{self.house.api}/slots?service=" .. any(services)'
        day = '(function() local day = any(days) return "&from=" .. day .. "&to=" .. day end)()'
        # Half ask for anyone, half for a person, as visitors do.
        return self.get([f"{base} .. {day}", f'{base} .. {day} .. "&staff=" .. any(staff)'])

    def slots_for_a_month(self) -> measure.Run:
        months = [
            (first, (date.fromisoformat(first) + timedelta(days=29)).isoformat())
            for first in self.days[: len(self.days) // 2]
        ]
        spans = lua_list(f"&from={first}&to={last}" for first, last in months)
        return self.get(
            [f'"{self.house.api}/slots?service=" .. any(services) .. any({spans}) .. "&staff=" .. any(staff)']
        )

    def technician_session(self) -> tuple[str, str]:
        """The technician's slug and cookie."""
        person = self.house.person("technician")
        cookies = self.house.sign_in(person.email).cookies
        return person.email.split("@")[0], "; ".join(f"{name}={value}" for name, value in cookies.items())

    def technicians_day(self, html: bool) -> tuple[measure.Run, float]:
        """Also the mean number of bookings on the days that are drawn from: those nearest to twelve."""
        slug, cookie = self.technician_session()
        client = self.house.sign_in(self.house.person("technician").email)
        counted = {}
        for day in [(date.today() + timedelta(days=ahead)).isoformat() for ahead in range(-45, 15)]:
            answer = client.get(f"{self.house.api}/day", day=day, staff=slug)
            if answer.status == 200:
                counted[day] = sum(len(person["visits"]) for person in answer.json["people"])
        nearest = sorted(counted, key=lambda day: abs(counted[day] - 12))[:20]
        place = f"{self.house.staff}/day" if html else f"{self.house.api}/day"
        run = self.get([f'"{place}?staff={slug}&day=" .. any({lua_list(nearest)})'], cookie)
        return run, sum(counted[day] for day in nearest) / len(nearest)

    def search(self) -> measure.Run:
        cookies = self.house.sign_in("owner").cookies
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        text = (
            "targets = { path = %s, email = %s, customers = %d, headers = { ['Cookie'] = %s, ['Origin'] = %s, "
            "['Content-Type'] = 'application/json', ['Sec-Fetch-Site'] = 'same-origin' } }\n"
        ) % (
            lua(f"{self.house.api}/customer-searches"),
            lua("customer-%d@example.test"),
            self.customers,
            lua(cookie),
            lua(self.house.base),
        )
        return measure.wrk(self.house.server, "search.lua", text, self.folder, self.seconds)

    def free_times(self) -> list[tuple[str, str, str]]:
        """(service, start, person) that do not exclude each other: on each day each person offers one service."""
        found = []
        last = date.today() + timedelta(days=1490)
        for person in self.staff:
            first = date.today() + timedelta(days=1)
            while first < last:
                service = random.choice(self.services)
                answer = self.house.client().get(
                    f"{self.house.api}/slots",
                    service=service,
                    staff=person,
                    to=(first + timedelta(days=6)).isoformat(),
                    **{"from": first.isoformat()},
                )
                until = None
                for slot in answer.json["slots"] if answer.status == 200 else []:
                    if until is None or datetime.fromisoformat(slot["start"]) >= until:
                        found.append((service, slot["start"], person))
                        until = datetime.fromisoformat(slot["end"]) + timedelta(minutes=15)
                first += timedelta(days=7)
        random.shuffle(found)
        return found

    def book(self, times, at=None, connections: int = measure.CONNECTIONS, name: str = "book") -> measure.Run:
        """Books these free times, each once, at this server."""
        folder = self.folder / name
        folder.mkdir()
        file = folder / "free-times"
        file.write_text("".join(f"{service} {start} {person}\n" for service, start, person in times))
        text = (
            "targets = { threads = 1, seed = %d, path = %s, slots_file = %s, "
            "headers = { ['Content-Type'] = 'application/json' } }"
            % (
                random.randrange(1_000_000),
                lua(f"{self.house.api}/bookings"),
                lua(str(file)),
            )
        )
        return measure.wrk(at or self.house.server, "book.lua", text, folder, self.seconds, connections)

    def bookings(self) -> tuple[measure.Run, tuple[float, float]]:
        """Also the bare engine's rates with the same rows."""
        times = self.free_times()
        before = self.copy("before")
        run = self.book(times)
        after = self.copy("after")
        return run, measure.bare_sqlite(before, after, self.folder, run.requests - run.refused)

    def copy(self, name: str) -> Path:
        """A consistent copy of the database while the server runs."""
        place = self.folder / f"{name}.db"
        source = measure.sqlite3.connect(f"file:{self.house.database}?mode=ro", uri=True)
        target = measure.sqlite3.connect(place)
        source.backup(target)
        source.close()
        target.close()
        return place

    def one_slot(self) -> tuple[float, int]:
        """200 clients for one slot: milliseconds until all are answered, and how many got it."""
        service = self.services[0]
        slot = slots.free(self.house, service, days=30, after=2)[-1]
        requests = []
        for number in range(200):
            body = slots.order(service, slot["start"], slot["staff"][0], email=f"r{number}@example.com")
            headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
            requests.append(
                race.post(
                    f"{self.house.api}/bookings", self.house.server.port, json.dumps(body).encode(), headers
                )
            )
        finishes = race.run(self.house.server.port, requests)
        won = sum(finish.status == 201 for finish in finishes)
        return max(finish.after for finish in finishes) * 1000, won

    def end(self) -> float:
        """Stops the server; resident memory before that, in MB."""
        resident = measure.resident_mb(self.house.server.process.pid)
        self.house.server.stop()
        return resident


def all_runs(bench: Bench) -> tuple[dict[str, measure.Run], tuple[float, float], float]:
    runs = {
        "slots for a day": bench.slots_for_a_day(),
        "slots for a month, one person": bench.slots_for_a_month(),
    }
    runs["booking: durable, sealed, audited"], bare = bench.bookings()
    runs["technician's day, JSON"], bookings_a_day = bench.technicians_day(html=False)
    runs["technician's day, HTML"], _ = bench.technicians_day(html=True)
    runs["exact customer search"] = bench.search()
    return runs, bare, bookings_a_day


def commit() -> str:
    name = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True
    )
    changed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    return (name.stdout.strip() or "no commit yet") + (
        ", with changes that are not committed" if changed else ""
    )


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true")
    quick = options.parse_args().quick
    seconds, past, customers = (1, 200, 1_000) if quick else (8, 20_000, CUSTOMERS)
    lines: list[str] = []

    def say(line: str = ""):
        lines.append(line)
        print(line, flush=True)

    def row(*cells):
        say("| " + " | ".join(str(cell) for cell in cells) + " |")

    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / ".build") as place:
        folder = Path(place)
        disk = measure.fdatasync_ms(folder)
        bench = Bench(folder / "past", past, customers, seconds)
        hello = bench.hello()
        runs, bare, bookings_a_day = all_runs(bench)
        race_ms, won = bench.one_slot()
        after_mb, idle_mb, start_ms = bench.end(), bench.idle_mb, bench.start_ms
        older = Bench(folder / "ten-times-the-past", past * 10, max(customers, past * 10 + COMING), seconds)
        runs_older, _, _ = all_runs(older)
        older.end()
        on_postgres = several.figures(Bench, folder / "postgres", past, seconds)

    say("# Results")
    say()
    say(
        f"Commit {commit()}, {date.today()}. {os.cpu_count()} cores, {platform.machine()}, Linux {platform.release()};"
    )
    say(
        f"server and wrk share them. {measure.CONNECTIONS} connections, {seconds} s each; {past:,} past and {COMING:,} coming"
    )
    say(
        f"bookings, {customers:,} customers. Written by `make bench`; what each line means is in `bench/run.py`."
    )
    say()
    say("Beside it in the same run:")
    say()
    row("what", "a second", "p50 ms", "p99 ms", "CPU ms")
    row("---", "--:", "--:", "--:", "--:")
    row(
        "hello: `/healthz`",
        f"{hello.answered:,.0f}",
        f"{hello.p50:.2f}",
        f"{hello.p99:.2f}",
        f"{hello.cpu:.3f}",
    )
    row("bare SQLite, the same rows, one commit each", f"{bare[0]:,.0f}", "", "", "")
    row(
        f"bare SQLite, the same rows, {measure.CONNECTIONS} merged into a commit",
        f"{bare[1]:,.0f}",
        "",
        "",
        "",
    )
    row("the disk's fdatasync of 4 KiB", f"{1000 / disk[0]:,.0f}", f"{disk[0]:.3f}", f"{disk[1]:.3f}", "")
    say()
    row(
        "work", "goal", "a second", "of hello", "p50 ms", "p99 ms", "goal", "CPU ms", "goal", "refused", "met"
    )
    row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---")
    for name, (rate, p99, cpu) in GOALS.items():
        run = runs[name]
        met = run.answered >= rate and run.cpu <= cpu and (p99 is None or run.p99 <= p99) and not run.failed
        row(
            name,
            f"{rate:,}",
            f"{run.answered:,.0f}",
            f"{run.answered / hello.answered:.2f}",
            f"{run.p50:.1f}",
            f"{run.p99:.1f}",
            p99 or "",
            f"{run.cpu:.3f}",
            cpu,
            run.refused + run.failed,
            "yes" if met else "**no**",
        )
    say()
    say(
        f"The technician's days hold {bookings_a_day:.1f} bookings on average. Booking reaches"
        f" {runs['booking: durable, sealed, audited'].answered / bare[0]:.2f} times the bare engine committing one by one,"
        f" {runs['booking: durable, sealed, audited'].answered / bare[1]:.2f} times it merged."
    )
    say()
    row("once", "goal", "figure", "met")
    row("---", "--:", "--:", "---")
    row(
        "200 clients for one slot, all answered (got it: %d)" % won,
        "100 ms",
        f"{race_ms:.0f} ms",
        "yes" if race_ms <= 100 and won == 1 else "**no**",
    )
    row("start to first answer", "100 ms", f"{start_ms:.0f} ms", "yes" if start_ms <= 100 else "**no**")
    row("memory, idle", "50 MB", f"{idle_mb:.0f} MB", "yes" if idle_mb <= 50 else "**no**")
    row("memory, after the bench", "100 MB", f"{after_mb:.0f} MB", "yes" if after_mb <= 100 else "**no**")
    say()
    say("## Ten times the past")
    say()
    say(f"And {max(customers, past * 10 + COMING):,} customers, since each past booking has its own.")
    say()
    row("work", "CPU ms", f"CPU ms with {past * 10:,} past bookings", "ratio", "goal", "met")
    row("---", "--:", "--:", "--:", "--:", "---")
    for name in GOALS:
        ratio = runs_older[name].cpu / max(1e-9, runs[name].cpu)
        row(
            name,
            f"{runs[name].cpu:.3f}",
            f"{runs_older[name].cpu:.3f}",
            f"{ratio:.2f}",
            "1.1",
            "yes" if ratio <= 1.1 else "**no**",
        )
    several.report(on_postgres, say, row)
    if quick:
        return
    (ROOT / "bench/RESULTS.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
