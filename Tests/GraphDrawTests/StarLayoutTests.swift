import Testing

@testable import GraphDraw

struct StarLayoutTests {
  @Test func `161 above and 99 below can be read on A3`() throws {
    let scene = try StarLayout(page: .a3).scene(of: Sample.star())
    #expect(scene.width == PageFormat.a3.width)
    #expect(scene.smallestText >= 7)
    #expect(scene.nodes.count == 261)
    #expect(SceneCheck.overlaps(scene.nodes.map(\.rect)) == 0)
    #expect(SceneCheck.crossings(scene) == 0)
  }

  @Test func `name and value are kept apart and the value is never cut`() throws {
    var diagram = Sample.star(up: 3, down: 3)
    diagram.upstream.spokes[0].name = "星河信息18"
    diagram.upstream.spokes[1].name = String(repeating: "很长的名字", count: 20)
    let scene = try StarLayout().scene(of: diagram)
    for spoke in diagram.upstream.spokes {
      let line = try #require(scene.nodes.first { $0.modelID == spoke.id }?.lines.first)
      #expect(line.hasSuffix(" · " + spoke.value))
    }
    #expect(scene.nodes.contains { $0.lines.first?.hasPrefix("星河信息18 · ") == true })
  }

  @Test func `each spoke has a line of its own width`() throws {
    let diagram = Sample.star()
    let scene = try StarLayout().scene(of: diagram)
    let ticks = scene.paths.filter { $0.tag == "upstream" }
    #expect(ticks.count == 161)
    #expect(Set(ticks.map(\.source)).count == 161)
    let style = DiagramStyle()
    let scale = scene.nodes[1].rect.width / StarLayout().boxWidth
    for tick in ticks {
      let box = try #require(scene.nodes.first { $0.number == tick.source })
      let spoke = try #require(diagram.upstream.spokes.first { $0.id == box.modelID })
      #expect(abs(tick.width - style.penWidth(for: spoke.weight) * scale) < 1e-9)
    }
  }

  @Test(arguments: [(0, 0), (1, 0), (0, 1), (3000, 2000), (7, 500)])
  func `stars of any size have a scene`(up: Int, down: Int) async throws {
    let scene = try StarLayout().scene(of: Sample.star(up: up, down: down))
    #expect(scene.nodes.count == up + down + 1)
    #expect(SceneCheck.overlaps(scene.nodes.map(\.rect)) == 0)
    #expect(try await !GraphvizRenderer().render(scene, as: .svg).isEmpty)
  }

  @Test func `the order of the spokes in the input does not matter`() throws {
    let diagram = Sample.star()
    var shuffled = diagram
    var random = SeededGenerator(seed: 5)
    shuffled.upstream.spokes.shuffle(using: &random)
    shuffled.downstream.spokes.shuffle(using: &random)
    #expect(try StarLayout().scene(of: shuffled) == StarLayout().scene(of: diagram))
  }

  @Test func `doubled spokes and a hub that is its own spoke are refused`() {
    var doubled = Sample.star(up: 3, down: 2)
    doubled.downstream.spokes[1].id = doubled.downstream.spokes[0].id
    #expect(throws: DrawError.duplicateNode(at: 4)) { try StarLayout().scene(of: doubled) }
    var own = Sample.star(up: 3, down: 2)
    own.upstream.spokes[2].id = "hub"
    #expect(throws: DrawError.selfLoop(edge: 2)) { try StarLayout().scene(of: own) }
  }

  @Test func `one who stands on both sides is drawn on both`() throws {
    var diagram = Sample.star(up: 3, down: 3)
    diagram.downstream.spokes[0].id = diagram.upstream.spokes[0].id
    #expect(try StarLayout().scene(of: diagram).nodes.count == 7)
  }
}
