"""More access for a time, on two servers with one store: asked and given, over at its minute; breaking the glass (R22, R27)."""

import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

import aging
import businesses
import records
import server
import slots
from browser import Visitor

REASON = "Milda is ill and I take her visits"


def people() -> dict:
    staff = [
        businesses.person("ona", [], role="owner"),
        businesses.person("tadas", ["repair"]),
        businesses.person("milda", ["repair"]),
        {**businesses.person("rimas", []), "role": "leader"},
    ]
    rules = [
        {"allow": ["approve-access"], "scope": "all"},
        {"allow": ["break-glass", "change-own-access", "view-day"], "scope": "own"},
    ]
    roles = [{"id": "leader", "name": "Shift leader", "rules": rules}]
    return businesses.house("more-house", staff, [businesses.service("repair", 30)], roles=roles)


@pytest.fixture(scope="module")
def house(tmp_path_factory, sink):
    house = server.serve(tmp_path_factory.mktemp("more"), people(), servers=2)
    port = ["--port", str(sink.port), "--security", "none-on-loopback", "--sender", "hello@example.test"]
    house.command("mail", "set", "--host", "127.0.0.1", *port)
    for slug, role in [("ona", "owner"), ("tadas", "technician"), ("milda", "second"), ("rimas", "leader")]:
        server.enrol(house, slug, f"{slug}@example.test", role)
    yield house
    house.stop()


@pytest.fixture(scope="module")
def visit_of_milda(house) -> dict:
    service = slots.services(house)[0]
    slot = slots.free(house, service["id"], staff="milda", after=1)[0]
    answer = slots.book(house.client(), house, slots.order_for(service, slot["start"], "milda", name="Liepa Kalnė"))
    assert answer.status == 201, answer.text
    return answer.json


def statuses(house, client, path: str) -> list[int]:
    """What each server answers to the same session."""
    found = []
    for view in house.views:
        one = view.client()
        one.cookies = dict(client.cookies)
        found.append(one.get(f"{house.staff}/{path}").status)
    return found


def wait_for(house, client, path: str, wanted: list[int], since: float):
    """Every server answers so, at the latest whoever asks a second later."""
    while True:
        began = time.monotonic()
        found = statuses(house, client, path)
        if found == wanted:
            return
        assert began - since < 1, found


def ends_in(house, seconds: float):
    """Whatever is open ends so many seconds from now, as if it had been opened earlier."""
    until = int(time.time() + seconds)
    with closing(sqlite3.connect(house.database, timeout=10)) as connection, connection:
        connection.execute("UPDATE leave SET \"until\" = ? WHERE state = 'open'", (until,))
    time.sleep(aging.MEMORY)
    return until


def mail_to(sink, address: str, words: str, patience: float = 60) -> Path:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        for file in sink.files():
            text = file.read_text("utf-8", "replace").replace("=\n", "")
            if f"{address}@example.test" in text and words in text:
                return file
        time.sleep(0.05)
    raise AssertionError(f"no mail to {address} with “{words}” within {patience} s")


def asked(house, tadas, wish: str = "bookings", minutes: str = "60"):
    page = tadas.get(f"{house.staff}/leave")
    answer = tadas.submit(page, "/leave", wish=wish, minutes=minutes, reason=REASON)
    assert "on its way" in answer.page.text, answer.page.text[:500]


def test_asked_given_seen_on_both_servers_and_over_at_its_minute(house, sink, visit_of_milda):
    tadas, owner = house.sign_in("technician"), house.sign_in("owner")
    path = f"bookings/{visit_of_milda['id']}"
    assert statuses(house, tadas, path) == [404, 404]
    asked(house, tadas)
    text = mail_to(sink, "ona", "asks to see").read_text()
    assert "Milda is ill" not in text, "the reason is shown on the page alone"
    page = owner.get(f"{house.staff}/leave")
    assert REASON in page.page.text and "Tadas asks" in page.page.text
    answer = owner.submit(page, "/yes", minutes="30")
    since = time.monotonic()
    assert "It is open now" in answer.page.text
    wait_for(house, tadas, path, [200, 200], since)
    seen = tadas.get(f"{house.staff}/{path}")
    assert "You see more than usual until" in seen.page.text and "Liepa" in seen.page.text
    assert 1700 < int(seen.header("refresh")) <= 1800, "an open page loads itself anew when the right ends"
    until = ends_in(house, 4)
    assert statuses(house, tadas, path) == [200, 200]
    time.sleep(max(0, until - time.time()))
    assert statuses(house, tadas, path) == [404, 404], "at its second, whatever memory holds"
    assert tadas.get(f"{house.staff}/day").header("refresh") is None
    house.wait_until_recorded()
    opened = [entry for entry in records.entries(house.database) if entry["act"] == "booking.opened"]
    assert any(record.startswith("leave/") for entry in opened for record in entry["records"])
    assert "Milda is ill" not in str(records.entries(house.database))
    assert b"Milda is ill" not in house.database.read_bytes(), "the reason is sealed"


