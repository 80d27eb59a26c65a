package import Primitives
package import Storage
package import Vault

/// Opens a sample of what customers handed in, to make sure that a copied business opens; shows it to nobody.
package enum SealedSample {
  /// How many contacts are opened at least; all when there are fewer.
  package static let size = 200

  /// - Parameters:
  ///   - data: the business's records.
  ///   - keys: the records of its keys database.
  /// - Returns: how many contacts were opened, every field of each.
  /// - Throws: ``SealedSampleFault`` for the first that does not open.
  package static func open(data: any Records, keys: any Records, ring: KeyRing) throws -> Int {
    let contacts = try data.contactSample(atLeast: size)
    for contact in contacts {
      guard let wrapped = try keys.subjectKeys([contact.subject]).first else {
        throw SealedSampleFault(subject: contact.subject)
      }
      do {
        let subjectKeys = try ring.open(wrapped)
        for field in ContactField.allCases { _ = try contact.open(field, subjectKeys) }
      } catch is VaultFault {
        throw SealedSampleFault(subject: contact.subject)
      }
    }
    return contacts.count
  }
}

/// A contact that does not open with the keys there are.
package struct SealedSampleFault: Error {
  package let subject: Identifier
}
