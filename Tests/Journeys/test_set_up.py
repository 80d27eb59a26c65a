"""An empty server: one link, once, within the hour; whoever opens it names the business and becomes its owner."""

import re
import shlex
import threading

import pytest
from playwright.sync_api import expect

import records
import server
from browser import Visitor
from client import Client
from passkeys import Authenticator
from server import House, Server, cloakroom, free_port, next_code

CODE = re.compile(r"(http://localhost:\d+)/setup#(\S{43})")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
ONA = {
    "name": "Ona’s Repairs",
    "slug": "",
    "zone": "Europe/Vilnius",
    "owner": "Ona Petrauskė",
    "email": "ona@example.com",
}


class EmptyPlace:
    """Nothing but an address: no folder, no key, no business."""

    def __init__(self, folder, place=None):
        self.folder = folder
        self.place = place
        store = place.options if place else ["--data", folder / "data"]
        self.options = [*store, "--root-key", folder / "keys/root.key"]
        self.servers: list[Server] = []

    def serve(self, *more) -> Server:
        port = free_port()
        command = ["serve", *self.options, "--url", f"http://localhost:{port}", "--port", port, *more]
        log = self.folder / f"server-{len(self.servers)}.log"
        self.servers.append(Server(command, port, log).start())
        return self.servers[-1]

    def house(self, started: Server, business: str) -> House:
        return House(
            started, self.folder / "data", business, self.folder / "keys/root.key", place=self.place
        )

    def stop(self):
        for one in self.servers:
            if one.running:
                one.stop()


@pytest.fixture
def empty(tmp_path):
    place = EmptyPlace(tmp_path)
    yield place
    place.stop()


def code_of(started: Server) -> str:
    assert started.says("/setup#"), started.words()
    address, code = CODE.findall(started.words())[-1]
    assert address == started.base, "the link's address is the configured one"
    return code


def claim(started: Server, code: str, **typed):
    client = started_client(started)
    return client.post_form("/setup", {"code": code, **ONA, **typed})


def started_client(started: Server) -> Client:
    return Client(started.base)


def set_up(started: Server, **typed) -> str:
    """Claims the server; the code of the owner's invite."""
    answer = claim(started, code_of(started), **typed)
    assert answer.status == 303, answer.text
    return answer.header("location").partition("#")[2]


def assert_closed(started: Server):
    """Every method at every set-up address is refused, whatever it carries (V17)."""
    client = started_client(started)
    for method in METHODS:
        for path in ("/setup", "/setup/", "/setup?code=x"):
            answer = client.request(method, path)
            assert answer.status == 410, f"{method} {path}: {answer.status}"
    posted = client.post_form("/setup", {"code": "A" * 43, **ONA})
    assert posted.status == 410 and "set up already" in posted.text
    # Another site's form is refused like anybody's.
    assert client.post_form("/setup", ONA, **{"Sec-Fetch-Site": "cross-site"}).status == 410


def test_an_empty_server_prints_one_link_and_makes_its_root_key(empty):
    started = empty.serve()
    code = code_of(started)
    words = started.words()
    assert words.count("/setup#") == 1 and "within 60 minutes" in words
    assert words.count("RECOVERY SHEET") == 1 and "A new root key was written to" in words
    assert (empty.folder / "keys/root.key").stat().st_mode & 0o077 == 0
    for file in (empty.folder / "keys").rglob("*"):
        assert code not in file.read_text(), "nothing keeps the code"
    client = started_client(started)
    assert "Nothing can be booked here yet" in client.get("/").page.text
    assert client.get("/readyz").status == 200
    started.stop()
    again = empty.serve()
    assert code_of(again) != code and "RECOVERY SHEET" not in again.words()
    refused = started_client(again).post_form("/setup", {"code": code})
    assert refused.status == 410 and "Start the server again" in refused.page.text


