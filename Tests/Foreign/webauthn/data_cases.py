"""What the authenticator says, in both ceremonies."""

import hashlib

from authenticator import BACKED_UP, EXTENSIONS, USER_PRESENT, USER_VERIFIED
from forgery import HOST, Case, flip, instead


def data_cases():
    ed = EXTENSIONS
    for name, fault, steps in [
        (
            "relying party of another site",
            "relyingParty",
            {"rp_hash": lambda _: hashlib.sha256(b"a.test").digest()},
        ),
        (
            "relying party of the parent domain",
            "relyingParty",
            {"rp_hash": lambda _: hashlib.sha256(b"example.com").digest()},
        ),
        ("relying party with a bit flipped", "relyingParty", {"rp_hash": flip(31, 7)}),
        ("relying party not hashed", "relyingParty", {"rp_hash": lambda _: HOST.encode().ljust(32, b"\0")}),
        ("nobody present", "userPresence", {"flags": lambda f: f & ~USER_PRESENT}),
        ("nobody verified", "userVerification", {"flags": lambda f: f & ~USER_VERIFIED}),
        (
            "nobody present, nobody verified",
            "userPresence",
            {"flags": lambda f: f & ~USER_PRESENT & ~USER_VERIFIED},
        ),
        ("backed up without being able to be", "backup", {"flags": lambda f: f | BACKED_UP}),
        ("extensions announced, none there", "authenticatorData", {"flags": lambda f: f | ed}),
        ("extensions not announced", "authenticatorData", {"extensions": instead(b"\xa0")}),
        (
            "extensions not a map",
            "authenticatorData",
            {"flags": lambda f: f | ed, "extensions": instead(b"\x80")},
        ),
        (
            "extensions with numbers for names",
            "authenticatorData",
            {"flags": lambda f: f | ed, "extensions": instead(b"\xa1\x01\x02")},
        ),
        (
            "extensions given twice",
            "authenticatorData",
            {"flags": lambda f: f | ed, "extensions": instead(b"\xa2\x61a\x01\x61a\x01")},
        ),
        (
            "extensions out of order",
            "authenticatorData",
            {"flags": lambda f: f | ed, "extensions": instead(b"\xa2\x61b\x01\x61a\x01")},
        ),
        (
            "extensions of unknown length",
            "authenticatorData",
            {"flags": lambda f: f | ed, "extensions": instead(b"\xbf\xff")},
        ),
        (
            "extensions cut short",
            "authenticatorData",
            {"flags": lambda f: f | ed, "extensions": instead(b"\xa1\x61a")},
        ),
        (
            "extensions with a float",
            "authenticatorData",
            {"flags": lambda f: f | ed, "extensions": instead(b"\xa1\x61a\xf9\x00\x00")},
        ),
        (
            "extensions that claim 2^64 members",
            "authenticatorData",
            {"flags": lambda f: f | ed, "extensions": instead(b"\xbb" + b"\xff" * 8)},
        ),
        ("a byte too many", "authenticatorData", {"data": lambda d: d + b"\0"}),
        ("empty", "authenticatorData", {"data": instead(b"")}),
        ("only the relying party", "authenticatorData", {"data": lambda d: d[:32]}),
        ("without the counter", "authenticatorData", {"data": lambda d: d[:33]}),
        ("counter cut short", "authenticatorData", {"data": lambda d: d[:36]}),
    ]:
        yield Case(f"authenticator data: {name}", fault, steps)
