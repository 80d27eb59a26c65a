"""Ids that belong to somebody else, put wherever an id can be put: nothing of theirs is shown, and nothing tells them from ids
that nobody has (V5, V16, V20). And what is only asked for changes nothing (V7).

SWAPS says how many are tried.
"""

import os
import random
import re
import time

import pytest

import quarter as quarters
import records
from doors import DOORS, Door
from quarter import UUID, Actor, Quarter, unknown_id
from test_matrix import Knock

SWAPS = int(os.environ.get("SWAPS", "10000"))
# Tables whose rows are named by an id, besides bookings.
KINDS = ("session", "device", "time_off", "finding", "passkey", "outbox", "notice", "leave")

# Where an id can be put besides the paths of doors.py: route, and the place in query or form.
PLACES = [
    ("GET /staff/:business/day", "query", "staff"),
    ("GET /api/v1/:business/day", "query", "staff"),
    ("GET /staff/:business/week", "query", "staff"),
    ("GET /staff/:business/bookings/new", "query", "staff"),
    ("POST /staff/:business/bookings", "form", "staff"),
    ("POST /staff/:business/time-off", "form", "staff"),
    ("GET /staff/:business/time-off", "query", "staff"),
    ("GET /staff/:business/time-off/:id", "query", "booking"),
    ("GET /staff/:business/bookings/:id/reschedule", "query", "time-off"),
    ("POST /api/v1/:business/manage", "json", "code"),
    ("POST /manage/:business", "form", "code"),
]


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    quarter = quarters.build(tmp_path_factory.mktemp("swaps"))
    # A shared login found, a passkey and an open message of each business are there to be asked for as well.
    for house in (quarter.house, quarter.other):
        house.command("invite", "lina", "--business", house.business, "--url", house.base)
    yield quarter
    quarter.house.stop()


def pools(quarter: Quarter) -> dict[str, list[str]]:
    """Every id there is on this server, by its kind; both businesses'."""
    found = {kind: [] for kind in KINDS}
    for house in (quarter.house, quarter.other):
        for kind in KINDS:
            found[kind] += quarters.ids(house.database, kind)
        found.setdefault("subject", []).extend(
            str(quarters.uuid.UUID(bytes=one)) for (one,) in records.rows(house.database, "SELECT subject FROM contact")
        )
    found["booking"] = [visit.id for visit in quarter.visits] + [quarter.foreign.id]
    found["code"] = [visit.code for visit in quarter.visits] + [quarter.foreign.code]
    found["person"] = [*quarters.ACTORS.values(), *quarters.OTHERS.values(), "lina", "zita"]
    return {kind: ids for kind, ids in found.items() if ids}


class Swap:
    """One place where an id can be put, for one actor."""

    def __init__(self, quarter: Quarter, actor: Actor, route: dict, door: Door, where: str, name: str):
        self.knock = Knock(quarter, actor, route, door)
        self.quarter, self.actor, self.route, self.where, self.name = quarter, actor, route, where, name
        self.unknown: dict[str, tuple] = {}

    @property
    def is_free(self) -> bool:
        """Whether whoever asks may do it with everything, so that nothing is somebody else's."""
        verb = self.route.get("verb")
        return bool(verb) and self.quarter.grants(self.actor.role, verb, "other") and self.quarter.grants(self.actor.role, verb, "own")

    def send(self, id_: str):
        knock = self.knock
        own = self.quarter.visit(self.actor, "own", "visit") if knock.is_in else self.quarter.visits[0]
        path = knock.path(id_ if (self.where, self.name) == ("path", "id") else self.own_id(own))
        knock.door = DOORS[f"{self.route['method']} {self.route['path']}"]
        if self.where == "path" and self.name != "id":
            path = path.replace(knock.known["unknown"], id_).replace(knock.fill(knock.door.path[self.name]), id_)
        if self.where == "query":
            path = re.sub(rf"([?&]){self.name}=[^&]*&?", r"\1", path).rstrip("?&")
            said = "&said=moved" if self.name == "booking" else ""
            path += ("&" if "?" in path else "?") + f"{self.name}={id_}{said}"
        if self.where in ("form", "json"):
            given = {**(knock.door.form or {}), **(knock.door.json or {})} | {self.name: id_}
            knock.door = quarters.replace(knock.door, **{self.where: given})
        return knock.send(path, self.route["method"])

    def own_id(self, own) -> str:
        if "/people/" in self.route["path"]:
            return "lina"
        return self.quarter.blocks[own.staff] if "/time-off/" in self.route["path"] else own.id

    def look_of(self, answer, id_: str) -> tuple:
        """All that could tell one answer from another, but for the ids themselves."""
        before = "/" if self.where == "path" else f"{self.name}="
        # What was typed stands in its field again.
        body = re.sub(rf'(name="{self.name}"[^>]*value=")[^"]*', r"\1", quarters.masked(answer, id_, before))
        heads = sorted(
            (name.lower(), quarters.without_ids(quarters.unquote(value), id_, before))
            for name, value in answer.headers
            if name.lower() not in ("date", "content-length")
        )
        return answer.status, heads, body, len(body)

    def look_of_unknown(self, like: str) -> tuple:
        """What an id of the same kind gets that nobody has."""
        kind = "uuid" if UUID.fullmatch(like) else "word" if len(like) < 20 else "code"
        if kind not in self.unknown:
            id_ = {"uuid": unknown_id(), "word": "nobody", "code": like[::-1]}[kind]
            self.unknown[kind] = self.look_of(self.send(id_), id_)
        return self.unknown[kind]


