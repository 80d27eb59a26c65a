"""Sends many requests in the same instant: all connections are open and all but the last byte of each request has
been sent before the last bytes go out together."""

import asyncio
import itertools
import json
import time
from dataclasses import dataclass


@dataclass
class Finish:
    status: int
    headers: dict[str, str]
    body: bytes
    # Seconds from the common start until the whole answer was here.
    after: float

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def post(path: str, port: int, body: bytes, headers: dict[str, str]) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: localhost:{port}",
        "Connection: close",
        f"Content-Length: {len(body)}",
    ]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def run(port: int | list[int], requests: list[bytes]) -> list[Finish]:
    """The answers in the order of the requests; several ports are taken in turn, one request each."""
    ports = itertools.cycle([port] if isinstance(port, int) else port)
    return asyncio.run(_run(ports, requests))


async def _run(ports, requests: list[bytes]) -> list[Finish]:
    ends = await asyncio.gather(
        *[asyncio.open_connection("127.0.0.1", port) for port, _ in zip(ports, requests, strict=False)]
    )
    for (_, writer), request in zip(ends, requests, strict=True):
        writer.write(request[:-1])
        await writer.drain()
    await asyncio.sleep(0.2)
    start = time.perf_counter()
    for (_, writer), request in zip(ends, requests, strict=True):
        writer.write(request[-1:])
    return await asyncio.gather(*[_answer(reader, writer, start) for reader, writer in ends])


async def _answer(reader, writer, start: float) -> Finish:
    raw = await asyncio.wait_for(reader.read(-1), timeout=60)
    after = time.perf_counter() - start
    writer.close()
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        body = _unchunked(body)
    return Finish(int(first.split()[1]), headers, body, after)


def _unchunked(body: bytes) -> bytes:
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        whole, body = whole + body[:length], body[length + 2 :]
    return whole
