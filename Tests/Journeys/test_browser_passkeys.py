"""Passkeys in a real browser with a virtual authenticator: made, used, copied, lost; the proof before what matters."""

import re

import pytest
from playwright.sync_api import expect

import aging
from passkeys import Authenticator
from server import next_code


@pytest.fixture
def owner(visit, demo):
    """The owner at the day page, signed in with password and code, with a device that can make passkeys."""
    visitor = visit()
    visitor.device = Authenticator(visitor)
    visitor.sign_in(demo.person("owner"))
    yield visitor
    for passkey in aging.passkeys(demo):
        aging.forget_passkey(demo, passkey)


def add_passkey(visitor, name: str):
    visitor.page.goto(f"{visitor.house.staff}/account")
    visitor.page.get_by_label("Name for a new passkey").fill(name)
    visitor.press("Add a passkey")
    expect(visitor.page.get_by_text("The passkey is added.")).to_be_visible()
    expect(visitor.page.locator("strong", has_text=name)).to_be_visible()


def sign_in_with_passkey(visitor):
    visitor.page.goto(f"{visitor.house.staff}/sign-in")
    visitor.press("Sign in with a passkey")
    visitor.page.wait_for_url(re.compile("/day"))


def test_a_passkey_is_made_a_second_one_is_asked_for_and_either_signs_in(owner, demo):
    page = owner.page
    page.goto(f"{demo.staff}/account")
    expect(page.get_by_text("You have no passkey yet")).to_be_visible()
    owner.look("account-no-passkey")
    add_passkey(owner, "Phone")
    expect(page.get_by_text("Add a second one now")).to_be_visible()
    owner.look("account-one-passkey")
    first = owner.device.credentials
    assert [key["rpId"] for key in first] == ["localhost"] and first[0]["isResidentCredential"]
    # The same device makes no second one; another does.
    page.get_by_label("Name for a new passkey").fill("Phone again")
    owner.press("Add a passkey")
    expect(page.get_by_text("This device holds a passkey of yours for this page already.")).to_be_visible()
    owner.device.remove()
    owner.device = Authenticator(owner)
    add_passkey(owner, "Key on the shelf")
    expect(page.get_by_text("Add a second one now")).to_have_count(0)
    owner.look("account-two-passkeys")
    owner.press("Sign out")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    sign_in_with_passkey(owner)
    assert owner.device.credentials[0]["signCount"] > 0


def test_a_copy_of_a_passkey_with_an_older_counter_is_refused_and_told(owner, demo):
    add_passkey(owner, "Phone")
    owner.press("Sign out")
    (copied,) = owner.device.credentials
    sign_in_with_passkey(owner)
    sign_in_with_passkey(owner)
    owner.press("Sign out")
    owner.device.remove()
    owner.device = Authenticator(owner)
    owner.device.put({**copied, "signCount": 1})
    owner.page.goto(f"{demo.staff}/sign-in")
    owner.press("Sign in with a passkey")
    expect(owner.page.locator("#refusal")).to_contain_text("That did not match.")


def test_a_device_that_does_not_know_its_owner_signs_nobody_in(owner, demo):
    add_passkey(owner, "Phone")
    owner.press("Sign out")
    owner.device.refuse()
    owner.page.goto(f"{demo.staff}/sign-in")
    owner.press("Sign in with a passkey")
    expect(owner.page.get_by_text("Nothing was confirmed. Try again, or use another way.")).to_be_visible()
    owner.look("sign-in-passkey-refused")
    owner.device.refuse(False)
    sign_in_with_passkey(owner)


def test_a_lost_passkey_is_removed_and_signs_nobody_in_any_more(owner, demo):
    page = owner.page
    add_passkey(owner, "Lost phone")
    (lost,) = owner.device.credentials
    owner.device.remove()
    owner.device = Authenticator(owner)
    add_passkey(owner, "Key on the shelf")
    page.locator("summary", has_text="Remove Lost phone").click()
    owner.press("Yes, remove Lost phone")
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    expect(page.locator("strong", has_text="Lost phone")).to_have_count(0)
    owner.press("Sign out")
    owner.device.remove()
    thief = Authenticator(owner)
    thief.put(lost)
    page.goto(f"{demo.staff}/sign-in")
    owner.press("Sign in with a passkey")
    expect(page.locator("#refusal")).to_contain_text("That did not match.")
    owner.look("sign-in-refused")


def test_what_matters_asks_who_is_there_and_what_was_typed_is_sent_afterwards(owner, demo):
    page = owner.page
    add_passkey(owner, "Phone")
    page.goto(f"{demo.staff}/mail")
    aging.proof(demo, minutes=6)
    page.get_by_label("Name of the server").fill("mail.example.test")
    page.get_by_label("Protection").select_option("starttls")
    page.get_by_label("Port").fill("587")
    page.get_by_label("User name").fill("spare-hands")
    page.get_by_label("Password").fill("a very secret password")
    page.get_by_label("Sender").fill("hello@example.test")
    owner.press("Save")
    owner.heading("Is it you?")
    owner.look("confirm")
    assert "a very secret password" not in page.content(), "secrets travel in no page"
    owner.press("Confirm with a passkey")
    owner.heading("Thank you, it is you")
    owner.look("again")
    page.get_by_label("Password").fill("a very secret password")
    owner.press("Send it now")
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert page.get_by_label("Name of the server").input_value() == "mail.example.test"
    # Within five minutes nothing is asked again.
    page.get_by_label("Sender").fill("info@example.test")
    owner.press("Save")
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_a_wrong_proof_keeps_what_was_typed(owner, demo):
    page = owner.page
    page.goto(f"{demo.staff}/mail")
    aging.proof(demo, minutes=6)
    page.get_by_label("Name of the server").fill("kept.example.test")
    page.get_by_label("Sender").fill("hello@example.test")
    owner.press("Save")
    page.get_by_label("Your password").fill("wrong")
    page.get_by_label("Code from your app").fill("123456")
    owner.press(re.compile("^Confirm$"))
    expect(page.get_by_role("alert").first).to_contain_text("That did not match.")
    assert page.locator("input[name='kept-field-host']").first.input_value() == "kept.example.test"
    owner.press("Back without doing it", "link")
    expect(page.get_by_role("heading", name="Mail", exact=True)).to_be_visible()


