"""Signing in, seen from outside: every subset of proofs, forged passkeys, sessions that are ended, ways back."""

import base64
import itertools
import re
import time

import pyotp
import pytest

import aging
import authenticator
from authenticator import Authenticator
from server import next_code

RECOVERY_CODE = re.compile(r"\b(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}\b")


class Member:
    """One member of staff with all that there is to sign in with."""

    def __init__(self, house, role: str):
        self.house, self.person = house, house.person(role)
        self.client = house.client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
        self.key = Authenticator()
        answer = self.sign_in(self.client, password=self.person.password, code=next_code(self.person.totp_secret))
        assert answer.status == 303, answer.text
        self.csrf = self.client.get(f"{house.staff}/account").page.form("/sign-out").fields["csrf"]
        assert self.add(self.key).header("location").endswith("said=passkey-added")

    def sign_in(self, client, **fields):
        fields = {"email": self.person.email, **fields}
        return client.post_form(f"{self.house.staff}/sign-in", fields)

    def options(self, client=None):
        return (client or self.house.client()).get(f"{self.house.staff}/sign-in/options").json

    def passkey(self, **forged) -> str:
        return self.key.get(self.options(), self.house.base, **forged)

    def add(self, key, **forged):
        options = self.client.get(f"{self.house.staff}/account/passkeys/options").json
        fields = {"csrf": self.csrf, "passkey": key.create(options, self.house.base, **forged), "label": ""}
        return self.client.post_form(f"{self.house.staff}/account/passkeys", fields)

    def signed_in_by_passkey(self):
        client = self.house.client()
        answer = client.post_form(f"{self.house.staff}/sign-in", {"passkey": self.passkey()})
        assert answer.status == 303, answer.text
        return client

    def recovery_codes(self) -> list[str]:
        page = self.client.post_form(f"{self.house.staff}/account/recovery-codes", {"csrf": self.csrf})
        codes = RECOVERY_CODE.findall(page.page.text)
        assert len(codes) == 10, page.page.text
        return codes


@pytest.fixture(scope="module")
def ona(demo):
    return Member(demo, "owner")


@pytest.fixture(autouse=True)
def forgiven(demo):
    aging.forgive(demo)


def test_every_subset_of_proofs_that_is_not_whole_is_refused_V1(ona, demo):
    """Password, code, recovery code and passkey, each absent, wrong or right: three sets of 81 let somebody in."""
    codes = iter(ona.recovery_codes())
    recovery, wrong_key = next(codes), Authenticator()
    wrong_key.cred_init("localhost", b"somebody else")
    whole = {
        ("right", "right", "absent", "absent"),
        ("right", "absent", "right", "absent"),
        ("absent", "absent", "absent", "right"),
    }
    other_code = recovery[:-1] + ("0" if recovery[-1] != "0" else "1")
    seen = set()
    for which in itertools.product(("absent", "wrong", "right"), repeat=4):
        if which in whole:
            continue
        password, code, recovery_code, passkey = which
        totp = pyotp.TOTP(ona.person.totp_secret).now()
        fields = {
            "password": {"wrong": "not-the-right-password", "right": ona.person.password}.get(password),
            "code": {"wrong": f"{(int(totp) + 123456) % 1_000_000:06}", "right": totp}.get(code),
            "recovery": {"wrong": other_code, "right": recovery}.get(recovery_code),
            "passkey": None,
        }
        if passkey != "absent":
            key = ona.key if passkey == "right" else wrong_key
            fields["passkey"] = key.get(ona.options(), demo.base)
        aging.forgive(demo)
        client = demo.client()
        answer = ona.sign_in(client, **{name: value for name, value in fields.items() if value is not None})
        assert answer.status == 401, f"{which}: {answer.status}"
        assert not client.cookies, f"{which} got a cookie"
        seen.add(answer.page.text)
    assert len(seen) == 1, "one answer for all"
    aging.forgive(demo)
    assert ona.sign_in(demo.client(), password=ona.person.password, recovery=recovery).status == 303
    assert ona.sign_in(demo.client(), password=ona.person.password, recovery=recovery).status == 401, "each once"
    ona.signed_in_by_passkey()


FORGED_USES = {
    "another challenge": {"client": lambda it: it | {"challenge": authenticator.url(b"x" * 56)}},
    "another ceremony": {"client": lambda it: it | {"type": "webauthn.create"}},
    "another origin": {"client": lambda it: it | {"origin": "https://evil.example"}},
    "another port": {"client": lambda it: it | {"origin": "http://localhost:1"}},
    "from another site's frame": {"client": lambda it: it | {"crossOrigin": True}},
    "another site's hash": {"rp_hash": lambda it: bytes(32)},
    "nobody present": {"flags": lambda it: it & ~authenticator.USER_PRESENT},
    "nobody verified": {"flags": lambda it: it & ~authenticator.USER_VERIFIED},
    "backed up but not able to": {"flags": lambda it: it | authenticator.BACKED_UP},
    "an older counter": {"count": lambda it: 0},
    "bytes behind the end": {"data": lambda it: it + b"x"},
    "cut short": {"data": lambda it: it[:36]},
    "a wrong signature": {"signature": lambda it: it[:-1] + bytes([it[-1] ^ 1])},
    "no signature": {"signature": lambda it: b""},
    "another person's handle": {"response": lambda it: it | {"userHandle": authenticator.url(b"x" * 32)}},
    "an unknown credential": {
        "credential": lambda it: it | dict.fromkeys(("id", "rawId"), authenticator.url(b"y" * 32))
    },
    "another kind": {"credential": lambda it: it | {"type": "password"}},
    "no JSON": {"text": lambda it: "{"},
    "a great deal of JSON": {"text": lambda it: it + " " * 20_000},
}


