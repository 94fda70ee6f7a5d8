#if Spark
import Testing

@testable import ClewSpark

@Suite struct `The folder of a job` {
  @Test(arguments: [
    ("/data/steps", "/data/steps/clew-0123abcd"), ("/data/steps//", "/data/steps/clew-0123abcd"),
    ("/", "/clew-0123abcd"), ("hdfs://name:8020/线索 1", "hdfs://name:8020/线索 1/clew-0123abcd"),
    ("s3a://bucket", "s3a://bucket/clew-0123abcd"),
  ])
  func `is a path or a URL`(_ folder: String, _ path: String) throws {
    #expect(try JobPlace(folder: folder, job: "0123abcd").path == path)
  }

  @Test(arguments: [
    "", "steps", "./steps", "://x", "hdfs://", "/a'b", "/a\"b", "/a`b", "/a\\b", "/a*", "/a?",
    "/a[1]", "/{a,b}", "/a;b", "/$HOME", "/a\nb", "/a%20b", "/a#b",
  ])
  func `is none that SQL or Spark would read otherwise`(_ folder: String) {
    #expect(throws: SparkError.self) { try JobPlace(folder: folder, job: "0123abcd") }
  }

  @Test(arguments: ["", "0123", "0123ABCD", "../../../x", String(repeating: "a", count: 65)])
  func `is named by digits`(_ job: String) {
    #expect(throws: SparkError.self) { try JobPlace(folder: "/a", job: job) }
  }

  @Test func `has a name in Spark that is its own`() throws {
    let names = try [("/a", "0123abcd"), ("/b", "0123abcd"), ("/a", "0123abce")].map {
      try JobPlace(folder: $0, job: $1).database
    }
    #expect(Set(names).count == 3)
    #expect(names.allSatisfy { $0.hasPrefix("clew_") && $0.utf8.allSatisfy(JobPlace.isWord) })
  }
}

@Suite struct `The manifest of a step` {
  private let manifest = StepManifest(
    name: "ends",
    key: "k1",
    folder: "ends-0a1b",
    content: StepManifest.Content(columns: ["a text", "n int64"], rows: 3, checksum: "-12")
  )

  @Test func `is one line that can stand in SQL and is read back`() throws {
    let text = try manifest.text()
    #expect(!text.contains("'") && !text.contains("\\") && !text.contains("\n"))
    #expect(StepManifest(text, name: "ends", key: "k1") == manifest)
  }

  @Test func `counts for its own step and key only`() throws {
    let text = try manifest.text()
    #expect(StepManifest(text, name: "ends", key: "k2") == nil)
    #expect(StepManifest(text, name: "pairs", key: "k1") == nil)
    for folder in ["../../ends-1", "pairs-0a1b", "ends-0'", "/ends-1"] {
      let other = StepManifest(name: "ends", key: "k1", folder: folder, content: manifest.content)
      #expect(StepManifest(try other.text(), name: "ends", key: "k1") == nil)
    }
  }

  @Test(arguments: ["", "{", "[]", "{}", "null", "{\"version\":1}", "線"])
  func `that is damaged is none`(_ text: String) {
    #expect(StepManifest(text, name: "ends", key: "k1") == nil)
  }

  @Test func `cut off anywhere is none`() throws {
    let text = Array(try manifest.text().utf8)
    for end in 0..<text.count {
      #expect(
        StepManifest(String(decoding: text[..<end], as: UTF8.self), name: "ends", key: "k1") == nil
      )
    }
  }
}
#endif
