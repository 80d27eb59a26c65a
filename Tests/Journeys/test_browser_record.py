"""What happened, who can see it, who looked: the staff's, the auditor's and the customer's pages in a real browser."""

import re

import pytest
from playwright.sync_api import expect

import businesses
import records
import server
import slots
from browser import Visitor
from test_browser_customers import open_link
from test_customers import fresh, link_for, mail_goes_to


@pytest.fixture(scope="module")
def house(tmp_path_factory, sink):
    staff = [
        businesses.person("ona", [], role="owner"),
        businesses.person("tadas", ["repair"]),
        businesses.person("milda", ["class"]),
        businesses.person("audra", [], role="auditor"),
        businesses.person("boris", [], role="bookkeeper"),
    ]
    services = [businesses.service("repair", 30), businesses.service("class", 60, capacity=3)]
    house = server.serve(tmp_path_factory.mktemp("record"), businesses.house("record-house", staff, services))
    for slug, role in [(one["id"], one["role"]) for one in staff]:
        server.enrol(house, slug, f"{slug}@example.test", role)
    mail_goes_to(house, sink.port)
    yield house
    house.stop()


@pytest.fixture
def visit(house, chromium):
    visitors = []

    def open_one(**options) -> Visitor:
        visitors.append(Visitor(chromium, house, **options))
        return visitors[-1]

    yield open_one
    for visitor in visitors:
        visitor.done()


def booked(house, address: str) -> dict:
    slot = slots.free(house, "repair")[0]
    body = slots.order_for(slots.services(house)[0], slot["start"], name="Rasa Kalnė", email=address)
    answer = slots.book(house.client(), house, body)
    assert answer.status == 201, answer.text
    return answer.json


def test_history_access_record_and_the_customers_own_page(visit, house, sink):
    address = fresh()
    booking = booked(house, address)
    later = {"code": slots.code_of(booking), "version": 1, "start": slots.free(house, "repair")[-1]["start"]}
    moved = house.client().post_json(f"{house.api}/manage/reschedule", later)
    assert moved.status == 200, moved.text
    page_of = f"{house.staff}/bookings/{booking['id']}"
    owner = visit()
    page = owner.page
    owner.sign_in(house.person("owner"))
    page.goto(page_of)
    expect(page.locator(".record").first).to_contain_text("A visitor, through the API")
    step = page.locator(".record li", has_text="Moved")
    expect(step).to_contain_text(re.compile(r"from \w+ \d+ \w+, \d\d:\d\d to \w+ \d+ \w+, \d\d:\d\d"))
    owner.press("Show contact")
    expect(page.get_by_text(address)).to_be_visible()
    page.goto(page_of)
    page.get_by_text(re.compile(r"Who looked: \d+ times")).click()
    expect(page.get_by_text("Showed the contact")).to_be_visible()
    expect(page.get_by_text("Chrome on Linux").first).to_be_visible()
    owner.look("staff-booking-history")

    owner.press("Who can see this", role="link")
    owner.heading("Who can see this")
    assert "Rasa" not in page.content() and address not in page.content()
    tadas = page.locator("li", has_text="Tadas")
    expect(tadas).to_contain_text("Technician: own visits")
    expect(tadas).to_contain_text("Has not looked yet")
    expect(page.locator("li", has_text="Ona")).to_contain_text("Looked last on")
    expect(page.get_by_text("No program has access.")).to_be_visible()
    page.get_by_text("Who sees nothing of it").click()
    owner.look("staff-access-list")

    audra = visit()
    page = audra.page
    audra.sign_in(house.person("auditor"))
    assert page.url.endswith("/record"), "an auditor begins with the record"
    audra.heading("Record")
    assert "Rasa" not in page.content() and address not in page.content()
    audra.look("staff-record")
    before = records.count(house.database, "audit_entry")
    page.get_by_label("Who").select_option(label="Ona, Owner")
    page.get_by_label("What").select_option(label="Contact revealed")
    audra.press("Show")
    expect(page.locator(".record > li")).to_have_count(1)
    assert records.count(house.database, "audit_entry") == before + 1, "a look at the record is one entry"
    audra.look("staff-record-filtered")
    audra.complaints.clear()
    assert page.goto(f"{house.staff}/day").status == 403
    audra.press("To your pages", role="link")
    audra.heading("Record")
    assert page.goto(f"{house.staff}/record?act=gossip&day=yesterday").status == 422
    audra.look("staff-record-mistakes")

    customer = visit()
    open_link(customer, link_for(house, sink, address))
    looked = customer.page.get_by_role("region", name="Who looked at your data")
    expect(looked).to_contain_text("Owner")
    expect(looked).to_contain_text("to prepare or carry out your visit")
    assert "Ona" not in looked.inner_text(), "by role and not by name"
    customer.look("my-bookings-looked")


def test_whoever_has_no_day_begins_at_a_page_they_may_open(house):
    boris = house.client()
    answer = server.sign_in(boris, house.staff, house.person("bookkeeper"))
    assert answer.status == 200 and not answer.url.endswith("/day"), answer.url
    assert boris.get(house.staff).status == 200
    assert boris.get(f"{house.staff}/record").status == 403
