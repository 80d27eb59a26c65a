#!/usr/bin/env python3
"""Opens sealed fields. Written from docs/formats/sealed-field.md and keys.md, not from the Swift sources.

As a library: BusinessKeys(...).subject(...).open(...) and BusinessKeys(...).own(...).open(...).
As a program: reads {"business", "version", "root", "wrapped", "commitment", "cells": [...]} as JSON from standard
input, bytes in hexadecimal, and writes {"texts": [...]} with null for each cell that does not open.
"""

import hashlib
import hmac
import json
import sys
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class DoesNotOpen(Exception):
    """Damaged, moved, or sealed by another key."""


def number(value):
    return value.to_bytes(8, "big", signed=True)


def parts(*fields):
    """Each field with its length before it, so that no two lists give the same bytes."""
    written = b""
    for field in fields:
        field = field.encode() if isinstance(field, str) else field
        written += len(field).to_bytes(2, "big") + field
    return written


def expand(key, *info):
    """HKDF-Expand (RFC 5869) to 32 bytes, which is one block."""
    return hmac.new(key, parts(*info) + b"\x01", hashlib.sha256).digest()


def key_id(sealed):
    if len(sealed) < 34 or sealed[:2] != b"\x01\x01":
        raise DoesNotOpen("not version 1, suite 1")
    return sealed[2:6]


def open_envelope(sealed, key, binding):
    key_id(sealed)
    try:
        return AESGCM(key).decrypt(sealed[6:18], sealed[18:], binding)
    except InvalidTag:
        raise DoesNotOpen("the tag does not match") from None


class CellKeys:
    """One class of cells, of a subject or of the business itself."""

    def __init__(self, business, subject, kind, generation, key):
        self.business, self.subject, self.kind = business, subject, kind
        self.generation, self.key = generation, key

    def open(self, sealed, table, column, row, row_version):
        if key_id(sealed) != self.generation:
            raise DoesNotOpen("sealed by another generation of the key")
        binding = parts(
            "field/v1", self.business, table, column, uuid.UUID(row).bytes, number(row_version),
            self.subject, self.kind, self.generation,
        )
        return open_envelope(sealed, expand(self.key, "field/v1", table, column), binding).decode()


class BusinessKeys:
    def __init__(self, business, version, root, wrapped, commitment):
        self.business, self.version = business, version
        self.generation = version.to_bytes(4, "big")
        if key_id(wrapped) != bytes(4):
            raise DoesNotOpen("not wrapped by a root key")
        self.key = open_envelope(wrapped, root, parts("business-key/v1", business, number(version)))
        if not hmac.compare_digest(expand(self.key, "commit/v1"), commitment):
            raise DoesNotOpen("the commitment does not match")

    def class_key(self, kind):
        return expand(self.key, "class/v1", kind)

    def own(self, kind):
        """Cells of the business: credentials, integrations, audit-detail."""
        return CellKeys(self.business, b"", kind, self.generation, self.class_key(kind))

    def subject(self, subject, kind, wrapped):
        """Cells of one subject: P1 or P2, with that subject's wrapped key of the class."""
        if key_id(wrapped) != self.generation:
            raise DoesNotOpen("wrapped by another business key")
        name = uuid.UUID(subject).bytes
        binding = parts("subject-key/v1", self.business, name, kind, self.generation)
        key = open_envelope(wrapped, self.class_key(kind), binding)
        return CellKeys(self.business, name, kind, (1).to_bytes(4, "big"), key)

    def blind_index(self, normalised, table, column):
        key = expand(expand(self.key, "blind-index/v1"), "blind-index/v1", table, column)
        return hmac.new(key, normalised.encode(), hashlib.sha256).digest()[:16]


def text_of(keys, cell):
    try:
        if cell.get("subject"):
            cells = keys.subject(cell["subject"], cell["class"], bytes.fromhex(cell["key"]))
        else:
            cells = keys.own(cell["class"])
        sealed = bytes.fromhex(cell["sealed"])
        return cells.open(sealed, cell["table"], cell["column"], cell["row"], cell["row_version"])
    except DoesNotOpen:
        return None


def main():
    asked = json.load(sys.stdin)
    keys = BusinessKeys(
        asked["business"], asked["version"], bytes.fromhex(asked["root"]),
        bytes.fromhex(asked["wrapped"]), bytes.fromhex(asked["commitment"]),
    )
    json.dump({"texts": [text_of(keys, cell) for cell in asked["cells"]]}, sys.stdout)


if __name__ == "__main__":
    main()
