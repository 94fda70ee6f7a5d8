internal import ClewEvidence

/// Reads the private messages of two parties in order of time and tells orders from deliveries.
///
/// The two directions are told apart by who gives what: who names a bare target, orders; who gives
/// it back with what belongs to it, supplies.
struct PairTimeline {
  private static let day: Int64 = 86_400_000
  /// How long an order stays open for an answer that names its target.
  private static let targetWindow = 60 * day
  /// How long it stays open for an answer that does not.
  private static let replyWindow = 10 * day
  /// How long a picture may take.
  private static let pictureWindow = 4 * day
  /// From this many items an order or a file is one of bulk data.
  static let bulk: Int64 = 200
  /// From this many rows a file of more than phones is goods even when nobody has asked for it: no
  /// class, team or family has so many identity numbers.
  static let massRows: Int64 = 1000
  /// From this many records a message is goods even when nobody has asked for it.
  static let manyRecords = 5
  /// How soon a file follows the number of its items.
  private static let announcementWindow: Int64 = 5 * 60_000
  /// Values beside a target from which a line tells of it.
  private static let leastBesides = 3
  /// How soon a question is answered.
  private static let answerWindow: Int64 = 3_600_000

  /// `supplied[0]`: the lower party supplies; `supplied[1]`: the higher party supplies.
  private(set) var supplied = [DirectedEvidence(), DirectedEvidence()]
  /// The last message of either side.
  private var last: [Utterance?] = [nil, nil]
  private let own: Set<Target>
  private let weights: LinkWeights
  private let byKind: [Target.Kind: UInt32]
  private let leftOut: Set<EvidenceClass>

  /// - Parameters:
  ///   - own: The numbers of the two parties themselves; they are no targets.
  ///   - weights: What the exhibits give.
  ///   - byKind: The categories that the kinds of targets suggest where no word does.
  ///   - leftOut: What is not to be seen: orders, deliveries, payload or offers.
  init(
    own: Set<Target>,
    weights: LinkWeights,
    byKind: [Target.Kind: UInt32] = [:],
    leftOut: Set<EvidenceClass> = []
  ) {
    self.own = own
    self.weights = weights
    self.byKind = byKind
    self.leftOut = leftOut
  }

  mutating func read(_ utterances: [Utterance]) {
    for utterance in utterances { take(utterance) }
  }

  private mutating func take(_ utterance: Utterance) {
    let speaker = utterance.flags.contains(.fromLow) ? 0 : 1
    let listener = 1 - speaker
    defer { last[speaker] = utterance }
    let targets = utterance.targets.filter { !own.contains($0) }
    if utterance.flags.contains(.file) {
      return deliverFile(announced(utterance, by: speaker), targets: targets, supplier: speaker)
    }
    if utterance.flags.contains(.picture) {
      let open = openOrders(
        supplier: speaker,
        at: utterance.at,
        window: Self.pictureWindow,
        least: 2
      )
      if let order = open.first {
        deliver(utterance, supplier: speaker, strength: 1, orders: [order])
      } else {
        notePicture(utterance, supplier: speaker)
      }
      return
    }
    if utterance.priceFen > 0, sees(.offers), utterance.flags.contains(.personalList),
      utterance.flags.isDisjoint(with: [.service, .privateLife])
    {
      supplied[speaker].quotes.append(
        Quote(at: utterance.at, record: utterance.record, fen: utterance.priceFen)
      )
    }
    if utterance.flags.contains(.record) {
      return takeRecord(utterance, targets: targets, supplier: speaker)
    }
    if echo(utterance, targets: targets, supplier: speaker) { return }
    let open = openOrders(supplier: speaker, at: utterance.at, window: Self.replyWindow, least: 1)
    if utterance.flags.contains(.negative), targets.isEmpty, let order = open.last {
      return refuse([order], utterance, supplier: speaker)
    }
    if utterance.priceFen > 0, targets.isEmpty,
      !open.isEmpty || (utterance.flags.contains(.offer) && utterance.categories != 0)
    {
      offer(utterance, open.last, supplier: speaker)
      return
    }
    let strength = orderStrength(utterance, targets: targets, supplier: listener)
    guard strength > 0, sees(.orders) else { return }
    supplied[listener].place(
      OrderEvent(
        at: utterance.at,
        record: utterance.record,
        strength: strength,
        categories: utterance.categories,
        targets: targets,
        quantity: utterance.quantity,
        words: utterance.asksForData ? [] : utterance.words,
        isTerse: utterance.isTerse
      ),
      isBare: utterance.isBare
    )
  }

