"""What is forged: one lie for each case, and the small changes that make them."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "Journeys"))

ADDRESS, HOST, USER = "https://book.example.com", "book.example.com", b"ona"


@dataclass
class Case:
    """One answer.

    `steps` are the forgeries as the authenticator takes them; `before` makes those that need the
    authenticator; `stored` is what the verifier has stored otherwise; `only` are the algorithms it is for.
    """

    name: str
    fault: str | None
    steps: dict = field(default_factory=dict)
    before: object = None
    stored: dict = field(default_factory=dict)
    only: tuple = ("ES256", "EdDSA", "RS256")
    forged: bool = True


def put(**members):
    """Sets members of a dict."""
    return lambda old: {**old, **members}


def without(name):
    return lambda old: {key: value for key, value in old.items() if key != name}


def instead(value):
    return lambda _: value


def flip(position, bit=0):
    """Flips one bit of bytes, counted from the end when negative."""

    def change(old):
        new = bytearray(old)
        new[position] ^= 1 << bit
        return bytes(new)

    return change


def text(old, new):
    """Replaces in the client's JSON, which must hold it."""

    def change(whole):
        assert old in whole, old
        return whole.replace(old, new, 1)

    return change
