/// The sheet that a picture is to be printed on.
public struct PageFormat: Sendable, Hashable {
  /// Points from left to right.
  public var width: Double
  /// Points from top to bottom.
  public var height: Double

  /// Makes a sheet of one's own size, in points of 1/72 inch.
  public init(width: Double, height: Double) {
    self.width = width.isFinite ? min(max(width, 100), 14000) : 100
    self.height = height.isFinite ? min(max(height, 100), 14000) : 100
  }

  /// A4, long side level.
  public static let a4 = PageFormat(width: 841.89, height: 595.28)
  /// A3, long side level.
  public static let a3 = PageFormat(width: 1190.55, height: 841.89)
  /// A2, long side level.
  public static let a2 = PageFormat(width: 1683.78, height: 1190.55)
  /// A1, long side level.
  public static let a1 = PageFormat(width: 2383.94, height: 1683.78)
  /// A0, long side level.
  public static let a0 = PageFormat(width: 3370.39, height: 2383.94)

  /// The same sheet, turned.
  public var turned: PageFormat { PageFormat(width: height, height: width) }
}