  /// A file with the number of items that its sender has just stated: `2000条 齐了`.
  private func announced(_ file: Utterance, by speaker: Int) -> Utterance {
    guard file.quantity == 0, let said = last[speaker], said.quantity > 1, said.targets.isEmpty,
      said.flags.isDisjoint(with: [.file, .request, .strongRequest]), said.at != .min,
      file.at - said.at <= Self.announcementWindow
    else { return file }
    var file = file
    file.quantity = said.quantity
    if said.quantity >= Self.bulk, file.flags.contains(.list) { file.flags.insert(.dataFile) }
    return file
  }

  /// A message built like records answers an order, or is handed over unasked, unless it asks itself.
  private mutating func takeRecord(_ utterance: Utterance, targets: [Target], supplier: Int) {
    let named = orders(of: targets, from: supplier, at: utterance.at)
    if named.contains(where: { reportsJob(utterance, targets, order: $0, supplier: supplier) }) {
      return
    }
    if !named.isEmpty, sees(.payload), sees(.deliveries) {
      return answer(named, with: utterance, targets: targets, supplier: supplier)
    }
    let open = openOrders(supplier: supplier, at: utterance.at, window: Self.replyWindow, least: 1)
    let flags = utterance.flags
    if open.isEmpty, flags.contains(.strongRequest), !flags.contains(.deliver) {
      // `查下这个人 姓名… 身份证… 电话…` fills in what the buyer knows.
      guard sees(.orders) else { return }
      supplied[1 - supplier].place(
        OrderEvent(
          at: utterance.at,
          record: utterance.record,
          strength: 3,
          categories: utterance.categories,
          targets: targets,
          quantity: utterance.quantity
        ),
        isBare: false
      )
      return
    }
    guard !flags.contains(.service) else { return }
    deliver(
      utterance,
      supplier: supplier,
      strength: open.isEmpty ? (utterance.records >= Self.manyRecords ? 2 : 1) : 3,
      orders: Array(open.prefix(1))
    )
  }

  /// Takes a message that names a target of an open order again without being built like a record.
  ///
  /// With several values beside the target it answers. Else it is a question back, a price or a refusal,
  /// which delivers nothing and orders nothing.
  private mutating func echo(_ utterance: Utterance, targets: [Target], supplier: Int) -> Bool {
    guard !targets.isEmpty else { return false }
    let named = orders(of: targets, from: supplier, at: utterance.at)
    guard !named.isEmpty else { return false }
    if named.contains(where: { reportsJob(utterance, targets, order: $0, supplier: supplier) }) {
      return true
    }
    if utterance.flags.contains(.negative) {
      refuse(named, utterance, supplier: supplier)
    } else if utterance.priceFen > 0 {
      offer(utterance, named.last, supplier: supplier)
    } else if utterance.besides >= Self.leastBesides, sees(.payload), sees(.deliveries) {
      answer(named, with: utterance, targets: targets, supplier: supplier)
    } else if utterance.flags.contains(.deliver), utterance.length > 30 * targets.count + 30 {
      deliver(utterance, supplier: supplier, strength: 2, orders: named)
    }
    return true
  }

  /// Whether somebody reports that he has done something for a person, and tells nothing of that person.
  ///
  /// Whoever books, enrols or applies for somebody is given a name and a number, and gives both back with what
  /// he did. Whoever sells data gives what the buyer did not have, another number or an address, or what is
  /// known by a word of the trade: an hotel, a balance.
  private func reportsJob(
    _ utterance: Utterance,
    _ targets: [Target],
    order: Int,
    supplier: Int
  ) -> Bool {
    let order = supplied[supplier].orders[order]
    return !order.words.isDisjoint(with: utterance.words) && !utterance.holdsAddress
      && utterance.categories == 0
      && Set(targets.filter { $0.kind != .code }).isSubset(of: order.targets)
  }

  /// Whether a kind of evidence is to be seen.
  private func sees(_ kind: EvidenceClass) -> Bool { !leftOut.contains(kind) }

