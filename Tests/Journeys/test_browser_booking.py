"""Customers in a real browser: with and without scripts, by mouse and by keyboard, winning and losing."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

import businesses
import slots
from browser import SIZES, Visitor

FREE_DAY = re.compile(r"\d free time")
TIME = re.compile(r"^\d\d:\d\d")


@pytest.fixture(scope="module")
def services(demo):
    return slots.services(demo)


@pytest.fixture(scope="module")
def visit_service(demo, services):
    """A service at the customer's, so that the form asks for everything."""
    return next(service for service in services if service.get("place") == "customer")


def times(visitor, role: str = "link"):
    return visitor.page.get_by_role("region").get_by_role(role, name=TIME)


def choose_day(visitor, number: int, role: str = "link"):
    """The free day of that number, from 0 on, in this month or the next ones."""
    days = visitor.page.get_by_role("table").get_by_role(role, name=FREE_DAY)
    while days.count() <= number:
        number -= days.count()
        month = visitor.page.get_by_role("table").get_attribute("aria-labelledby")
        before = visitor.page.locator(f"#{month}").inner_text()
        visitor.page.locator(".month-steps").get_by_role(role).last.click()
        expect(visitor.page.locator(f"#{month}")).not_to_have_text(before)
    days.nth(number).click()


def choose_time(visitor, service: dict, day: int = 3, time: int = 0):
    """From the list of services to the form: the service, one of its free days, one of the times."""
    visitor.page.goto(visitor.house.book)
    visitor.press(service["name"], "link")
    choose_day(visitor, day)
    chosen = times(visitor).nth(time)
    label = chosen.inner_text()[:5]
    chosen.click()
    visitor.heading("Your details")
    return label


def open_booking(visitor):
    visitor.press("Open my booking", "link")
    if visitor.page.get_by_label("Code of your booking").count():
        # Without scripts the code is typed: it is the last part of the link.
        code = visitor.page.url.partition("#")[2]
        visitor.page.get_by_label("Code of your booking").fill(code)
        visitor.press("Show my booking")
    visitor.heading("Your booking")


def test_a_stranger_books_looks_at_every_page_moves_and_cancels(visit, visit_service):
    visitor = visit()
    page = visitor.page
    page.goto(visitor.house.book)
    visitor.look("services")
    visitor.press(visit_service["name"], "link")
    visitor.look("times")
    time = choose_time(visitor, visit_service)
    expect(page.get_by_text("You can move or cancel it here until")).to_be_visible()
    visitor.look("details")
    visitor.press("Book this time")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.title().startswith("Problem")
    visitor.look("details-mistakes")
    visitor.fill_required(name="Rasa Kalnė", email="rasa@example.com", address="Gedimino pr. 1-2, Vilnius")
    visitor.press("Book this time")
    visitor.heading("You are booked")
    assert time in page.get_by_role("main").inner_text()
    visitor.look("ticket")

    open_booking(visitor)
    assert "#" not in page.url, "the code is out of the address as soon as it was read"
    assert "Rasa" not in page.content() and "rasa@" not in page.content(), (
        "the link shows nothing of the customer"
    )
    for fact in ("Who", "Where"):
        expect(page.get_by_role("term").filter(has_text=fact)).to_be_visible()
    visitor.look("manage")
    visitor.press("Choose another time")
    choose_day(visitor, 4, "button")
    visitor.look("manage-times")
    moved_to = times(visitor, "radio").nth(1)
    moved_to.check()
    visitor.press("Move my booking to this time")
    visitor.look("manage-done")
    visitor.press("Back to my booking")
    visitor.heading("Your booking")
    page.get_by_text("Cancel this booking").click()
    visitor.press("Yes, cancel it")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("cancelled", re.IGNORECASE))


def test_a_stranger_books_moves_and_cancels_without_scripts_on_a_phone(visit, visit_service):
    visitor = visit(scripts=False, size=SIZES[0])
    page = visitor.page
    choose_time(visitor, visit_service, day=4)
    visitor.fill_required(name="Rasa Kalnė", email="rasa@example.com")
    visitor.press("Book this time")
    visitor.heading("You are booked")
    open_booking(visitor)
    visitor.press("Choose another time")
    # Far enough ahead that it may still be cancelled, at whatever hour the test runs.
    choose_day(visitor, 4, "button")
    times(visitor, "radio").first.check()
    visitor.press("Move my booking to this time")
    visitor.press("Back to my booking")
    page.get_by_text("Cancel this booking").click()
    visitor.press("Yes, cancel it")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("cancelled", re.IGNORECASE))


def test_a_stranger_books_by_keyboard_alone(visit, services):
    visitor = visit()
    page = visitor.page
    page.goto(visitor.house.book)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to the content"
    visitor.tab_to(services[0]["name"])
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    label = (
        times(visitor).nth(2).inner_text() if times(visitor).count() > 2 else times(visitor).last.inner_text()
    )
    visitor.tab_to(label.strip())
    page.keyboard.press("Enter")
    visitor.heading("Your details")
    visitor.tab_to("Your name")
    page.keyboard.type("Rasa Kalnė")
    visitor.tab_to("E-mail address")
    page.keyboard.type("rasa@example.com")
    visitor.fill_required()
    visitor.tab_to("Book this time")
    page.keyboard.press("Enter")
    visitor.heading("You are booked")


