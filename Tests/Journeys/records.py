"""Looks into the database from outside, reading only. The one place of the journeys that names tables."""

import sqlite3
import uuid
from pathlib import Path

# Whatever breaks the promise that nothing is booked twice; each must find nothing.
DOUBLED = {
    "two stretches of one unit share time": """
      SELECT one.unit, one.start, other.start FROM occupancy AS one JOIN occupancy AS other
        ON other.unit = one.unit AND other.start > one.start AND other.start < one."end"
    """,
    "more bookings than seats": """
      SELECT occupancy.unit, occupancy.start FROM occupancy JOIN booking ON booking.sitting = occupancy.id
        GROUP BY occupancy.id HAVING count(*) > occupancy.capacity
    """,
    "a booking that stands without its time": """
      SELECT booking.id FROM booking LEFT JOIN occupancy ON occupancy.id = booking.sitting
        WHERE booking.state <> 'cancelled' AND occupancy.id IS NULL
    """,
}


def opened(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)


def doubled(database: Path) -> dict[str, list[tuple]]:
    """What is booked twice, by kind; empty when all is well."""
    with opened(database) as connection:
        found = {kind: connection.execute(query).fetchall() for kind, query in DOUBLED.items()}
    return {kind: rows for kind, rows in found.items() if rows}


def booking_ids(database: Path) -> set[str]:
    with opened(database) as connection:
        return {str(uuid.UUID(bytes=row)) for (row,) in connection.execute("SELECT id FROM booking")}


def tables(connection: sqlite3.Connection) -> list[str]:
    named = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(name for (name,) in named)


def content(database: Path, except_tables: tuple[str, ...] = ()) -> dict[str, list[tuple]]:
    """Every row of every table, but for tables whose name contains one of `except_tables`."""
    with opened(database) as connection:
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in tables(connection)
            if not any(part in name for part in except_tables)
        }


def count(database: Path, table: str) -> int:
    with opened(database) as connection:
        return connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
