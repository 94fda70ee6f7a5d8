import ClewEvidence
import ClewImport
import Testing

@Suite struct `Tables of graphs` {
  @Test func `Gephi edges are three supplies and five payments with the weight as amount`() throws {
    let sink = try interchange("gephi_edges.csv", as: "gephi-edges")
    #expect(sink.units.count == 8)
    #expect(sink.supplies == SampleStory.supplies)
    #expect(sink.payments == SampleStory.payments)
    #expect(sink.transfers.allSatisfy { $0.channel == "chart" && $0.at == nil && $0.memo == "" })
    #expect(sink.trades.allSatisfy { $0.amount == nil && $0.category == "" })
    #expect(Set(sink.transfers.flatMap(\.ids)).count == 5)
  }

  @Test func `Gephi nodes bear the ids that the edges use and their phones`() throws {
    let nodes = try interchange("gephi_nodes.csv", as: "gephi-nodes")
    let edges = try interchange("gephi_edges.csv", as: "gephi-edges")
    #expect(nodes.units.count == 5)
    let named = Set(nodes.contacts.filter { $0.contact.scheme == .name }.map(\.contact))
    let ends = Set(edges.trades.flatMap { [$0.supplier, $0.buyer] })
    #expect(ends.isSubset(of: named))
    #expect(nodes.contacts[0].contact == Account(.phone, "+8613800000001"))
    #expect(nodes.contacts[0].name == "泥鳅")
    #expect(
      nodes.links[0]
        == AccountLink(
          Account(.phone, "+8613800000001"),
          Account(.name, "p1"),
          basis: .statedHolder,
          holder: "泥鳅"
        )
    )
  }

  @Test func `an undirected edge, an unknown kind and a doubt are lines that somebody drew`() throws
  {
    let sink = try importing(
      """
      Source,Target,Type,Label,Weight
      qq:9990000001,qq:9990000002,Undirected,pay,5
      qq:9990000001,qq:9990000002,Directed,colleague,5
      qq:9990000001,qq:9990000002,Directed,not supplied,5
      qq:9990000001,qq:9990000002,Directed,supply?,5

      """,
      as: "gephi-edges"
    )
    #expect(sink.trades.isEmpty && sink.transfers.isEmpty)
    #expect(sink.contacts.count == 5)
    #expect(sink.contacts.allSatisfy { $0.nature == .stranger && $0.name == "" && $0.remark == "" })
    #expect(sink.units[1].original == .text("qq:9990000001,qq:9990000002,Directed,colleague,5"))
  }

  @Test func `kinds of every sort become their records`() throws {
    let sink = try importing(
      """
      source,target,kind,time,duration,text
      qq:9990000001,qq:9990000002,CALLED,2024-03-01 10:00:00,65,
      qq:9990000001,qq:9990000002,message,2024-03-01 10:00:01,,名单A
      qq:9990000001,phone:13800000001,Has_Account,,,
      qq:9990000001,phone:13800000002,owns,,,
      qq:9990000001,phone:13800000002,delivery address,,,
      qq:9990000001,qqgroup:999000001,member of,,,
      qq:9990000001,qq:9990000002,认识,,,

      """,
      as: "gephi-edges"
    )
    let (one, two) = (Account(.qq, "9990000001"), Account(.qq, "9990000002"))
    #expect(sink.calls.map(\.seconds) == [65])
    #expect(sink.calls.first?.at?.shanghai == "2024-03-01 10:00:00")
    #expect(sink.messages.map(\.text) == ["名单A"])
    #expect(sink.messages.map(\.platform) == ["qq"])
    let phone = Account(.phone, "+8613800000001")
    let firm = Account(.phone, "+8613800000002")
    #expect(
      sink.links == [
        AccountLink(one, phone, basis: .statedHolder), AccountLink(one, firm, basis: .contactEntry),
      ]
    )
    #expect(
      sink.memberships == [Membership(group: Account(.qqGroup, "999000001"), member: one)]
    )
    #expect(
      sink.contacts == [
        Contact(owner: one, contact: firm, nature: .stranger),
        Contact(owner: one, contact: two, nature: .friend),
      ]
    )
  }

  @Test(arguments: [
    ("a,b,Directed,pay,-5,", "the weight of a payment is no amount with at most two decimals"),
    ("a,b,Directed,pay,5.001,", "the weight of a payment is no amount with at most two decimals"),
    ("a,b,Sideways,pay,5,", "column \"Type\" holds no direction"),
    (",b,Directed,pay,5,", "column \"Source\" holds no node"),
    ("a,,Directed,pay,5,", "column \"Target\" holds no node"),
    ("a,b,Directed,pay,5,2024-02-30", "column \"time\" holds no time"),
  ])
  func `a bad cell refuses its row`(row: String, reason: String) throws {
    let sink = try importing(
      "Source,Target,Type,Label,Weight,time\n\(row)\n",
      as: "gephi-edges"
    )
    #expect(sink.reasons == [reason])
  }

  @Test(arguments: [
    ("2000.0", 200_000), ("2.0E3", 200_000), ("1e+2", 10_000), ("780.50000", 78_050),
    ("¥2000", 200_000), ("5E-1", 50), ("1,234.50", 123_450),
  ])
  func `amounts are exact however a tool writes them`(text: String, fen: Int64) throws {
    let sink = try importing(
      "Source;Target;Label;amount\nqq:9990000001;qq:9990000002;pay;\(text)\n",
      as: "gephi-edges"
    )
    #expect(sink.transfers.map(\.amount) == [Money(fen: fen)])
  }

  @Test func `a bare name may bear its scheme`() throws {
    let sink = try importing("Source,Target,Label\nname:甲,乙,supply\n", as: "gephi-edges")
    #expect(sink.trades.map(\.supplier) == [Account(.name, "甲")])
    #expect(sink.trades.map(\.buyer) == [Account(.name, "乙")])
  }

  @Test func `the weight 1 that tools give to every edge is no amount`() throws {
    let sink = try importing("Source,Target,Label,Weight\na,b,pay,1.0\n", as: "gephi-edges")
    #expect(sink.transfers.map(\.amount) == [nil])
  }

  @Test func `Neo4j nodes keep the id space, arrays and labels`() throws {
    let sink = try interchange("neo4j_persons.csv", as: "neo4j-nodes")
    #expect(sink.units.count == 5)
    #expect(
      sink.contacts[0]
        == Contact(
          owner: nil,
          contact: Account(.phone, "+8613800000001"),
          name: "泥鳅"
        )
    )
    #expect(sink.contacts[1].contact == Account(.name, "p1 (person)"))
    let two = try importing(
      "id:ID,phones:string[],secret:IGNORE\nx,13800000001;13800000002,13800000003\n",
      as: "neo4j-nodes"
    )
    #expect(two.contacts.map(\.contact.value) == ["+8613800000001", "+8613800000002", "x"])
  }

  @Test func `Neo4j relationships are three supplies and five payments at their times`() throws {
    let sink = try interchange("neo4j_rels.csv", as: "neo4j-relationships")
    #expect(sink.units.count == 8)
    #expect(sink.supplies == SampleStory.supplies)
    #expect(sink.payments == SampleStory.payments)
    #expect(sink.trades[0].at?.shanghai == "2024-03-02 20:18:00")
    #expect(sink.trades[0].at?.zone == .stated)
    #expect(sink.transfers[0].payer == Account(.name, "p2 (person)"))
    #expect(sink.transfers.allSatisfy { $0.ids.isEmpty })
  }

  @Test func `i2 links are three supplies and five payments with the label as amount`() throws {
    let sink = try interchange("i2_links.csv", as: "i2-links")
    #expect(sink.units.count == 8)
    #expect(sink.supplies == SampleStory.supplies)
    #expect(sink.payments == SampleStory.payments)
    #expect(sink.trades.map(\.category) == ["名单A", "名单A", "名单A"])
    #expect(sink.transfers[4].at?.shanghai == "2024-03-07 16:10:00")
    #expect(sink.contacts.map(\.name) == ["泥鳅", "风筝", "灯笼", "纸船", "石磨"])
  }

  @Test func `i2 arrows give the direction, an identity is one entity`() throws {
    let sink = try importing(
      """
      Entity1 Identity,Entity1 Phone,Entity2 Identity,Link Type,Direction
      a,13800000001,b,supply,2->1
      a,13800000001,b,supply,
      a,13800000002,b,supply,1->2
      a,13800000001,b,supply,up

      """,
      as: "i2-links"
    )
    let phone = Account(.phone, "+8613800000001")
    #expect(sink.trades.map { $0.buyer == phone } == [true, false])
    #expect(sink.trades.map { $0.supplier == phone } == [false, true])
    #expect(sink.drawn.count == 2)
    #expect(sink.reasons == ["column \"Direction\" holds no direction"])
    let other = Account(.phone, "+8613800000002")
    #expect(sink.links == [AccountLink(phone, other, basis: .statedHolder)])
  }

  @Test func `a bare name of one chart is not the name of another`() throws {
    let one = try interchange("i2_links.csv", as: "i2-links")
    let other = try interchange("chain.net", as: "pajek")
    let names = Set(one.trades.map(\.supplier)).intersection(other.trades.map(\.supplier))
    #expect(names.isEmpty)
    #expect(one.trades[0].supplier.value.hasPrefix("泥鳅 (p1)#"))
  }
}
