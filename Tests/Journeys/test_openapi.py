"""The API does what its document says: the document is valid, and every answer fits what it promises."""

import json
import re
import uuid
from urllib.parse import urlsplit

import jsonschema
import pytest
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

import slots

ROOT = "https://cloakroom.example/openapi.json"


@pytest.fixture(scope="module")
def document(demo):
    answer = demo.client().get("/api/v1/openapi.json")
    assert answer.status == 200 and answer.header("content-type").startswith("application/json")
    return answer.json


class Contract:
    """Checks answers against the document and remembers which operations were driven."""

    def __init__(self, document):
        self.document = document
        self.registry = Registry().with_resource(ROOT, Resource.from_contents(document, DRAFT202012))
        self.driven: set[tuple[str, str]] = set()
        prefix = urlsplit(document["servers"][0]["url"]).path.rstrip("/") if document.get("servers") else ""
        self.templates = {
            path: re.compile("^" + re.sub(r"\\{\w+\\}", "[^/]+", re.escape(prefix + path)) + "$")
            for path in document["paths"]
        }

    def check(self, answer) -> None:
        path, pointer = self.operation(urlsplit(answer.url).path)
        method = answer.method.lower()
        assert method in self.document["paths"][path], f"{answer.method} {path} is not in the document"
        self.driven.add((method, path))
        responses = self.document["paths"][path][method]["responses"]
        status = str(answer.status)
        known = status if status in responses else "default"
        assert known in responses, (
            f"{answer.method} {path} answered {status}, which the document does not name"
        )
        response, at = responses[known], f"{pointer}/{method}/responses/{known}"
        if "$ref" in response:
            at = response["$ref"]
            response = self.resolve(at)
        if "content" not in response:
            assert not answer.body
            return
        kind = answer.header("content-type").split(";")[0]
        assert kind in response["content"], f"{answer.method} {path} {status} answered {kind}"
        if kind.endswith("json"):
            reference = {"$ref": f"{ROOT}{at}/content/{kind.replace('/', '~1')}/schema"}
            jsonschema.Draft202012Validator(
                reference, registry=self.registry, format_checker=jsonschema.FormatChecker()
            ).validate(answer.json)

    def operation(self, path: str) -> tuple[str, str]:
        fitting = [template for template, pattern in self.templates.items() if pattern.match(path)]
        assert fitting, f"{path} is not in the document"
        template = min(fitting, key=lambda each: each.count("{"))
        return template, "#/paths/" + template.replace("~", "~0").replace("/", "~1").replace(
            "{", "%7B"
        ).replace("}", "%7D")

    def resolve(self, reference: str):
        node = self.document
        for part in reference.lstrip("#/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node

    @property
    def operations(self) -> set[tuple[str, str]]:
        methods = {"get", "put", "post", "delete", "patch"}
        return {
            (method, path) for path, item in self.document["paths"].items() for method in methods & set(item)
        }


def test_the_document_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1.")
    validate(document)


def test_every_answer_of_every_operation_fits_the_document(demo, document):
    contract = Contract(document)
    client = demo.client()

    def seen(answer, *statuses):
        assert answer.status in statuses, f"{answer.method} {answer.url}: {answer.status} {answer.text[:400]}"
        contract.check(answer)
        return answer

    for path in ("/healthz", "/readyz", "/api/v1/openapi.json"):
        seen(client.get(path), 200)
    services = seen(client.get(f"{demo.api}/services"), 200).json["services"]
    people = seen(client.get(f"{demo.api}/staff"), 200).json["staff"]
    assert services and people
    seen(client.get("/api/v1/nobody/services"), 404)

    for service in services:
        free = slots.free(demo, service["id"], days=13)
        assert free, f"{service['id']} is never free"
    chosen, service = services[0], services[0]["id"]
    days = {"service": service, "from": "2030-01-01", "to": "2030-01-02"}
    seen(client.get(f"{demo.api}/slots", **days), 200)
    seen(client.get(f"{demo.api}/slots", **days | {"to": "2030-03-30"}), 422)
    seen(client.get(f"{demo.api}/slots", **days | {"from": "2030-02-30"}), 422)
    seen(client.get(f"{demo.api}/slots", **days, zone="Nowhere/Nothing"), 422)
    seen(client.get(f"{demo.api}/slots", **days | {"service": "nothing"}), 404, 422)
    first, second, *_ = slots.free(demo, service, zone="America/New_York")
    assert first["start"][-6:] in ("-05:00", "-04:00"), "the zone asked for"

    place = f"{demo.api}/bookings"
    body = slots.order_for(chosen, first["start"])
    booking = seen(slots.book(client, demo, body, key="one"), 201).json
    assert seen(slots.book(client, demo, body, key="one"), 200).json == booking, "a repeated request"
    seen(slots.book(client, demo, body | {"start": second["start"]}, key="one"), 409)
    taken = seen(slots.book(client, demo, body | {"staff": booking["staff"]}), 409).json
    assert taken["code"] == "slot_taken"
    seen(client.post_json(place, body), 201, 409)  # a key is asked for, not demanded
    broken = {"Content-Type": "application/json", "Idempotency-Key": "two"}
    seen(client.request("POST", place, b"{", broken), 400, 422)
    seen(client.request("POST", place, b"x=1", broken | {"Content-Type": "text/plain"}), 415, 422)
    wrong = seen(
        slots.book(client, demo, {"service": service, "start": "now", "customer": {"email": "x"}}), 422
    ).json
    assert {error["pointer"] for error in wrong["errors"]} >= {"/start", "/customer/name", "/customer/email"}
    card = slots.order_for(chosen, second["start"], name="4111 1111 1111 1111")
    assert seen(slots.book(client, demo, card), 422).json["errors"][0]["code"] == "card_number"

    code = slots.code_of(booking)
    managed = seen(client.post_json(f"{demo.api}/manage", {"code": code}), 200).json
    assert "name" not in json.dumps(managed), "the bare link shows time and service only"
    seen(client.post_json(f"{demo.api}/manage", {"code": "wrong"}), 404)
    move = {"code": code, "version": managed["version"], "start": second["start"]}
    moved = seen(client.post_json(f"{demo.api}/manage/reschedule", move), 200).json
    seen(client.post_json(f"{demo.api}/manage/reschedule", move), 409)
    seen(
        client.post_json(f"{demo.api}/manage/cancellation", {"code": code, "version": managed["version"]}),
        409,
    )
    seen(
        client.post_json(f"{demo.api}/manage/cancellation", {"code": code, "version": moved["version"]}), 200
    )

    owner = demo.sign_in("owner")
    same_origin = {"Origin": demo.base, "Sec_Fetch_Site": "same-origin"}
    seen(client.get(f"{demo.api}/day", day=second["start"][:10]), 401)
    seen(owner.get(f"{demo.api}/day", day=second["start"][:10], staff=booking["staff"]), 200)
    for query in ({"email": "rasa@example.com"}, {"phone": "+37061234567"}, {"name": "Rasa"}):
        seen(owner.post_json(f"{demo.api}/customer-searches", query, **same_origin), 200)
    seen(owner.post_json(f"{demo.api}/customer-searches", {}, **same_origin), 422)
    seen(client.post_json(f"{demo.api}/customer-searches", {"email": "a@example.com"}), 401)
    def by_owner(method, path, body=None):
        headers = {"Content-Type": "application/json", "Origin": demo.base, "Sec-Fetch-Site": "same-origin"}
        data = None if body is None else json.dumps(body).encode()
        return owner.request(method, f"{demo.api}/{path}", data, headers)

    rules = [{"allow": ["view-day"], "scope": "own"}]
    made = seen(by_owner("POST", "roles", {"name": "Watcher", "rules": rules}), 201).json
    seen(by_owner("POST", "roles", {"name": "Watcher", "rules": rules}), 422)
    seen(by_owner("GET", "roles"), 200)
    seen(client.get(f"{demo.api}/roles"), 401)
    version = seen(by_owner("GET", f"roles/{made['id']}"), 200).json["version"]
    named = {"version": version, "name": "Onlooker", "rules": rules}
    version = seen(by_owner("PUT", f"roles/{made['id']}", named), 200).json["version"]
    seen(by_owner("PUT", f"roles/{made['id']}", named), 409)
    someone = next(person["id"] for person in people)
    seen(by_owner("PUT", f"people/{someone}/role", {"version": 0, "role": made["id"]}), 409)
    raised = {"version": version, "role": "owner"}
    seen(by_owner("PUT", "people/jonas/role", raised), 202)
    seen(by_owner("PUT", "people/jonas/role", {"version": version, "role": "administrator"}), 200)
    seen(by_owner("DELETE", f"roles/{made['id']}?version={version}"), 204)
    assert contract.operations - contract.driven == set(), "operations that nothing above has driven"


def test_what_is_offered_can_be_booked_and_what_is_not_cannot(demo):
    for service in slots.services(demo):
        offered = slots.free(demo, service["id"], days=6)
        slot = offered[len(offered) // 2]
        body = slots.order_for(service, slot["start"], slot["staff"][0])
        assert slots.book(demo.client(), demo, body).status == 201, service["id"]
        odd = re.sub(r"T(\d\d):\d\d", r"T\1:01", slot["start"])
        refused = slots.book(demo.client(), demo, body | {"start": odd}, key=str(uuid.uuid4()))
        assert refused.status in (409, 422), service["id"]
