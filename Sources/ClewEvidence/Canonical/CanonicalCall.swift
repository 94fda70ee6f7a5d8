extension Call {
  /// The columns of `calls.csv`.
  package static let canonicalColumns: [CanonicalColumn] = [
    .time, .from, .to, .durationS, .channel,
  ]

  /// What a row of `calls.csv` says: a telephone or app call.
  package init(_ row: some CanonicalCells) throws(RowFault) {
    let from = try row.requiredAccount(.from)
    let to = try row.requiredAccount(.to)
    let platform = CanonicalPlatform.name(from.scheme == .service ? to : from).description
    let channel = row.text(.channel)
    self.init(
      from: from,
      to: to,
      at: try row.time(.time),
      seconds: try row.count(.durationS) ?? 0,
      channel: channel.isEmpty ? (platform.isEmpty ? "phone" : platform) : channel
    )
  }
}
