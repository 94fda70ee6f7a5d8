import Foundation
import Testing

@testable import ClewSimulation

@Suite struct RegisterTests {
  /// All words that the analysis knows for trade, money and data, read as text: the two modules do
  /// not see each other.
  private func lexicon() throws -> Set<String> {
    let path = SimulationFolder.dataset("../Sources/ClewChain/Projection/Lexicon/lexicon.json")
    let data = try Data(contentsOf: URL(filePath: path))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let categories = try #require(json["categories"] as? [[String: Any]])
    var words = Set(categories.flatMap { $0["terms"] as? [String] ?? [] })
    for list in [
      "request", "strongRequest", "deliver", "askData", "refund", "ack", "negative", "offer",
      "trade", "supplierLabels", "buyerLabels",
    ] { words.formUnion(try #require(json[list] as? [String], "\(list)")) }
    return words
  }

  @Test func `wording that is meant to be unknown holds no word of the analysis`() throws {
    let words = try lexicon()
    #expect(words.count > 300)
    for (act, bank) in UnknownWording.phrases {
      #expect(bank.lines.count >= 3, "\(act)")
      for phrase in bank.lines {
        let known = words.filter { phrase.contains($0) }
        #expect(known.isEmpty, "\(phrase): \(known)")
      }
    }
  }

  @Test func `every register names targets its own way and has words for every kind of data`() {
    #expect(Set(Register.all.map(\.name)).count == Register.all.count)
    #expect(Register.all.count >= 9)
    for register in Register.all {
      #expect(register.words.isEmpty || register.words.count == TradedData.allCases.count)
      #expect(register.phrases[.order]?.lines.allSatisfy { $0.contains("{t}") } == true)
      for act in [TradeAct.quote, .settle] {
        #expect(register.phrases[act]?.lines.allSatisfy { $0.contains("{p}") } ?? true)
      }
      #expect(register.phrases[.list]?.lines.allSatisfy { $0.contains("{n}") } == true)
    }
  }

  @Test func `spelling leaves what is filled in untouched`() throws {
    var dice = Dice(seed: 1)
    var habit = WritingHabit(&dice)
    habit.register = .traditional
    let text = habit.say("这个车 {t} 多少钱", &dice, values: [("t", "云X12345 车价")])
    #expect(text.contains("這個車 云X12345 车价 多少錢"))
  }
}
