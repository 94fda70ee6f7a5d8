import ClewImport
import ClewEvidence
import Foundation

/// The feeder of this process; libFuzzer calls from one thread only.
nonisolated(unsafe) private var feeder: Feeder?

/// Chooses the parser by the environment, or lists names, or sorts fixtures into corpora.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  let environment = ProcessInfo.processInfo.environment
  if environment["CLEW_FUZZ_LIST"] != nil {
    for name in Parser.names { print(name) }
    exit(0)
  }
  if let fixtures = environment["CLEW_FUZZ_FIXTURES"], let corpus = environment["CLEW_FUZZ_CORPUS"]
  {
    do {
      try Seeds.sort(fixtures, into: corpus)
      exit(0)
    } catch {
      print("the fixtures cannot be sorted: \(error)")
      exit(1)
    }
  }
  guard let parser = Parser(name: environment["CLEW_FUZZ"] ?? ""),
    let made = try? Feeder(parser)
  else {
    print("CLEW_FUZZ must be one of: \(Parser.names.joined(separator: ", "))")
    exit(64)
  }
  unsafe feeder = made
  // Its folder lies in memory and must go with it.
  atexit { unsafe feeder = nil }
  return 0
}

/// One input; the bytes are copied before anything reads them.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let copy = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  unsafe feeder?.feed(copy)
  return 0
}
