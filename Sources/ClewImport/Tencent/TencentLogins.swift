internal import ClewEvidence

/// Recognises the login log of a Tencent return (`WX登录轨迹`); its rows are counted and passed over.
struct TencentLogins: Importer {
  let format = "tencent-logins"
  let title = "Tencent return: login log"
  let version = 1

  private static let signature = TabularSignature(
    required: [["时间", "登录时间"], ["ip", "登录ip"]], dialects: [.plainTab], headerRows: 5)

  func recognise(_ source: StagedSource) -> Recognition? {
    guard TextDecision.decide(head: source.head, words: ["登录日志", "登陆日志"]) != nil,
      TabularLayout.detect(source, Self.signature) != nil
    else { return nil }
    return Recognition(confidence: 85, sign: "登录日志, header 时间, IP")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    return try table.run(into: sink) { _ in .skip("login log") }
  }
}
