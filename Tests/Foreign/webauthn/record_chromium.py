"""Records what Chromium answers for passkeys of its virtual authenticator, into chromium.json.

python Tests/Foreign/webauthn/record_chromium.py
"""

import json
import os
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from forgery import ADDRESS  # noqa: F401  (says where the authenticator is)
from authenticator import ALGORITHMS, url
from playwright.sync_api import sync_playwright

RESIDENT = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
ALWAYS = RESIDENT | {"protocol": "ctap2", "automaticPresenceSimulation": True}
KINDS = {
    "ES256, on this device": ("ES256", {"transport": "internal"}),
    "ES256, synced": (
        "ES256",
        {"transport": "internal", "defaultBackupEligibility": True, "defaultBackupState": True},
    ),
    "EdDSA, on a stick": ("EdDSA", {"transport": "usb"}),
    "RS256, on a stick": ("RS256", {"transport": "usb"}),
}
CREATE = """async ([challenge, alg]) => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON({
    challenge, rp: {id: "localhost", name: "Studio"}, user: {id: "b25h", name: "ona", displayName: "Ona"},
    pubKeyCredParams: [{type: "public-key", alg}], attestation: "none", extensions: {credProps: true},
    authenticatorSelection: {residentKey: "required", userVerification: "required"},
  });
  return JSON.stringify((await navigator.credentials.create({publicKey})).toJSON());
}"""
GET = """async (challenge) => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({
    challenge, rpId: "localhost", userVerification: "required",
  });
  return JSON.stringify((await navigator.credentials.get({publicKey})).toJSON());
}"""


class EmptyPage(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Empty</title>")

    def log_message(self, *_):
        pass


def record(browser, origin, algorithm, options):
    context = browser.new_context()
    page = context.new_page()
    page.goto(origin)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": ALWAYS | options})
    made, used = url(os.urandom(32)), url(os.urandom(32))
    answer = {
        "origin": origin,
        "made": {"challenge": made, "json": page.evaluate(CREATE, [made, ALGORITHMS[algorithm]])},
        "used": {"challenge": used, "json": page.evaluate(GET, used)},
    }
    context.close()
    return answer


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), EmptyPage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://localhost:{server.server_port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        answers = [{"name": name, **record(browser, origin, *kind)} for name, kind in KINDS.items()]
        source = f"Chromium {browser.version}, the virtual authenticator of its DevTools protocol"
        browser.close()
    file = Path(__file__).with_name("chromium.json")
    file.write_text(json.dumps({"source": source, "answers": answers}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
