import ClewEvidence
import ClewTestSupport
import Foundation
import Testing

@testable import ClewImport

@Suite struct `Archives` {
  let findings: Findings
  static let card = "BEGIN:VCARD\nFN:甲\nTEL:13800000001\nEND:VCARD\n"

  init() throws { findings = try Findings() }

  @Test(arguments: ["gz", "bz2", "xz", "zst", "lz4"])
  func `of one compressed file hold that file under its own name`(ending: String) throws {
    try findings.put("card.vcf.\(ending)", fixture("archives/card.vcf.\(ending)"))
    #expect(try findings.look() == ["card.vcf.\(ending)!/card.vcf -> vcard 1"])
  }

  @Test(arguments: ["cards.7z", "cards.tgz", "cards5.rar"])
  func `of every kind are unpacked, names in UTF-8`(name: String) throws {
    try findings.put(name, fixture("archives/\(name)"))
    #expect(
      try findings.look() == ["\(name)!/dir/b.vcf -> vcard 1", "\(name)!/甲.vcf -> vcard 1"]
    )
  }

  @Test func `of the old RAR are unpacked`() throws {
    try findings.put("cards.rar", fixture("archives/cards.rar"))
    #expect(
      try findings.look() == ["cards.rar!/a.vcf -> vcard 1", "cards.rar!/dir/b.vcf -> vcard 1"]
    )
  }

  @Test func `are known by their bytes, not by their names`() throws {
    try findings.put("notes.txt", fixture("archives/cards.7z"))
    try findings.put("plain.gz", Self.card.utf8)
    try findings.put("BZh9.txt", "BZh91 is no archive".utf8)
    #expect(
      try findings.look() == [
        "BZh9.txt: no importer knows this format", "notes.txt!/dir/b.vcf -> vcard 1",
        "notes.txt!/甲.vcf -> vcard 1", "plain.gz -> vcard 1",
      ]
    )
  }

  @Test func `inside archives are opened, a third is only named`() throws {
    let tgz = try fixture("archives/cards.tgz")
    let inner = TarMaker(members: [.init("财付通.tgz", tgz)]).bytes()
    try findings.put("a.zip", ZipMaker(members: [.init("财付通.tgz", tgz)]).bytes())
    try findings.put("b.zip", ZipMaker(members: [.init("in.tar", inner)]).bytes())
    #expect(
      try findings.look() == [
        "a.zip!/财付通.tgz!/dir/b.vcf -> vcard 1", "a.zip!/财付通.tgz!/甲.vcf -> vcard 1",
        "b.zip!/in.tar!/财付通.tgz: an archive inside an archive inside an archive",
      ]
    )
  }

  @Test func `give databases their sidecars`() throws {
    let database = try fixture("wechat_android/EnMicroMsg_decrypted.db")
    let archive = TarMaker(members: [
      .init("x/e.db-shm", [1]), .init("x/e.db", database), .init("x/e.db-wal", [2]),
    ])
    try findings.put("phone.tar", archive.bytes())
    #expect(try findings.look() == ["phone.tar!/x/e.db -> wechat-android 42"])
  }

  @Test func `never lead out of themselves`() throws {
    var gbk = TarMaker.Member("", Self.card.utf8)
    gbk.name = [0xC4, 0xE0, 0xF6, 0xFA] + Array(".vcf".utf8)
    let archive = TarMaker(members: [
      .init("../../evil.vcf", Self.card.utf8), .init("/abs.vcf", Self.card.utf8),
      .init("C:\\win.vcf", Self.card.utf8), .init("./same.vcf", Self.card.utf8),
      .init("same.vcf", Self.card.utf8), .init("soft", [], type: "2", target: "/etc/passwd"),
      .init("hard", [], type: "1", target: "same.vcf"), .init("tty", [], type: "3"),
      .init("folder/", [], type: "5"), gbk,
    ])
    try findings.put("t.tar", archive.bytes())
    let refusal = "its name leads out of the archive; it was not unpacked"
    #expect(
      try findings.look() == [
        "t.tar!/../../evil.vcf: \(refusal)", "t.tar!//abs.vcf: \(refusal)",
        "t.tar!/C:\\win.vcf: \(refusal)", "t.tar!/hard: a link; it was not followed",
        "t.tar!/soft: a link; it was not followed",
        "t.tar!/tty: a device or pipe; it was not unpacked", "t.tar!/same.vcf -> vcard 1",
        "t.tar!/same.vcf (2) -> vcard 1", "t.tar!/泥鳅.vcf -> vcard 1",
      ]
    )
  }

  @Test func `that break off keep what came before and say so`() throws {
    let sound = TarMaker(members: [
      .init("a.vcf", Self.card.utf8), .init("b.vcf", Self.card.utf8),
    ]).bytes()
    try findings.put("cut.tar", sound.prefix(1024 + 300))
    try findings.put("half.tgz", try fixture("archives/cards.tgz").prefix(100))
    var wrong = try fixture("archives/card.vcf.gz")
    wrong[wrong.count - 6] ^= 0xFF
    try findings.put("wrong.vcf.gz", wrong)
    let lines = try findings.look()
    #expect(lines.contains("cut.tar!/a.vcf -> vcard 1"))
    #expect(
      lines.contains {
        $0.hasPrefix("cut.tar:! the archive breaks off or is damaged after 1 member; what came")
      },
      "\(lines)"
    )
    #expect(lines.contains { $0.hasPrefix("half.tgz") && $0.contains("damaged") }, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("wrong.vcf.gz") && $0.contains("damaged") }, "\(lines)")
  }

  @Test func `with passwords say so`() throws {
    // The flag of encryption in the header of a RAR file whose checksum is made to fit.
    var rar = try fixture("archives/cards.rar")
    rar[23] |= 4
    let header = Array(rar[22..<57])
    let checksum = ZipMaker.crc32(header)
    rar[20] = UInt8(checksum & 0xFF)
    rar[21] = UInt8(checksum >> 8 & 0xFF)
    try findings.put("secret.rar", rar)
    let lines = try findings.look()
    #expect(lines.first == "secret.rar!/a.vcf: encrypted; unpack it with its password first")
  }

  @Test func `that are bombs are refused by what comes out of them`() throws {
    let zeros = [UInt8](repeating: 0, count: 64 << 20)
    for (ending, tool) in [("gz", "gzip"), ("xz", "xz"), ("bz2", "bzip2"), ("zst", "zstd")] {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [tool, "-c"]
      let (input, output) = (Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      guard (try? process.run()) != nil else { continue }
      let writing = Thread {
        try? input.fileHandleForWriting.write(contentsOf: Data(zeros))
        try? input.fileHandleForWriting.close()
      }
      writing.start()
      let packed = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      guard process.terminationStatus == 0, !packed.isEmpty else { continue }
      try findings.put("bomb.\(ending)", packed)
    }
    let lines = try findings.look()
    #expect(!lines.isEmpty)
    for line in lines {
      #expect(line.hasSuffix(":! its members are over 100 times as long: a decompression bomb"))
    }
  }

  @Test func `with too many members are refused, unless the limit is raised`() throws {
    let many = (0...10_000).map { TarMaker.Member("\($0)", []) }
    try findings.put("many.tar", TarMaker(members: many).bytes())
    #expect(
      try findings.look() == [
        "many.tar:! the archive holds more than 10000 members; raise --archive-limit"
      ]
    )
    #expect(try findings.look(limit: 2).count == 10_001)
  }

  @Test func `count what they put on the disk, sheets of workbooks too`() throws {
    let area = findings.staged.area
    func unpacked(_ archive: [UInt8], limit: Int64) throws -> Int {
      let source = try area.stage(try findings.staged.write("limit", archive))
      defer { area.discard(source) }
      let unpacker = ArchiveUnpacker(
        area: area,
        archiveBytes: source.bytes,
        limit: ArchiveLimit(bytes: limit, members: 10),
        wants: { _, head in FileSignature.isText(head) }
      )
      let directory = try unpacker.directory(of: source.copyPath)
      if WorkbookPackage.isOffice(directory) {
        let expander = WorkbookExpander(area: area, unpacker: unpacker)
        let sheets = try expander.sheets(of: source, directory)
        for case .success(let sheet) in sheets.map(\.result) { area.discard(sheet) }
        return sheets.count
      }
      let contents = try unpacker.unpack(
        zip: directory,
        copyPath: source.copyPath,
        displayPath: ""
      )
      defer { unpacker.discard(contents) }
      return contents.members.count
    }
    let text = [UInt8](repeating: 0x61, count: 100_000)
    let picture = [0xFF, 0xD8, 0] + [UInt8](repeating: 0, count: 100_000)
    let archive = ZipMaker(members: [.init("a", text), .init("b", picture)]).bytes()
    #expect(try unpacked(archive, limit: 100_000) == 2)
    #expect(throws: ArchiveUnpacker.LimitPassed.self) { try unpacked(archive, limit: 99_999) }
    // One shared text of 1000 bytes in 2000 cells: 40 KB of XML, 2 MB of table.
    let cells = String(repeating: "<c t=\"s\"><v>0</v></c>", count: 2000)
    let shared = "<si><t>\(String(repeating: "x", count: 1000))</t></si>"
    let book = WorkbookMaker("<row>\(cells)</row>", strings: shared).bytes()
    #expect(try unpacked(book, limit: 3_000_000) == 1)
    #expect(throws: ArchiveUnpacker.LimitPassed.self) { try unpacked(book, limit: 1_000_000) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: area.folder).isEmpty)
  }

  @Test func `of ZIP64 are read`() throws {
    let data = Array(Self.card.utf8)
    try findings.put("large.zip", ZipMaker(members: [.init("a.vcf", data)]).zip64Bytes())
    #expect(try findings.look() == ["large.zip!/a.vcf -> vcard 1"])
  }

  @Test func `hold pictures that are hashed and take no room`() throws {
    var picture = [UInt8](repeating: 0, count: 5000)
    picture.replaceSubrange(0..<4, with: [0xFF, 0xD8, 0xFF, 0xE0])
    try findings.put("p.zip", ZipMaker(members: [.init("p.jpg", picture)]).bytes())
    var seen: [SourceFinder.Unread] = []
    try SourceFinder(area: findings.staged.area).find([findings.staged.folder + "/in"]) {
      if case .unread(let unread) = $0 { seen.append(unread) }
    }
    #expect(seen.map(\.bytes) == [5000])
    #expect(seen.first?.sha256?.utf8.count == 64)
  }

  @Test(arguments: ["cards.7z", "cards.tgz", "cards.rar", "cards5.rar", "card.vcf.zst"])
  func `with any byte changed never crash and never vanish`(name: String) throws {
    let sound = try fixture("archives/\(name)")
    var generator = SplitMix64(seed: 5)
    for _ in 0..<200 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 6..<bytes.count, using: &generator)
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      try findings.put("m", bytes)
      #expect(try !findings.look().isEmpty)
    }
  }
}
