"""Whoever asks is who their session says, may do what their role may, and nothing a request says of itself changes that."""

import re

import pytest

FORM = re.compile(r'name="csrf" value="([^"]+)"')
# What only an owner may send, with fields that would do if they were allowed.
OWNERS = [
    ("people/{id}/invite", {}),
    ("people/{id}/recoveries/" + "0" * 32 + "/opening", {}),
    ("people/{id}/recoveries/" + "0" * 32 + "/end", {}),
    ("people/{id}/leaving", {}),
    ("people/{id}/sessions/end", {}),
    ("mail", {"host": "127.0.0.1", "port": "25", "security": "none-on-loopback", "sender": "a@example.test"}),
    ("mail/test", {}),
    ("mail/failed", {}),
]


def token(client, house) -> str:
    return FORM.search(client.get(f"{house.staff}/account").text)[1]


@pytest.mark.parametrize("path, fields", OWNERS, ids=[path for path, _ in OWNERS])
def test_a_good_form_token_is_no_permission_V14(demo, path, fields):
    """A technician's own token, and an owner's in a technician's session, do nothing that is an owner's."""
    tadas, ona = demo.sign_in("technician"), demo.sign_in("owner")
    for csrf in (token(tadas, demo), token(ona, demo)):
        sent = tadas.post_form(f"{demo.staff}/{path.format(id='ona')}", {**fields, "csrf": csrf})
        assert sent.status in (403, 404), f"{path}: {sent.status}"


def test_a_form_token_without_its_session_opens_nothing_V14(demo):
    csrf = token(demo.sign_in("owner"), demo)
    sent = demo.client().post_form(f"{demo.staff}/people/ona/invite", {"csrf": csrf})
    assert sent.status in (303, 401) and "/sign-in" in (sent.header("location") or "/sign-in")
    assert "/invite#" not in sent.text


CLAIMS = {
    "staff": "ona", "id": "ona", "user": "ona", "userID": "ona", "role": "owner", "session": "0" * 32, "person": "ona",
    "email": "ona@example.test", "business": "another", "isOwner": "true",
}  # fmt: skip


def test_nothing_a_client_says_of_itself_becomes_who_it_is_V2(demo):
    """Identity in fields, in the query, in headers and in further cookies: a technician stays a technician."""
    tadas = demo.sign_in("technician")
    csrf = token(tadas, demo)
    sent = tadas.post_form(f"{demo.staff}/people/ona/invite", {**CLAIMS, "csrf": csrf})
    assert sent.status in (403, 404)
    headers = {
        "X-User": "ona", "X-Remote-User": "ona", "X-Forwarded-User": "ona", "X-Original-URL": f"{demo.staff}/people",
        "Authorization": "Basic b25hOm9uYQ==",
    }  # fmt: skip
    query = "&".join(f"{name}={value}" for name, value in CLAIMS.items())
    shown = tadas.request("GET", f"{demo.staff}/people?{query}", headers=headers)
    assert shown.status == 403
    account = tadas.request("GET", f"{demo.staff}/account?{query}", headers=headers)
    assert account.status == 200 and demo.person("owner").email not in account.text
