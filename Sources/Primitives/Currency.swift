/// Currencies of ISO 4217 and how many decimals their prices have.
package enum Currency {
  /// Whether `code` is a currency of ISO 4217 that is in use; upper case.
  package static func isKnown(_ code: String) -> Bool { known.contains(code) }

  /// Decimals of an amount: 2 for most, 0 for yen, 3 for Kuwaiti dinars.
  package static func minorDigits(_ code: String) -> Int {
    if withoutDecimals.contains(code) { return 0 }
    return withThreeDecimals.contains(code) ? 3 : 2
  }

  private static let withoutDecimals = codes(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
  )
  private static let withThreeDecimals = codes("BHD IQD JOD KWD LYD OMR TND")
  private static let known = withoutDecimals.union(withThreeDecimals).union(
    codes(
      """
      AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
      CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG \
      HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU \
      MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR \
      SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES \
      WST XCD XCG YER ZAR ZMW ZWG
      """
    )
  )

  private static func codes(_ list: String) -> Set<String> {
    Set(list.split(separator: " ").map(String.init))
  }
}
