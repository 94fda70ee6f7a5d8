import ClewEvidence
import ClewImport
import Foundation
import Promises
import Synchronization

/// Mutates the fixtures of one importer, in a process of its own.
///
/// The mutation in hand lies in the folder: its input under its name, its number in `number`. So the
/// parent knows them whatever happens to this process.
struct Worker {
  static let budget: Duration = .seconds(5)

  let format: String
  let fixtures: String
  let folder: String
  /// The numbers of the mutations; each is the same whichever others are made.
  let numbers: Range<UInt64>

  /// What is printed for the parent, one line.
  struct Tally: Codable {
    var mutations = 0
    var read = 0
    var refused = 0
    var units: Int64 = 0
    var worst = 0.0
    var worstNumber: UInt64 = 0
    var broken: String?
  }

  func run() throws -> Tally {
    let importer = ImporterRegistry.all.first { $0.format == format }
    guard importer != nil || format == Fixture.finder else {
      return Tally(broken: "no importer of this name")
    }
    let area = try StagingArea(in: folder)
    defer { area.remove() }
    let all = try Fixture.all(in: fixtures, area, of: [format])[format] ?? []
    guard !all.isEmpty else { return Tally(broken: "no fixture") }
    let watch = Watchdog(budget: Self.budget)
    var tally = Tally()
    for number in numbers {
      let fixture = all[Int(number % UInt64(all.count))]
      let other = all[Int(number / UInt64(all.count) % UInt64(all.count))]
      var mutator = Mutator(seed: seed(number))
      let path = "\(folder)/\(fixture.name)"
      try Data(mutator.mutate(fixture.bytes, spliced: other.bytes)).write(to: URL(filePath: path))
      try Data("\(number)\n\(fixture.path)".utf8).write(to: URL(filePath: folder + "/number"))
      // Every fourth database is read without its neighbours.
      let companions = number % 4 == 3 ? [] : fixture.companions
      watch.begin()
      let outcome: Outcome =
        importer == nil
        ? .ofFinding(path, in: area)
        : .of(path, in: area, companions: companions) { _ in importer }
      let seconds = watch.end()
      tally.mutations += 1
      if seconds > tally.worst { (tally.worst, tally.worstNumber) = (seconds, number) }
      switch outcome {
      case .read(let units):
        tally.read += 1
        tally.units += units
      case .refused: tally.refused += 1
      case .broken(let promise):
        tally.broken = promise
        return tally
      }
    }
    return tally
  }

  /// The FNV-1a hash of the format, and the number.
  private func seed(_ number: UInt64) -> UInt64 {
    let hash = format.utf8.reduce(0xCBF2_9CE4_8422_2325) { hash, byte -> UInt64 in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return hash &+ number
  }
}

/// Ends the process when a reading takes longer than its budget.
final class Watchdog: Sendable {
  static let exitCode: Int32 = 3

  private let start = ContinuousClock.now
  /// Nanoseconds after `start` at which the reading began; 0 between two readings.
  private let began = Atomic<Int64>(0)

  init(budget: Duration) {
    Thread.detachNewThread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.25)
        let began = self.began.load(ordering: .relaxed)
        if began > 0, nanoseconds() - began > Int64(budget.components.seconds) * 1_000_000_000 {
          exit(Self.exitCode)
        }
      }
    }
  }

  func begin() { began.store(max(nanoseconds(), 1), ordering: .relaxed) }

  /// How long the reading took, in seconds.
  func end() -> Double { Double(nanoseconds() - began.exchange(0, ordering: .relaxed)) / 1e9 }

  private func nanoseconds() -> Int64 {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
