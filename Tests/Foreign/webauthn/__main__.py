"""Genuine and forged answers of passkeys, one JSON object a line, for a verifier to take or to refuse.

python Tests/Foreign/webauthn

Each line has the ceremony ("create" or "get"), the `json` that a browser would send, and what the verifier
knows: `challenge` (base64url) and `address` of the site, and for a use also `publicKey` (base64url of a
COSE_Key), `signCount` and `isSyncable` as stored. `forged` names what was forged and is null in genuine
answers; `fault` is why it must be refused. Genuine ones say what must be read from them under `read`. Every
forgery is genuine but for what it names: the authenticator's key signs what was changed, unless changing the
signature is the point. ES256, EdDSA and RS256 each.
"""

import json
import os

# Before all others: it says where the authenticator is.
from forgery import ADDRESS, HOST, USER  # isort: skip
from authenticator import BACKED_UP, BACKUP_ELIGIBLE, Authenticator, creation, request, url
from client_cases import client_cases
from create_cases import create_cases
from credential_cases import credential_cases
from data_cases import data_cases
from genuine_cases import genuine_cases
from get_cases import get_cases
from key_cases import key_cases


class Keeper(Authenticator):
    """Makes new credentials with the key it has, because RSA keys take long to make."""

    made: dict = {}

    def new_key(self):
        kind = (self.algorithm, self.bits)
        if kind not in Keeper.made:
            Keeper.made[kind] = super().new_key()
        return Keeper.made[kind]


def write(ceremony, case, algorithm):
    challenge = os.urandom(32)
    key = Keeper(algorithm)
    key.sign_count = 7
    steps = {**case.steps, **((case.before(key) if case.before else None) or {})}
    seen = {}

    def see(name):
        before = steps.get(name, lambda value: value)

        def change(value):
            seen[name] = before(value)
            return seen[name]

        return change

    steps.update({name: see(name) for name in ("flags", "count", "aaguid", "response")})
    line = {
        "ceremony": ceremony,
        "name": f"{algorithm}, {ceremony}, {case.name}",
        "forged": case.name if case.forged else None,
        "fault": case.fault,
        "address": ADDRESS,
        "challenge": url(challenge),
    }
    if ceremony == "create":
        line["json"] = key.create(creation(challenge, HOST, USER), ADDRESS, **steps)
    else:
        key.cred_init(HOST, USER)
        line["json"] = key.get(request(challenge, HOST), ADDRESS, **steps)
        stored = dict(case.stored)
        other = stored.pop("publicKey", {}).get(algorithm, key)
        line |= {"publicKey": url(other.public_key), "signCount": 7, "isSyncable": False} | stored
    if not case.forged:
        known = {"ble", "hybrid", "internal", "nfc", "smart-card", "usb"}
        line["read"] = {
            "credential": url(key.credential_id),
            "publicKey": url(key.public_key),
            "signCount": seen["count"],
            "isSyncable": bool(seen["flags"] & BACKUP_ELIGIBLE),
            "isSynced": bool(seen["flags"] & BACKED_UP),
            "aaguid": url(seen.get("aaguid", b"")),
            "transports": sorted(known & set(seen["response"].get("transports", []))),
            "userHandle": seen["response"].get("userHandle"),
        }
    print(json.dumps(line))


def main():
    shared = [*client_cases(), *data_cases(), *credential_cases()]
    for ceremony, own in (("create", [*create_cases(), *key_cases()]), ("get", [*get_cases()])):
        for case in [*genuine_cases(ceremony), *shared, *own]:
            for algorithm in case.only:
                write(ceremony, case, algorithm)


if __name__ == "__main__":
    main()
