internal import ClewEvidence

/// Which encoding fits a text best, and how well each of them fits.
///
/// A score is from 0 to 1: of UTF-8 the share of its well-formed sequences, of GB18030 and Big5 the
/// share of frequent characters and symbols, 0 where a byte is none of the encoding. UTF-16 is told
/// by its mark or by the zero bytes that no other text has.
struct TextChoice: Sendable, Hashable {
  /// One encoding and how well it fits.
  struct Score: Sendable, Hashable {
    let encoding: TextEncoding
    let score: Double
  }

  /// All encodings, the best first.
  let scores: [Score]
  /// Whether the user said so.
  let isStated: Bool

  /// Below this share of frequent characters a reading is no text.
  static let threshold = 0.6

  /// Compares the encodings on the first bytes of a file.
  init(head: [UInt8], isWhole: Bool) {
    if let stated = TextDecision.stated {
      scores = [Score(encoding: stated, score: 1)]
      isStated = true
      return
    }
    isStated = false
    let first = TextDecision.candidates(head: head).first
    if let first, first.encoding.isWide {
      scores = [Score(encoding: first.encoding, score: 1)]
      return
    }
    let mark = first?.markLength ?? 0
    let body = Array(head.dropFirst(mark))
    // The head may end inside a character; a line end never does.
    let cut = isWhole ? body : body.lastIndex(of: 0x0A).map { Array(body[...$0]) } ?? body
    scores = Self.narrow(cut)
  }

  /// The narrow encodings on whole lines; where two fit equally well the order of the list decides.
  static func narrow(_ bytes: [UInt8]) -> [Score] {
    let scores = [
      Score(encoding: .utf8, score: 1 - TextScore.damage(ofUTF8: bytes)),
      Score(
        encoding: .gb18030,
        score: GB18030.isValid(bytes) ? TextScore.commonness(ofGB18030: bytes) : 0
      ),
      Score(
        encoding: .big5,
        score: Big5.isValid(bytes) ? TextScore.commonness(ofBig5: bytes) : 0
      ),
    ]
    // Strict UTF-8 is right whenever it fits: other text hardly ever fits it by chance.
    if scores[0].score == 1 { return scores }
    let order =
      isBig5(bytes) ? [scores[2], scores[1], scores[0]] : [scores[1], scores[0], scores[2]]
    guard let best = order.first, best.score < scores[0].score else { return order }
    return [scores[0]] + order.filter { $0.encoding != .utf8 }
  }

  /// Whether lines that are not UTF-8 are Big5 rather than GB18030: both take most pairs of bytes, so
  /// that it needs several characters, nearly all of them frequent, and more than GB18030 shows.
  static func isBig5(_ bytes: [UInt8]) -> Bool {
    let (common, all) = TextScore.big5Codes(bytes)
    guard all >= 3, Big5.isValid(bytes) || !GB18030.isValid(bytes) else { return false }
    let share = Double(common) / Double(all)
    return share >= 0.8 && share > TextScore.commonness(ofGB18030: bytes) + 0.1
  }

  /// The narrow encoding of lines that are not UTF-8; `nil` when none fits well.
  static func foreign(_ bytes: [UInt8]) -> TextEncoding? {
    if isBig5(bytes) { return Big5.isValid(bytes) ? .big5 : nil }
    let isGB =
      TextScore.commonness(ofGB18030: bytes) >= threshold && GB18030.isValid(bytes)
    return isGB ? .gb18030 : nil
  }

  /// For people: the best encoding with its score, and the next.
  var summary: String {
    func shown(_ score: Score) -> String {
      let hundredths = Int64(exactly: (score.score * 100).rounded()) ?? 0
      let digits = String(hundredths % 100)
      return "\(score.encoding.rawValue) \(hundredths / 100)."
        + (digits.utf8.count == 1 ? "0" : "") + digits
    }
    guard let best = scores.first else { return "" }
    if isStated { return "\(best.encoding.rawValue), stated" }
    return ([best] + scores.dropFirst().filter { $0.score > 0 }).prefix(2).map(shown)
      .joined(separator: "; ")
  }
}
