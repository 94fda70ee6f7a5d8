import Testing

@testable import GraphDraw

/// What must hold in every scene of a tier diagram.
enum SceneCheck {
  static func overlaps(_ rects: [Rect]) -> Int {
    let sorted = rects.sorted { $0.x < $1.x }
    var count = 0
    for (place, rect) in sorted.enumerated() {
      for other in sorted[(place + 1)...] {
        if other.x >= rect.maxX { break }
        if rect.inset(by: 0.01).overlaps(other) { count += 1 }
      }
    }
    return count
  }

  /// Strokes that run through the inside of a node that is not one of their ends.
  static func crossings(_ scene: Scene) -> Int {
    let nodes = scene.nodes.map { ($0.number, $0.rect.inset(by: 0.5)) }.sorted { $0.1.x < $1.1.x }
    var count = 0
    for path in scene.paths {
      for (start, end) in zip(path.points, path.points.dropFirst()) {
        for (number, rect) in nodes where number != path.source && number != path.target {
          if rect.x > max(start.x, end.x) { break }
          if rect.isCrossed(from: start, to: end) { count += 1 }
        }
      }
    }
    return count
  }
}

struct TierLayoutTests {
  static let shapes: [(nodes: Int, edges: Int, lanes: Int, tiers: Int)] = [
    (2, 1, 1, 2), (30, 40, 3, 4), (120, 160, 9, 5), (60, 90, 1, 6), (80, 100, 0, 5),
    (200, 260, 25, 5), (150, 600, 4, 3), (40, 80, 2, 1),
  ]

