"""Somebody has lost phone and password: an owner starts it, nobody but the person sees the link, a day or a second owner
opens it (R48); by HTTP, and in a browser."""

import email
import email.policy
import re
import sqlite3
import time
from contextlib import closing

import pytest
from playwright.sync_api import expect

import aging
import businesses
import server
from browser import Visitor
from test_people import confirmed

DAY = 24 * 3_600
INVITE = re.compile(r"/invite#([\w-]{64})")
STOP = re.compile(r"/not-me#([\w-]{64})")


def people() -> dict:
    staff = [
        businesses.person("ona", [], role="owner"),
        businesses.person("rasa", [], role="owner"),
        businesses.person("tadas", ["repair"]),
    ]
    return businesses.house("recovery-house", staff, [businesses.service("repair", 30)])


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = server.serve(tmp_path_factory.mktemp("recovery"), people())
    for name, role in (("ona", "owner"), ("rasa", "owner"), ("tadas", "technician")):
        server.enrol(house, name, f"{name}@example.test", role)
    yield house
    house.stop()


@pytest.fixture
def mail(house, sink):
    house.command(
        "mail", "set", "--host", "127.0.0.1", "--port", sink.port, "--security", "none-on-loopback",
        "--sender", "hello@example.test",
    )  # fmt: skip
    return sink


def message(sink, address: str, about: str, after: int, patience: float = 30) -> str:
    """The text of the newest message to somebody that says this, of those that came after the first so many."""
    end = time.monotonic() + patience
    while True:
        for file in sink.files()[after:]:
            found = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            text = found.get_body(("plain",)).get_content()
            if address in found["To"] and about in text:
                return text
        assert time.monotonic() < end, f"no such message to {address} after {patience} s"
        time.sleep(0.1)


def wait_a_day(house, seconds: int = DAY):
    """The day goes by for what waits."""
    with closing(sqlite3.connect(house.database, timeout=10)) as connection, connection:
        connection.execute(
            "UPDATE invite SET made_at = made_at - ?1, opens_at = opens_at - ?1, expires_at = expires_at - ?1"
            " WHERE opens_at IS NOT NULL AND spent_at IS NULL",
            (seconds,),
        )


def asked(house, sink) -> tuple[str, str]:
    """Ona asks for Tadas; the codes of the mail that only Tadas gets."""
    owner, before = house.sign_in("owner"), len(sink.files())
    page = owner.get(f"{house.staff}/people/tadas")
    answer = confirmed(owner, owner.submit(page, "/people/tadas/invite"), house)
    assert answer.status == 200 and "on its way by mail" in answer.page.text, answer.page.text
    text = message(sink, "tadas@example.test", "has asked that you set up", before)
    codes = INVITE.search(text)[1], STOP.search(text)[1]
    message(sink, "rasa@example.test", "has asked that Tadas set up", before)
    for seen in owner.seen:
        assert not any(code in seen.text for code in codes), "the owner sees neither link"
    return codes


def opened(house, code: str):
    client = house.client()
    return client, client.submit(client.get(f"{house.staff}/invite"), "/invite", invite=code)


def test_without_a_mail_server_the_page_says_what_to_do(tmp_path):
    house = server.serve(tmp_path, people())
    for name, role in (("ona", "owner"), ("tadas", "technician")):
        server.enrol(house, name, f"{name}@example.test", role)
    owner = house.sign_in("owner")
    page = owner.get(f"{house.staff}/people/tadas")
    answer = confirmed(owner, owner.submit(page, "/people/tadas/invite"), house)
    assert answer.status == 409 and "No mail can leave yet" in answer.page.text
    assert "cloakroom invite tadas" in answer.page.text and f"{house.staff}/mail" in answer.page.links
    assert not INVITE.search(answer.text)
    client, page = opened(house, server.invite(house, "tadas"))
    assert "This replaces everything" in page.page.text, "the command at the server works at once"
    house.stop()


