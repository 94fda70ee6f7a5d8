internal import ClewEvidence

/// Reads lists of personal data that chats carried as files: tables and text with one record a line.
///
/// It is the last to be asked: whatever another importer knows is no delivery. Rows are counted and
/// leave fingerprints; their text is not kept. ``AttachmentShape`` says what is taken for such a list.
struct AttachmentTable: Importer {
  let format = "personal-data-table"
  let title = "List of personal data, as sent in chats"
  let version = 1

  /// Below every format with signs of its own, and below proposed mappings.
  private static let confidence = 8

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let shape = AttachmentShape.detect(source) else { return nil }
    let kinds = shape.kinds.sorted().map(\.rawValue).joined(separator: ", ")
    return Recognition(
      confidence: Self.confidence,
      sign: "personal data (\(kinds)) in \(shape.identified) of the first \(shape.rows) rows"
    )
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    guard let shape = AttachmentShape.detect(source) else {
      throw ImportError.malformed(
        path: source.displayPath,
        line: nil,
        reason: "too few of the first rows hold personal data"
      )
    }
    let reader = TabularReader(
      try TextWindow(source, shape.decision),
      encoding: shape.decision.encoding,
      dialect: shape.dialect
    )
    reader.expectedCells = shape.columns
    var tally = Tally()
    while let row = try reader.next() {
      let position = UnitPosition(row: row.line, offset: row.offset)
      if let fault = row.fault {
        try sink.reject(at: position, bytes: reader.sourceBytes(of: row), reason: fault.reason)
        continue
      }
      if row.isBlank {
        try sink.skip(at: position, rule: "blank row")
        continue
      }
      let data = PersonalRow(row.text)
      if !data.isIdentified, tally.identified == 0 {
        try sink.skip(at: position, rule: "heading")
        continue
      }
      tally.add(data, row.raw)
      try sink.count(rowAt: position, fingerprint: data.fingerprint)
    }
    try sink.deliver(delivery(source, shape, tally))
    sink.setDecision("encoding", reader.encodingSummary)
    sink.setDecision("delimiter", shape.isPlain ? "none" : shape.dialect.name)
    return reader.rowsRead
  }

  private func delivery(
    _ source: StagedSource,
    _ shape: AttachmentShape,
    _ tally: Tally
  ) -> Delivery {
    var digests: [String] = []
    if let container = source.container {
      digests = [container.digest].compactMap(\.self)
    } else {
      if let md5 = source.md5 { digests.append("md5:\(md5)") }
      if !source.sha256.isEmpty { digests.append("sha256:\(source.sha256)") }
    }
    return Delivery(
      name: source.container?.name ?? source.name,
      sheet: source.container == nil ? "" : source.name,
      bytes: source.container == nil ? source.bytes : source.container?.bytes,
      digests: digests,
      rows: tally.rows,
      columns: Int64(shape.columns),
      identified: tally.identified,
      repeated: tally.rows - Int64(tally.seen.count),
      invalid: tally.invalid,
      kinds: tally.kinds
    )
  }

  /// What has been read so far.
  private struct Tally {
    var rows: Int64 = 0
    var identified: Int64 = 0
    var invalid: Int64 = 0
    var kinds: [PersonalDataKind: Int64] = [:]
    /// Digests of the rows as they stand: eight bytes for each different row.
    var seen: Set<UInt64> = []

    mutating func add(_ row: PersonalRow, _ raw: [UInt8]) {
      rows += 1
      var digest = FieldDigest()
      digest.add(bytes: raw)
      seen.insert(digest.recordID.high)
      if row.hasInvalidIdentity { invalid += 1 }
      guard row.isIdentified else { return }
      identified += 1
      for kind in PersonalDataKind.allCases where row.holds(kind) { kinds[kind, default: 0] += 1 }
    }
  }
}
