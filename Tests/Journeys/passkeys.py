"""Chromium's virtual authenticator: a passkey device whose owner always says yes.

What it is and does: https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
"""

from browser import Visitor


class Authenticator:
    """One device with passkeys, in one person's browser."""

    def __init__(self, visitor: Visitor, transport: str = "internal", offers: bool = False):
        """`offers`: whether it answers by itself where a page offers passkeys in a field; people would choose there."""
        if not offers:
            visitor.context.add_init_script(
                "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
            )
        self.session = visitor.debugger
        self.session.send("WebAuthn.enable", {"enableUI": False})
        options = {
            "protocol": "ctap2",
            "transport": transport,
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})[
            "authenticatorId"
        ]

    def send(self, command: str, **more):
        return self.session.send(f"WebAuthn.{command}", {"authenticatorId": self.id, **more})

    @property
    def credentials(self) -> list[dict]:
        return self.send("getCredentials")["credentials"]

    def put(self, credential: dict):
        """Puts a copy of another device's passkey here, as a cloned device would have it."""
        self.send("addCredential", credential=credential)

    def refuse(self, refused: bool = True):
        """The owner's finger or PIN is not recognised any more, or again."""
        self.send("setUserVerified", isUserVerified=not refused)

    def remove(self):
        """The device is lost."""
        self.session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.id})
