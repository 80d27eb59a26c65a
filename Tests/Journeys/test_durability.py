"""A kill proves nothing about the disk. The system calls do: before a 201 leaves, what it promises was synced."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import businesses
import server
import slots

BOOKINGS = 20
CALLS = "write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,fdatasync,fsync"
LINE = re.compile(r"^(\d+)\s+(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)$")


@dataclass
class Call:
    name: str
    # Path of a file, or what strace says about a socket.
    target: str
    text: str
    began: int
    ended: int


def calls(trace: str) -> list[Call]:
    """The finished calls in the order in which they ended; `began` and `ended` are line numbers of the trace."""
    open_calls: dict[str, Call] = {}
    finished = []
    for number, line in enumerate(trace.splitlines()):
        match = LINE.match(line)
        if not match:
            continue
        thread, resumed, name, rest = match.groups()
        if resumed:
            call = open_calls.pop(thread, None)
            if call is None:
                continue
            call.ended = number
        else:
            target = re.match(r"\d+<(.*?)>[,) ]", rest)
            call = Call(name, target[1] if target else "", rest, number, number)
            if "<unfinished ...>" in rest:
                open_calls[thread] = call
                continue
        finished.append(call)
    return finished


def test_every_201_leaves_after_its_write_was_synced(tmp_path):
    if shutil.which("strace") is None:
        pytest.fail("strace is not installed: scripts/install test installs it")
    trace = tmp_path / "system-calls"
    strace = ["strace", "-f", "-y", "-s", "48", "-e", f"trace={CALLS}", "-o", str(trace)]
    try:
        house = server.serve(tmp_path, businesses.busy(), wrapper=strace)
    except AssertionError as problem:
        pytest.fail(f"the server could not be traced (does this machine allow ptrace?): {problem}")
    free = slots.free(house, "quick", staff="tadas", days=1)
    client = house.client(keep_alive=True)
    try:
        for slot in free[:BOOKINGS]:
            assert slots.book(client, house, slots.order("quick", slot["start"], "tadas")).status == 201
    finally:
        server.end_traced(house.server.process)

    wal = str(house.database) + "-wal"
    since, seen = -1, 0
    made = calls(trace.read_text("utf-8", "replace"))
    for answer in made:
        if answer.name in ("fdatasync", "fsync") or '"HTTP/1.1 201' not in answer.text:
            continue
        seen += 1
        between = [call for call in made if since < call.began < answer.began and call.target == wal]
        writes = [call for call in between if call.name.startswith("pwrite") or call.name.startswith("write")]
        syncs = [
            call for call in between if call.name in ("fdatasync", "fsync") and call.ended < answer.began
        ]
        assert writes, f"booking {seen} was answered without a write to the WAL"
        last = max(call.ended for call in writes)
        assert any(call.began > last for call in syncs), (
            f"booking {seen} was answered before its write was synced"
        )
        since = answer.began
    assert seen == BOOKINGS, f"{seen} answers of {BOOKINGS} were found in the trace"
