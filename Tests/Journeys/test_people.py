"""The people pages: role mailboxes, a login that two have shared, invites, ending somebody's sessions; in a browser too."""

import re

import pytest
from playwright.sync_api import expect

import aging
import businesses
import server
from browser import Visitor
from passkeys import Authenticator


def people(**tadas) -> dict:
    staff = [
        businesses.person("ona", [], role="owner"),
        {**businesses.person("tadas", ["repair"]), **tadas},
    ]
    return businesses.house("people-house", staff, [businesses.service("repair", 30)])


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = server.serve(tmp_path_factory.mktemp("people"), people())
    server.enrol(house, "ona", "ona@example.test", "owner")
    server.enrol(house, "tadas", "tadas@example.test", "technician")
    yield house
    house.stop()


def confirmed(client, answer, house):
    """Proves who one is where that is asked for, and sends again what was kept."""
    if "/confirm" not in answer.text:
        return answer
    ona = house.person("owner")
    answer = client.submit(answer, "/confirm", password=ona.password, code=server.next_code(ona.totp_secret))
    form = next(form for form in answer.page.forms if "/people/" in form.action)
    return client.submit(answer, form.action)


def test_a_role_mailbox_is_warned_of_by_apply_until_a_reason_is_given(tmp_path):
    file = tmp_path / "business.yaml"
    options = ["--data", tmp_path / "data", "--root-key", tmp_path / "root.key"]

    def apply(**tadas):
        file.write_text(server.yaml.safe_dump(people(**tadas), sort_keys=False))
        return server.cloakroom("apply", file, *options)

    done = apply(email="reception@example.test")
    assert "Tadas (tadas) has an e-mail address that seems to belong to a role" in done.stderr
    assert "reception@example.test" not in done.stderr, "no address in the words"
    done = apply(email="reception@example.test", **{"mailbox-reason": "Tadas alone reads it"})
    assert done.stderr == "" and "Changed" in done.stdout
    assert "nothing to change" in apply(email="reception@example.test").stdout, "the reason stays with the address"
    assert "mailbox-reason: Tadas alone reads it" in server.cloakroom("export", *options).stdout
    database = tmp_path / "data/businesses/people-house/data.db"
    assert b"Tadas alone reads it" not in database.read_bytes(), "it is kept sealed"
    assert "mailbox-reason" not in (apply(), server.cloakroom("export", *options))[1].stdout


def test_an_invite_is_shown_once_and_taking_it_up_signs_in(tmp_path):
    house = server.serve(tmp_path, people())
    server.enrol(house, "ona", "ona@example.test", "owner")
    owner = house.sign_in("owner")
    page = owner.get(f"{house.staff}/people/tadas")
    answer = confirmed(owner, owner.submit(page, "/people/tadas/invite"), house)
    code = re.search(r"/invite#([\w-]{64})", answer.text)[1]
    assert code not in owner.get(f"{house.staff}/people/tadas").text
    server.enrol(house, "tadas", "tadas@example.test", "technician", code)
    client = house.client()
    refused = client.submit(client.get(f"{house.staff}/invite"), "/invite", invite=code)
    assert refused.status == 410
    house.stop()


def test_an_owner_sees_and_ends_where_somebody_is_signed_in(house):
    owner, tadas = house.sign_in("owner"), house.client()
    assert server.sign_in(tadas, house.staff, house.person("technician")).status == 200
    page = owner.get(f"{house.staff}/people/tadas")
    assert "Signed in" in page.page.text
    answer = confirmed(owner, owner.submit(page, "/people/tadas/sessions/end"), house)
    assert answer.status == 200 and "Nowhere." in answer.page.text
    assert "/sign-in" in tadas.get(f"{house.staff}/day").url


def test_only_owners_see_people(house):
    server.enrol(house, "tadas", "tadas@example.test", "technician")
    tadas = house.client()
    server.sign_in(tadas, house.staff, house.people[-1])
    for path in ("people", "people/ona", "people/tadas"):
        assert tadas.get(f"{house.staff}/{path}").status == 403
    for path in ("leaving", "invite", "sessions/end"):
        page = tadas.get(f"{house.staff}/time-off")
        token = page.page.forms[-1].fields["csrf"]
        answer = tadas.post_form(f"{house.staff}/people/ona/{path}", {"csrf": token})
        assert answer.status == 403, path


