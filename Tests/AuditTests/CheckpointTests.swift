import Testing
import Vault

@testable import Audit

struct CheckpointTests {
  @Test func `a checkpoint is signed, read and verified`() throws {
    let log = try Log(5)
    let note = try log.note()
    let signed = try #require(SignedCheckpoint(note))
    #expect(signed.checkpoint == Checkpoint(origin: log.origin, size: 5, root: log.frontier.root))
    #expect(signed.isSigned(by: log.key))
    #expect(VerificationKey(log.key.description) == log.key)
  }

  @Test func `a known public key has the id that others give it`() throws {
    // From the package documentation of golang.org/x/mod/sumdb/note.
    let key = try #require(
      VerificationKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    )
    let note = """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      """
    let encoded =
      "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    let signature = try #require(Base64.decode(encoded))
    #expect(Array(signature[..<4]) == key.id)
    #expect(key.isValid(Array(signature[4...]), for: Array(note.utf8)))
  }

  @Test func `no changed byte of a note passes`() throws {
    let log = try Log(5)
    let note = Array(try log.note().utf8)
    for position in note.indices {
      for bit in 0..<8 {
        var changed = note
        changed[position] ^= 1 << bit
        guard let text = String(validating: changed, as: UTF8.self), let read = SignedCheckpoint(text) else {
          continue
        }
        #expect(!read.isSigned(by: log.key), "byte \(position), bit \(bit)")
      }
    }
  }

  @Test func `another key, and another log's note, do not pass`() throws {
    let log = try Log(5)
    let stranger = try CheckpointSigner(seed: [UInt8](repeating: 8, count: 32))
    let strangersKey = try #require(stranger.verificationKey(name: log.origin))
    let signed = try #require(SignedCheckpoint(log.note()))
    #expect(!signed.isSigned(by: strangersKey))
    let elsewhere = Checkpoint(origin: "cloakroom/other-hands", size: 5, root: log.frontier.root)
    let other = try #require(SignedCheckpoint(elsewhere.signed(by: log.signer)))
    #expect(!other.isSigned(by: log.key))
  }

  @Test func `signatures of others beside ours are ignored`() throws {
    let log = try Log(5)
    let witnessed = try log.note() + "\u{2014} witness.example.com AAAAAAAAAAAA\n"
    #expect(try #require(SignedCheckpoint(witnessed)).isSigned(by: log.key))
  }

  @Test(arguments: ["", "\n", "a\n1\n", "a\n01\nAAAA\n\n\u{2014} a AAAAAAAA\n", "no note at all", "\n\n\n\n"])
  func `what is no note is refused`(_ text: String) { #expect(SignedCheckpoint(text) == nil) }

  @Test(arguments: [
    "", "a+b+c", "name+00000000+AWpZgP+6AhPC+Vqxlq8rwVm9z3lu2IfIJ5ec5tZ2Z+j2", "a b+778e7d75+AA==",
  ])
  func `what is no verification key is refused`(_ text: String) { #expect(VerificationKey(text) == nil) }
}