def test_the_link_leads_to_an_owner_and_then_every_set_up_route_is_closed_for_good_V17_V18(empty):
    started = empty.serve()
    client = started_client(started)
    page = client.get("/setup")
    assert page.status == 200
    assert client.submit(page, "/setup", code="wrong").status == 410
    page = client.submit(page, "/setup", code=code_of(started))
    assert page.status == 200 and "Name your business" in page.page.text
    # No Host header and no header of a proxy decides where the invite leads.
    sent = client.post_form(
        "/setup",
        {**page.page.form("/setup").filled(**ONA)},
        Host="elsewhere.example",
        **{"X-Forwarded-Host": "elsewhere.example", "Origin": started.base},
    )
    assert sent.status == 303 and sent.header("location").startswith("/staff/onas-repairs/invite#")
    assert_closed(started)
    house = empty.house(started, "onas-repairs")
    acts = [entry["act"] for entry in records.entries(house.database)]
    assert acts[0] == "business.set_up"
    person = server.enrol(house, "ona", "ona@example.com", "owner", sent.header("location").partition("#")[2])
    assert person.email == "ona@example.com"
    started.stop()
    again = empty.serve()
    assert "/setup#" not in again.words()
    assert_closed(again)


def test_whoever_opens_the_link_by_another_name_of_the_machine_gets_on_to_the_invite(empty):
    started = empty.serve()
    client = Client(f"http://127.0.0.1:{started.port}")
    sent = client.post_form("/setup", {"code": code_of(started), **ONA})
    path, _, code = sent.header("location").partition("#")
    assert (sent.status, path) == (303, "/staff/onas-repairs/invite"), "the form's policy lets it lead nowhere else"
    page = client.submit(client.get(path), "/invite", invite=code)
    assert page.status == 200 and any(link.startswith("otpauth://") for link in page.page.links)


def test_without_an_address_links_follow_the_port(empty):
    port = free_port()
    started = Server(["serve", *empty.options, "--port", port], port, empty.folder / "server.log")
    empty.servers.append(started)
    code_of(started.start())
    assert f"Serving {started.base} on 127.0.0.1, port {port}." in started.words()


def test_a_start_says_how_to_invite_an_owner_as_long_as_none_can_sign_in(empty):
    started = empty.serve()
    set_up(started)
    assert "cloakroom invite" not in started.words()
    started.stop()
    again = empty.serve()
    assert again.says("Nobody can sign in at onas-repairs yet"), again.words()
    command = re.search(r"run `cloakroom (.+)`", again.words())[1]
    base, _, code = cloakroom(*shlex.split(command)).stdout.strip().partition("/staff/onas-repairs/invite#")
    assert base == again.base
    server.enrol(empty.house(again, "onas-repairs"), "ona", "ona@example.com", "owner", code)
    again.stop()
    third = empty.serve()
    assert third.says("Serving")
    third.stop()
    assert "cloakroom invite" not in third.words()


def test_what_is_wrong_is_said_beside_the_field_and_the_code_stays_good(empty):
    started = empty.serve()
    code = code_of(started)
    answer = claim(started, code, name="", zone="Europe/Nowhere", email="info@example.com", owner="Ona")
    assert answer.status == 422
    for field in ("name", "zone", "email"):
        assert f'id="{field}-error"' in answer.text, field
    assert 'name="mailbox-reason"' in answer.text and 'value="Ona"' in answer.text
    answer = claim(started, code, email="info@example.com", **{"mailbox-reason": "Only I read it"})
    assert answer.status == 303
    assert claim(started, code).status == 410, "once"


def test_of_two_who_claim_at_once_one_wins(empty):
    started = empty.serve()
    code = code_of(started)
    answers = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(claim(started, code, name=f"House {n}")))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status for answer in answers) == [303] + [410] * 7
    listed = [path.name for path in (empty.folder / "data/businesses").iterdir()]
    assert len(listed) == 1


def test_of_two_servers_on_one_postgresql_one_wins_and_both_are_closed(tmp_path, cluster):
    """V17: with a code each, at the same moment, under two names."""
    empty = EmptyPlace(tmp_path, cluster.place())
    started = [empty.serve(), empty.serve()]
    codes = [code_of(one) for one in started]
    answers = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(claim(started[n], codes[n], name=f"House {n}")))
        for n in (0, 1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status for answer in answers) == [303, 410]
    for one in started:
        assert_closed(one)
    empty.stop()


