/// A colour with its opacity.
public struct Color: Sendable, Hashable {
  /// Red, 0 to 255.
  public var red: UInt8
  /// Green, 0 to 255.
  public var green: UInt8
  /// Blue, 0 to 255.
  public var blue: UInt8
  /// Opacity, 255 for opaque.
  public var alpha: UInt8

  /// Makes a colour from a number such as `0x332288`.
  ///
  /// - Parameters:
  ///   - rgb: Red, green and blue in one number, two hexadecimal digits each.
  ///   - alpha: Opacity, 255 for opaque.
  public init(_ rgb: UInt32, alpha: UInt8 = 255) {
    red = UInt8(truncatingIfNeeded: rgb >> 16)
    green = UInt8(truncatingIfNeeded: rgb >> 8)
    blue = UInt8(truncatingIfNeeded: rgb)
    self.alpha = alpha
  }

  /// The colour as `#rrggbb`, or `#rrggbbaa` where light comes through.
  public var hex: String {
    let digits = [red, green, blue] + (alpha == 255 ? [] : [alpha])
    return "#" + digits.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The colour with white in it.
  ///
  /// - Parameter strength: 1 keeps the colour, 0 gives white.
  /// - Returns: An opaque colour.
  func tinted(_ strength: Double) -> Color { mixed(with: Color(0xFFFFFF), share: strength) }

  /// The colour with black in it; 1 keeps the colour, 0 gives black.
  func shaded(_ strength: Double) -> Color { mixed(with: Color(0x000000), share: strength) }

  private func mixed(with other: Color, share: Double) -> Color {
    let part = min(max(share.isFinite ? share : 1, 0), 1)
    func blend(_ own: UInt8, _ foreign: UInt8) -> UInt32 {
      UInt32((Double(own) * part + Double(foreign) * (1 - part)).rounded())
    }
    return Color(
      blend(red, other.red) << 16 | blend(green, other.green) << 8 | blend(blue, other.blue)
    )
  }
}

/// The colours of a drawing.
public struct Palette: Sendable, Hashable {
  /// The colours of the lanes, taken in turn by their index.
  public var lanes: [Color]
  /// Text.
  public var ink: Color
  /// Lesser text and secondary edges.
  public var grey: Color
  /// Edges between lanes.
  public var across: Color
  /// Edges inside one tier.
  public var peer: Color
  /// The two alternating fills of the tier bands.
  public var bands: [Color]
  /// The lines around bands.
  public var hairline: Color

  /// Paul Tol's "muted" scheme: nine lane colours that colour-blind readers keep apart, and two
  /// colours from Okabe and Ito for edges.
  public static let muted = Palette(
    lanes: [
      0x332288, 0xCC6677, 0x117733, 0x88CCEE, 0x882255, 0xDDCC77, 0x44AA99, 0xAA4499, 0x999933,
    ].map { Color($0) },
    ink: Color(0x1A1A1A),
    grey: Color(0x5B6570),
    across: Color(0xD55E00),
    peer: Color(0x0072B2),
    bands: [Color(0xEEF0F3), Color(0xF5F6F8)],
    hairline: Color(0xD0D5DA)
  )

  /// Makes a palette of one's own.
  ///
  /// - Parameters:
  ///   - lanes: The colours of the lanes; when empty, lanes are grey.
  ///   - ink: Text.
  ///   - grey: Lesser text and secondary edges.
  ///   - across: Edges between lanes.
  ///   - peer: Edges inside one tier.
  ///   - bands: The alternating fills of the tier bands; when empty, bands are white.
  ///   - hairline: The lines around bands.
  public init(
    lanes: [Color],
    ink: Color,
    grey: Color,
    across: Color,
    peer: Color,
    bands: [Color],
    hairline: Color
  ) {
    self.lanes = lanes
    self.ink = ink
    self.grey = grey
    self.across = across
    self.peer = peer
    self.bands = bands
    self.hairline = hairline
  }

  /// The colour of a lane; without an index, or without lane colours, grey.
  func lane(_ index: Int?) -> Color {
    guard let index, !lanes.isEmpty else { return grey }
    return lanes[Int(index.magnitude % UInt(lanes.count))]
  }

  func band(_ index: Int) -> Color { bands.isEmpty ? Color(0xFFFFFF) : bands[index % bands.count] }
}
