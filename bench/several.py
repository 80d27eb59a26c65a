"""PostgreSQL with one server and with three, beside pgbench inserting the same rows."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import measure
from store import Store


@dataclass
class Figures:
    """Bookings a second, but for `slots`."""

    slots: measure.Run
    ones: list[measure.Run]  # before and after `three`, each on fuller tables than the last
    three: list[measure.Run]
    bare: float

    @property
    def one(self) -> float:
        return sum(run.answered for run in self.ones) / len(self.ones)

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
            ones = [bench.book(times[0::3], name="before")]
            bench.serve_anew(3, "--connections", 2)
            three = book_at_all(bench, times[1::3])
            bench.serve_anew(1)
            ones.append(bench.book(times[2::3], name="after"))
            bench.house.wait_until_recorded(60)
        finally:
            bench.house.stop()
        return Figures(slots, ones, three, store.bare(measure.CONNECTIONS, folder))
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
    say("One server books before and after the three, since fuller tables cost more: its figures are the means. Each of the three")
    say("has two connections (`--connections 2`), the single one as many as suit the machine.")
    say()
    row("work", "a second", "p50 ms", "p99 ms", "goal", "figure", "met")
    row("---", "--:", "--:", "--:", "---", "--:", "---")
    of_bare = figures.one / figures.bare
    of_one = figures.three_together / figures.one

    p50, p99 = (sum(getattr(run, name) for run in figures.ones) / len(figures.ones) for name in ("p50", "p99"))

    def line(name, goal, figure, met):
        row(name, f"{figures.one:,.0f}", f"{p50:.1f}", f"{p99:.1f}", goal, figure, "yes" if met else "**no**")

    row("slots for a day, one server", f"{figures.slots.answered:,.0f}", f"{figures.slots.p50:.1f}",
        f"{figures.slots.p99:.1f}", "", "", "")  # fmt: skip
    line("booking, one server", "2,000/s", f"{figures.one:,.0f}/s", figures.one >= 2_000)
    line("", "35 % of bare", f"{of_bare:.0%}", of_bare >= 0.35)
    worst = max(run.p99 for run in figures.three)
    row("booking, three servers", f"{figures.three_together:,.0f}", "", f"{worst:.1f}", "85 % of one", f"{of_one:.0%}",
        "yes" if of_one >= 0.85 else "**no**")  # fmt: skip
    row("pgbench, the same rows", f"{figures.bare:,.0f}", "", "", "", "", "")
    refused = sum(run.refused + run.failed for run in figures.ones + figures.three)
    say()
    say(f"Refused or failed: {refused}.")
