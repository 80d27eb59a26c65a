"""A browser with an authenticator in it, in software: the JSON of what create() and get() answer.

Adapted from SoftWebauthnDevice of soft-webauthn, of which it keeps the shape; its keys, flags, counter and
every step at which somebody could lie can be set. None of it is code of the server.

    key = Authenticator("EdDSA")
    form["passkey"] = key.create(creation(challenge, "localhost", user), "http://localhost:8080")
    form["passkey"] = key.get(request(challenge, "localhost"), "http://localhost:8080")

Both take the options that a page hands to the browser, in their JSON form, with or without "publicKey" around
them.

To lie, name a step and how its genuine value is to be changed; all that follows is made from what it became:

    key.get(options, origin, flags=lambda flags: flags & ~USER_VERIFIED)

The steps of both ceremonies, in their order: client (dict), client_json (bytes), rp_hash (bytes), flags
(int), count (int), extensions (bytes), data (bytes, all of the authenticator data), response (dict),
credential (dict), text (str).
Only of create, before `extensions`: aaguid (bytes), identifier (bytes), length (int), cose (dict), cose_bytes
(bytes); after `data`: attestation (dict), attestation_bytes (bytes).
Only of get, after `data`: signed (bytes, the message), signature (bytes).
"""

import copy
import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from fido2 import cbor, cose
from soft_webauthn import SoftWebauthnDevice

USER_PRESENT, USER_VERIFIED, BACKUP_ELIGIBLE, BACKED_UP, ATTESTED, EXTENSIONS = (
    0x01,
    0x04,
    0x08,
    0x10,
    0x40,
    0x80,
)
ALGORITHMS = {"ES256": -7, "EdDSA": -8, "RS256": -257}


