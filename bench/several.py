"""PostgreSQL with one server and with three, beside pgbench inserting the same rows."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import measure
import server
from store import Store


@dataclass
class Figures:
    """Bookings a second, but for `slots`."""

    slots: measure.Run
    one: measure.Run
    three: list[measure.Run]
    bare: float

    @property
    def three_together(self) -> float:
        return sum(run.answered for run in self.three)


def figures(make_bench, folder: Path, past: int, seconds: float) -> Figures:
    """Fills a cluster of its own and measures; `make_bench` is ``run.Bench``."""
    store = Store("bench")
    try:
        bench = make_bench(folder, past, past + 1_000, seconds, place=store.place)
        try:
            slots = bench.slots_for_a_day()
            times = bench.free_times()
            random.shuffle(times)
            half = len(times) // 2
            one = bench.book(times[:half], name="one")
            # What the first run has left to be done later is not the second one's work.
            record = bench.house.sign_in("owner").get(f"{bench.house.staff}/record")
            assert record.status == 200, record.status
            for number in (2, 3):
                port = server.free_port()
                more = server.Server(bench.command(port), port, folder / f"server-{number}.log").start()
                bench.house.more_servers.append(more)
            three = book_at_all(bench, times[half:])
            bench.house.wait_until_recorded(60)
        finally:
            bench.house.stop()
        return Figures(slots, one, three, store.bare(measure.CONNECTIONS, folder))
    finally:
        store.close()


def book_at_all(bench, times) -> list[measure.Run]:
    """Books through every server at once, the clients shared out among them."""
    servers = bench.house.servers
    share = measure.CONNECTIONS // len(servers)

    def book(position: int) -> measure.Run:
        own = times[position :: len(servers)]
        connections = share + (measure.CONNECTIONS % len(servers) if position == 0 else 0)
        return bench.book(own, servers[position], connections, f"three-{position}")

    with ThreadPoolExecutor(len(servers)) as pool:
        return list(pool.map(book, range(len(servers))))


def report(figures: Figures, say, row):
    """The section of RESULTS.md."""
    say()
    say("## PostgreSQL")
    say()
    say("The same business on a cluster with PostgreSQL's own settings, `fsync` included; the cluster, the servers, wrk and")
    say("pgbench share the cores. pgbench inserts the rows of the same bookings, a transaction each, without anything around it.")
    say()
    row("work", "a second", "p50 ms", "p99 ms", "goal", "figure", "met")
    row("---", "--:", "--:", "--:", "---", "--:", "---")
    of_bare = figures.one.answered / figures.bare
    of_one = figures.three_together / figures.one.answered

    def line(name, run, goal, figure, met):
        row(name, f"{run.answered:,.0f}", f"{run.p50:.1f}", f"{run.p99:.1f}", goal, figure, "yes" if met else "**no**")

    row("slots for a day, one server", f"{figures.slots.answered:,.0f}", f"{figures.slots.p50:.1f}",
        f"{figures.slots.p99:.1f}", "", "", "")  # fmt: skip
    line("booking, one server", figures.one, "2,000/s", f"{figures.one.answered:,.0f}/s", figures.one.answered >= 2_000)
    line("", figures.one, "35 % of bare", f"{of_bare:.0%}", of_bare >= 0.35)
    worst = max(run.p99 for run in figures.three)
    row("booking, three servers", f"{figures.three_together:,.0f}", "", f"{worst:.1f}", "85 % of one", f"{of_one:.0%}",
        "yes" if of_one >= 0.85 else "**no**")  # fmt: skip
    row("pgbench, the same rows", f"{figures.bare:,.0f}", "", "", "", "", "")
    refused = figures.one.refused + figures.one.failed + sum(run.refused + run.failed for run in figures.three)
    say()
    say(f"Refused or failed: {refused}.")
