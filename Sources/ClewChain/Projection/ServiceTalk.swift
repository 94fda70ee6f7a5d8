/// Tells what two people say about everyday services from their trade.
///
/// An insurer asks for a plate, a travel agent for an identity number, a bank clerk is asked for a balance; they
/// answer with something that is built like a record, and they are paid. What sets them apart is what else is said
/// at the time: 保费, 出票, 我的卡. Traders have such talk with each other as well, now and then, so that one
/// message alone decides nothing: a pair is judged by what most of its dealings are about.
enum ServiceTalk {
  /// What is said within this time of each other is one talk: an answer may take that long.
  private static let gap: Int64 = 3 * SupplyLink.episodeGap

  /// What is left when talk of services is taken out, if most talks that could be dealings are of that kind.
  ///
  /// - Parameter ordered: What two people said, in order of time.
  /// - Returns: What is to be read as trade.
  /// - Complexity: O(*n*) for *n* utterances.
  static func removed(from ordered: [Utterance]) -> [Utterance] {
    guard ordered.contains(where: { $0.flags.contains(.service) }) else { return ordered }
    let talks = talks(of: ordered)
    let services = talks.map { isService(ordered[$0]) }
    let dealings = talks.map { ordered[$0].contains(where: couldDeal) }
    let served = talks.indices.count { services[$0] && dealings[$0] }
    guard 2 * served > dealings.count(where: \.self) else { return ordered }
    return zip(talks, services).filter { !$0.1 }.flatMap { ordered[$0.0] }
  }

  private static func talks(of ordered: [Utterance]) -> [Range<Int>] {
    var talks: [Range<Int>] = []
    var start = 0
    for place in ordered.indices.dropFirst()
    where ordered[place].at.subtractingClamped(ordered[place - 1].at) > gap {
      talks.append(start..<place)
      start = place
    }
    return talks + [start..<ordered.count]
  }

  /// Whether a talk is about a service; what names lists of people or their bulk is not, whatever else it says.
  private static func isService(_ talk: ArraySlice<Utterance>) -> Bool {
    talk.contains { $0.flags.contains(.service) }
      && !talk.contains { utterance in
        !utterance.flags.isDisjoint(with: [.personalList, .dataFile])
          || utterance.quantity >= PairTimeline.bulk
      }
  }

  /// Whether something is said that an order or a delivery is made of.
  private static func couldDeal(_ utterance: Utterance) -> Bool {
    utterance.targets.contains { $0.kind != .code } || utterance.flags.contains(.record)
      || !utterance.flags.isDisjoint(with: [.list, .dataFile])
      || (utterance.categories != 0
        && !utterance.flags.isDisjoint(with: [.request, .strongRequest]))
  }
}
