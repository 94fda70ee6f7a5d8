extension Contact {
  /// The columns of `contacts.csv`.
  package static let canonicalColumns: [CanonicalColumn] = [
    .owner, .contact, .name, .remark, .tag, .nature,
  ]

  /// What a row of `contacts.csv` says: what an owner calls a contact; several tags are separated by `;`.
  ///
  /// A column `nature`, where there is one, says where the entry comes from in the words of
  /// ``Contact/Nature``; otherwise the contact is a friend.
  package init(_ row: some CanonicalCells) throws(RowFault) {
    let nature = row.text(.nature)
    guard let known = nature.isEmpty ? .friend : Contact.Nature(rawValue: nature) else {
      throw .cell("nature", expected: "nature of a contact")
    }
    let tags = row.text(.tag).utf8.split(separator: UInt8(ascii: ";"))
      .map { TabularCell.trim(String($0) ?? "") }
    self.init(
      owner: try row.account(.owner),
      contact: try row.requiredAccount(.contact),
      name: row.text(.name),
      remark: row.text(.remark),
      tags: tags.filter { !$0.isEmpty },
      nature: known
    )
  }
}
