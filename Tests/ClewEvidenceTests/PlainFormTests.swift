import ClewEvidence
import Testing

/// The quick readers of the commonest forms must never say anything else than the full ones.
@Suite struct `A plain form` {
  @Test func `of a time means what the full reader says`() {
    var taken = 0
    for date in ["2024-02-29", "2023-02-29", "2024-13-01", "1969-12-31", "2099-12-31", "2024-1-01"]
    {
      for clock in ["T00:00:00", " 23:59:59", "T24:00:00", "T10:60:00", "T10:00:60", "X10:00:00"] {
        for zone in ["", "Z", "z", "+08:00", "-05:30", "+19:00", "+08:60", "+0800", " CST"] {
          let text = date + clock + zone
          guard let quick = Timestamp(isoBytes: Array(text.utf8)[...]) else { continue }
          taken += 1
          #expect(quick == Timestamp(parsing: text), "\(text)")
        }
      }
    }
    // 2 dates, 2 clocks, 4 zones.
    #expect(taken == 16)
  }

  @Test func `of a time is read wherever it lies in a row`() {
    let row = Array("x,2024-01-01T08:00:00+08:00,y".utf8)
    #expect(Timestamp(isoBytes: row[2..<27])?.milliseconds == 1_704_067_200_000)
    #expect(Timestamp(isoBytes: row[2..<26]) == nil)
  }

  @Test(arguments: [
    "0", "7", "12.3", "12.34", "0.01", "007.50", "123456789012345", "123456789012345.67",
    "999999999999999",
  ])
  func `of an amount means what the full reader says`(text: String) throws {
    let fen = try #require(Money.fen(plainBytes: Array(text.utf8)[...]))
    #expect(fen == Money(parsing: text)?.fen)
  }

  @Test(arguments: [
    "", ".5", "5.", "1.234", "-3", "+3", "1,000", "1e3", "12 ", "￥5", "1.2.3", "1234567890123456",
    "99999999999999999.9",
  ])
  func `of an amount is no other form`(text: String) {
    #expect(Money.fen(plainBytes: Array(text.utf8)[...]) == nil)
  }
}