  @Test(arguments: 0..<8, 0..<5 as Range<UInt64>)
  func `no node overlaps another and no line runs through one`(shape: Int, seed: UInt64) throws {
    let size = Self.shapes[shape]
    let diagram = Sample.random(
      nodes: size.nodes, edges: size.edges, lanes: size.lanes, tiers: size.tiers, seed: seed)
    let scene = try TierLayout().scene(of: diagram)
    #expect(scene.nodes.count == size.nodes)
    #expect(SceneCheck.overlaps(scene.nodes.map(\.rect)) == 0)
    #expect(SceneCheck.crossings(scene) == 0)
    let pills = scene.boxes.filter { $0.role == .pill }.map(\.rect)
    #expect(SceneCheck.overlaps(scene.nodes.map(\.rect) + pills) == 0)
    for path in scene.paths {
      for (start, end) in zip(path.points, path.points.dropFirst()) {
        #expect(abs(start.x - end.x) < 0.02 || abs(start.y - end.y) < 0.02)
      }
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `with rows of lanes forced, lines still run around the nodes`(seed: UInt64) throws {
    var layout = TierLayout()
    layout.maxLaneRowWidth = 500
    let scene = try layout.scene(of: Sample.nineLanes(seed: seed))
    let rows = Set(scene.panels.filter { $0.role == .lane }.map(\.rect.y))
    #expect(rows.count > 1)
    #expect(SceneCheck.crossings(scene) == 0)
    #expect(SceneCheck.overlaps(scene.panels.filter { $0.role == .lane }.map(\.rect)) == 0)
  }

  @Test func `everything lies on the sheet`() throws {
    for seed in 0..<5 as Range<UInt64> {
      let scene = try TierLayout().scene(of: Sample.nineLanes(seed: seed))
      let rects =
        scene.boxes.map(\.rect) + scene.panels.map(\.rect) + scene.labels.map(\.rect)
        + scene.paths.flatMap(\.points).map { Rect(center: $0, width: 0, height: 0) }
      for rect in rects {
        #expect(rect.x > -0.01 && rect.y > -0.01)
        #expect(rect.maxX < scene.width + 0.01 && rect.maxY < scene.height + 0.01)
      }
    }
  }

  @Test func `nodes of one tier and row of nodes stand level across all lanes of a row`() throws {
    let scene = try TierLayout().scene(of: Sample.nineLanes())
    let bands = scene.panels.filter { $0.role == .band }
    for box in scene.nodes {
      let band = bands.filter { $0.rect.y < box.rect.y && box.rect.maxY < $0.rect.maxY }
      #expect(band.count == 1)
      #expect(box.tags.contains("t\(band[0].index)"))
    }
    for tier in 0..<5 {
      let tops = Set(scene.nodes.filter { $0.tags.contains("t\(tier)") }.map { $0.rect.y.rounded() })
      let tallest = Dictionary(
        grouping: scene.nodes.filter { $0.tags.contains("t\(tier)") }, by: \.rect.x
      ).values.map(\.count).max()
      #expect(tops.count == tallest)
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `the order of nodes, edges and lanes in the input does not matter`(seed: UInt64) throws {
    let diagram = Sample.nineLanes()
    var shuffled = diagram
    var random = SeededGenerator(seed: seed)
    shuffled.nodes.shuffle(using: &random)
    shuffled.edges.shuffle(using: &random)
    shuffled.lanes.shuffle(using: &random)
    let layout = TierLayout()
    #expect(try layout.scene(of: shuffled) == layout.scene(of: diagram))
    let writer = DotWriter()
    #expect(try writer.dot(layout.scene(of: shuffled)) == writer.dot(layout.scene(of: diagram)))
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `110 nodes in nine lanes can be read on A3`(seed: UInt64) throws {
    let scene = try TierLayout(page: .a3).scene(of: Sample.nineLanes(seed: 7 + seed))
    #expect(scene.smallestText >= 7)
    #expect(scene.omittedPills == 0)
  }

  @Test func `220 nodes in nine lanes take the next larger sheet`() throws {
    let scene = try TierLayout().legibleScene(of: Sample.nineLanes(seed: 9, size: 2))
    #expect(scene.width == PageFormat.a2.width)
    #expect(scene.smallestText >= 7)
  }

  @Test func `a folded node is drawn as a stack`() throws {
    let diagram = Sample.nineLanes()
    let scene = try TierLayout().scene(of: diagram)
    let folded = Set(diagram.nodes.filter { $0.foldedCount != nil }.map(\.id))
    #expect(Set(scene.nodes.filter(\.isStack).map(\.modelID)) == folded)
    #expect(DotWriter().dot(scene).split(separator: "class=\"stack\"").count == folded.count + 2)
  }

  @Test func `parallel edges of one style are drawn once with the sum of their weights`() throws {
    var diagram = TierDiagram(title: "")
    diagram.tiers = [.init(label: []), .init(label: [])]
    diagram.nodes = [
      .init(id: "a", lane: nil, tier: 0, lines: ["a"]), .init(id: "b", lane: nil, tier: 1, lines: ["b"]),
    ]
    diagram.edges = [.init(from: "a", to: "b", weight: 100), .init(from: "a", to: "b", weight: 28)]
    let scene = try TierLayout().scene(of: diagram)
    #expect(scene.paths.count == 1)
    var single = diagram
    single.edges = [.init(from: "a", to: "b", weight: 128)]
    #expect(try TierLayout().scene(of: single) == scene)
  }

  @Test func `a node without a lane may feed several lanes`() throws {
    var diagram = TierDiagram(title: "shared")
    diagram.tiers = [.init(label: ["0"]), .init(label: ["1"])]
    diagram.sharedHeader = ["shared"]
    diagram.nodes = [.init(id: "s", lane: nil, tier: 0, lines: ["s"])]
    for lane in 0..<6 {
      diagram.lanes.append(.init(id: "\(lane)", header: ["\(lane)"], colorIndex: lane))
      diagram.nodes.append(.init(id: "n\(lane)", lane: "\(lane)", tier: 1, lines: ["n"]))
      diagram.edges.append(.init(from: "s", to: "n\(lane)", weight: 5, style: .across, label: "5"))
    }
    let scene = try TierLayout().scene(of: diagram)
    #expect(scene.panels.filter { $0.role == .lane }.count == 7)
    #expect(SceneCheck.crossings(scene) == 0)
    #expect(scene.omittedPills == 0)
  }

  @Test func `diagrams without edges, nodes, lanes or tiers have a scene`() async throws {
    var diagrams = [TierDiagram(title: "")]
    var onlyTiers = TierDiagram(title: "tiers")
    onlyTiers.tiers = Sample.tiers
    diagrams.append(onlyTiers)
    var onlyLanes = onlyTiers
    onlyLanes.lanes = [.init(id: "L", header: [], colorIndex: 3)]
    diagrams.append(onlyLanes)
    var noTiers = TierDiagram(title: "lanes")
    noTiers.lanes = onlyLanes.lanes
    diagrams.append(noTiers)
    diagrams.append(Sample.random(nodes: 1, edges: 0, lanes: 1, seed: 1))
    for diagram in diagrams {
      let scene = try TierLayout().scene(of: diagram)
      #expect(try await !GraphvizRenderer().render(scene, as: .pdf).isEmpty)
    }
  }

  @Test func `faults of the input are named with their place`() {
    var diagram = Sample.random(nodes: 5, edges: 0, lanes: 2, seed: 1)
    func error(_ change: (inout TierDiagram) -> Void) -> DrawError? {
      var changed = diagram
      change(&changed)
      do throws(DrawError) {
        _ = try TierLayout().scene(of: changed)
        return nil
      } catch {
        return error
      }
    }
    #expect(error { $0.nodes[3].id = "v1" } == .duplicateNode(at: 3))
    #expect(error { $0.lanes[1].id = "L0" } == .duplicateLane(at: 1))
    #expect(error { $0.nodes[2].lane = "?" } == .unknownLane(node: 2))
    #expect(error { $0.nodes[2].tier = -1 } == .tierOutOfRange(node: 2))
    #expect(error { $0.nodes[2].tier = 5 } == .tierOutOfRange(node: 2))
    diagram.edges = [.init(from: "v0", to: "v1", weight: 1)]
    #expect(error { $0.edges[0].target = "?" } == .unknownNode(edge: 0))
    #expect(error { $0.edges[0].target = "v0" } == .selfLoop(edge: 0))
  }

  @Test(arguments: [0, 1, 9, 300])
  func `3000 nodes and 7500 edges are laid out in time`(lanes: Int) async throws {
    let diagram = Sample.random(nodes: 3000, edges: 7500, lanes: lanes, seed: 8)
    let clock = ContinuousClock()
    var scene = Scene(width: 0, height: 0)
    let time = try clock.measure { scene = try TierLayout(page: .a0).scene(of: diagram) }
    #expect(scene.nodes.count == 3000)
    #if DEBUG
    // Code without optimisation runs some twenty times slower.
    #expect(time < .seconds(60))
    #else
    #expect(time < .seconds(2))
    #endif
    #expect(try await !GraphvizRenderer().render(scene, as: .svg).isEmpty)
  }
}
