"""House rule 4: every route × method × role × whose it is × field, as the one engine decides it (V5, V6, V7, V20, V32).

What is expected comes from `cloakroom permissions --json`, which asks the engine; what is got comes from a running server.
"""

import copy
import itertools
import json as json_text
import random
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest

import quarter as quarters
import records
import slots
from doors import DOORS, Door
from quarter import Actor, Quarter, Visit, unknown_id

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
RELATIONS = ("own", "team", "place", "other")
OVERRIDES = ("DELETE", "PUT", "POST", "GET")


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    quarter = quarters.build(tmp_path_factory.mktemp("quarter"))
    yield quarter
    quarter.house.stop()


def doors(quarter: Quarter) -> list[tuple[dict, Door]]:
    return [(route, DOORS[f"{route['method']} {route['path']}"]) for route in quarter.rules["routes"]]


def test_every_route_has_its_line_in_the_matrix_and_every_line_its_route(quarter):
    routes = {f"{route['method']} {route['path']}" for route in quarter.rules["routes"]}
    assert routes - set(DOORS) == set(), "routes without a line in doors.py; CONTRIBUTING.md says how to write one"
    assert set(DOORS) - routes == set(), "lines without a route"
    verbs = {route.get("verb") for route in quarter.rules["routes"]}
    for key, door in DOORS.items():
        route = next(route for route in quarter.rules["routes"] if f"{route['method']} {route['path']}" == key)
        public = route["permit"] not in ("staff", "signed-in")
        assert (door.of == "public") == public and (door.of == "own") == (route["permit"] == "signed-in"), key
    assert {verb for door in DOORS.values() for ways in door.shows.values() for verb, _ in ways} <= verbs


class Knock:
    """One request at one door by one actor, and what the engine says of it."""

    def __init__(self, quarter: Quarter, actor: Actor, route: dict, door: Door):
        self.quarter, self.actor, self.route, self.door = quarter, actor, route, door
        self.known = {"unknown": unknown_id(), "day": quarter.visits[0].day, "start": quarter.visits[0].start}
        self.overrides = itertools.cycle((None, "DELETE", "GET", "PUT", "POST"))
        self.known["far"] = str(date.today() + timedelta(days=300))
        # Of somebody else, whoever asks.
        self.known |= quarter.foreign_ids

    def path(self, id_: str = "") -> str:
        named = {"business": self.quarter.house.business, "id": id_} | {
            name: self.fill(value) for name, value in self.door.path.items()
        }
        parts = [named.get(part[1:], part) if part.startswith(":") else part for part in self.route["path"].split("/")]
        query = {name: self.fill(value) for name, value in self.door.query.items()}
        return "/".join(parts) + ("?" + urlencode(query) if query else "")

    def fill(self, value):
        if not isinstance(value, str):
            return value
        for name, text in self.known.items():
            value = value.replace("{" + name + "}", text)
        return value

    def send(self, path: str, method: str | None = None, override: str | None = None, field: str | None = None):
        if method is None:
            # What an answer is does not change by what a header or a field says of the method.
            method, override = self.route["method"], next(self.overrides)
            field = override
        headers = {"Origin": self.actor.client.base, "Sec-Fetch-Site": "same-origin"}
        if override:
            headers |= {"X-HTTP-Method-Override": override, "X-HTTP-Method": override, "X-Method-Override": override}
        if method in ("GET", "HEAD"):
            return self.actor.client.request(method, path + (f"{'&' if '?' in path else '?'}_method={field}" if field else ""), None, headers)
        if self.door.json is not None:
            body = {name: self.fill(value) for name, value in self.door.json.items()}
            return self.actor.client.request(
                method, path, json_text.dumps(body).encode(), headers | {"Content-Type": "application/json"}
            )
        form = {name: self.fill(value) for name, value in (self.door.form or {}).items()}
        form |= {"csrf": self.actor.csrf} if self.actor.csrf and self.door.token else {}
        form |= {"_method": field} if field else {}
        return self.actor.client.request(
            method, path, urlencode(form).encode(), headers | {"Content-Type": "application/x-www-form-urlencoded"}
        )

    @property
    def statuses(self) -> tuple[int, ...]:
        return self.door.status if isinstance(self.door.status, tuple) else (self.door.status,)

    @property
    def outside(self) -> tuple[int, ...]:
        """What somebody gets who is not signed in here."""
        return (401,) if self.route["kind"] == "api" else (303,)

    @property
    def is_in(self) -> bool:
        return self.actor.role not in ("signed-out", "foreign")

    def expected(self, relation: str, when: str = "visit") -> tuple[int, ...]:
        """By the engine's answer for what is this person's, their team's, of their place or somebody else's."""
        decision = self.quarter.decision(self.actor.role, self.route["verb"], relation, when)
        refused = {"not-theirs": 404, "denied": 404, "outside-window": 403, "not-their-role": 403, "signed-out": 0}
        if decision == "signed-out":
            return self.outside
        if decision == "not-theirs" and self.door.not_theirs:
            return self.door.not_theirs
        return (refused[decision],) if decision in refused else self.statuses

    @property
    def expected_of_nothing(self) -> tuple[int, ...]:
        """Where there is nothing, or it is another business's: as with what is not theirs."""
        if not self.is_in:
            return self.outside
        return (404,) if self.quarter.has(self.actor.role, self.route["verb"]) else (403,)

    def fields(self, visits: list[Visit]) -> set[tuple[str, str]]:
        """Which fields of these the engine lets this actor see through this door."""
        if not self.is_in:
            return set()
        return {
            (visit.id, name)
            for visit in visits
            for name, ways in self.door.shows.items()
            if any(
                self.quarter.grants(self.actor.role, verb, visit.relation_to(self.actor.name), visit.when, level)
                for verb, level in ways
            )
        }

    def differs(self, answer, statuses: tuple[int, ...], fields: set, what: str) -> list[str]:
        told = f"{self.actor.role}: {answer.method} {self.route['path']} ({what})"
        found = []
        if answer.status not in statuses:
            found.append(f"{told}: {answer.status} and not {statuses}")
        seen = self.quarter.seen(answer)
        if not fields and answer.status >= 400 and seen:
            found.append(f"{told}: a refusal shows {name_all(seen)}")
        elif answer.method != "HEAD" and seen != fields:
            found.append(f"{told}: shows {name_all(seen - fields)} besides, and lacks {name_all(fields - seen)}")
        return found


