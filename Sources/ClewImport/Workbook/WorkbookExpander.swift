internal import ClewEvidence

/// Makes a staged table of every sheet of a workbook.
struct WorkbookExpander {
  /// A sheet and what became of it.
  struct Sheet {
    let displayPath: String
    let result: Result<StagedSource, ArchiveUnpacker.Refusal>
    /// Whether the sheet may well be evidence but cannot be read.
    var isFault = true
  }

  let area: StagingArea
  let unpacker: ArchiveUnpacker

  /// Reads the workbook in a staged copy; the sheets come in its order.
  ///
  /// - Throws: ``PartFault``, ``ZipReader/Fault`` or ``ArchiveUnpacker/LimitPassed`` when the workbook
  ///   as a whole is not readable.
  func sheets(of workbook: StagedSource, _ directory: ZipDirectory) throws -> [Sheet] {
    let contents = try unpacker.unpack(
      zip: directory,
      copyPath: workbook.copyPath,
      displayPath: "",
      takes: WorkbookPackage.takes
    )
    defer { unpacker.discard(contents) }
    if let damage = contents.damage { throw PartFault(reason: damage) }
    var parts: [String: StagedCopy] = [:]
    for member in contents.members {
      let key = WorkbookPackage.key(String(member.displayPath.dropFirst(2)))
      switch member.result {
      case .success(let copy) where !copy.path.isEmpty:
        guard parts.updateValue(copy, forKey: key) == nil else {
          throw PartFault(reason: "the workbook holds two parts of one name")
        }
      case .success: continue
      case .failure(let refusal): throw PartFault(reason: "a part of it is \(refusal.reason)")
      }
    }
    let book = try WorkbookPackage(
      parts: parts,
      names: directory.members.map { WorkbookPackage.key($0.name) }
    )
    let strings = try SharedStrings(book.stringsPart.flatMap { parts[$0] })
    var names: [String: Int] = [:]
    var sheets: [Sheet] = []
    for sheet in book.sheets {
      let occurrence = names[sheet.name, default: 0] + 1
      names[sheet.name] = occurrence
      let path =
        "\(workbook.displayPath)!/\(sheet.name)" + (occurrence > 1 ? " (\(occurrence))" : "")
      do {
        sheets.append(try stage(sheet, of: book, strings, workbook, displayPath: path))
      } catch {
        for case .success(let source) in sheets.map(\.result) { area.discard(source) }
        throw error
      }
    }
    return sheets
  }

  private func stage(
    _ sheet: WorkbookPackage.Sheet,
    of book: WorkbookPackage,
    _ strings: SharedStrings,
    _ workbook: StagedSource,
    displayPath: String
  ) throws -> Sheet {
    func refused(_ reason: String, isFault: Bool = true) -> Sheet {
      Sheet(displayPath: displayPath, result: .failure(.init(reason: reason)), isFault: isFault)
    }
    guard let part = sheet.part else {
      return refused("a chart or macro sheet without a table", isFault: false)
    }
    guard let copied = book.parts[part] else { return refused("the sheet's part is missing") }
    let sink = CopySink(try area.makeWriter(), unpacker)
    let reader = SheetReader(book, strings, write: sink.write)
    let xml: [String: String]
    do {
      xml = try PartParser.read(copied, to: reader)
      try reader.finish()
    } catch let fault as PartFault {
      if let copy = sink.finish() { unpacker.discard(copy) }
      return refused("the sheet cannot be read: \(fault.reason)")
    } catch {
      if let copy = sink.finish() { unpacker.discard(copy) }
      throw error
    }
    guard let copy = sink.finish() else { return refused("the sheet cannot be copied") }
    if reader.survey.rows == 0 {
      unpacker.discard(copy)
      return refused("the sheet is empty", isFault: false)
    }
    var source = try area.assemble(copy, displayPath: displayPath, name: sheet.name)
    source.container = FileReference(
      name: workbook.name,
      bytes: workbook.bytes,
      digest: workbook.md5.map { "md5:" + $0 }
    )
    source.decisions = reader.survey.decisions(is1904: book.is1904)
    source.decisions.merge(xml) { own, _ in own }
    source.decisions.merge(book.notes) { own, _ in own }
    source.decisions["workbook"] =
      "sheet of a workbook of \(workbook.bytes) bytes, sha256 \(workbook.sha256)"
    if sheet.state != "visible" {
      source.decisions["hidden sheet"] = "the workbook hides this sheet (\(state(sheet.state)))"
    }
    return Sheet(displayPath: displayPath, result: .success(source))
  }

  /// The state in known words only: a file may write anything there.
  private func state(_ text: String) -> String {
    ["hidden", "veryHidden"].contains(text) ? text : "unknown state"
  }
}

/// Writes a sheet's table into a copy, within the limit of its archive.
private final class CopySink {
  private var writer: StagedCopyWriter?
  private let unpacker: ArchiveUnpacker

  init(_ writer: consuming StagedCopyWriter, _ unpacker: ArchiveUnpacker) {
    self.writer = consume writer
    self.unpacker = unpacker
  }

  func write(_ bytes: [UInt8]) throws {
    try unpacker.keep(bytes.count)
    try writer?.append(bytes, count: bytes.count)
  }

  func finish() -> StagedCopy? {
    guard let writer = writer.take() else { return nil }
    return writer.finish()
  }
}
