"""A thousand random tamperings with the record, in its export and in the database itself: every one is found, by a
program that is not ours and, in the database, by ours as well. Honest records give no alarm."""

import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

import businesses
import server
import slots
from forger import Forger, RecordInDatabase, invented, verify_tiles
from tampering import EDITS, KINDS, Tampering, contents, kept_numbers

IN_EXPORTS = 940
IN_DATABASES = 60
SEED = 20261122


@dataclass
class Record:
    house: server.House
    forger: Forger
    # Exports of the first part of the record and of all of it; each checkpoint was kept outside.
    earlier: Path
    export: Path

    @property
    def witnesses(self) -> list[bytes]:
        return [(folder / "checkpoint").read_bytes() for folder in (self.earlier, self.export)]

    def problems(self, folder: Path, witnesses: bool = True) -> list[str]:
        found, _ = verify_tiles.verify(folder, self.forger.key, self.witnesses if witnesses else [])
        return found


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def new_place(request):
    """Makes places on one of the two engines; None stands for a folder of SQLite's."""
    return request.getfixturevalue("cluster").place if request.param == "postgres" else lambda: None


@pytest.fixture(scope="module")
def record(new_place, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tampering")
    house = server.serve(folder, businesses.busy(), place=new_place())
    client = house.client(keep_alive=True)
    starts = [slot["start"] for slot in slots.free(house, "quick", staff="tadas", days=4)]

    def exported(name: str, starts: list[str]) -> Path:
        for start in starts:
            assert slots.book(client, house, slots.order("quick", start, "tadas")).status == 201
        house.wait_until_recorded()
        house.command("export-audit", "--to", folder / name)
        return folder / name

    earlier = exported("earlier", starts[:300])
    export = exported("export", starts[300:650])
    house.stop()
    return Record(house, Forger(house), earlier, export)


def test_an_honest_export_is_whole_and_names_its_key(record):
    assert record.problems(record.earlier, witnesses=False) == []
    assert record.problems(record.export) == []
    said = record.house.command("export-audit", "--to", record.export).stdout
    assert record.forger.line in said
    assert record.problems(record.export) == []


def test_an_earlier_export_is_brought_up_to_date(record, tmp_path):
    folder = shutil.copytree(record.earlier, tmp_path / "copy")
    before = contents(folder)
    record.house.command("export-audit", "--to", folder)
    assert record.problems(folder) == []
    after = contents(folder)
    assert {name: after[name] for name in before if name != "checkpoint"} == {
        name: content for name, content in before.items() if name != "checkpoint"
    }
    # An export that was cut off is taken up again.
    (folder / "checkpoint").unlink()
    (folder / "tile/0/001").unlink()
    (folder / ".unfinished").write_bytes(b"half")
    record.house.command("export-audit", "--to", folder)
    assert record.problems(folder) == [] and not (folder / ".unfinished").exists()


def test_an_export_into_another_folder_is_refused_and_changes_nothing(record, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "diary.txt").write_text("mine")
    changed = shutil.copytree(record.export, tmp_path / "changed")
    (changed / "tile/entries/000").write_bytes(b"mine")
    stranger = shutil.copytree(record.export, tmp_path / "stranger")
    (stranger / "checkpoint").write_text("somebody else's\n")
    for folder in (other, changed, stranger):
        before = contents(folder)
        done = record.house.command("export-audit", "--to", folder, check=False)
        assert done.returncode != 0 and str(folder) in done.stderr
        assert contents(folder) == before


def test_every_tampering_with_an_export_is_found(record, tmp_path):
    chance = random.Random(SEED)
    entries = record.forger.entries()
    honest = contents(record.export)
    unseen = 0
    for number in range(IN_EXPORTS):
        kind = chance.choice(KINDS)
        folder = shutil.copytree(record.export, tmp_path / "tampered")
        while contents(folder) == honest:
            kind(Tampering(chance, folder, record.earlier, entries, record.forger))
        assert record.problems(folder), f"{number}: {kind.__name__} was not found; the folder: {folder}"
        unseen += not record.problems(folder, witnesses=False)
        shutil.rmtree(folder)
    # Those of whoever holds the signing key are seen by witnesses alone: so there were such among them.
    assert unseen > IN_EXPORTS / 20


def test_every_tampering_with_the_database_is_found(record, tmp_path):
    chance = random.Random(SEED)
    house, forger, database = record.house, record.forger, RecordInDatabase(record.house)
    entries = forger.entries()
    head = forger.head(entries)
    notes = []
    for number, note in enumerate(record.witnesses):
        notes += ["--checkpoint", tmp_path / f"note-{number}"]
        notes[-1].write_bytes(note)
    unseen, pool = 0, ThreadPoolExecutor(1)
    for number in range(IN_DATABASES):
        kind = chance.choice(EDITS)
        edited = entries
        while edited == entries:
            edited = kind(chance, entries)
        signs = chance.random() < 0.5
        numbers = range(len(edited)) if signs else kept_numbers(chance, entries, edited)
        database.write(list(zip(numbers, edited, strict=True)), forger.head(edited) if signs else None)
        what = f"{number}: {kind.__name__}, {'signed anew' if signs else 'the head left as it was'}"

        folder = tmp_path / f"export-{number}"
        verified = pool.submit(house.command, "verify-audit", *notes, check=False)
        done = house.command("export-audit", "--to", folder, check=False)
        assert signs or done.returncode == 1, f"{what}\n{done.stdout}{done.stderr}"
        assert record.problems(folder), f"{what}: the foreign program found nothing"
        unseen += not record.problems(folder, witnesses=False)
        done = verified.result()
        assert done.returncode == 1 and "FOUND" in done.stdout, f"{what}\n{done.stdout}{done.stderr}"
        shutil.rmtree(folder)
    database.write(list(enumerate(entries)), head)
    house.command("verify-audit", *notes)
    assert unseen > IN_DATABASES / 5


def test_a_record_that_was_rewritten_is_not_added_to_an_earlier_export(record, tmp_path):
    entries = record.forger.entries()
    database = RecordInDatabase(record.house)
    forged = [invented(0), *entries[1:]]
    kept = shutil.copytree(record.earlier, tmp_path / "kept")
    before = contents(kept)
    database.write(list(enumerate(forged)), record.forger.head(forged))
    try:
        done = record.house.command("export-audit", "--to", kept, check=False)
    finally:
        database.write(list(enumerate(entries)), record.forger.head(entries))
    assert done.returncode == 1 and "does not continue the earlier export" in done.stdout
    assert contents(kept) == before


def test_100_000_honest_entries_give_no_false_alarm(new_place, tmp_path):
    file = tmp_path / "business.yaml"
    file.write_text(server.yaml.safe_dump(businesses.races()), encoding="utf-8")
    house = server.House(None, tmp_path / "data", "race-house", tmp_path / "root.key", place=new_place())
    house.command("apply", file)
    forger = Forger(house)
    entries = [*forger.entries(), *map(invented, range(100_000))]
    RecordInDatabase(house).write(list(enumerate(entries)), forger.head(entries))
    house.command("export-audit", "--business", "race-house", "--to", tmp_path / "export")
    witnesses = [forger.head(entries[:size])[3] for size in (1, 255, 65_536, 99_999, len(entries))]
    found, size = verify_tiles.verify(tmp_path / "export", forger.key, witnesses)
    assert (found, size) == ([], len(entries))
