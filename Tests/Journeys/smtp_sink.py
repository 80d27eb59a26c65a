"""A mail server that keeps what it is given: every message becomes a file in a folder.

    smtp_sink.py FOLDER [--port N] [--tls starttls|implicit] [--host NAME] [--login NAME:PASSWORD]
                 [--silent] [--until-input-ends]

Prints its port as the first line and serves on 127.0.0.1 until it is killed; with --until-input-ends it also ends with
its standard input, so that a test that dies leaves nothing behind.
Messages are written as 0001.eml, 0002.eml …, each with 0001.json beside it: {"from", "to", "hello", "tls", "login"}.
A file that can be seen is whole. With --tls, a certificate for --host is made: FOLDER/authority.pem is to be trusted.
Recipients named temp are answered 451, those named perm 550, those named relay 554 5.7.1; senders named barred are answered 553; a message that
contains "X-Refuse: NNN" is answered NNN. --silent takes connections and says nothing.
"""

import argparse
import asyncio
import datetime
import json
import logging
import re
import ssl
import sys
import warnings
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult


class Sink:
    def __init__(self, folder: Path):
        self.folder = folder
        self.count = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("barred@"):
            return "553 5.7.1 not yours to use"
        envelope.mail_from = address
        return "250 2.1.0 ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("temp@"):
            return "451 4.3.0 come back later"
        if address.startswith("perm@"):
            return f"550 5.1.1 <{address}> is nobody here"
        if address.startswith("relay@"):
            return f"554 5.7.1 <{address}>: Relay access denied"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        refused = re.search(rb"^X-Refuse: (\d{3})\r?$", envelope.original_content, re.M)
        if refused:
            return f"{refused[1].decode()} as you wish"
        self.count += 1
        facts = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "hello": session.host_name,
            "tls": session.ssl is not None or bool(server.transport.get_extra_info("ssl_object")),
            "login": session.auth_data,
        }
        self.keep(f"{self.count:04}.json", json.dumps(facts).encode())
        self.keep(f"{self.count:04}.eml", envelope.original_content)
        return "250 2.0.0 kept"

    def keep(self, name: str, content: bytes):
        unfinished = self.folder / f".{name}"
        unfinished.write_bytes(content)
        unfinished.rename(self.folder / name)


def make_certificate(folder: Path, host: str) -> ssl.SSLContext:
    """A certificate that is its own authority, good for an hour."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Mail sink")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "authority.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "authority.pem", folder / "key.pem")
    return context


def conversation(folder: Path, tls: str | None, context: ssl.SSLContext | None, login: str | None):
    """What makes the other side of each connection."""
    if login:
        name, _, password = login.partition(":")

        def check(server, session, envelope, mechanism, data):
            good = (data.login, data.password) == (name.encode(), password.encode())
            return AuthResult(success=good, handled=False, auth_data=name if good else None)

    sink = Sink(folder)
    options = {"hostname": "sink.example.test", "ident": "sink", "loop": asyncio.get_running_loop()}
    if tls == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if login:
        options |= {"authenticator": check, "auth_required": True, "auth_require_tls": tls == "starttls"}
    return lambda: SMTP(sink, **options)


async def serve(arguments):
    arguments.folder.mkdir(parents=True, exist_ok=True)
    context = make_certificate(arguments.folder, arguments.host) if arguments.tls else None
    make = conversation(arguments.folder, arguments.tls, context, arguments.login)
    server = await asyncio.get_running_loop().create_server(
        asyncio.Protocol if arguments.silent else make,
        "127.0.0.1",
        arguments.port,
        ssl=context if arguments.tls == "implicit" else None,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    if arguments.until_input_ends:
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.buffer.read)
        server.close()
    else:
        await server.serve_forever()


def main():
    # Refused handshakes and clear sign-ins on loopback are what tests are about, not news.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", choices=["starttls", "implicit"])
    parser.add_argument("--host", default="localhost")
    parser.add_argument("--login", metavar="NAME:PASSWORD")
    parser.add_argument("--silent", action="store_true")
    parser.add_argument("--until-input-ends", action="store_true")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