  /// Takes a price that answers an order, or an offer.
  private mutating func offer(_ utterance: Utterance, _ order: Int?, supplier: Int) {
    guard sees(.offers) else { return }
    supplied[supplier].offers.append(exhibit(utterance, .offer, weights.offer))
    notePrice(utterance, order, supplier: supplier)
  }

  /// Keeps what a price was for: the goods that it names itself, or those of the order it answers.
  private mutating func notePrice(_ utterance: Utterance, _ order: Int?, supplier: Int) {
    let ordered = order.map { supplied[supplier].orders[$0] }
    let categories =
      utterance.categories != 0 ? utterance.categories : ordered?.categories ?? 0
    let items = max(1, ordered?.quantity ?? 1, Int64(ordered?.targets.count ?? 1))
    guard categories != 0, items < Self.bulk else { return }
    supplied[supplier].asked.append(
      PriceSaid(categories: categories, fen: utterance.priceFen, items: items)
    )
  }

  private mutating func refuse(_ orders: [Int], _ utterance: Utterance, supplier: Int) {
    for order in orders { supplied[supplier].orders[order].isRefused = true }
    supplied[supplier].refusals.append(exhibit(utterance, .order, -1))
  }

  private mutating func deliverFile(_ utterance: Utterance, targets: [Target], supplier: Int) {
    if answers(utterance, targets: targets, supplier: supplier) { return }
    if let content = utterance.content, content.rows > 0 {
      return deliverContent(utterance, content, supplier: supplier)
    }
    guard !utterance.flags.contains(.harmlessFile) else { return }
    let open = openOrders(supplier: supplier, at: utterance.at, window: Self.replyWindow, least: 1)
    if utterance.flags.contains(.dataFile) {
      deliver(
        utterance,
        supplier: supplier,
        strength: open.isEmpty ? (utterance.quantity >= Self.bulk ? 2 : 1) : 3,
        orders: Array(open.prefix(1))
      )
    } else if let order = open.first(where: { supplied[supplier].orders[$0].strength >= 2 }) {
      deliver(utterance, supplier: supplier, strength: 1, orders: [order])
    } else if utterance.file != 0 || utterance.flags.contains(.list) {
      noteFile(utterance, supplier: supplier)
    }
  }

  /// Takes a file that bears the number that was ordered for what was asked about it.
  ///
  /// An insurer names his policies so as well: where the order says no more than the number, the file must
  /// be of a type that holds rows.
  private mutating func answers(
    _ file: Utterance,
    targets: [Target],
    supplier: Int
  ) -> Bool {
    guard !targets.isEmpty, file.flags.isDisjoint(with: [.harmlessFile]) else { return false }
    let isList = !file.flags.isDisjoint(with: [.list, .dataFile])
    let named = orders(of: targets, from: supplier, at: file.at, least: isList ? 1 : 2)
    guard !named.isEmpty, sees(.payload), sees(.deliveries) else { return false }
    answer(named, with: file, targets: targets, supplier: supplier)
    return true
  }

  /// Takes a message or file that gives ordered targets back with what belongs to them.
  private mutating func answer(
    _ orders: [Int],
    with utterance: Utterance,
    targets: [Target],
    supplier: Int
  ) {
    let asked = Set(orders.flatMap { supplied[supplier].orders[$0].targets })
    for order in orders { supplied[supplier].confirm(order) }
    deliver(
      utterance,
      supplier: supplier,
      strength: 3,
      orders: orders,
      answered: targets.filter(asked.contains)
    )
  }

  /// Keeps a file that nobody is seen to order: it counts only if it is passed on, or in a round.
  private mutating func noteFile(_ utterance: Utterance, supplier: Int) {
    guard sees(.deliveries) else { return }
    supplied[supplier].plainFiles.append(
      event(of: utterance, strength: 1, items: max(1, utterance.quantity))
    )
  }

  /// Keeps a picture after an identity number that was named without a word: it counts only in rounds.
  private mutating func notePicture(_ utterance: Utterance, supplier: Int) {
    let open = openOrders(
      supplier: supplier,
      at: utterance.at,
      window: Self.pictureWindow,
      least: 1
    )
    guard sees(.deliveries), open.contains(where: { supplied[supplier].orders[$0].namesPerson })
    else { return }
    var picture = event(of: utterance, strength: 1, items: 1)
    picture.isPicture = true
    supplied[supplier].plainFiles.append(picture)
  }

