import ClewEvidence

/// The phone book of a seized device as a vCard 3.0 file.
enum VCardFile {
  /// - Returns: Who stands in it.
  static func write(
    path: String,
    owner: Int,
    cast: Cast,
    dice: inout Dice
  ) throws(EvidenceError) -> [Int] {
    var contacts: [Int] = []
    func meet(_ left: Int, _ right: Int) {
      let other = left == owner ? right : right == owner ? left : nil
      if let other, !contacts.contains(other) { contacts.append(other) }
    }
    for link in cast.links { meet(link.supplier, link.buyer) }
    for bond in cast.bonds { meet(bond.first.person, bond.second.person) }
    var file = ExportText(path: path)
    var written: [Int] = []
    for contact in contacts where dice.chance(cast.people[contact].kind.isEmpty ? 30 : 60) {
      let person = cast.people[contact]
      written.append(contact)
      let number = dice.chance(30) ? "+86" + person.phone : person.phone
      try file.write("BEGIN:VCARD\r\nVERSION:3.0\r\nN:;\(person.nick);;;\r\nFN:\(person.nick)\r\n")
      try file.write("TEL;TYPE=CELL:\(number)\r\n")
      if let qq = person.qq, dice.chance(50) { try file.write("X-QQ:\(qq)\r\n") }
      try file.write("END:VCARD\r\n")
    }
    try file.flush()
    return written
  }
}
