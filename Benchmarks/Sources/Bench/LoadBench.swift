import Foundation

/// Import and analysis of the load case, stage by stage, with the built program.
struct LoadBench {
  let clew: String
  let messages: Int
  let transfers: Int
  let devices: Int
  let trials: Int
  let folder: String

  func run() throws {
    let files = FileManager.default
    try? files.removeItem(atPath: folder)
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(atPath: folder) }
    print("load case, seed 1: \(messages) messages, \(transfers) transfers, \(devices) devices")
    let exports = try generate()
    print("exports: \(exports.files) files, \(Table.number(exports.megabytes)) MB")
    Table.row(["stage", "min s", "median s", "peak RSS MiB", "CPU s, rows/s"])

    let caseFile = folder + "/load.clew"
    var rows = 0
    try stage("import") {
      try? files.removeItem(atPath: caseFile)
      let child = try Child.run([clew, "import", caseFile, folder + "/load/exports"], in: folder)
      try check([0, 2].contains(child.status), "import left with \(child.status)")
      rows = try Self.conservedUnits(child.errors)
      return child
    } rows: {
      rows
    }

    var answers: Set<String> = []
    for threads in [1, ProcessInfo.processInfo.activeProcessorCount] {
      try stage("analyze, \(threads) threads") {
        let child = try Child.run(
          [clew, "analyze", caseFile, "--json", "--threads", "\(threads)"],
          in: folder
        )
        try check(child.status == 0, "analyze left with \(child.status)")
        answers.insert(child.output)
        return child
      } rows: {
        rows
      }
    }
    try check(answers.count == 1, "analyses differ between runs or thread counts")

    try stage("verify") {
      let child = try Child.run([clew, "verify", caseFile], in: folder)
      try check(child.status == 0, "verify left with \(child.status)")
      return child
    } rows: {
      rows
    }
    print(
      "checked: \(rows) units conserved; all analyses the same bytes; verified without difference"
    )
  }

  private func generate() throws -> (files: Int, megabytes: Double) {
    let child = try Child.run(
      [
        clew, "simulate", "--preset", "load", "-o", folder + "/load",
        "--messages", "\(messages)", "--transfers", "\(transfers)", "--devices", "\(devices)",
      ],
      in: folder
    )
    try check(child.status == 0, "simulate left with \(child.status): \(child.errors)")
    // Up to the paths that follow the counts.
    print(child.output.split(separator: ":").first ?? "")
    var (count, bytes) = (0, 0)
    let root = URL(fileURLWithPath: folder + "/load/exports")
    let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.fileSizeKey])
    while let file = all?.nextObject() as? URL {
      let values = try file.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
      guard values.isRegularFile == true else { continue }
      count += 1
      bytes += values.fileSize ?? 0
    }
    return (count, Double(bytes) / 1e6)
  }

  private func stage(_ name: String, _ work: () throws -> Child, rows: () -> Int) throws {
    var times = Times()
    var (peak, cpu) = (0.0, Double.infinity)
    for _ in 0..<max(1, trials) {
      let child = try work()
      times.add(child.wall)
      peak = max(peak, child.peak)
      cpu = min(cpu, child.cpu)
    }
    let rate = Double(rows()) / (times.minimum / 1e3)
    Table.row([
      name,
      Table.number(times.minimum / 1e3, digits: 2),
      Table.number(times.median / 1e3, digits: 2),
      Table.number(peak, digits: 0),
      "\(Table.number(cpu, digits: 2)), \(Table.number(rate, digits: 0))",
    ])
  }

  /// Reads `… N units in = A stored + B rejected + C duplicate + D skipped …` and adds up.
  static func conservedUnits(_ text: String) throws -> Int {
    let line = text.split(separator: "\n").last { $0.contains(" units in = ") } ?? ""
    let afterColon = line.split(separator: ":").last ?? ""
    let numbers = afterColon.split(separator: ";").first.map { part in
      part.split(separator: " ").compactMap { Int($0.filter { $0 != "," }) }
    }
    guard let numbers, numbers.count == 5 else {
      throw WrongAnswer(description: "the import tells no sums")
    }
    try check(numbers[0] == numbers[1...].reduce(0, +), "units are lost: \(line)")
    return numbers[0]
  }
}
