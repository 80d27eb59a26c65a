"""A customer in a real browser: link, bookings, passkey; small and large, light and dark."""

import re

import pytest
from playwright.sync_api import expect

from browser import SIZES
from passkeys import Authenticator
from test_customers import book, fresh, link_for, mail_goes_to


@pytest.fixture(scope="module")
def house(demo, sink):
    mail_goes_to(demo, sink.port)
    return demo


def ask_by_page(visitor, address: str):
    visitor.page.goto(f"/my/{visitor.house.business}")
    visitor.page.get_by_label("E-mail address").fill(address)
    visitor.press("Send me a link")
    visitor.heading("Look into your mailbox")


def open_link(visitor, code: str):
    visitor.page.goto(visitor.house.book)
    visitor.page.goto(f"/my/{visitor.house.business}/open#{code}")
    visitor.page.wait_for_url(re.compile(r"/bookings"))
    visitor.heading("Your bookings")


def test_a_customer_asks_opens_looks_manages_and_signs_out(visit, house, sink):
    address = fresh()
    book(house, address)
    book(house, address)
    visitor = visit()
    page = visitor.page
    page.goto(f"/my/{house.business}")
    visitor.look("my-ask")
    page.get_by_label("E-mail address").fill("rasa")
    visitor.press("Send me a link")
    expect(page.get_by_role("alert").first).to_be_visible()
    visitor.look("my-ask-mistake")
    ask_by_page(visitor, address)
    visitor.look("my-sent")
    page.goto(f"/my/{house.business}/open")
    visitor.look("my-open")
    open_link(visitor, link_for(house, sink, address))
    assert "#" not in page.url
    expect(page.get_by_role("main")).to_contain_text(address)
    visitor.look("my-bookings")
    visitor.press(re.compile("Look at it, move or cancel"))
    visitor.heading("Your booking")
    page.get_by_text("Cancel this booking").click()
    visitor.press("Yes, cancel it")
    page.goto(f"/my/{house.business}")
    page.wait_for_url(re.compile(r"/bookings"))
    expect(page.get_by_text("Cancelled").first).to_be_visible()
    visitor.look("my-bookings-past")
    visitor.press("Sign out")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.goto(f"/my/{house.business}/bookings")
    page.wait_for_url(re.compile(rf"/my/{house.business}$"))


def test_a_customer_without_scripts_pastes_the_link_on_a_phone(visit, house, sink):
    address = fresh()
    book(house, address)
    visitor = visit(scripts=False, size=SIZES[0])
    page = visitor.page
    ask_by_page(visitor, address)
    page.goto(f"/my/{house.business}/open")
    code = link_for(house, sink, address)
    page.get_by_label("Code of your link").fill(f"{house.base}/my/{house.business}/open#{code}")
    visitor.press("Show my bookings")
    expect(page.get_by_role("main")).to_contain_text(address)
    expect(page.get_by_role("button", name="passkey")).to_have_count(0)
    visitor.press(re.compile("Look at it, move or cancel"))
    visitor.heading("Your booking")


def test_a_passkey_is_added_lets_in_without_a_link_and_is_removed(visit, house, sink):
    address = fresh()
    book(house, address)
    visitor = visit()
    page = visitor.page
    device = Authenticator(visitor)
    open_link(visitor, link_for(house, sink, address))
    visitor.press("Add a passkey")
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    assert len(device.credentials) == 1
    assert address.encode() not in repr(device.credentials[0].get("userHandle")).encode()
    visitor.look("my-bookings-passkey")
    visitor.press("Sign out")
    visitor.press("Use my passkey")
    page.wait_for_url(re.compile(r"/bookings"))
    expect(page.get_by_role("main")).to_contain_text(address)
    visitor.press(re.compile("Remove"))
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    visitor.press("Sign out")
    visitor.press("Use my passkey")
    expect(page.get_by_text("This passkey opens nothing here.")).to_be_visible()
    visitor.look("my-ask-refused")


def test_a_device_that_does_not_know_its_owner_adds_nothing(visit, house, sink):
    address = fresh()
    book(house, address)
    visitor = visit()
    device = Authenticator(visitor)
    device.refuse()
    open_link(visitor, link_for(house, sink, address))
    visitor.press("Add a passkey")
    expect(visitor.page.locator("[data-passkey-problem]").first).to_be_visible()
    assert device.credentials == []


def test_a_customer_asks_and_opens_by_keyboard_alone(visit, house, sink):
    address = fresh()
    book(house, address)
    visitor = visit()
    page = visitor.page
    page.goto(f"/my/{house.business}")
    visitor.tab_to("E-mail address")
    page.keyboard.type(address)
    page.keyboard.press("Enter")
    visitor.heading("Look into your mailbox")
    open_link(visitor, link_for(house, sink, address))
    visitor.tab_to("Look at it, move or cancel")
    page.keyboard.press("Enter")
    visitor.heading("Your booking")
