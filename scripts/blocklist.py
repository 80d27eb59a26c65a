"""Makes Sources/People/Blocklist/passwords.blocklist from public lists; docs/formats/blocklist.md describes both.

    python3 -m pip download --no-deps --only-binary :all: --dest LISTS django==5.2.19 zxcvbn==4.5.0
    (cd LISTS && apt-get download john-data cracklib-runtime wamerican)
    scripts/blocklist.py LISTS           makes the file anew
    scripts/blocklist.py LISTS --check   says whether it is what the lists make
"""

import ast
import glob
import gzip
import hashlib
import io
import sys
import tarfile
import unicodedata
import zipfile
from pathlib import Path

OUTPUT = Path(__file__).resolve().parents[1] / "Sources/People/Blocklist/passwords.blocklist"
MAGIC = b"CLKBLK01"
KEPT = 5  # bytes of each SHA-256
SHORTEST_PIECE = 5
SHORTEST_WHOLE = 12
LONGEST = 128
# The digits and signs that stand for letters; PasswordFold.swift has the same.
SWAPS = str.maketrans({"@": "a", "$": "s", "0": "o", "3": "e", "!": "i", "|": "l"})

PHRASES = [
    "correct horse battery staple",
    "the quick brown fox",
    "the quick brown fox jumps over the lazy dog",
    "to be or not to be",
    "let me in please",
    "i love you so much",
    "i love you forever",
    "i do not know",
    "i forgot my password",
    "this is my password",
    "my password is secret",
    "my secret password",
    "my new password",
    "change me please",
    "open sesame please",
    "may the force be with you",
    "live long and prosper",
    "in god we trust",
    "hakuna matata",
    "lorem ipsum dolor sit amet",
    "hello my name is",
    "welcome to the jungle",
    "never gonna give you up",
]
KEYBOARD = [
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "!qaz@wsx#edc$rfv%tgb^yhn&ujm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "zaq12wsxcde34rfvbgt56yhn",
    "1q2w3e4r5tasdfghjkl",
    "zxcvbnmasdfghjklqwertyuiop",
    "`1234567890-=qwertyuiop",
    "!@#$%^&*()_+",
    "1!2@3#4$5%6^7&8*9(0)",
    "asdfghjkl;'zxcvbnm,./",
    "147258369147258369",
    "abcdefghijklmnopqrstuvwxyz",
    "abcdefghijklmnopqrstuvwxyz1234567890",
    "abcd1234efgh5678",
    "a1b2c3d4e5f6g7h8i9j0",
    "aabbccddeeffgghhiijj",
    "112233445566778899",
    "11223344556677889900",
    "111222333444555666777888999000",
    "102030405060708090",
    "3141592653589793238462643383279",
]


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().translate(SWAPS)


def wheel(folder: Path, package: str, name: str) -> bytes:
    with zipfile.ZipFile(only(folder, f"{package}-*.whl")) as file:
        return file.read(name)


def debian(folder: Path, package: str, name: str) -> bytes:
    """One file of a .deb: an ar archive whose member data.tar.* holds it."""
    blob, at = only(folder, f"{package}_*.deb").read_bytes(), 8
    while at < len(blob):
        member, size = blob[at : at + 16].decode().strip(" /"), int(blob[at + 48 : at + 58])
        if member.startswith("data.tar"):
            with tarfile.open(fileobj=io.BytesIO(blob[at + 60 : at + 60 + size])) as data:
                return data.extractfile("./" + name).read()
        at += 60 + size + size % 2
    raise SystemExit(f"{package}: no data")


def only(folder: Path, pattern: str) -> Path:
    found = glob.glob(str(folder / pattern))
    if len(found) != 1:
        raise SystemExit(f"{folder} must hold {pattern} once; the top of this script says how to get it")
    return Path(found[0])


def lines(text: bytes) -> list[str]:
    return [line for line in text.decode("utf-8").splitlines() if line and not line.startswith("#!comment:")]


def zxcvbn(folder: Path) -> dict[str, list[str]]:
    """Its lists by name; they stand in a program, which is read and not run."""
    text = wheel(folder, "zxcvbn", "zxcvbn/frequency_lists.py").decode("utf-8")
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign) and statement.targets[0].id == "FREQUENCY_LISTS":
            lists = zip(statement.value.keys, statement.value.values)
            return {key.value: call.func.value.value.split(",") for key, call in lists}
    raise SystemExit("zxcvbn: its lists have another shape")


def cycle(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def derived(ranked: list[str]):
    """What guessing programs make of the most common: again and again, two together, rows of keys and digits."""
    for code in range(0x20, 0x7F):
        yield from (chr(code) * length for length in range(SHORTEST_WHOLE, 25))
    for piece in ranked[:3000]:
        if 2 <= len(piece) <= 12:
            yield from (piece * times for times in range(2, 13) if len(piece) * times <= 24)
    top = [word for word in ranked if len(word) >= 5][:150]
    yield from (one + other for one in top for other in top if one != other)
    for row in ["1234567890", "0123456789", "9876543210", "0987654321", "123", "1234", "12345", "abc", "abcd"]:
        yield from (cycle(row, length) for length in range(SHORTEST_WHOLE, 25))
    for row in KEYBOARD:
        for text in (row, row[::-1]):
            yield from (text[:length] for length in range(SHORTEST_WHOLE, len(text) + 1))
    for phrase in PHRASES:
        yield from (phrase.replace(" ", between) for between in ("", " ", "-", "_", "."))


def interleaved(lists: list[list[str]]) -> list[str]:
    """The most common of each list first, folded."""
    longest = max(map(len, lists))
    ranked = [one[rank] for rank in range(longest) for one in lists if rank < len(one)]
    return list(dict.fromkeys(map(fold, ranked)))


def entries(folder: Path) -> set[str]:
    frequent = zxcvbn(folder)
    passwords = [
        lines(gzip.decompress(wheel(folder, "django", "django/contrib/auth/common-passwords.txt.gz"))),
        frequent.pop("passwords"),
        lines(debian(folder, "john-data", "usr/share/john/password.lst")),
    ]
    ranked = interleaved(passwords)
    words = [word for group in frequent.values() for word in group]
    words += lines(debian(folder, "cracklib-runtime", "usr/share/dict/cracklib-small"))
    words += lines(debian(folder, "wamerican", "usr/share/dict/american-english"))
    pieces = {word for word in ranked if SHORTEST_PIECE <= len(word) <= LONGEST}
    wholes = {fold(word) for word in [*words, *derived(ranked)]}
    print(f"{len(pieces):,} common passwords, {len(words):,} words, of which with what is made of them", end=" ")
    # Nobody signs in with a genitive.
    wholes = {word for word in wholes if SHORTEST_WHOLE <= len(word) <= LONGEST and not word.endswith("'s")}
    print(f"{len(wholes):,} are long enough")
    return pieces | wholes


def blocklist(folder: Path) -> bytes:
    digests = sorted({hashlib.sha256(entry.encode()).digest()[:KEPT] for entry in entries(folder)})
    return MAGIC + len(digests).to_bytes(4, "big") + b"".join(digests)


def main(arguments: list[str]):
    if not arguments or arguments[1:] not in ([], ["--check"]):
        raise SystemExit(__doc__)
    made = blocklist(Path(arguments[0]))
    if arguments[1:]:
        if OUTPUT.read_bytes() != made:
            raise SystemExit(f"{OUTPUT.name} is not what these lists make")
        print(f"{OUTPUT.name} is what these lists make")
        return
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_bytes(made)
    print(f"{OUTPUT.name}: {(len(made) - 12) // KEPT:,} entries, {len(made):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
