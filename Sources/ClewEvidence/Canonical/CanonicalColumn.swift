/// The columns of the canonical tables, numbered so that a cell is found without digesting a name.
package enum CanonicalColumn: Int, CaseIterable, Sendable {
  case account, amount, buyer, category, channel, columns, contact, currency, durationS, escaped
  case fileBytes, fileName, fileSha256, from, group, groupName, holder, id, invitedBy, items
  case kind, md5, member, memberName, memo, name, nature, owner, platform, quotes, record
  case remark, role, rows, rowsByKind, rowsIdentified, rowsInvalid, rowsRepeated, senderAssumed
  case seized, serverId, sha256, sheet, state, supplier, tag, text, time, to

  /// The name as the header has it.
  package var name: String {
    switch self {
    case .account: "account"
    case .amount: "amount"
    case .buyer: "buyer"
    case .category: "category"
    case .channel: "channel"
    case .columns: "columns"
    case .contact: "contact"
    case .currency: "currency"
    case .durationS: "duration_s"
    case .escaped: "escaped"
    case .fileBytes: "file_bytes"
    case .fileName: "file_name"
    case .fileSha256: "file_sha256"
    case .from: "from"
    case .group: "group"
    case .groupName: "group_name"
    case .holder: "holder"
    case .id: "id"
    case .invitedBy: "invited_by"
    case .items: "items"
    case .kind: "kind"
    case .md5: "md5"
    case .member: "member"
    case .memberName: "member_name"
    case .memo: "memo"
    case .name: "name"
    case .nature: "nature"
    case .owner: "owner"
    case .platform: "platform"
    case .quotes: "quotes"
    case .record: "record"
    case .remark: "remark"
    case .role: "role"
    case .rows: "rows"
    case .rowsByKind: "rows_by_kind"
    case .rowsIdentified: "rows_identified"
    case .rowsInvalid: "rows_invalid"
    case .rowsRepeated: "rows_repeated"
    case .senderAssumed: "sender_assumed"
    case .seized: "seized"
    case .serverId: "server_id"
    case .sha256: "sha256"
    case .sheet: "sheet"
    case .state: "state"
    case .supplier: "supplier"
    case .tag: "tag"
    case .text: "text"
    case .time: "time"
    case .to: "to"
    }
  }
}
