"""A client who books one free time of one person after the other, and notes what was answered."""

import threading
import time

import server
import slots
from client import Client


class OneBooker(threading.Thread):
    """Books until told to stop or until nothing is free; what is refused is not asked for again."""

    def __init__(self, house: server.House, staff: str, days: int):
        super().__init__()
        self.house, self.staff = house, staff
        self.starts = [slot["start"] for slot in slots.free(house, "quick", staff, days=days)]
        self.statuses: list[int] = []
        # Ids of what was booked.
        self.acknowledged: set[str] = set()
        self.is_over = threading.Event()

    def run(self):
        client = Client(self.house.base)
        for start in self.starts:
            if self.is_over.is_set():
                return
            answer = slots.book(client, self.house, slots.order("quick", start, self.staff))
            self.statuses.append(answer.status)
            if answer.status == 201:
                self.acknowledged.add(answer.json["id"])
            else:
                time.sleep(0.1)
