import ClewImport
import Foundation
import Promises

// mutate FIXTURES CRASHERS [COUNT [FORMAT…]]
let arguments = Array(CommandLine.arguments.dropFirst())

if arguments.count == 5, arguments[0] == "--worker", let count = UInt64(arguments[4]) {
  let worker = Worker(
    format: arguments[1],
    fixtures: arguments[2],
    folder: arguments[3],
    numbers: 0..<count
  )
  print(String(decoding: try JSONEncoder().encode(worker.run()), as: UTF8.self))
  exit(0)
}

guard arguments.count >= 2, let count = UInt64(arguments.count > 2 ? arguments[2] : "10000") else {
  print("usage: mutate FIXTURES CRASHERS [COUNT [FORMAT…]]")
  exit(64)
}
let named = Array(arguments.dropFirst(3))
let formats = named.isEmpty ? [Fixture.finder] + ImporterRegistry.all.map(\.format) : named
let folder = try Memory.folder("mutate")
let lanes = Lanes(fixtures: arguments[0], crashers: arguments[1], count: count, folder: folder)
let begin = ContinuousClock.now
let holds = try await lanes.run(formats, lanes: ProcessInfo.processInfo.activeProcessorCount)
try? FileManager.default.removeItem(atPath: folder)
let took = (ContinuousClock.now - begin).components.seconds
print(
  "\(formats.count) importers, \(count) mutations each, \(took) seconds: \(holds ? "all hold" : "FAILED")"
)
exit(holds ? 0 : 1)