@pytest.mark.parametrize("forged", FORGED_USES, ids=list(FORGED_USES))
def test_a_forged_use_of_a_passkey_signs_nobody_in(ona, demo, forged):
    client = demo.client()
    answer = client.post_form(f"{demo.staff}/sign-in", {"passkey": ona.passkey(**FORGED_USES[forged])})
    assert answer.status == 401 and not client.cookies


def test_an_answer_counts_once_and_only_for_what_was_asked(ona, demo):
    answer = ona.passkey()
    assert demo.client().post_form(f"{demo.staff}/sign-in", {"passkey": answer}).status == 303
    assert demo.client().post_form(f"{demo.staff}/sign-in", {"passkey": answer}).status == 401, "a second time"
    asked = ona.client.get(f"{demo.staff}/proof/options").json
    other = ona.key.get(asked, demo.base)
    assert demo.client().post_form(f"{demo.staff}/sign-in", {"passkey": other}).status == 401, "a proof is no sign-in"


FORGED_KEYS = {
    "another challenge": {"client": lambda it: it | {"challenge": authenticator.url(b"x" * 56)}},
    "another ceremony": {"client": lambda it: it | {"type": "webauthn.get"}},
    "another origin": {"client": lambda it: it | {"origin": "https://evil.example"}},
    "another site's hash": {"rp_hash": lambda it: bytes(32)},
    "nobody verified": {"flags": lambda it: it & ~authenticator.USER_VERIFIED},
    "a length that lies": {"length": lambda it: it + 1},
    "no key": {"cose_bytes": lambda it: b"\xa0"},
    "no attestation object": {"attestation_bytes": lambda it: b""},
    "no JSON": {"text": lambda it: "[]"},
}


@pytest.mark.parametrize("forged", FORGED_KEYS, ids=list(FORGED_KEYS))
def test_a_forged_registration_adds_no_passkey(ona, demo, forged):
    before = len(aging.passkeys(demo))
    answer = ona.add(Authenticator("EdDSA"), **FORGED_KEYS[forged])
    assert answer.status == 422 and "could not be used" in answer.page.text
    assert len(aging.passkeys(demo)) == before


def test_whose_passkey_it_will_be_comes_from_the_session_and_the_known_ones_are_left_out_V17(ona, demo):
    options = ona.client.get(f"{demo.staff}/account/passkeys/options?staff=tadas&user=tadas").json
    assert options["user"]["name"] == ona.person.email
    assert [known["id"] for known in options["excludeCredentials"]] == [authenticator.url(ona.key.credential_id)]
    assert demo.client().get(f"{demo.staff}/account/passkeys/options").status == 401


def test_a_session_that_is_ended_elsewhere_is_refused_at_once(ona, demo):
    others = [ona.signed_in_by_passkey() for _ in range(3)]
    assert all(other.get(f"{demo.api}/day?day=2026-12-01").status == 200 for other in others)
    ona.client.post_form(f"{demo.staff}/account/sessions/end-others", {"csrf": ona.csrf})
    answers = [other.get(f"{demo.api}/day?day=2026-12-01").status for other in others]
    assert answers == [401, 401, 401]
    assert ona.client.get(f"{demo.staff}/account").status == 200, "the own one goes on"


def test_a_forgotten_browser_is_signed_out(ona, demo):
    other = ona.signed_in_by_passkey()
    page = other.get(f"{demo.staff}/account")
    devices = page.text.partition("Browsers we know as yours")[2]
    own = re.search(r'this one</span>.*?action="([^"]+/forgetting)"', devices, re.DOTALL)[1]
    other.post_form(own, page.page.form("/forgetting").fields)
    assert other.get(f"{demo.api}/day?day=2026-12-01").status == 401


def test_a_locked_session_answers_401_and_keeps_what_was_sent(ona, demo):
    client = ona.signed_in_by_passkey()
    csrf = client.get(f"{demo.staff}/customers").page.form("/lock").fields["csrf"]
    client.post_form(f"{demo.staff}/lock", {"csrf": csrf})
    api = client.get(f"{demo.api}/day?day=2026-12-01")
    assert (api.status, api.json["code"]) == (401, "locked")
    page = client.post_form(f"{demo.staff}/customers", {"csrf": csrf, "query": "Rasa", "password": "mellow-old-tram"})
    assert page.status == 401 and "mellow-old-tram" not in page.text
    form = page.page.form("/unlock")
    assert form.fields["kept-field-query"] == "Rasa" and "kept-field-password" not in form.fields
    old = dict(client.cookies)
    passkey = ona.key.get(client.get(f"{demo.staff}/proof/options").json, demo.base)
    again = client.submit(page, "/unlock", passkey=passkey)
    assert again.status == 200 and again.page.form("/customers").fields["query"] == "Rasa"
    assert client.cookies["cloakroom"] != old["cloakroom"], "a new token for the proof"
    assert client.get(f"{demo.api}/day?day=2026-12-01").status == 200
    client.cookies = old
    assert client.get(f"{demo.api}/day?day=2026-12-01").status == 401, "the old one opens nothing"


