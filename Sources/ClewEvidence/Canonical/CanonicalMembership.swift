extension Membership {
  /// The columns of `members.csv`.
  package static let canonicalColumns: [CanonicalColumn] = [
    .group, .groupName, .member, .memberName, .role, .invitedBy,
  ]

  /// What a row of `members.csv` says: that an account is a member of a group.
  package init(_ row: some CanonicalCells) throws(RowFault) {
    guard let group = try row.group(.group) else { throw .cell("group", expected: "group") }
    self.init(
      group: group,
      groupName: row.text(.groupName),
      member: try row.requiredAccount(.member),
      memberName: row.text(.memberName),
      role: row.text(.role),
      invitedBy: try row.account(.invitedBy)
    )
  }
}
