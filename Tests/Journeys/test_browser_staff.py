"""The staff in a real browser: a day's work, somebody who calls, and sick at seven in the morning."""

import re
import sqlite3
import time
import uuid
from contextlib import closing
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

import records
import slots
from browser import SIZES
from server import free_port

TIME = re.compile(r"^\d\d:\d\d")


def book_for(house, staff: str, days: tuple[int, int], **customer) -> dict:
    """Books the first free time of one person, of whatever service, `days` from today on."""
    people = house.client().get(f"{house.api}/staff").json["staff"]
    served = next(person["services"] for person in people if person["id"] == staff)
    for service in (service for service in slots.services(house) if service["id"] in served):
        for slot in slots.free(house, service["id"], staff=staff, after=days[0], days=days[1] - days[0]):
            body = slots.order_for(service, slot["start"], staff, **customer)
            answer = slots.book(house.client(), house, body)
            if answer.status == 201:
                return answer.json
    raise AssertionError(f"{staff} has no free time in the days {days}")


def begin_now(house, booking, ago: int = 60):
    """Sets a visit back in the database, with the time it takes, as if it had begun some seconds ago and took 30 min."""
    begun = int(time.time()) - ago
    span = (begun, begun + 1800)
    with closing(sqlite3.connect(house.database, timeout=10)) as connection, connection:
        id_ = uuid.UUID(booking["id"]).bytes
        taken = 'SELECT unit, id, service, capacity FROM occupancy WHERE id = (SELECT sitting FROM booking WHERE id = ?)'
        unit, sitting, service, capacity = connection.execute(taken, (id_,)).fetchone()
        connection.execute('UPDATE booking SET start = ?, "end" = ? WHERE id = ?', (*span, id_))
        connection.execute("DELETE FROM occupancy WHERE id = ?", (sitting,))
        connection.execute(
            'INSERT INTO occupancy (unit, start, "end", id, service, served_start, served_end, capacity) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (unit, *span, sitting, service, *span, capacity),
        )


@pytest.fixture(scope="module")
def technicians(demo):
    return [person.email.split("@")[0] for person in demo.people if person.role == "technician"]


