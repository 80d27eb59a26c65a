/// What no business may ask in its booking form (R7): payment cards, bank accounts and national ids.
///
/// A list of words, so it stops habit and haste, not will; answers are searched for card numbers all the
/// same.
enum ForbiddenQuestions {
  /// The words that ask for it, or nil; case and punctuation do not matter.
  static func asked(in label: String) -> String? {
    let text = " " + plain(label) + " "
    if let word = words.first(where: { text.contains(" \($0) ") }) { return quoted(word) }
    return stems.first { text.contains(" \($0)") }.map(quoted)
  }

  private static func plain(_ text: String) -> String {
    let parts = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    return parts.joined(separator: " ")
  }

  /// Whole words.
  private static let words = [
    "cvv", "cvv2", "cvc", "cvc2", "iban", "ssn", "nino", "bsn", "cpr", "dni", "nif", "pesel",
    "card no", "card nr", "nhs number",
  ]

  /// Beginnings of words, so that endings of case and number do not matter.
  private static let stems = [
    "card number", "number of your card", "numbers of your card", "credit card", "debit card", "bank card",
    "payment card", "card security code", "card expiry", "bank account", "account number", "social security",
    "social insurance", "national id", "national insurance", "national identi", "personal code",
    "personal id", "personal number", "identity number", "id number", "identity card", "id card", "passport",
    "driving licence", "driver s licen", "tax id", "tax number", "taxpayer",
    // Lithuanian, Latvian, Estonian, Polish
    "asmens kod", "asmens tapatyb", "kortelės numer", "korteles numer", "banko kortel", "banko sąskait",
    "banko saskait", "paso numer", "personas kod", "kartes numur", "isikukood", "kaardi number",
    "numer karty",
    "numer dowodu", "dowód osobisty",
    // German, Dutch, Nordic
    "kartennummer", "kreditkarte", "personalausweis", "sozialversicherungsnummer", "steuer id",
    "steueridentifikation", "reisepass", "burgerservicenummer", "kaartnummer", "personnummer",
    "fødselsnummer",
    "henkilötunnus", "kortnummer",
    // French, Spanish, Italian, Portuguese
    "numéro de carte", "numero de carte", "carte bancaire", "sécurité sociale", "securite sociale",
    "número de tarjeta", "numero de tarjeta", "tarjeta de crédito", "seguridad social", "codice fiscale",
    "numero di carta", "numero della carta", "carta di credito", "número do cartão", "número de contribuinte",
  ]
}
