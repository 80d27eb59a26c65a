"""Public limits are on unless switched off, and count by the peer's address, never by what it says of itself (V37)."""

import itertools
import select
import socket
import time

import pytest

import businesses
import server
import slots


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = server.serve(tmp_path_factory.mktemp("limits"), businesses.races(), limits=None)
    yield house
    house.server.stop()


# What a slow client sends at first; the last sends one more byte every two seconds.
SLOW = {
    "nothing": b"",
    "half a head": b"GET /healthz HTTP/1.1\r\nHost: local",
    "half a body": b"POST /api/v1/race-house/manage HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n\r\n{",
    "a head drop by drop": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "a body drop by drop": b"POST /api/v1/race-house/manage HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n\r\n{",
}


@pytest.fixture(scope="module", autouse=True)
def slow_clients(house):
    """Opened before the other tests, so that they need not be waited for."""
    opened = {}
    for name, start in SLOW.items():
        connection = socket.create_connection(("127.0.0.1", house.server.port))
        connection.sendall(start)
        opened[name] = connection
    yield opened, time.monotonic()
    for connection in opened.values():
        connection.close()


def invented_address(number: int) -> dict[str, str]:
    address = f"198.51.{number // 250}.{number % 250 + 1}"
    return {
        "X-Forwarded-For": address,
        "Forwarded": f"for={address}",
        "X-Real-IP": address,
        "CF-Connecting-IP": address,
    }


@pytest.mark.parametrize("door", ["bookings", "manage", "sign-in"])
def test_1000_requests_with_changing_addresses_from_one_peer_are_limited_V37(house, door):
    client = house.client(keep_alive=True)
    statuses = []
    for number in range(1000):
        headers = invented_address(number)
        if door == "bookings":
            body = slots.order("class", "2030-01-01T09:00:00Z", name=f"Marius {number}")
            headers["Idempotency_Key"] = f"{number}"
            answer = client.post_json(f"{house.api}/bookings", body, **headers)
        elif door == "manage":
            answer = client.post_json(f"{house.api}/manage", {"code": f"guess-{number}"}, **headers)
        else:
            typed = {"email": f"ona{number}@example.test", "password": "guess", "code": "000000"}
            answer = client.post_form(f"{house.staff}/sign-in", typed, **headers)
        statuses.append(answer.status)
        if len(statuses) > 200 and set(statuses[-50:]) == {429}:
            break
    assert 429 in statuses, f"never limited: {sorted(set(statuses))}"
    assert statuses[-1] == 429
    free_ones = len(list(itertools.takewhile(lambda status: status != 429, statuses)))
    assert free_ones < 300, f"{free_ones} requests before the first refusal"
    assert int(answer.header("retry-after")) > 0


def test_a_visitor_who_only_looks_is_still_served_while_others_are_limited(house):
    client = house.client()
    for number in range(300):
        client.post_json(f"{house.api}/manage", {"code": f"guess-{number}"})
    assert client.get(house.book).status == 200
    assert client.get("/healthz").status == 200


def test_a_connection_without_progress_is_closed_after_a_minute(house, slow_clients):
    open_ones, began = slow_clients[0].copy(), slow_clients[1]
    lasted = {}
    while open_ones and time.monotonic() - began < 75:
        for name, connection in list(open_ones.items()):
            try:
                if "drop" in name:
                    connection.send(b"x")
                ready, _, _ = select.select([connection], [], [], 0)
                # What is answered before the end is read away.
                if ready and connection.recv(65536) == b"":
                    raise ConnectionResetError
            except OSError:
                lasted[name] = time.monotonic() - began
                del open_ones[name]
        time.sleep(2)
    assert not open_ones, f"still open: {sorted(open_ones)}"
    assert min(lasted.values()) > 50, f"closed too early: {lasted}"
    assert house.client().get("/healthz").status == 200
