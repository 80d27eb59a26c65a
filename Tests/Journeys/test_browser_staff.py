"""The staff in a real browser: a day's work, somebody who calls, and sick at seven in the morning."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

import records
import slots

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


@pytest.fixture(scope="module")
def technicians(demo):
    return [person.email.split("@")[0] for person in demo.people if person.role == "technician"]


def test_a_technician_sees_the_own_day_shows_a_contact_and_marks_it_done(visit, demo, technicians):
    own = book_for(demo, technicians[0], (1, 7), name="Liepa Kalnė", email="liepa@example.com")
    other = book_for(demo, technicians[1], (1, 7), name="Kotryna Foreign", email="kotryna@example.com")
    visitor = visit()
    page = visitor.page
    visitor.page.goto(f"{demo.staff}/sign-in")
    visitor.look("sign-in")
    visitor.sign_in(demo.person("technician", 0))
    page.goto(f"{demo.staff}/day?day={own['start'][:10]}")
    visitor.look("staff-day")
    assert "Liepa" in page.content() and "Kalnė" not in page.content(), "the first name only"
    assert "34567" not in page.content() and "liepa@example.com" not in page.content(), "masked until tapped"
    assert "Kotryna" not in page.content()
    entries = records.count(demo.database, "audit_entry")
    visitor.press(re.compile("^Show contact of Liepa"))
    expect(page.get_by_text("liepa@example.com")).to_be_visible()
    assert records.count(demo.database, "audit_entry") > entries, "the tap left no entry"
    visitor.look("staff-booking")
    for mark in ("Arrived", "Done"):
        button = page.get_by_role("button", name=re.compile(f"^{mark}"))
        if button.count():
            button.first.click()
    expect(page.get_by_text("Done").first).to_be_visible()

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
    if page.get_by_role("radio", name=TIME).count() == 0:
        page.get_by_role("link", name=re.compile(r"\d free time")).first.click()
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
        visitor.press("Sign in")
        said.add(visitor.page.get_by_role("alert").inner_text())
    assert len(said) == 1
