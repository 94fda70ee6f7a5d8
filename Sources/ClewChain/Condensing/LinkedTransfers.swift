internal import ClewEvidence

/// Payments that are taken, and those that may tell of the same ones: of two with an id in common one knows too
/// little by itself.
struct LinkedTransfers {
  private var records: [SourcedRecord] = []
  private var isTaken: [Bool] = []
  private var isVague: [Bool] = []
  private var ids: [[UInt64]] = []
  private var bearers: [UInt64: [Int]] = [:]

  /// Adds a payment.
  mutating func add(_ record: SourcedRecord, isVague: Bool, ids: [UInt64], isTaken: Bool) {
    for id in Set(ids) { bearers[id, default: []].append(records.count) }
    records.append(record)
    self.isTaken.append(isTaken)
    self.isVague.append(isVague)
    self.ids.append(ids)
  }

  /// The payments that are taken or hang together with such a one.
  ///
  /// - Complexity: O(payments and ids): each id is followed once from vague payments and once from others.
  consuming func taken() -> [SourcedRecord] {
    var followed: [UInt64: Bool] = [:]
    var open = records.indices.filter { isTaken[$0] }
    while let payment = open.popLast() {
      for id in ids[payment] {
        // From a vague payment to all that bear the id, from another one to the vague ones.
        let toAll = isVague[payment]
        if let before = followed[id], before || !toAll { continue }
        followed[id] = toAll
        for other in bearers[id] ?? [] where !isTaken[other] && (toAll || isVague[other]) {
          isTaken[other] = true
          open.append(other)
        }
      }
    }
    return records.indices.filter { isTaken[$0] }.map { records[$0] }
  }
}
