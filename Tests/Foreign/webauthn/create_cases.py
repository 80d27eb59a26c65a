"""What comes with a new credential only."""

import os

from authenticator import ATTESTED, url
from forgery import Case, instead, put, without


def create_cases():
    for name, fault, steps in [
        ("flag for the credential cleared", "authenticatorData", {"flags": lambda f: f & ~ATTESTED}),
        ("no credential in it", "authenticatorData", {"data": lambda d: d[:37]}),
        (
            "no credential, and none announced",
            "authenticatorData",
            {"flags": lambda f: f & ~ATTESTED, "data": lambda d: d[:37]},
        ),
        ("cut short in the make", "authenticatorData", {"data": lambda d: d[:50]}),
        ("length of the id zero", "publicKey", {"length": instead(0)}),
        ("length of the id one less", "publicKey", {"length": lambda n: n - 1}),
        ("length of the id one more", "publicKey", {"length": lambda n: n + 1}),
        ("length of the id behind the end", "authenticatorData", {"length": instead(65535)}),
        ("id of 15 bytes", "credentialID", {"identifier": lambda i: i[:15]}),
        ("id of 1,024 bytes", "credentialID", {"identifier": lambda _: os.urandom(1024)}),
        ("id empty", "credentialID", {"identifier": instead(b"")}),
        ("key missing", "publicKey", {"cose_bytes": instead(b"")}),
        ("key cut short", "publicKey", {"data": lambda d: d[:-1]}),
    ]:
        yield Case(f"authenticator data: {name}", fault, steps)

    def swapped(credential):
        other = url(os.urandom(32))
        return {**credential, "id": other, "rawId": other}

    yield Case("credential: another id than the attested one", "credentialID", {"credential": swapped})
    yield Case("response: transports not a list", "json", {"response": put(transports="usb")})
    yield Case("response: transports not texts", "json", {"response": put(transports=[1])})
    yield Case("response: attestationObject as numbers", "json", {"response": put(attestationObject=[1])})
    yield Case(
        "response: attestationObject padded",
        "json",
        {"response": lambda r: put(attestationObject=r["attestationObject"] + "=")(r)},
    )

    for name, change in [
        ("format missing", without("fmt")),
        ("format not a text", put(fmt=b"none")),
        ("format empty", put(fmt="")),
        ("format of 33 characters", put(fmt="a" * 33)),
        ("format with a space", put(fmt="no ne")),
        ("format in another script", put(fmt="n\u043ene")),
        ("statement missing", without("attStmt")),
        ("statement in the format none", put(attStmt={"sig": b"\0"})),
        ("statement a number", put(fmt="packed", attStmt=1)),
        ("statement a list in the format packed", put(fmt="packed", attStmt=[])),
        ("authData missing", without("authData")),
        ("authData a text", put(authData="data")),
        ("a member too many", put(x=1)),
    ]:
        yield Case(f"attestation: {name}", "attestation", {"attestation": change})
    for name, change in [
        ("empty", instead(b"")),
        ("a byte behind it", lambda a: a + b"\0"),
        ("cut short", lambda a: a[:-1]),
        ("of unknown length", lambda a: b"\xbf" + a[1:] + b"\xff"),
        ("length not in the shortest form", lambda a: b"\xb8\x03" + a[1:]),
        ("length that claims more", lambda a: b"\xa4" + a[1:]),
        ("length that claims 2^64", lambda a: b"\xbb" + b"\xff" * 8 + a[1:]),
        ("members out of order", lambda a: b"\xa3" + a[10:20] + a[1:10] + a[20:]),
        ("format given twice", lambda a: b"\xa4" + a[1:10] + a[1:]),
        ("a tag before it", lambda a: b"\xd9\xd9\xf7" + a),
        ("a float in the statement", lambda a: statement(a, b"\xfa\x00\x00\x00\x00")),
        ("undefined in the statement", lambda a: statement(a, b"\xf7")),
        ("an unknown simple value in the statement", lambda a: statement(a, b"\xe0")),
        ("a simple value in two bytes in the statement", lambda a: statement(a, b"\xf8\x14")),
        ("invalid UTF-8 in the statement", lambda a: statement(a, b"\x61\xff")),
        ("a text in pieces in the statement", lambda a: statement(a, b"\x7f\x61a\xff")),
        ("a number not in the shortest form in the statement", lambda a: statement(a, b"\x18\x01")),
        ("a reserved length in the statement", lambda a: statement(a, b"\x1c")),
        ("a statement nested a thousand deep", lambda a: statement(a, b"\x81" * 1000 + b"\x00")),
        ("JSON in place of CBOR", instead(b"{}")),
    ]:
        yield Case(f"attestation: {name}", "attestation", {"attestation_bytes": change})


def statement(attestation, value):
    """The format packed, and a statement of one member."""
    none = b"\x63fmt\x64none\x67attStmt\xa0"
    assert none in attestation
    return attestation.replace(none, b"\x63fmt\x66packed\x67attStmt\xa1\x61x" + value)
