import Foundation

/// Wall times of several trials, in milliseconds.
struct Times {
  private var milliseconds: [Double] = []

  mutating func add(_ duration: Duration) {
    let parts = duration.components
    milliseconds.append(Double(parts.seconds) * 1e3 + Double(parts.attoseconds) / 1e15)
  }

  var minimum: Double { milliseconds.min() ?? 0 }

  var median: Double {
    let sorted = milliseconds.sorted()
    return sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

enum Stopwatch {
  /// Runs the work several times; every run must give the same answer.
  static func measure<Answer: Equatable>(
    trials: Int,
    _ work: () throws -> Answer
  ) throws -> (answer: Answer, times: Times) {
    var times = Times()
    var answer: Answer?
    for _ in 0..<max(1, trials) {
      let clock = ContinuousClock()
      let start = clock.now
      let result = try work()
      times.add(clock.now - start)
      try check(answer.map { $0 == result } ?? true, "two trials differ")
      answer = result
    }
    guard let answer else { throw WrongAnswer(description: "no trial ran") }
    return (answer, times)
  }
}

/// Lays out a table of fixed columns on standard output.
enum Table {
  static func row(_ cells: [String]) {
    let widths = [24, 12, 12, 14]
    var line = ""
    for (index, cell) in cells.enumerated() {
      let width = index < widths.count ? widths[index] : 0
      let space = String(repeating: " ", count: max(0, width - cell.count))
      line += index == 0 ? cell + space : index < widths.count ? space + cell : "  " + cell
    }
    print(line)
    // A later wrong answer must not take with it what was measured.
    fflush(nil)
  }

  static func number(_ value: Double, digits: Int = 1) -> String {
    String(format: "%.\(digits)f", value)
  }
}
