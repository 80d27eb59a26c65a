"""Customers and their own bookings: asking for a link, opening it, and what strangers learn from asking: nothing."""

import email
import email.policy
import re
import secrets
import time

import pytest

import records
import server
import slots

LINK = re.compile(r"http\S+/my/\S+/open#(\S+)")


def mail_goes_to(house, port: int):
    owner = house.sign_in("owner")
    page = owner.get(f"{house.staff}/mail")
    answer = owner.submit(
        page,
        "/mail",
        host="127.0.0.1",
        port=str(port),
        security="none-on-loopback",
        username="",
        password="",
        sender="hello@example.test",
    )
    assert answer.status in (200, 303), answer.page.text[:300]


@pytest.fixture(scope="module")
def house(demo, sink):
    mail_goes_to(demo, sink.port)
    return demo


def book(house, address: str, name: str = "Rasa Kalnė") -> dict:
    service = slots.services(house)[0]
    for slot in slots.free(house, service["id"]):
        body = slots.order_for(service, slot["start"], name=name, email=address)
        answer = slots.book(house.client(), house, body)
        if answer.status == 201:
            return answer.json
    raise AssertionError("nothing is free")


def links_to(sink, address: str) -> list[str]:
    """The codes of the links that were mailed to an address, oldest first."""
    codes = []
    for path in sink.files():
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        # One that is still being written has no head yet.
        if address in (message["To"] or "") and (found := LINK.search(message.get_content() if not message.is_multipart() else "")):
            codes.append(found[1])
    return codes


def ask(house, address: str, client=None):
    client = client or house.client()
    return client.post_form(f"/my/{house.business}", {"email": address})


def link_for(house, sink, address: str, patience: float = 60) -> str:
    before = len(links_to(sink, address))
    assert ask(house, address).status == 303
    end = time.monotonic() + patience
    while len(codes := links_to(sink, address)) <= before:
        assert time.monotonic() < end, f"no link came for {address}"
        time.sleep(0.1)
    return codes[-1]


def fresh(name: str = "rasa") -> str:
    return f"{name}-{secrets.token_hex(4)}@example.com"


def test_a_link_leads_to_the_bookings_of_its_address_and_to_no_others(house, sink):
    address, other = fresh(), fresh("marius")
    book(house, address, name="Rasa Kalnė")
    book(house, other, name="Marius Petrauskas")
    code = link_for(house, sink, address)
    client = house.client()
    assert client.get(f"/my/{house.business}/open").status == 200, "a mail scanner's look changes nothing"
    opened = client.post_form(f"/my/{house.business}/open", {"code": code})
    assert opened.status == 303 and opened.header("location") == f"/my/{house.business}/bookings"
    cookie = opened.header("set-cookie")
    assert cookie.startswith("cloakroom-customer=") and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    page = client.get(f"/my/{house.business}/bookings")
    assert page.status == 200 and "no-store" in page.header("cache-control")
    assert address in page.page.text and "Rasa Kalnė" in page.page.text
    assert other not in page.text and "Marius" not in page.text
    managed = client.submit(page, f"/manage/{house.business}")
    assert managed.status == 200
    assert slots.services(house)[0]["name"] in managed.page.text, "the way to the booking opens it"
    left = client.submit(client.get(f"/my/{house.business}/bookings"), "/sign-out")
    assert left.status == 200 and "You are signed out." in left.page.text
    assert client.get(f"/my/{house.business}/bookings", follow=False).status == 303, "signed out"
    assert house.client().post_form(f"/my/{house.business}/open", {"code": code}).status == 410, "once"


def test_an_old_cookie_opens_nothing_after_signing_out(house, sink):
    address = fresh()
    book(house, address)
    client = house.client()
    client.post_form(f"/my/{house.business}/open", {"code": link_for(house, sink, address)})
    held = dict(client.cookies)
    client.submit(client.get(f"/my/{house.business}/bookings"), "/sign-out")
    thief = house.client()
    thief.cookies = held
    answer = thief.get(f"/my/{house.business}/bookings", follow=False)
    assert answer.status == 303 and answer.header("location") == f"/my/{house.business}"


