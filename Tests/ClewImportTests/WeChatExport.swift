import ClewEvidence
import ClewImport
import Foundation
import Testing

/// The files of one or more WeChat exports, read as an intake reads them, with their neighbours.
struct WeChatExport {
  /// What one file gave.
  struct Reading {
    let format: String
    let sink: CollectingSink
    let units: Int64
  }

  /// By path inside the folder.
  private(set) var readings: [String: Reading] = [:]

  /// Reads everything in a folder.
  init(_ staged: Staged) throws {
    let prefix = staged.folder + "/"
    try SourceFinder(area: staged.area).find([staged.folder]) { finding in
      guard case .source(let source, let importer, _) = finding else { return }
      let sink = CollectingSink()
      let units = try importer.read(source, into: sink)
      #expect(units == sink.unitCount)
      readings[String(source.displayPath.dropFirst(prefix.count))] = Reading(
        format: importer.format,
        sink: sink,
        units: units
      )
    }
  }

  /// Lays fixtures into a new folder, by path inside it, and reads them.
  init(_ fixtures: [String: String]) throws {
    let staged = try Staged()
    for (path, name) in fixtures { try staged.write(nested: path, fixture(name)) }
    try self.init(staged)
  }

  /// The two databases of one WeChat: its contacts and its messages.
  struct Pair {
    let contacts: Reading
    let messages: Reading

    /// Lays both out by path and fixture, and reads them.
    init(
      contacts: (path: String, fixture: String),
      messages: (path: String, fixture: String)
    ) throws {
      let export = try WeChatExport([
        contacts.path: contacts.fixture, messages.path: messages.fixture,
      ])
      self.contacts = try export(contacts.path)
      self.messages = try export(messages.path)
    }
  }

  /// P4's WeChat on a computer.
  static func desktop() throws -> Pair {
    try Pair(
      contacts: ("db_storage/contact/contact.db", "wechat_pc4/contact.db"),
      messages: ("db_storage/message/message_0.db", "wechat_pc4/message_0.db")
    )
  }

  /// P4's WeChat on an iPhone: the same messages.
  static func phone() throws -> Pair {
    try Pair(
      contacts: ("DB/WCDB_Contact.sqlite", "wechat_ios/WCDB_Contact.sqlite"),
      messages: ("DB/MM.sqlite", "wechat_ios/MM.sqlite")
    )
  }

  /// The reading of a file.
  func callAsFunction(_ path: String) throws -> Reading { try #require(readings[path]) }
}

extension Staged {
  /// Writes a file into folders that are made for it; the answer is its path.
  @discardableResult
  func write(nested path: String, _ bytes: [UInt8]) throws -> String {
    try FileManager.default.createDirectory(
      atPath: (folder + "/" + path as NSString).deletingLastPathComponent,
      withIntermediateDirectories: true
    )
    return try write(path, bytes)
  }
}

extension CollectingSink {
  /// The message `SVR+number` of the samples.
  func message(_ number: Int) throws -> Message {
    try #require(messages.first { $0.serverID == String(900_000_000_000_000_000 + number) })
  }

  /// The numbers of the samples' messages in the order in which they were read.
  var numbers: [Int] {
    messages.compactMap { $0.serverID.flatMap(Int.init) }.map { $0 - 900_000_000_000_000_000 }
  }

  func contact(_ account: Account) throws -> Contact {
    try #require(contacts.first { $0.contact == account })
  }

  func partners(_ account: Account, _ basis: AccountLink.Basis) -> [Account] {
    links.filter { $0.first == account && $0.basis == basis }.map(\.second)
  }
}

extension Account {
  static let p4 = Account(.wechat, "zhichuan_demo")
  static let p5 = Account(.wechat, "wxid_clewdemo000522")
  static let room = Account(.wechatGroup, "99900000001@chatroom")
}

/// A time of the samples, from seconds since 1970.
func second(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: seconds * 1000) }