def test_signing_in_with_a_passkey_needs_no_more_than_the_keyboard(owner, demo):
    add_passkey(owner, "Phone")
    owner.press("Sign out")
    owner.page.goto(f"{demo.staff}/sign-in")
    owner.tab_to("Sign in with a passkey")
    owner.page.keyboard.press("Enter")
    owner.page.wait_for_url(re.compile("/day"))


def test_a_passkey_offered_in_the_field_for_the_address_signs_in(visit, owner, demo):
    add_passkey(owner, "Phone")
    (passkey,) = owner.device.credentials
    other = visit()
    other.device = Authenticator(other, offers=True)
    other.device.put(passkey)
    other.page.goto(f"{demo.staff}/sign-in")
    other.page.wait_for_url(re.compile("/day"))


def test_recovery_codes_are_shown_once_on_a_page_for_paper_and_let_in_without_the_app(owner, demo):
    page = owner.page
    page.goto(f"{demo.staff}/account")
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    owner.press("Make recovery codes")
    owner.heading("Your recovery codes")
    owner.look("recovery-codes")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(page.get_by_text(codes[9])).to_be_visible()
    page.emulate_media(media="screen")
    owner.press("I have them, go on", "link")
    expect(page.get_by_text("10 of 10 are left.")).to_be_visible()
    owner.press("Sign out")
    person = demo.person("owner")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_text("I cannot use my app").click()
    page.get_by_label("Recovery code").fill(codes[0].lower())
    owner.look("sign-in-recovery")
    owner.press(re.compile("^Sign in$"))
    page.wait_for_url(re.compile("/day"))
    page.goto(f"{demo.staff}/account")
    expect(page.get_by_text("9 of 10 are left.")).to_be_visible()


def test_the_code_app_moves_to_a_new_phone(visit, demo):
    person = demo.person("administrator")
    visitor = visit()
    page = visitor.page
    visitor.sign_in(person)
    page.goto(f"{demo.staff}/account")
    visitor.press("Move the code app to a new phone", "link")
    link = page.get_by_role("link", name="add it with one tap").get_attribute("href")
    page.get_by_label("Code the app shows now").fill("000000")
    visitor.press("Use this app from now on")
    expect(page.locator("#code-error")).to_be_visible()
    visitor.look("code-app")
    assert page.get_by_role("link", name="add it with one tap").get_attribute("href") == link, "the same to scan"
    secret = re.search(r"secret=([A-Z2-7]+)", link)[1]
    page.get_by_label("Code the app shows now").fill(next_code(secret))
    visitor.press("Use this app from now on")
    expect(page.get_by_text("Codes of this app count from now on.")).to_be_visible()
    old, person.totp_secret = person.totp_secret, secret
    visitor.press("Sign out")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_label("Code from your app").fill(next_code(old))
    visitor.press(re.compile("^Sign in$"))
    expect(page.locator("#refusal")).to_be_visible()
    visitor.sign_in(person)


def test_what_only_needs_a_press_goes_on_by_itself_once_it_is_clear_who_is_there(owner, demo):
    page = owner.page
    add_passkey(owner, "Phone")
    technician = demo.person("technician")
    demo.sign_in(technician.email)
    page.goto(f"{demo.staff}/people/{technician.email.split('@')[0]}")
    aging.proof(demo, minutes=6)
    owner.press("Sign out everywhere")
    owner.heading("Is it you?")
    owner.press("Confirm with a passkey")
    expect(page.get_by_text("Signed out everywhere.")).to_be_visible()
    owner.done()


def test_an_owner_shuts_a_lost_phone_out_its_open_page_closes_and_its_passkey_signs_nobody_in(visit, owner, demo):
    tadas = visit()
    tadas.device = Authenticator(tadas)
    tadas.sign_in(demo.person("technician"))
    add_passkey(tadas, "My phone")
    slug = demo.person("technician").email.partition("@")[0]
    tadas.page.goto(f"{demo.staff}/day")
    page = owner.page
    page.goto(f"{demo.staff}/people/{slug}")
    page.locator("summary", has_text="Lost?").click()
    owner.look("person-lost-passkey")
    owner.press("Remove it and sign out everywhere")
    expect(page.get_by_text("The passkey works no more, and they are signed out everywhere.")).to_be_visible()
    expect(page.locator("summary", has_text="Lost?")).to_have_count(0)
    # Nobody touches the phone: the page that was open on it goes by itself.
    tadas.page.wait_for_url(re.compile("/sign-in"), timeout=40_000)
    tadas.press("Sign in with a passkey")
    expect(tadas.page.locator("#refusal")).to_contain_text("That did not match.")
