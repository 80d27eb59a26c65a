"""What somebody can do to an audit record who has the database, and perhaps the keys: the owner of the machine.

The keys are derived as docs/formats/keys.md has them; the tree and the tiles as the programs in Tests/Foreign have them.
"""

import base64
import hashlib
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import records
from server import ROOT, House

sys.path.insert(0, str(ROOT / "Tests/Foreign"))
import open_sealed  # noqa: E402
import verify_audit  # noqa: E402
import verify_tiles  # noqa: E402

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Forger:
    """Holds the root key of a house, so it signs as the house does."""

    def __init__(self, house: House):
        self.house = house
        self.name = f"cloakroom/{house.business}"
        version, wrapped, commitment = self._business_key()
        keys = open_sealed.BusinessKeys(house.business, version, self._root_key(), wrapped, commitment)
        self.signing = Ed25519PrivateKey.from_private_bytes(
            open_sealed.expand(keys.key, "checkpoint-signing/v1")
        )
        public = b"\x01" + self.signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = hashlib.sha256(self.name.encode() + b"\n" + public).digest()[:4]
        self.line = f"{self.name}+{self.id.hex()}+{base64.b64encode(public).decode()}"
        self.key = verify_tiles.Key(self.line)

    def _root_key(self) -> bytes:
        code = self.house.root_key.read_text().strip().replace("-", "")[:52]
        number = 0
        for letter in code:
            number = number << 5 | ALPHABET.index(letter)
        return (number >> 4).to_bytes(32, "big")

    def _business_key(self) -> tuple:
        sql = "SELECT version, wrapped, commitment FROM business_key"
        return records.rows(self.house.key_database, sql)[0]

    def entries(self) -> list[bytes]:
        sql = "SELECT entry FROM audit_entry ORDER BY seq"
        return [bytes(entry) for (entry,) in records.rows(self.house.database, sql)]

    def note(self, size: int, root: bytes) -> bytes:
        text = f"{self.name}\n{size}\n{base64.b64encode(root).decode()}\n".encode()
        signature = base64.b64encode(self.id + self.signing.sign(text))
        return text + b"\n\xe2\x80\x94 " + self.name.encode() + b" " + signature + b"\n"

    def head(self, entries: list[bytes]) -> tuple:
        """Size, root, frontier and signed checkpoint, as the server would store them."""
        tree = verify_audit.Tree()
        for entry in entries:
            tree.append(entry)
        return tree.size, tree.root(), tree.frontier(), self.note(tree.size, tree.root())


def write_tiles(folder: Path, entries: list[bytes]):
    """All tiles of these entries, in place of those that are there."""
    for file in folder.glob("tile/**/*"):
        if file.is_file():
            file.unlink()
    for index, width in verify_tiles.widths(len(entries)):
        bundle = entries[index * verify_tiles.WIDTH :][:width]
        parts = (len(entry).to_bytes(2, "big") + entry for entry in bundle)
        _write(folder / verify_tiles.tile_path("entries", index, width), b"".join(parts))
    level, nodes = 0, [verify_tiles.leaf_hash(entry) for entry in entries]
    while nodes:
        above = []
        for index, width in verify_tiles.widths(len(nodes)):
            tile = nodes[index * verify_tiles.WIDTH :][:width]
            _write(folder / verify_tiles.tile_path(level, index, width), b"".join(tile))
            if width == verify_tiles.WIDTH:
                above.append(verify_tiles.tree_hash(tile))
        level, nodes = level + 1, above


def _write(file: Path, content: bytes):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def invented(number: int) -> bytes:
    """An entry that no act has left, in the form of docs/formats/audit-entry.md."""
    value = {
        "act": "booking.made",
        "actor": "stranger",
        "at": "2026-11-22T07:00:00Z",
        "fields": ["name"],
        "outcome": "done",
        "purpose": "booking",
        "records": [f"booking/{number}"],
        "v": 1,
    }
    return json.dumps(value, separators=(",", ":")).encode()


class RecordInDatabase:
    """Rewrites the two tables of the record, behind the server's back."""

    def __init__(self, house: House):
        self.house = house

    def write(self, entries: list[tuple[int, bytes]], head: tuple | None):
        """Puts these entries, with these numbers, in place of all; and the head, unless it is None."""
        if self.house.place:
            self._write_postgres(entries, head)
        else:
            self._write_sqlite(entries, head)

    def _write_sqlite(self, entries, head):
        with closing(sqlite3.connect(self.house.database, timeout=10)) as connection, connection:
            connection.execute("DELETE FROM audit_entry")
            connection.executemany("INSERT INTO audit_entry (seq, entry) VALUES (?, ?)", entries)
            if head:
                size, root, frontier, note = head
                connection.execute(
                    "UPDATE audit_head SET size = ?, root = ?, frontier = ?, checkpoint = ?",
                    (size, root, frontier, note.decode()),
                )

    def _write_postgres(self, entries, head):
        lines = "".join(f"{number}\t\\\\x{entry.hex()}\n" for number, entry in entries)
        script = [
            f'SET search_path = "{self.house.database.name}";',
            "BEGIN; TRUNCATE audit_entry;",
            f"COPY audit_entry (seq, entry) FROM STDIN;\n{lines}\\.",
        ]
        if head:
            size, root, frontier, note = head
            script.append(
                f"UPDATE audit_head SET size = {size}, root = '\\x{root.hex()}', "
                f"frontier = '\\x{frontier.hex()}', checkpoint = convert_from('\\x{note.hex()}', 'UTF8');"
            )
        script.append("COMMIT;")
        cluster = self.house.place.cluster
        done = subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--host", cluster.folder,
             "--port", str(cluster.port), "--username", "admin", "--dbname", self.house.place.name],
            input="\n".join(script), capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
