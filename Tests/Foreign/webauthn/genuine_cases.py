"""What may be otherwise and is genuine all the same."""

import json
import os

from authenticator import BACKED_UP, BACKUP_ELIGIBLE, EXTENSIONS, url
from fido2 import cbor
from forgery import Case, instead, put, text, without


def genuine_cases(ceremony):
    yield Case("as it comes", None, forged=False)
    for name, steps in [
        ("a byte order mark", {"client_json": lambda j: b"\xef\xbb\xbf" + j}),
        ("spaces and lines", {"client_json": lambda j: json.dumps(json.loads(j), indent=2).encode()}),
        ("escaped characters", {"client_json": text(b"book.example", b"\\u0062ook\\u002Eexample")}),
        (
            "members nobody knows",
            {"client": put(extra={"a": [1, -2.5e3, None, True]}, name="Žydrė \U0001f511")},
        ),
        ("no crossOrigin", {"client": without("crossOrigin")}),
        ("extension results", {"credential": put(clientExtensionResults={"credProps": {"rk": True}})}),
        (
            "nothing that need not be",
            {
                "credential": lambda c: without("authenticatorAttachment")(
                    without("clientExtensionResults")(c)
                )
            },
        ),
        ("attachment null", {"credential": put(authenticatorAttachment=None, more=[])}),
        (
            "extensions",
            {
                "flags": lambda f: f | EXTENSIONS,
                "extensions": instead(cbor.encode({"credProtect": 2, "x": {"a": [True, b"b", -1]}})),
            },
        ),
        ("bits without a meaning yet", {"flags": lambda f: f | 0x22}),
        ("able to be backed up", {"flags": lambda f: f | BACKUP_ELIGIBLE}),
        ("backed up", {"flags": lambda f: f | BACKUP_ELIGIBLE | BACKED_UP}),
        ("a high counter", {"count": instead(2**32 - 1)}),
    ]:
        stored = {"isSyncable": True} if "backed up" in name else {}
        yield Case(name, None, steps, stored=stored, forged=False)
    if ceremony == "create":
        certificate = {"alg": -7, "sig": os.urandom(70), "x5c": [os.urandom(900), os.urandom(700)]}
        yield Case(
            "format packed", None, {"attestation": put(fmt="packed", attStmt=certificate)}, forged=False
        )
        yield Case(
            "a format of the future", None, {"attestation": put(fmt="a-new_one.1", attStmt={})}, forged=False
        )
        compound = [{"fmt": "packed", "attStmt": certificate}, {"fmt": "none", "attStmt": {}}]
        yield Case(
            "format compound", None, {"attestation": put(fmt="compound", attStmt=compound)}, forged=False
        )
        yield Case("an id of 16 bytes", None, {"identifier": lambda i: i[:16]}, forged=False)
        yield Case("an id of 1,023 bytes", None, {"identifier": lambda _: os.urandom(1023)}, forged=False)
        yield Case("a make", None, {"aaguid": lambda _: os.urandom(16)}, forged=False)
        transports = {"response": put(transports=["usb", "smoke", "nfc", "usb"])}
        yield Case("transports", None, transports, forged=False)
        yield Case("no transports", None, {"response": without("transports")}, forged=False)
        yield Case(
            "a modulus of 3,072 bits",
            None,
            before=lambda key: setattr(key, "bits", 3072),
            only=("RS256",),
            forged=False,
        )
        yield Case(
            "a modulus of 4,096 bits",
            None,
            before=lambda key: setattr(key, "bits", 4096),
            only=("RS256",),
            forged=False,
        )
    else:
        yield Case("no user handle", None, {"response": without("userHandle")}, forged=False)
        yield Case("user handle null", None, {"response": put(userHandle=None)}, forged=False)
        yield Case(
            "user handle of 64 bytes", None, {"response": put(userHandle=url(b"a" * 64))}, forged=False
        )
        yield Case(
            "a key that does not count", None, {"count": instead(0)}, stored={"signCount": 0}, forged=False
        )
        yield Case("a counter that jumps", None, {"count": instead(4000)}, forged=False)