def swaps_of(quarter: Quarter, actor: Actor) -> list[Swap]:
    found = []
    for route in quarter.rules["routes"]:
        key = f"{route['method']} {route['path']}"
        names = [part[1:] for part in route["path"].split("/") if part.startswith(":") and part != ":business"]
        if names != ["name"]:
            found += [Swap(quarter, actor, route, DOORS[key], "path", name) for name in names]
        found += [Swap(quarter, actor, route, DOORS[key], where, name) for one, where, name in PLACES if one == key]
    return found


def is_theirs(swap: Swap, id_: str, mine: set[str], linas: set[str]) -> bool:
    """Whether the engine, or their being it themselves, gives this actor that very thing through this door."""
    quarter, actor, verb = swap.quarter, swap.actor, swap.route.get("verb")
    if not swap.knock.is_in:
        return id_ in [visit.code for visit in quarter.visits]
    for visit in quarter.visits:
        if id_ == visit.code:
            return True
        if id_ == visit.id:
            verbs = [verb, "view-booking"] if verb else ["view-booking"]
            decisions = [quarter.decision(actor.role, one, visit.relation_to(actor.name), visit.when) for one in verbs]
            return not all(one in ("not-theirs", "denied", "not-their-role") for one in decisions)
    for name, block in quarter.blocks.items():
        if id_ == block and name != "foreign":
            return works(swap, name, "block-time-off")
    if id_ == quarter.foreign_ids["leave"] and quarter.grants(actor.role, "approve-access", "business"):
        return True
    if id_ in mine or (verb == "end-access" and id_ in linas and works(swap, "lina", verb)):
        return True
    return id_.isalpha() and id_ != "zita" and (id_ == actor.name or works(swap, id_, verb or ""))


def works(swap: Swap, name: str, verb: str) -> bool:
    """Whether somebody's work, or the person, is within this actor's reach."""
    if not verb:
        return False
    relation = "own" if name == swap.actor.name else "team-here"
    relation = next((one for one, other in quarters.OTHERS.items() if other == name), relation)
    relations = (relation, "business") if verb in ("view-people", "invite-people", "end-access") else (relation,)
    return any(swap.quarter.grants(swap.actor.role, verb, one) for one in relations)


