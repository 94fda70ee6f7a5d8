import Testing

@testable import GraphDraw

struct LayoutPartsTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `no two items of one track overlap`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let items = (0..<60).map { net in
      let low = Double(random.number(0...500))
      return Tracks.Item(
        net: net, low: low, high: low + Double(random.number(1...120)), before: [low],
        group: random.number(0...1))
    }
    let assigned = Tracks.assign(items, gap: 6)
    let track = Tracks.untangled(items, assigned)
    #expect(Set(track) == Set(0..<assigned.count))
    for first in items.indices {
      for second in items.indices where second > first && track[first] == track[second] {
        let apart =
          items[first].high + 6 < items[second].low || items[second].high + 6 < items[first].low
        #expect(apart)
      }
    }
  }

  @Test func `nested lines are ordered so that they do not cross`() {
    // Both come from above; the inner one must lie above the outer one.
    let outer = Tracks.Item(net: 0, low: 0, high: 100, before: [0, 100])
    let inner = Tracks.Item(net: 1, low: 20, high: 80, before: [20, 80])
    let track = Tracks.untangled([outer, inner], Tracks.assign([outer, inner], gap: 1))
    #expect(track[1] < track[0])
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `the order of lanes is at least as good as any of its neighbours`(seed: UInt64) throws {
    let model = try TierModel(Sample.random(nodes: 60, edges: 120, lanes: 7, seed: seed))
    let lanes = LaneOrder(model)
    let order = lanes.order()
    #expect(order.sorted() == Array(0..<model.laneCount))
    for first in order.indices {
      for second in order.indices where second > first {
        var other = order
        other.swapAt(first, second)
        #expect(lanes.cost(of: other) >= lanes.cost(of: order) - 1e-6)
      }
    }
  }

  @Test func `places in one row keep their order and two slots of distance`() {
    let slots = LaneGrid.inOneRow([3, 3, 3, 9], slots: 11)
    #expect(zip(slots, slots.dropFirst()).allSatisfy { $1 - $0 >= 2 })
    #expect(slots.last == 9)
  }

  @Test func `stacks hold everyone and no more than they may`() {
    let slots = LaneGrid.stacked(
      Array(repeating: 0, count: 11), isInner: Array(repeating: false, count: 11), columns: 4,
      most: 3)
    #expect(slots == slots.sorted())
    for slot in Set(slots) { #expect(slots.count { $0 == slot } <= 3) }
  }

  @Test func `rows of lanes are about equally wide and turn back on themselves`() {
    let rows = LanePlan.split(Array(0..<6), into: 2, width: [10, 10, 10, 10, 10, 10])
    #expect(rows == [[0, 1, 2], [5, 4, 3]])
  }

  @Test func `corners that are none are left out`() {
    let points = [(0, 0), (0, 5), (0, 5), (0, 9), (4, 9)].map { Point(x: $0.0, y: $0.1) }
    let expected = [(0, 0), (0, 9), (4, 9)].map { Point(x: $0.0, y: $0.1) }
    #expect(Plot.simplified(points) == expected)
  }

  @Test func `a curve has three more points for each piece and leaves room for the arrow`() {
    let path = Scene.Path(
      source: 1, target: 2, tag: "within",
      points: [Point(x: 0, y: 0), Point(x: 0, y: 50), Point(x: 40, y: 50)], width: 1,
      color: Color(0), dash: .solid, hasHalo: false, hasArrow: true, hasTailArrow: false,
      radius: 4, arrowSize: 0.5)
    let curve = Curve(path)
    #expect(curve.controls.count == 10)
    #expect(curve.tip == Point(x: 40, y: 50))
    #expect(curve.controls.last == Point(x: 35, y: 50))
  }

  @Test func `colours are written with two digits each`() {
    #expect(Color(0x0A1B2C).hex == "#0a1b2c")
    #expect(Color(0xFFFFFF, alpha: 8).hex == "#ffffff08")
    #expect(Color(0x000000).tinted(0.5).hex == "#808080")
    #expect(Color(0x808080).shaded(.nan).hex == "#808080")
  }

  @Test func `widths grow with the weight up to a limit`() {
    let style = DiagramStyle()
    let widths = [0, 1, 4, 12, 60, 400, 100_000, Int.max].map { style.penWidth(for: $0) }
    #expect(widths == widths.sorted())
    #expect(widths.last == 4.2)
    #expect(abs(style.penWidth(for: 12) - 1.7) < 1e-9)
  }
}
