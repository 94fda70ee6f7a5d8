import Foundation

/// A kind of picture.
public enum PictureFormat: String, Sendable, Hashable, CaseIterable {
  /// DOT text with all positions; written without Graphviz.
  case dot
  /// A drawing for browsers.
  case svg
  /// A bitmap.
  case png
  /// A page for print.
  case pdf
}

/// Draws scenes through the Graphviz library, in this process, one at a time.
///
/// ```swift
/// let scene = try TierLayout(page: .a3).scene(of: diagram)
/// let bytes = try await GraphvizRenderer().render(scene, as: .pdf)
/// ```
///
/// Any number of tasks may call it; the work is done on one thread. The same scene gives the same
/// bytes on one machine; other fonts or another Graphviz give others.
public struct GraphvizRenderer: Sendable {
  /// The writer of the DOT text, with its font.
  public var writer = DotWriter()
  /// The creation date in a PDF: fourteen digits, year to second.
  public var pdfDate = "20000101000000"
  /// Pixels per inch of a bitmap.
  public var dotsPerInch = 150

  /// Makes a renderer.
  public init() {}

  /// The picture of a scene.
  ///
  /// - Parameters:
  ///   - scene: The scene.
  ///   - format: The kind of picture.
  /// - Returns: The bytes of the file.
  /// - Throws: ``DrawError`` when there is no Chinese font, or Graphviz fails, or the result does
  ///   not look like a file of its kind.
  public func render(
    _ scene: Scene,
    as format: PictureFormat
  ) async throws(DrawError) -> [UInt8] {
    if format == .dot { return Array(writer.dot(scene).utf8) }
    try FontCheck.requireChineseFont()
    if ProcessInfo.processInfo.environment["GVBINDIR"] != nil {
      throw .foreignPlugins(variable: "GVBINDIR")
    }
    var writer = writer
    if format == .png {
      let resolution = min(max(dotsPerInch, 20), 600)
      let pixels = max(scene.width, scene.height) / 72 * Double(resolution)
      // Beyond this cairo shrinks the bitmap without a word.
      guard pixels <= 32000 else {
        throw .pictureTooLarge(pixels: Int(min(pixels, 1e9)))
      }
      writer.dotsPerInch = resolution
    }
    let bytes = try await GraphvizCall.draw(writer.dot(scene), as: format.rawValue)
    guard bytes.starts(with: format.magic) else {
      throw .renderFailed("the result is not a \(format.rawValue.uppercased()) file")
    }
    return switch format {
    case .svg: try SVGText.cleaned(bytes, fontName: writer.fontName)
    case .pdf: PDFDate.replaced(in: bytes, with: pdfDate)
    case .png, .dot: bytes
    }
  }
}

extension PictureFormat {
  /// The bytes that such a file begins with.
  var magic: [UInt8] {
    switch self {
    case .dot: Array("digraph".utf8)
    case .svg: Array("<?xml".utf8)
    case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    case .pdf: Array("%PDF-".utf8)
    }
  }
}