def test_10000_swapped_ids_show_nothing_and_look_like_ids_that_nobody_has_V5_V16_V20(quarter):
    everything, linas = pools(quarter), quarters.ids_of(quarter.house, "lina")
    seed = int(os.environ.get("SEED", time.time_ns() % 1_000_000))
    count = []

    def swapped(actor: Actor) -> list[str]:
        chance, found, done = random.Random(f"{seed} {actor.role}"), [], 0
        places = swaps_of(quarter, actor)
        mine = quarters.ids_of(quarter.other if actor.role == "foreign" else quarter.house, actor.name)
        while done < SWAPS // len(quarter.actors) + 1:
            swap = chance.choice(places)
            kind = chance.choice(list(everything))
            id_ = chance.choice(everything[kind])
            if is_theirs(swap, id_, mine, linas):
                continue
            answer = swap.send(id_)
            done += 1
            told = f"{actor.role}: {answer.method} {swap.route['path']} with the {kind} as {swap.name}: {answer.status}"
            if swap.where == "path" and (seen := quarter.seen(answer)):
                found.append(f"{told} shows {sorted({name for _, name in seen})}")
            got, nobody = swap.look_of(answer, id_), swap.look_of_unknown(id_)
            if got != nobody:
                found.append(f"{told}, {nobody[0]} for one that nobody has")
        count.append(done)
        return found

    begun = time.monotonic()
    quarter.prove()
    differences = quarters.at_once(quarter, swapped)
    took = time.monotonic() - begun
    assert not differences, f"seed {seed}: {len(differences)} of {sum(count)}:\n" + "\n".join(sorted(set(differences))[:60])
    assert sum(count) >= SWAPS
    print(f"{sum(count)} swaps in {took:.0f} s, 0 leaks, 0 differences")


# What asking leaves behind: the record that somebody looked, how many customers they were shown, and that their session is
# in use.
MAY_GROW = {"audit_entry", "audit_head", "audit_mention", "audit_indexed", "reading_volume"}
MAY_CHANGE = {"session": {"seen_at"}, "device": {"seen_at"}}


def standing(quarter: Quarter) -> dict[str, list]:
    """Every row of both of a business's databases, without what asking may leave behind."""
    found = {}
    for house in (quarter.house, quarter.other):
        for database in (house.database, house.key_database):
            with records.closing(records.opened(database)) as connection:
                for table in records.tables(connection):
                    if table in MAY_GROW:
                        continue
                    columns = [name for _, name, *_ in connection.execute(f'PRAGMA table_info("{table}")')]
                    kept = [f'"{name}"' for name in columns if name not in MAY_CHANGE.get(table, ())]
                    rows = connection.execute(f'SELECT {", ".join(kept)} FROM "{table}"').fetchall()
                    found[f"{house.business} {database.name} {table}"] = sorted(rows, key=repr)
    return found


def settled(quarter: Quarter) -> dict[str, list]:
    """The same once the server's own chores rest."""
    before = standing(quarter)
    for _ in range(50):
        time.sleep(0.3)
        now = standing(quarter)
        if now == before:
            break
        before = now
    return before


def test_no_get_and_no_head_changes_anything_whatever_it_says_of_its_method_V7(quarter):
    """Every row of every table before and after; as the owner, who may do everything, and as a technician."""
    quarter.prove()
    before, own = settled(quarter), quarter.visits[0]
    for role in ("owner", "technician"):
        actor = quarter.actor(role)
        for route in quarter.rules["routes"]:
            method = "GET" if route["method"] == "GET" else "HEAD"
            knock = Knock(quarter, actor, route, DOORS[f"{route['method']} {route['path']}"])
            id_ = quarter.blocks[actor.name] if "/time-off/" in route["path"] else own.id
            path = knock.path("lina" if "/people/" in route["path"] else id_)
            # What a form would send stands in the query, with the form's token.
            form = {name: knock.fill(value) for name, value in (knock.door.form or {}).items()} | {"csrf": actor.csrf}
            path += ("&" if "?" in path else "?") + quarters.urlencode(form)
            for one, override in (("GET", None), ("HEAD", None), (method, "POST"), ("GET", "DELETE")):
                answer = knock.send(path, one, override, override)
                assert answer.status < 500, f"{one} {path}: {answer.status}"
                if route["method"] != "GET":
                    taken = any(
                        other["method"] == "GET" and other["path"] == route["path"] for other in quarter.rules["routes"]
                    )
                    assert taken or answer.status in (405, 410), f"{one} {path}: {answer.status}"
    after = settled(quarter)
    changed = {table for table in before.keys() | after.keys() if before.get(table) != after.get(table)}
    assert changed == set(), f"changed by looking: {changed}"
