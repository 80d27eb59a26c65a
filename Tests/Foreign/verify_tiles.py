#!/usr/bin/env python3
"""Checks a folder that holds a tiled transparency log. Written from RFC 6962, RFC 9162 and the C2SP pages tlog-tiles,
tlog-checkpoint and signed-note alone; it knows nothing of the program that wrote the folder, nor of what entries say.

    verify_tiles.py FOLDER VERIFICATION-KEY [NOTE-FILE ...]

The verification key is a line `<name>+<id>+<base64>`, got from elsewhere than the folder. Each note file holds a
checkpoint of the same log that somebody kept: the first so many entries must still be those it was signed for. Without
such witnesses, whoever holds the signing key can have written the whole log anew. Exit status 0: everything holds.
"""

import base64
import binascii
import hashlib
import re
import sys
import unicodedata
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WIDTH = 256  # hashes in a full tile
LONGEST_NOTE = 1_000_000
LONGEST_BUNDLE = WIDTH * (2 + 0xFFFF)
NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class Wrong(Exception):
    """Something is not as the pages have it."""


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing tree: the roots of its complete subtrees, the largest first (RFC 9162 §2.1.2)."""

    def __init__(self):
        self.size, self.subtrees = 0, []

    def append(self, node):
        rest = self.size
        while rest & 1:
            node, rest = node_hash(self.subtrees.pop(), node), rest >> 1
        self.subtrees.append(node)
        self.size += 1

    def root(self):
        if not self.subtrees:
            return hashlib.sha256().digest()
        node = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            node = node_hash(left, node)
        return node


def tree_hash(nodes):
    tree = Tree()
    for node in nodes:
        tree.append(node)
    return tree.root()


def decoded(text):
    """Base 64 of RFC 4648 §4 in its one canonical spelling."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Wrong("is not base 64") from None
    if base64.b64encode(value).decode() != text:
        raise Wrong("is not canonical base 64")
    return value


def is_key_name(name):
    """Not empty, without Unicode spaces and plus signs."""
    return bool(name) and not any(
        letter == "+" or letter.isspace() or unicodedata.category(letter).startswith("Z") for letter in name
    )


class Key:
    """An Ed25519 key of a signed note, from its printed form."""

    def __init__(self, text):
        name, _, rest = text.strip().partition("+")
        printed, _, encoded = rest.partition("+")
        kind_and_key = decoded(encoded)
        self.name = name
        self.id = hashlib.sha256(name.encode() + b"\n" + kind_and_key).digest()[:4]
        if not is_key_name(name) or len(kind_and_key) != 33 or kind_and_key[0] != 1 or self.id.hex() != printed:
            raise Wrong("is not an Ed25519 verification key")
        self.key = Ed25519PublicKey.from_public_bytes(kind_and_key[1:])

    def read(self, note: bytes):
        """Size and root of a checkpoint that this key has signed."""
        if len(note) > LONGEST_NOTE:
            raise Wrong("is too long")
        try:
            text = note.decode("utf-8")
        except UnicodeDecodeError:
            raise Wrong("is not UTF-8") from None
        if any(letter < " " and letter != "\n" for letter in text):
            raise Wrong("holds control characters")
        body, gap, signatures = text.rpartition("\n\n")
        if not gap or not signatures.endswith("\n"):
            raise Wrong("is not a signed note")
        body += "\n"
        own = 0
        for line in signatures[:-1].split("\n"):
            parts = line.split(" ")
            if len(parts) != 3 or parts[0] != "\u2014" or not is_key_name(parts[1]):
                raise Wrong("has a line that is no signature")
            signature = decoded(parts[2])
            if len(signature) < 5:
                raise Wrong("has a signature that is too short")
            if parts[1] == self.name and signature[:4] == self.id:
                try:
                    self.key.verify(signature[4:], body.encode())
                except InvalidSignature:
                    raise Wrong("has a signature that does not match") from None
                own += 1
        if not own:
            raise Wrong("is not signed by this key")
        lines = body[:-1].split("\n")
        if len(lines) < 3 or not all(lines):
            raise Wrong("is no checkpoint")
        if lines[0] != self.name:
            raise Wrong("is of another log")
        root = decoded(lines[2])
        if not NUMBER.fullmatch(lines[1]) or len(root) != 32:
            raise Wrong("is no checkpoint")
        return int(lines[1]), root


def tile_path(level, index, width):
    digits = f"{index % 1000:03}"
    while index := index // 1000:
        digits = f"x{index % 1000:03}/{digits}"
    return f"tile/{level}/{digits}" + (f".p/{width}" if width < WIDTH else "")


