import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import GraphCore

/// Up to when evidence counts.
struct PeriodOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Leave out what is dated later: a day (counts whole, UTC+8) or a moment.",
      valueName: "date"
    )
  )
  var until: String?

  func validate() throws {
    if let until, Self.end(of: until) == nil {
      throw ValidationError("--until takes a date such as 2016-03-31 or 2016-03-31T18:00+08:00")
    }
  }

  /// The first moment that does not count any more.
  var end: Timestamp? { until.flatMap(Self.end(of:)) }

  /// The day after a day; the moment after a moment.
  private static func end(of text: String) -> Timestamp? {
    guard let time = Timestamp(parsing: text) else { return nil }
    let isDay = !text.contains(":") && text.utf8.count(where: { (0x30...0x39).contains($0) }) <= 8
    return Timestamp(milliseconds: time.milliseconds + (isDay ? 86_400_000 : 1), zone: time.zone)
  }
}
