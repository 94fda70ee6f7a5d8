internal import ClewChain
internal import ClewReport
internal import Foundation
internal import GraphDraw

/// Renders a picture of the findings into a file.
struct PictureWriter {
  var caseName: String
  var language: Language
  /// The line to draw alone, as a place.
  var line: Int?
  /// The party to draw a star around, as a place; `nil` draws the tiers.
  var star: Int?
  var page = PageFormat.a3
  /// The day to print beside the period of the evidence.
  var day = ""

  func write(_ findings: ChainAnalysis, to path: String, as format: PictureFormat) async throws {
    let scene: Scene
    if let star {
      var picture = StarPicture(caseName: caseName)
      picture.language = language
      picture.page = page
      picture.date = day
      scene = try picture.scene(of: findings, around: star)
    } else {
      var picture = TierPicture(caseName: caseName)
      picture.language = language
      picture.line = line
      picture.date = day
      picture.page = page
      scene = try picture.scene(of: findings)
    }
    let bytes = try await GraphvizRenderer().render(scene, as: format)
    try OutputFile.write(bytes, to: path)
  }
}
