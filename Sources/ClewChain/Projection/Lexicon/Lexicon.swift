internal import ClewEvidence
internal import Foundation

/// The words of the trade and of private life, as a data file (`lexicon.json`).
///
/// A word is a hint, never a proof: it names a category or an act, and the projection counts it
/// only together with evidence of another kind.
public struct Lexicon: Sendable {
  /// A kind of personal data.
  public struct Category: Sendable, Hashable {
    /// The key in figures and JSON, such as `vehicle`.
    public let id: String
    /// The name in Chinese.
    public let title: String
  }

  /// What a term tells of a message.
  enum Sense: Hashable, Sendable {
    case category(Int)
    case request, strongRequest, deliver, negative, offer, privateLife, trade, field
    case supplierLabel, buyerLabel, harmlessName, askData, refund, service, ack
    /// Names data of persons; 料, 数据 and 清单 mean other things in other trades.
    case personalList
    /// Says of a supplier or buyer that one of the two resells; 客户 and 供应 belong to any business.
    case resaleLabel
  }

  /// The version of the data file, reported with every analysis.
  public let version: String
  /// The categories in the order of the data file; a category mask has one bit for each.
  public let categories: [Category]
  private let matcher: TermMatcher
  private var initials: [Target.Kind: [String: UInt32]] = [:]
  private let terms: [String]
  private let senses: [[Sense]]

  private struct File: Decodable {
    struct Entry: Decodable {
      let id: String
      let title: String
      let terms: [String]
    }
    let version: String
    let categories: [Entry]
    let request, strongRequest, deliver, negative, offer, trade: [String]
    let `private`: [String]
    let supplierLabels, buyerLabels, fields, harmlessNames: [String]
    let askData, refund, service, ack, personalLists, resaleLabels: [String]
    /// What pinyin initials stand for beside a target of each kind.
    let initials: [String: [String: String]]
    /// Simplified characters of the terms, each with its traditional form after it.
    let traditional: String
  }

  /// The lexicon that comes with Clew.
  ///
  /// The file is part of the program; a test decodes it, so that it can only fail there.
  public static let standard = Lexicon(json: PackageResources.lexicon_json) ?? Lexicon.empty

  private static let empty = Lexicon(version: "empty", categories: [], senses: [:])

  init?(json: [UInt8]) {
    guard let file = try? JSONDecoder().decode(File.self, from: Data(json)) else { return nil }
    var senses: [String: [Sense]] = [:]
    let traditional = Self.pairs(file.traditional)
    func add(_ terms: [String], _ sense: Sense) {
      for term in terms {
        senses[term, default: []].append(sense)
        let other = String(term.map { traditional[$0] ?? $0 })
        if other != term { senses[other, default: []].append(sense) }
      }
    }
    for (number, category) in file.categories.enumerated() {
      add(category.terms, .category(number))
    }
    add(file.request, .request)
    add(file.strongRequest, .strongRequest)
    add(file.deliver, .deliver)
    add(file.negative, .negative)
    add(file.offer, .offer)
    add(file.private, .privateLife)
    add(file.trade, .trade)
    add(file.fields, .field)
    add(file.supplierLabels, .supplierLabel)
    add(file.buyerLabels, .buyerLabel)
    add(file.harmlessNames, .harmlessName)
    add(file.askData, .askData)
    add(file.refund, .refund)
    add(file.service, .service)
    add(file.ack, .ack)
    add(file.personalLists, .personalList)
    add(file.resaleLabels, .resaleLabel)
    self.init(
      version: file.version,
      categories: file.categories.map { Category(id: $0.id, title: $0.title) },
      senses: senses
    )
    let kinds: [String: Target.Kind] = [
      "identity": .identity, "phone": .phone, "card": .card, "plate": .plate,
    ]
    for (name, words) in file.initials {
      guard let kind = kinds[name] else { continue }
      initials[kind] = words.compactMapValues { categoryIndex($0).map { 1 << UInt32($0) } }
    }
  }

  /// The categories that a short text beside a target of a kind names by pinyin initials: `kf 990000…`.
  ///
  /// Two letters mean many things; right beside an identity number they mean what is asked of it.
  func initials(in text: String, beside kind: Target.Kind) -> UInt32 {
    guard let words = initials[kind] else { return 0 }
    let letters = text.utf8.split { byte in
      !(byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
    }
    return letters.reduce(0) { $0 | (words[String(decoding: $1, as: UTF8.self).lowercased()] ?? 0) }
  }

  /// The traditional form of each simplified character.
  private static func pairs(_ text: String) -> [Character: Character] {
    let pairs = text.split(separator: " ").compactMap { pair in
      pair.first.flatMap { simple in pair.last.map { (simple, $0) } }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private init(version: String, categories: [Category], senses: [String: [Sense]]) {
    self.version = version
    self.categories = categories
    let terms = senses.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.terms = terms
    matcher = TermMatcher(terms)
    self.senses = terms.map { senses[$0] ?? [] }
  }

  /// The categories whose words are in everybody's mouth, one bit each.
  var generalCategories: UInt32 { categoryIndex("contact").map { 1 << UInt32($0) } ?? 0 }

  /// The place of a category, or `nil` for an unknown key.
  public func categoryIndex(_ id: String) -> Int? { categories.firstIndex { $0.id == id } }

  /// The category that a file's kinds of data suggest, until somebody decides; one bit or none.
  func categoryMask(of attachment: AttachmentIndex.Attachment) -> UInt32 {
    var rows: [PersonalDataKind: Int64] = [:]
    for delivery in attachment.deliveries { rows.merge(delivery.kinds) { $0.addingClamped($1) } }
    let ids: [(PersonalDataKind, String)] = [
      (.plate, "vehicle"), (.vehicle, "vehicle"), (.card, "bank"), (.identity, "household"),
      (.phone, "contact"),
    ]
    let found = ids.first { kind, _ in
      let count = rows[kind] ?? 0
      return count > 0 && count >= attachment.identified - count
    }
    return found.flatMap { categoryIndex($0.1) }.map { 1 << UInt32($0) } ?? 0
  }

  /// Hands each sense of each term in the text to `body`, with the term's number and end.
  func forEachSense(in bytes: Span<UInt8>, _ body: (Sense, Int, Int) -> Void) {
    matcher.forEachHit(in: bytes) { hit in
      for sense in senses[hit.term] { body(sense, hit.term, hit.end) }
    }
  }

  /// Whether the text has a term of the given sense.
  func contains(_ sense: Sense, in text: String) -> Bool {
    var found = false
    var text = text
    text.withUTF8 { buffer in
      forEachSense(in: unsafe Span(_unsafeElements: buffer)) { other, _, _ in
        if other == sense { found = true }
      }
    }
    return found
  }

  /// The categories that a text names, one bit each.
  func categoryMask(of text: String) -> UInt32 {
    var mask: UInt32 = 0
    var text = text
    text.withUTF8 { buffer in
      forEachSense(in: unsafe Span(_unsafeElements: buffer)) { sense, _, _ in
        if case .category(let number) = sense { mask |= 1 << UInt32(number) }
      }
    }
    return mask
  }
}
