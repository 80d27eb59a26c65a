"""All customers at once: one file, or erased for good; each takes two people."""

import csv
import io
import re
import sqlite3
import time
from contextlib import closing
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

import businesses
import records
import server
import slots
from browser import Visitor
from test_roles import enrol_all

NAMES = ['Rasa "the first" Jankauskė', "=HYPERLINK(1)", "Łukasz;=1+1;Ünal\u2019s"]
# As they stand in the file: nothing a program for tables would take for a formula, wherever it cuts.
WRITTEN = ['Rasa "the first" Jankauskė', "'=HYPERLINK(1)", "Łukasz;'=1+1;Ünal\u2019s"]


def keepers() -> dict:
    question = {"id": "door", "label": "The door", "reason": "So that we find you.", "kind": "line"}
    question |= {"basis": "contract", "retention": "30 d"}
    staff = [businesses.person(name, [], role="owner") for name in ("ona", "rita")] + [
        {**businesses.person("tadas", ["visit"]), "hours": [{"days": "mon-sun", "hours": "00:00-24:00"}]}
    ]
    service = businesses.service("visit", 30, place="customer", questions=[question], price="45.00")
    return businesses.house("keepers", staff, [service])


@pytest.fixture
def house(tmp_path):
    house = server.serve(tmp_path, keepers())
    enrol_all(house, "ona", "rita")
    yield house
    house.stop()


def book_all(house) -> list[dict]:
    made = []
    for number, name in enumerate(NAMES):
        (start, *_) = [slot["start"] for slot in slots.free(house, "visit", after=1 + number, days=1)]
        body = slots.order("visit", start, "tadas", name=name)
        body["customer"] |= {"email": f"customer{number}@example.com", "address": f"Tilto g. {number}"}
        body["answers"] = {"door": "-2+3 green;＝2+2"}
        answer = slots.book(house.client(), house, body)
        assert answer.status == 201, answer.text
        made.append(answer.json)
    return made


def decide(chromium, house, who: str, heading: str, press: str, picture: str | None = None):
    visitor = Visitor(chromium, house)
    visitor.sign_in(house.person(f"{who}@example.test"))
    visitor.page.goto(f"{house.staff}/approvals")
    visitor.heading(heading)
    if picture:
        visitor.look(picture)
    visitor.press(re.compile(press))
    expect(visitor.page.get_by_role("status")).to_be_visible()
    visitor.done()


