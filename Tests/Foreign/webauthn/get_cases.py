"""What comes with a use only."""

import hashlib

from authenticator import ATTESTED, BACKUP_ELIGIBLE, Authenticator, unurl, url
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from forgery import HOST, USER, Case, flip, instead, put, without


def get_cases():
    other = {name: Authenticator(name) for name in ("ES256", "EdDSA", "RS256")}
    for key in other.values():
        key.cred_init(HOST, USER)
    es, rs = ("ES256",), ("RS256",)
    changed = hashlib.sha256(b"{}").digest()
    for name, steps, only in [
        ("with a bit flipped at its end", {"signature": flip(-1)}, None),
        ("with a bit flipped inside", {"signature": flip(20)}, None),
        ("empty", {"signature": instead(b"")}, None),
        ("cut short", {"signature": lambda s: s[:-1]}, None),
        ("with a byte more", {"signature": lambda s: s + b"\0"}, None),
        ("all zero", {"signature": lambda s: bytes(len(s))}, None),
        ("over other client data", {"signed": lambda m: m[:-32] + changed}, None),
        ("over other authenticator data", {"signed": lambda m: b"\0" * 32 + m[32:]}, None),
        ("over the client data alone", {"signed": lambda m: m[-32:]}, None),
        ("over nothing", {"signed": instead(b"")}, None),
        ("of 64 bytes in place of DER", {"signature": raw}, es),
        ("with r and s zero", {"signature": instead(utils.encode_dss_signature(0, 0))}, es),
        (
            "with s zero",
            {"signature": lambda s: utils.encode_dss_signature(utils.decode_dss_signature(s)[0], 0)},
            es,
        ),
        ("with r beyond the order", {"signature": beyond}, es),
        ("in DER of another length form", {"signature": lambda s: b"\x30\x81" + s[1:]}, es),
    ]:
        yield Case(f"signature: {name}", "signature", steps, only=only or tuple(other))

    def by(make):
        """Signs the same message in another way, with the same or another key."""

        def prepare(key):
            made = []

            def sign(message):
                made.append(make(key, message))
                return message

            return {"signed": sign, "signature": lambda _: made.pop()}

        return prepare

    yield Case(
        "signature: by another key", "signature", before=by(lambda key, m: other[key.algorithm].sign(m))
    )
    for name, how in [
        ("with SHA-512", (padding.PKCS1v15(), hashes.SHA512())),
        ("with SHA-1", (padding.PKCS1v15(), hashes.SHA1())),
        ("with PSS", (padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())),
    ]:
        yield Case(
            f"signature: {name}",
            "signature",
            before=by(lambda key, m, how=how: key.private_key.sign(m, *how)),
            only=rs,
        )
    yield Case(
        "signature: with SHA-384",
        "signature",
        before=by(lambda key, m: key.private_key.sign(m, ec.ECDSA(hashes.SHA384()))),
        only=es,
    )

    def counted_on(response):
        data = bytearray(unurl(response["authenticatorData"]))
        data[36] += 1
        return {**response, "authenticatorData": url(bytes(data))}

    yield Case("response: counter changed after signing", "signature", {"response": counted_on})
    yield Case(
        "response: client data changed after signing",
        "signature",
        {"response": lambda r: put(clientDataJSON=url(unurl(r["clientDataJSON"])[:-1] + b" }"))(r)},
    )
    for name, fault, change in [
        ("signature missing", "json", without("signature")),
        ("signature not a text", "json", put(signature=1)),
        ("authenticatorData missing", "json", without("authenticatorData")),
        (
            "authenticatorData padded",
            "json",
            lambda r: put(authenticatorData=r["authenticatorData"] + "=")(r),
        ),
        ("userHandle empty", "userHandle", put(userHandle="")),
        ("userHandle of 65 bytes", "userHandle", put(userHandle=url(b"a" * 65))),
        ("userHandle padded", "userHandle", put(userHandle="b25h====")),
        ("userHandle not a text", "userHandle", put(userHandle=7)),
    ]:
        yield Case(f"response: {name}", fault, {"response": change})

    credential = bytes(16) + b"\0\x10" + bytes(16)
    yield Case(
        "authenticator data: a new credential in it",
        "authenticatorData",
        before=lambda key: {
            "flags": lambda f: f | ATTESTED,
            "extensions": lambda _: credential + key.public_key,
        },
    )
    yield Case(
        "authenticator data: flag for a credential, none there",
        "authenticatorData",
        {"flags": lambda f: f | ATTESTED},
    )
    yield Case("counter: as before", "counter", stored={"signCount": 8})
    yield Case("counter: lower than before", "counter", stored={"signCount": 9})
    yield Case("counter: back at zero", "counter", {"count": instead(0)}, stored={"signCount": 7})
    yield Case(
        "counter: as high as it goes, again",
        "counter",
        {"count": instead(2**32 - 1)},
        stored={"signCount": 2**32 - 1},
    )
    yield Case(
        "flags: can be backed up, and could not before", "backup", {"flags": lambda f: f | BACKUP_ELIGIBLE}
    )
    yield Case("flags: cannot be backed up, and could before", "backup", stored={"isSyncable": True})
    yield Case("key: of another credential", "signature", stored={"publicKey": other})


def raw(signature):
    r, s = utils.decode_dss_signature(signature)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def beyond(signature):
    """Adds the order of P-256 to r: the same number for whoever does not look."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    r, s = utils.decode_dss_signature(signature)
    return utils.encode_dss_signature(r + order, s)
