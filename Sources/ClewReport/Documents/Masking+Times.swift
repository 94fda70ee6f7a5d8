// Moments, which are no numbers of anybody.
extension Masking {
  /// The end of a day with a time of day that begins at a place, such as `2023-02-28 17:23:40`; `nil` where
  /// there is none.
  ///
  /// A day alone may be somebody's birthday, so that only the two together are a moment. No group may be
  /// out of range, and no further digit may follow.
  static func endOfMoment(in scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var place = start
    func number(_ lengths: ClosedRange<Int>, _ values: ClosedRange<Int>) -> Bool {
      let first = place
      var value = 0
      while place < scalars.count, place - first < lengths.upperBound,
        let digit = digit(scalars[place])
      {
        value = value * 10 + digit
        place += 1
      }
      return place - first >= lengths.lowerBound && values.contains(value)
    }
    func sign(_ allowed: String) -> Unicode.Scalar? {
      guard place < scalars.count, allowed.unicodeScalars.contains(scalars[place]) else {
        return nil
      }
      place += 1
      return scalars[place - 1]
    }
    guard number(4...4, 1990...2099), let parting = sign("-/"), number(1...2, 1...12),
      sign(String(parting)) != nil, number(1...2, 1...31), sign(" T") != nil,
      number(1...2, 0...23), sign(":") != nil, number(2...2, 0...59)
    else { return nil }
    let minutes = place
    if sign(":") == nil || !number(2...2, 0...60) { place = minutes }
    return place < scalars.count && digit(scalars[place]) != nil ? nil : place
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    (0x30...0x39).contains(scalar.value) ? Int(scalar.value) - 0x30 : nil
  }
}
