"""What stands around every page: a strict policy, no third party, no cookie too early, nothing personal kept."""

import re
import socket

import pytest

import records
import slots

CSP = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
    "require-trusted-types-for": {"'script'"},
}
ALLOWED_SOURCES = {"'self'", "'none'", "'script'"}


@pytest.fixture(scope="module")
def booking(demo):
    service = slots.services(demo)[0]
    slot = slots.free(demo, service["id"])[0]
    body = slots.order_for(service, slot["start"])
    answer = slots.book(demo.client(), demo, body)
    assert answer.status == 201, answer.text
    return answer.json


def public_pages(house, booking) -> dict:
    client = house.client()
    service = booking["service"]
    start = slots.free(house, service)[0]["start"]
    code = slots.code_of(booking)
    return {
        "services": client.get(house.book),
        "times": client.get(house.book, service=service),
        "details": client.get(house.book, service=service, start=start),
        "mistakes": client.submit(client.get(house.book, service=service, start=start), "/bookings", name=""),
        "manage": client.get(house.manage),
        "managed booking": client.post_form(house.manage, {"code": code}),
        "managed times": client.post_form(f"{house.manage}/times", {"code": code}),
        "wrong code": client.post_form(house.manage, {"code": "wrong"}),
        "sign-in": client.get(f"{house.staff}/sign-in"),
        "invite": client.get(f"{house.staff}/invite"),
        "not me": client.get(f"{house.staff}/not-me"),
        "not found": client.get("/nowhere"),
    }


def staff_pages(house, booking) -> dict:
    client = house.sign_in("owner")
    paths = [
        f"/day?day={booking['start'][:10]}",
        "/week",
        f"/bookings/{booking['id']}",
        "/bookings/new",
        "/time-off",
        "/customers",
        "/mail",
        "/people",
        "/record",
        f"/bookings/{booking['id']}/access",
        "/people/new",
        "/roles",
        "/roles/new",
        "/roles/owner",
        "/approvals",
        "/account",
        "/account/code-app",
        "/leave",
        f"/bookings/{booking['id']}/reschedule",
    ]
    return {path: client.get(house.staff + path) for path in paths}


@pytest.fixture(scope="module")
def pages(demo, booking):
    return public_pages(demo, booking) | staff_pages(demo, booking)


def directives(answer) -> dict[str, set[str]]:
    policy = answer.header("content-security-policy")
    assert policy, f"{answer.url} has no Content-Security-Policy"
    return {
        name: set(sources) for name, *sources in (part.split() for part in policy.split(";") if part.strip())
    }


def test_every_page_answers_as_expected(pages):
    expected = {"mistakes": {422}, "wrong code": {404, 422}, "not found": {404}}
    for name, answer in pages.items():
        assert answer.status in expected.get(name, {200}), f"{name}: {answer.status}"
        assert answer.header("content-type") == "text/html; charset=utf-8", name
        assert answer.page.language, f"{name} does not say its language"


def test_every_page_has_the_strict_policy(pages):
    for name, answer in pages.items():
        policy = directives(answer)
        for directive, sources in CSP.items():
            assert policy.get(directive) == sources, f"{name}: {directive} is {policy.get(directive)}"
        for directive, sources in policy.items():
            if directive.endswith("-src"):
                allowed = ALLOWED_SOURCES | ({"data:"} if directive == "img-src" else set())
                assert sources <= allowed, f"{name}: {directive} allows {sources}"
        assert policy.get("trusted-types", {"'none'"}) == {"'none'"}, name


def test_every_page_has_the_other_headers(pages):
    for name, answer in pages.items():
        assert answer.header("x-content-type-options") == "nosniff", name
        assert answer.header("referrer-policy") in ("no-referrer", "same-origin"), name
        assert answer.header("cross-origin-opener-policy") == "same-origin", name
        assert answer.header("cross-origin-resource-policy") == "same-origin", name
        permissions = answer.header("permissions-policy") or ""
        for power in ("camera", "microphone", "geolocation", "payment", "usb"):
            assert f"{power}=()" in permissions, f"{name}: {power} is not switched off"
        assert answer.header("server") is None or not re.search(r"\d", answer.header("server")), name
        assert answer.header("strict-transport-security") is None, "HSTS makes no sense on plain localhost"