def test_a_technician_sees_the_own_day_shows_a_contact_and_marks_it_done(visit, demo, technicians):
    own = book_for(demo, technicians[0], (2, 8), name="Liepa Kalnė", email="liepa@example.com")
    other = book_for(demo, technicians[1], (1, 7), name="Kotryna Foreign", email="kotryna@example.com")
    visitor = visit()
    page = visitor.page
    visitor.page.goto(f"{demo.staff}/sign-in")
    visitor.look("sign-in")
    visitor.sign_in(demo.person("technician", 0))
    page.goto(f"{demo.staff}/day?day={own['start'][:10]}")
    visitor.look("staff-day-closed")
    assert "Liepa" not in page.content(), "days before the visit the time is enough"
    page.goto(f"{demo.staff}/bookings/{own['id']}")
    visitor.look("staff-booking-closed")
    expect(page.get_by_text("Who it is opens on").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Show contact"))).to_have_count(0)
    for mark in ("Arrived", "Done", "No-show"):
        expect(page.get_by_role("button", name=re.compile(f"^{mark}"))).to_have_count(0)
    expect(page.get_by_text("It can be marked as arrived from")).to_be_visible()

    begin_now(demo, own)
    page.goto(f"{demo.staff}/day")
    visitor.look("staff-day")
    assert "Liepa" in page.content() and "Kalnė" not in page.content(), "the first name only"
    assert "34567" not in page.content() and "liepa@example.com" not in page.content(), "masked until tapped"
    assert "Kotryna" not in page.content()
    entries = records.count(demo.database, "audit_entry")
    visitor.press(re.compile("^Show contact of Liepa"))
    expect(page.get_by_text("liepa@example.com")).to_be_visible()
    assert records.count(demo.database, "audit_entry") > entries, "the tap left no entry"
    visitor.look("staff-booking")
    page.goto(f"{demo.staff}/bookings/{own['id']}")
    visitor.look("staff-booking-now")
    for mark in ("Arrived", "Done"):
        visitor.press(re.compile(f"^{mark}"))
        expect(page.get_by_text("The visit is marked.")).to_be_visible()
    expect(page.get_by_text("Done").first).to_be_visible()

    begin_now(demo, own, ago=5 * 3600)
    page.goto(f"{demo.staff}/bookings/{own['id']}")
    assert "Liepa" not in page.content(), "hours after the visit it is closed again"
    expect(page.get_by_text("Who it is is not shown to you.").first).to_be_visible()

    page.goto(f"{demo.staff}/day?day={other['start'][:10]}&staff={technicians[1]}")
    assert "Kotryna" not in page.content(), "a colleague's day is not one's own"
    visitor.complaints.clear()
    assert page.goto(f"{demo.staff}/bookings/{other['id']}").status == 404
    page.goto(f"{demo.staff}/week")
    visitor.look("staff-week")
    for place in ("people", "mail"):
        assert page.goto(f"{demo.staff}/{place}").status in (403, 404), f"a technician may not open {place}"
    page.goto(f"{demo.staff}/day")
    visitor.press("Sign out")
    assert page.goto(f"{demo.staff}/day").url.endswith("/sign-in"), "signed out is signed out"


def test_the_owner_sees_everybody_and_every_page_is_accessible(visit, demo):
    visitor = visit()
    page = visitor.page
    visitor.sign_in(demo.person("owner"))
    page.goto(f"{demo.staff}/day?day={date.today() + timedelta(days=1)}")
    assert page.locator(".column").count() >= 2, "side by side"
    visitor.look("owner-day")
    for name in ("week", "people", "mail", "customers", "time-off", "bookings/new"):
        page.goto(f"{demo.staff}/{name}")
        visitor.look("owner-" + name.replace("/", "-"))


def test_on_a_phone_the_pages_an_owner_seldom_needs_stand_behind_more(visit, demo):
    owner = visit(size=SIZES[0])
    owner.sign_in(demo.person("owner"))
    tabs = owner.page.get_by_role("navigation", name="Staff pages").get_by_role("link")
    assert [" ".join(tab.inner_text().split()) for tab in tabs.all()] == ["Day", "Week", "New booking", "More pages"]
    owner.press("More pages", role="link")
    owner.press("Money", role="link")
    expect(owner.page.get_by_text("Did not come")).to_be_visible()
    owner.look("owner-money")
    assert [" ".join(tab.inner_text().split()) for tab in tabs.all()] == ["Day", "Week", "Money", "More pages"]


def test_an_address_that_is_none_leads_staff_back_to_their_pages(demo):
    signed_in = demo.sign_in(demo.person("owner").email)
    for client, path, back in (
        (signed_in, f"{demo.staff}/nothing", f"/staff/{demo.business}"),
        (demo.client(), f"{demo.staff}/nothing", f"/staff/{demo.business}"),
        (demo.client(), "/nothing", "/"),
    ):
        answer = client.get(path)
        assert answer.status == 404 and f'href="{back}"' in answer.text.partition("<main")[2]


def test_a_caller_without_an_address_gets_a_time_and_is_found_again(visit, demo, technicians):
    visitor = visit()
    page = visitor.page
    visitor.sign_in(demo.person("administrator"))
    page.goto(f"{demo.staff}/bookings/new")
    page.get_by_label("Service").select_option(index=1)
    page.get_by_label("Day").fill(str(date.today() + timedelta(days=9)))
    visitor.press("Show free times")
    if page.get_by_role("radio", name=TIME).count() == 0:
        visitor.press(re.compile("Next free day"), "link")
    page.get_by_role("radio", name=TIME).first.check()
    visitor.fill_required(name="Danutė Calling", phone="+370 655 11223")
    visitor.look("new-booking")
    visitor.press("Book", "button")
    expect(page.get_by_text("Danutė").first).to_be_visible()
    page.goto(f"{demo.staff}/customers")
    page.get_by_label(re.compile("^E-mail address, phone")).fill("+370 655 11223")
    visitor.press("Search")
    expect(page.get_by_role("heading", name="Danutė Calling")).to_be_visible()
    visitor.look("customer-found")


def test_sick_at_seven_in_the_morning(visit, demo, technicians):
    sick, colleague = technicians
    first = book_for(demo, sick, (2, 9), name="Barbora First", email="liepa@example.com")
    day = first["start"][:10]
    offset = (date.fromisoformat(day) - date.today()).days
    second = book_for(demo, sick, (offset, offset), name="Vytas Second", email="vytas@example.com")
    visitor = visit()
    page = visitor.page
    visitor.sign_in(demo.person("owner"))
    page.goto(f"{demo.staff}/time-off")
    page.get_by_label("Who").select_option(sick)
    page.get_by_label("From").fill(f"{day}T00:00")
    page.get_by_label("Until").fill(f"{date.fromisoformat(day) + timedelta(days=1)}T00:00")
    visitor.press("Block this time")
    expect(page.get_by_role("listitem").filter(has_text="Barbora")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Vytas")).to_be_visible()
    visitor.look("sick-day")
    left = slots.free(demo, first["service"], staff=sick, after=offset, days=0)
    assert left == [], "no new bookings while away"

    address = page.url
    visitor.press(re.compile("^Cancel Vytas"))
    assert state(demo, second) == "cancelled"
    if page.url != address or page.get_by_role("link", name=re.compile("^Move Barbora")).count() == 0:
        page.goto(f"{demo.staff}/bookings/{first['id']}")
        visitor.press("Move", "link")
    else:
        visitor.press(re.compile("^Move Barbora"), "link")
    free = page.get_by_role("link", name=re.compile(r"\d free time"))
    if page.get_by_role("radio", name=TIME).count() == 0 and free.count() == 0:
        # The blocked day is the last one of its month.
        page.get_by_role("link").filter(has_text="→").click()
    if page.get_by_role("radio", name=TIME).count() == 0:
        free.first.click()
    visitor.look("staff-move")
    page.get_by_role("radio", name=TIME).first.check()
    visitor.press("Move it to this time")
    expect(page.get_by_role("main")).to_contain_text("Barbora")
    seen = demo.client().post_json(f"{demo.api}/manage", {"code": slots.code_of(first)}).json
    assert seen["start"] != first["start"], "it was moved"
    page.goto(f"{demo.staff}/time-off")
    visitor.press(re.compile("^Lift"))
    assert records.doubled(demo.database) == {}


def state(house, booking) -> str:
    answer = house.client().post_json(f"{house.api}/manage", {"code": slots.code_of(booking)})
    return answer.json.get("state") or answer.json.get("status")


def test_a_wrong_code_is_refused_in_words_and_says_nothing_about_the_account(visit, demo):
    said = set()
    for email in (demo.person("owner").email, "nobody@example.test"):
        visitor = visit()
        visitor.page.goto(f"{demo.staff}/sign-in")
        visitor.page.get_by_label("E-mail address").fill(email)
        visitor.page.get_by_label("Password").fill("a wrong password")
        visitor.page.get_by_label("Code from your app").fill("123456")
        visitor.press(re.compile("^Sign in$"))
        said.add(visitor.page.get_by_role("alert").inner_text())
    assert len(said) == 1


def set_mail_server(visitor, port: int):
    visitor.page.goto(f"{visitor.house.staff}/mail")
    visitor.page.get_by_label("Name of the server").fill("127.0.0.1")
    visitor.page.get_by_label("Protection").select_option("none-on-loopback")
    visitor.page.get_by_label("Port").fill(str(port))
    visitor.page.get_by_label("Sender").fill("hello@example.test")
    visitor.press("Save")
    expect(visitor.page.get_by_text("Saved.")).to_be_visible()


def until_seen(page, path: str, words: str, patience: float = 30):
    """Loads a page again until it says something; what the server notices by itself takes a few seconds."""
    end = time.monotonic() + patience
    while page.goto(path) and page.get_by_text(words).count() == 0:
        assert time.monotonic() < end, f"{path} never says: {words}"
        page.wait_for_timeout(500)


def test_messages_that_do_not_leave_are_told_to_those_who_can_act(visit, demo, technicians, sink):
    owner = visit()
    page = owner.page
    owner.sign_in(demo.person("owner"))
    refused = book_for(demo, technicians[0], (3, 12), name="Perm Refused", email="perm@example.com")
    until_seen(page, f"{demo.staff}/day", "No mail server is set")
    owner.look("owner-day-no-mail")

    set_mail_server(owner, free_port())
    until_seen(page, f"{demo.staff}/day", "They cannot be delivered at the moment")
    expect(page.get_by_text("No mail server is set")).to_have_count(0)
    owner.look("owner-day-mail-down")
    owner.press("Look at the mail settings", "link")
    expect(page.get_by_text("the mail server cannot be reached")).to_be_visible()
    owner.look("owner-mail-down")
    technician = visit()
    technician.sign_in(demo.person("technician", 0))
    assert "at the moment" not in technician.page.content(), "a technician can do nothing about it"
    assert "mail" not in technician.page.get_by_role("main").inner_text().lower()

    set_mail_server(owner, sink.port)
    until_seen(page, f"{demo.staff}/day", "1 message could not be delivered.")
    owner.look("owner-day-undelivered")
    owner.press("See what can be done", "link")
    owner.look("owner-mail-undelivered")
    technician.page.goto(f"{demo.staff}/bookings/{refused['id']}")
    expect(technician.page.get_by_text("The confirmation could not be delivered.")).to_be_visible()
    technician.look("staff-booking-undelivered")

    owner.press("Send them again")
    expect(page.get_by_text("They will be sent again now.")).to_be_visible()
    until_seen(page, f"{demo.staff}/mail", "1 message could not be delivered")
    client = demo.sign_in("owner")
    assert client.post_form(f"{demo.staff}/mail/failed", {}).status == 403, "a form without its token"
    assert client.get(f"{demo.staff}/mail/failed").status == 405


def test_a_kept_password_is_asked_for_again_when_the_server_changes(visit, demo):
    visitor = visit()
    page = visitor.page
    visitor.sign_in(demo.person("owner"))
    page.goto(f"{demo.staff}/mail")
    page.get_by_label("Name of the server").fill("mail.example.test")
    page.get_by_label("Protection").select_option("starttls")
    page.get_by_label("Port").fill("587")
    page.get_by_label("User name").fill("spare-hands")
    page.get_by_label("Password").fill("a very secret password")
    page.get_by_label("Sender").fill("hello@example.test")
    visitor.press("Save")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_label("Name of the server").fill("evil.example.test")
    visitor.press("Save")
    expect(page.locator("#password-error")).to_have_text("Please give the password for this server.")
    visitor.look("owner-mail-password")
    page.goto(f"{demo.staff}/mail")
    assert page.get_by_label("Name of the server").input_value() == "mail.example.test"


def test_an_owner_plants_a_customer_who_is_nobody_and_takes_them_away(visit, demo):
    owner = visit()
    page = owner.page
    owner.sign_in(demo.person("owner"))
    page.goto(f"{demo.staff}/customers")
    owner.press("Plant one who is nobody", role="link")
    owner.heading("Customers who are nobody")
    page.get_by_label("Phone").fill("not a number")
    owner.press("Plant it")
    expect(page.locator("#name-error")).to_be_visible()
    expect(page.locator("#phone-error")).to_be_visible()
    assert page.get_by_label("Phone").input_value() == "not a number", "what was typed is kept"
    owner.look("decoys-mistakes")
    page.get_by_label("Name").fill("Somebody Well Known")
    page.get_by_label("Phone").fill("+370 600 00 999")
    owner.press("Plant it")
    expect(page.get_by_text("It is planted.")).to_be_visible()
    owner.look("decoys")
    found = demo.sign_in(demo.person("owner").email)
    answer = found.submit(found.get(f"{demo.staff}/customers"), "/customers", query="well known")
    assert "Somebody Well Known" in answer.page.text
    owner.press("Take away Somebody Well Known")
    expect(page.get_by_text("It is taken away.")).to_be_visible()
    owner.done()
