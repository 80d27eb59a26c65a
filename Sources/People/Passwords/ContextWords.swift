/// Words that passwords are made of in a house like this one, beside the lists of the blocklist: the software, the trade,
/// the place, years and months (OWASP ASVS 6.1.2 asks that they be written down).
enum ContextWords {
  static let all = [trade, everyday, years].joined(separator: " ").split { $0 == " " || $0 == "\n" }.map(
    String.init
  )

  private static let trade = """
    cloakroom booking bookings appointment appointments calendar customer customers schedule reception technician
    workshop repair service services office business company owner manager staff salon clinic garage
    """
  private static let everyday = """
    password passwort passphrase parole slaptazodis slaptazodi contrasena motdepasse secret secure security welcome
    letmein changeme default access login signin admin administrator root user guest test demo temp love hello
    vilnius kaunas lithuania lietuva labas asdf zxcv 1qaz qwer
    """
  private static let years = """
    january february march april june july august september october november december spring summer autumn winter
    monday tuesday wednesday thursday friday saturday sunday 2019 2020 2021 2022 2023 2024 2025 2026 2027 2028 2029
    2030 2031 2032
    """
}
