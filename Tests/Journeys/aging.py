"""Lets time pass for sessions by setting their moments back in the database, since the server's clock is the real one.

For SQLite; the server believes a session it has just seen for half a second (SessionMemory).
"""

import sqlite3
import time
from contextlib import closing

MEMORY = 0.6


def _change(house, sql: str, *values):
    with closing(sqlite3.connect(house.database, timeout=10)) as connection, connection:
        connection.execute(sql, values)
    time.sleep(MEMORY)


def proof(house, minutes: int):
    """Every proof was given this much earlier."""
    _change(house, "UPDATE session SET proved_at = proved_at - ?", minutes * 60)


def idle(house, minutes: int):
    """Nobody has asked for anything for this long."""
    _change(house, "UPDATE session SET seen_at = seen_at - ?1, started_at = started_at - ?1", minutes * 60)


def age(house, hours: int):
    """Every session began this much earlier."""
    _change(house, "UPDATE session SET started_at = started_at - ?", hours * 3600)


def settled(house):
    """Everybody's sign-in was set up long ago: whoever has just been invited agrees to nothing."""
    _change(house, "UPDATE session SET method = 'password' WHERE method = 'invite'")


def passkeys(house) -> list[bytes]:
    with closing(sqlite3.connect(house.database, timeout=10)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM passkey")]


def forget_passkey(house, passkey: bytes):
    _change(house, "DELETE FROM passkey WHERE id = ?", passkey)


def forgive(house):
    """Wrong tries at signing in are forgotten, as after a day."""
    with closing(sqlite3.connect(house.database, timeout=10)) as connection, connection:
        connection.execute("DELETE FROM sign_in_failure")
