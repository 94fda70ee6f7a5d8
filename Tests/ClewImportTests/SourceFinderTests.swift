import ClewEvidence
import ClewImport
import ClewTestSupport
import Foundation
import Testing

@Suite struct `Looking for sources` {
  let staged: Staged
  static let card = "BEGIN:VCARD\nFN:甲\nTEL:13800000001\nEND:VCARD\n"

  init() throws { staged = try Staged() }

  /// Every finding as one line: path relative to the folder, then importer or reason.
  private func look(_ paths: String...) throws -> [String] {
    var lines: [String] = []
    let full = paths.isEmpty ? [staged.folder + "/in"] : paths
    let count = try SourceFinder(area: staged.area).find(full) { finding in
      switch finding {
      case .source(let source, let importer, _):
        let sink = CollectingSink()
        let units = try importer.read(source, into: sink)
        #expect(units == sink.unitCount)
        lines.append("\(shown(source.displayPath)) -> \(importer.format) \(units)")
      case .unread(let unread): lines.append("\(shown(unread.displayPath)): \(unread.reason)")
      }
    }
    #expect(count >= 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: staged.area.folder).isEmpty)
    return lines
  }

  private func shown(_ path: String) -> String {
    path.replacingOccurrences(of: staged.folder + "/in/", with: "")
  }

  @discardableResult
  private func put(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let path = staged.folder + "/in/" + name
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    try FileManager.default.createDirectory(
      atPath: "/" + folder,
      withIntermediateDirectories: true
    )
    return try staged.write("in/" + name, bytes)
  }

