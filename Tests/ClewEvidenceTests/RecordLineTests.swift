import Testing

@testable import ClewEvidence

@Suite struct RecordLineTests {
  /// Everything that could end a line or a column, or look like an escape.
  private static let hostile = [
    "", "a\tb", "a\nb\r\nc", "\u{0}", "\u{1F}\u{1E}\u{10}", "\\", "\\n", "\\-", "-", "\\\\t",
    "\u{85}\u{2028}",
    "猎人\u{200D}👩‍👩‍👧", "e\u{301}", "\\N", "\u{7F}\u{FEFF}",
  ]

  private static var items: [EvidenceItem] {
    hostile.flatMap { text -> [EvidenceItem] in
      let one = Account(.wechat, "wxid_clewdemo\(text)")
      let other = Account(.name, text)
      let at = Timestamp(milliseconds: -1, zone: .assumedShanghai)
      return [
        .contact(
          Contact(owner: one, contact: other, name: text, remark: text, tags: [text, "上家", text])
        ),
        .contact(Contact(owner: nil, contact: other, nature: .registration)),
        .message(
          Message(
            platform: "w" + text,
            serverID: text.isEmpty ? nil : text,
            from: one,
            to: nil,
            group: other,
            sentAt: at,
            kind: .file,
            text: text,
            file: FileReference(name: text, bytes: .max, digest: text),
            quotes: text.isEmpty ? nil : text,
            senderIsAssumed: true
          )
        ),
        .transfer(
          Transfer(
            payer: nil,
            payee: one,
            amount: Money(fen: .min, currency: "U" + text),
            at: nil,
            channel: text,
            memo: text,
            ids: [text, text],
            state: .refund
          )
        ),
        .call(Call(from: one, to: other, at: at, seconds: .max, channel: text)),
        .membership(
          Membership(
            group: other,
            groupName: text,
            member: one,
            memberName: text,
            role: text,
            invitedBy: other
          )
        ),
        .accountLink(
          AccountLink(
            one,
            other,
            basis: .bound,
            validFrom: at,
            validUntil: Timestamp(milliseconds: 7, zone: .assumedShanghai),
            holder: text
          )
        ),
        .trade(Trade(supplier: one, buyer: other, category: text, items: 3, amount: nil, at: at)),
        .delivery(
          Delivery(
            name: text,
            sheet: text,
            bytes: nil,
            digests: [text],
            rows: 3,
            identified: 2,
            kinds: [:]
          )
        ),
      ]
    }
  }

  @Test func `every item comes back from its line, whatever its texts hold`() throws {
    for item in Self.items {
      let line = RecordLine.text(of: item)
      #expect(!line.utf8.contains { [0x00, 0x09, 0x0A, 0x0D].contains($0) })
      let back = try #require(RecordLine.item(of: line.utf8), "\(item)")
      // By bytes, which strings do not compare.
      #expect(RecordIdentity.id(of: back) == RecordIdentity.id(of: item))
      #expect(RecordLine.text(of: back).utf8.elementsEqual(line.utf8))
    }
  }

  @Test func `a line that is cut, or has another byte, is refused or another whole item`() {
    for item in Self.items.prefix(12) {
      let line = Array(RecordLine.text(of: item).utf8)
      for end in line.indices {
        guard let back = RecordLine.item(of: line[..<end]) else { continue }
        #expect(RecordLine.item(of: RecordLine.text(of: back).utf8) == back)
      }
      for place in line.indices {
        var damaged = line
        damaged[place] ^= 0x54
        if let back = RecordLine.item(of: damaged) {
          #expect(RecordLine.item(of: RecordLine.text(of: back).utf8) == back)
        }
      }
    }
  }

  @Test func `record numbers sort as their digits do`() throws {
    let ids = [(0, 1), (0, UInt64.max), (1, 0), (UInt64.max, 9)].map {
      RecordID(high: $0.0, low: $0.1)
    }
    #expect(ids.map(\.hex) == ids.map(\.hex).sorted())
    for id in ids { #expect(RecordID(hex: id.hex.utf8) == id) }
    #expect(RecordID(hex: String(repeating: "g", count: 32).utf8) == nil)
    #expect(RecordID(hex: "00".utf8) == nil)
  }
}
