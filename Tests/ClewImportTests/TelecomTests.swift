import ClewEvidence
@testable import ClewImport
import Testing

@Suite struct `Call detail records` {
  private static let p2 = Account(.phone, "+8613800000002")

  @Test func `of the sample are four calls and one message`() throws {
    let sink = try importing(
      try StagedBytes.fixture("telecom/话单_13800000002.csv"),
      as: "telecom-records"
    )
    #expect(sink.unitCount == 5)
    #expect(sink.owner == Self.p2)
    #expect(sink.decisions["encoding"] == "GB18030")
    #expect(
      sink.callLines == [
        "+8613800000002 +8613800000001 65 2024-03-01 10:00:00",
        "+8613800000001 +8613800000002 30 2024-03-02 20:20:10",
        "+8613800000003 +8613800000002 120 2024-03-04 09:25:00",
        "+8613800000002 +8613800000003 0 2024-03-06 08:00:00",
      ]
    )
    #expect(sink.messageLines == ["+8613800000002 +8613800000004 2024-03-05 20:00:00"])
    // Masts stay in the original row.
    guard case .text(let original) = sink.units[0].original else { return }
    #expect(original.contains("100000001"))
  }

  @Test func `of 移动 take number and year from the lines above`() throws {
    let sink = try importing(
      try StagedBytes.fixture("telecom/移动详单.csv"),
      as: "telecom-records"
    )
    #expect(sink.owner == Self.p2)
    #expect(
      sink.callLines == [
        "+8613800000002 +8613800000001 65 2024-03-01 10:00:00",
        "+8613800000003 +8613800000002 120 2024-03-04 09:25:00",
      ]
    )
    #expect(sink.messageLines == ["+8613800000002 +8613800000004 2024-03-05 20:00:00"])
    #expect(sink.rules == ["preamble", "preamble", "number withheld"])
  }

  @Test func `of 联通 have date and clock apart, and the number in the file's name`() throws {
    let sink = try importing(
      try StagedBytes.fixture("telecom/联通详单_13800000002.csv"),
      as: "telecom-records"
    )
    #expect(sink.owner == Self.p2)
    #expect(
      sink.callLines == [
        "+8613800000002 +8613800000001 65 2024-03-01 10:00:00",
        "+8613800000003 +8613800000002 120 2024-03-04 09:25:00",
      ]
    )
  }

  @Test func `may name both ends of a call`() throws {
    let sink = try importing(
      try StagedBytes.fixture("telecom/电信主被叫.csv"),
      as: "telecom-records"
    )
    #expect(
      sink.callLines == [
        "+8613800000002 +8613800000003 0 2024-03-06 08:00:00",
        "95588 +8613800000002 0 2024-03-06 10:00:00",
      ]
    )
    #expect(sink.owner == nil)
  }

  private func read(_ rows: String..., period: String = "") throws -> CollectingSink {
    let header = "本机号码,对方号码,话单类型,通话类型,呼叫开始时间,呼叫时长,前转主叫号码,短信发送接收时间"
    return try importing(
      ([period, header] + rows).filter { !$0.isEmpty }.joined(separator: "\n") + "\n",
      as: "telecom-records"
    )
  }

  @Test func `refuse bad cells by name`() throws {
    let sink = try read(
      "1.38E+10,13800000001,主叫话单,语音通话,2024-03-01 10:00:00,65,,",
      "13800000002,138******01,主叫话单,语音通话,2024-03-01 10:00:00,65,,",
      "13800000002,13800000001,话单,语音通话,2024-03-01 10:00:00,65,,",
      "13800000002,13800000001,主叫话单,语音通话,2024-03-01 25:00:00,65,,",
      "13800000002,13800000001,主叫话单,语音通话,2024-03-01 10:00:00,很久,,",
      "13800000002,13800000001,主叫话单,短信,,,,",
      "13800000002,cmnet,主叫话单,上网流量,2024-03-01 10:00:00,0,,"
    )
    #expect(
      sink.reasons == [
        "column \"本机号码\" holds no telephone number", "column \"对方号码\" holds no telephone number",
        "column \"话单类型\" holds no direction", "column \"呼叫开始时间\" holds no time",
        "column \"呼叫时长\" holds no duration", "column \"短信发送接收时间\" holds no time",
      ]
    )
    #expect(sink.rules == ["data traffic"])
  }

  @Test func `name the real caller of a forwarded call`() throws {
    let sink = try read(
      "13800000002,13800000009,被叫话单,呼转,2024-03-01 10:00:00,65,13800000001,"
    )
    #expect(sink.callLines == ["+8613800000001 +8613800000002 65 2024-03-01 10:00:00"])
    #expect(sink.decisions["callers taken from 前转主叫号码"] == "1")
  }

  @Test func `take a missing year from a period that holds the month once`() throws {
    let december = "13800000002,13800000001,主叫话单,语音通话,12-31 10:00:00,65,,"
    let january = "13800000002,13800000001,主叫话单,语音通话,01-01 10:00:00,65,,"
    let sink = try read(december, january, period: "2023-12-01至2024-01-31,,,,,,,")
    #expect(
      sink.calls.map { $0.at?.shanghai } == ["2023-12-31 10:00:00", "2024-01-01 10:00:00"]
    )
    let long = try read(january, period: "2023-01-01至2024-01-31,,,,,,,")
    #expect(long.reasons == ["column \"呼叫开始时间\" holds no time"])
    #expect(try read(january).reasons == ["column \"呼叫开始时间\" holds no time"])
  }

  @Test(
    arguments: [
      ("", 0), ("0", 0), ("65", 65), ("65秒", 65), ("65.0", 65), ("1分5秒", 65), ("1分05", 65),
      ("2分", 120), ("1小时2分3秒", 3723), ("1时2分3秒", 3723), ("1小时3秒", 3603), ("01:05", 65),
      ("1:01:05", 3665), ("00:01:05", 65), ("1'5\"", 65), ("1′5″", 65), ("999:59", 59_999),
      ("-1", nil), ("1.5", nil), ("5秒1分", nil), ("1:60", nil), ("1:2:3:4", nil), ("分", nil),
      ("１", nil), ("1小时5", 3605), ("1秒5", nil), ("99999999999", nil), ("1:", nil), ("abc", nil),
    ] as [(String, Int64?)]
  )
  func `write durations in many ways`(text: String, seconds: Int64?) {
    #expect(CallWords.seconds(text) == seconds)
  }
}