def test_ended_early_is_refused_on_both_servers_within_a_second(house, visit_of_milda):
    tadas, owner = house.sign_in("technician"), house.sign_in("owner")
    path = f"bookings/{visit_of_milda['id']}"
    for who in (owner, tadas):
        asked(house, tadas)
        owner.submit(owner.get(f"{house.staff}/leave"), "/yes", minutes="30")
        time.sleep(aging.MEMORY)
        assert statuses(house, tadas, path) == [200, 200]
        who.submit(who.get(f"{house.staff}/leave"), "/end" if who is owner else "/leave/back")
        since = time.monotonic()
        wait_for(house, tadas, path, [404, 404], since)


def test_a_page_that_is_open_closes_when_its_right_is_ended_early(house, chromium, visit_of_milda):
    tadas, owner = house.sign_in("technician"), house.sign_in("owner")
    asked(house, tadas)
    owner.submit(owner.get(f"{house.staff}/leave"), "/yes", minutes="30")
    visitor = Visitor(chromium, house)
    visitor.sign_in(house.person("technician"))
    visitor.page.goto(f"{house.staff}/bookings/{visit_of_milda['id']}")
    expect(visitor.page.get_by_text("Liepa").first).to_be_visible()
    visitor.page.wait_for_timeout(6_000)
    expect(visitor.page.get_by_text("Liepa").first).to_be_visible()
    owner.submit(owner.get(f"{house.staff}/leave"), "/end")
    expect(visitor.page.get_by_text("this page is closed")).to_be_visible(timeout=10_000)
    assert "Liepa" not in visitor.page.content()
    visitor.press("Go on", role="link")
    visitor.heading(re.compile("day|Sunday|Monday"))
    visitor.done()


def test_breaking_the_glass_tells_the_owner_at_once_and_another_person_closes_it(
    house, sink, visit_of_milda
):
    rimas, owner = house.sign_in("leader"), house.sign_in("owner")
    path = f"bookings/{visit_of_milda['id']}"
    assert 200 not in statuses(house, rimas, path)
    page = rimas.get(f"{house.staff}/leave")
    refused = rimas.submit(page, "/leave/emergency", **{"emergency-reason": "help"})
    assert refused.status == 422 and "at least 10 letters" in refused.page.text
    since = time.monotonic()
    answer = rimas.submit(page, "/leave/emergency", **{"emergency-reason": "Water runs through the ceiling"})
    assert "It is open for half an hour" in answer.page.text, answer.page.text[:400]
    mail_to(sink, "ona", "emergency access")
    print(f"the owner's mail after {time.monotonic() - since:.2f} s")
    time.sleep(aging.MEMORY)
    assert statuses(house, rimas, path) == [200, 200]
    shown = rimas.submit(rimas.get(f"{house.staff}/{path}"), "/contact")
    assert "Liepa Kalnė" in shown.page.text
    assert shown.header("refresh").endswith(f"; url={house.staff}/{path}")
    assert "Emergency access was used" in owner.get(f"{house.staff}/day").page.text
    ends_in(house, 0)
    assert 200 not in statuses(house, rimas, path)
    # The actor says yes and no to others, but does not close this one: not on the page, nor past it.
    page = rimas.get(f"{house.staff}/leave")
    assert "Somebody else looks at it" in page.page.text
    assert not any(form.action.endswith("/review") for form in page.page.forms)
    owners = owner.get(f"{house.staff}/leave")
    action = owners.page.form("/review").action
    fields = {"csrf": page.page.forms[0].fields["csrf"], "review": "in-order", "note": ""}
    assert rimas.post_form(action, fields).status == 403
    missing = owner.submit(owners, "/review", review="not-in-order")
    assert missing.status == 422 and "what was not in order" in missing.page.text
    done = owner.submit(owners, "/review", review="in-order", note="The ceiling is wet")
    assert "What you found is kept" in done.page.text
    assert "Emergency access was used" not in owner.get(f"{house.staff}/day").page.text
    assert "Looked at: in order" in rimas.get(f"{house.staff}/leave").page.text
    again = owner.post_form(action, {**fields, "csrf": done.page.forms[0].fields["csrf"]})
    assert again.status == 409