  /// A file that is known to hold personal data.
  ///
  /// It answers a clear order: one for a number of items, or any when it holds more than phones. Without
  /// one (发我 asks for everything) it is goods only by its mass, or where its name says so too:
  /// teachers, clubs and employers send lists as well. Else it counts when it is passed on between
  /// people who deal anyway.
  private mutating func deliverContent(
    _ utterance: Utterance,
    _ content: FileContent,
    supplier: Int
  ) {
    let open = openOrders(supplier: supplier, at: utterance.at, window: Self.replyWindow, least: 1)
    let clear = open.first { supplied[supplier].orders[$0].strength >= 2 }
    let isNamed = utterance.flags.contains(.dataFile)
    let isHarmless = utterance.flags.contains(.harmlessFile)
    let isMass = content.isSensitive && content.rows >= Self.massRows && !isHarmless
    if let order = isNamed ? open.first : clear, isNamed || content.isSensitive {
      let asked = supplied[supplier].orders[order]
      // 名单发我 asks for what every office has; who names a person and what is wanted asks for goods.
      let isGoods =
        content.rows >= Self.bulk || asked.quantity > 1
        || (content.isSensitive && asked.strength >= 3)
      deliver(utterance, supplier: supplier, strength: isGoods ? 3 : 1, orders: [order])
    } else if let order = clear, !isHarmless {
      let isForMany = supplied[supplier].orders[order].quantity > 1
      deliver(utterance, supplier: supplier, strength: isForMany ? 3 : 1, orders: [order])
    } else if isNamed || isMass {
      let strength = content.rows >= Self.bulk ? 2 : 1
      deliver(utterance, supplier: supplier, strength: strength, orders: Array(open.prefix(1)))
    } else {
      noteFile(utterance, supplier: supplier)
    }
  }

  private mutating func deliver(
    _ utterance: Utterance,
    supplier: Int,
    strength: Int,
    orders: [Int],
    answered: [Target] = []
  ) {
    guard sees(.deliveries) else { return }
    let isFile = utterance.flags.contains(.file)
    // A file answers all that was ordered together, unless it bears one of the numbers.
    let isWhole = isFile && answered.isEmpty
    let orders = isWhole ? supplied[supplier].openRuns(of: orders) : orders
    let wanted = isWhole ? supplied[supplier].wanted(by: orders) : 0
    var categories: UInt32 = 0
    let told = isFile ? 0 : told(by: utterance, supplied[supplier].openRuns(of: orders), supplier)
    for order in orders {
      categories |= supplied[supplier].orders[order].categories
      let remaining = Set(supplied[supplier].orders[order].targets).subtracting(answered)
      if answered.isEmpty || remaining.isEmpty { supplied[supplier].close(order) }
    }
    let isGuess = isWhole && utterance.quantity == 0 && utterance.content == nil
    if isGuess, orders.isEmpty { supplied[supplier].share(at: utterance.at) }
    if categories == 0 { categories = utterance.categories }
    if categories == 0, let content = utterance.content { categories = content.categories }
    if categories == 0 { categories = suggested(by: orders, supplier) }
    let items = max(
      1,
      Int64(answered.count),
      Int64(utterance.records),
      told,
      isFile ? max(wanted, utterance.quantity) : 0
    )
    var event = event(of: utterance, strength: strength, items: items)
    event.categories = categories
    event.answered = answered
    event.sharesRun = isGuess && items > 1 && items < Self.bulk
    event.orders = orders.map { supplied[supplier].orders[$0].record }
    event.isShortList = utterance.content.map { $0.rows < Self.bulk } == true && strength < 2
    supplied[supplier].deliveries.append(event)
  }

  /// How many people a text tells of, which names as many numbers of one kind, but no more than were
  /// asked for: an answer may list a whole family.
  private func told(by utterance: Utterance, _ open: [Int], _ supplier: Int) -> Int64 {
    var counts: [Target.Kind: Int64] = [:]
    for target in utterance.targets where target.kind != .code {
      counts[target.kind, default: 0] += 1
    }
    return min(counts.values.max() ?? 0, supplied[supplier].wanted(by: open))
  }

