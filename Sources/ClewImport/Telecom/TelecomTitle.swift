internal import ClewEvidence

/// What stands above a list of calls: whose calls they are, and the years that its rows leave out.
struct TelecomTitle {
  /// The one mobile number of the title lines, else of the file's name.
  let owner: Account?
  /// Year and month of the first and the last date of the title lines.
  private let months: ClosedRange<Int>?

  init(_ source: StagedSource, _ layout: TabularLayout) {
    let cells = TabularPreamble(source, layout).cells
    let title = Set(cells.flatMap(Self.numbers))
    let names = Set(Self.numbers(in: source.name) + Self.numbers(in: source.container?.name ?? ""))
    owner = title.count == 1 ? title.first : (title.isEmpty && names.count == 1 ? names.first : nil)
    let found = cells.flatMap(Self.months)
    if let first = found.min(), let last = found.max() {
      months = first...last
    } else {
      months = nil
    }
  }

  /// A time as the row gives it; one without a year gets the year of the period that holds it.
  func time(_ text: String) -> Timestamp? {
    if let time = Timestamp(parsing: text) { return time }
    let bytes = Array(text.utf8)
    let digits = bytes.prefix { (0x30...0x39).contains($0) }
    guard (1...2).contains(digits.count), let month = Int(String(text.prefix(digits.count))),
      (1...12).contains(month), let months, let mark = bytes.dropFirst(digits.count).first,
      mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/")
    else { return nil }
    // Counted in months: one of the period with this name, or the year is not known.
    let fitting = months.lowerBound / 12...months.upperBound / 12
    let years = fitting.filter { months.contains($0 * 12 + month - 1) }
    guard years.count == 1, let year = years.first else { return nil }
    return Timestamp(parsing: "\(year)\(mark == UInt8(ascii: "-") ? "-" : "/")\(text)")
  }

  /// The mobile numbers among the runs of exactly eleven digits.
  private static func numbers(in text: String) -> [Account] {
    runs(text).filter { $0.count == 11 }.compactMap(PhoneNumber.person)
  }

  /// The months of dates such as `2024-03-01`, `2024年3月`, `20240301`, counted from year 0.
  private static func months(in text: String) -> [Int] {
    let runs = runs(text)
    var found: [Int] = []
    for (place, run) in runs.enumerated() where run.hasPrefix("20") {
      let month: Substring
      switch run.utf8.count {
      case 4 where place + 1 < runs.count: month = runs[place + 1][...]
      case 6, 8, 14: month = run.dropFirst(4).prefix(2)
      default: continue
      }
      guard let year = Int(run.prefix(4)), let month = Int(month), (1...12).contains(month),
        year < 2100
      else { continue }
      found.append(year * 12 + month - 1)
    }
    return found
  }

  private static func runs(_ text: String) -> [String] {
    text.utf8.split { !(0x30...0x39).contains($0) }.map { String(Substring($0)) }
  }
}
