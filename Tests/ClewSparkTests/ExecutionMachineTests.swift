#if Spark
import ClewTestSupport
import Testing

@testable import ClewSpark

@Suite struct `The order of calls` {
  private let policy = SparkPolicy()

  @Test func `pauses double up to the longest`() {
    let pauses = (1...7).map { policy.pause(before: $0) }
    #expect(pauses == [200, 400, 800, 1600, 3200, 5000, 5000].map { .milliseconds($0) })
  }

  @Test func `a response forgets the failures before it`() {
    var machine = ExecutionMachine(policy: policy, endpoint: "e")
    for round in 0..<50 {
      for failure in 1...5 {
        #expect(
          machine.take(.failed(.unavailable(reason: "")))
            == .open(
              .reattach(after: round == 0 ? nil : "r\(round - 1)"),
              after: policy.pause(before: failure)
            )
        )
      }
      #expect(machine.take(.response(id: "r\(round)", isComplete: false)) == .read)
    }
  }

  @Test func `after the end nothing matters`() {
    let failures: [SparkFailure] = [
      .unavailable(reason: ""), .operationNotFound, .operationExists, .final(.interrupted),
    ]
    for failure in failures {
      var machine = ExecutionMachine(policy: policy, endpoint: "e")
      #expect(machine.take(.response(id: "r", isComplete: true)) == .read)
      #expect(machine.take(.failed(failure)) == .finish)
    }
  }

  @Test func `a stream that had its time without a word is just taken up again`() {
    var machine = ExecutionMachine(policy: policy, endpoint: "e")
    for _ in 0..<100 {
      #expect(
        machine.take(.ended(after: .seconds(120))) == .open(.reattach(after: nil), after: .zero)
      )
    }
    for _ in 0..<5 { _ = machine.take(.ended(after: .zero)) }
    #expect(
      machine.take(.ended(after: .zero))
        == .fail(.unreachable(endpoint: "e", reason: "an empty stream"))
    )
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `without responses it ends soon, and with one it never executes again`(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var machine = ExecutionMachine(policy: policy, endpoint: "e")
    var hasResponse = false
    var silent = 0
    for step in 0..<2000 {
      let event: ExecutionMachine.Event
      switch generator.next() % 16 {
      case 0: event = .response(id: "r\(step)", isComplete: false)
      case 1..<6: event = .ended(after: .milliseconds(3))
      case 6..<12: event = .failed(.unavailable(reason: "x"))
      case 12..<14: event = .failed(.operationNotFound)
      default: event = .failed(.operationExists)
      }
      if case .response = event { (hasResponse, silent) = (true, 0) } else { silent += 1 }
      switch machine.take(event) {
      case .fail, .finish: return
      case .open(.execute, _): #expect(!hasResponse)
      case .open, .read: break
      }
      // Only an operation that exists after all is taken up without counting, and then not for ever.
      #expect(silent <= 40)
      if silent > 40 { return }
    }
  }
}
#endif
