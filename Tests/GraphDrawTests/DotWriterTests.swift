import Foundation
import Testing

@testable import GraphDraw

struct DotWriterTests {
  /// Two lanes with one of everything.
  static var small: TierDiagram {
    var diagram = TierDiagram(title: "小图 & \"test\"")
    diagram.subtitle = ["two lanes"]
    diagram.dateText = "2025-11-03"
    diagram.footer = "1/1"
    diagram.tiers = [
      .init(label: ["第1层", "Tier 1"]), .init(label: ["第2层", "Tier 2"]), .init(label: ["第3层", "Tier 3"]),
    ]
    diagram.lanes = [
      .init(id: "A", header: ["A 猎人", "4"], colorIndex: 0), .init(id: "B", header: ["B", "2"], colorIndex: 1),
    ]
    diagram.nodes = [
      .init(id: "a0", lane: "A", tier: 0, lines: ["猎人", "9"], shape: .doubleBox, tint: 0.5),
      .init(id: "a1", lane: "A", tier: 1, lines: ["风清扬"], isEmphasized: true),
      .init(id: "a2", lane: "A", tier: 2, lines: ["x"], shape: .ellipse),
      .init(id: "a3", lane: "A", tier: 2, lines: ["+5"], shape: .ellipse, foldedCount: 5),
      .init(id: "b1", lane: "B", tier: 1, lines: ["为人民服务"], shape: .box),
      .init(id: "b2", lane: "B", tier: 2, lines: ["y"], shape: .diamond),
      .init(id: "s", lane: nil, tier: 0, lines: ["shared\\"]),
    ]
    diagram.sharedHeader = ["shared"]
    diagram.edges = [
      .init(from: "a0", to: "a1", weight: 9), .init(from: "a1", to: "a2", weight: 3),
      .init(from: "a1", to: "a3", weight: 5), .init(from: "b1", to: "b2", weight: 4),
      .init(from: "s", to: "b1", weight: 30, style: .across, label: "30"),
      .init(from: "a1", to: "b1", weight: 2, style: .peer, label: "2", isMutual: true),
      .init(from: "a0", to: "a2", weight: 1, style: .secondary),
    ]
    diagram.legend = Sample.legend
    return diagram
  }

  @Test func `the DOT text of a small diagram is as agreed`() throws {
    let dot = DotWriter().dot(try TierLayout(page: .a4).scene(of: Self.small))
    try Golden.expect(dot, named: "small.dot")
  }

  @Test func `the DOT text of a small star is as agreed`() throws {
    let dot = DotWriter().dot(try StarLayout(page: .a4).scene(of: Sample.star(up: 4, down: 3)))
    try Golden.expect(dot, named: "star.dot")
  }

  @Test func `ids are generated and no attribute names a file or a link`() throws {
    let dot = DotWriter().dot(try TierLayout().scene(of: Sample.nineLanes()))
    for line in dot.split(separator: "\n").dropFirst() {
      let first = line.prefix { $0 != " " && $0 != "}" }
      let isGenerated = first.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }
      #expect(isGenerated, "\(line.prefix(40))")
    }
    for word in ["URL", "href", "image", "shapefile", "stylesheet", "tooltip", "layout=", "label=<"] {
      #expect(!dot.contains(word))
    }
  }

  @Test func `the command line tools read the DOT text and draw the same`() async throws {
    let scene = try TierLayout().scene(of: Sample.nineLanes())
    let dot = DotWriter().dot(scene)
    let own = try await GraphvizRenderer().render(scene, as: .svg)
    let svg = try run("/usr/bin/neato", ["-n2", "-Tsvg"], input: dot)
    #expect(try SVGText.cleaned(svg, fontName: DotWriter().fontName) == own)
    let nop = try run("/usr/bin/dot", ["-Knop2", "-Tsvg"], input: dot)
    #expect(try SVGText.cleaned(nop, fontName: DotWriter().fontName) == own)
    let program = "BEG_G { int n = 0; int e = 0; } N [class == \"node*\"] { n++; } "
      + "E [class == \"edge*\" && class != \"*sample\"] { e++; } END_G { printf(\"%d %d\", n, e); }"
    let counts = try run("/usr/bin/gvpr", [program], input: dot)
    #expect(
      String(decoding: counts, as: UTF8.self)
        == "\(scene.nodes.count) \(scene.paths.count { $0.source != nil })")
  }

  private func run(_ program: String, _ arguments: [String], input: String) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).dot")
    try Data(input.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments + [file.path]
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return Array(bytes)
  }
}
