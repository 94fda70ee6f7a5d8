import Testing

@testable import GraphDraw

struct VisibleTextTests {
  @Test(arguments: [
    ("a\u{0}b", "a⟦0000⟧b"), ("\u{1B}[31mred", "⟦001B⟧[31mred"), ("abc\u{202E}fed", "abc⟦202E⟧fed"),
    ("a\u{200B}b", "a⟦200B⟧b"), ("\u{FEFF}x", "⟦FEFF⟧x"), ("a\nb\tc", "a b c"),
    ("x\u{FFFE}", "x⟦FFFE⟧"), ("x\u{1FFFF}", "x⟦1FFFF⟧"), ("\u{85}", "⟦0085⟧"),
    ("\u{2028}", "⟦2028⟧"), ("plain 猎人", "plain 猎人"), ("شبكة", "شبكة"), ("❤️", "❤️"),
  ])
  func `hidden characters are written out`(text: String, shown: String) {
    #expect(VisibleText.visible(text) == shown)
  }

  @Test func `a Chinese character is one em wide and a Latin letter 0.56`() {
    #expect(abs(VisibleText.width(of: "猎人ab", size: 10) - 31.2) < 1e-9)
  }

  @Test func `text that fits is not cut`() {
    #expect(VisibleText.truncated("为人民服务", to: 50, size: 10) == "为人民服务")
  }

  @Test(arguments: ["为人民服务为人民服务", String(repeating: "x", count: 100_000)])
  func `long text is cut to the width and says so`(text: String) {
    let cut = VisibleText.truncated(text, to: 60, size: 10)
    #expect(cut.hasSuffix("…"))
    #expect(VisibleText.width(of: cut, size: 10) <= 60)
  }

  @Test func `a pile of combining marks is cut`() {
    let pile = "e" + String(repeating: "\u{301}", count: 5000)
    #expect(VisibleText.truncated(pile, to: 60, size: 10).unicodeScalars.count < 500)
  }
}
