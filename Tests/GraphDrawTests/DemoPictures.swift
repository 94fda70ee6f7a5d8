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

  @Test func `a star of 161 and 99 on A3`() async throws {
    try await save(StarLayout(page: .a3).scene(of: Sample.star()), "graphdraw-star")
  }

  @Test func `larger and stranger diagrams`() async throws {
    try await save(
      TierLayout(page: .a2).scene(of: Sample.random(nodes: 240, edges: 330, lanes: 9, seed: 4)),
      "graphdraw-240")
    try await save(
      TierLayout(page: .a3).scene(of: Sample.random(nodes: 60, edges: 70, lanes: 1, seed: 5)),
      "graphdraw-one-lane")
    try await save(
      TierLayout(page: .a3).scene(of: Sample.random(nodes: 90, edges: 110, lanes: 0, seed: 6)),
      "graphdraw-no-lane")
    try await save(
      TierLayout(page: .a3).scene(of: Sample.nineLanes(seed: 9, size: 2)), "graphdraw-220-a3")
    try await save(
      TierLayout(page: .a2).scene(of: Sample.nineLanes(seed: 9, size: 2)), "graphdraw-220-a2")
    try await save(
      TierLayout(page: .a3).scene(of: Sample.nineLanes(seed: 21)), "graphdraw-nine-seed21")
    var layout = TierLayout(page: .a3)
    layout.maxLaneRowWidth = 700
    try await save(layout.scene(of: Sample.nineLanes()), "graphdraw-nine-two-rows")
    try await save(layout.scene(of: Sample.nineLanes(seed: 12)), "graphdraw-nine-seed12")
  }
}
