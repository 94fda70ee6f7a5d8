public import ClewEvidence

/// The formats that Clew reads: the one place where an importer is registered.
public enum ImporterRegistry {
  /// All importers; where two are equally sure of a file the earlier one reads it.
  public static let all: [any Importer] = [
    WeChatAndroidImporter(),
    WeChatPCMessagesImporter(), WeChatPCContactsImporter(),
    WeChatDesktopMessagesImporter(), WeChatDesktopContactsImporter(),
    WeChatIOSMessagesImporter(), WeChatIOSContactsImporter(),
    WeChatMacMessagesImporter(), WeChatMacContactsImporter(),
    WeFlowImporter(),
    VCardImporter(),
    UFEDImporter(), UFEDContactSheet(), UFEDCallSheet(), UFEDChatSheet(),
    AxiomImporter(), AxiomSheet(),
    XRYImporter(),
    OxygenContacts(), OxygenMessages(), OxygenCalls(),
    LEAPPCalls(), LEAPPMessages(), LEAPPContacts(),
    SMSBackupImporter(),
    AndroidContacts(), AndroidCalls(), AndroidMessages(),
    AppleContacts(), AppleCalls(), AppleMessages(), ContactTable(),
    TelecomRecords(), CallTable(),
    TencentTrades(), TencentLegacyTrades(), TencentRegistration(), TencentBasic(),
    TencentLogins(), PaymentFlows(),
    AlipayRegistration(), AlipayLedger(), AlipayTransfers(), AlipayTrades(), AlipayBalance(),
    AlipayLogins(),
    WeChatPayBill(), AlipayBill(),
    BankTransactions(),
    QQText(), QQMHT(), QQAndroid(), QQNT(), QQChatExporter(),
    TelegramImporter(),
    WhatsAppDatabase(), WhatsAppApple(), WhatsAppText(),
    BankHolders(),
    // In the order of the enumeration.
    CanonicalRecords(kind: .trades), CanonicalRecords(kind: .calls),
    CanonicalRecords(kind: .transfers), CanonicalRecords(kind: .members),
    CanonicalRecords(kind: .messages), CanonicalRecords(kind: .contacts), CanonicalAccounts(),
    MatrixMarket(), Pajek(), SnapEdges(), DotGraph(),
    GraphML(), GEXF(), I2Chart(), FollowTheMoney(), CaseUCO(),
    ParquetTable(),
    GephiEdges(), GephiNodes(), Neo4jNodes(), Neo4jRelationships(), I2Links(),
    CanonicalDeliveries(), AttachmentTable(),
  ]

  /// Everybody who knows the file, the surest first; of equals the earlier one.
  public static func answers(
    to source: StagedSource,
    among importers: [any Importer] = all
  ) -> [(any Importer, Recognition)] {
    let answers = HeadMemory.$current.withValue(HeadMemory(source.head)) {
      importers.compactMap { importer in importer.recognise(source).map { (importer, $0) } }
    }
    return answers.enumerated().sorted { left, right in
      let (first, second) = (left.element.1.confidence, right.element.1.confidence)
      return first == second ? left.offset < right.offset : first > second
    }.map(\.element)
  }

  /// The importer that is surest of the file.
  public static func best(
    for source: StagedSource,
    among importers: [any Importer] = all
  ) -> (any Importer, Recognition)? {
    HeadMemory.$current.withValue(HeadMemory(source.head)) {
      var best: (any Importer, Recognition)?
      for importer in importers {
        guard let recognition = importer.recognise(source) else { continue }
        if let current = best, current.1.confidence >= recognition.confidence { continue }
        best = (importer, recognition)
      }
      return best
    }
  }
}