  @Test func `goes through folders in the order of bytes, hidden files too`() throws {
    try put("b/x.vcf", Self.card.utf8)
    try put("b/.hidden.vcf", Self.card.utf8)
    try put("B.vcf", Self.card.utf8)
    try put("a.txt", "nothing known".utf8)
    try put("empty", [])
    try FileManager.default.createSymbolicLink(
      atPath: staged.folder + "/in/link",
      withDestinationPath: "/etc"
    )
    let lines = try look()
    #expect(
      lines == [
        "B.vcf -> vcard 1", "a.txt: no importer knows this format", "b/.hidden.vcf -> vcard 1",
        "b/x.vcf -> vcard 1", "empty: the file is empty",
        "link: not a regular file (a link, device or pipe); give the file itself",
      ]
    )
  }

  @Test func `finds no file in an empty folder`() throws {
    try FileManager.default.createDirectory(
      atPath: staged.folder + "/in",
      withIntermediateDirectories: true
    )
    #expect(try SourceFinder(area: staged.area).find([staged.folder + "/in"]) { _ in } == 0)
  }

  @Test func `reads a file once that is given twice`() throws {
    let path = try put("a.vcf", Self.card.utf8)
    #expect(try look(path, staged.folder + "/in", path) == ["a.vcf -> vcard 1"])
  }

  @Test func `takes a database with its sidecars for one source`() throws {
    try put("e.db", fixture("wechat_android/EnMicroMsg_decrypted.db"))
    try put("e.db-shm", [1])
    try put("e.db-wal", [2])
    try put("x.db-wal", [0x37, 0x7F, 0x06, 0x82, 0])
    try put("notes-journal", "text".utf8)
    let lines = try look()
    #expect(
      lines == [
        "e.db -> wechat-android 42", "notes-journal: no importer knows this format",
        "x.db-wal: a write-ahead log without its database",
      ]
    )
  }

  @Test func `only hashes zeros and lists an encrypted database`() throws {
    try put("zeros", [UInt8](repeating: 0, count: 100_000))
    var generator = SplitMix64(seed: 3)
    try put("msg.db", (0..<4096).map { _ in UInt8.random(in: 0...255, using: &generator) })
    let lines = try look()
    #expect(
      lines == [
        "msg.db: probably an encrypted database (SQLCipher); decrypt it first",
        "zeros: nothing but zero bytes at its beginning",
      ]
    )
  }

  @Test func `opens archives, one inside another, and databases in them`() throws {
    let database = try fixture("wechat_android/EnMicroMsg_decrypted.db")
    let inner = ZipMaker(members: [.init("deep.vcf", Self.card.utf8)])
    let third = ZipMaker(members: [.init("inner.zip", inner.bytes())])
    let outer = ZipMaker(members: [
      .init("dir/", []), .init("dir/e.db-wal", [1]), .init("dir/e.db", database),
      .init("z.zip", inner.bytes()), .init("y.zip", third.bytes()),
    ])
    try put("o.zip", outer.bytes())
    let lines = try look()
    #expect(
      lines == [
        "o.zip!/dir/e.db -> wechat-android 42",
        "o.zip!/y.zip!/inner.zip: an archive inside an archive inside an archive",
        "o.zip!/z.zip!/deep.vcf -> vcard 1",
      ]
    )
  }

  @Test func `never follows a member's name or link`() throws {
    var link = ZipMaker.Member("link", "/etc/passwd".utf8)
    link.unixMode = 0o120777
    let archive = ZipMaker(members: [
      .init("../../evil.vcf", Self.card.utf8), .init("/abs.vcf", Self.card.utf8),
      .init("C:\\win.vcf", Self.card.utf8), .init("sub\\fine.vcf", Self.card.utf8), link,
      .init("same.vcf", Self.card.utf8), .init("same.vcf", Self.card.utf8),
    ])
    try put("slip.zip", archive.bytes())
    let refusal = "its name leads out of the archive; it was not unpacked"
    let lines = try look()
    #expect(
      lines == [
        "slip.zip!/../../evil.vcf: \(refusal)", "slip.zip!//abs.vcf: \(refusal)",
        "slip.zip!/C:\\win.vcf: \(refusal)", "slip.zip!/link: a link; it was not followed",
        "slip.zip!/same.vcf -> vcard 1", "slip.zip!/same.vcf (2) -> vcard 1",
        "slip.zip!/sub\\fine.vcf -> vcard 1",
      ]
    )
    #expect(!FileManager.default.fileExists(atPath: staged.folder + "/evil.vcf"))
  }

  @Test func `decodes GBK names and lists encrypted and damaged members`() throws {
    var named = ZipMaker.Member("", Self.card.utf8)
    named.name = [0xC4, 0xE0, 0xF6, 0xFA] + Array(".vcf".utf8)
    var secret = ZipMaker.Member("secret.vcf", [UInt8](repeating: 7, count: 40))
    secret.flags = 1
    var broken = ZipMaker.Member("broken.vcf", Self.card.utf8)
    broken.checksum = 1
    try put("m.zip", ZipMaker(members: [named, secret, broken]).bytes())
    let lines = try look()
    #expect(
      lines == [
        "m.zip!/broken.vcf: the member is damaged or its checksum is wrong",
        "m.zip!/secret.vcf: encrypted; unpack it with its password first",
        "m.zip!/泥鳅.vcf -> vcard 1",
      ]
    )
  }

  @Test func `stops a decompression bomb by what comes out, not by what it claims`() throws {
    var bomb = ZipMaker.Member("bomb", ZipMaker.zeros(100_000))
    bomb.method = 8
    bomb.size = 10
    try put("bomb.zip", ZipMaker(members: [bomb]).bytes())
    let lines = try look()
    #expect(lines.count == 1)
    #expect(lines[0].contains("decompression bomb") || lines[0].contains("damaged"), "\(lines)")
    bomb.size = 25_800_001
    try put("bomb.zip", ZipMaker(members: [bomb]).bytes())
    let again = try look()
    #expect(
      again == ["bomb.zip: its members are over 100 times as long: a decompression bomb"]
    )
  }

  @Test func `refuses overlapping members, cut archives and too many members`() throws {
    var twin = ZipMaker.Member("b.vcf", Self.card.utf8)
    twin.sharesHeaderOf = 0
    try put("a.zip", ZipMaker(members: [.init("a.vcf", Self.card.utf8), twin]).bytes())
    try put("b.zip", ZipMaker(members: [.init("a.vcf", Self.card.utf8)]).bytes().dropLast(30))
    let many = (0...10_000).map { ZipMaker.Member("\($0)", []) }
    try put("c.zip", ZipMaker(members: many).bytes())
    try put("d.zip", ZipMaker(members: []).bytes())
    let lines = try look()
    #expect(
      lines == [
        "a.zip: members of the archive overlap, as in a decompression bomb",
        "b.zip: the archive has no directory; it is cut off or damaged",
        "c.zip: the archive holds more than 10000 members; raise --archive-limit",
        "d.zip: an archive without files",
      ]
    )
  }

  @Test func `survives archives with any byte changed`() throws {
    var generator = SplitMix64(seed: 11)
    let sound = ZipMaker(members: [
      .init("a.vcf", Self.card.utf8), .init("dir/b.vcf", Self.card.utf8),
    ]).bytes()
    for _ in 0..<500 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 4..<bytes.count, using: &generator)] = UInt8.random(
          in: 0...255,
          using: &generator
        )
      }
      try put("m.zip", bytes)
      let lines = try look()
      #expect(!lines.isEmpty)
    }
  }
}
