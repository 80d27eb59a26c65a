import Foundation
import Primitives
import Testing

@testable import People

/// The list of common and breached passwords that comes with the program.
struct BlocklistTests {
  private func problem(_ password: String) throws -> FieldReason? {
    PasswordRule.problem(
      with: password,
      ownWords: [],
      hasSecondFactor: true,
      against: try Blocklist.shipped()
    )
  }

  @Test func `a hundred passwords that everybody knows are refused`() throws {
    let known = BlocklistTests.known.split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(known.count >= 100)
    for password in known { #expect(try problem(password) == .commonPassword, "\(password)") }
  }

  @Test func `words from all over the file are refused, however they are written`() throws {
    let words = BlocklistTests.sample.split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(words.count >= 100)
    for word in words {
      #expect(try problem(word) == .commonPassword, "\(word)")
      #expect(try problem(word.uppercased()) == .commonPassword, "\(word)")
      if word.contains(where: \.isLetter) { #expect(try problem(word + "1!") == .commonPassword, "\(word)") }
      #expect(PasswordRule.isListed(word, in: try Blocklist.shipped()))
    }
  }

  @Test func `of a hundred thousand drawn at random none is taken for one of the list`() throws {
    let list = try Blocklist.shipped()
    #expect(list.count > 50_000)
    var generator = Seeded(state: 7)
    for _ in 0..<100_000 {
      let word = String(
        (0..<16).map { _ in Character(Unicode.Scalar(UInt8.random(in: 97...122, using: &generator))) }
      )
      #expect(!list.contains(Array(word)))
    }
  }

  @Test func `a file that is cut off, altered or out of order is not taken`() throws {
    let good: [UInt8] = Array("CLKBLK01".utf8) + [0, 0, 0, 2] + [0, 0, 0, 0, 1] + [0, 0, 0, 0, 2]
    #expect(try Blocklist(bytes: good).count == 2)
    var wrong = [good]
    wrong[0].swapAt(16, 21)
    wrong += [[], Array(good.dropLast()), good + [0], Array(good.dropFirst()), Array(good.prefix(11))]
    wrong.append(Array("CLKBLK02".utf8) + good.dropFirst(8))
    for bytes in wrong { #expect(throws: BlocklistFault.damaged) { _ = try Blocklist(bytes: bytes) } }
  }

  private static let known = """
    password1234 password12345 Password1234! P@ssw0rd1234 passw0rd2026! passwordpassword passwort12345
    qwerty123456 qwertyuiop123 qwertyqwerty qwertyuiop[] qwertyuiopasdf asdfghjklasdf asdfghjkl123
    zxcvbnm12345 zxcvbnmzxcvbnm 1q2w3e4r5t6y 1qaz2wsx3edc 1qaz2wsx3edc4rfv zaq12wsxzaq1 qazwsxedcrfv
    q1w2e3r4t5y6 123456789012 1234567890123 12345678901234 123456789012345 1234567890123456
    012345678901 098765432109 987654321987 111111111111 000000000000 121212121212 123123123123
    112233445566 abcdefghijkl abcdefghijklm abcd1234abcd abc123abc123 aabbccddeeff iloveyou1234
    iloveyouiloveyou iloveyouforever letmein12345 letmeinletmein letmeinplease welcome12345
    welcomewelcome Welcome2026!! admin1234567 adminadminadmin administrator administrator1
    Administrator123 changeme1234 changemechangeme ChangeMe2026! monkeymonkey dragondragon sunshine1234
    sunshinesunshine princess1234 princessprincess football1234 footballfootball baseball1234
    baseballbaseball superman1234 supermansuperman batmanbatman starwars1234 starwarsstarwars
    trustno1trustno1 whatever1234 whateverwhatever freedom12345 computer1234 computercomputer
    internet1234 michael12345 jordan123456 jessica12345 charlie12345 chocolate123 butterfly123
    liverpool123 manchester12 barcelona123 arsenal12345 chelsea12345 samsung12345 september123
    december2026 Winter2026!! Summer2026!! Autumn2026!! Spring2026!! january12345 monday123456
    hellohello12 helloworld123 correcthorsebatterystaple thequickbrownfox lorem.ipsum.dolor.sit.amet
    maytheforcebewithyou opensesameplease congratulations internationalization
    """

  /// Every three-hundredth word of the lists in the order of their hashes, folded as the file has them.
  private static let sample = """
    ultimateultimate corvetteqwe12e helpmesummer waterproofed canonizations boogerboogerboogerbooger
    12e456789ointernet zag12wsxchelsea butterflybutterfly peppercalvin busteryankees 222222monkey
    iloveyou1homelesspa 12e45678zxcvbnm 7777777qwe12e christopher1 password1michael sergiosergiosergio
    gwerty12ezag12wsx michael1q2wee4r5t avalonaustin cheesesnoopy michelle12e456a longhornlonghorn
    infiltrating 1122eejordan changememoney experimenter disintegrates 96e85274196e8 brandygwerty12e
    ttttttttttttttttttt irregularity tiffanytiffanytiffany sunshinedaniel abcd12e4snoopy brandydallas
    brandibrandibrandi jeromejeromejerome boysenberries sadiesadiesadiesadie cartercartercartercarter
    matthewaustin polyunsaturated myspace1batman carrickfergus vindictiveness corvette111111
    orangeorangeorangeorange parolaparola contravention magicchangeme tigerqwertyuiop legitimately
    magicmagicmagicmagic micropolitan secrethomelesspa megadethmegadeth mariemariemarie incontestably
    zxcvbnzag12wsx gatorsgators ashleymatrix chitterlings 1q2weebrandy 11111111dallas batmanbaseball
    asdfghmyspace1 qwerty112e456789 remonstration 12eqwebutthead electrocardiograph donaldnewyork
    wizardqwerty1 abc12eprincess gwerty12eapple 1g2wee4rinternet zag12wsx12e45678 killerstarwars
    keith1keith1keith1keith1 1g2wee4r15975e rangersecret newyorkdiamond soldiersoldiersoldier
    bruinsbruinsbruinsbruins donaldsecret matthew12e456789o descentralizado timbertimber 1qaz2wsxqazwsx
    i.love.you.so.much 12e456a1qaz2wsx jakejakejakejakejakejake rafaelrafael e15475e15475e15475e15475
    shalomshalomshalom directorships )o(9*8&7^6%5s intravenously mustanglinda banditiloveyou
    1q2wee4r5tharley asdfghjkl666666 gingergandalf allegorically aaaaaapepper avalonpassword
    fingerpainting misanthropic cryptanalysis authenticating 7777777secret classicclassicclassic
    remonstrated intentionally 69696912e45678 musicamusicamusicamusica integraintegra cloverleaves
    imagineimagineimagine merlin12e456a encyclopedic 1q2wee12e456789o yankees12e12e newyorkklaster
    calvinbandit dookiedookiedookie questioningly newfoundlands <<<<<<<<<<<<<<<<<<<<<<<< letmein12e456
    decrescendos 11111111asdfgh carmenmustang jackjackjack supermanpassword mookiemookiemookie
    pimppimppimppimppimppimp legislatures michaeldonald teddyteddyteddyteddy utopiautopiautopiautopia
    a12e456oooooo assholecarmen e15475e15475e15475 iloveyou1666666 bidirectional donaldmatrix
    1q2wee4r5t12e4qwer 777777hunter
    """
}
