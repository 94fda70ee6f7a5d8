import Testing

@testable import ClewSimulation

@Suite struct SimulationCastTests {
  @Test(arguments: [1, 9, 77] as [UInt64])
  func `tiers of nine-lines fit the links`(seed: UInt64) {
    let cast = NineLinesCast.make(seed: seed)
    for link in cast.links {
      let supplier = cast.people[link.supplier]
      let buyer = cast.people[link.buyer]
      #expect(supplier.role != .outsider && buyer.role != .outsider)
      #expect(supplier.role != .customer && buyer.role != .source)
      let (above, below) = (supplier.tier ?? -1, buyer.tier ?? -1)
      #expect(link.crossKind == "sideways" ? above == below : above == below - 1)
      #expect(!link.categories.isEmpty && !link.talks.isEmpty)
    }
    #expect(cast.people.filter { $0.role == .firstLevelAgent }.count == 9)
    for principal in cast.principals {
      let sources = cast.links.filter {
        $0.buyer == principal && cast.people[$0.supplier].role == .source
      }
      #expect((1...3).contains(sources.count))
    }
  }

  @Test func `a link crosses lines exactly when its ends differ or its source serves several`() {
    let cast = NineLinesCast.make(seed: 9)
    for link in cast.links {
      let differs = cast.people[link.supplier].line != cast.people[link.buyer].line
      #expect(differs == (link.crossKind != nil))
    }
    #expect((20...34).contains(cast.links.filter { $0.crossKind != nil }.count))
  }

  @Test func `a climb leads over neighbours only and ends at a source`() {
    let cast = NineLinesCast.make(seed: 9)
    let routes = CastRoutes(cast: cast)
    var dice = Dice(seed: 3)
    for (number, link) in cast.links.enumerated() {
      for category in link.categories {
        let climb = routes.climb(through: number, category, &dice)
        for (lower, upper) in zip(climb, climb.dropFirst()) {
          #expect(cast.links[lower].supplier == cast.links[upper].buyer)
        }
        #expect(climb.allSatisfy { cast.links[$0].categories.contains(category) })
        #expect(climb.last.map { cast.people[cast.links[$0].supplier].role } == .source)
      }
    }
  }

  @Test func `nobody bears an identifier that somebody could hold`() {
    let cast = NineLinesCast.make(seed: 9)
    for person in cast.people {
      #expect(person.phone.hasPrefix("1380000") && person.phone.count == 11)
      #expect(person.identity.hasPrefix("990000") && person.identity.count == 18)
      #expect(person.card.hasPrefix("629999") && person.alipay.hasPrefix("2088990"))
      #expect(person.wechat.allSatisfy { $0.username.contains("clew") })
    }
    #expect(Set(cast.people.map(\.phone)).count == cast.people.count)
    #expect(Set(cast.people.map(\.identity)).count == cast.people.count)
  }

  @Test func `the clock counts days as the calendar does`() {
    #expect(
      WallClock.stamp(WallClock.midnight(2024, 2, 29) + WallClock.hour) == "2024-02-29 01:00:00"
    )
    #expect(WallClock.unpaddedStamp(WallClock.midnight(2023, 12, 31)) == "2023-12-31 0:00:00")
    #expect(WallClock.midnight(1970, 1, 1) == -8 * WallClock.hour)
  }

  @Test func `every act has at least fifteen wordings`() {
    let banks = [
      OrderPhrases.greeting, OrderPhrases.general, OrderPhrases.list, OrderPhrases.vague,
      OrderPhrases.priceAsk, OrderPhrases.haggle, OrderPhrases.remind, SupplyPhrases.accept,
      SupplyPhrases.quote, SupplyPhrases.bulkQuote, SupplyPhrases.raise, SupplyPhrases.agree,
      SupplyPhrases.handOver, SupplyPhrases.nothing, SupplyPhrases.apology, SupplyPhrases.caution,
      SupplyPhrases.settle, PaymentPhrases.paid, PaymentPhrases.paidElsewhere,
      PaymentPhrases.memos, PaymentPhrases.thanks, LifePhrases.friends, LifePhrases.family,
      LifePhrases.shops, GroupPhrases.trade, GroupPhrases.tradeChat,
    ]
    for bank in banks { #expect(bank.lines.count >= 15, "\(bank.lines.first ?? "")") }
  }
}
