internal import ClewEvidence
internal import ClewImport
internal import ClewReport
import Foundation
internal import GraphCore

/// An edge list to be read: a file, which may be compressed, or standard input.
struct EdgeListFile {
  let path: String

  /// Reads it: numbers in place and on all processors, anything else by name.
  func read(by reader: EdgeListReader) throws -> NamedGraph {
    if path == "-" {
      return try graph(of: Array(try FileHandle.standardInput.readToEnd() ?? Data()), reader)
    }
    guard FileManager.default.fileExists(atPath: path) else {
      throw EvidenceError.noSuchFile(path: path)
    }
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw EvidenceError.permissionDenied(path: path)
    }
    // The file that a link leads to.
    let target = URL(filePath: path).resolvingSymlinksInPath().path
    let attributes = try FileManager.default.attributesOfItem(atPath: target)
    let kind = attributes[.type] as? FileAttributeType
    guard kind != .typeDirectory else { throw EvidenceError.notRegular(path: path) }
    guard kind == .typeRegular else {
      // A pipe has no place to go back to.
      guard let pipe = FileHandle(forReadingAtPath: path) else {
        throw EvidenceError.permissionDenied(path: path)
      }
      return try graph(of: Array(try pipe.readToEnd() ?? Data()), reader)
    }
    if let bytes = try CompressedFile.bytes(atPath: path) { return try graph(of: bytes, reader) }
    if let numbered = try reader.numberedGraph(atPath: path) { return NamedGraph(numbered) }
    return NamedGraph(try reader.graph(atPath: path))
  }

  private func graph(of bytes: [UInt8], _ reader: EdgeListReader) throws -> NamedGraph {
    if let numbered = try reader.numberedGraph(from: bytes) { return NamedGraph(numbered) }
    return NamedGraph(try reader.graph(from: bytes))
  }
}
