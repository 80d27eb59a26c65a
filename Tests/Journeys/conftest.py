import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import browser
import postgres
import server

HERE = Path(__file__).resolve().parent


def pytest_configure(config):
    if not os.access(server.BINARY, os.X_OK):
        raise pytest.UsageError(
            f"{server.BINARY} is not there; `make journeys` builds it, or set CLOAKROOM_BIN"
        )


@pytest.fixture
def serve(tmp_path_factory):
    """Starts servers of businesses of one's own; each must still run at the end and end cleanly."""
    houses = []

    def start(business: dict, **options) -> server.House:
        houses.append(server.serve(tmp_path_factory.mktemp(business["business"]), business, **options))
        return houses[-1]

    yield start
    for house in houses:
        house.stop()


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo business, one for each file of tests, without public limits."""
    house = server.demo(tmp_path_factory.mktemp("demo"))
    yield house
    assert house.server.running, f"the demo ended by itself:\n{house.server.words()[-2000:]}"
    house.server.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A server that fell over says why, in its log; that belongs into the report of the test."""
    report = yield
    if report.failed:
        for value in getattr(item, "funcargs", {}).values():
            house = value if isinstance(value, server.House) else None
            if house and house.server.process and not house.server.running:
                report.sections.append(("the server's last words", house.server.words()[:3000]))
    return report


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL server of the tests' own; `cluster.place()` is a pair of empty databases."""
    cluster = postgres.Cluster()
    yield cluster
    cluster.remove()


class Sink:
    """A mail server that accepts everything; each message becomes one file."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "smtp_sink.py"), str(folder)], stdout=subprocess.PIPE, text=True
        )
        self.port = int(self.process.stdout.readline())

    def files(self) -> list[Path]:
        # What is still being written begins with a dot.
        return sorted(self.folder.glob("[0-9]*.eml"))

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=5)


@pytest.fixture(scope="module")
def sink(tmp_path_factory):
    sink = Sink(tmp_path_factory.mktemp("mail"))
    yield sink
    sink.stop()


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        opened = browser.launched(playwright)
        yield opened
        opened.close()


@pytest.fixture
def visit(demo, chromium):
    """Opens browsers on the demo; at the end nothing may have left for elsewhere and nothing may have complained."""
    visitors = []

    def open_one(**options) -> browser.Visitor:
        visitors.append(browser.Visitor(chromium, demo, **options))
        return visitors[-1]

    yield open_one
    for visitor in visitors:
        visitor.done()
