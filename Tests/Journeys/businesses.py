"""Small businesses made for one question each. Everybody in them is invented."""

PROMPT = {"notice": "0", "window": "365 d"}


def house(slug: str, staff: list[dict], services: list[dict], **more) -> dict:
    return {
        "business": slug,
        "name": "Test House",
        "locale": "en",
        "currency": "EUR",
        "locations": [{"id": "shop", "name": "Shop", "zone": "Europe/Vilnius"}],
        "staff": staff,
        "services": services,
        **more,
    }


def person(slug: str, services: list[str], role: str = "technician", hours: str = "00:00-24:00") -> dict:
    works = {"services": services, "hours": [{"days": "mon-sun", "hours": hours}]} if services else {}
    return {"id": slug, "name": slug.capitalize(), "email": f"{slug}@example.test", "role": role, **works}


def service(slug: str, minutes: int, **more) -> dict:
    return {"id": slug, "name": slug.capitalize(), "minutes": minutes, **PROMPT, **more}


def races() -> dict:
    """One buffered appointment by one person, a class of three, and one that either of two people can serve."""
    return house(
        "race-house",
        [
            person("ona", [], role="owner"),
            person("tadas", ["repair"]),
            person("milda", ["class"]),
            person("jonas", ["visit"]),
            person("greta", ["visit"]),
        ],
        [
            service("repair", 30, before="10 min", after="15 min", step="5 min"),
            service("class", 60, capacity=3),
            service("visit", 45),
        ],
    )


def busy() -> dict:
    """Four people who work day and night in steps of five minutes: slots for a hundred thousand bookings."""
    names = ["tadas", "milda", "jonas", "greta"]
    return house(
        "busy-house",
        [person("ona", [], role="owner")] + [person(name, ["quick"]) for name in names],
        [service("quick", 5, step="5 min")],
    )


def curious() -> dict:
    """Asks for all that can be asked: an address, a line, a text, a choice, yes or no."""

    def question(slug: str, kind: str, **more) -> dict:
        return {
            "id": slug,
            "label": f"The {slug}",
            "reason": "So that we come prepared.",
            "kind": kind,
            "basis": "contract",
            "retention": "30 d",
            **more,
        }

    questions = [
        question("model", "line"),
        question("story", "text"),
        question("size", "choice", choices=["Small", "Large"]),
        question("pets", "yes-no"),
    ]
    return house(
        "curious-house",
        [person("ona", [], role="owner"), person("tadas", ["visit", "talk"])],
        [
            service("visit", 30, place="customer", questions=questions),
            service("talk", 15, place="phone", questions=[question("topic", "line", level="P1")]),
        ],
        policy={"cancel": "1 h", "reschedule": "1 h"},
    )