def name_all(pairs) -> list[str]:
    return sorted({name for _, name in pairs})


# What each kind of door is tried with: yields differences.


def of_public(knock: Knock):
    yield knock.send(knock.path()), knock.statuses, set(), "public"


def of_own(knock: Knock):
    yield knock.send(knock.path()), knock.statuses if knock.is_in else knock.outside, set(), "own"


def of_business(knock: Knock):
    yield knock.send(knock.path()), knock.expected("business"), set(), "business"


def of_self(knock: Knock):
    yield knock.send(knock.path()), knock.expected("own"), set(), "self"


def of_list(knock: Knock):
    has = knock.quarter.has(knock.actor.role, knock.route["verb"])
    statuses = knock.outside if not knock.is_in else knock.statuses if has else (403,)
    for when in quarters.WHEN:
        visits = [visit for visit in knock.quarter.visits if visit.when == when]
        knock.known["day"] = visits[0].day
        # What of a list somebody sees they see on days that they may open.
        visits = [
            visit
            for visit in visits
            if knock.quarter.grants(knock.actor.role, knock.route["verb"], visit.relation_to(knock.actor.name), when)
        ]
        yield knock.send(knock.path()), statuses, knock.fields(visits) if has else set(), f"list, {when}"


def of_search(knock: Knock):
    has = knock.quarter.has(knock.actor.role, knock.route["verb"])
    statuses = knock.outside if not knock.is_in else knock.statuses if has else (403,)
    for visit in asked(knock) + [knock.quarter.foreign]:
        knock.known["email"] = visit.fields["email"] + "@example.com"
        found = knock.fields([visit]) if has and visit is not knock.quarter.foreign else set()
        # The question stands in the form again.
        typed = {(visit.id, "email")} if knock.route["kind"] == "page" and knock.is_in and has else set()
        yield knock.send(knock.path()), statuses, found | typed, f"search, {visit.relation}, {visit.when}"


