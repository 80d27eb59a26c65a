"""The walls between the rooms, and other rules about the text of the project that no compiler checks.

scripts/walls.py               prints each finding as file:line: reason; exit code 1 when there is one
scripts/walls.py --self-test   plants one violation of every rule and makes sure that it is found
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

# Which modules each room may import: what is not named may not be, and a room without a row may not exist.
PLAIN = {"FoundationEssentials", "Glibc", "Synchronization"}
FULL = PLAIN | {"Foundation", "Dispatch"}
MAY_IMPORT = {
    "Primitives": PLAIN,
    "Vault": FULL | {"Primitives", "Crypto", "CryptoExtras", "CSodium"},
    "Audit": PLAIN | {"Primitives", "Vault"},
    "People": PLAIN | {"Foundation", "Primitives", "Vault", "Booking"},
    "Booking": PLAIN | {"Primitives"},
    "Privacy": PLAIN | {"Primitives"},
    "Messages": PLAIN | {"Primitives", "Booking"},
    "BusinessFile": PLAIN | {"Primitives", "Booking", "Yams"},
    "Outgoing": FULL | {"Primitives", "CCurl"},
    "Storage": FULL | {"Primitives", "Vault", "Audit", "Booking", "People", "Privacy"},
    "StorageSQLite": FULL | {"Primitives", "Storage", "Audit", "Privacy", "GRDB"},
    "StoragePostgres": FULL | {"Primitives", "Storage", "Audit", "Privacy", "CPostgres"},
    "Desk": FULL
    | {"Primitives", "Vault", "Audit", "People", "Booking", "Privacy", "Messages", "Outgoing", "Storage"},
    "Web": FULL
    | {
        "Primitives",
        "People",
        "Booking",
        "Desk",
        "Hummingbird",
        "HTTPTypes",
        "NIOCore",
        "NIOPosix",
        "Logging",
    },
    "cloakroom": FULL
    | {
        "Primitives",
        "Vault",
        "Audit",
        "People",
        "Booking",
        "BusinessFile",
        "Outgoing",
        "Storage",
        "StorageSQLite",
        "StoragePostgres",
        "Desk",
        "Web",
    }
    | {"ArgumentParser", "Hummingbird", "Logging", "NIOCore", "ServiceLifecycle", "UnixSignals"},
}
C_LIBRARIES = {"CCurl", "CPostgres", "CSodium"}

IMPORT = re.compile(
    r"^\s*(?:@[\w()]+\s+)*(?:(?:package|internal|private|fileprivate|public)\s+)?import\s+"
    r"(?:(?:typealias|struct|class|enum|protocol|let|var|func)\s+)?(\w+)"
)

# Rules about single lines: (where, what must not be there, why). `where` is matched against the path.
LINES = [
    (
        r"^Sources/.*\.swift$",
        r"^\s*(public|open)\s",
        "nothing is public: rooms speak to each other by `package`",
    ),
    (
        r"^Sources/(?!cloakroom/).*\.swift$",
        r"(^|[^\w.])(print|debugPrint|dump)\(",
        "only the executable prints",
    ),
    (
        r"^Sources/.*\.swift$",
        r"\btry!|\bas!|nonisolated\(unsafe\)|\bfatalError\(",
        "no way out of the type system",
    ),
    (
        r"^Sources/(?!Storage/(SQL\.swift|Whole/)).*\.swift$",
        r"\bSQL\(unchecked:",
        "values are bound, and columns and orders stand in the text (V12)",
    ),
    (r"^Sources/.*\.swift$", r"publicStatementArguments", "would print customers' data into logs"),
    (r"^Sources/Web/Templates/(?!layout\.)", r"\{\{\{|\{\{&", "unescaped text belongs to the layout alone"),
    (r"^Sources/Web/Templates/", r"<[^>]*\sstyle\s*=|<style\b", "styles live in Assets (strict CSP)"),
    (r"^Sources/Web/Templates/", r"<[^>]*\son[a-z]+\s*=", "scripts live in Assets (strict CSP)"),
    (r"^Sources/Web/Templates/", r"<script\b(?![^>]*\ssrc=)", "scripts live in Assets (strict CSP)"),
    (
        r"^Sources/Web/Templates/",
        r"(src|href|action)=[\"']?(https?:)?//",
        "no page reaches for a third party",
    ),
    (
        r"^Sources/Web/Assets/",
        r"url\(\s*[\"']?(https?:)?//|@import\s+.*https?:",
        "no page reaches for a third party",
    ),
    (r"^Sources/Web/Assets/.*\.js$", r"innerHTML|outerHTML|document\.write|\beval\(", "text is set as text"),
    (r"", r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b", "say it in an issue, or do it"),
    (r"", r"(^|[\s\"'(=:])/(work|root|opt|home)/\w", "a path of one machine"),
]
NAMES = re.compile(r"(Utils?|Common|Helpers?|Manager)(\.swift$|/)")
REASON_NEEDED = re.compile(r"@unchecked Sendable")
TEXT = {".swift", ".mustache", ".css", ".js", ".sql", ".py", ".lua", ".md", ".yaml", ".json", ".c", ".h", ""}


def findings(root: Path, files: list[str]):
    for name in sorted(files):
        path = root / name
        if path.suffix not in TEXT or not path.is_file():
            continue
        parts = Path(name).parts
        room = parts[1] if len(parts) > 2 and parts[0] == "Sources" else None
        if room and room not in C_LIBRARIES and room not in MAY_IMPORT:
            yield name, 1, f"room {room} has no row in scripts/walls.py"
            continue
        if room and NAMES.search(name):
            yield name, 1, "a name that says nothing about what is inside"
        rules = [(re.compile(what), why) for where, what, why in LINES if re.search(where, name)]
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            imported = IMPORT.match(line) if path.suffix == ".swift" and room in MAY_IMPORT else None
            if imported and imported[1] not in MAY_IMPORT[room]:
                yield name, number, f"{room} may not import {imported[1]}"
            if (
                room
                and REASON_NEEDED.search(line)
                and "//" not in line + (lines[number - 2] if number > 1 else "")
            ):
                yield name, number, "an escape hatch without a reason beside it"
            for what, why in rules:
                if what.search(line):
                    yield name, number, why


def project_files(root: Path) -> list[str]:
    """What is tracked or would be: nothing that .gitignore names."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    return listed.stdout.splitlines()


