/// The measures of a tier diagram, in points before it is fitted to its sheet.
public struct DiagramStyle: Sendable, Hashable {
  /// The width of a node.
  public var nodeWidth = 62.0
  /// The font size of nodes.
  public var fontSize = 8.0
  /// The font size of lane headers and tier labels.
  public var headerSize = 8.5
  /// The font size of pills.
  public var pillSize = 7.5
  /// The font size of the title.
  public var titleSize = 18.0
  /// The least width of the column of tier labels; it grows with them up to twice that.
  public var labelColumn = 64.0
  /// Free space added to every strip between two tiers.
  var channelSlack = 0.0
  /// The distance of neighbouring lines between two tiers.
  public var channelPitch = 7.0
  /// The distance of neighbouring upright lines.
  public var gutterPitch = 5.6
  /// The free space between two nodes of one column and tier.
  public var stackGap = 4.0

  /// Makes the default measures.
  public init() {}

  /// The width of a line that carries a weight: 0.6 + 0.55 log2(1 + n/4), at most 4.2 points.
  ///
  /// - Parameter weight: The weight; below 1 counts as 1.
  /// - Returns: Points.
  public func penWidth(for weight: Int) -> Double { penWidth(for: weight, most: 4.2) }

  func penWidth(for weight: Int, most: Double) -> Double {
    min(most, 0.6 + 0.55 * binaryLogarithm(of: 1 + Double(max(1, weight)) / 4))
  }

  /// Lines of text that a node can show.
  static let mostLines = 4

  func nodeHeight(lines: Int) -> Double {
    Double(min(max(lines, 1), Self.mostLines)) * fontSize * 1.22 + 6
  }

  /// The same measures with a column wide enough for these labels.
  func fitted(to tiers: [TierDiagram.Tier]) -> DiagramStyle {
    var style = self
    for tier in tiers {
      for (place, line) in tier.label.prefix(Self.mostLines).enumerated() {
        let text = VisibleText.truncated(line, to: 2 * labelColumn, size: headerSize)
        let width = VisibleText.width(of: text, size: place == 0 ? headerSize : pillSize)
        style.labelColumn = max(style.labelColumn, min(width + 12, 2 * labelColumn))
      }
    }
    return style
  }

  /// Interpolates between powers of two, so that the last bit does not depend on a math library.
  private func binaryLogarithm(of value: Double) -> Double {
    Double(value.exponent) + (value.significand - 1)
      * (1.4142 - 0.4142 * (value.significand - 1))
  }
}
