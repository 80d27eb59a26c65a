"""Choosing a password in a real browser: pasted whole, refused with a reason, forced by evidence and not by calendar."""

import hashlib
import re
import string
import time

import pytest
from playwright.sync_api import expect

import businesses
import server
from browser import SIZES, Visitor
from server import Person

# 128 characters in which each place counts; the last is not one that repeats.
LONG = "".join((string.ascii_letters + string.digits + "-_.~")[index * 7 % 66] for index in range(127)) + "ž"
STOLEN = "copper-kite-on-loan-71"


def breached(folder, *passwords):
    """A download of Have I Been Pwned that holds these among others."""
    lines = [hashlib.sha1(word.encode()).hexdigest().upper() for word in [*passwords, *map(str, range(2000))]]
    file = folder / "pwned.txt"
    file.write_text("".join(f"{line}:3\r\n" for line in sorted(lines)), encoding="ascii")
    return file


def made(tmp_path_factory, slug: str, **more):
    people = [businesses.person("ona", [], role="owner"), businesses.person("tadas", ["repair"])]
    folder = tmp_path_factory.mktemp(slug)
    business = businesses.house(slug, people, [businesses.service("repair", 30)], **more)
    return server.serve(folder, business, options=["--breached-passwords", breached(folder, STOLEN)])


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = made(tmp_path_factory, "password-house")
    server.enrol(house, "ona", "ona@example.test", "owner")
    server.enrol(house, "tadas", "tadas@example.test", "technician")
    yield house
    house.server.stop()


def paste(page, field, text: str):
    """As a password manager or a person does it: from the clipboard, by the keyboard."""
    page.evaluate(
        "text => { const area = document.createElement('textarea'); area.id = 'source'; area.value = text;"
        " document.body.append(area); area.focus(); area.select(); }",
        text,
    )
    page.keyboard.press("Control+C")
    page.evaluate("document.getElementById('source').remove()")
    field.focus()
    page.keyboard.press("Control+V")


def change(visitor, house, current: str, new: str):
    page = visitor.page
    page.goto(f"{house.staff}/password")
    page.get_by_label("Current password").fill(current)
    paste(page, page.get_by_label("New password"), new)
    visitor.press("Change the password")


def signs_in(house, person: Person, password: str, code: str) -> bool:
    """A code that went with a wrong password is not spent and can be tried again."""
    fields = {"email": person.email, "password": password, "code": code}
    return house.client().post_form(f"{house.staff}/sign-in", fields).status == 303


def test_a_pasted_password_of_128_characters_counts_whole(house, chromium):
    ona = house.person("owner")
    visitor = Visitor(chromium, house)
    visitor.sign_in(ona)
    change(visitor, house, ona.password, LONG)
    expect(visitor.page.get_by_text("Your new password is set.")).to_be_visible()
    # The 129th matters: it is refused and not cut off.
    change(visitor, house, LONG, LONG + "x")
    expect(visitor.page.locator("#password-error")).to_have_text(re.compile("at most 128"))
    visitor.done()
    code = server.next_code(ona.totp_secret)
    assert not signs_in(house, ona, LONG[:-1], code)
    assert not signs_in(house, ona, LONG[:-1] + "z", code)
    assert not signs_in(house, ona, LONG + "x", code)
    # After three mistakes the next try waits a second.
    time.sleep(1.5)
    assert signs_in(house, ona, LONG, code)
    ona.password = LONG


def test_what_is_wrong_stands_beside_its_field_and_the_suggestion_is_taken(house, chromium):
    tadas = house.person("technician")
    visitor = Visitor(chromium, house, scripts=False, size=SIZES[0])
    page = visitor.page
    visitor.sign_in(tadas)
    page.goto(f"{house.staff}/password")
    visitor.heading("Change your password")
    assert page.locator("#account").get_attribute("autocomplete") == "username"
    assert page.locator("#current").get_attribute("autocomplete") == "current-password"
    assert page.locator("#password").get_attribute("autocomplete") == "new-password"
    assert page.locator("#password").get_attribute("maxlength") is None
    for new, words in [
        ("Tadas2026!!!", "easy to guess"),
        ("short", "at least 12"),
        (STOLEN, "stolen"),
        (tadas.password, "used this password before"),
    ]:
        page.get_by_label("Current password").fill(tadas.password)
        page.get_by_label("New password").fill(new)
        visitor.press("Change the password")
        expect(page.locator("#password-error")).to_have_text(re.compile(words))
    suggested = page.locator("#suggestion code").inner_text()
    assert re.fullmatch(r"[A-Za-z2-9]{5}(-[A-Za-z2-9]{5}){3}", suggested)
    page.get_by_label("Current password").fill(tadas.password)
    page.get_by_label("New password").fill(suggested)
    visitor.press("Change the password")
    expect(page.get_by_text("Your new password is set.")).to_be_visible()
    visitor.done()
    code = server.next_code(tadas.totp_secret)
    assert not signs_in(house, tadas, tadas.password, code)
    tadas.password = suggested
    assert signs_in(house, tadas, suggested, code)


