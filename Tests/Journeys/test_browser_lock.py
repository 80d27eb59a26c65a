"""The lock screen in a real browser: work stays where it is, for those with scripts and for those without."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

import aging
from passkeys import Authenticator
from server import next_code

NOTE = "Roof tiles, dog in the yard"


@pytest.fixture
def owner(visit, demo):
    visitor = visit()
    visitor.device = Authenticator(visitor)
    visitor.sign_in(demo.person("owner"))
    visitor.page.goto(f"{demo.staff}/account")
    visitor.press("Add a passkey")
    expect(visitor.page.get_by_text("The passkey is added.")).to_be_visible()
    yield visitor
    for passkey in aging.passkeys(demo):
        aging.forget_passkey(demo, passkey)


def begin_typing(visitor, demo):
    visitor.page.goto(f"{demo.staff}/customers")
    visitor.page.get_by_label(re.compile("^E-mail address, phone")).fill(NOTE)


def typed(visitor) -> str:
    return visitor.page.get_by_label(re.compile("^E-mail address, phone")).input_value()


def test_the_lock_button_covers_the_page_and_a_passkey_opens_it_with_everything_in_place(owner, demo):
    begin_typing(owner, demo)
    owner.press("Lock")
    cover = owner.page.get_by_role("dialog")
    expect(cover).to_be_visible()
    expect(owner.page.get_by_role("heading", name="Customers")).to_be_hidden()
    owner.look("lock-cover")
    # Escape, and whatever else closes dialogs, opens nothing.
    for _ in range(3):
        owner.page.keyboard.press("Escape")
    expect(cover).to_be_visible()
    other = owner.context.new_page()
    assert other.goto(f"{demo.staff}/day").status == 401, "locked is locked on the server"
    expect(other.get_by_role("heading", name="Locked")).to_be_visible()
    other.close()
    owner.press("Unlock with a passkey")
    expect(cover).to_have_count(0)
    assert typed(owner) == NOTE
    owner.press("Search")
    assert owner.page.get_by_role("heading", name="Customers").is_visible()


def test_a_page_that_nobody_touches_covers_itself_after_the_time_of_the_role(owner, demo):
    owner.page.clock.install()
    begin_typing(owner, demo)
    owner.page.clock.fast_forward("29:00")
    expect(owner.page.get_by_role("dialog")).to_have_count(0)
    owner.page.clock.fast_forward("02:00")
    expect(owner.page.get_by_role("dialog")).to_be_visible()
    owner.page.get_by_label("Your password").fill("wrong")
    owner.page.get_by_label("Code from your app").fill("123456")
    owner.press(re.compile("^Unlock$"))
    expect(owner.page.get_by_role("alert")).to_contain_text("That did not match.")
    person = demo.person("owner")
    owner.page.get_by_label("Your password").fill(person.password)
    owner.page.get_by_label("Code from your app").fill(next_code(person.totp_secret))
    owner.page.keyboard.press("Enter")
    expect(owner.page.get_by_role("dialog")).to_have_count(0)
    assert typed(owner) == NOTE


def test_a_form_sent_from_a_session_nobody_used_for_long_is_kept_and_sent_after_the_proof(owner, demo):
    page = owner.page
    day = date.today() + timedelta(days=40)
    page.goto(f"{demo.staff}/time-off")
    page.get_by_label("From").fill(f"{day}T09:00")
    page.get_by_label("Until").fill(f"{day}T10:00")
    aging.idle(demo, minutes=31)
    owner.press("Block this time")
    owner.heading("Locked")
    expect(page.get_by_text("What you typed is kept")).to_be_visible()
    buttons = [button.inner_text() for button in page.locator("main form").first.get_by_role("button").all()]
    assert buttons == ["Unlock", "Unlock with a passkey"], "what the session began with comes first"
    owner.look("locked-with-form")
    owner.press("Unlock with a passkey")
    owner.heading("Thank you, it is you")
    owner.press("Send it now")
    assert "/time-off" in page.url
    expect(page.get_by_role("alert")).to_have_count(0)
    page.goto(f"{demo.staff}/time-off")
    expect(page.get_by_role("button", name=re.compile("^Lift")).first).to_be_visible()
    owner.press(re.compile("^Lift"))


def test_without_scripts_the_lock_leads_back_to_the_same_page(visit, demo):
    visitor = visit(scripts=False)
    visitor.sign_in(demo.person("administrator"))
    address = f"{demo.staff}/day?day={date.today() + timedelta(days=3)}"
    visitor.page.goto(address)
    visitor.press("Lock")
    visitor.heading("Locked")
    assert demo.business in visitor.page.url
    assert visitor.page.locator(".tabs").count() == 0, "a locked screen shows nothing of the business"
    person = demo.person("administrator")
    visitor.page.get_by_label("Your password").fill(person.password)
    visitor.page.get_by_label("Code from your app").fill(next_code(person.totp_secret))
    visitor.press(re.compile("^Unlock$"))
    assert visitor.page.url.endswith(address)


def test_somebody_else_at_a_locked_screen_signs_in_as_themselves(owner, demo):
    owner.press("Lock")
    owner.press("Sign in as somebody else")
    expect(owner.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "/sign-in" in owner.page.goto(f"{demo.staff}/day").url
