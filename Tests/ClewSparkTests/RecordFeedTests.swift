#if Spark
import ArrowFormat
import ClewChain
import ClewEvidence
import ClewImport
import Foundation
import Testing

@testable import ClewSpark

@Suite struct `Records on their way to a cluster` {
  /// A case of so many calls, and its folder.
  private func caseFile(calls: Int) throws -> (path: String, folder: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(
      atPath: folder + "/in",
      withIntermediateDirectories: true
    )
    var text = "time,from,to,duration_s\n"
    for number in 0..<calls {
      text += "2024-03-01T08:00:00+08:00,phone:+8613800138000,phone:+86138001\(39000 + number),9\n"
    }
    try Data(text.utf8).write(to: URL(filePath: folder + "/in/calls.csv"))
    let file = try CaseFile.open(folder + "/case.clew")
    _ = try CaseIntake().take([folder + "/in"], into: file)
    try file.close()
    return (folder + "/case.clew", folder)
  }

  private func texts(_ table: ArrowTable, _ column: String) -> [String] {
    if case .text(let texts)? = table.column(column)?.values { texts } else { [] }
  }

  @Test(arguments: [1, 1000, 1 << 20])
  func `come in tables of about the size asked for, each once`(_ size: Int) async throws {
    let (path, folder) = try caseFile(calls: 50)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var tables: [ArrowTable] = []
    try await RecordFeed(path: path, size: size).with { next in
      while let table = try await next() { tables.append(table) }
    }
    let ids = tables.flatMap { texts($0, "id") }
    #expect(ids.count == 50 && Set(ids).count == 50)
    #expect(tables.count == (size == 1 ? 50 : size == 1000 ? tables.count : 1))
    #expect(size != 1000 || (4..<50).contains(tables.count))
    for table in tables {
      for (row, id) in texts(table, "id").enumerated() {
        let read = SourcedRecord(
          id: id.utf8,
          sources: texts(table, "sources")[row].utf8,
          body: texts(table, "body")[row].utf8
        )
        #expect(read?.sources == [1] && read?.record.id.hex == id)
      }
    }
  }

  @Test func `that are none are one table without rows`() async throws {
    let (path, folder) = try caseFile(calls: 0)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var tables: [ArrowTable] = []
    try await RecordFeed(path: path).with { next in
      while let table = try await next() { tables.append(table) }
    }
    #expect(
      tables.map(\.rowCount) == [0] && tables[0].fields.map(\.name) == ["id", "sources", "body"]
    )
  }

  @Test func `of a file that is no case are an error, and whoever has enough may go`() async throws
  {
    await #expect(throws: EvidenceError.self) {
      try await RecordFeed(path: "/nowhere/case.clew").with { next in _ = try await next() }
    }
    let (path, folder) = try caseFile(calls: 50)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try await RecordFeed(path: path, size: 1).with { next in try await next() }
    #expect(first?.rowCount == 1)
  }
}
#endif
