public import ClewEvidence

/// A file of personal data with the messages that carried it and the files that hold the same rows.
public struct DeliveryFinding: Sendable, Hashable {
  /// A message that carries the file.
  public struct Carrier: Sendable, Hashable {
    /// The message.
    public let record: RecordID
    /// How surely it carries this file.
    public let strength: CarrierStrength
    /// The sender's place in ``ChainAnalysis/parties``, if known.
    public let from: Int?
    /// The receiver's place, if it is a private message.
    public let to: Int?
    /// When, in milliseconds since 1970; `Int64.min` when unknown.
    public let at: Int64
  }

  /// Another file with the same rows.
  public struct Overlap: Sendable, Hashable {
    /// Its place in ``ChainAnalysis/deliveries``.
    public let other: Int
    /// How many different rows both hold.
    public let rows: Int
    /// Whether that is at least three rows and half of the smaller file: the same payload.
    public let isSamePayload: Bool
  }

  /// The records of the file: one, or one for each sheet.
  public let records: [RecordID]
  /// The file's name.
  public let name: String
  /// How many rows it has.
  public let rows: Int64
  /// How many of them hold an identifier.
  public let identified: Int64
  /// How many rows repeat an earlier one of the same table word for word.
  public let repeated: Int64
  /// How many rows hold a number with the form of an identity number that fails its check.
  public let invalid: Int64
  /// How many different rows there are among the identified, by their identifiers.
  public let distinct: Int
  /// How many of the different ones occur in so many files that they prove nothing.
  public let common: Int
  /// In how many rows each kind of personal data occurs.
  public let kinds: [PersonalDataKind: Int64]
  /// The messages that carried it, in order of time.
  public let carriers: [Carrier]
  /// The files that hold the same rows, by their places.
  public let overlaps: [Overlap]

  /// Whose evidence it is: the parties that sent or received the file, hints left out.
  public var parties: Set<Int> {
    Set(carriers.filter { $0.strength < .name }.flatMap { [$0.from, $0.to] }.compactMap(\.self))
  }
}

extension CaseView {
  /// The files of personal data with the messages that carry them and the rows that they share.
  var deliveryFindings: [DeliveryFinding] {
    var overlaps: [Int: [DeliveryFinding.Overlap]] = [:]
    for pair in shared.pairs {
      for (one, other) in [(pair.first, pair.second), (pair.second, pair.first)] {
        overlaps[one, default: []].append(
          DeliveryFinding.Overlap(other: other, rows: pair.rows, isSamePayload: pair.isSamePayload)
        )
      }
    }
    return attachments.attachments.enumerated().map { place, attachment in
      DeliveryFinding(
        records: attachment.records,
        name: attachment.deliveries.first?.name ?? "",
        rows: attachment.deliveries.reduce(0) { $0.addingClamped($1.rows) },
        identified: attachment.identified,
        repeated: attachment.deliveries.reduce(0) { $0.addingClamped($1.repeated) },
        invalid: attachment.deliveries.reduce(0) { $0.addingClamped($1.invalid) },
        distinct: shared.distinct[place],
        common: shared.common[place],
        kinds: attachment.deliveries.reduce(into: [:]) {
          $0.merge($1.kinds, uniquingKeysWith: { $0.addingClamped($1) })
        },
        carriers: (carriers[place] ?? []).sorted {
          $0.at != $1.at ? $0.at < $1.at : $0.record < $1.record
        },
        overlaps: (overlaps[place] ?? []).sorted { $0.other < $1.other }
      )
    }
  }
}
