internal import ClewEvidence

/// Reads `contacts.csv`: what an owner calls a contact; several tags are separated by `;`.
///
/// A column `nature`, where there is one, says where the entry comes from in the words of
/// ``Contact/Nature``; otherwise the contact is a friend.
struct CanonicalContacts: CanonicalImporter {
  let format = "canonical-contacts"
  let title = "Clew table of contacts"
  let signature = header([["contact"], ["owner", "name"]])

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try readTable(
      source,
      into: sink,
      known: ["owner", "contact", "name", "remark", "tag", "nature"]
    ) { row throws(RowFault) in
      let nature = row.text(.nature)
      guard let known = nature.isEmpty ? .friend : Contact.Nature(rawValue: nature) else {
        throw .cell("nature", expected: "nature of a contact")
      }
      let tags = row.text(.tag).utf8.split(separator: UInt8(ascii: ";"))
        .map { TabularCell.trim(String($0) ?? "") }
      return .accept([
        .contact(
          Contact(
            owner: try row.account(.owner),
            contact: try row.requiredAccount(.contact),
            name: row.text(.name),
            remark: row.text(.remark),
            tags: tags.filter { !$0.isEmpty },
            nature: known
          )
        )
      ])
    }
  }
}
