import Foundation
import Testing

@testable import GraphDraw

struct GraphvizRendererTests {
  @Test func `every node and every edge appears in the SVG exactly once`() async throws {
    for diagram in [Sample.nineLanes(), Sample.random(nodes: 200, edges: 300, lanes: 6, seed: 2)] {
      let scene = try TierLayout().scene(of: diagram)
      let reader = SVGReader(try await GraphvizRenderer().render(scene, as: .svg))
      let wanted = scene.nodes.map { "p\($0.number)" }
      #expect(reader.ids(ofClass: "node").filter { $0.hasPrefix("p") }.sorted() == wanted.sorted())
      #expect(Set(scene.nodes.map(\.modelID)) == Set(diagram.nodes.map(\.id)))
      let edges = reader.ids(ofClass: "edge").filter { $0.hasPrefix("e") }
      #expect(edges.count == scene.paths.count { $0.source != nil })
      #expect(Set(edges).count == edges.count)
    }
  }

  @Test(arguments: PictureFormat.allCases)
  func `the same scene gives the same bytes`(format: PictureFormat) async throws {
    let scene = try TierLayout().scene(of: Sample.nineLanes())
    let renderer = GraphvizRenderer()
    let first = try await renderer.render(scene, as: format)
    #expect(first.starts(with: format.magic))
    #expect((10_000...5_000_000).contains(first.count))
    for _ in 0..<3 { #expect(try await renderer.render(scene, as: format) == first) }
  }

  @Test func `twenty tasks at once get the same bytes`() async throws {
    let scene = try TierLayout().scene(of: Sample.nineLanes())
    let results = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for number in 0..<20 {
        group.addTask {
          let format: PictureFormat = number % 2 == 0 ? .svg : .pdf
          return try await GraphvizRenderer().render(scene, as: format)
        }
      }
      return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
    }
    #expect(results.count == 2)
  }

  @Test func `the page of a PDF is the sheet and its date is the caller's`() async throws {
    let scene = try TierLayout(page: .a3).scene(of: Sample.nineLanes())
    var renderer = GraphvizRenderer()
    renderer.pdfDate = "20251103120000"
    let bytes = try await renderer.render(scene, as: .pdf)
    let text = String(decoding: bytes, as: Unicode.ASCII.self)
    #expect(text.contains("/CreationDate (D:20251103120000"))
    let box = try #require(text.range(of: "/MediaBox [ 0 0 "))
    let sides = text[box.upperBound...].prefix { $0 != "]" }.split(separator: " ")
    #expect(sides.compactMap { Double($0) } == [1191, 842])
  }

  @Test func `a date that is too short or no number keeps the length of the file`() {
    let bytes = Array("x/CreationDate (D:20240102030405+01'00)y/CreationDate (D:2".utf8)
    let changed = PDFDate.replaced(in: bytes, with: "2025é)")
    #expect(String(decoding: changed, as: UTF8.self)
      == "x/CreationDate (D:20250000000000+00'00)y/CreationDate (D:2")
  }

  @Test func `a bitmap beyond the limit is an error, not a smaller bitmap`() async throws {
    let scene = Scene(width: 14000, height: 100)
    await #expect(throws: DrawError.pictureTooLarge(pixels: 38888)) {
      var renderer = GraphvizRenderer()
      renderer.dotsPerInch = 200
      return try await renderer.render(scene, as: .png)
    }
  }

  @Test func `a bitmap has the pixels that its resolution says`() async throws {
    let scene = Scene(width: 720, height: 360)
    var renderer = GraphvizRenderer()
    renderer.dotsPerInch = 100
    let bytes = try await renderer.render(scene, as: .png)
    let sides = [16, 20].map { start in
      bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    #expect(abs(sides[0] - 1000) <= 2 && abs(sides[1] - 500) <= 2)
  }

  @Test func `text that is not DOT is an error`() async {
    await #expect {
      try await GraphvizCall.draw("digraph {", as: "svg")
    } throws: { error in
      if case DrawError.unreadableDOT? = error as? DrawError { true } else { false }
    }
    await #expect(throws: DrawError.self) {
      try await GraphvizCall.draw("digraph { a [pos=\"1,1\"]; }", as: "no-such-format")
    }
  }

  @Test func `bold text in an SVG has a weight and no font of its own`() async throws {
    let scene = try TierLayout().scene(of: Sample.nineLanes())
    let text = SVGReader(try await GraphvizRenderer().render(scene, as: .svg)).text
    #expect(!text.contains("Bold"))
    #expect(text.contains("sans-serif\" font-weight=\"bold\""))
    #expect(!text.contains("<!"))
    for word in ["href", "<script", "<a ", "<image", "style=", "url("] {
      #expect(!text.contains(word))
    }
  }

  @Test(arguments: [
    "<svg><script>x</script></svg>", "<svg><a href=\"x\"></a></svg>", "<svg onload=\"x\"/>",
    "<svg><image width=\"1\"/></svg>", "<svg><g style=\"x\"></g></svg>", "<svg xmlns=\"x:y\"/>",
    "<svg><path fill=\"url(#a)\"/></svg>", "<svg><path d=\"javascript:x\"/></svg>", "<svg><g id></g>",
    "<svg><g id=x></g></svg>", "<svg><foreignObject/></svg>",
  ])
  func `an SVG with anything else in it is refused`(svg: String) {
    #expect(throws: DrawError.self) {
      try SVGText.cleaned(Array(svg.utf8), fontName: "Noto Sans CJK SC")
    }
  }

  @Test func `a font check that finds nothing says no`() {
    #expect(FontCheck.lists(":lang=zh-cn"))
    #expect(!FontCheck.lists(":family=No Such Font Anywhere"))
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `random diagrams are drawn in every format`(seed: UInt64) async throws {
    let diagram = Sample.random(
      nodes: 5 + Int(seed) * 3, edges: Int(seed) * 6, lanes: Int(seed) % 5, tiers: 1 + Int(seed) % 6,
      seed: seed)
    let scene = try TierLayout().scene(of: diagram)
    for format in PictureFormat.allCases {
      #expect(try await !GraphvizRenderer().render(scene, as: format).isEmpty)
    }
  }
}