def of_booking(knock: Knock):
    for visit in asked(knock):
        statuses = knock.expected(visit.relation, visit.when)
        granted = statuses == knock.statuses and knock.is_in
        fields = knock.fields([visit]) if granted else set()
        yield knock.send(knock.path(visit.id)), statuses, fields, f"{visit.relation}, {visit.when}"
    for what, id_ in (("the other business's", knock.quarter.foreign.id), ("unknown", unknown_id())):
        yield knock.send(knock.path(id_)), knock.expected_of_nothing, set(), what


def of_work(knock: Knock):
    """Something new for somebody; each has a time of their own, so that nothing collides."""
    for relation in RELATIONS:
        knock.known["staff"] = staff = named(knock, relation)
        knock.known["unknown"] = unknown_id()
        knock.known["free"] = knock.quarter.free[staff].pop()
        yield knock.send(knock.path()), knock.expected(relation), set(), relation


def of_time_off(knock: Knock):
    for relation in RELATIONS:
        statuses = knock.expected(relation)
        id_ = knock.quarter.block(named(knock, relation)) if knock.door.form is not None else None
        id_ = id_ or knock.quarter.blocks[named(knock, relation)]
        yield knock.send(knock.path(id_)), statuses, set(), relation
    for what, id_ in (("the other business's", knock.quarter.blocks["foreign"]), ("unknown", unknown_id())):
        yield knock.send(knock.path(id_)), knock.expected_of_nothing, set(), what


def of_person(knock: Knock):
    """Themselves, others, whom one may harm, and nobody at all."""
    statuses = knock.expected("business")
    may = statuses == knock.statuses and knock.is_in
    for name in [knock.door.spared] if may and knock.door.spared else [knock.actor.name or "ona", "ona", "simas", "lina"]:
        yield knock.send(knock.path(name)), statuses, set(), name
    for name in ("nobody", unknown_id()):
        yield knock.send(knock.path(name)), knock.expected_of_nothing, set(), "unknown"


KINDS = {
    "public": of_public, "own": of_own, "business": of_business, "self": of_self, "list": of_list,
    "search": of_search, "booking": of_booking, "work": of_work, "time-off": of_time_off, "person": of_person,
}  # fmt: skip


def named(knock: Knock, relation: str) -> str:
    return (knock.actor.name if knock.is_in else "tadas") if relation == "own" else quarters.OTHERS[relation]


def asked(knock: Knock) -> list[Visit]:
    actor = knock.actor if knock.is_in else Actor("", "tadas", knock.actor.client)
    return [knock.quarter.visit(actor, relation, when) for relation, when in itertools.product(RELATIONS, quarters.WHEN)]


def test_every_door_answers_as_the_engine_decides_V5_V20_V32(quarter):
    """Every role, and somebody signed out, and another business's owner: status and fields, 0 differences."""
    count = []

    def all_doors(actor: Actor) -> list[str]:
        found = []
        for route, door in doors(quarter):
            knock = Knock(quarter, actor, route, door)
            for answer, statuses, fields, what in KINDS[door.of](knock):
                count.append(1)
                found += knock.differs(answer, statuses, fields, what)
        return found

    differences = quarters.at_once(quarter, all_doors)
    assert not differences, f"{len(differences)} of {len(count)}:\n" + "\n".join(sorted(differences)[:60])
    print(f"{len(count)} requests, 0 differences")
    assert len(count) > 1_500


def test_a_door_without_what_it_asks_for_is_as_closed(quarter):
    """Nothing, or nonsense, in place of the query opens no page to a role that may do nothing there."""
    found, count = [], 0
    for actor in quarter.actors:
        for route, door in doors(quarter):
            if route["method"] != "GET" or not route.get("verb") or ":id" in route["path"]:
                continue
            knock = Knock(quarter, actor, route, door)
            closed = knock.outside if not knock.is_in else (403,) if not quarter.has(actor.role, route["verb"]) else None
            for query in ("", "?service=nothing&staff=nobody&day=never&q=%00"):
                count += 1
                answer = knock.send(route["path"].replace(":business", quarter.house.business) + query)
                if closed and answer.status not in closed or answer.status >= 500:
                    found.append(f"{actor.role}: {route['path']}{query}: {answer.status}")
    assert not found, f"{len(found)} of {count}:\n" + "\n".join(found)


