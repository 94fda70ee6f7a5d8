internal import ClewEvidence

/// Finds out who deals with whom in group chats.
///
/// What is said in a group is said to nobody in particular. But where somebody asks there for what is known of a
/// number, and somebody else gives that number back with what belongs to it, in the group or in private, the two deal:
/// both messages are then read as if they had written to each other. Nothing else that is said in groups counts.
struct GroupOrders {
  /// What somebody says in a group.
  struct Saying {
    let speaker: Int
    let utterance: Utterance
    /// The group; `nil` where it was said in private.
    let group: Account?
  }

  /// How long an order stays open.
  private static let window: Int64 = 10 * 86_400_000

  private var orders: [Target: [Saying]] = [:]
  private var answers: [Saying] = []

  /// Whether a message of a group can be an order or an answer.
  static func matters(_ utterance: Utterance) -> Bool { isOrder(utterance) || isAnswer(utterance) }

  private static func isOrder(_ utterance: Utterance) -> Bool {
    let flags = utterance.flags
    return utterance.targets.contains { $0.kind != .code }
      && flags.isDisjoint(with: [.record, .service, .privateLife, .deliver])
      && (utterance.categories != 0 || flags.contains(.strongRequest))
  }

  private static func isAnswer(_ utterance: Utterance) -> Bool {
    utterance.flags.contains(.record) && !utterance.targets.isEmpty
  }

  /// Takes in what was said in a group.
  mutating func add(_ utterance: Utterance, by speaker: Int, in group: Account) {
    let saying = Saying(speaker: speaker, utterance: utterance, group: group)
    if Self.isOrder(utterance) {
      for target in utterance.targets where target.kind != .code {
        orders[target, default: []].append(saying)
      }
    } else if Self.isAnswer(utterance) {
      answers.append(saying)
    }
  }

  /// Forgets what other records say as well.
  mutating func drop(_ records: Set<RecordID>) {
    orders = orders.mapValues { $0.filter { !records.contains($0.utterance.record) } }
    answers.removeAll { records.contains($0.utterance.record) }
  }

  /// The orders that were answered, with the answers that were given in the group, by the two who deal.
  ///
  /// - Parameter said: What was said in private.
  /// - Returns: What is to be read beside it, by pair.
  /// - Complexity: O(*n* + *a*) for *n* utterances and *a* answers to orders of groups.
  func dealings(_ said: [CaseView.Pair: [Utterance]]) -> [CaseView.Pair: [Utterance]] {
    guard !orders.isEmpty else { return [:] }
    var found: [CaseView.Pair: [RecordID: Utterance]] = [:]
    func add(_ saying: Saying, _ pair: CaseView.Pair) {
      var utterance = saying.utterance
      if saying.speaker == pair.low { utterance.flags.insert(.fromLow) }
      found[pair, default: [:]][utterance.record] = utterance
    }
    for answer in answers {
      for order in answered(by: answer) {
        let pair = CaseView.Pair(order.speaker, answer.speaker)
        add(order, pair)
        add(answer, pair)
      }
    }
    for (pair, utterances) in said {
      for utterance in utterances where Self.isAnswer(utterance) {
        let speaker = utterance.flags.contains(.fromLow) ? pair.low : pair.high
        let answer = Saying(speaker: speaker, utterance: utterance, group: nil)
        for order in answered(by: answer)
        where CaseView.Pair(order.speaker, speaker) == pair {
          add(order, pair)
        }
      }
    }
    return found.mapValues { Array($0.values) }
  }

  /// The orders of others whose target an answer gives back in time, in their group or in private.
  private func answered(by answer: Saying) -> [Saying] {
    answer.utterance.targets.flatMap { target in
      (orders[target] ?? []).filter { order in
        let waited = answer.utterance.at.subtractingClamped(order.utterance.at)
        return order.speaker != answer.speaker && waited >= 0 && waited <= Self.window
          && (answer.group == nil || answer.group == order.group)
      }
    }
  }
}
