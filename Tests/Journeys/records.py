"""Looks into the database from outside, reading only. The one place of the journeys that names tables."""

from __future__ import annotations

import json
import sqlite3
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import postgres

# Whatever breaks the promise that nothing is booked twice; each must find nothing.
WRONG = {
    "two stretches of one unit share time": """
      SELECT one.unit, one.start, other.start AS other FROM occupancy AS one JOIN occupancy AS other
        ON other.unit = one.unit AND other.start > one.start AND other.start < one."end"
    """,
    "more bookings than seats": """
      SELECT occupancy.unit, occupancy.start FROM occupancy JOIN booking ON booking.sitting = occupancy.id
        GROUP BY occupancy.id, occupancy.unit, occupancy.start, occupancy.capacity
        HAVING count(*) > occupancy.capacity OR max(booking.seat) > occupancy.capacity
    """,
    "two bookings on one seat": """
      SELECT sitting, seat FROM booking WHERE sitting IS NOT NULL GROUP BY sitting, seat HAVING count(*) > 1
    """,
    "a booking that stands without its time": """
      SELECT booking.id FROM booking LEFT JOIN occupancy ON occupancy.id = booking.sitting
        WHERE booking.state <> 'cancelled' AND occupancy.id IS NULL
    """,
    "a booking whose time is another's": """
      SELECT booking.id FROM booking JOIN occupancy ON occupancy.id = booking.sitting
        WHERE booking.start <> occupancy.served_start OR booking."end" <> occupancy.served_end
          OR booking.service <> occupancy.service OR occupancy.unit <> 'staff/' || booking.staff
    """,
    "time that is taken for nobody": """
      SELECT occupancy.unit, occupancy.start FROM occupancy LEFT JOIN booking ON booking.sitting = occupancy.id
        WHERE booking.id IS NULL
    """,
    "two bookings of one request": """
      SELECT idempotency FROM booking WHERE idempotency IS NOT NULL GROUP BY idempotency HAVING count(*) > 1
    """,
}

# The same from bookings and the business file alone, without a word of the server's about what is occupied.
WRONG_BY_FILE = {
    "somebody works for two at once, buffers included": """
      SELECT staff, since, until FROM (
        SELECT staff, since, until, max(until) OVER (
          PARTITION BY staff ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS earlier FROM sitting
      ) AS one WHERE earlier > since
    """,
    "more people than a class has places": """
      SELECT booking.staff, booking.start FROM booking JOIN rule ON rule.service = booking.service
        WHERE booking.state <> 'cancelled' GROUP BY booking.staff, booking.service, booking.start, rule.capacity
        HAVING count(*) > rule.capacity
    """,
    "a booking of another length than its service": """
      SELECT booking.id FROM booking JOIN rule ON rule.service = booking.service
        WHERE booking."end" - booking.start <> rule.length
    """,
}


@dataclass(frozen=True)
class Schema:
    """One business's tables on PostgreSQL."""

    place: postgres.Place
    name: str
    in_keys: bool = False

    def rows(self, sql: str) -> list[tuple]:
        """JSON brings types and awkward text through psql; bytes are written as PostgreSQL writes them."""
        asked = f"SELECT coalesce(json_agg(row_to_json(asked)), '[]') FROM ({sql}) AS asked"
        ask = self.place.ask_keys if self.in_keys else self.place.ask
        lines = ask(f'SET search_path = "{self.name}"; {asked}')
        found = json.loads("".join("\x1f".join(line) for line in lines))
        return [tuple(_plain(value) for value in row.values()) for row in found]


def _plain(value):
    return bytes.fromhex(value[2:]) if isinstance(value, str) and value.startswith("\\x") else value


def opened(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)


def rows(database: Path | Schema, sql: str) -> list[tuple]:
    if isinstance(database, Schema):
        return database.rows(sql)
    with closing(opened(database)) as connection:
        return connection.execute(sql).fetchall()


def doubled(database: Path | Schema, business: dict | None = None) -> dict[str, list[tuple]]:
    """What is booked twice or wrongly, by kind; empty when all is well.

    Given the business as its file has it, buffers, places and lengths are taken from there as well."""
    queries = dict(WRONG)
    if business:
        queries |= {kind: _rules(business) + query for kind, query in WRONG_BY_FILE.items()}
    found = {kind: rows(database, query) for kind, query in queries.items()}
    return {kind: wrong for kind, wrong in found.items() if wrong}


def _rules(business: dict) -> str:
    """`rule`: each service as the file has it; `sitting`: all that stands, with its buffers, a class counted once."""

    def seconds(text) -> int:
        number, _, unit = str(text).partition(" ")
        return int(number) * {"": 60, "min": 60, "h": 3600}[unit]

    rules = ", ".join(
        f"('{one['id']}', {seconds(one['minutes'])}, {seconds(one.get('before', 0))}, "
        f"{seconds(one.get('after', 0))}, {one.get('capacity', 1)})"
        for one in business["services"]
    )
    return f"""
      WITH rule (service, length, before, after, capacity) AS (VALUES {rules}),
      sitting AS (
        SELECT DISTINCT booking.staff, booking.service, booking.start - rule.before AS since,
          booking."end" + rule.after AS until
        FROM booking JOIN rule ON rule.service = booking.service WHERE booking.state <> 'cancelled'
      )
    """


def booking_ids(database: Path | Schema) -> set[str]:
    return {str(uuid.UUID(bytes=row)) for (row,) in rows(database, "SELECT id FROM booking")}


def entries(database: Path | Schema) -> list[dict]:
    """The audit record in its order."""
    return [json.loads(entry) for (entry,) in rows(database, "SELECT entry FROM audit_entry ORDER BY seq")]


def booked_by_record(database: Path | Schema) -> list[str]:
    """The bookings that the audit record says were made, one for each time it says so."""
    return [
        record.removeprefix("booking/")
        for entry in entries(database)
        if entry["act"] == "booking.made" and entry["outcome"] == "done"
        for record in entry["records"]
        if record.startswith("booking/")
    ]


def tables(connection: sqlite3.Connection) -> list[str]:
    named = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(name for (name,) in named)


def content(database: Path, except_tables: tuple[str, ...] = ()) -> dict[str, list[tuple]]:
    """Every row of every table, but for tables whose name contains one of `except_tables`."""
    with closing(opened(database)) as connection:
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in tables(connection)
            if not any(part in name for part in except_tables)
        }


def count(database: Path | Schema, table: str) -> int:
    return rows(database, f'SELECT count(*) AS number FROM "{table}"')[0][0]
