"""The two commands, and a real start: what they write, what they refuse, how they end."""

import json
import os
import re
import socket
import sqlite3
import stat
import subprocess
import time
from email.message import EmailMessage

import pytest
import yaml

import businesses
import records
import server
import slots
from server import BINARY, ROOT, cloakroom, free_port


def applied(folder, business: dict | str, name: str = "business.yaml", check: bool = True):
    file = folder / name
    file.write_text(business if isinstance(business, str) else yaml.safe_dump(business, sort_keys=False))
    return cloakroom("apply", file, "--data", folder / "data", "--root-key", folder / "root.key", check=check)


def refused_start(folder, *arguments) -> str:
    """What the server says when it refuses to start; it must do so at once."""
    done = subprocess.run(
        [
            BINARY,
            "serve",
            "--data",
            str(folder / "data"),
            "--root-key",
            str(folder / "root.key"),
            "--port",
            str(free_port()),
            *arguments,
        ],
        capture_output=True,
        text=True,
        timeout=10,
    )
    assert done.returncode not in (0, -11, -4, 132, 139), done.stdout + done.stderr
    words = done.stdout + done.stderr
    assert "Fatal error" not in words and "Stack dump" not in words
    return words


def test_the_demo_tells_its_addresses_and_people_and_takes_up_where_it_was(tmp_path):
    house = server.demo(tmp_path)
    written = json.loads((house.data / "demo.json").read_text())
    assert set(written) >= {"booking_url", "staff_url", "api", "people"}
    assert sorted(person["role"] for person in written["people"]) == [
        "administrator",
        "owner",
        "technician",
        "technician",
    ]
    for person in written["people"]:
        assert set(person) == {"role", "email", "password", "totp_secret"}
        assert house.sign_in(person["email"]).cookies, f"{person['role']} cannot sign in"
        for printed in (person["email"], person["password"], person["totp_secret"]):
            assert house.server.says(printed), "the same is printed"
    assert house.server.says(written["booking_url"]) and house.server.says(written["staff_url"])
    for url in (written["booking_url"], written["staff_url"], written["api"] + "/services"):
        assert house.client().get(url).status == 200, url
    assert stat.S_IMODE((house.data / "demo.json").stat().st_mode) == 0o600
    service = slots.services(house)[0]
    slot = slots.free(house, service["id"])[0]
    body = slots.order_for(service, slot["start"])
    booking = slots.book(house.client(), house, body).json
    assert house.server.stop() < 5

    again = server.demo(tmp_path, port=house.server.port)
    assert json.loads((house.data / "demo.json").read_text()) == written
    seen = again.client().post_json(f"{again.api}/manage", {"code": slots.code_of(booking)})
    assert seen.status == 200 and seen.json["start"] == booking["start"]
    again.server.stop()


def test_make_run_passes_everything_on(tmp_path):
    shown = subprocess.run(
        ["make", "--dry-run", "run", "PORT=8123", "DATA=/tmp/here", "LIMITS=off"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "MAKEFLAGS": ""},
    ).stdout
    assert 'exec .build/release/cloakroom demo --data "/tmp/here" --port "8123" --limits "off"' in shown
    assert shown.index("scripts/install run") < shown.index("swift build") < shown.index("exec")


def test_make_run_takes_a_store():
    shown = subprocess.run(
        ["make", "--dry-run", "run", "STORE=postgres://cloakroom@db.example.com/house"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "MAKEFLAGS": ""},
    ).stdout
    assert 'demo --store "postgres://cloakroom@db.example.com/house" --port "8080"' in shown


def test_the_demo_runs_on_postgresql_and_takes_up_where_it_was(tmp_path, cluster):
    place, port = cluster.place(), free_port()
    command = ["demo", *place.options, "--sheet", tmp_path / "sheet", "--port", port]
    demo = server.Server(command, port, tmp_path / "log").start()
    written = (tmp_path / "sheet/demo.json").read_text()
    slug = json.loads(written)["api"].rpartition("/")[2]
    house = server.House(demo, tmp_path, slug, tmp_path / "sheet/root.key")
    service = slots.services(house)[0]
    body = slots.order_for(service, slots.free(house, service["id"])[0]["start"])
    booking = slots.book(house.client(), house, body)
    assert booking.status == 201
    demo.stop()
    demo.start()
    assert (tmp_path / "sheet/demo.json").read_text() == written
    seen = house.client().post_json(f"{house.api}/manage", {"code": slots.code_of(booking.json)})
    assert seen.status == 200
    demo.stop()


