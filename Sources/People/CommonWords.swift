/// What passwords are most often made of, from common knowledge; keyboard rows included.
enum CommonWords {
  static let all = [english, keyboard, months].joined(separator: " ").split { $0 == " " || $0 == "\n" }.map(
    String.init
  )

  private static let english = """
    password passw passwort passphrase parole slaptazodis slaptazodi contrasena motdepasse secret
    secure security welcome letmein changeme default access login signin admin administrator manager
    owner master root user guest test testing demo example sample temp temporary company business
    office service support booking appointment calendar cloakroom iloveyou loveyou love lovely
    princess sunshine shadow dragon monkey football baseball basketball hockey soccer superman
    batman spiderman starwars pokemon michael jordan daniel ashley jessica charlie thomas freedom
    whatever trustno1 trustno nothing computer internet server samsung google apple android windows
    microsoft facebook hello helloworld goodbye please thankyou happy family friend mother father
    forever angel heart flower butterfly cookie cheese chocolate banana orange purple yellow silver
    golden diamond summer winter spring autumn monday friday sunday vilnius lithuania lietuva
    correcthorsebatterystaple correct horse battery staple
    """
  private static let keyboard = """
    qwertyuiop qwertyuio qwertyui qwerty asdfghjkl asdfgh asdf zxcvbnm zxcvbn zxcv qwertz azerty
    qazwsxedc qazwsx 1qaz2wsx3edc 1qaz2wsx 1qaz zaq12wsx 1q2w3e4r5t6y 1q2w3e4r5t 1q2w3e4r 1q2w3e
    q1w2e3r4 abc123 123123 112233 121212 123321 1qazxsw2 1234567890 0987654321 qwe123 asd123
    aa12345678 123qwe 147258369 159753 789456123 987654321
    """
  private static let months = """
    january february march april june july august september october november december 2019 2020 2021
    2022 2023 2024 2025 2026 2027 2028 2029 2030
    """
}
