import Foundation
import Testing

/// Texts that are kept beside the tests; `CLEW_RECORD=1 swift test` writes them anew.
enum Golden {
  static func expect(_ text: String, named name: String, file: String = #filePath) throws {
    if ProcessInfo.processInfo.environment["CLEW_RECORD"] == "1" {
      let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appending(path: "Goldens")
      try Data(text.utf8).write(to: folder.appending(path: name))
      return
    }
    let kept = Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Goldens")
    let place = try #require(kept, "Goldens/\(name) is missing; record it with CLEW_RECORD=1")
    #expect(try String(contentsOf: place, encoding: .utf8) == text)
  }
}