def self_test():
    planted = {
        "Sources/Web/Peek.swift": ["import Vault", "package import Storage", "import struct GRDB.Row"],
        "Sources/Booking/Clock.swift": ["import Foundation"],
        "Sources/Desk/Sneak.swift": ["internal import CSodium", "@preconcurrency import Hummingbird"],
        "Sources/Cellar/Room.swift": ["import Primitives"],
        "Sources/Desk/BookingManager.swift": ["/// What manages nothing."],
        "Sources/Desk/Open.swift": [
            "public struct Open {}",
            'print("x")',
            "let a = try! b()",
            "struct S: @unchecked Sendable {}",
            "// " + "TO" + "DO later",
            'let folder = "/' + 'work/data"',
            "config.publicStatementArguments = true",
            'let sql = SQL(unchecked: "ORDER BY " + asked)',
        ],
        "Sources/Web/Templates/book.mustache": [
            "<p>{{{name}}}</p>",
            "<p>{{&name}}</p>",
            '<p style="color: red">',
            '<a onclick="x()">',
            "<script>x()</script>",
            '<img src="https://example.com/x.png">',
            "<style>p {}</style>",
        ],
        "Sources/Web/Assets/x.css": ["p { background: url(https://example.com/x.png) }"],
        "Sources/Web/Assets/x.js": ["node.innerHTML = text"],
    }
    allowed = {
        "Sources/Web/Good.swift": [
            "import Desk",
            "package import Primitives",
            "// Guarded by the queue below.",
            "struct S: @unchecked Sendable {}",
            "let blueprint(x)",
            'let link = "https://example.com/home/"',
        ],
        "Sources/Web/Templates/layout.mustache": ["{{{content}}}", '<script src="/assets/app.js"></script>'],
        "Sources/Web/Templates/good.mustache": ['<a href="/book/{{slug}}" data-one="x">{{name}}</a>'],
    }
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, lines in (planted | allowed).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        found = {(name, line) for name, line, _ in findings(root, [*planted, *allowed])}
    expected = {(name, line) for name, lines in planted.items() for line in range(1, len(lines) + 1)}
    for name, line in sorted(expected - found):
        sys.exit(f"scripts/walls.py is broken: the violation in {name}:{line} of its self-test was not found")
    for name, line in sorted(found - expected):
        sys.exit(f"scripts/walls.py is broken: {name}:{line} of its self-test is fine, yet was found")


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return
    root = Path(__file__).resolve().parent.parent
    found = list(findings(root, project_files(root)))
    for name, line, why in found:
        print(f"{name}:{line}: {why}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