def test_three_servers_serve_one_postgresql(tmp_path, cluster):
    place, key = cluster.place(), tmp_path / "root.key"
    file = tmp_path / "business.yaml"
    file.write_text(yaml.safe_dump(businesses.races(), sort_keys=False))
    cloakroom("apply", file, *place.options, "--root-key", key)
    houses = []
    for number in range(3):
        port = free_port()
        command = ["serve", *place.options, "--root-key", key, "--port", port, "--limits", "off"]
        one = server.Server([*command, "--url", f"http://localhost:{port}"], port, tmp_path / f"log-{number}")
        houses.append(server.House(one.start(), tmp_path, "race-house", key))
    start = slots.free(houses[0], "repair")[0]["start"]
    answers = [slots.book(house.client(), house, slots.order("repair", start)) for house in houses]
    assert [answer.status for answer in answers] == [201, 409, 409]
    for house in houses:
        seen = house.client().post_json(f"{house.api}/manage", {"code": slots.code_of(answers[0].json)})
        assert seen.status == 200 and seen.json["start"] == start
        assert start not in [slot["start"] for slot in slots.free(house, "repair")]
        house.server.stop()
    said = cloakroom("verify-audit", *place.options, "--root-key", key).stdout
    assert "the record is whole" in said


def test_data_and_store_name_one_place(tmp_path):
    applied(tmp_path, businesses.races())
    key = ["--root-key", tmp_path / "root.key"]
    data, store = ["--data", tmp_path / "data"], ["--store", f"sqlite:{tmp_path}/data"]
    assert cloakroom("export", *store, *key).stdout == cloakroom("export", *data, *key).stdout
    cloakroom("export", *store, *data, *key)
    refused = cloakroom("export", *data, "--store", "sqlite:elsewhere", *key, check=False)
    assert refused.returncode != 0 and "--data and --store" in refused.stderr
    refused = cloakroom("export", *store, "--keys-store", "postgres://a@localhost/b", *key, check=False)
    assert refused.returncode != 0 and "keys" in refused.stderr


SECRET = "unsaid-marmot"


def wrong_addresses(place) -> dict[str, tuple[str, list[str]]]:
    """An address for each thing that can be wrong with a PostgreSQL, and what must be said about it."""
    port = place.cluster.port
    return {
        "nobody answers": (f"postgres://cloakroom:{SECRET}@127.0.0.1:{free_port()}/x", ["away"]),
        "wrong password": (
            f"postgres://cloakroom:{SECRET}@127.0.0.1:{port}/{place.name}",
            ["password", 'CREATE ROLE "cloakroom"', f'CREATE DATABASE "{place.name}"'],
        ),
        "no such database": (
            place.cluster.address("nowhere"),
            ['CREATE ROLE "cloakroom" LOGIN', 'CREATE DATABASE "nowhere" OWNER "cloakroom"'],
        ),
        "no such role": (place.store.replace("cloakroom@", "nobody-here@"), ['CREATE ROLE "nobody-here"']),
        "unsafe": (f"postgres://cloakroom:{SECRET}@db.example.com/x?sslmode=prefer", ["verify-full"]),
        "no address": (f"postgres://cloakroom:{SECRET}%@db.example.com/x?sslmode", ["no address"]),
        "no engine of ours": (f"mysql://cloakroom:{SECRET}@db.example.com/x", ["sqlite:", "postgres://"]),
    }


@pytest.mark.parametrize("command", ["serve", "export", "verify-audit"])
def test_a_postgresql_that_cannot_be_had_is_said_plainly_and_without_a_password(command, tmp_path, cluster):
    applied(tmp_path, businesses.races())
    for wrong, (address, said) in wrong_addresses(cluster.place()).items():
        done = cloakroom(
            command, "--store", address, "--root-key", tmp_path / "root.key", check=False, patience=20
        )
        assert done.returncode == 1, f"{wrong}: {done.stdout}{done.stderr}"
        assert SECRET not in done.stdout + done.stderr, wrong
        for words in said:
            assert words in done.stderr, f"{wrong}: {done.stderr}"


def test_keys_that_cannot_be_had_stop_the_start(tmp_path, cluster):
    place, key, file = cluster.place(), tmp_path / "root.key", tmp_path / "business.yaml"
    file.write_text(yaml.safe_dump(businesses.races(), sort_keys=False))
    cloakroom("apply", file, *place.options, "--root-key", key)
    elsewhere = cluster.place()
    for keys, said in (
        (cluster.address("nowhere_keys"), 'CREATE DATABASE "nowhere_keys"'),
        (elsewhere.keys, "key of 'race-house' is missing"),
        (place.store, "another database"),
    ):
        done = cloakroom(
            "serve", *place.options, "--keys-store", keys, "--root-key", key, check=False, patience=20
        )
        assert done.returncode == 1 and said in done.stderr, done.stderr


