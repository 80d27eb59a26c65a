import Desk
import HTTPTypes
import Hummingbird

/// WebAuthn's options as browsers read them.
///
/// - SeeAlso: WebAuthn Level 3 §5.1.9, §5.1.10.
extension Response {
  /// Milliseconds; as long as the challenge is good for.
  private static var timeout: Int { 300_000 }

  /// Asks for a passkey: any of this site's, or one of those known.
  static func passkeyRequest(_ options: PasskeyOptions) -> Response {
    Response.json(personal: true) { json in
      json.field("challenge", options.challenge)
      json.field("rpId", options.rpID)
      json.field("timeout", timeout)
      json.field("userVerification", "required")
      json.array("allowCredentials", options.known, credential)
    }
  }

  /// Asks for a new passkey that none of those known stands for.
  static func passkeyCreation(_ options: PasskeyOptions) -> Response {
    Response.json(personal: true) { json in
      json.object("rp") { json in
        json.field("id", options.rpID)
        json.field("name", options.rpName)
      }
      json.object("user") { json in
        json.field("id", options.userID)
        json.field("name", options.userName)
        json.field("displayName", options.displayName)
      }
      json.field("challenge", options.challenge)
      json.field("timeout", timeout)
      json.field("attestation", "none")
      // EdDSA, ES256, RS256 (IANA COSE Algorithms).
      json.array("pubKeyCredParams", [-8, -7, -257]) { json, algorithm in
        json.object { json in
          json.field("type", "public-key")
          json.field("alg", algorithm)
        }
      }
      json.object("authenticatorSelection") { json in
        json.field("residentKey", "required")
        json.field("requireResidentKey", true)
        json.field("userVerification", "required")
      }
      json.array("excludeCredentials", options.known, credential)
    }
  }

  private static func credential(_ json: inout JSONText, _ id: String) {
    json.object { json in
      json.field("type", "public-key")
      json.field("id", id)
    }
  }
}
