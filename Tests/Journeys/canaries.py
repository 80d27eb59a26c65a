"""Unique strings to hand in, and the search for them in every shape in which they could lie somewhere."""

import base64
import secrets
from pathlib import Path
from urllib.parse import quote


class Canaries:
    def __init__(self):
        # The string → what it was handed in as.
        self.planted: dict[str, str] = {}

    def _note(self, canary: str, handed_in_as: str) -> str:
        self.planted[canary] = handed_in_as
        return canary

    def word(self, handed_in_as: str) -> str:
        return self._note("zq" + secrets.token_hex(7), handed_in_as)

    def email(self, handed_in_as: str) -> str:
        return self.word(handed_in_as) + "@example.com"

    def phone(self, handed_in_as: str) -> str:
        """A Lithuanian number; what is searched for are its last nine digits."""
        digits = self._note("6" + "".join(secrets.choice("0123456789") for _ in range(8)), handed_in_as)
        return "+370 " + digits[:3] + " " + digits[3:]

    def given(self, text: str, handed_in_as: str) -> str:
        """Something that the server made and that must not lie about either."""
        return self._note(text, handed_in_as)


def shapes(text: str) -> dict[str, bytes]:
    """The text as it could have been written down."""
    plain = text.encode()
    found = {
        "UTF-8": plain,
        "UTF-16 LE": text.encode("utf-16-le"),
        "UTF-16 BE": text.encode("utf-16-be"),
        "hexadecimal": plain.hex().encode(),
        "percent-encoded": "".join(f"%{byte:02x}" for byte in plain).encode(),
        "quoted for a URL": quote(text, safe="").lower().encode(),
        "backwards": plain[::-1],
    }
    for shift in range(3):
        # What the neighbours could have changed is cut off at both ends.
        coded = base64.b64encode(b"\0" * shift + plain)
        inner = coded[(shift * 8 + 5) // 6 : -4]
        found[f"base64 at {shift}"] = inner
        found[f"base64url at {shift}"] = inner.translate(bytes.maketrans(b"+/", b"-_"))
    return found


def found_in(content: bytes, canaries: dict[str, str]) -> list[str]:
    """What of the canaries is in the content, whatever the case of its letters."""
    lowered = content.lower()
    findings = []
    for canary, handed_in_as in canaries.items():
        for shape, sought in shapes(canary).items():
            if sought in (content if shape.startswith("base64") else lowered) or sought.lower() in lowered:
                findings.append(f"{handed_in_as} as {shape}")
                break
    return findings


def found_under(folder: Path, canaries: dict[str, str]) -> dict[str, list[str]]:
    """The same for every file under a folder, by its path."""
    findings = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (found := found_in(path.name.encode() + b"\n" + path.read_bytes(), canaries)):
            findings[str(path.relative_to(folder))] = found
    return findings