def test_no_page_holds_anything_inline_or_from_elsewhere(pages):
    for name, answer in pages.items():
        for tag, attributes in answer.page.tags:
            assert "style" not in attributes and tag != "style", f"{name}: inline style at <{tag}>"
            assert not [key for key in attributes if key.startswith("on")], (
                f"{name}: inline handler at <{tag}>"
            )
            assert tag != "script" or attributes.get("src"), f"{name}: inline script"
            for key in ("src", "action", "srcset", "data", "poster"):
                assert not re.match(r"(https?:)?//", attributes.get(key) or ""), (
                    f"{name}: {key} leads elsewhere"
                )
            if tag == "link":
                assert attributes["href"].startswith("/"), f"{name}: a link element leads elsewhere"


def test_what_is_personal_is_never_stored(pages):
    for name, answer in pages.items():
        if name not in ("services", "times", "manage", "sign-in", "invite", "not me", "not found"):
            assert "no-store" in (answer.header("cache-control") or ""), f"{name} may be stored"


def test_assets_may_be_kept_for_ever(demo, pages):
    tags = [attributes for answer in pages.values() for _, attributes in answer.page.tags]
    paths = {each.get("src") or each.get("href") or "" for each in tags}
    assets = {path for path in paths if path.startswith("/assets/")}
    assert assets
    for path in assets:
        asset = demo.client().get(path)
        assert asset.status == 200, path
        assert "immutable" in asset.header("cache-control"), path
        assert asset.header("x-content-type-options") == "nosniff", path


def test_no_cookie_is_set_before_it_is_needed(demo, booking):
    for name, answer in public_pages(demo, booking).items():
        assert answer.header("set-cookie") is None, f"{name} sets a cookie"


def test_the_session_cookie_is_closed_to_scripts_and_to_other_sites(demo):
    answers = [answer for answer in demo.sign_in("owner").seen if answer.header("set-cookie")]
    assert len(answers) == 1, "cookies are set once, at sign-in"
    cookies = [value for name, value in answers[0].headers if name.lower() == "set-cookie"]
    assert [cookie.partition("=")[0] for cookie in cookies] == ["cloakroom", "cloakroom-device"], (
        "on http://localhost the plain names"
    )
    for cookie in cookies:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert "httponly" in parts and "path=/" in parts
        assert parts & {"samesite=strict", "samesite=lax"}
        assert not any(part.startswith("domain") for part in parts)
        value = cookie.split(";")[0].partition("=")[2]
        assert len(value) >= 32, "256 bits do not fit into less"
    assert "max-age" not in cookies[0].lower(), "the session ends with the browser"
    assert f"max-age={400 * 86_400}" in cookies[1].lower()


POST_ONLY = [
    "{book}/bookings",
    "{manage}/times",
    "{manage}/reschedule",
    "{manage}/cancellation",
    "{manage}/confirmation",
    "{staff}/sign-out",
    "{staff}/lock",
    "{staff}/unlock",
    "{staff}/unlock/here",
    "{staff}/confirm",
    "{staff}/account/passkeys",
    "{staff}/account/recovery-codes",
    "{staff}/account/sessions/end-others",
    "{api}/bookings",
    "{api}/manage",
    "{api}/manage/reschedule",
    "{api}/manage/cancellation",
    "{api}/customer-searches",
]


