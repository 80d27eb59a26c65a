"""Ways to tamper with an audit record: with its entries, and with a folder that it was exported to."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from forger import Forger, invented, write_tiles


@dataclass
class Tampering:
    """One export that is to be spoilt."""

    chance: random.Random
    folder: Path
    # A genuine export of the first part of the record.
    earlier: Path
    entries: list[bytes]
    forger: Forger


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


# Edits of the list of entries.


def change(chance, entries):
    place = chance.randrange(len(entries))
    entry = bytearray(entries[place])
    entry[chance.randrange(len(entry))] ^= 1 << chance.randrange(8)
    return [*entries[:place], bytes(entry), *entries[place + 1 :]]


def fork(chance, entries):
    """From some entry on, another history of the same length."""
    place = chance.randrange(len(entries))
    return [*entries[:place], *map(invented, range(len(entries) - place))]


def delete(chance, entries):
    place = chance.randrange(len(entries))
    return entries[:place] + entries[place + 1 :]


def insert(chance, entries):
    place = chance.randrange(len(entries))
    return [*entries[:place], invented(place), *entries[place:]]


def reorder(chance, entries):
    one, other = sorted(chance.sample(range(len(entries)), 2))
    return [*entries[:one], entries[other], *entries[one + 1 : other], entries[one], *entries[other + 1 :]]


def roll_back(chance, entries):
    return entries[: chance.randrange(len(entries))]


EDITS = [change, fork, delete, insert, reorder, roll_back]


def kept_numbers(chance, entries, edited):
    """A row that was deleted leaves a gap, or the rows after it were moved up."""
    if len(edited) == len(entries) - 1 and chance.random() < 0.5:
        gap = next((place for place, entry in enumerate(edited) if entry != entries[place]), len(edited))
        return [place + (place >= gap) for place in range(len(edited))]
    return range(len(edited))


# Tamperings with an export.


def files_of(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def change_a_byte(job: Tampering):
    file = job.chance.choice(files_of(job.folder))
    content = bytearray(file.read_bytes())
    content[job.chance.randrange(len(content))] ^= 1 << job.chance.randrange(8)
    file.write_bytes(content)


def delete_bytes(job: Tampering):
    file = job.chance.choice(files_of(job.folder))
    content = file.read_bytes()
    start = job.chance.randrange(len(content))
    file.write_bytes(content[:start] + content[start + job.chance.randint(1, 64) :])


def insert_bytes(job: Tampering):
    file = job.chance.choice(files_of(job.folder))
    content = file.read_bytes()
    start = job.chance.randrange(len(content) + 1)
    file.write_bytes(content[:start] + job.chance.randbytes(job.chance.randint(1, 64)) + content[start:])


def truncate_a_file(job: Tampering):
    file = job.chance.choice(files_of(job.folder))
    content = file.read_bytes()
    file.write_bytes(content[: job.chance.randrange(len(content))])


def delete_a_file(job: Tampering):
    job.chance.choice(files_of(job.folder)).unlink()


def swap_files(job: Tampering):
    one, other = job.chance.sample(files_of(job.folder), 2)
    first = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(first)


def add_a_file(job: Tampering):
    content = job.chance.randbytes(32)
    name = job.chance.choice(["tile/0/009", "tile/1/000.p/1", "tile/2/000.p/1", "tile/entries/002.p/1", "more"])
    file = job.folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def reorder_hashes(job: Tampering):
    tiles = [file for file in files_of(job.folder / "tile") if "entries" not in file.parts]
    file = job.chance.choice(tiles)
    content = file.read_bytes()
    hashes = [content[start : start + 32] for start in range(0, len(content), 32)]
    job.chance.shuffle(hashes)
    file.write_bytes(b"".join(hashes))


def edit_entries_and_rebuild(job: Tampering):
    """All tiles fit the entries; the checkpoint is the honest one."""
    write_tiles(job.folder, job.chance.choice(EDITS)(job.chance, job.entries))


def edit_entries_and_sign(job: Tampering):
    """Whoever holds the key writes the whole log anew; a roll back and a fork among them."""
    edited = job.chance.choice(EDITS)(job.chance, job.entries)
    write_tiles(job.folder, edited)
    (job.folder / "checkpoint").write_bytes(job.forger.head(edited)[3])


def put_back_an_earlier_export(job: Tampering):
    shutil.rmtree(job.folder)
    shutil.copytree(job.earlier, job.folder)


KINDS = [
    change_a_byte,
    delete_bytes,
    insert_bytes,
    truncate_a_file,
    delete_a_file,
    swap_files,
    add_a_file,
    reorder_hashes,
    edit_entries_and_rebuild,
    edit_entries_and_rebuild,
    edit_entries_and_sign,
    edit_entries_and_sign,
    put_back_an_earlier_export,
]
