internal import ClewEvidence

/// Reads `report.xml` of Cellebrite UFED, also out of a `.ufdr` archive.
///
/// A unit is a model under `modelType`: a contact, call, text message, mail, user account or chat.
/// Each message of a chat is a unit of its own, wherever it stands; the unit of the chat reaches
/// from its beginning to its first message. Models of other kinds are passed over and counted. The
/// report is read twice, because the owner's accounts stand at its end.
struct UFEDImporter: Importer {
  let format = "ufed-xml"
  let title = "Cellebrite UFED report (report.xml, .ufdr)"
  let version = 1

  /// The first bytes of a report that only Cellebrite's own reader opens.
  private static let protectedMark: [UInt8] = [0x2D, 0x06, 0x52, 0x6D]

  /// Knows the report by its root and namespace, and one that is protected by its first bytes.
  func recognise(_ source: StagedSource) -> Recognition? {
    if source.head.starts(with: Self.protectedMark) {
      return Recognition(confidence: 90, sign: "first bytes of a protected report")
    }
    guard let head = XMLHead(source), let root = head.root, root.name == "project" else {
      return nil
    }
    if root.attributes.contains(where: { $0.value.contains("cellebrite.com/report") }) {
      return Recognition(confidence: 95, sign: "root project of pa.cellebrite.com")
    }
    guard root.attribute("extractionType") != nil || head.holds("sourceExtractions") else {
      return nil
    }
    return Recognition(confidence: 80, sign: "root project with sourceExtractions")
  }

  /// Reads all models.
  ///
  /// - Returns: How many models and messages began.
  /// - Throws: ``ImportError`` for a protected report and for what is refused as a whole, or the
  ///   sink's own error.
  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    if source.head.starts(with: Self.protectedMark) {
      throw ImportError.malformed(
        path: source.displayPath,
        line: nil,
        reason: "a protected report; export it again without protection"
      )
    }
    let overview = try UFEDOverview(source)
    overview.owner.report(to: sink, sign: overview.ownerSign)
    if let order = overview.orderDecision { sink.setDecision("order of day and month", order) }
    return try XMLUnits.run(source, into: sink) { units in
      var reading = Reading(units, overview, scope: String(source.sha256.prefix(12)))
      defer { reading.report(to: sink) }
      try reading.run()
    }
  }

  /// The second reading: hands each model on once.
  private struct Reading {
    private let units: XMLUnits
    private let overview: UFEDOverview
    private let scope: String
    private let contacts: UFEDContacts
    private var calls: UFEDCalls
    private var chats = 0
    private var recovered: Int64 = 0
    private var passed: Int64 = 0
    private var files: Int64 = 0

    init(_ units: XMLUnits, _ overview: UFEDOverview, scope: String) {
      self.units = units
      self.overview = overview
      self.scope = scope
      contacts = UFEDContacts(owner: overview.owner, scope: scope)
      calls = UFEDCalls(overview)
    }

    mutating func run() throws {
      var typeDepth = Int.max - 1
      while let event = try units.reader.next() {
        guard case .start(let start) = event else { continue }
        switch start.name {
        case "modelType": typeDepth = start.depth
        case "model" where start.depth == typeDepth + 1: try model(start)
        case "file": files += 1
        default: continue
        }
      }
    }

    private mutating func model(_ start: XMLStart) throws {
      note(start)
      switch start.attribute("type") {
      case "Contact":
        try units.read(start, as: "Contact") { element throws(RowFault) in
          try contacts.contact(UFEDModel(element))
        }
      case "UserAccount":
        try units.read(start, as: "UserAccount") { element throws(RowFault) in
          try contacts.own(UFEDModel(element))
        }
      case "Call":
        try units.read(start, as: "Call") { element throws(RowFault) in
          try calls.call(UFEDModel(element))
        }
      case "SMS", "MMS":
        try units.read(start, as: start.attribute("type") ?? "") { element throws(RowFault) in
          try calls.text(UFEDModel(element))
        }
      case "Email":
        try units.read(start, as: "Email") { element throws(RowFault) in
          try calls.mail(UFEDModel(element))
        }
      case "InstantMessage":
        try units.read(start, as: "InstantMessage") { element throws(RowFault) in
          let model = UFEDModel(element)
          if model.isRelated { return .skip("message repeated from a chat") }
          return try UFEDChats(model, overview, scope: scope).message(model)
        }
      case "Chat": try chat(start)
      case "SIMData": try pass(start, "SIM data, read for the owner")
      default:
        passed += 1
        try pass(start, "model of a kind that is not read")
      }
    }

    private func pass(_ start: XMLStart, _ rule: String) throws {
      units.begin(start, as: "other")
      try units.reader.skip(start)
      try units.finish(at: units.reader.position) { .skip(rule) }
    }

    /// A chat: what stands before its first message is a unit, then each message is one.
    private mutating func chat(_ start: XMLStart) throws {
      units.begin(start, as: "Chat")
      var header = XMLElement(start)
      for field in overview.lateFields[chats] ?? [] { header.append(field) }
      chats += 1
      var chat: UFEDChats?
      while let event = try units.reader.next() {
        switch event {
        case .text: continue
        case .end(let end):
          guard end.depth == start.depth else { continue }
          if chat == nil { _ = try finish(header, at: end.offset) }
          return
        case .start(let field) where field.attribute("name") == "Messages":
          let known = try chat ?? finish(header, at: field.offset)
          chat = known
          while let message = try units.reader.nextChild() {
            guard message.name == "model" else {
              try units.reader.skip(message)
              continue
            }
            note(message)
            try units.read(message, as: "InstantMessage") { element throws(RowFault) in
              try known.message(UFEDModel(element))
            }
          }
        case .start(let field):
          // What follows the messages has been learnt before.
          guard chat == nil else {
            try units.reader.skip(field)
            continue
          }
          if let element = try units.reader.element(field).element { header.append(element) }
        }
      }
    }

    private func finish(_ header: XMLElement, at end: Int64) throws -> UFEDChats {
      let chat = UFEDChats(UFEDModel(header), overview, scope: scope)
      try units.finish(at: end) { chat.header() }
      return chat
    }

    private mutating func note(_ start: XMLStart) {
      let state = start.attribute("deleted_state")?.lowercased() ?? ""
      if state != "intact", !state.isEmpty { recovered += 1 }
    }

    func report(to sink: any UnitSink) {
      if recovered > 0 {
        sink.setDecision(
          "deleted or of unknown state",
          "\(recovered) units; the original of each says which"
        )
      }
      if passed > 0 { sink.setDecision("models not read", "\(passed)") }
      if files > 0 { sink.setDecision("files listed but not read", "\(files)") }
    }
  }
}
