import Foundation
import Testing

@testable import GraphDraw

/// Pictures for a person to look at: `CLEW_PICTURES=/tmp swift test --filter DemoPictures`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["CLEW_PICTURES"] != nil))
struct DemoPictures {
  let folder = ProcessInfo.processInfo.environment["CLEW_PICTURES"] ?? "/tmp"

  private func save(_ scene: Scene, _ name: String) async throws {
    var renderer = GraphvizRenderer()
    renderer.dotsPerInch = 190
    for format in PictureFormat.allCases {
      let bytes = try await renderer.render(scene, as: format)
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name).\(format.rawValue)"))
    }
    print(name, scene.width, scene.height, "smallest text", scene.smallestText, scene.omittedPills)
  }

  @Test func `nine lanes on A3`() async throws {
    try await save(TierLayout(page: .a3).scene(of: Sample.nineLanes()), "graphdraw-nine")
  }
}