def test_a_shared_login_is_split_into_two_people(house, chromium):
    """R14: used on several devices in the same minutes, found within one, split with one form."""
    server.enrol(house, "tadas", "tadas@example.test", "technician")
    person = house.people[-1]
    clients = [house.client(headers={"User-Agent": f"Mozilla/5.0 (Linux) Firefox/{number}"}) for number in (1, 2, 3)]
    for client in clients:
        assert "/day" in server.sign_in(client, house.staff, person).url
    assert "More than one person" not in house.sign_in("owner").get(f"{house.staff}/people").text, "signing in is no use"
    aging.idle(house, minutes=1)
    for client in clients:
        assert client.get(f"{house.staff}/day").status == 200
    visitor = Visitor(chromium, house)
    page = visitor.page
    visitor.sign_in(house.person("owner"))
    page.goto(f"{house.staff}/people")
    expect(page.get_by_text("More than one person may be using this sign-in").first).to_be_visible()
    visitor.look("people")
    page.get_by_role("link", name="Tadas").click()
    visitor.heading("Is more than one person using this?")
    visitor.look("person-finding")
    page.get_by_label("Name of the second person").fill("Greta Rimkutė")
    page.get_by_label("Their own e-mail address").fill("info@example.com")
    visitor.press("Split into two people")
    expect(page.get_by_label("Why it has to be this address")).to_be_visible()
    assert page.get_by_label("Name of the second person").input_value() == "Greta Rimkutė"
    page.get_by_label("Their own e-mail address").fill("greta@example.com")
    visitor.press("Split into two people")
    visitor.heading("Greta Rimkutė")
    expect(page.get_by_role("heading", name="Invite for Greta Rimkutė")).to_be_visible()
    visitor.look("person-invite")
    visitor.done()
    client = house.client()
    answer = server.sign_in(client, house.staff, person)
    assert "/password" in answer.url, "the password that two have known must be changed first"


def test_leaving_in_a_browser_shows_the_proof(house, chromium):
    server.enrol(house, "tadas", "tadas@example.test", "technician")
    visitor = Visitor(chromium, house)
    page = visitor.page
    visitor.sign_in(house.person("owner"))
    page.goto(f"{house.staff}/people/tadas")
    visitor.look("person")
    page.get_by_text("Tadas has left", exact=True).click()
    visitor.press("Yes, end all access of Tadas")
    visitor.heading("Tadas has left")
    expect(page.get_by_text("Refused").first).to_be_visible()
    visitor.look("left")
    page.get_by_role("link", name="Tadas’s page").click()
    visitor.look("person-left")
    visitor.done()


def test_an_invite_taken_up_with_a_passkey_in_a_browser(house, chromium):
    visitor = Visitor(chromium, house)
    device = Authenticator(visitor)
    page = visitor.page
    page.goto(f"{house.staff}/invite#{server.invite(house, 'tadas')}")
    visitor.heading(re.compile("Welcome"))
    page.get_by_label("What you call it").fill("My phone")
    visitor.press("Set up a passkey and sign in")
    page.wait_for_url(re.compile("/account"))
    expect(page.get_by_text("My phone").first).to_be_visible()
    assert len(device.credentials) == 1
    # Recovery codes go with a password, and there is none yet.
    expect(page.get_by_text("To use codes as well, set a password first")).to_be_visible()
    expect(page.get_by_role("button", name="Make recovery codes")).to_have_count(0)
    visitor.press(re.compile("^Set the password"), role="link")
    visitor.heading("Set a password")
    expect(page.get_by_label("Current password")).to_have_count(0)
    page.get_by_label("New password").fill("short")
    visitor.press("Set the password")
    expect(page.locator("#password-error")).to_have_text(re.compile("at least 12"))
    visitor.look("password-first")
    page.get_by_label("New password").fill("orchid-tram-93-vellum")
    visitor.press("Set the password")
    expect(page.get_by_text("Your new password is set.")).to_be_visible()
    expect(page.get_by_text("The password opens nothing without the app")).to_be_visible()
    page.goto(f"{house.staff}/account")
    expect(page.get_by_role("button", name="Make recovery codes")).to_be_visible()
    visitor.done()