def test_the_demo_listens_on_loopback_only(demo):
    with open("/proc/net/tcp", encoding="ascii") as listing:
        listening = [
            line.split() for line in listing if f":{demo.server.port:04X} " in line and " 0A " in line
        ]
    assert listening and all(row[1].startswith("0100007F:") for row in listening)


def test_a_port_that_is_taken_is_said_plainly(tmp_path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        done = cloakroom("demo", "--data", tmp_path / "data", "--port", port, check=False)
    assert done.returncode != 0
    assert str(port) in done.stdout + done.stderr


def test_plain_http_beyond_loopback_is_refused(tmp_path):
    applied(tmp_path, businesses.races())
    for bind in ("127.0.0.1", "0.0.0.0"):
        words = refused_start(tmp_path, "--url", "http://booking.example.com", "--bind", bind)
        assert "https://" in words
    assert "trusted-proxy" in refused_start(
        tmp_path, "--url", "https://booking.example.com", "--bind", "0.0.0.0"
    )


def test_switching_limits_off_is_refused_beyond_loopback(tmp_path):
    applied(tmp_path, businesses.races())
    words = refused_start(
        tmp_path,
        "--url",
        "https://booking.example.com",
        "--bind",
        "0.0.0.0",
        "--trusted-proxy",
        "10.0.0.0/8",
        "--limits",
        "off",
    )
    assert "limits" in words


def test_a_server_behind_a_named_proxy_starts_and_speaks_of_https(tmp_path):
    applied(tmp_path, businesses.races())
    port = free_port()
    started = server.Server(
        [
            "serve",
            "--data",
            tmp_path / "data",
            "--root-key",
            tmp_path / "root.key",
            "--port",
            port,
            "--bind",
            "127.0.0.1",
            "--url",
            "https://booking.example.com",
            "--trusted-proxy",
            "127.0.0.1/32",
        ],
        port,
        tmp_path / "log",
    ).start()
    client = server.Client(f"http://localhost:{port}", headers={"Host": "booking.example.com"})
    page = client.get("/book/race-house")
    assert page.status == 200 and "max-age=" in page.header("strict-transport-security")
    started.stop()


def another_key(folder) -> bytes:
    other = folder / "other"
    other.mkdir()
    applied(other, businesses.races())
    return (other / "root.key").read_bytes()


def test_a_missing_or_wrong_root_key_stops_the_start(tmp_path):
    applied(tmp_path, businesses.races())
    key = tmp_path / "root.key"
    kept = key.read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.unlink()
    refused_start(tmp_path, "--url", "http://localhost:9")
    assert not key.exists(), "a lost key is never replaced in silence"
    for wrong in (b"not a key\n", another_key(tmp_path)):
        key.write_bytes(wrong)
        key.chmod(0o600)
        refused_start(tmp_path, "--url", "http://localhost:9")
    key.write_bytes(kept)
    key.chmod(0o644)
    assert "root.key" in refused_start(tmp_path, "--url", "http://localhost:9"), "a key that others can read"


def test_the_recovery_sheet_is_printed_once(tmp_path):
    first = applied(tmp_path, businesses.races())
    second = applied(tmp_path, businesses.races())
    sheet = [line for line in (first.stdout + first.stderr).splitlines() if "recovery" in line.lower()]
    assert sheet, "no recovery sheet was printed"
    assert "recovery" not in (second.stdout + second.stderr).lower()


def test_applying_twice_changes_nothing(tmp_path):
    applied(tmp_path, businesses.curious())
    database = tmp_path / "data/businesses/curious-house/data.db"
    ignored = ("audit",)
    before = records.content(database, except_tables=ignored)
    applied(tmp_path, businesses.curious())
    assert records.content(database, except_tables=ignored) == before


def test_what_export_writes_can_be_applied_and_changes_nothing(tmp_path):
    applied(tmp_path, businesses.curious())
    database = tmp_path / "data/businesses/curious-house/data.db"
    written = cloakroom(
        "export", "curious-house", "--data", tmp_path / "data", "--root-key", tmp_path / "root.key"
    )
    assert yaml.safe_load(written.stdout)["business"] == "curious-house"
    before = records.content(database, except_tables=("audit",))
    applied(tmp_path, written.stdout)
    assert records.content(database, except_tables=("audit",)) == before


def test_every_mistake_is_named_with_file_line_and_reason_and_nothing_is_applied(tmp_path):
    applied(tmp_path, businesses.curious())
    database = tmp_path / "data/businesses/curious-house/data.db"
    before = records.content(database, except_tables=("audit",))
    text = yaml.safe_dump(businesses.curious() | {"name": "Renamed"}, sort_keys=False)
    wrong = text.replace("zone: Europe/Vilnius", "zone: Europe/Vilna").replace("minutes: 15", "minutes: -15")
    done = applied(tmp_path, wrong, name="wrong.yaml", check=False)
    words = done.stdout + done.stderr
    assert done.returncode != 0
    for mistake in ("zone: Europe/Vilna", "minutes: -15"):
        line = next(number for number, each in enumerate(wrong.splitlines(), 1) if mistake in each)
        assert f"wrong.yaml:{line}:" in words, words
    assert records.content(database, except_tables=("audit",)) == before


def test_what_has_coming_bookings_cannot_be_taken_away(tmp_path):
    house = server.serve(tmp_path, businesses.races())
    for slot in slots.free(house, "class")[:2]:
        assert slots.book(house.client(), house, slots.order("class", slot["start"])).status == 201
    house.server.stop()
    less = businesses.races()
    less["services"] = [service for service in less["services"] if service["id"] != "class"]
    less["staff"] = [person for person in less["staff"] if person["id"] != "milda"]
    done = applied(tmp_path, less, check=False)
    assert done.returncode != 0
    assert "2" in done.stdout + done.stderr and "class" in done.stdout + done.stderr
    again = server.Server(house.server.command[1:], house.server.port, tmp_path / "log").start()
    assert len(house.client().get(f"{house.api}/services").json["services"]) == 3
    again.stop()


def test_an_older_file_takes_nobody_out_who_was_invited_and_no_role_unless_told_to(tmp_path):
    newer = businesses.races()
    helper = {"allow": ["view-day", "change-own-access"], "scope": "own"}
    newer["roles"] = [{"id": "helper", "name": "Helper", "rules": [helper]}]
    newer["staff"].append(businesses.person("ieva", [], role="helper"))
    applied(tmp_path, newer)
    house = server.House(None, tmp_path / "data", "race-house", tmp_path / "root.key")
    house.command("invite", "ieva")
    before = records.content(house.database, except_tables=("audit",))
    refused = applied(tmp_path, businesses.races(), check=False)
    assert refused.returncode == 1
    for words in ("Nothing was changed", "staff ieva", "role helper", "cloakroom export", "--removing"):
        assert words in refused.stderr, refused.stderr
    assert records.content(house.database, except_tables=("audit",)) == before
    assert "Changed" in house.command("apply", tmp_path / "business.yaml", "--removing").stdout
    assert "ieva" not in house.command("export").stdout
    done = records.entries(house.database)[-2]
    assert done["records"] == ["business/race-house", "staff/ieva", "role/helper"]


def test_a_key_is_never_made_inside_the_data_but_one_that_lies_there_is_read(tmp_path):
    key = tmp_path / "data/root.key"
    file = tmp_path / "business.yaml"
    file.write_text(yaml.safe_dump(businesses.races(), sort_keys=False))
    options = ["--data", tmp_path / "data", "--root-key", key]
    refused = cloakroom("apply", file, *options, check=False)
    assert refused.returncode != 0 and "outside the data folder" in refused.stderr and not key.exists()
    applied(tmp_path, businesses.races())
    (tmp_path / "root.key").rename(key)
    assert "nothing to change" in cloakroom("apply", file, *options).stdout
    assert "race-house" in cloakroom("export", *options).stdout


def test_an_invite_works_once(tmp_path):
    house = server.serve(tmp_path, businesses.races())
    replaced, code = server.invite(house, "ona"), server.invite(house, "ona")
    server.enrol(house, "ona", "ona@example.test", "owner", code)
    for spent in (replaced, code, "guessed"):
        client = house.client()
        refused = client.submit(client.get(f"{house.staff}/invite"), "/invite", invite=spent)
        assert refused.status in (404, 410, 422)
        assert not any(link.startswith("otpauth://") for link in refused.page.links)
    house.server.stop()


def test_a_sign_in_needs_both_factors_and_a_fresh_code(tmp_path):
    house = server.serve(tmp_path, businesses.races())
    person = server.enrol(house, "ona", "ona@example.test", "owner")
    totp = server.pyotp.TOTP(person.totp_secret)

    def signs_in(**wrong) -> bool:
        right = {"email": person.email, "password": person.password, "code": totp.at(time.time() + 30)}
        client = house.client()
        answer = client.submit(client.get(f"{house.staff}/sign-in"), "/sign-in", **(right | wrong))
        assert bool(client.cookies) == (answer.status == 200) and answer.status in (200, 401)
        return bool(client.cookies)

    assert not signs_in(password="not the password")
    assert not signs_in(code="000000")
    fresh = totp.at(time.time() + 30)
    assert signs_in(code=fresh)
    assert not signs_in(code=fresh), "a code counts once"
    assert not signs_in(code=totp.at(server.used_steps[person.totp_secret] * 30)), "the invite has spent it"
    house.server.stop()


def test_verify_audit_says_what_it_checked_and_finds_a_changed_entry(tmp_path):
    house = server.serve(tmp_path, businesses.races())
    for slot in slots.free(house, "class")[:3]:
        slots.book(house.client(), house, slots.order("class", slot["start"]))
    house.server.stop()
    said = cloakroom("verify-audit", "--data", house.data, "--root-key", house.root_key).stdout
    assert "race-house" in said and str(records.count(house.database, "audit_entry")) in said
    checkpoint = records.rows(house.database, "SELECT checkpoint FROM audit_head")[0][0]
    mail, junk = tmp_path / "mail.txt", tmp_path / "junk.txt"
    mail.write_text("Hello\r\n" + "".join(f"> {line}\r\n" for line in checkpoint.splitlines()) + "\r\nBye")
    junk.write_text("no checkpoint at all\n")
    witnessed = house.command("verify-audit", "--checkpoint", mail).stdout
    assert re.search(r"checkpoints met: +2", witnessed), "a pasted mail is a witness"
    useless = house.command("verify-audit", "--checkpoint", mail, "--checkpoint", junk, check=False)
    assert useless.returncode == 2 and "the record is whole" in useless.stdout and "junk.txt" in useless.stdout
    with sqlite3.connect(house.database) as connection:
        number, entry = connection.execute(
            "SELECT seq, entry FROM audit_entry ORDER BY seq LIMIT 1 OFFSET 1"
        ).fetchone()
        changed = entry.replace(b"0", b"1", 1)
        assert changed != entry
        connection.execute("UPDATE audit_entry SET entry = ? WHERE seq = ?", (changed, number))
    found = cloakroom("verify-audit", "--data", house.data, "--root-key", house.root_key, check=False)
    assert found.returncode == 1
    with sqlite3.connect(house.database) as connection:
        connection.execute("DELETE FROM audit_head")
    headless = house.command("verify-audit", check=False)
    assert headless.returncode == 1 and "NOT WHOLE" in headless.stdout, "a head that is gone is found like any other"


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_a_mail_that_was_saved_as_it_came_is_a_witness(encoding, tmp_path):
    applied(tmp_path, businesses.races())
    house = server.House(None, tmp_path / "data", "race-house", tmp_path / "root.key")
    checkpoint = records.rows(house.database, "SELECT checkpoint FROM audit_head")[0][0]
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "hello@example.com", "Your visit"
    mail.set_content(f"Hello Rasa,\n\nsee you.\n\n{checkpoint}\nBye\n", cte=encoding)
    mail.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="invite.ics")
    saved = tmp_path / "mail.eml"
    saved.write_bytes(bytes(mail))
    assert (checkpoint in saved.read_text("utf-8")) == (encoding == "8bit")
    assert re.search(r"checkpoints met: +2", house.command("verify-audit", "--checkpoint", saved).stdout)


def test_a_second_server_or_command_on_the_same_data_does_no_harm(tmp_path):
    house = server.serve(tmp_path, businesses.races())
    applied(tmp_path, businesses.races())
    cloakroom("verify-audit", "--data", house.data, "--root-key", house.root_key)
    assert slots.free(house, "class")
    house.server.stop()


@pytest.mark.parametrize("arguments", [["serve", "--port", "0"], ["apply"], ["nonsense"], ["demo", "--port", "99999999"]])
def test_a_command_that_makes_no_sense_ends_with_a_sentence(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = cloakroom(*arguments, check=False, patience=10)
    assert done.returncode not in (0, 132, 139, -4, -5, -11)
    assert "Fatal error" not in done.stderr and len(done.stderr) > 20
