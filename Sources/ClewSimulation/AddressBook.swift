import ClewEvidence

/// Who stands in whose contact list, with remarks and tags: what a phone knows of people.
struct AddressBook {
  private var byOwner: [CastHandle: [BookEntry]] = [:]

  func entries(of owner: CastHandle) -> [BookEntry] { byOwner[owner] ?? [] }

  init(cast: Cast, dice: inout Dice) {
    var known: [CastHandle: Set<CastHandle>] = [:]
    func isNew(_ owner: CastHandle, _ contact: CastHandle) -> Bool {
      owner != contact && known[owner, default: []].insert(contact).inserted
    }
    for link in cast.links {
      for talk in link.talks where !talk.supplier.isQQ {
        if isNew(talk.buyer, talk.supplier) {
          add(talk.supplier, to: talk.buyer, cast, link.categories, isSupplier: true, &dice)
        }
        if isNew(talk.supplier, talk.buyer) {
          add(talk.buyer, to: talk.supplier, cast, link.categories, isSupplier: false, &dice)
        }
      }
    }
    for bond in cast.bonds where !bond.first.isQQ {
      for (owner, contact) in [(bond.first, bond.second), (bond.second, bond.first)]
      where isNew(owner, contact) {
        let nick = cast.people[contact.person].nick
        let remark =
          dice.chance(55)
          ? fillMarks(LabelPhrases.privateRemarks.pick(&dice), [("k", nick)]) : ""
        let tags = dice.chance(18) ? [dice.pick(LabelPhrases.privateTags)] : []
        byOwner[owner, default: []].append(
          BookEntry(contact: contact, remark: remark, tags: tags, isFriend: true)
        )
      }
    }
    for group in cast.groups where !group.isQQ {
      for owner in group.members {
        for member in group.members where isNew(owner, member) {
          byOwner[owner, default: []].append(
            BookEntry(contact: member, remark: "", tags: [], isFriend: false)
          )
        }
      }
    }
  }

  private mutating func add(
    _ contact: CastHandle,
    to owner: CastHandle,
    _ cast: Cast,
    _ categories: [TradedData],
    isSupplier: Bool,
    _ dice: inout Dice
  ) {
    let nick = cast.people[contact.person].nick
    let word = dice.pick(LabelPhrases.words[dice.pick(categories).rawValue])
    let bank = isSupplier ? LabelPhrases.supplierRemarks : LabelPhrases.buyerRemarks
    var remark = ""
    if dice.chance(cast.labels) {
      remark = fillMarks(bank.pick(&dice), [("k", nick), ("w", word)])
    } else if dice.chance(25) {
      remark = nick + dice.pick(["2", "小号", "（新）", "1"])
    }
    let tags = isSupplier ? LabelPhrases.supplierTags : LabelPhrases.buyerTags
    byOwner[owner, default: []].append(
      BookEntry(
        contact: contact,
        remark: remark,
        tags: dice.chance(26) ? [dice.pick(tags)] : [],
        isFriend: true
      )
    )
  }
}