@pytest.mark.parametrize("path", POST_ONLY)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_changes_something_answers_405_to_a_get(demo, method, path):
    places = {"book": demo.book, "manage": demo.manage, "staff": demo.staff, "api": demo.api}
    answer = demo.client().request(method, path.format(**places))
    assert answer.status == 405
    assert "POST" in (answer.header("allow") or "")


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PROPFIND", "PUT", "DELETE"])
def test_a_method_that_a_path_does_not_take_is_answered_405(demo, method):
    for path, allowed in (
        (demo.book, "GET, HEAD"),
        (f"{demo.api}/bookings", "POST"),
        (f"{demo.api}/slots", "GET, HEAD"),
        (f"{demo.staff}/mail", "GET, HEAD, POST"),
        ("/healthz", "GET, HEAD"),
    ):
        answer = demo.client().request(method, path)
        assert answer.status == 405, path
        assert answer.header("allow") == allowed
        assert answer.header("content-security-policy"), path
    assert demo.client().request(method, "/nowhere").status == 404


@pytest.mark.parametrize(
    "head",
    [
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nwhat\r\n",
    ],
)
def test_a_body_that_is_no_http_is_answered_400_and_no_fault_is_logged(demo, head):
    for path in (f"{demo.api}/bookings", f"{demo.book}/bookings", f"{demo.manage}"):
        with socket.create_connection(("127.0.0.1", demo.server.port), timeout=10) as connection:
            request = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{head}"
            connection.sendall(request.encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 400 "), answer[:200]
        assert answer.count(b"HTTP/1.1 ") == 1, "one answer, then the connection is closed"
    assert "fault" not in demo.server.words()


def test_no_get_of_a_stranger_changes_a_byte_of_the_records(demo, booking):
    places = [demo.database, demo.database.with_name("keys.db")]
    before = [records.content(place) for place in places]
    client, service = demo.client(), booking["service"]
    for path in (
        "/",
        demo.book,
        demo.manage,
        f"{demo.staff}/sign-in",
        f"{demo.staff}/invite",
        f"{demo.staff}/not-me",
        f"{demo.staff}/sign-in/options",
        f"{demo.staff}/day",
        f"{demo.api}/services",
        f"{demo.api}/staff",
        "/api/v1/openapi.json",
        "/healthz",
        "/readyz",
    ):
        client.get(path)
        client.request("HEAD", path)
    client.get(demo.book, service=service, start=slots.free(demo, service)[0]["start"])
    # A mail scanner opens the bare link, and sees time and service only once somebody posts the code.
    client.get(demo.manage, code=slots.code_of(booking))
    assert [records.content(place) for place in places] == before


def test_a_get_of_the_staff_leaves_entries_and_changes_nothing_else(demo, booking):
    house = demo
    house.sign_in("owner")
    before = records.content(house.database, except_tables=("audit", "session"))
    entries = records.count(house.database, "audit_entry")
    staff_pages(house, booking)
    assert records.content(house.database, except_tables=("audit", "session")) == before
    assert records.count(house.database, "audit_entry") > entries, "a reading left no entry"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_sent_by_another_site_is_refused(demo, site):
    client = demo.client()
    client.cookies = dict(demo.sign_in("owner").cookies)
    page = client.get(f"{demo.staff}/time-off")
    fields = page.page.forms[-1].fields
    other = {"Sec-Fetch-Site": site, "Origin": "https://elsewhere.example"}
    assert client.post_form(f"{demo.staff}/time-off", fields, **other).status == 403
    without = {name: value for name, value in fields.items() if name != "csrf"}
    assert client.post_form(f"{demo.staff}/time-off", without).status == 403


def test_unknown_and_not_yours_look_the_same(demo, booking):
    colleague = next(
        person
        for person in demo.people
        if person.role == "technician" and person.email.split("@")[0] != booking["staff"]
    )
    client = demo.sign_in(colleague.email)
    answers = [
        client.get(f"{demo.staff}/bookings/{id_}")
        for id_ in (booking["id"], "01900000-0000-7000-8000-000000000000")
    ]
    assert [answer.status for answer in answers] == [404, 404]
    assert answers[0].page.text == answers[1].page.text
    assert demo.sign_in("owner").get(f"{demo.staff}/bookings/{booking['id']}").status == 200
