extension Timestamp {
  /// Reads the commonest form of a time, `yyyy-MM-ddTHH:mm:ss` with an optional `Z` or `+HH:mm`.
  ///
  /// Gives what ``init(parsing:)`` gives for these bytes, or `nil`: then the bytes are in another form, or
  /// no time, and that one has to be asked.
  package init?(isoBytes bytes: ArraySlice<UInt8>) {
    guard bytes.count == 19 || bytes.count == 20 || bytes.count == 25 else { return nil }
    let start = bytes.startIndex
    func mark(_ place: Int, _ byte: UInt8) -> Bool { bytes[start + place] == byte }
    func number(_ place: Int, _ count: Int) -> Int? {
      var value = 0
      for index in (start + place)..<(start + place + count) {
        guard bytes[index].isDigit else { return nil }
        value = value * 10 + Int(bytes[index] - 0x30)
      }
      return value
    }
    let (dash, colon) = (UInt8(ascii: "-"), UInt8(ascii: ":"))
    guard mark(4, dash), mark(7, dash), mark(10, UInt8(ascii: "T")) || mark(10, 0x20),
      mark(13, colon), mark(16, colon),
      let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
      let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2)
    else { return nil }
    var offset: Int?
    if bytes.count == 20 {
      guard mark(19, UInt8(ascii: "Z")) else { return nil }
      offset = 0
    } else if bytes.count == 25 {
      guard mark(19, UInt8(ascii: "+")) || mark(19, dash), mark(22, colon),
        let hours = number(20, 2), let minutes = number(23, 2), minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (mark(19, dash) ? -1 : 1)
    }
    self.init(
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      offsetMinutes: offset ?? 480,
      zone: offset == nil ? .assumedShanghai : .stated
    )
  }
}

extension Money {
  /// Reads the commonest form of an amount, up to 15 digits with one or two decimals or none.
  ///
  /// - Returns: The fen that ``init(parsing:currency:)`` gives for these bytes, or `nil`: then that one
  ///   has to be asked.
  package static func fen(plainBytes bytes: ArraySlice<UInt8>) -> Int64? {
    guard let first = bytes.first, first.isDigit, bytes.count <= 18 else { return nil }
    var fen: Int64 = 0
    var decimals: Int?
    for byte in bytes {
      if byte.isDigit {
        fen = fen * 10 + Int64(byte - 0x30)
        if let count = decimals { decimals = count + 1 }
      } else {
        guard byte == UInt8(ascii: "."), decimals == nil else { return nil }
        decimals = 0
      }
    }
    switch decimals {
    case nil: return bytes.count <= 15 ? fen * 100 : nil
    case 1: return fen * 10
    case 2: return fen
    default: return nil
    }
  }
}
