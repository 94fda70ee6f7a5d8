/// What makes two sightings one record (see `identifiers.md`, "De-duplicating events").
///
/// - A message is its platform's id; without one it is chat, sender, second and text.
/// - A transfer is its first id with both ends, the amount and the state; without an id it is both
///   ends, amount, second and memo.
/// - Everything else is all that it says.
package enum RecordIdentity {
  /// The number of the record that the item belongs to.
  package static func id(of item: EvidenceItem) -> RecordID {
    var digest = FieldDigest()
    return id(of: item, row: RecordRow(item), using: &digest)
  }

  /// The same, for whoever has the item's row already and digests many.
  static func id(
    of item: EvidenceItem,
    row: RecordRow,
    using digest: inout FieldDigest
  ) -> RecordID {
    digest.removeAll()
    switch item {
    case .message(let message): add(message, to: &digest)
    case .transfer(let transfer): add(transfer, to: &digest)
    default: row.add(to: &digest)
    }
    return digest.recordID
  }

  private static func add(_ message: Message, to digest: inout FieldDigest) {
    if let serverID = message.serverID {
      digest.add("message")
      digest.add(message.platform)
      digest.add(serverID)
      digest.add(message.group)
      return
    }
    digest.add("message without id")
    digest.add(message.platform)
    digest.add(message.group)
    if message.group == nil {
      let ends = [message.from, message.to].compactMap(\.self).sorted()
      for end in ends { digest.add(end) }
    }
    digest.add(message.from)
    digest.add(message.sentAt?.seconds)
    digest.add(message.kind.rawValue)
    digest.add(message.text)
    digest.add(message.file?.name)
    digest.add(message.file?.digest)
  }

  private static func add(_ transfer: Transfer, to digest: inout FieldDigest) {
    digest.add("transfer")
    digest.add(transfer.channel)
    digest.add(transfer.payer)
    digest.add(transfer.payee)
    digest.add(transfer.amount?.fen)
    digest.add(transfer.amount?.currency)
    digest.add(transfer.state.rawValue)
    if let id = transfer.ids.first {
      digest.add(id)
    } else {
      digest.add(transfer.at?.seconds)
      digest.add(transfer.memo)
    }
  }
}
