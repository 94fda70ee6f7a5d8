import ClewEvidence

/// The phone book of a seized device as a vCard 3.0 file.
enum VCardFile {
  /// - Returns: Who stands in it, and whether with a QQ number.
  static func write(
    path: String,
    owner: Int,
    cast: Cast,
    dice: inout Dice
  ) throws(EvidenceError) -> [(person: Int, hasQQ: Bool)] {
    var contacts: [Int] = []
    func meet(_ left: Int, _ right: Int) {
      let other = left == owner ? right : right == owner ? left : nil
      if let other, !contacts.contains(other) { contacts.append(other) }
    }
    for link in cast.links { meet(link.supplier, link.buyer) }
    for bond in cast.bonds { meet(bond.first.person, bond.second.person) }
    var file = ExportText(path: path)
    var written: [(person: Int, hasQQ: Bool)] = []
    for contact in contacts where dice.chance(cast.people[contact].kind.isEmpty ? 30 : 60) {
      let person = cast.people[contact]
      let number = dice.chance(30) ? "+86" + person.phone : person.phone
      try file.write("BEGIN:VCARD\r\nVERSION:3.0\r\nN:;\(person.nick);;;\r\nFN:\(person.nick)\r\n")
      try file.write("TEL;TYPE=CELL:\(number)\r\n")
      let hasQQ = person.qq != nil && dice.chance(50)
      if let qq = person.qq, hasQQ { try file.write("X-QQ:\(qq)\r\n") }
      written.append((contact, hasQQ))
      try file.write("END:VCARD\r\n")
    }
    try file.flush()
    return written
  }
}
