"""Asks for free times and books them, as a program outside would."""

import uuid
from datetime import date, timedelta

from client import Answer, Client
from server import House


def free(
    house: House, service: str, staff: str | None = None, days: int = 21, after: int = 2, **query
) -> list[dict]:
    """The free slots of a service from `after` days ahead on."""
    first = date.today() + timedelta(days=after)
    asked = {
        "service": service,
        "from": first.isoformat(),
        "to": (first + timedelta(days=days)).isoformat(),
        **query,
    }
    answer = house.client().get(f"{house.api}/slots", **asked, staff=staff)
    assert answer.status == 200, f"{answer.status} {answer.text}"
    return answer.json["slots"]


def order(service: str, start: str, staff: str | None = None, name: str = "Rasa Kalnė", **customer) -> dict:
    """The body of a booking."""
    body = {"service": service, "start": start}
    body["customer"] = {"name": name, "email": "rasa@example.com", **customer}
    return body | ({"staff": staff} if staff else {})


def order_for(service: dict, start: str, staff: str | None = None, **customer) -> dict:
    """The body of a booking with all that the service, as the API describes it, must have."""
    reach = {"phone": "+370 612 34567"}
    if service["place"] == "customer":
        reach["address"] = "Gedimino pr. 1-2, Vilnius"
    body = order(service["id"], start, staff, **{**reach, **customer})
    required = [question for question in service["questions"] if question["required"]]
    answers = {question["id"]: (question.get("choices") or ["yes"])[0] for question in required}
    return body | {"answers": answers}


def services(house: House) -> list[dict]:
    return house.client().get(f"{house.api}/services").json["services"]


def book(client: Client, house: House, body: dict, key: str | None = None) -> Answer:
    return client.post_json(f"{house.api}/bookings", body, Idempotency_Key=key or str(uuid.uuid4()))


def code_of(booking: dict) -> str:
    """The manage code that a booking's link carries in its fragment."""
    return booking["manage_url"].partition("#")[2]
