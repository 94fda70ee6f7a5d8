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
  }

  @Test(arguments: [
    ("来5000条", Int64(5000), Int64(0)), ("要3万条", 30_000, 0), ("一条80元", 0, 8_000),
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
