import Testing

@testable import GraphDraw

struct DotTextTests {
  @Test(arguments: [
    (["a\\N"], "\"a\\\\N\""), (["a\\"], "\"a\\\\\""), (["say \"x\""], "\"say \\\"x\\\"\""),
    (["&amp;"], "\"&amp;amp;\""), (["a", "b"], "\"a\\nb\""), ([], "\"\""),
    (["<b>x</b>"], "\"<b>x</b>\""),
  ])
  func `labels are quoted so that Graphviz changes nothing`(lines: [String], dot: String) {
    #expect(DotText.label(lines) == dot)
  }

  @Test func `each line of a left label ends in its own mark`() {
    #expect(DotText.label(["a", "b"], end: "\\l") == "\"a\\lb\\l\"")
  }

  @Test(arguments: [
    (0, "0"), (1.5, "1.5"), (-2.345, "-2.35"), (10.05, "10.05"), (.nan, "0"), (.infinity, "0"),
    (3.999, "4"), (-0.001, "0"),
  ])
  func `numbers have at most two digits after the point`(value: Double, text: String) {
    #expect(DotText.number(value) == text)
  }
}