def test_the_matrix_notices_a_single_decision_that_is_another(quarter):
    """One answer of the engine's table is turned round at a time, or raised by one level: the server, which decides as before,
    must then differ at that very door. So it would where the server decided otherwise than the engine says."""
    chance = random.Random(7)
    planted, missed = 0, []
    reading = [
        (route, door)
        for route, door in doors(quarter)
        if route["method"] == "GET" and door.of in ("booking", "business") and route.get("verb")
    ]
    for actor in quarter.actors:
        if actor.role in ("signed-out", "foreign"):
            continue
        for route, door in chance.sample(reading, 8):
            relation = "business" if door.of == "business" else chance.choice(RELATIONS)
            when = "visit" if door.of == "business" else chance.choice(list(quarters.WHEN))
            rules = copy.deepcopy(quarter.rules)
            role = next(role for role in rules["roles"] if role["id"] == actor.role)
            before = role["decisions"][route["verb"]][relation][when]
            role["decisions"][route["verb"]][relation][when] = "not-theirs" if before in ("P0", "P1", "P2") else "P0"
            told = f"{actor.role}: {route['verb']} {relation} {when}, {before} turned round, at {route['path']}"
            planted += 1
            missed += [] if noticed(quarter, rules, actor, route, door) else [told]
        for route, door in [one for one in reading if "address" in one[1].shows]:
            rules = copy.deepcopy(quarter.rules)
            role = next(role for role in rules["roles"] if role["id"] == actor.role)
            raised = {"P0": "P1", "P1": "P2", "P2": "P1"}
            decisions = role["decisions"]["view-booking"]["own"]
            if decisions["visit"] not in raised:
                continue
            decisions["visit"] = raised[decisions["visit"]]
            planted += 1
            missed += [] if noticed(quarter, rules, actor, route, door) else [f"{actor.role}: a level, at {route['path']}"]
    assert not missed, f"{len(missed)} of {planted} not noticed:\n" + "\n".join(missed)
    print(f"{planted} planted, all noticed")


def noticed(quarter: Quarter, rules: dict, actor: Actor, route: dict, door: Door) -> bool:
    """Whether the door differs from what these rules say."""
    knock = Knock(quarters.replace(quarter, rules=rules), actor, route, door)
    return any(knock.differs(*tried) for tried in KINDS[door.of](knock))


def test_every_other_method_and_every_override_opens_nothing_V7(quarter):
    """HEAD is as GET without its content; PUT, DELETE, PATCH and what is not in the table are 405, whoever asks; a header or
    a field that names another method is not heard."""
    quarter.prove()
    taken = {}
    for route in quarter.rules["routes"]:
        taken.setdefault(route["path"], set()).add(route["method"])

    def all_methods(actor: Actor) -> list[str]:
        found = []
        for path, methods in taken.items():
            route = next(route for route in quarter.rules["routes"] if route["path"] == path)
            knock = Knock(quarter, actor, route, DOORS[f"{route['method']} {path}"])
            address = knock.path(quarter.visits[0].id)
            closed = 410 if route["permit"] == "set-up-code" else 405
            for method in METHODS:
                if method in methods or (method == "HEAD" and "GET" in methods):
                    continue
                for override in (None, next(iter(methods))):
                    answer = knock.send(address, method, override, override)
                    if answer.status != closed or quarter.seen(answer):
                        found.append(f"{actor.role}: {method} {path} as {override}: {answer.status}")
            if "GET" in methods:
                read = Knock(quarter, actor, {**route, "method": "GET"}, DOORS[f"GET {path}"])
                plain = read.send(address, "GET")
                for method, override in [("HEAD", None), *(("GET", one) for one in OVERRIDES)]:
                    other = read.send(address, method, override, override)
                    if other.status != plain.status or (method == "HEAD" and other.body):
                        found.append(f"{actor.role}: {method} {path} as {override}: {other.status}, {plain.status}")
        return found

    differences = quarters.at_once(quarter, all_methods)
    assert not differences, f"{len(differences)}:\n" + "\n".join(sorted(differences)[:60])