def test_a_business_that_was_set_up_is_written_out_filled_in_and_brought_back(empty):
    started = empty.serve()
    set_up(started)
    house = empty.house(started, "onas-repairs")
    written = house.command("export").stdout
    file = empty.folder / "business.yaml"
    file.write_text(written)
    assert "nothing to change" in house.command("apply", file).stdout
    file.write_text(
        written.replace("services: []", "services:\n  - {id: repair, name: Repair, minutes: 30}").replace(
            "role: owner", "role: owner\n    services: all\n    hours:\n      - {days: mon-sun, hours: \"08:00-17:00\"}"
        )
    )
    assert "Changed" in house.command("apply", file).stdout
    assert "Repair" in started_client(started).get("/").page.text


def test_every_page_of_an_empty_business_says_what_to_do(empty):
    started = empty.serve()
    invite = set_up(started)
    house = empty.house(started, "onas-repairs")
    server.enrol(house, "ona", "ona@example.com", "owner", invite)
    client = house.sign_in("owner")
    for path in ("day", "week", "bookings/new", "time-off", "customers", "people", "people/ona", "mail", "account"):
        answer = client.get(f"{house.staff}/{path}")
        assert answer.status == 200, f"{path}: {answer.status}"
    day = client.get(f"{house.staff}/day").page.text
    assert "What to do next" in day and "cloakroom apply" in day
    assert "Nothing can be booked here at the moment" in client.get(house.book).page.text
    assert client.get(f"{house.api}/services").json["services"] == []


def test_from_an_empty_folder_to_a_signed_in_owner_in_a_browser(empty, chromium):
    started = empty.serve()
    house = empty.house(started, "onas-repairs")
    visitor = Visitor(chromium, house)
    page = visitor.page
    page.goto(f"/setup#{code_of(started)}")
    visitor.heading("Name your business")
    assert "#" not in page.url, "the code does not stay in the address"
    visitor.look("set-up")
    page.get_by_label("Name of the business").fill("Ona’s Repairs")
    page.get_by_label("Time zone").select_option("Europe/Vilnius")
    page.get_by_label("Your name").fill("Ona Petrauskė")
    page.get_by_label("Your own e-mail address").fill("info@example.com")
    visitor.press("Go on to your sign-in")
    expect(page.get_by_label("Why it has to be this address")).to_be_visible()
    visitor.look("set-up-wrong")
    page.get_by_label("Your own e-mail address").fill("ona@example.com")
    visitor.press("Go on to your sign-in")
    visitor.heading(re.compile("Welcome, Ona"))
    visitor.look("set-up-invite")
    device = Authenticator(visitor)
    visitor.press("Set up a passkey and sign in")
    page.wait_for_url(re.compile("/account"))
    expect(page.get_by_text("All is set up, and you are signed in")).to_be_visible()
    assert len(device.credentials) == 1
    page.goto(f"{house.staff}/day")
    visitor.heading("What to do next")
    visitor.look("empty-day")
    for path in ("people", "people/ona", "week", "time-off", "bookings/new"):
        page.goto(f"{house.staff}/{path}")
        visitor.look("empty-" + path.replace("/", "-"))
    visitor.done()


def test_without_scripts_the_code_is_typed(empty, chromium):
    started = empty.serve()
    house = empty.house(started, "onas-repairs")
    visitor = Visitor(chromium, house, scripts=False)
    page = visitor.page
    page.goto("/setup")
    page.get_by_label("Set-up code").fill(code_of(started))
    visitor.press("Go on")
    page.get_by_label("Name of the business").fill("Ona’s Repairs")
    page.get_by_label("Time zone").select_option("Europe/Vilnius")
    page.get_by_label("Your name").fill("Ona")
    page.get_by_label("Your own e-mail address").fill("ona@example.com")
    visitor.press("Go on to your sign-in")
    code = page.url.partition("#")[2]
    page.get_by_label("Invite code").fill(code)
    visitor.press("Go on")
    secret = page.locator(".secret:not(#suggestion) code").inner_text().replace(" ", "").replace("\n", "")
    page.get_by_label("Code the app shows now").fill(next_code(secret))
    page.get_by_label("New password").fill(server.PASSWORD)
    visitor.press("Finish and sign in")
    page.wait_for_url(re.compile("/account"))
    visitor.done()


def test_a_root_key_is_not_made_where_there_is_data_already(empty):
    started = empty.serve()
    set_up(started)
    started.stop()
    (empty.folder / "keys/root.key").unlink()
    done = cloakroom("serve", *empty.options, "--port", free_port(), check=False, patience=20)
    assert done.returncode != 0 and "no root key" in done.stderr