def test_it_opens_a_day_later_and_until_then_it_says_when(house, mail):
    code, _ = asked(house, mail)
    for _ in range(2):
        _, page = opened(house, code)
        assert page.status == 409 and "This link is not open yet" in page.page.text
        assert re.search(r"It opens on \w+ \d+ \w+, \d\d:\d\d", page.page.text), page.page.text
        assert "tadas@example.test" not in page.text and "otpauth" not in page.text
    options = house.client().post_form(f"{house.staff}/invite/options", {"invite": code})
    assert (options.status, options.json["code"]) == (409, "too_early")
    tadas = house.client()
    assert "/day" in server.sign_in(tadas, house.staff, house.person("technician")).url, "nothing has changed"
    wait_a_day(house, DAY - 60)
    assert opened(house, code)[1].status == 409
    wait_a_day(house, 60)
    _, page = opened(house, code)
    assert page.status == 200 and "This replaces everything" in page.page.text
    house.people.pop()
    server.enrol(house, "tadas", "tadas@example.test", "technician", code)
    assert "/sign-in" in tadas.get(f"{house.staff}/day").url, "the sessions have ended"
    assert opened(house, code)[1].status == 410, "once"


def test_the_mail_stops_it_and_ends_nothing_else(house, mail):
    code, stop = asked(house, mail)
    tadas = house.sign_in("technician")
    account = tadas.get(f"{house.staff}/account")
    assert "Did you ask to start over?" in account.page.text
    stranger = house.client()
    page = stranger.submit(stranger.get(f"{house.staff}/not-me"), "/not-me", code=stop)
    assert page.status == 200 and "Ona" in page.page.text
    assert opened(house, code)[1].status == 409, "looking stops nothing"
    page = stranger.submit(page, "/not-me", sure="yes")
    assert "It is stopped" in page.page.text
    wait_a_day(house)
    assert opened(house, code)[1].status == 410
    assert tadas.get(f"{house.staff}/account").status == 200
    again = stranger.submit(stranger.get(f"{house.staff}/not-me"), "/not-me", code=stop)
    assert again.status == 410


def test_the_person_stops_it_where_they_are_signed_in(house, mail):
    code, _ = asked(house, mail)
    tadas = house.sign_in("technician")
    answer = tadas.submit(tadas.get(f"{house.staff}/account"), "/end")
    assert "It is stopped" in answer.page.text and "start over" not in answer.page.text
    assert opened(house, code)[1].status == 410


def test_a_second_owner_opens_it_in_a_browser_and_who_asked_cannot(house, mail, chromium):
    before = len(mail.files())
    owner = Visitor(chromium, house)
    page = owner.page
    owner.sign_in(house.people[0])
    page.goto(f"{house.staff}/people/tadas")
    owner.heading("When Tadas cannot sign in")
    owner.look("person-start-over")
    owner.press("Let Tadas start over")
    expect(page.get_by_text("Nobody else gets to see it.")).to_be_visible()
    owner.heading("Tadas is to start over")
    expect(page.get_by_text("Only an owner who did not ask for it")).to_be_visible()
    assert page.get_by_role("button", name="open it now").count() == 0
    owner.look("person-recovery-asked")
    url = page.locator("form[action$='/end']").first.get_attribute("action").replace("/end", "/opening")
    text = message(mail, "tadas@example.test", "has asked that you set up", before)
    code = INVITE.search(text)[1]

    visitor = Visitor(chromium, house)
    page = visitor.page
    page.goto(f"{house.staff}/invite#{code}")
    visitor.heading("This link is not open yet")
    visitor.look("invite-early")
    page.goto(f"{house.staff}/not-me#{STOP.search(text)[1]}")
    expect(page.get_by_text("Asked by")).to_be_visible()
    visitor.look("not-me-recovery")

    ona = house.sign_in("owner")
    csrf = ona.get(f"{house.staff}/account").page.form("/lock").fields["csrf"]
    assert ona.post_form(url, {"csrf": csrf}).status == 403, "who asked for it"

    aging.settled(house)
    second = Visitor(chromium, house)
    second.sign_in(house.people[1])
    second.page.goto(f"{house.staff}/people")
    expect(second.page.get_by_text("Can sign in, is to start over")).to_be_visible()
    second.page.goto(f"{house.staff}/people/tadas")
    second.look("person-recovery")
    second.press(re.compile("open it now"))
    expect(second.page.get_by_text("It is open now.")).to_be_visible()
    expect(second.page.get_by_text("since Rasa agreed")).to_be_visible()
    second.look("person-recovery-open")
    assert "since Rasa agreed" in message(mail, "tadas@example.test", "is open now", before)

    page.goto(f"{house.staff}/invite#{code}")
    visitor.heading(re.compile("Welcome"))
    second.press("Stop it")
    expect(second.page.get_by_text("It is stopped. Nothing has changed.")).to_be_visible()
    for one in (owner, visitor, second):
        one.done()
