"""What the browser says, in both ceremonies."""

import json
import os

from authenticator import unurl, url
from forgery import ADDRESS, Case, instead, put, text, without


def client_cases():
    for name, fault, change in [
        ("type of the other ceremony", "ceremony", lambda c: put(type=OTHER[c["type"]])(c)),
        ("type in capitals", "ceremony", lambda c: put(type=c["type"].upper())(c)),
        ("type of a payment", "ceremony", put(type="payment.get")),
        ("type missing", "clientData", without("type")),
        ("type not a text", "clientData", put(type=1)),
        ("challenge of another ceremony", "challenge", put(challenge=url(os.urandom(32)))),
        ("challenge cut short", "challenge", lambda c: put(challenge=url(unurl(c["challenge"])[:-1]))(c)),
        (
            "challenge with a byte more",
            "challenge",
            lambda c: put(challenge=url(unurl(c["challenge"]) + b"\0"))(c),
        ),
        ("challenge padded", "clientData", lambda c: put(challenge=c["challenge"] + "=")(c)),
        (
            "challenge with left-over bits",
            "clientData",
            lambda c: put(challenge=c["challenge"][:-1] + "_")(c),
        ),
        ("challenge in the other alphabet", "clientData", put(challenge="+/" * 16)),
        ("challenge empty", "clientData", put(challenge="")),
        ("challenge missing", "clientData", without("challenge")),
        ("challenge null", "clientData", put(challenge=None)),
        ("challenge not a text", "clientData", put(challenge=[1, 2, 3])),
        ("origin of another site", "origin", put(origin="https://booking.example.test")),
        ("origin of a subdomain", "origin", put(origin="https://a.book.example.com")),
        ("origin of the parent domain", "origin", put(origin="https://example.com")),
        ("origin with more behind", "origin", put(origin="https://book.example.com.example.test")),
        ("origin with a user before", "origin", put(origin="https://book.example.com@example.test")),
        ("origin in clear", "origin", put(origin="http://book.example.com")),
        ("origin with a port", "origin", put(origin="https://book.example.com:8443")),
        ("origin with the usual port", "origin", put(origin="https://book.example.com:443")),
        ("origin with a slash", "origin", put(origin="https://book.example.com/")),
        ("origin in capitals", "origin", put(origin="https://Book.example.com")),
        ("origin with a letter that looks alike", "origin", put(origin="https://b\u043e\u043ek.example.com")),
        ("origin opaque", "origin", put(origin="null")),
        ("origin of an app", "origin", put(origin="android:apk-key-hash:AAAA")),
        ("origin with a zero byte", "origin", put(origin="https://book.example.com\0")),
        ("origin missing", "clientData", without("origin")),
        ("origin not a text", "clientData", put(origin=["https://book.example.com"])),
        ("crossOrigin true", "crossOrigin", put(crossOrigin=True)),
        ("crossOrigin not a boolean", "clientData", put(crossOrigin="false")),
        ("topOrigin given", "crossOrigin", put(topOrigin="https://example.test")),
        ("topOrigin given with crossOrigin", "crossOrigin", put(crossOrigin=True, topOrigin=ADDRESS)),
    ]:
        yield Case(f"client data: {name}", fault, {"client": change})
    origin = b'"origin":"https://book.example.com"'
    for name, change in [
        ("origin given twice", text(origin, origin + b',"origin":"https://example.test"')),
        (
            "origin given twice, once escaped",
            text(origin, b'"\\u006frigin":"https://example.test",' + origin),
        ),
        ("not JSON", instead(b"type=webauthn.get")),
        ("empty", instead(b"")),
        ("cut short", lambda j: j[:-1]),
        ("something behind it", lambda j: j + b"{}"),
        ("a zero byte behind it", lambda j: j + b"\0"),
        ("two byte order marks", lambda j: b"\xef\xbb\xbf" * 2 + j),
        ("in UTF-16", lambda j: j.decode().encode("utf-16")),
        ("invalid UTF-8", lambda j: j[:-1] + b',"x":"\xff"}'),
        ("overlong UTF-8", lambda j: j[:-1] + b',"x":"\xc0\xaf"}'),
        ("half a surrogate pair", lambda j: j[:-1] + b',"x":"\\ud800"}'),
        ("a control character", lambda j: j[:-1] + b',"x":"\n"}'),
        ("a comma too many", lambda j: j[:-1] + b",}"),
        ("a comment", lambda j: j[:-1] + b"/**/}"),
        ("single quotes", lambda j: j.replace(b'"', b"'")),
        ("a list around it", lambda j: b"[" + j + b"]"),
        ("a text around it", lambda j: json.dumps(j.decode()).encode()),
        ("nested a thousand deep", lambda j: j[:-1] + b',"x":' + b"[" * 1000 + b"]" * 1000 + b"}"),
    ]:
        yield Case(f"client data: {name}", "clientData", {"client_json": change})


OTHER = {"webauthn.create": "webauthn.get", "webauthn.get": "webauthn.create"}
