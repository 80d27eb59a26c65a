"""The public key of a new credential."""

import os

from fido2 import cbor
from forgery import Case, flip, instead, without


def key_cases():
    es, ed, rs = ("ES256",), ("EdDSA",), ("RS256",)
    for name, change, only in [
        ("algorithm missing", without(3), es + ed + rs),
        ("algorithm ES384", lambda k: {**k, 3: -35}, es),
        ("algorithm ES256K", lambda k: {**k, 3: -47}, es),
        ("algorithm PS256", lambda k: {**k, 3: -37}, rs),
        ("algorithm RS1", lambda k: {**k, 3: -65535}, rs),
        ("algorithm of another kind of key", lambda k: {**k, 3: -8 if k[3] == -7 else -7}, es + ed + rs),
        ("algorithm by its name", lambda k: {**k, 3: "ES256"}, es),
        ("algorithm none", lambda k: {**k, 3: 0}, es + ed + rs),
        ("kind of key missing", without(1), es + ed + rs),
        ("kind of key of another algorithm", lambda k: {**k, 1: k[1] % 3 + 1}, es + ed + rs),
        ("symmetric kind of key", lambda k: {**k, 1: 4}, es + ed + rs),
        ("curve missing", without(-1), es + ed),
        ("curve P-384", lambda k: {**k, -1: 2}, es),
        ("curve Ed448", lambda k: {**k, -1: 7}, ed),
        ("a parameter too many", lambda k: {**k, 2: b"id"}, es + ed + rs),
        ("allowed operations", lambda k: {**k, 4: [2]}, es + ed + rs),
        ("the private key", lambda k: {**k, -4: os.urandom(32)}, es + ed + rs),
        ("x missing", without(-2), es + ed),
        ("x of 31 bytes", lambda k: {**k, -2: k[-2][1:]}, es + ed),
        ("x of 33 bytes", lambda k: {**k, -2: b"\0" + k[-2]}, es + ed),
        ("x zero", lambda k: {**k, -2: bytes(32)}, es + ed),
        ("y missing", without(-3), es),
        ("y compressed", lambda k: {**k, -3: bool(k[-3][-1] & 1)}, es),
        ("y of 31 bytes", lambda k: {**k, -3: k[-3][1:]}, es),
        ("a point off the curve", lambda k: {**k, -3: flip(-1)(k[-3])}, es),
        ("a coordinate not below the prime", lambda k: {**k, -2: b"\xff" * 32}, es),
        ("the point at infinity", lambda k: {**k, -2: bytes(32), -3: bytes(32)}, es),
        ("a point of order one", lambda k: {**k, -2: b"\1" + bytes(31)}, ed),
        ("a point of order two", lambda k: {**k, -2: b"\xec" + b"\xff" * 30 + b"\x7f"}, ed),
        ("a point spelled otherwise", lambda k: {**k, -2: b"\xee" + b"\xff" * 30 + b"\x7f"}, ed),
        ("modulus missing", without(-1), rs),
        ("modulus of 1,024 bits", lambda k: {**k, -1: k[-1][:127] + b"\1"}, rs),
        ("modulus of 2,047 bits", lambda k: {**k, -1: bytes([k[-1][0] >> 1 & 0x3F | 0x40]) + k[-1][1:]}, rs),
        ("modulus of 4,104 bits", lambda k: {**k, -1: b"\xff" * 512 + b"\1"}, rs),
        ("modulus with a zero before it", lambda k: {**k, -1: b"\0" + k[-1]}, rs),
        ("modulus even", lambda k: {**k, -1: k[-1][:-1] + b"\2"}, rs),
        ("modulus a number", lambda k: {**k, -1: 2**63}, rs),
        ("exponent missing", without(-2), rs),
        ("exponent 1", lambda k: {**k, -2: b"\1"}, rs),
        ("exponent 3", lambda k: {**k, -2: b"\3"}, rs),
        ("exponent with a zero before it", lambda k: {**k, -2: b"\0\1\0\1"}, rs),
    ]:
        yield Case(f"key: {name}", "publicKey", {"cose": change}, only=only)
    for name, change in [
        ("of unknown length", lambda k: b"\xbf" + k[1:] + b"\xff"),
        (
            "parameters out of order",
            lambda k: k[:1] + k[3 : 6 if k[4] == 0x39 else 5] + k[1:3] + k[6 if k[4] == 0x39 else 5 :],
        ),
        ("a parameter given twice", lambda k: bytes([k[0] + 1]) + k[1:3] + k[1:]),
        ("a number not in the shortest form", lambda k: k[:1] + b"\x18\x01" + k[2:]),
        ("a list in place of a map", instead(b"\x80")),
        ("an empty map", instead(b"\xa0")),
        ("bytes around it", lambda k: cbor.encode(k)),
    ]:
        yield Case(f"key: {name}", "publicKey", {"cose_bytes": change})
