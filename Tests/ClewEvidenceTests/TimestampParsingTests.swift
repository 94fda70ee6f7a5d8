import ClewEvidence
import ClewTestSupport
import Foundation
import Testing

struct TimestampParsingTests {
  /// 2024-03-02 20:15:30 at UTC+8.
  static let moment: Int64 = 1_709_381_730_000

  @Test(arguments: [
    "2024-03-02 20:15:30", "2024/3/2 20:15:30", "2024.3.2 20:15:30", "2024-03-02T20:15:30",
    "20240302201530", "2024年3月2日 20:15:30", "2024年03月02日20时15分30秒", "２０２４－０３－０２ ２０：１５：３０",
    " 2024-03-02 20:15:30\t", "2024-03-02  20:15:30", "2024-03-02 20:15:30.0", "45353.8440972222",
  ])
  func `a wall clock is read as UTC+8`(text: String) {
    let time = Timestamp(parsing: text)
    #expect(time?.milliseconds == Self.moment)
    #expect(time?.zone == .assumedShanghai)
  }

  @Test(arguments: [
    "2024-03-02T12:15:30Z", "2024-03-02T20:15:30+08:00", "2024-03-02 20:15:30 +0800 CST",
    "2024-03-02T07:15:30-05:00", "2024-03-02 20:15:30 +08", "2024-03-02 12:15:30 UTC",
    "2024-03-02T12:15:30.000+00:00", "2024-03-02 20:15:30 UTC+8", "2024-03-02 20:15:30+0800",
  ])
  func `a written offset is used`(text: String) {
    let time = Timestamp(parsing: text)
    #expect(time?.milliseconds == Self.moment)
    #expect(time?.zone == .stated)
  }

  @Test(arguments: [("1709381730", 1000), ("1709381730000", 1000), ("999999999", 1000)])
  func `an epoch is told by its digits`(text: String, _: Int) {
    let expected = text == "999999999" ? 999_999_999_000 : Self.moment
    #expect(Timestamp(parsing: text) == Timestamp(milliseconds: expected, zone: .epoch))
  }

  @Test(arguments: [
    ("20240302", "2024-03-02 00:00:00"), ("2024030220", "2024-03-02 20:00:00"),
    ("202403022015", "2024-03-02 20:15:00"), ("2024-03-02", "2024-03-02 00:00:00"),
    ("2024/3/2 9:05", "2024-03-02 09:05:00"), ("2024-02-29 00:00:00", "2024-02-29 00:00:00"),
    ("45353", "2024-03-02 00:00:00"), ("1988-07-01 12:00:00", "1988-07-01 12:00:00"),
    ("2024-03-02 20:15:30.120", "2024-03-02 20:15:30.120"),
  ])
  func `shorter forms are read`(text: String, wallClock: String) {
    #expect(Timestamp(parsing: text)?.shanghai == wallClock)
  }

  @Test(arguments: [
    "", "0", "-1", "null", "2024-02-30 00:00:00", "2023-02-29", "2024-13-01", "2024-00-10",
    "2024-03-02 24:00:00", "2024-03-02 20:60:00", "2024-03-02 20:15:60", "0000-01-01",
    "9999-12-31 00:00:00", "1969-12-31", "2100-01-01", "2024-03/02", "2024-03-02 20", "2024-03-02x",
    "2024-03-02 20:15:30 CST", "2024-03-02 20:15:30 +25:00", "2024-03-02 20:15:30 Beijing",
    "20240230", "99999999999999", "12345", "9999999999999", "1.7E+12", "二〇二四年三月二日", "03/02/2024",
    "2024-3-2 1:2:3", "2024-03-02 20:15:30\u{0}",
  ])
  func `what does not exist or is unclear is no time`(text: String) {
    #expect(Timestamp(parsing: text) == nil)
  }

  @Test func `Foundation reads and writes the same moments`() throws {
    var generator = SplitMix64(seed: 13)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 28_800))
    for _ in 0..<2000 {
      let seconds = Int64.random(in: 0..<4_102_400_000, using: &generator)
      let date = Date(timeIntervalSince1970: Double(seconds))
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second],
        from: date
      )
      let text = String(
        format: "%04d-%02d-%02d %02d:%02d:%02d",
        parts.year ?? 0,
        parts.month ?? 0,
        parts.day ?? 0,
        parts.hour ?? 0,
        parts.minute ?? 0,
        parts.second ?? 0
      )
      let time = Timestamp(milliseconds: seconds * 1000)
      #expect(time.shanghai == text)
      #expect(time.iso == date.formatted(.iso8601))
      #expect(Timestamp(parsing: text)?.milliseconds == seconds * 1000)
      #expect(Timestamp(parsing: time.iso)?.milliseconds == seconds * 1000)
    }
  }

  @Test func `a time before 1970 is still written`() {
    #expect(Timestamp(milliseconds: -1).iso == "1969-12-31T23:59:59.999Z")
    #expect(Timestamp(milliseconds: .max).iso.hasSuffix("Z"))
    #expect(Timestamp(milliseconds: .min).shanghai.contains(":"))
  }

  /// The smallest number stands for "no time" in data frames, so files do hold it.
  @Test func `the first and the last moment of all are written`() {
    #expect(Timestamp(milliseconds: .min).iso == "-292275055-05-16T16:47:04.192Z")
    #expect(Timestamp(milliseconds: .max).iso == "292278994-08-17T07:12:55.807Z")
    #expect(Timestamp(milliseconds: .min).seconds == -9_223_372_036_854_776)
    #expect(Timestamp(milliseconds: -1).seconds == -1)
    #expect(Timestamp(milliseconds: -1000).seconds == -1)
  }
}