def test_who_books_too_soon_to_change_it_is_told_before_and_whom_to_call(serve, chromium):
    contact = {"phone": "+370 600 00000", "email": "hello@example.test"}
    people = [businesses.person("ona", [], role="owner"), businesses.person("tadas", ["repair"])]
    house = serve(
        businesses.house(
            "soon-house",
            people,
            [businesses.service("repair", 30)],
            contact=contact,
            policy={"cancel": "360 d", "reschedule": "360 d", "reminder": "24 h"},
        )
    )
    visitor = Visitor(chromium, house)
    start = slots.free(house, "repair")[0]["start"]
    visitor.page.goto(f"{house.book}?{urlencode({'service': 'repair', 'start': start})}")
    visitor.heading("Your details")
    soon = "This time is so soon that it cannot be moved or cancelled here. Call us: +370 600 00000."
    expect(visitor.page.get_by_text(soon)).to_be_visible()
    visitor.look("details-soon")
    visitor.fill_required(name="Rasa Kalnė", email="rasa@example.com")
    visitor.press("Book this time")
    visitor.heading("You are booked")
    expect(visitor.page.get_by_role("heading", name="Change or cancel")).to_have_count(0)
    visitor.look("ticket-soon")
    visitor.press("Look at my booking", "link")
    visitor.heading("Your booking")
    expect(visitor.page.get_by_role("button", name="Choose another time")).to_have_count(0)
    visitor.done()


def test_a_name_with_what_nobody_sees_or_a_link_is_refused_beside_the_field(visit, visit_service):
    visitor = visit()
    choose_time(visitor, visit_service, day=3)
    typed = {"email": "rasa@example.com", "address": "Gedimino pr. 1-2, Vilnius"}
    for name, words in (
        ("Rasa\u202ekaR", "invisible or special characters"),
        ("Rasa\u2028Kalnė", "invisible or special characters"),
        ("\u200b", "Please fill this in"),
        ("Look at www.evil.example", "leave out the web address"),
    ):
        visitor.fill_required(name=name, **typed)
        visitor.press("Book this time")
        expect(visitor.page.locator("#name-error")).to_contain_text(words)
    visitor.look("details-name")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_loser_of_a_race_keeps_what_was_typed_and_takes_a_near_time(visit, demo, visit_service, scripts):
    loser = visit(scripts=scripts)
    choose_time(loser, visit_service, day=6)
    loser.fill_required(name="Marius Late", email="marius@example.com", address="Pilies g. 3, Vilnius")
    start = loser.page.locator("form input[name=start]").get_attribute("value")
    staff = loser.page.locator("form input[name=staff]").get_attribute("value") or None
    # Everybody who could come is taken while the loser types.
    for _ in range(9):
        body = slots.order_for(visit_service, start, staff)
        if slots.book(demo.client(), demo, body).status != 201:
            break
    loser.press("Book this time")
    loser.heading("Somebody else was quicker")
    assert loser.page.get_by_label("Your name").input_value() == "Marius Late"
    assert loser.page.get_by_label("Address of the visit").input_value() == "Pilies g. 3, Vilnius"
    if scripts:
        loser.look("lost-race")
    loser.page.get_by_role("radio", name=TIME).first.check()
    loser.press("Book this time instead")
    loser.heading("You are booked")


def test_a_visitor_far_away_sees_the_times_in_their_own_zone(visit, services):
    visitor = visit(timezone_id="America/New_York")
    page = visitor.page
    page.goto(visitor.house.book)
    visitor.press(services[0]["name"], "link")
    choose_day(visitor, 4)
    here = times(visitor).first.get_attribute("href")
    assert "Vilnius" in page.locator(".slots-zone").inner_text()
    visitor.press("Show times in New York time")
    page.wait_for_url(re.compile("zone=America"))
    assert "New York" in page.locator(".slots-zone").inner_text()
    assert times(visitor).first.get_attribute("href") != here
    times(visitor).first.click()
    text = page.get_by_role("main").inner_text()
    assert "New York" in text and "Vilnius" in text, "both zones in words"


def test_reloading_or_opening_a_page_again_books_nothing_twice(visit, demo, services):
    visitor = visit()
    choose_time(visitor, services[0], day=5)
    visitor.fill_required(name="Rasa Kalnė", email="rasa@example.com")
    visitor.press("Book this time")
    visitor.heading("You are booked")
    link = visitor.page.get_by_role("link", name="Open my booking").get_attribute("href")
    visitor.page.reload()
    visitor.heading("You are booked")
    assert visitor.page.get_by_role("link", name="Open my booking").get_attribute("href") == link
