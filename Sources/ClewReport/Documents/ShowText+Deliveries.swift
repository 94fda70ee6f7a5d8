internal import ClewChain
internal import ClewEvidence

/// Files of personal data: what they hold, who sent them, and which others hold the same rows.
///
/// Rows are named by their lines. Neither identifiers nor fingerprints are ever written, with or
/// without the victims' data revealed: the case file does not hold the former.
extension ShowText {
  /// How many pairs of lines are named.
  private static let namedLines = 5

  /// What a file holds.
  static func counts(_ delivery: Delivery) -> String {
    counts(delivery.rows, delivery.identified, delivery.kinds)
  }

  private static func counts(
    _ rows: Int64,
    _ identified: Int64,
    _ kinds: [PersonalDataKind: Int64]
  ) -> String {
    let parts = kinds.sorted { $0.key < $1.key }.map {
      "\(Wording.kind($0.key)) \(PlainText.grouped($0.value))"
    }
    return "\(PlainText.grouped(rows)) rows, \(PlainText.grouped(identified)) with personal data"
      + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
  }

  /// The files that a party sent or received.
  func files(of party: Int) -> String {
    let found = analysis.deliveries.filter { finding in
      finding.carriers.contains { $0.from == party || $0.to == party }
    }
    guard !found.isEmpty else { return "" }
    var out = "\nfiles of personal data\n"
    for finding in found.prefix(limit) {
      out += "  \(label(finding)): "
      out += Self.counts(finding.rows, finding.identified, finding.kinds) + "\n"
      for carrier in finding.carriers where carrier.from == party || carrier.to == party {
        out += "    \(text(of: carrier))\n"
      }
      for overlap in finding.overlaps { out += "    \(text(of: overlap, in: finding))\n" }
    }
    if found.count > limit { out += "  and \(found.count - limit) more\n" }
    return out
  }

  /// What is known of a file, or of the file that a message carries.
  func deliveries(of record: StoredRecord) throws -> String {
    var out = ""
    for finding in analysis.deliveries {
      if finding.records.contains(record.id) {
        out += try details(finding)
      } else if let carrier = finding.carriers.first(where: { $0.record == record.id }) {
        out += "  carries \(label(finding)), \(Self.strength(carrier.strength)): "
        out += Self.counts(finding.rows, finding.identified, finding.kinds) + "\n"
      }
    }
    return out
  }

  private func details(_ finding: DeliveryFinding) throws -> String {
    var out =
      "  \(PlainText.grouped(Int64(finding.distinct))) different rows by their identifiers\n"
    if finding.repeated > 0 {
      out += "  \(PlainText.grouped(finding.repeated)) rows repeat an earlier one word for word\n"
    }
    if finding.invalid > 0 {
      out +=
        "  \(PlainText.grouped(finding.invalid)) rows hold an identity number that fails its check\n"
    }
    if finding.common > 0 {
      out +=
        "  \(PlainText.grouped(Int64(finding.common))) of them are in so many files of this case "
      out += "that they prove nothing\n"
    }
    if finding.carriers.isEmpty { out += "  no message of this case carries it\n" }
    for carrier in finding.carriers.prefix(limit) { out += "  \(text(of: carrier))\n" }
    for overlap in finding.overlaps.prefix(limit) {
      out += "  \(text(of: overlap, in: finding))\n"
      out += try lines(finding, analysis.deliveries[overlap.other])
    }
    return out
  }

  private func text(of carrier: DeliveryFinding.Carrier) -> String {
    func party(_ place: Int?) -> String {
      place.map { safe(analysis.parties[$0].name, limit: 24) } ?? "a group or somebody unknown"
    }
    let time = carrier.at == .min ? "undated" : Timestamp(milliseconds: carrier.at).shanghai
    return "\(carrier.record)  \(time)  \(party(carrier.from)) to \(party(carrier.to)), "
      + Self.strength(carrier.strength)
  }

  private func text(of overlap: DeliveryFinding.Overlap, in finding: DeliveryFinding) -> String {
    let other = analysis.deliveries[overlap.other]
    var text = "\(PlainText.grouped(Int64(overlap.rows))) of its "
    text +=
      "\(PlainText.grouped(Int64(finding.distinct))) different rows are also in \(label(other)), "
    text += "which has \(PlainText.grouped(Int64(other.distinct)))"
    return text + (overlap.isSamePayload ? ": the same payload" : ": too few to prove anything")
  }

  /// The lines of the first rows that two files share; of workbooks, of their first sheets.
  private func lines(_ one: DeliveryFinding, _ other: DeliveryFinding) throws -> String {
    guard let first = one.records.first, let second = other.records.first else { return "" }
    let theirs = Dictionary(
      try file.deliveryRows(of: second).map { ($0.fingerprint, $0.row) },
      uniquingKeysWith: { earlier, _ in earlier }
    )
    let pairs = try file.deliveryRows(of: first).lazy.compactMap { row in
      theirs[row.fingerprint].map { "\(row.row) = \($0)" }
    }.prefix(Self.namedLines)
    return pairs.isEmpty ? "" : "    lines here and there: \(pairs.joined(separator: ", ")) …\n"
  }

  private func label(_ finding: DeliveryFinding) -> String {
    let record = finding.records.first.map { "\($0) " } ?? ""
    return "\(record)“\(safe(masked(finding.name)))”"
  }

  private static func strength(_ strength: CarrierStrength) -> String {
    switch strength {
    case .digest: "known by its digest"
    case .nameAndSize: "known by name and size"
    case .name: "the name alone agrees: a hint, not counted"
    }
  }
}