  /// What is told of a plate is a vehicle's data, and what is told of a card a bank account's.
  private func suggested(by orders: [Int], _ supplier: Int) -> UInt32 {
    let kinds = Set(orders.flatMap { supplied[supplier].orders[$0].targets.map(\.kind) })
    guard let kind = kinds.first, kinds.count == 1 else { return 0 }
    return byKind[kind] ?? 0
  }

  private func event(of utterance: Utterance, strength: Int, items: Int64) -> DeliveryEvent {
    // Rows that were counted are surer than what was promised.
    let rows = utterance.content?.rows
    return DeliveryEvent(
      at: utterance.at,
      record: utterance.record,
      strength: strength,
      categories: utterance.categories,
      items: rows ?? items,
      file: utterance.file,
      named: utterance.flags.contains(.file) ? utterance.quantity : 0,
      attachment: utterance.content?.attachment,
      isList: utterance.flags.contains(.list),
      isRecord: utterance.flags.contains(.record),
      isPersonal: utterance.flags.contains(.personalList)
        || rows.map { $0 >= Int64(SharedRows.leastRows) } == true
    )
  }

  /// Open orders that name one of some targets.
  private func orders(
    of targets: [Target],
    from supplier: Int,
    at: Int64,
    least: Int = 1
  ) -> [Int] {
    openOrders(supplier: supplier, at: at, window: Self.targetWindow, least: least)
      .filter { !Set(supplied[supplier].orders[$0].targets).isDisjoint(with: targets) }
  }

  /// Open orders of the other side, the oldest first.
  private func openOrders(supplier: Int, at: Int64, window: Int64, least: Int) -> [Int] {
    let orders = supplied[supplier].orders
    var open: [Int] = []
    var index = orders.count - 1
    // Orders are in order of time: those before the window end the search.
    while index >= 0 {
      let order = orders[index]
      if order.at != .min, at != .min, at - order.at > window { break }
      if order.isOpen, !order.isHead, order.strength >= least { open.append(index) }
      index -= 1
    }
    return open.reversed()
  }

  /// 3: what is wanted and of whom; 2: less, but between people who deal with each other, or a
  /// number of items; 1: a bare target or general words, which count only once they are answered.
  private func orderStrength(
    _ utterance: Utterance,
    targets: [Target],
    supplier: Int
  ) -> Int {
    let flags = utterance.flags
    let asks = flags.contains(.request) || flags.contains(.strongRequest)
    let known = utterance.categories != 0
    let dealtBefore = supplied[supplier].deliveries.contains { $0.strength >= 2 }
    // Nobody asks a mechanic for five thousand pieces of anything.
    if utterance.quantity >= Self.bulk, !flags.contains(.offer), asks || !flags.contains(.deliver) {
      return known || asks ? 3 : 2
    }
    let isService =
      flags.contains(.service)
      || (flags.contains(.privateLife) && !flags.contains(.strongRequest))
    if isService, !dealtBefore { return 0 }
    guard targets.contains(where: { $0.kind != .code }) else {
      guard !flags.contains(.offer), !isService else { return 0 }
      if known, utterance.quantity > 0, asks { return 2 }
      if !targets.isEmpty, known { return 1 }
      if known, asks { return 1 }
      return dealtBefore && (asks || known) ? 1 : 0
    }
    if answersQuestion(utterance, supplier: supplier) { return dealtBefore ? 1 : 0 }
    if known || flags.contains(.strongRequest) { return isService ? 1 : 3 }
    if asks || dealtBefore { return 2 }
    return 1
  }

  /// Whether the other side has just asked for the number: 车牌报一下 is no trade, unless the speaker
  /// had ordered something before.
  private func answersQuestion(_ utterance: Utterance, supplier: Int) -> Bool {
    guard let question = last[supplier], question.flags.contains(.askData),
      utterance.at != .min, utterance.at - question.at <= Self.answerWindow
    else { return false }
    return openOrders(supplier: supplier, at: utterance.at, window: Self.answerWindow, least: 1)
      .isEmpty
  }

  private func exhibit(_ utterance: Utterance, _ kind: EvidenceKind, _ points: Int) -> Exhibit {
    Exhibit(record: utterance.record, kind: kind, at: utterance.at, points: points)
  }
}