class Folder:
    """The files of the log; remembers which it was asked for, and what shorter forms of them must say."""

    def __init__(self, path):
        self.path = Path(path)
        self.known = {"checkpoint"}

    def bytes_of(self, name, longest):
        self.known.add(name)
        try:
            with (self.path / name).open("rb") as file:
                content = file.read(longest + 1)
        except OSError:
            raise Wrong(f"{name} is missing or cannot be read") from None
        if len(content) > longest:
            raise Wrong(f"{name} is too long")
        return content

    def tile(self, level, index, width, ends_of):
        """The bytes of a tile; earlier, shorter forms of it that are there must begin as it does."""
        name = tile_path(level, index, width)
        content = self.bytes_of(name, LONGEST_BUNDLE if level == "entries" else 32 * WIDTH)
        ends = ends_of(name, content)
        for shorter in range(1, width) if (self.path / (tile_path(level, index, WIDTH) + ".p")).exists() else ():
            part = tile_path(level, index, shorter)
            if (self.path / part).exists() and self.bytes_of(part, len(content)) != content[: ends[shorter - 1]]:
                raise Wrong(f"{part} is not the beginning of {name}")
        return content, ends

    def strangers(self):
        """Files that the log does not account for."""
        if not self.path.is_dir():
            return []
        names = (str(file.relative_to(self.path)) for file in self.path.rglob("*") if not file.is_dir())
        return sorted(name for name in names if name not in self.known)


def bundle(folder, index, width):
    """The entries of a bundle: each after its length in two bytes, big-endian."""

    def ends_of(name, content):
        ends, position = [], 0
        while position < len(content):
            end = position + 2 + int.from_bytes(content[position : position + 2], "big")
            if end > len(content) or position + 2 > len(content):
                raise Wrong(f"{name} ends within an entry")
            ends.append(end)
            position = end
        if len(ends) != width:
            raise Wrong(f"{name} holds {len(ends)} entries, not {width}")
        return ends

    content, ends = folder.tile("entries", index, width, ends_of)
    return [content[start + 2 : end] for start, end in zip([0, *ends], ends)]


def hashes(folder, level, index, width):
    def ends_of(name, content):
        if len(content) != 32 * width:
            raise Wrong(f"{name} has {len(content)} bytes, not {32 * width}")
        return range(32, 32 * width + 1, 32)

    content, ends = folder.tile(level, index, width, ends_of)
    return [content[end - 32 : end] for end in ends]


def widths(count):
    """The tiles that so many hashes of one level fill: their places and widths."""
    for index in range(-(-count // WIDTH)):
        yield index, min(WIDTH, count - WIDTH * index)


def check_entries(folder, size, expected):
    """Entries against the tiles of level 0 and against the roots expected at certain sizes.

    Returns the tree, and the hash of each full tile."""
    tree, above = Tree(), []
    meet(tree, expected)
    for index, width in widths(size):
        leaves = [leaf_hash(entry) for entry in bundle(folder, index, width)]
        if hashes(folder, 0, index, width) != leaves:
            raise Wrong(f"{tile_path(0, index, width)} is not that of its entries")
        for leaf in leaves:
            tree.append(leaf)
            if tree.size in expected:
                meet(tree, expected)
        if width == WIDTH:
            above.append(tree_hash(leaves))
    return tree, above


def meet(tree, expected):
    if any(root != tree.root() for root in expected.get(tree.size, ())):
        raise Wrong(f"the first {tree.size} entries are not those that a checkpoint was signed for")


def check_levels(folder, below):
    """Each level above against the full tiles of the one below it."""
    level = 1
    while below:
        above = []
        for index, width in widths(len(below)):
            nodes = below[WIDTH * index :][:width]
            if hashes(folder, level, index, width) != nodes:
                raise Wrong(f"{tile_path(level, index, width)} is not that of the level below")
            if width == WIDTH:
                above.append(tree_hash(nodes))
        level, below = level + 1, above


def verify(path, key, notes=()):
    """Problems found, none when all holds; and how many entries the log's own checkpoint covers.

    `key` is a Key, `notes` are checkpoints (bytes) that were kept elsewhere. Stops at the first thing in the tree that
    does not hold, since what comes after it cannot be judged."""
    folder, problems, expected = Folder(path), [], {}
    size = 0
    try:
        size, root = key.read(folder.bytes_of("checkpoint", LONGEST_NOTE))
        expected[size] = {root}
    except Wrong as wrong:
        return [f"the log's checkpoint: {wrong}"], 0
    for number, note in enumerate(notes, 1):
        try:
            kept_size, kept_root = key.read(note)
            expected.setdefault(kept_size, set()).add(kept_root)
        except Wrong as wrong:
            problems.append(f"checkpoint {number} {wrong}")
    for kept in sorted(expected):
        if kept > size:
            problems.append(f"a checkpoint was signed for {kept} entries; the log has {size}")
    try:
        _, above = check_entries(folder, size, expected)
        check_levels(folder, above)
        problems += [f"{name} does not belong to the log" for name in folder.strangers()]
    except Wrong as wrong:
        problems.append(str(wrong))
    return problems, size


def main(arguments):
    if len(arguments) < 2:
        sys.exit(__doc__)
    path, key, *files = arguments
    try:
        key = Key(key)
    except Wrong as wrong:
        sys.exit(f"the verification key {wrong}")
    notes = [Path(file).read_bytes() for file in files]
    problems, size = verify(path, key, notes)
    for problem in problems:
        print(problem)
    print(f"{size} entries, {len(notes) + 1} checkpoints, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