def test_a_form_without_its_token_and_somebody_elses_leave_change_nothing(house):
    tadas, milda = house.sign_in("technician"), house.sign_in("second")
    asked(house, tadas)
    (id_,) = re.findall(r"/leave/([0-9a-f-]{36})/end", tadas.get(f"{house.staff}/leave").text)
    token = milda.get(f"{house.staff}/leave").page.forms[0].fields["csrf"]
    assert milda.post_form(f"{house.staff}/leave/{id_}/end", {"csrf": token}).status == 404
    for act in ("yes", "no", "review"):
        assert milda.post_form(f"{house.staff}/leave/{id_}/{act}", {"csrf": token}).status == 403
        assert milda.get(f"{house.staff}/leave/{id_}/{act}").status == 405
    assert tadas.post_form(f"{house.staff}/leave/{id_}/end", {}).status == 403
    assert "Take it back" in tadas.get(f"{house.staff}/leave").page.text
    tadas.submit(tadas.get(f"{house.staff}/leave"), "/end")


def test_the_pages_in_a_browser(house, chromium, visit_of_milda):
    """A technician asks, the owner says yes, and the page that shows more loses it by itself."""
    visitor, owner = Visitor(chromium, house), Visitor(chromium, house)
    page = visitor.page
    visitor.sign_in(house.person("technician"))
    page.goto(f"{house.staff}/leave")
    visitor.press("Ask")
    expect(page.locator("#reason-error")).to_be_visible()
    visitor.look("more-access-errors")
    page.get_by_label("See everybody’s bookings, with first names").check()
    page.get_by_label("How long").select_option("120")
    page.get_by_label("Why").fill(REASON)
    page.get_by_text("It is an emergency").click()
    visitor.look("more-access-asking")
    visitor.press("Ask")
    expect(page.get_by_text("Your question is on its way")).to_be_visible()
    visitor.look("more-access-asked")

    owner.sign_in(house.person("owner"))
    owner.page.get_by_role("link", name="Answer", exact=True).click()
    owner.look("more-access-question")
    owner.page.get_by_label("For how long").select_option("60")
    owner.press(re.compile("^Yes, open it"))
    expect(owner.page.get_by_text("It is open now")).to_be_visible()
    owner.look("more-access-open")

    page.goto(f"{house.staff}/leave")
    expect(page.get_by_text("You see more than usual until")).to_be_visible()
    visitor.look("more-access-mine")
    day = f"{house.staff}/day?day={visit_of_milda['start'][:10]}&staff=milda"
    page.goto(day)
    expect(page.get_by_text("Liepa").first).to_be_visible()
    visitor.look("more-access-day")
    plain = Visitor(chromium, house, scripts=False)
    plain.sign_in(house.person("technician"))
    ends_in(house, 5)
    for one in (plain.page, page):
        one.goto(day)
        expect(one.get_by_text("Liepa").first).to_be_visible()
    for one in (plain.page, page):
        expect(one.get_by_text("Liepa")).to_have_count(0, timeout=15_000)
        expect(one.get_by_text("You see more than usual")).to_have_count(0)

    page.goto(f"{house.staff}/leave")
    page.get_by_text("It is an emergency").click()
    page.get_by_label("What has happened").fill("Water runs through the ceiling")
    visitor.press("Open it now")
    expect(page.get_by_text("It is open for half an hour")).to_be_visible()
    visitor.look("emergency-mine")
    page.goto(f"{house.staff}/bookings/{visit_of_milda['id']}")
    visitor.press(re.compile("^Show contact"))
    page.goto(f"{house.staff}/leave")
    visitor.press("Give it back")
    expect(page.get_by_text("It has ended.")).to_be_visible()
    owner.page.goto(f"{house.staff}/leave")
    uses = owner.page.locator(".uses li")
    opened = re.compile("Opened the booking.*booking")
    expect(uses).to_have_text([opened, re.compile("Showed the contact.*phone"), opened])
    owner.look("emergency-review")
    owner.press("It was in order")
    expect(owner.page.get_by_text("What you found is kept")).to_be_visible()
    for one in (visitor, owner, plain):
        one.done()
