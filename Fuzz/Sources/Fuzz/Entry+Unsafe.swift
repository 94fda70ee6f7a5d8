import ClewEvidence
import ClewImport
import Foundation

/// The feeder of this process; libFuzzer calls from one thread only.
nonisolated(unsafe) private var feeder: Feeder?

/// Chooses the target by the environment; or lists the targets, prepares seeds, or keeps findings.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  do {
    guard let made = try Start(ProcessInfo.processInfo.environment).run() else { exit(0) }
    unsafe feeder = made
    // Its folder lies in memory and must go with it.
    atexit { unsafe feeder = nil }
    return 0
  } catch {
    print((error as? Target.Fault)?.reason ?? "\(error)")
    exit(64)
  }
}

/// One input; the bytes are copied before anything reads them.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let copy = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  unsafe feeder?.feed(copy)
  return 0
}
