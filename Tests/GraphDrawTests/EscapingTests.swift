import Testing

@testable import GraphDraw

struct EscapingTests {
  static let nasty = [
    "猎人", "a\\N\\G\\E\\T\\H\\L", "tail\\", "\\l\\r\\n", "&amp; &#65; &lt;", "<b>x</b>",
    "\"quoted\" 'single'", "]]>", "<!-- x -->", "a\u{0}b", "\u{1B}[2J", "abc\u{202E}def", "😀👨‍👩‍👧",
    "شبكة عربية", "עברית", "%s%n%d", "{a|b|<c>d}", "x; y -> z", "]; p1 [URL=\"x\"", "${HOME}",
    "\u{FFFE}\u{FEFF}", "e\u{301}e\u{301}", "\u{20000}\u{2A6D6}", "--", "- -", "a  b", "#", "//", "/*",
    "\u{E000}", "\u{85}\u{9B}", "\\\\\"", "\\\"", "&", ";", "&#x202E;", "javascript:alert(1)",
    String(repeating: "长", count: 100_000), String(repeating: "\n", count: 5000),
  ]

  private func scene(of names: [String]) throws -> Scene {
    var diagram = TierDiagram(title: "nasty")
    diagram.tiers = [.init(label: ["tier"])]
    diagram.lanes = [.init(id: "L", header: ["lane"], colorIndex: 0)]
    diagram.nodes = names.enumerated().map {
      .init(id: "\($0)", lane: "L", tier: 0, lines: [$1, "second"])
    }
    var layout = TierLayout()
    layout.style.nodeWidth = 160
    return try layout.scene(of: diagram)
  }

  @Test func `a name reads back from the SVG as its visible form`() async throws {
    let scene = try scene(of: Self.nasty)
    let reader = SVGReader(try await GraphvizRenderer().render(scene, as: .svg))
    for box in scene.nodes {
      let name = Self.nasty[try #require(Int(box.modelID))]
      let room = 155.0
      let shown = VisibleText.truncated(name, to: room, size: 8).replacing("  ", with: " ")
      let read = reader.lines(in: "p\(box.number)").map { $0.replacing("  ", with: " ") }
      #expect(read.count == 2, "\(box.modelID)")
      #expect(
        read.first?.trimmingPrefix(while: { $0 == " " })
          == shown.trimmingPrefix(while: { $0 == " " }), "\(box.modelID)")
      #expect(read.last == "second")
    }
  }

  @Test func `random strings read back too`() async throws {
    var random = SeededGenerator(seed: 99)
    let alphabet = Array("\\\"&;<>lrnNGETHL{}|[]=-#%$'`~^ 名字查\u{202E}\u{7}😀é")
    let names = (0..<200).map { _ in
      "x"
        + String((0..<random.number(1...12)).map { _ in alphabet[random.number(0...alphabet.count - 1)] })
        + "y"
    }
    let scene = try scene(of: names)
    let reader = SVGReader(try await GraphvizRenderer().render(scene, as: .svg))
    for box in scene.nodes {
      let name = names[try #require(Int(box.modelID))]
      #expect(
        reader.lines(in: "p\(box.number)").first
          == VisibleText.truncated(name, to: 155, size: 8), "\(box.modelID)")
    }
  }

  @Test func `the same names survive as title, header, label and legend`() async throws {
    for name in Self.nasty {
      var diagram = TierDiagram(title: name)
      diagram.subtitle = [name]
      diagram.footer = name
      diagram.dateText = name
      diagram.sharedHeader = [name]
      diagram.tiers = [.init(label: [name, name]), .init(label: [name])]
      diagram.lanes = [.init(id: name, header: [name, name], colorIndex: .min)]
      diagram.nodes = [
        .init(id: "a", lane: name, tier: 0, lines: [name]),
        .init(id: "b", lane: nil, tier: 1, lines: [], tint: .nan, foldedCount: -1),
      ]
      diagram.edges = [.init(from: "a", to: "b", weight: .max, style: .across, label: name)]
      diagram.legend = [.init(.none, text: name)]
      let scene = try TierLayout().scene(of: diagram)
      for format in [PictureFormat.svg, .pdf] {
        #expect(try await !GraphvizRenderer().render(scene, as: format).isEmpty)
      }
    }
  }
}
