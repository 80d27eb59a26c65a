"""Takes the figures: of a server process, of wrk, of the disk, and of SQLite without anything around it."""

import os
import re
import shutil
import sqlite3
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 64


@dataclass
class Run:
    requests: int
    seconds: float
    refused: int
    failed: int
    p50: float  # milliseconds
    p99: float
    cpu: float  # milliseconds of the server's CPU time for each request
    resident: float  # MB after the run

    @property
    def answered(self) -> float:
        """Good answers a second."""
        return (self.requests - self.refused) / self.seconds


def cpu_seconds(pid: int) -> float:
    """User and system time of the process so far, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid: int) -> float:
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def wrk(
    server, script: str, targets: str, folder: Path, seconds: float, connections: int = CONNECTIONS
) -> Run:
    """Runs a wrk script; `targets` is the Lua text that the script draws from."""
    file = folder / "targets.lua"
    file.write_text(targets)
    pid = server.process.pid
    before = cpu_seconds(pid)
    shown = subprocess.run(
        [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds:g}s",
            "-s",
            HERE / script,
            f"http://127.0.0.1:{server.port}",
            "--",
            file,
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    used = cpu_seconds(pid) - before
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) ([\d.]+) ([\d.]+)", shown)
    if not found:
        raise SystemExit(f"wrk said nothing usable:\n{shown}")
    requests, microseconds, refused, failed = map(int, found.groups()[:4])
    p50, p99 = (float(value) / 1000 for value in found.groups()[4:])
    cpu = used * 1000 / max(1, requests)
    return Run(requests, microseconds / 1e6, refused, failed, p50, p99, cpu, resident_mb(pid))


def fdatasync_ms(folder: Path, rounds: int = 300) -> tuple[float, float]:
    """How long the disk takes to make 4 KiB durable, appended one by one: median and 99th percentile."""
    path = folder / "fdatasync"
    times = []
    with open(path, "wb", buffering=0) as file:
        for _ in range(rounds):
            file.write(os.urandom(4096))
            started = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - started) * 1000)
    path.unlink()
    times.sort()
    return times[rounds // 2], times[rounds * 99 // 100]


def bare_sqlite(before: Path, after: Path, folder: Path, bookings: int) -> tuple[float, float]:
    """Bookings a second when SQLite alone inserts what a run has added: one commit each, and 64 merged.

    `before` and `after` are the database as it was around the run. Every row that is new or changed is written
    again into a copy of `before`, with its constraints, triggers and indexes.
    """
    rates = []
    for merged in (1, CONNECTIONS):
        copy = folder / "bare.db"
        for file in (copy, folder / "bare.db-wal", folder / "bare.db-shm"):
            file.unlink(missing_ok=True)
        shutil.copyfile(before, copy)
        database = sqlite3.connect(copy, isolation_level=None)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            "foreign_keys = OFF",
        ):
            database.execute(f"PRAGMA {pragma}")
        groups = added(database, after, bookings)
        started = time.perf_counter()
        for position in range(0, len(groups), merged):
            database.execute("BEGIN IMMEDIATE")
            for group in groups[position : position + merged]:
                for statement, row in group:
                    database.execute(statement, row)
            database.execute("COMMIT")
        rates.append(len(groups) / (time.perf_counter() - started))
        database.close()
    return rates[0], rates[1]


def added(database: sqlite3.Connection, after: Path, bookings: int) -> list[list[tuple[str, tuple]]]:
    """The statements of each booking, its rows taken from every table in the order in which they came."""
    database.execute("ATTACH ? AS after", (str(after),))
    groups: list[list[tuple[str, tuple]]] = [[] for _ in range(bookings)]
    tables = database.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    # What others refer to comes first.
    first = ["contact", "occupancy", "booking"]
    names = sorted((name for (name,) in tables.fetchall()), key=lambda name: (first + [name]).index(name))
    for name in names:
        rows = database.execute(f'SELECT * FROM after."{name}" EXCEPT SELECT * FROM main."{name}"').fetchall()
        if not rows:
            continue
        statement = f'INSERT OR REPLACE INTO main."{name}" VALUES ({", ".join("?" * len(rows[0]))})'
        if len(rows) < bookings // 2:
            # One row that every booking changes, such as the head of the audit tree.
            for group in groups:
                group.append((statement, rows[-1]))
        else:
            for position, row in enumerate(rows):
                groups[position * bookings // len(rows)].append((statement, row))
    database.execute("DETACH after")
    return groups
