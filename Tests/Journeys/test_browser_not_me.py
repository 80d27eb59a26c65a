"""Somebody else signs in with a known password and code: the message, and the button in it that ends everything."""

import email
import email.policy
import re
import time

from playwright.sync_api import expect

import aging
import server
from test_browser_staff import set_mail_server

LINK = re.compile(r"http://localhost:\d+/staff/\S+/not-me#\S+")


def message_to(sink, address: str, about: str, patience: float = 30) -> str:
    """The text of the message to somebody that says this and holds a link to say "this was not me"."""
    end = time.monotonic() + patience
    while True:
        for file in sink.files():
            message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            text = message.get_body(("plain",)).get_content()
            if address in message["To"] and about in text and LINK.search(text):
                return text
        assert time.monotonic() < end, f"no such message to {address} after {patience} s"
        time.sleep(0.2)


def test_a_message_about_an_unusual_sign_in_ends_everything_of_the_person(visit, demo, sink):
    owner = visit()
    owner.sign_in(demo.person("owner"))
    set_mail_server(owner, sink.port)
    victim = demo.person("technician", 0)
    own = demo.client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    assert "/sign-in" not in server.sign_in(own, demo.staff, victim).url
    stranger = demo.client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Edg/140.0"})
    assert "/sign-in" not in server.sign_in(stranger, demo.staff, victim).url

    text = message_to(sink, victim.email, "Edge on Windows")
    assert victim.password not in text
    visitor = visit()
    page = visitor.page
    page.goto(LINK.search(text)[0])
    expect(page.get_by_text("Edge on Windows")).to_be_visible()
    assert "#" not in page.url, "the code does not stay in the address"
    visitor.look("not-me")
    day = f"{demo.api}/day?day=2026-12-01"
    assert stranger.get(day).status == 200, "opening the link changes nothing"
    visitor.press("This was not me: end everything")
    visitor.heading("Nobody is signed in with your name any more")
    visitor.look("not-me-done")
    assert [own.get(day).status, stranger.get(day).status] == [401, 401]
    aging.forgive(demo)
    assert "/sign-in" in server.sign_in(demo.client(), demo.staff, victim).url, "password and app are gone"
    page.goto(demo.book)
    page.goto(LINK.search(text)[0])
    expect(page.locator("#code-error")).to_be_visible()
    visitor.look("not-me-again")


def test_the_page_works_without_scripts_and_tells_nothing_for_a_wrong_code(visit, demo):
    visitor = visit(scripts=False)
    page = visitor.page
    page.goto(f"{demo.staff}/not-me")
    page.get_by_label("Code from the message").fill("x" * 64)
    visitor.press("Go on")
    expect(page.locator("#code-error")).to_be_visible()


def test_an_owner_alone_is_told_what_whoever_runs_the_server_types(visit, demo, sink):
    ona = demo.person("owner")
    stranger = demo.client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Edg/140.0"})
    assert "/sign-in" not in server.sign_in(stranger, demo.staff, ona).url
    visitor = visit()
    visitor.page.goto(LINK.search(message_to(sink, ona.email, "Edge on Windows"))[0])
    visitor.press("This was not me: end everything")
    visitor.heading("Nobody is signed in with your name any more")
    expect(visitor.page.get_by_text("cloakroom invite")).to_be_visible()
    visitor.look("not-me-alone")
    assert stranger.get(f"{demo.api}/day?day=2026-12-01").status == 401
