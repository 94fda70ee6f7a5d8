public import ClewEvidence

/// The formats that Clew reads: the one place where an importer is registered.
public enum ImporterRegistry {
  /// All importers; where two are equally sure of a file the earlier one reads it.
  public static let all: [any Importer] = [
    WeChatAndroidImporter(),
    VCardImporter(),
    TencentTrades(), TencentLegacyTrades(), TencentRegistration(), TencentBasic(),
    TencentLogins(),
    AlipayRegistration(), AlipayLedger(), AlipayTransfers(), AlipayTrades(), AlipayOther(),
    BankTransactions(),
    QQText(),
    CanonicalTrades(), CanonicalCalls(), CanonicalTransfers(), CanonicalMembers(),
    CanonicalMessages(), CanonicalContacts(), CanonicalAccounts(),
    CanonicalDeliveries(), AttachmentTable(),
  ]

  /// The importer that is surest of the file.
  public static func best(
    for source: StagedSource,
    among importers: [any Importer] = all
  ) -> (any Importer, Recognition)? {
    var best: (any Importer, Recognition)?
    for importer in importers {
      guard let recognition = importer.recognise(source) else { continue }
      if let current = best, current.1.confidence >= recognition.confidence { continue }
      best = (importer, recognition)
    }
    return best
  }
}
