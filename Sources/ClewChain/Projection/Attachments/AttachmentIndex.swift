internal import ClewEvidence

/// How surely a message carries a file of the case.
public enum CarrierStrength: String, Sendable, Hashable, CaseIterable, Comparable {
  /// The message states the digest of the file.
  case digest
  /// The message states no digest; exactly one file of the case has its name and size.
  case nameAndSize
  /// Only the name agrees: a hint, which counts for nothing.
  case name

  /// The surest first.
  public static func < (left: CarrierStrength, right: CarrierStrength) -> Bool {
    left.place < right.place
  }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The files of personal data that lie in a case, found again by what messages say of their files.
///
/// The sheets of one workbook are one file. Files are in the order of their first record, so that
/// the order of import does not matter.
struct AttachmentIndex: Sendable {
  /// One file.
  struct Attachment: Sendable {
    /// Its records: one, or one for each sheet, the smallest first.
    var records: [RecordID]
    var deliveries: [Delivery]
    /// The fingerprints of its rows, sorted; a fingerprint that comes twice stands twice.
    var fingerprints: [UInt64] = []
    /// Stands for the file where messages are compared; never 0.
    let key: UInt64

    /// How many rows hold an identifier.
    var identified: Int64 { deliveries.reduce(0) { $0.addingClamped($1.identified) } }
    /// Whether the rows hold more than phones.
    var isSensitive: Bool { deliveries.contains(where: \.isSensitive) }
  }

  private(set) var attachments: [Attachment] = []
  private var byDigest: [String: Int] = [:]
  private var byNameAndSize: [NameAndSize: [Int]] = [:]
  private var byName: [String: [Int]] = [:]

  private struct NameAndSize: Hashable {
    let name: String
    let bytes: Int64
  }

  /// Indexes the deliveries of a case.
  ///
  /// - Parameters:
  ///   - deliveries: The records, in any order.
  ///   - rows: The fingerprints of one.
  init(
    _ deliveries: [(record: RecordID, delivery: Delivery)],
    rows: (RecordID) throws -> [DeliveryRow]
  ) rethrows {
    for (record, delivery) in deliveries.sorted(by: { $0.record < $1.record }) {
      let place = place(of: delivery, record)
      attachments[place].fingerprints += try rows(record).map(\.fingerprint)
    }
    for place in attachments.indices { attachments[place].fingerprints.sort() }
  }

  /// The place of the delivery's file; it is entered when it is new.
  private mutating func place(of delivery: Delivery, _ record: RecordID) -> Int {
    if let known = delivery.digests.compactMap({ byDigest[$0] }).first {
      attachments[known].records.append(record)
      attachments[known].deliveries.append(delivery)
      return known
    }
    let place = attachments.count
    let key = delivery.digests.first.map(Self.key) ?? (record.high | 1)
    attachments.append(Attachment(records: [record], deliveries: [delivery], key: key))
    for digest in delivery.digests { byDigest[digest] = place }
    byName[delivery.name, default: []].append(place)
    if let bytes = delivery.bytes {
      byNameAndSize[NameAndSize(name: delivery.name, bytes: bytes), default: []].append(place)
    }
    return place
  }

  /// The file that a message carries, and how surely; `nil` when none is known or the message's words
  /// fit several.
  func find(_ file: FileReference) -> (attachment: Int, strength: CarrierStrength)? {
    guard !attachments.isEmpty else { return nil }
    if let digest = file.digest {
      // Another digest is another file, whatever its name.
      return byDigest[digest].map { ($0, .digest) }
    }
    guard !file.name.isEmpty else { return nil }
    if let bytes = file.bytes {
      let found = byNameAndSize[NameAndSize(name: file.name, bytes: bytes)] ?? []
      return found.count == 1 ? found.first.map { ($0, .nameAndSize) } : nil
    }
    let found = byName[file.name] ?? []
    return found.count == 1 ? found.first.map { ($0, .name) } : nil
  }

  /// The number by which a file with this digest is known among messages; never 0.
  static func key(_ digest: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in digest.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash | 1
  }
}