def test_a_form_without_its_sessions_token_is_not_kept(ona, demo):
    client = ona.signed_in_by_passkey()
    csrf = client.get(f"{demo.staff}/customers").page.form("/lock").fields["csrf"]
    client.post_form(f"{demo.staff}/lock", {"csrf": csrf})
    answer = client.post_form(f"{demo.staff}/customers", {"csrf": "x" * 22, "query": "Rasa"})
    assert answer.status == 403 and "kept-field" not in answer.text


def test_what_matters_is_refused_to_a_proof_of_six_minutes_ago(ona, demo):
    client = ona.signed_in_by_passkey()
    csrf = client.get(f"{demo.staff}/customers").page.form("/lock").fields["csrf"]
    assert client.get(f"{demo.staff}/account/passkeys/options").status == 200
    aging.proof(demo, minutes=6)
    options = client.get(f"{demo.staff}/account/passkeys/options")
    assert (options.status, options.json["code"]) == (403, "step_up_required")
    for path in ("/account/recovery-codes", "/mail", "/mail/test", "/account/passkeys"):
        answer = client.post_form(demo.staff + path, {"csrf": csrf})
        assert answer.status == 403 and answer.page.form("/confirm"), path
    passkey = ona.key.get(client.get(f"{demo.staff}/proof/options").json, demo.base)
    client.post_form(f"{demo.staff}/confirm", {"csrf": csrf, "passkey": passkey})
    assert client.get(f"{demo.staff}/account/passkeys/options").status == 200


def test_a_password_in_the_header_of_a_request_opens_nothing_V33(ona, demo):
    pair = base64.b64encode(f"{ona.person.email}:{ona.person.password}".encode()).decode()
    for path in (f"{demo.staff}/day", f"{demo.api}/day?day=2026-12-01", f"{demo.staff}/account"):
        answer = demo.client(headers={"Authorization": f"Basic {pair}"}).get(path, follow=False)
        assert answer.status in (303, 401) and answer.header("www-authenticate") is None


HOSTILE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/staff/{b}/../../evil",
    "/staff/{b}//evil",
    "/staff/{b}/day\r\nSet-Cookie: x=y",
    "/staff/other-house/day",
    "/book/{b}",
    "/staff/{b}/%2e%2e/",
    "javascript:alert(1)",
    "/staff/{b}/sign-out",
    "/staff/{b}/day#x",
    "/staff/{b}/" + "a" * 600,
]


@pytest.mark.parametrize("next_page", HOSTILE)
def test_signing_in_never_leads_elsewhere(ona, demo, next_page):
    fields = {"passkey": ona.passkey(), "next": next_page.replace("{b}", demo.business)}
    answer = demo.client().post_form(f"{demo.staff}/sign-in", fields)
    assert (answer.status, answer.header("location")) == (303, demo.staff)


def test_signing_in_leads_back_to_where_one_was(ona, demo):
    asked = f"{demo.staff}/day?day=2026-12-01&staff=tadas"
    page = demo.client().get(asked)
    assert "/sign-in?next=" in page.url
    fields = page.page.form("/sign-in").filled(passkey=ona.passkey())
    answer = demo.client().post_form(f"{demo.staff}/sign-in", fields)
    assert answer.header("location") == asked


def test_known_and_unknown_addresses_get_the_same_answer_and_the_typed_address_stays(ona, demo):
    answers = []
    for email in (ona.person.email, "nobody@example.test"):
        aging.forgive(demo)
        answer = demo.client().post_form(f"{demo.staff}/sign-in", {"email": email, "password": "x", "code": "1"})
        assert answer.page.form("/sign-in").fields["email"] == email
        answers.append((answer.status, answer.text.replace(email, "")))
    assert answers[0] == answers[1]


def test_somebody_who_has_to_wait_is_told_how_long_and_a_passkey_gets_in_meanwhile(ona, demo):
    client = demo.client()
    for _ in range(8):
        answer = ona.sign_in(client, password="wrong", code="123456")
    assert answer.status == 429 and int(answer.header("retry-after")) >= 1
    assert re.search(r"Please wait \d+ (second|minute)s?", answer.page.text), answer.page.text
    assert "A passkey lets you in at once" in answer.page.text
    assert client.post_form(f"{demo.staff}/sign-in", {"passkey": ona.passkey()}).status == 303


def test_the_password_stays_out_of_every_page_and_answer(ona, demo):
    for seen in ona.client.seen:
        assert ona.person.password not in seen.text
