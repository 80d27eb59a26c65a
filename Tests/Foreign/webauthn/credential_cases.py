"""The JSON around it all, in both ceremonies."""

import os

from authenticator import url
from forgery import Case, instead, put, without


def credential_cases():
    for name, fault, change in [
        ("type of another kind", "credentialType", put(type="password")),
        ("type missing", "credentialType", without("type")),
        ("id of another credential", "credentialID", lambda c: put(id=url(os.urandom(32)))(c)),
        ("rawId of another credential", "credentialID", lambda c: put(rawId=url(os.urandom(32)))(c)),
        ("id missing", "credentialID", without("id")),
        ("rawId missing", "credentialID", without("rawId")),
        ("id padded", "credentialID", lambda c: put(id=c["id"] + "=", rawId=c["id"] + "=")(c)),
        ("id empty", "credentialID", put(id="", rawId="")),
        ("id of 1,024 bytes", "credentialID", put(id=url(b"a" * 1024), rawId=url(b"a" * 1024))),
        ("id not a text", "credentialID", put(id=[1], rawId=[1])),
        ("response missing", "json", without("response")),
        ("response not an object", "json", put(response="{}")),
        ("extension results not an object", "json", put(clientExtensionResults=[])),
    ]:
        yield Case(f"credential: {name}", fault, {"credential": change})
    for name, change in [
        ("clientDataJSON missing", without("clientDataJSON")),
        ("clientDataJSON padded", lambda r: put(clientDataJSON=r["clientDataJSON"] + "=")(r)),
        ("clientDataJSON as it is", put(clientDataJSON="{}")),
        ("clientDataJSON as numbers", put(clientDataJSON=[123, 125])),
        ("answers to both ceremonies", put(attestationObject="oA", signature="oA")),
        ("answers to neither", lambda r: without("attestationObject")(without("signature")(r))),
    ]:
        yield Case(f"response: {name}", "json", {"response": change})
    for name, change in [
        ("id given twice", lambda t: t[:-1] + ', "id": "AAAA"}'),
        ("response given twice", lambda t: t[:-1] + ', "response": {}}'),
        ("cut short", lambda t: t[:-1]),
        ("something behind it", lambda t: t + "x"),
        ("a list around it", lambda t: f"[{t}]"),
        ("empty", instead("")),
        ("null", instead("null")),
        ("longer than 16 KiB", lambda t: t[:-1] + " " * 16384 + "}"),
        ("nested deep", lambda t: t[:-1] + ', "x": ' + "[" * 999 + "]" * 999 + "}"),
    ]:
        yield Case(f"JSON: {name}", "json", {"text": change})
