"""Nothing in clear: more than 200 unique strings go in through every door, and are then searched for everywhere."""

import email
import email.policy
import time

import pytest

import businesses
import server
import slots
from canaries import Canaries, found_in, found_under, shapes

BOOKINGS = 8  # through each of page and API
# What a customer's own mail may say of them; everything else stays sealed.
MAIL_MAY_SAY = {"name", "email", "manage code"}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = server.serve(tmp_path_factory.mktemp("curious"), businesses.curious())
    server.enrol(house, "ona", "ona@example.test", "owner")
    server.enrol(house, "tadas", "tadas@example.test", "technician")
    yield house
    if house.server.running:
        house.server.stop()


@pytest.mark.parametrize("shape", shapes("zq0123456789abcd"))
def test_the_search_finds_a_string_in_every_shape(shape):
    canary = "zq0123456789abcd"
    around = b"\xff\x00name=" if "base64" not in shape else b"\xff"
    content = around + shapes(canary)[shape] + b"\x00\xff"
    assert found_in(content, {canary: "name"})
    assert found_in(content.replace(b"base", b"x")[:3], {canary: "name"}) == []


def person(canaries: Canaries, door: str) -> dict[str, str]:
    return {
        "name": "Rasa " + canaries.word(f"name, {door}"),
        "email": canaries.email(f"email, {door}"),
        "phone": canaries.phone(f"phone, {door}"),
        "address": "Street 1, " + canaries.word(f"address, {door}"),
    }


def answers(canaries: Canaries, door: str) -> dict[str, str]:
    return {
        "model": canaries.word(f"answer, {door}"),
        "story": "It said\n" + canaries.word(f"long answer, {door}"),
        "size": "Large",
        "pets": "yes",
    }


def odd_headers(canaries: Canaries) -> dict[str, str]:
    return {
        "User-Agent": canaries.word("User-Agent"),
        "Referer": "http://localhost/" + canaries.word("Referer"),
        "X-Forwarded-For": canaries.word("X-Forwarded-For"),
    }


def book_by_page(house, canaries, start) -> dict:
    client = house.client(headers=odd_headers(canaries))
    page = client.get(house.book, service="visit", start=start, more=canaries.word("unknown query field"))
    typed = person(canaries, "page")
    given = {f"answer-{name}": text for name, text in answers(canaries, "page").items()}
    # A refusal first: what was typed must not lie about either.
    refused = client.submit(
        page, "/bookings", **{**typed, "email": "not " + canaries.word("wrong email")}, **given
    )
    assert refused.status == 422
    booked = client.submit(page, "/bookings", **typed, **given)
    assert booked.status == 200, booked.page.text[:500]
    (link,) = {link for link in booked.page.links if "/manage/" in link}
    return {**typed, "code": canaries.given(link.partition("#")[2], f"manage code of {typed['email']}")}


def book_by_api(house, canaries, start) -> dict:
    client = house.client(headers=odd_headers(canaries))
    typed = person(canaries, "API")
    body = {"service": "visit", "start": start, "customer": typed, "answers": answers(canaries, "API")}
    unknown = client.post_json(
        f"{house.api}/bookings",
        body | {canaries.word("unknown field"): canaries.word("its value")},
        Idempotency_Key=canaries.word("key of a refused request"),
    )
    assert unknown.status == 422
    booked = slots.book(client, house, body, key=canaries.word("Idempotency-Key"))
    assert booked.status == 201, booked.text
    return {**typed, "code": canaries.given(slots.code_of(booked.json), f"manage code of {typed['email']}")}


def book_by_staff(house, canaries, slot):
    owner = house.sign_in("owner")
    page = owner.get(f"{house.staff}/bookings/new", service="visit", day=slot["start"][:10])
    given = {f"answer-{name}": text for name, text in answers(canaries, "staff").items()}
    booked = owner.submit(page, "/bookings", start=slot["start"], **person(canaries, "staff"), **given)
    assert booked.status == 200, booked.page.text[:500]


