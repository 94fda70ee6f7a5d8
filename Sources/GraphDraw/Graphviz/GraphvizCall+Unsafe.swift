import CGraphviz
import Synchronization

/// The calls into the C library.
///
/// On entry the caller is on ``RenderThread``, which the type system checks; no pointer leaves the
/// function that got it.
@RenderThread
enum GraphvizCall {
  /// Lays nothing out and draws: every position is in the DOT text.
  ///
  /// - Parameters:
  ///   - dot: DOT text by ``DotWriter``; it holds no NUL.
  ///   - format: One of Graphviz's formats.
  /// - Returns: The bytes of the picture.
  /// - Throws: ``DrawError`` with the message of Graphviz.
  static func draw(_ dot: String, as format: String) throws(DrawError) -> [UInt8] {
    guard let context = unsafe sharedContext() else {
      throw .renderFailed("no context")
    }
    messages.withLock { $0 = "" }
    unsafe cgv_report(report)
    guard let graph = unsafe cgv_parse(dot) else { throw .unreadableDOT(said()) }
    defer { unsafe cgv_close(context, graph) }
    guard unsafe cgv_layout(context, graph, "nop2") == 0 else { throw .renderFailed(said()) }
    var start: UnsafeMutablePointer<CChar>?
    var count = 0
    let status = unsafe cgv_render(context, graph, format, &start, &count)
    // `count` bytes begin at `start` until `cgv_free`; the copy is made before.
    defer { if unsafe start != nil { unsafe cgv_free(start) } }
    // 2.x returns 0 on many failures, so the length and the messages decide as well.
    guard status == 0, let start = unsafe start, count > 0, !said().contains("Error") else {
      throw .renderFailed(said())
    }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Made once and kept: each context loads the plugins anew.
  private static var context: OpaquePointer?

  private static func sharedContext() -> OpaquePointer? {
    if unsafe context == nil { unsafe context = gvContext() }
    return unsafe context
  }

  private static func said() -> String {
    let text = messages.withLock { $0 }
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return String(VisibleText.visible(line).prefix(200))
  }
}

/// What Graphviz said since the last call; it reports in fragments.
private let messages = Mutex("")

private func report(_ fragment: UnsafeMutablePointer<CChar>?) -> CInt {
  // The library hands over a string that ends in NUL and lives until this function returns.
  guard let fragment = unsafe fragment else { return 0 }
  let text = unsafe String(cString: fragment)
  messages.withLock { if $0.utf8.count < 4000 { $0 += text } }
  return 0
}
