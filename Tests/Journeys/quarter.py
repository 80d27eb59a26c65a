"""Two businesses on one server with somebody of every role, all signed in, and customers whose every field can be told apart.

Everybody who acts works in Vilnius and is of one team. Besides them there are a team mate in Kaunas, a colleague in Vilnius
and a stranger in Kaunas; each serves a customer soon, one in weeks and has served one weeks ago, so that each booking is
somebody's own, their team's, of their place or somebody else's, and within, before or after the hours around a visit.
"""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote, urlencode

import businesses
import records
import server
import slots
from client import Answer, Client

# Role → who acts in it.
ACTORS = {
    "owner": "ona",
    "administrator": "jonas",
    "receptionist": "greta",
    "technician": "tadas",
    "bookkeeper": "birute",
    "auditor": "aldona",
    "vendor": "vytas",
    "desk": "daina",
}
# Relation → who serves then; what is somebody's own they serve themselves.
OTHERS = {"team": "matas", "place": "kotryna", "other": "simas"}
# When a visit is → days from now.
WHEN = {"visit": 0, "before": 20, "after": -20}
FIELDS = ("first", "last", "email", "phone", "address", "answer")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')

# A role of the business's own, with a rule that says no.
DESK = {
    "id": "desk",
    "name": "Front desk",
    "rules": [
        {"allow": ["view-day", "make-booking", "cancel-booking"], "scope": "location"},
        {"allow": "mark-visit", "scope": "team"},
        {"allow": "view-booking", "scope": "all", "level": "P2"},
        {"deny": "view-booking", "scope": "location", "level": "P2"},
        {"allow": "reveal-contact", "scope": "team", "before": "2 d", "after": "1 d"},
        {"allow": "change-own-access", "scope": "own"},
    ],
}


def _business(slug: str) -> dict:
    def works(name: str, role: str, place: str, team: str | None = None, **more) -> dict:
        hours = [{"days": "mon-sun", "hours": "00:00-24:00", "location": place}]
        one = {**businesses.person(f"{name}", ["visit"], role=role), "hours": hours, **more}
        return one | ({"team": team} if team else {})

    staff = [works(name, role, "vilnius", "alpha") for role, name in ACTORS.items()]
    staff[list(ACTORS).index("vendor")]["engagement"] = {
        "last-day": str(date.today() + timedelta(days=90)),
        "purpose": "Helps in the season",
    }
    staff += [
        works("matas", "technician", "kaunas", "alpha"),
        works("kotryna", "technician", "vilnius"),
        works("simas", "technician", "kaunas"),
        # Whom one may invite, sign out and let go.
        businesses.person("lina", [], role="technician"),
    ]
    if slug != "quarter":
        # Of this business alone.
        staff.append(businesses.person("zita", [], role="owner"))
    question = {"id": "model", "label": "The model", "reason": "So that we come prepared.", "kind": "line"}
    question |= {"basis": "contract", "retention": "30 d"}
    places = [{"id": place, "name": place.capitalize(), "zone": "Europe/Vilnius"} for place in ("vilnius", "kaunas")]
    visit = businesses.service("visit", 30, place="customer", questions=[question], price="45.00")
    return businesses.house(slug, staff, [visit]) | {"locations": places, "roles": [DESK]}


@dataclass
class Visit:
    """One booking; `fields` are strings that stand nowhere else."""

    staff: str
    relation: str
    when: str
    id: str
    day: str
    start: str
    code: str
    fields: dict[str, str]

    def relation_to(self, actor: str) -> str:
        """`own` for whoever serves; the other actors are of one team and one place."""
        if self.relation != "own":
            return self.relation
        return "own" if self.staff == actor else "team-here"


@dataclass
class Actor:
    role: str
    name: str
    client: Client
    csrf: str | None = None


