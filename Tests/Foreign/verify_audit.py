#!/usr/bin/env python3
"""Checks the audit tree of one business. Written from docs/formats/audit-entry.md, not from the Swift sources.

    verify_audit.py DATA.DB VERIFICATION-KEY [NOTE-FILE ...]

The verification key is the line `cloakroom/<business>+<id>+<base64>` that the server prints; each note file holds a
checkpoint that somebody kept, such as the footer of a confirmation mail. Exit status 0: everything holds.
"""

import base64
import hashlib
import json
import re
import sqlite3
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
STRINGS = ("act", "actor", "at", "outcome", "purpose")
LISTS = ("fields", "records")


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


class Tree:
    """A growing tree of RFC 6962: the roots of its complete subtrees, the largest first."""

    def __init__(self):
        self.size, self.subtrees = 0, []

    def append(self, entry):
        node, rest = sha256(b"\x00", entry), self.size
        while rest & 1:
            node, rest = sha256(b"\x01", self.subtrees.pop(), node), rest >> 1
        self.subtrees.append(node)
        self.size += 1

    def root(self):
        if not self.subtrees:
            return sha256()
        node = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            node = sha256(b"\x01", left, node)
        return node

    def frontier(self):
        return self.size.to_bytes(8, "big") + b"".join(self.subtrees)


class Key:
    """A C2SP signed-note verification key, Ed25519."""

    def __init__(self, text):
        self.name, printed, encoded = text.strip().split("+", 2)
        kind_and_key = base64.b64decode(encoded, validate=True)
        self.id = sha256(self.name.encode(), b"\n", kind_and_key)[:4]
        if kind_and_key[:1] != b"\x01" or self.id.hex() != printed:
            raise ValueError("not an Ed25519 verification key")
        self.key = Ed25519PublicKey.from_public_bytes(kind_and_key[1:])

    def read(self, note):
        """Size and root of a signed checkpoint; ValueError when this key did not sign it."""
        text, gap, signatures = note.rpartition("\n\n")
        if not gap:
            raise ValueError("not a signed note")
        text += "\n"
        signed = False
        for line in signatures.splitlines():
            dash, name, encoded = line.split(" ")
            signature = base64.b64decode(encoded, validate=True)
            if dash == "\u2014" and name == self.name and signature[:4] == self.id:
                try:
                    self.key.verify(signature[4:], text.encode())
                except InvalidSignature:
                    raise ValueError("the signature does not match") from None
                signed = True
        origin, size, root = text.split("\n")[:3]
        if not signed or origin != self.name:
            raise ValueError("not signed by this log's key")
        return int(size), base64.b64decode(root, validate=True)


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def problem_of(entry):
    """What is wrong with one entry taken by itself, or None."""
    try:
        value = json.loads(entry)
    except ValueError:
        return "is not JSON"
    # All names are ASCII, so that sorting by code point is sorting by UTF-16 unit.
    if canonical(value) != entry or not isinstance(value, dict):
        return "is not canonical JSON"
    if value.get("v") != 1 or not all(isinstance(value.get(name), str) for name in STRINGS):
        return "lacks something every entry has"
    lists = (value.get(name) for name in LISTS)
    if not all(isinstance(one, list) and all(isinstance(item, str) for item in one) for one in lists):
        return "lacks something every entry has"
    if not TIME.fullmatch(value["at"]):
        return "has no time in UTC"
    return None


def verify(entries, head, key, notes):
    """Problems found, entries read; `head` is (size, root, frontier, checkpoint)."""
    problems, expected, tree = [], {}, Tree()
    for note in [head[3], *notes]:
        try:
            size, root = key.read(note)
            expected.setdefault(size, set()).add(root)
        except ValueError as error:
            problems.append(f"a checkpoint: {error}")

    def meet():
        if any(root != tree.root() for root in expected.pop(tree.size, ())):
            problems.append(f"the first {tree.size} entries are not those that were signed for")

    meet()
    for position, (sequence, entry) in enumerate(entries):
        if sequence != position:
            problems.append(f"entry {position} is missing or moved: found {sequence}")
        wrong = problem_of(entry)
        if wrong:
            problems.append(f"entry {sequence} {wrong}")
        tree.append(entry)
        meet()
    if head[0] != tree.size:
        problems.append(f"the head says {head[0]} entries, there are {tree.size}")
    if head[1] != tree.root():
        problems.append("the head's root is not the root of the entries")
    if head[2] != tree.frontier():
        problems.append("the head's frontier is not the frontier of the entries")
    problems += [f"a checkpoint was signed for {size} entries, more than there are" for size in expected]
    return problems, tree.size


def main(arguments):
    if len(arguments) < 2:
        sys.exit(__doc__)
    database, key, *files = arguments
    notes = []
    for name in files:
        with open(name, encoding="utf-8") as file:
            notes.append(file.read())
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.text_factory = str
    head = connection.execute("SELECT size, root, frontier, checkpoint FROM audit_head WHERE id = 1").fetchone()
    if head is None:
        sys.exit("there is no head")
    entries = connection.execute("SELECT seq, entry FROM audit_entry ORDER BY seq")
    problems, count = verify(entries, head, Key(key), notes)
    for problem in problems:
        print(problem)
    print(f"{count} entries, {len(notes) + 1} checkpoints, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