def url(content: bytes) -> str:
    """base64url without padding, as WebAuthn writes bytes in JSON."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def unurl(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def creation(challenge: str | bytes, rp_id: str, user: str | bytes, exclude=()) -> dict:
    """Options for a new credential. Bytes may be given as such or in base64url."""
    return {
        "challenge": _text(challenge),
        "rp": {"id": rp_id, "name": rp_id},
        "user": {"id": _text(user), "name": "somebody", "displayName": "Somebody"},
        "pubKeyCredParams": [{"type": "public-key", "alg": number} for number in ALGORITHMS.values()],
        "excludeCredentials": [{"type": "public-key", "id": _text(known)} for known in exclude],
        "attestation": "none",
    }


def request(challenge: str | bytes, rp_id: str, allow=()) -> dict:
    """Options for using a credential; without `allow`, any that the authenticator has."""
    allowed = [{"type": "public-key", "id": _text(known)} for known in allow]
    return {"challenge": _text(challenge), "rpId": rp_id, "allowCredentials": allowed}


class Authenticator(SoftWebauthnDevice):
    """Holds one credential. Until told otherwise it verifies the person, counts by one, is not backed up."""

    def __init__(self, algorithm: str = "ES256", bits: int = 2048):
        super().__init__()
        self.algorithm = algorithm
        self.bits = bits
        self.flags = USER_PRESENT | USER_VERIFIED
        self.step = 1
        """How much the counter rises with each use; 0 with a sign_count of 0 for keys that do not count."""
        self.transports = ["internal"]

    def cred_init(self, rp_id: str, user_handle: bytes, length: int = 32):
        """A new credential, without any ceremony."""
        self.rp_id, self.user_handle = rp_id, user_handle
        self.credential_id = os.urandom(length)
        self.private_key = self.new_key()

    def new_key(self):
        if self.algorithm == "ES256":
            return ec.generate_private_key(ec.SECP256R1())
        if self.algorithm == "EdDSA":
            return ed25519.Ed25519PrivateKey.generate()
        return rsa.generate_private_key(public_exponent=65537, key_size=self.bits)

    def synced(self) -> "Authenticator":
        """As passkeys that a provider keeps: backed up, and without a counter."""
        self.flags |= BACKUP_ELIGIBLE | BACKED_UP
        self.sign_count = self.step = 0
        return self

    def clone(self) -> "Authenticator":
        """Another authenticator with the same key and its own counter, from here on."""
        twin = copy.copy(self)
        twin.transports = list(self.transports)
        return twin

    @property
    def cose_key(self) -> dict:
        kind = {"ES256": cose.ES256, "EdDSA": cose.EdDSA, "RS256": cose.RS256}[self.algorithm]
        return dict(kind.from_cryptography_key(self.private_key.public_key()))

    @property
    def public_key(self) -> bytes:
        """As a server stores it."""
        return cbor.encode(self.cose_key)

    def sign(self, message: bytes) -> bytes:
        if self.algorithm == "ES256":
            return self.private_key.sign(message, ec.ECDSA(hashes.SHA256()))
        if self.algorithm == "EdDSA":
            return self.private_key.sign(message)
        return self.private_key.sign(message, padding.PKCS1v15(), hashes.SHA256())

    def create(self, options: dict, origin: str, **forge) -> str:
        """Makes a new credential, in place of the one held before; the text of a RegistrationResponseJSON."""
        options = options.get("publicKey", options)
        offered = [offer["alg"] for offer in options["pubKeyCredParams"]]
        if ALGORITHMS[self.algorithm] not in offered:
            raise ValueError(f"{self.algorithm} is not asked for")
        if self._knows(options.get("excludeCredentials", [])):
            raise ValueError("this authenticator has a credential here already")
        self.cred_init(options["rp"]["id"], unurl(options["user"]["id"]))
        forgery = _Forgery(forge)
        client_json = self._client("webauthn.create", options, origin, forgery)
        data = self._data(forgery, self.flags | ATTESTED, self._attested)
        attestation = forgery("attestation", {"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": url(client_json),
            "attestationObject": url(forgery("attestation_bytes", cbor.encode(attestation))),
            "transports": self.transports,
            "publicKeyAlgorithm": ALGORITHMS[self.algorithm],
            "authenticatorData": url(data),
        }
        return self._text(response, forgery)

    def get(self, options: dict, origin: str, **forge) -> str:
        """Uses the credential; the text of an AuthenticationResponseJSON."""
        options = options.get("publicKey", options)
        if self.rp_id != options["rpId"]:
            raise ValueError("this authenticator has no credential there")
        if options.get("allowCredentials") and not self._knows(options["allowCredentials"]):
            raise ValueError("another credential is asked for")
        forgery = _Forgery(forge)
        self.sign_count += self.step
        client_json = self._client("webauthn.get", options, origin, forgery)
        data = self._data(forgery, self.flags)
        message = forgery("signed", data + hashlib.sha256(client_json).digest())
        response = {
            "clientDataJSON": url(client_json),
            "authenticatorData": url(data),
            "signature": url(forgery("signature", self.sign(message))),
            "userHandle": url(self.user_handle),
        }
        return self._text(response, forgery)

    def _knows(self, credentials: list[dict]) -> bool:
        return self.credential_id is not None and url(self.credential_id) in [
            known["id"] for known in credentials
        ]

    def _client(self, kind: str, options: dict, origin: str, forgery: "_Forgery") -> bytes:
        client = {"type": kind, "challenge": options["challenge"], "origin": origin, "crossOrigin": False}
        client = forgery("client", client)
        return forgery("client_json", json.dumps(client, separators=(",", ":"), ensure_ascii=False).encode())

    def _data(self, forgery: "_Forgery", flags: int, attested=lambda _: b"") -> bytes:
        data = forgery("rp_hash", hashlib.sha256(self.rp_id.encode()).digest())
        data += forgery("flags", flags).to_bytes(1, "big")
        data += forgery("count", self.sign_count).to_bytes(4, "big")
        data += attested(forgery)
        return forgery("data", data + forgery("extensions", b""))

    def _attested(self, forgery: "_Forgery") -> bytes:
        aaguid = forgery("aaguid", self.aaguid)
        self.credential_id = identifier = forgery("identifier", self.credential_id)
        length = forgery("length", len(identifier)).to_bytes(2, "big")
        key = forgery("cose_bytes", cbor.encode(forgery("cose", self.cose_key)))
        return aaguid + length + identifier + key

    def _text(self, response: dict, forgery: "_Forgery") -> str:
        credential = {
            "id": url(self.credential_id),
            "rawId": url(self.credential_id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": forgery("response", response),
        }
        return forgery("text", json.dumps(forgery("credential", credential)))


class _Forgery:
    """The steps at which this ceremony lies."""

    def __init__(self, steps: dict):
        self.steps = dict(steps)
        unknown = set(steps) - STEPS
        if unknown:
            raise ValueError(f"no such steps: {', '.join(sorted(unknown))}")

    def __call__(self, step: str, genuine):
        return self.steps[step](genuine) if step in self.steps else genuine


STEPS = set(
    "client client_json rp_hash flags count aaguid identifier length cose cose_bytes extensions data"
    " attestation attestation_bytes signed signature response credential text".split()
)


def _text(content: str | bytes) -> str:
    return content if isinstance(content, str) else url(content)