def test_the_page_is_seen_at_both_sizes(house, chromium):
    visitor = Visitor(chromium, house)
    visitor.sign_in(house.person("owner"))
    visitor.page.goto(f"{house.staff}/password")
    visitor.look("password")
    visitor.page.get_by_label("New password").fill("password1234")
    visitor.press("Change the password")
    expect(visitor.page.locator("#current-error")).to_be_visible()
    visitor.look("password-wrong")
    visitor.done()


def test_a_password_manager_is_led_to_the_page(house):
    client = house.client()
    answer = client.request("GET", "/.well-known/change-password")
    assert answer.status == 302 and answer.header("location") == f"{house.staff}/password"
    assert client.request("GET", "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200").status == 404
    assert "/sign-in" in (client.request("GET", f"{house.staff}/password").header("location") or "")


def test_a_password_that_turns_up_on_a_list_is_changed_before_anything_else(tmp_path_factory, chromium):
    house = made(tmp_path_factory, "breach-house")
    try:
        ona = server.enrol(house, "ona", "ona@example.test", "owner")
        breached(house.root_key.parent, STOLEN, server.PASSWORD)
        visitor = Visitor(chromium, house)
        page = visitor.page
        page.goto(f"{house.staff}/sign-in")
        page.get_by_label("E-mail address").fill(ona.email)
        page.get_by_label("Password").fill(ona.password)
        page.get_by_label("Code from your app").fill(server.next_code(ona.totp_secret))
        visitor.press(re.compile("^Sign in$"))
        visitor.heading("Change your password")
        for path in ["day", "people", "mail"]:
            page.goto(f"{house.staff}/{path}")
            expect(page.get_by_text("on a list of stolen passwords")).to_be_visible()
        visitor.look("password-due")
        change(visitor, house, ona.password, "orchid-tram-93-vellum")
        expect(page.get_by_text("Your new password is set.")).to_be_visible()
        page.goto(f"{house.staff}/day")
        expect(page.get_by_text("on a list of stolen passwords")).to_have_count(0)
        visitor.done()
    finally:
        house.server.stop()


def test_the_trust_page_says_what_the_settings_make_true(house, chromium, tmp_path_factory):
    visitor = Visitor(chromium, house)
    visitor.page.goto(house.book)
    visitor.press("How we look after your data", role="link")
    visitor.heading("How we look after your data")
    expect(visitor.page.get_by_text("not by the calendar")).to_be_visible()
    expect(visitor.page.get_by_text("deviates")).to_have_count(0)
    visitor.look("trust")
    visitor.done()
    other = made(tmp_path_factory, "calendar-house", **{"sign-in": {"change-passwords-every": "180 d"}})
    try:
        visitor = Visitor(chromium, other)
        visitor.page.goto("/trust/calendar-house")
        expect(visitor.page.get_by_text("every 180 days")).to_be_visible()
        expect(visitor.page.get_by_text("deviates from what is recommended today (NIST SP 800-63B-4, 3.1.1.2")).to_be_visible()
        visitor.look("trust-calendar")
        visitor.done()
    finally:
        other.server.stop()


def test_a_list_that_cannot_be_used_stops_the_start(house, tmp_path):
    for text, reason in [("not a hash\n", "format"), ("F" * 40 + ":1\n" + "0" * 40 + ":1\n", "ordered by hash")]:
        file = tmp_path / "list.txt"
        file.write_text(text)
        done = house.command("serve", "--port", server.free_port(), "--breached-passwords", file, check=False)
        assert done.returncode != 0 and reason in done.stderr, done.stderr
    done = house.command("serve", "--port", server.free_port(), "--breached-passwords", tmp_path / "none", check=False)
    assert done.returncode != 0 and "is not there" in done.stderr
