"""What must hold after anything went wrong: nothing acknowledged is lost, nothing is there twice, the record is whole."""

from collections import Counter

import records
import slots
from load import Load
from server import House


def check(house: House, business: dict, load: Load):
    """With all servers running again; the load has ended."""
    load.check()
    house.wait_until_recorded()
    acknowledged = {booking["id"] for booking in load.acknowledged.values()}
    assert len(acknowledged) == len(load.acknowledged), "two requests were given one booking"
    stored = records.booking_ids(house.database)
    assert acknowledged <= stored, f"{len(acknowledged - stored)} acknowledged bookings are gone"
    assert records.doubled(house.database, business) == {}
    # A request that was repeated leaves an entry each time it is answered; no other booking is recorded twice.
    recorded, asked = Counter(records.booked_by_record(house.database)), load.asked
    for key, booking in load.acknowledged.items():
        assert 1 <= recorded[booking["id"]] <= asked[key], f"{recorded[booking['id']]} entries, asked {asked[key]}×"
    assert set(recorded) == stored, "bookings and record differ"
    house.command("verify-audit")
    every = list(load.acknowledged.values())
    for number, booking in enumerate(every[:: max(1, len(every) // 100)]):
        view = house.views[number % len(house.servers)]
        seen = view.client().post_json(f"{view.api}/manage", {"code": slots.code_of(booking)})
        assert seen.status == 200 and seen.json["id"] == booking["id"], f"{seen.status} {seen.text}"
        assert seen.json["start"] == booking["start"]
