internal import ClewEvidence

/// Reads `members.csv`: who is a member of which group.
struct CanonicalMembers: CanonicalImporter {
  let format = "canonical-members"
  let title = "Clew table of group members"
  let signature = header([["group"], ["member"]])

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try readTable(
      source,
      into: sink,
      known: ["group", "group_name", "member", "member_name", "role", "invited_by"]
    ) { row throws(RowFault) in
      guard let group = try row.group(.group) else { throw .cell("group", expected: "group") }
      return .accept([
        .membership(
          Membership(
            group: group,
            groupName: row.text(.groupName),
            member: try row.requiredAccount(.member),
            memberName: row.text(.memberName),
            role: row.text(.role),
            invitedBy: try row.account(.invitedBy)
          )
        )
      ])
    }
  }
}
