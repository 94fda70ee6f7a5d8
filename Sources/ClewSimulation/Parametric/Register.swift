/// What somebody does with words in a trade.
enum TradeAct: Hashable {
  /// Names a target `{t}`, with a word for the kind of data, `{w}`.
  case order
  /// Announces `{n}` targets.
  case list
  case vague, priceAsk, remind, accept
  /// Names a price `{p}`.
  case quote
  case handOver, nothing
  /// Asks for `{p}` yuan for `{n}` items.
  case settle
  case paid, thanks, later
}

/// A way of writing that a group of people shares, with words and phrases of its own.
///
/// People draw one, so that no list of phrases is the language of a whole case.
struct Register {
  let name: String
  /// Words for the kinds of data, in the order of ``TradedData``; empty for the usual ones.
  let words: [[String]]
  let phrases: [TradeAct: PhraseBank]
  /// What the writer writes instead, applied to phrases before anything is filled in.
  let spellings: [(usual: String, own: String)]

  init(
    _ name: String,
    words: [[String]] = [],
    spellings: [(usual: String, own: String)] = [],
    phrases: [TradeAct: PhraseBank]
  ) {
    self.name = name
    self.words = words
    self.spellings = spellings
    self.phrases = phrases
  }

  static let all: [Register] = [
    terse, polite, southWestern, northEastern, cantonese, codeWords, abbreviations, slips, emoji,
    traditional,
  ]

  /// A phrase of this register for an act, if it has one of its own.
  func phrase(_ act: TradeAct, _ category: TradedData, _ dice: inout Dice) -> String? {
    guard let bank = phrases[act] else { return nil }
    let list = words.isEmpty ? LabelPhrases.words : words
    return bank.pick(&dice).replacing("{w}", with: dice.pick(list[category.rawValue]))
  }

  /// A phrase as this register spells it.
  func spelled(_ phrase: String) -> String {
    var text = phrase
    for (usual, own) in spellings where text.contains(usual) {
      text = text.replacing(usual, with: own)
    }
    return text
  }
}

extension Storyteller {
  /// A phrase for an act as this person would say it.
  mutating func wording(
    _ act: TradeAct,
    _ usual: PhraseBank,
    by handle: CastHandle,
    _ category: TradedData = .list
  ) -> String {
    if habits.unknownWording > 0, dice.chance(habits.unknownWording),
      let bank = UnknownWording.phrases[act]
    {
      return bank.pick(&dice)
    }
    if let register = cast.people[handle.person].voice.register, dice.chance(70),
      let phrase = register.phrase(act, category, &dice)
    {
      return phrase
    }
    return usual.pick(&dice)
  }
}