@dataclass
class Quarter:
    house: server.House
    other: server.House
    rules: dict
    visits: list[Visit]
    # Of the other business.
    foreign: Visit
    actors: list[Actor] = field(default_factory=list)
    # Who works → times that are free in weeks; each is taken by whoever books it.
    free: dict[str, list[str]] = field(default_factory=dict)
    # Who works → a block of their time; `foreign`: one of the other business's.
    blocks: dict[str, str] = field(default_factory=dict)
    # Ids of a session, a device and an emergency of somebody else's, who is none of the actors.
    foreign_ids: dict[str, str] = field(default_factory=dict)
    proved_at: float = field(default_factory=time.monotonic)

    def actor(self, role: str) -> Actor:
        return next(actor for actor in self.actors if actor.role == role)

    def visit(self, actor: Actor, relation: str, when: str) -> Visit:
        staff = actor.name if relation == "own" else OTHERS[relation]
        return next(visit for visit in self.visits if (visit.staff, visit.when) == (staff, when))

    def decision(self, role: str, verb: str, relation: str, when: str = "visit") -> str:
        """P0, P1 or P2, or why not; what the program's own table says."""
        known = next((known for known in self.rules["roles"] if known["id"] == role), None)
        return known["decisions"][verb][relation][when] if known else "signed-out"

    def grants(self, role: str, verb: str, relation: str, when: str = "visit", level: str = "P0") -> bool:
        decision = self.decision(role, verb, relation, when)
        return decision in ("P0", "P1", "P2") and decision >= level

    def has(self, role: str, verb: str) -> bool:
        """Whether the role does it with anything at all."""
        known = next((known for known in self.rules["roles"] if known["id"] == role), None)
        decisions = known["decisions"][verb] if known else {}
        return any(one in ("P0", "P1", "P2") for when in decisions.values() for one in when.values())

    def seen(self, answer: Answer) -> set[tuple[str, str]]:
        """Which fields of whom an answer holds: pairs of a booking's id and a field's name."""
        return self.seen_in(answer.text)

    def seen_in(self, text: str) -> set[tuple[str, str]]:
        found = set(re.findall(r"zq[0-9a-f]{14}|69[0-9]{7}", re.sub(r"[\s\u00a0]", "", text.lower())))
        return {owner for canary in found if (owner := self._owners.get(canary))}

    def __post_init__(self):
        self._owners = {
            value: (visit.id, name)
            for visit in [*self.visits, self.foreign]
            for name, value in visit.fields.items()
        }

    def block(self, staff: str, house: server.House | None = None) -> str:
        """A new block of somebody's time, made by the owner; its id."""
        house = house or self.house
        owner = self.actor("owner" if house is self.house else "foreign")
        client = house.client()
        client.cookies = owner.client.cookies
        day = date.today() + timedelta(days=310)
        fields = {"csrf": owner.csrf, "staff": staff, "from": f"{day}T10:00", "to": f"{day}T11:00"}
        made = client.post_form(f"{house.staff}/time-off", fields)
        assert made.status == 303, f"{made.status} {made.text[:300]}"
        return made.header("location").rpartition("/")[2]

    def prove(self):
        """Proofs of who one is count for five minutes; a part that asks for fresh ones begins with this."""
        if time.monotonic() - self.proved_at < 200:
            return
        self.proved_at = time.monotonic()
        for actor in self.actors:
            house = self.other if actor.role == "foreign" else self.house
            if actor.csrf:
                person = house.person(f"{actor.name}@example.test")
                fields = {"csrf": actor.csrf, "password": person.password, "code": server.next_code(person.totp_secret)}
                proved = actor.client.post_form(f"{house.staff}/confirm", fields)
                assert proved.status == 303, f"{actor.role}: {proved.status}"
                actor.csrf = TOKEN.search(actor.client.get(f"{house.staff}/account").text)[1]


def _book(house: server.House, staff: str, relation: str, when: str, start: str) -> Visit:
    word = {name: "zq" + secrets.token_hex(7) for name in FIELDS}
    digits = "69" + "".join(secrets.choice("0123456789") for _ in range(7))
    body = slots.order("visit", start, staff, name=f"{word['first']} {word['last']}")
    body["customer"] |= {
        "email": word["email"] + "@example.com",
        "phone": f"+370{digits[1:]}" if len(digits) > 9 else f"+370 {digits[:3]} {digits[3:]}",
        "address": f"Street 1, {word['address']}",
    }
    body["answers"] = {"model": word["answer"]}
    made = slots.book(house.client(), house, body)
    assert made.status == 201, made.text
    fields = word | {"phone": digits}
    code = slots.code_of(made.json)
    return Visit(staff, relation, when, made.json["id"], start[:10], start, code, fields)


def _books(house: server.House) -> list[Visit]:
    visits = []
    for when, days in WHEN.items():
        # The first time that is free for all, so that all visits of one kind are on one day.
        ahead = slots.free(house, "visit", after=abs(days), days=1)
        # Visits of weeks ago are of those weeks ahead; at noon, so that summer time leaves them their day.
        start = ahead[0]["start"] if days >= 0 else next(one["start"] for one in ahead if "T12:00" in one["start"])
        made = [_book(house, name, "own", when, start) for name in ACTORS.values()]
        made += [_book(house, name, relation, when, start) for relation, name in OTHERS.items()]
        visits += made if days >= 0 else _put_back(house, made, 2 * abs(days))
    return visits