def test_known_and_unknown_addresses_get_the_same_answer(house, sink):
    known = [fresh() for _ in range(5)]
    for address in known:
        book(house, address)
    answers = {"known": [], "unknown": []}
    client = house.client()
    for number in range(50):
        for kind, address in (("known", known[number % 5]), ("unknown", fresh("nobody"))):
            asked = ask(house, address, client)
            led = client.get(asked.header("location"))
            heads = sorted((key.lower(), value) for key, value in asked.headers if key.lower() != "date")
            answers[kind].append((asked.status, len(asked.body), heads, led.status, len(led.body), led.body))
    differing = [one for one in answers["known"] + answers["unknown"] if one != answers["known"][0]]
    assert differing == [], f"{len(differing)} of 100 answers differ"


def test_a_stranger_gets_no_mail_and_no_cookie(house, sink):
    address = fresh("stranger")
    before = len(sink.files())
    asked = ask(house, address)
    assert asked.status == 303 and asked.header("set-cookie") is None
    time.sleep(3)
    assert not [path for path in sink.files()[before:] if address.encode() in path.read_bytes()]
    for path in ("", "?sent=yes", "/open"):
        assert house.client().get(f"/my/{house.business}{path}").header("set-cookie") is None


def test_what_is_no_address_is_told_beside_the_field_and_kept(house):
    for typed in ("", "rasa", "rasa@", "Rasa <rasa@example.com>"):
        answer = ask(house, typed)
        assert answer.status == 422
        assert answer.page.form(f"/my/{house.business}").fields["email"] == typed


def test_an_address_gets_three_links_an_hour(house, sink):
    address = fresh()
    book(house, address)
    for _ in range(3):
        link_for(house, sink, address)
    assert ask(house, address).status == 303, "the answer does not change"
    time.sleep(3)
    assert len(links_to(sink, address)) == 3


def test_forms_need_the_sessions_token_and_this_site(house, sink):
    address = fresh()
    book(house, address)
    client = house.client()
    client.post_form(f"/my/{house.business}/open", {"code": link_for(house, sink, address)})
    for path in ("sign-out", "passkeys", "passkeys/options", "passkeys/01900000-0000-7000-8000-000000000000/removal"):
        url = f"/my/{house.business}/{path}"
        assert client.post_form(url, {}).status == 403, path
        assert client.post_form(url, {"csrf": "x" * 22}).status == 403, path
        assert house.client().post_form(url, {}).status == 303, "without a session"
        assert client.request("GET", url).status == 405, path
    other = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    page = client.get(f"/my/{house.business}/bookings")
    csrf = page.page.form("/sign-out").fields["csrf"]
    assert client.post_form(f"/my/{house.business}/sign-out", {"csrf": csrf}, **other).status == 403
    asked = house.client().post_form(f"/my/{house.business}", {"email": address}, **other)
    assert asked.status == 403, "another site cannot have mails sent"


def test_no_look_of_a_stranger_changes_the_records(house):
    time.sleep(2)
    before = records.content(house.database)
    client = house.client()
    for path in ("", "?sent=yes", "/open", "/bookings", "/passkey/options", "/open?code=abc"):
        client.get(f"/my/{house.business}{path}")
        client.request("HEAD", f"/my/{house.business}{path.partition('?')[0]}")
    assert records.content(house.database) == before


def test_one_network_can_ask_ten_times_at_once(tmp_path):
    house = server.demo(tmp_path, limits=None)
    try:
        statuses = [ask(house, fresh()).status for _ in range(14)]
        assert statuses[-1] == 429 and statuses.count(429) >= 3, statuses
        assert 409 in statuses, "the demo has no mail server: nobody is promised a link"
    finally:
        house.stop()