def knock_on_every_other_door(house, canaries):
    owner, stranger = house.sign_in("owner"), house.client()
    for _ in range(4):
        page = stranger.get(f"{house.staff}/sign-in")
        tried = stranger.submit(
            page,
            "/sign-in",
            email=canaries.email("email of a sign-in"),
            password=canaries.word("wrong password"),
            code=canaries.word("wrong TOTP code"),
        )
        assert tried.status in (401, 403, 422, 429)
        stranger.post_form(house.manage, {"code": canaries.word("wrong manage code")})
        stranger.post_json(f"{house.api}/manage", {"code": canaries.word("wrong manage code")})
        stranger.post_form(f"{house.staff}/invite", {"invite": canaries.word("wrong invite")})
        stranger.get("/" + canaries.word("unknown path"))
        stranger.get(
            f"{house.api}/slots", service=canaries.word("unknown service"), zone=canaries.word("zone")
        )
        stranger.get(house.book, service=canaries.word("unknown service"), start=canaries.word("start"))
        stranger.request(
            "POST",
            f"{house.api}/bookings",
            ('{"broken": "' + canaries.word("broken JSON")).encode(),
            {"Content-Type": "application/json", "Idempotency-Key": "x"},
        )
        stranger.request(
            "GET", house.book, headers={"Cookie": "cloakroom=" + canaries.word("session cookie")}
        )
        for query in (canaries.email("search"), canaries.phone("search"), canaries.word("search")):
            page = owner.get(f"{house.staff}/customers")
            assert owner.submit(page, "/customers", query=query).status == 200


def set_mail(house, port: int, **more):
    owner = house.sign_in("owner")
    settings = {
        "host": "127.0.0.1",
        "port": str(port),
        "security": "none-on-loopback",
        "sender": "house@example.test",
    }
    page = owner.get(f"{house.staff}/mail")
    saved = owner.submit(page, "/mail", **{"username": "", "password": "", **settings, **more})
    assert saved.status == 200, saved.page.text[:500]


def wait_for_mail(sink, count: int) -> list[email.message.EmailMessage]:
    end = time.monotonic() + 60
    while len(sink.files()) < count and time.monotonic() < end:
        time.sleep(0.2)
    time.sleep(0.5)
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in sink.files()]


def whole_text(message) -> bytes:
    """Headers and every part, decoded."""
    parts = [str(value) for value in message.values()]
    for part in message.walk():
        if not part.is_multipart():
            parts.append(
                part.get_content() if part.get_content_maintype() == "text" else repr(part.get_content())
            )
    return "\n".join(parts).encode()


def test_200_strings_from_every_input_are_found_nowhere_but_in_their_own_mails(house, sink):
    canaries = Canaries()
    free = slots.free(house, "visit", days=3)[::2]
    by_page = [book_by_page(house, canaries, slot["start"]) for slot in free[:BOOKINGS]]
    by_api = [book_by_api(house, canaries, slot["start"]) for slot in free[BOOKINGS : 2 * BOOKINGS]]
    for slot in free[2 * BOOKINGS : 2 * BOOKINGS + 4]:
        book_by_staff(house, canaries, slot)
    knock_on_every_other_door(house, canaries)
    for person_ in house.people:
        canaries.given(person_.password, "staff password")
        canaries.given(person_.totp_secret.lower(), "TOTP secret")
    canaries.given(house.sign_in("owner").cookies["cloakroom"], "session")

    folder = house.data.parent
    yaml = (folder / "business.yaml").read_bytes()
    assert found_in(yaml, canaries.planted) == []
    assert found_under(folder, canaries.planted) == {}, "while the server runs, with its WAL and log"

    set_mail(house, sink.port)
    messages = wait_for_mail(sink, 2 * BOOKINGS + 4)
    booked = by_page + by_api
    for customer in booked:
        own = [message for message in messages if customer["email"] in message["To"]]
        assert len(own) == 1, f"{len(own)} mails for one booking"
    for message in messages:
        text = whole_text(message)
        for canary, handed_in_as in canaries.planted.items():
            if canary.encode() not in text:
                continue
            owner_of = [c for c in booked if canary in "".join(c.values()) and c["email"] in message["To"]]
            by_staff = handed_in_as.endswith(", staff")
            assert owner_of or by_staff, f"a mail to somebody else holds a {handed_in_as}"
            assert any(handed_in_as.startswith(allowed) for allowed in MAIL_MAY_SAY), (
                f"a mail holds a {handed_in_as}"
            )

    # Reading makes entries, and reveals on pages only.
    owner = house.sign_in("owner")
    for customer in booked[:3]:
        seen = owner.submit(owner.get(f"{house.staff}/customers"), "/customers", query=customer["email"])
        assert customer["name"].split()[1] in seen.text, "the search of the staff found nobody"
    set_mail(house, sink.port, username=canaries.word("mail user"), password=canaries.word("mail password"))
    assert found_under(folder, canaries.planted) == {}, "after the mails left"
    assert len(canaries.planted) >= 200
    house.server.stop()
    assert found_under(folder, canaries.planted) == {}, "after the server ended"