def _put_back(house: server.House, visits: list[Visit], days: int) -> list[Visit]:
    """The same visits so many days earlier, as nobody could book them and as only time brings them about."""
    seconds = days * 24 * 3600
    with closing(sqlite3.connect(house.database, timeout=20)) as file, file:
        for visit in visits:
            id_ = uuid.UUID(visit.id).bytes
            (sitting,) = file.execute("SELECT sitting FROM booking WHERE id = ?", (id_,)).fetchone()
            columns = 'start, "end", served_start, served_end, unit, service, capacity, id'
            (row,) = file.execute(f"DELETE FROM occupancy WHERE id = ? RETURNING {columns}", (sitting,)).fetchall()
            row = [one - seconds for one in row[:4]] + list(row[4:])
            file.execute(f"INSERT INTO occupancy ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            file.execute('UPDATE booking SET start = ?, "end" = ? WHERE id = ?', (*row[2:4], id_))
    return [replace(visit, day=str(date.fromisoformat(visit.day) - timedelta(days=days))) for visit in visits]


def build(folder: Path) -> Quarter:
    """Starts it all; the caller stops `house`."""
    house = server.serve(folder, _business("quarter"))
    file = folder / "other.yaml"
    file.write_text(server.yaml.safe_dump(_business("other-quarter"), sort_keys=False))
    house.command("apply", file)
    other = server.House(house.server, house.data, "other-quarter", house.root_key)
    printed = server.cloakroom("permissions", folder / "business.yaml", "--json").stdout
    people = [(house, role, name) for role, name in ACTORS.items()] + [(other, "foreign", "ona")]

    def entered(one) -> Actor:
        where, role, name = one
        person = server.enrol(where, name, f"{name}@example.test", role)
        client = where.client(keep_alive=True, timeout=60)
        assert "/sign-in" not in server.sign_in(client, where.staff, person).url, name
        page = client.get(f"{where.staff}/account")
        return Actor(role, name, client, TOKEN.search(page.text)[1])

    with ThreadPoolExecutor(4) as pool:
        actors = list(pool.map(entered, people))
    actors.append(Actor("signed-out", "", house.client(keep_alive=True, timeout=60)))
    server.enrol(house, "lina", "lina@example.test", "lina")
    near = slots.free(other, "visit", after=0, days=1)[0]["start"]
    quarter = Quarter(
        house, other, json.loads(printed), _books(house), _book(other, "tadas", "other", "visit", near), actors
    )
    for name in [*ACTORS.values(), *OTHERS.values()]:
        quarter.free[name] = [slot["start"] for slot in slots.free(house, "visit", name, after=40, days=2)]
        quarter.blocks[name] = quarter.block(name)
    quarter.blocks["foreign"] = quarter.block("tadas", other)
    lina = house.client()
    server.sign_in(lina, house.staff, house.person("lina"))
    quarter.foreign_ids["session"] = ids(house.database, "session", "staff = 'lina'")[0]
    quarter.foreign_ids["device"] = ids(house.database, "device", "staff = 'lina'")[0]
    quarter.foreign_ids["passkey"] = unknown_id()
    csrf = TOKEN.search(lina.get(f"{house.staff}/account").text)[1]
    taken = lina.post_form(f"{house.staff}/leave/emergency", {"csrf": csrf, "emergency-reason": "Nobody else is there today."})
    assert taken.status == 303, f"{taken.status} {taken.text[:300]}"
    quarter.foreign_ids["leave"] = ids(house.database, "leave", "staff = 'lina'")[0]
    return quarter


def at_once(quarter: Quarter, body) -> list[str]:
    """Runs `body(actor)` for every actor side by side, and joins what they found."""
    with ThreadPoolExecutor(len(quarter.actors)) as pool:
        return [finding for found in pool.map(body, quarter.actors) for finding in found]


def masked(answer: Answer, id_: str = "", before: str = "/") -> str:
    """The body of an answer without what is another each time: the address it was asked at, which pages carry for the lock
    screen, the key that a form is given, and ids."""
    text = re.sub(r'<input type="hidden" name="(next|page|key)" value="[^"]*">', "", answer.text)
    return without_ids(text, id_, before)


def without_ids(text: str, id_: str = "", before: str = "/") -> str:
    """Ids, and the one by which something was asked for where an address repeats it: after `before`. A name stands on pages
    for other reasons too."""
    text = re.sub(rf"(?<={re.escape(before)}){re.escape(id_)}\b", "ID", text) if id_ else text
    return UUID.sub("ID", text)


def unknown_id() -> str:
    """A well-formed id (UUID, version 7) that is nobody's."""
    made = uuid.uuid4().int & ~(0xF << 76) | 0x7 << 76
    return str(uuid.UUID(int=made))


def ids(database, table: str, where: str = "1 = 1") -> list[str]:
    return [str(uuid.UUID(bytes=one)) for (one,) in records.rows(database, f"SELECT id FROM {table} WHERE {where}")]


def ids_of(house: server.House, name: str) -> set[str]:
    """Of the sessions, devices, passkeys and the like of somebody of a business."""
    tables = ("session", "device", "passkey", "finding")
    return {one for table in tables for one in ids(house.database, table, f"staff = '{name}'")}
