import ClewEvidence
import Testing

@testable import ClewChain

struct TargetScannerTests {
  @Test(arguments: [
    ("13800000001", [Target.Kind.phone]), ("１３８００００００１１", [.phone]),
    ("8613800000001", [.phone]), ("138 0000 0001", [.phone]), ("138-0000-0001", [.phone]),
    ("99000019910101001X", [.identity]), ("990000199101010014", [.identity]),
    ("6299990000000000012", [.card]),
    ("6299 9900 0535 5512 800", [.card]), ("6299-9900-0000-0001", [.card]),
    ("990000 19910101 0014", [.identity]), ("2023 0501 1200", []), ("京X·D0001", [.plate]),
    ("京XD0001", [.plate]),
    ("查 13800000001 和 13800000002", [.phone, .phone]), ("一条80", []), ("2023-05-01", []),
    ("12306", []), ("", []), ("138000000019", [.code]), ("转你500", []),
  ])
  func `numbers are told by their shape`(text: String, kinds: [Target.Kind]) {
    #expect(TargetScanner.scan(text).targets.map(\.kind) == kinds)
  }

  @Test func `one number in two spellings is one target`() {
    let spellings = ["13800000001", "+86 138-0000-0001", "138 0000 0001", "８６１３８００００００１"]
    let targets = Set(spellings.flatMap { TargetScanner.scan($0).targets })
    #expect(targets.filter { $0.kind == .phone }.count == 1)
    #expect(TargetScanner.scan("粵B12345").targets == TargetScanner.scan("粤B12345").targets)
  }

  @Test(arguments: [
    ("来5000条", Int64(5000), Int64(0)), ("要3万条", 30_000, 0), ("一条80元", 0, 8_000),
    ("母婴 5W 有吗", 50_000, 0), ("股民3w", 30_000, 0), ("共3張", 3, 0), ("W5", 0, 0),
    ("￥1500.5", 0, 150_050), ("2份", 2, 0), ("13800000001", 0, 0),
  ])
  func `quantities and prices are told by the word beside them`(
    text: String,
    quantity: Int64,
    price: Int64
  ) {
    let facts = TargetScanner.scan(text)
    #expect(facts.quantity == quantity)
    #expect(facts.priceFen == price)
  }
}

struct RecordShapeTests {
  private func records(_ text: String) -> Int {
    RecordShape(text, targets: TargetScanner.scan(text).targets).records
  }

  @Test(arguments: [
    "号码：13800000001\n机主：甲一\n地址：演示市演示路1号", "【号码】13800000001 【机主】甲一 【入网】2014年",
    "号码 13800000001\n机主 甲一\n身份证 990000199101010014",
    "13800000001，甲一，990000199101010014，演示市演示路12号，2014年",
    "13800000001/13800000002/2023-09-02 05:03:00/487秒/被叫",
  ])
  func `a target with what belongs to it is a record`(text: String) {
    #expect(records(text) == 1)
  }

  @Test(arguments: [
    "查一下机主 13800000001", "13800000001\n13800000002\n13800000003\n13800000004",
    "13800000001，13800000002，13800000003，138 0000 0004",
    "甲一 990000199101010014\n乙二 990000199201010028\n丙三 990000199301010035",
    "来三单 加急 13800000001", "车档：80\n户籍：150\n机主：60", "明天三点 老地方 叫上老王 一起吃饭吧",
  ])
  func `bare targets, lists and price lists are none`(text: String) {
    #expect(records(text) == 0)
  }

  @Test(arguments: [
    ("甲一，990000199101010014，4，无，79万，演示机械厂", 5), ("甲一  990000199101010014  1  9次  1万  自由职业", 5),
    ("990000199101010014，稍等，在查，给你", 0), ("查 990000199101010014，要 2 份，急，能出吗", 0),
    ("4，无，79万", 0),
  ])
  func `values beside a target are counted where a figure is among them`(text: String, count: Int) {
    #expect(RecordShape(text, targets: TargetScanner.scan(text).targets).besides == count)
  }

  @Test func `rows count one record each`() {
    let row = "1380000000%，甲一，990000199101010014，演示市演示路12号"
    let text = (1...3).map { row.replacing("%", with: "\($0)") }.joined(separator: "\n")
    #expect(records(text) == 3)
  }
}

struct LexiconWordTests {
  @Test(arguments: [("查車檔", "vehicle"), ("戶籍", "household"), ("開房記錄", "lodging"), ("機主", "phone")])
  func `words in traditional characters are the same words`(text: String, id: String) {
    let lexicon = Lexicon.standard
    let place = lexicon.categoryIndex(id) ?? 31
    #expect(lexicon.categoryMask(of: text) & 1 << UInt32(place) != 0)
  }

  @Test(arguments: [
    ("pls check flight records of this ID", "flight"), ("Bank statement, how much", "bank"),
    ("Phone owner?", "phone"),
  ])
  func `English phrases name what they name in Chinese`(text: String, id: String) {
    let lexicon = Lexicon.standard
    let place = lexicon.categoryIndex(id) ?? 31
    #expect(lexicon.categoryMask(of: text) & 1 << UInt32(place) != 0)
  }

  @Test(arguments: [
    ("kf 990000199101010014", "lodging"), ("sfz 990000199101010014", "household"),
    ("dw 13800000001", "location"),
  ])
  func `pinyin initials beside a number say what is asked of it`(text: String, id: String) {
    let message = Message(platform: "wechat", from: nil, sentAt: nil, text: text)
    let read = UtteranceReader(lexicon: .standard).read(message, record: RecordID(high: 0, low: 0))
    #expect(Lexicon.standard.categoryIndex(id).map { read.categories == 1 << UInt32($0) } == true)
  }

  @Test(arguments: ["kf", "联系kf", "kf 13800000001", "qqkf 990000199101010014"])
  func `pinyin initials alone, in other words or beside another kind of number say nothing`(
    text: String
  ) {
    let message = Message(platform: "wechat", from: nil, sentAt: nil, text: text)
    let read = UtteranceReader(lexicon: .standard).read(message, record: RecordID(high: 0, low: 0))
    #expect(read.categories == 0)
  }

  @Test(arguments: [
    ("股民30000.part1.rar", Int64(30_000)), ("股民30000.part2.rar", 0), ("股民30000.7z.003", 0),
    ("股民30000.rar", 30_000),
  ])
  func `the number in the name of an archive counts with its first part only`(
    name: String,
    items: Int64
  ) {
    let message = Message(
      platform: "wechat",
      from: nil,
      sentAt: nil,
      kind: .file,
      text: name,
      file: FileReference(name: name, bytes: nil, digest: nil)
    )
    let read = UtteranceReader(lexicon: .standard).read(message, record: RecordID(high: 0, low: 0))
    #expect(read.quantity == items)
  }
}