def test_an_owner_takes_all_customers_out_in_one_file_once_another_agrees(house, chromium):
    book_all(house)
    visitor = Visitor(chromium, house)
    page = visitor.page
    visitor.sign_in(house.person("ona@example.test"))
    page.goto(f"{house.staff}/customers")
    visitor.press("Take them out in one file", role="link")
    visitor.press("Ask for it")
    expect(page.get_by_text("Please choose one of these.").first).to_be_visible()
    visitor.look("export-mistake")
    page.get_by_label("Moving to another system").check()
    page.get_by_label("With addresses and answers", exact=False).check()
    visitor.press("Ask for it")
    expect(page.get_by_text("Nothing is changed yet")).to_be_visible()
    expect(page.get_by_role("button", name="Take the file")).to_have_count(0)
    visitor.look("export-waiting")
    decide(chromium, house, "rita", "A file with all customers, for Ona", "Yes, do exactly this", "approvals-export")
    page.reload()
    visitor.look("export-ready")
    with page.expect_download() as download:
        visitor.press("Take the file")
    file = download.value
    assert re.fullmatch(r"customers-keepers-\d{4}-\d\d-\d\d\.csv", file.suggested_filename)
    text = file.path().read_text("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    # Whoever asked is not shown the line that tells their file apart; another owner is.
    expect(page.locator("code")).to_have_count(0)
    other = Visitor(chromium, house)
    other.sign_in(house.person("rita@example.test"))
    other.page.goto(f"{house.staff}/customers/export")
    mark = other.page.locator("code").first.inner_text()
    real = {line["name"]: line for line in lines if line["e-mail"] != mark}
    assert len(lines) == len(NAMES) + 1 and len(real) == len(NAMES)
    assert set(real) == set(WRITTEN)
    assert {line["answers"] for line in real.values()} == {"The door: -2+3 green;'＝2+2"}
    assert {line["address"] for line in real.values()} == {f"Tilto g. {number}" for number in range(len(NAMES))}
    assert len({line["file"] for line in lines}) == 1
    # No cell that a program for tables would take for a formula, phone numbers aside.
    for line in lines:
        for name, cell in line.items():
            assert name == "phone" or not cell or cell[0] not in "=+-@\t\r", f"{name}: {cell}"
    for line in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        for cell in line:
            assert not cell or cell[0] not in "=+-@＝＋－＠\t\r\n", f"cut at semicolons: {cell}"
    # Whoever agreed can still stop it.
    decide(chromium, house, "rita", "Ona can take a file of all customers", "Stop it", "approvals-file")
    visitor.press("Take the file")
    expect(page.get_by_text("This file cannot be taken any more")).to_be_visible()
    other.page.reload()
    expect(other.page.locator("code", has_text=mark)).to_be_visible()
    other.done()
    visitor.done()


def test_a_file_is_nobody_elses_and_needs_a_fresh_proof(house, chromium):
    book_all(house)
    people = {}
    for who in ("ona", "rita"):
        client = house.client(keep_alive=True)
        server.sign_in(client, house.staff, house.person(f"{who}@example.test"))
        token = re.search(r'name="csrf" value="([^"]+)"', client.get(f"{house.staff}/account").text)[1]
        people[who] = (client, token)

    def post(who: str, path: str, **fields):
        client, token = people[who]
        return client.post_form(house.staff + path, {"csrf": token, **fields})

    assert post("ona", "/customers/export", purpose="other").status == 303
    (asked,) = [row[0] for row in records.rows(house.database, "SELECT lower(hex(id)) FROM approval")]
    id_ = f"{asked[:8]}-{asked[8:12]}-{asked[12:16]}-{asked[16:20]}-{asked[20:]}"
    take = f"/customers/export/{id_}"
    assert post("ona", take).status == 404
    assert post("rita", f"/approvals/{id_}/approval").status == 303
    assert post("rita", take).status == 404
    answer = post("ona", take)
    assert answer.status == 200 and answer.header("cache-control") == "no-store"
    assert answer.header("content-type").startswith("text/csv")
    with closing(sqlite3.connect(house.database, timeout=10)) as connection, connection:
        connection.execute("UPDATE session SET proved_at = proved_at - 600")
    time.sleep(0.7)
    proof = post("ona", take)
    assert proof.status != 200 or "text/html" in proof.header("content-type")
    assert "customer0@example.com" not in proof.text


def test_customers_of_long_ago_are_erased_for_good_and_their_keys_are_nowhere(house, chromium):
    made = book_all(house)
    old, kept = made[:2], made[2]
    with closing(sqlite3.connect(house.database, timeout=10)) as connection, connection:
        # Two of them came two years ago.
        years = 730 * 86_400
        for booking in old:
            id_ = bytes.fromhex(booking["id"].replace("-", ""))
            connection.execute('UPDATE booking SET start = start - ?1, "end" = "end" - ?1 WHERE id = ?2', (years, id_))
            connection.execute(
                "UPDATE contact SET made_at = made_at - ? WHERE subject = (SELECT subject FROM booking WHERE id = ?)",
                (years, id_),
            )
        wrapped_of = "SELECT subject FROM booking WHERE id = ?"
        subjects = [
            connection.execute(wrapped_of, (bytes.fromhex(one["id"].replace("-", "")),)).fetchone()[0] for one in made
        ]
    keys = dict(
        (subject, (p1, p2)) for subject, p1, p2 in records.rows(house.key_database, "SELECT subject, p1, p2 FROM subject_key")
    )
    visitor = Visitor(chromium, house)
    page = visitor.page
    visitor.sign_in(house.person("ona@example.test"))
    page.goto(f"{house.staff}/customers")
    visitor.press("Erase those of long ago", role="link")
    visitor.press("Show how many")
    expect(page.get_by_text("Please choose a day.").first).to_be_visible()
    visitor.look("erasure-mistake")
    page.get_by_label("Keep whoever has a visit on or after").fill(str(date.today() - timedelta(days=365)))
    visitor.press("Show how many")
    visitor.heading("The details of 2 of 3 bookings would be erased")
    visitor.look("erasure-preview")
    visitor.press("Ask that they be erased for good")
    expect(page.get_by_text("Nothing is changed yet")).to_be_visible()
    visitor.look("erasure-waiting")
    assert sum(1 for _ in records.rows(house.key_database, "SELECT 1 FROM subject_key WHERE taken_at IS NOT NULL")) >= 3
    decide(chromium, house, "rita", "The details of 2 bookings are erased for good", "Yes, do exactly this", "approvals-erasure")
    deadline = time.monotonic() + 60
    while records.rows(house.database, "SELECT 1 FROM erased_subject") or any(
        records.rows(house.key_database, f"SELECT 1 FROM subject_key WHERE hex(subject) = '{subject.hex().upper()}'")
        for subject in subjects[:2]
    ):
        assert time.monotonic() < deadline, "keys are still there"
        time.sleep(0.2)
    # Neither in the databases nor in what SQLite writes beside them.
    for file in house.data.rglob("*"):
        if file.is_file():
            held = file.read_bytes()
            for subject in subjects[:2]:
                assert not any(key in held for key in keys[subject]), f"{file.name} still holds a key"
    assert any(keys[subjects[2]][0] in file.read_bytes() for file in house.data.rglob("*") if file.is_file())
    page.goto(f"{house.staff}/bookings/{old[0]['id']}")
    expect(page.get_by_role("heading").first).to_be_visible()
    assert "Tilto g. 0" not in page.content() and "Rasa" not in page.content()
    visitor.look("booking-erased")
    page.goto(f"{house.staff}/bookings/{kept['id']}")
    expect(page.get_by_text("Tilto g. 2").first).to_be_visible()
    visitor.done()
    house.command("verify-audit", "--business", house.business)
