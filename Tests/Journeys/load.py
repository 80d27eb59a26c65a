"""Clients who book without pause, and again with the same key whenever they were left without an answer."""

from __future__ import annotations

import http.client
import threading
import time
import uuid
from collections import Counter
from datetime import datetime, timedelta, timezone

import slots
from client import Answer, Client
from server import House

# Seconds until a client gives up on an answer and asks again, of another server where there is one.
PATIENCE = 3
PEOPLE = ["tadas", "milda", "jonas", "greta"]


class Booker(threading.Thread):
    """Books every five minutes of one person's time, one after the other.

    A request that got no answer, or 503, is sent again with its key, to the next server, until it is answered: so what
    was acknowledged, and what was not, is known of every request."""

    def __init__(self, load: Load, number: int):
        super().__init__(daemon=True)
        self.load = load
        # Two bookers share each person, so that half of the load is a race for times that somebody else just took.
        self.staff = PEOPLE[number // 2 % len(PEOPLE)]
        self.server = number
        self.next = load.first
        self.statuses: Counter = Counter()
        # Each answered booking, and how often it was asked for, by the key of its request.
        self.acknowledged: dict[str, dict] = {}
        self.asked: Counter = Counter()
        self.slowest = 0.0
        self.fault: BaseException | None = None

    def run(self):
        try:
            while not self.load.over.is_set():
                self._book_one()
        except BaseException as fault:  # noqa: BLE001: it is the test's to report
            self.fault = fault

    def _book_one(self):
        start, self.next = self.next.isoformat(), self.next + timedelta(minutes=5)
        body, key = slots.order("quick", start, self.staff), str(uuid.uuid4())
        gives_up = time.monotonic() + self.load.gives_up
        while time.monotonic() < gives_up:
            answer = self._ask(body, key)
            if answer and answer.status in (200, 201):
                self.acknowledged[key] = answer.json
                return
            if answer and answer.status == 409:
                return
            assert answer is None or answer.status == 503, f"{answer.status} {answer.text}"
            if self.load.over.is_set():
                return
            self.server += 1
            time.sleep(0.02)
        raise AssertionError(f"no answer within {self.load.gives_up} s: {self.statuses}")

    def _ask(self, body: dict, key: str) -> Answer | None:
        view = self.load.views[self.server % len(self.load.views)]
        began = time.monotonic()
        self.asked[key] += 1
        try:
            answer = slots.book(Client(view.base, timeout=PATIENCE), view, body, key)
        except (OSError, http.client.HTTPException):
            self.statuses["none"] += 1
            return None
        self.statuses[answer.status] += 1
        self.slowest = max(self.slowest, time.monotonic() - began)
        return answer


class Load:
    """So many bookers over all servers of a house: `with Load(house) as load: …`"""

    def __init__(self, house: House, clients: int = 8, gives_up: float = 60):
        self.views = house.views
        self.gives_up = gives_up
        self.over = threading.Event()
        midnight = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
        self.first = midnight + timedelta(days=1)
        self.bookers = [Booker(self, number) for number in range(clients)]

    def __enter__(self) -> Load:
        for booker in self.bookers:
            booker.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for booker in self.bookers:
            booker.join(timeout=30)

    @property
    def acknowledged(self) -> dict[str, dict]:
        return {key: booking for booker in self.bookers for key, booking in list(booker.acknowledged.items())}

    @property
    def booked(self) -> int:
        return sum(len(booker.acknowledged) for booker in self.bookers)

    @property
    def asked(self) -> Counter:
        return sum((booker.asked for booker in self.bookers), Counter())

    @property
    def statuses(self) -> Counter:
        return sum((booker.statuses for booker in self.bookers), Counter())

    def wait_for_bookings(self, more: int, patience: float = 60):
        """Until so many more were acknowledged."""
        enough, end = self.booked + more, time.monotonic() + patience
        while self.booked < enough:
            self.check()
            assert time.monotonic() < end, f"nothing is booked any more: {self.statuses}"
            time.sleep(0.01)

    def check(self):
        """No booker met with anything but a booking, a refusal, a 503 or silence."""
        for booker in self.bookers:
            if booker.fault:
                raise booker.fault
