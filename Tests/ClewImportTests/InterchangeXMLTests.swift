import ClewEvidence
import ClewImport
import Testing

@Suite struct `XML formats of graphs` {
  static let two = Account(.qq, "9990000002")
  static let one = Account(.qq, "9990000001")

  @Test func `GraphML takes the kind of three edges from the default of its key`() throws {
    let sink = try interchange("chain.graphml", as: "graphml")
    #expect(sink.units.count == 13)
    #expect(sink.rejects.isEmpty && sink.skips.isEmpty)
    #expect(sink.supplies == SampleStory.supplies)
    #expect(sink.payments == SampleStory.payments)
    #expect(sink.trades.map(\.supplier) == [.p1, .p2, .p3])
    #expect(sink.trades[1].at?.shanghai == "2024-03-04 09:33:00")
    #expect(sink.transfers[3].at?.zone == .stated)
    #expect(sink.links.count == 5)
    #expect(
      sink.links[0]
        == AccountLink(
          .p1,
          Account(.phone, "+8613800000001"),
          basis: .statedHolder,
          holder: "泥鳅"
        )
    )
    #expect(sink.units[5].position.part == "edges")
    #expect(sink.units[0].original != sink.units[1].original)
  }

  @Test func `GEXF takes the kind from the edge and the amount from its attribute`() throws {
    let sink = try interchange("chain.gexf", as: "gexf")
    #expect(sink.units.count == 13)
    #expect(sink.supplies == SampleStory.supplies)
    #expect(sink.payments == SampleStory.payments)
    #expect(sink.trades.allSatisfy { $0.amount == nil })
    #expect(sink.transfers.map(\.payee) == [.p1, .p2, .p3, sink.transfers[3].payee, .p3])
    #expect(sink.contacts.map(\.name) == ["泥鳅", "风筝", "灯笼", "纸船", "石磨"])
  }

  @Test func `ANX in UTF-16 has entities, links, arrows and times`() throws {
    let sink = try interchange("chain.anx", as: "i2-anx")
    #expect(sink.units.count == 13)
    #expect(sink.decisions["encoding"] == "UTF-16LE")
    #expect(sink.supplies == SampleStory.supplies)
    #expect(sink.payments == SampleStory.payments)
    #expect(sink.trades.map(\.category) == ["名单A", "名单A", "名单A"])
    #expect(sink.transfers[0].at?.shanghai == "2024-03-02 20:15:30")
    #expect(sink.transfers[0].at?.zone == .assumedShanghai)
    #expect(sink.transfers.allSatisfy { $0.memo.isEmpty })
  }

  @Test func `ANX: arrows, dates that are not set, identities shown twice`() throws {
    func link(_ id: String, _ arrow: String, _ rest: String = "") -> String {
      "<ChartItem Id=\"\(id)\" \(rest)><Link End1Id=\"1\" End2Id=\"2\">"
        + "<LinkStyle LinkTypeReference=\"L\" \(arrow)/></Link></ChartItem>"
    }
    func entity(_ id: String, _ identity: String) -> String {
      "<ChartItem Label=\"x\"><End><Entity EntityId=\"\(id)\" Identity=\"\(identity)\"/></End>"
        + "</ChartItem>"
    }
    let time = "DateTime=\"2024-03-02T20:18:00\""
    let sink = try importing(
      "<Chart><LinkTypeCollection><LinkType Id=\"L\" Name=\"supply\"/></LinkTypeCollection>"
        + "<ChartItemCollection>" + entity("1", "qq:9990000001") + entity("2", "qq:9990000002")
        + entity("3", "qq:9990000001") + entity("1", "qq:9990000005")
        + link("a", "ArrowStyle=\"ArrowOnHead\"", time)
        + link("b", "ArrowStyle=\"ArrowOnTail\"", "DateSet=\"true\" " + time)
        + link("c", "ArrowStyle=\"ArrowOnBoth\"") + link("d", "")
        + "<ChartItem><Link End1Id=\"1\" End2Id=\"9\"/></ChartItem>"
        + "<ChartItem><TextBlock/></ChartItem></ChartItemCollection></Chart>",
      as: "i2-anx"
    )
    #expect(sink.trades.map(\.supplier) == [Self.one, Self.two])
    #expect(sink.trades.map { $0.at?.shanghai } == [nil, "2024-03-02 00:00:00"])
    #expect(sink.drawn.count == 4)
    #expect(
      sink.rules == [
        "entity that another item shows", "chart item that is neither entity nor link",
      ]
    )
    #expect(
      sink.reasons == [
        "an earlier item gives EntityId to another identity",
        "attribute End2Id names no entity of the chart",
      ]
    )
  }

  @Test func `GraphML: edges before nodes, nested graphs, undirected edges, yEd labels`() throws {
    let sink = try importing(
      """
      <graphml xmlns:y="http://www.yworks.com/xml/graphml">
        <key id="k" for="edge" attr.name="kind"/><key id="y" for="node" yfiles.type="nodegraphics"/>
        <key id="p" for="node" attr.name="phone"><default>13800000009</default></key>
        <graph edgedefault="undirected">
          <edge source="qq:9990000001" target="b" directed="true"><data key="k">supply</data></edge>
          <edge source="qq:9990000001" target="b"><data key="k">supply</data></edge>
          <edge source="qq:9990000001" target="z"><data key="k">supply</data></edge>
          <edge source="b"/>
          <node id="qq:9990000001"><graph><node id="inner"/></graph></node>
          <node id="b"><data key="y"><y:ShapeNode><y:NodeLabel>纸船</y:NodeLabel></y:ShapeNode></data></node>
          <node id="b"/>
          <node/>
          <hyperedge/>
        </graph>
      </graphml>
      """,
      as: "graphml"
    )
    #expect(sink.trades.map(\.supplier) == [Self.one])
    #expect(sink.trades[0].buyer.value.hasPrefix("纸船 (b)#"))
    #expect(sink.drawn.count == 2)
    #expect(sink.contacts.contains { $0.contact.value.hasPrefix("inner#") })
    #expect(!sink.contacts.contains { $0.contact.scheme == .phone })
    #expect(sink.rules == ["edge of many ends"])
    #expect(
      sink.reasons == [
        "attribute target names no node of the file", "the edge lacks an end",
        "an earlier node bears the same id", "the node has no id",
      ]
    )
  }

  @Test(arguments: ["1.1", "1.2", "1.3"])
  func `GEXF of every version names its attributes`(version: String) throws {
    let reference = version == "1.1" ? "id" : "for"
    let sink = try importing(
      """
      <gexf version="\(version)"><graph defaultedgetype="undirected">
      <attributes class="node"><attribute id="0" title="qq"/></attributes>
      <attributes class="edge"><attribute id="0" title="kind"><default>pay</default></attribute>
      <attribute id="1" title="金额"/></attributes>
      <nodes><node id="a" label="x"><attvalues><attvalue \(reference)="0" value="9990000001"/>
      </attvalues><nodes><node id="b"/></nodes></node></nodes>
      <edges><edge id="1" source="a" target="b" type="directed">
      <attvalues><attvalue \(reference)="1" value="5.00"/></attvalues></edge>
      <edge id="2" source="a" target="b"/></edges></graph></gexf>
      """,
      as: "gexf"
    )
    #expect(sink.transfers.map(\.payer) == [Self.one])
    #expect(sink.transfers.map(\.amount) == [Money(fen: 500)])
    #expect(sink.drawn.count == 2)
  }

  @Test func `a masked number on a node is no account and is counted`() throws {
    let sink = try importing(
      "<graphml><key id=\"p\" for=\"node\" attr.name=\"phone\"/><graph>"
        + "<node id=\"a\"><data key=\"p\">138****0001</data></node></graph></graphml>",
      as: "graphml"
    )
    #expect(sink.contacts.map(\.contact.scheme) == [.name])
    #expect(sink.decisions["attributes that should be accounts and are none"] == "1")
  }
}
