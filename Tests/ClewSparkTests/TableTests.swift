#if Spark
import ClewChain
import ClewEvidence
import ClewImport
import Foundation
import Synchronization
import Testing

@testable import ClewSpark

@Suite struct `A table's path` {
  @Test(arguments: [
    ("/data/messages.csv", SparkTable.Form.csv), ("hdfs://name/case/transfers.parquet/", .parquet),
    ("s3a://bucket/calls.JSONL", .json), ("file:///data/x.ndjson", .json),
  ])
  func `tells how its rows are written`(path: String, form: SparkTable.Form) throws {
    #expect(try SparkTable(path: path).form == form)
  }

  @Test(arguments: [
    "messages.csv", "/data/messages", "/data/messages.txt", "/data/it's.csv", "/data/*.csv",
    "/data/a\n.csv", "/data/{a,b}.csv", "",
  ])
  func `is refused where Spark or SQL would read it otherwise`(path: String) {
    #expect(throws: SparkError.self) { try SparkTable(path: path) }
  }

  @Test func `is of the kind that an import takes it for`() {
    #expect(CanonicalKind(columns: ["from", "to", "amount", "time"]) == .transfers)
    #expect(CanonicalKind(columns: ["from", "to", "duration_s"]) == .calls)
    #expect(CanonicalKind(columns: ["from", "group", "text", "x"]) == .messages)
    #expect(CanonicalKind(columns: ["owner", "contact", "x"]) == .contacts)
    #expect(CanonicalKind(columns: ["contact", "name"]) == .contacts)
    #expect(CanonicalKind(columns: ["group", "member", "role"]) == .members)
    #expect(CanonicalKind(columns: ["supplier", "buyer", "amount", "from", "to"]) == .trades)
    // Findings are no evidence.
    #expect(CanonicalKind(columns: ["supplier", "buyer", "grade"]) == nil)
    #expect(CanonicalKind(columns: ["contact", "name", "group", "member"]) == .members)
    // Which account of a holder is the first follows from the order of rows, which a cluster does not keep.
    #expect(CanonicalKind(columns: ["account", "holder"]) == nil)
    #expect(CanonicalKind(columns: ["From", "to", "amount"]) == nil)
  }
}

@Suite(
  .serialized,
  .enabled(if: LiveCluster.folder != nil, "these need a cluster: make test-spark")
)
struct `Tables on the cluster` {
  private static let worker = ProcessInfo.processInfo.environment["CLEW_SPARK_WORKER"]

  /// A folder with two tables: three deals, what is said beside them, and payments.
  private final class Tables {
    let folder = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
    let messages: [[String: String]]
    let transfers: [[String: String]]

    init() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var messages: [[String: String]] = []
      var transfers: [[String: String]] = []
      let (seller, buyer) = ("wechat:wxid_clewdemo000001", "wechat:wxid_clewdemo000002")
      for deal in 0..<3 {
        let number = "1380000100\(deal)"
        let day = "2016-03-0\(deal + 1)T0"
        messages.append([
          "time": "\(day)8:00:00+08:00", "from": buyer, "to": seller, "text": "查一下机主 \(number)",
        ])
        messages.append([
          "time": "\(day)8:05:00+08:00", "from": seller, "to": buyer,
          "text": "号码：\(number)\n机主：甲一\t\"演示\"\n身份证：990000199101010014\r\n地址：演示市\\n演示路1号",
        ])
        transfers.append([
          "time": "\(day)8:06:00+08:00", "from": buyer, "to": seller, "amount": "45.50",
          "channel": "wechat", "memo": " \\N, \"好\" ", "id": "100001234567890123456\(deal)",
        ])
      }
      // Nobody's business, and times without a zone.
      for number in 0..<40 {
        transfers.append([
          "time": "2016-03-01 08:00:\(10 + number)", "from": "alipay:208800000000000\(number % 7)",
          "to": "alipay:208800000000001\(number % 3)", "amount": "\(number)", "channel": "",
          "memo": "",
          "id": "",
        ])
      }
      (self.messages, self.transfers) = (messages, transfers)
      try write("messages.csv", csv(["time", "from", "to", "text"], messages))
      try write(
        "transfers.csv",
        csv(["time", "from", "to", "amount", "channel", "memo", "id"], transfers)
      )
      for (name, rows) in [("messages", messages), ("transfers", transfers)] {
        let lines = try rows.map {
          String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
        }
        try write("\(name).jsonl", lines.joined(separator: "\n"))
      }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }

    func csv(_ columns: [String], _ rows: [[String: String]]) -> String {
      ([columns.joined(separator: ",")]
        + rows.map { row in
          columns.map {
            "\"" + (row[$0] ?? "").replacingOccurrences(of: "\"", with: "\"\"") + "\""
          }.joined(separator: ",")
        }).joined(separator: "\n") + "\n"
    }

    /// A case with these files.
    func file(_ names: [String]) throws -> CaseFile {
      let file = try CaseFile.open(path("\(UUID().uuidString).clew"))
      _ = try CaseIntake().take(names.map(path), into: file)
      return file
    }
  }

  /// What the cluster finds, and the rows that it refuses.
  private func findings(
    of file: CaseFile,
    with tables: [String],
    in folder: Tables,
    partitions: Int = 3
  ) async throws -> (analysis: ChainAnalysis, refused: [String]) {
    let refused = Mutex<[String]>([])
    var engine = SparkEngine(
      try LiveCluster.endpoint(),
      worker: try SparkWorker(path: try #require(Self.worker)),
      folder: folder.folder.path
    )
    engine.tables = try tables.map { try SparkTable(path: folder.path($0)) }
    engine.partitions = partitions
    engine.news = { news in
      if case .refused(_, let rows, let reason) = news {
        refused.withLock { $0.append("\(rows) \(reason)") }
      }
    }
    let analysis = try await engine.analyze(file)
    return (analysis, refused.withLock { $0 })
  }

  private func expectSame(_ one: ChainAnalysis, _ other: ChainAnalysis) {
    #expect(one.parties == other.parties)
    #expect(one.links == other.links)
    #expect(one.lines == other.lines)
    #expect(one.weak == other.weak)
  }

  @Test func `are read as an import reads them, in every form`() async throws {
    let tables = try Tables()
    let whole = try LocalEngine().analyze(tables.file(["messages.csv", "transfers.csv"]))
    try #require(whole.links.count == 1 && whole.links.first?.link.payments == 3)
    // Amounts and times as numbers, as whoever writes Parquet would have them.
    try await LiveCluster.session { session in
      try await session.set("spark.sql.session.timeZone", to: "UTC")
      try await session.command(
        """
        INSERT OVERWRITE DIRECTORY '\(tables.path("transfers.parquet"))' USING parquet
        SELECT to_timestamp(IF(length(time) > 20, time, concat(time, '+08:00'))) AS time, `from`, `to`,
          CAST(amount AS DECIMAL(12, 2)) AS amount, channel, memo, id
        FROM (SELECT * FROM json.`\(tables.path("transfers.jsonl"))`)
        """
      )
    }
    let empty = try tables.file([])
    for ending in ["csv", "jsonl"] {
      let found = try await findings(
        of: empty,
        with: ["messages.\(ending)", "transfers.\(ending)"],
        in: tables
      )
      #expect(found.refused.isEmpty)
      expectSame(found.analysis, whole)
    }
    let part = try tables.file(["messages.csv"])
    let found = try await findings(of: part, with: ["transfers.parquet"], in: tables, partitions: 1)
    #expect(found.refused.isEmpty)
    #expect(found.analysis.links.map(\.id) == whole.links.map(\.id))
    #expect(found.analysis.links.first?.link.amountFen == 13_650)
    #expect(found.analysis.links.first?.link.span == whole.links.first?.link.span)
  }

  @Test func `say who is whose contact, who is in which group, and what was sold`() async throws {
    let tables = try Tables()
    let (seller, buyer) = ("wechat:wxid_clewdemo000001", "wechat:wxid_clewdemo000002")
    try tables.write(
      "contacts.csv",
      """
      owner,contact,name,remark,tag,nature
      \(buyer),\(seller),甲一,上家演示,a;b,
      \(seller),\(buyer),,=乙二,,friend
      \(seller),phone:138****0001,丙三,,,
      \(buyer),qq:999000009,丁四,,,unbekannt

      """
    )
    try tables.write(
      "members.csv",
      """
      group,group_name,member,member_name,role,invited_by
      wechatgroup:9990000010@chatroom,资源互换演示,\(seller),甲一,owner,
      wechatgroup:9990000010@chatroom,资源互换演示,\(buyer),,member,\(seller)

      """
    )
    try tables.write(
      "trades.csv",
      "supplier,buyer,category,items,amount,time\n\(seller),\(buyer),location,30,900.00,2016-03-04\n"
    )
    let extra = ["contacts.csv", "members.csv", "trades.csv"]
    let whole = try tables.file(["messages.csv", "transfers.csv"] + extra)
    let rejected = try whole.rejects().count
    let found = try await findings(
      of: try tables.file(["messages.csv", "transfers.csv"]),
      with: extra,
      in: tables
    )
    let local = try LocalEngine().analyze(whole)
    expectSame(found.analysis, local)
    #expect(found.refused.count == rejected && rejected > 0)
    // They do tell something: without them the answer is another one.
    let bare = try LocalEngine().analyze(tables.file(["messages.csv", "transfers.csv"]))
    #expect(bare.parties != local.parties && bare.links != local.links)
  }

  @Test func `and the case may hold the same rows, which are one record`() async throws {
    let tables = try Tables()
    var more = tables.messages
    more.append([
      "time": "2016-03-09T08:00:00+08:00", "from": "wechat:wxid_clewdemo000003",
      "to": "wechat:wxid_clewdemo000001", "text": "查一下机主 13800001009",
    ])
    try tables.write("more.csv", tables.csv(["time", "from", "to", "text"], more))
    let whole = try LocalEngine().analyze(
      tables.file(["messages.csv", "more.csv", "transfers.csv"])
    )
    let found = try await findings(
      of: try tables.file(["messages.csv"]),
      with: ["more.csv", "transfers.csv"],
      in: tables
    )
    expectSame(found.analysis, whole)
  }

  @Test func `refuse the rows that an import refuses, and say why and how many`() async throws {
    let tables = try Tables()
    var rows = tables.transfers
    rows[0]["amount"] = "45.505"
    rows[1]["from"] = "phone:138****0001"
    rows[5]["amount"] = "viel"
    try tables.write(
      "bad.csv",
      tables.csv(["time", "from", "to", "amount", "channel", "memo", "id"], rows)
    )
    let whole = try tables.file(["messages.csv", "bad.csv"])
    #expect(try whole.rejects().count == 3)
    let found = try await findings(
      of: try tables.file(["messages.csv"]),
      with: ["bad.csv"],
      in: tables
    )
    #expect(
      found.refused == [
        "2 column \"amount\" holds no amount in yuan with at most two decimals",
        "1 column \"from\" holds no account of its scheme",
      ]
    )
    expectSame(found.analysis, try LocalEngine().analyze(whole))
  }

  @Test func `that are none, or hold what cannot be told exactly, are refused in one line`()
    async throws
  {
    let tables = try Tables()
    try tables.write("accounts.csv", "account,holder\nqq:10001,x\n")
    try await LiveCluster.session { session in
      try await session.command(
        "INSERT OVERWRITE DIRECTORY '\(tables.path("float.parquet"))' USING parquet "
          + "SELECT 'qq:999000001' AS `from`, 'qq:999000002' AS `to`, 1.5D AS amount"
      )
    }
    let empty = try tables.file([])
    for (name, words) in [
      ("accounts.csv", "is no table of messages, transfers, calls, contacts, members or trades"),
      ("float.parquet", "the column \"amount\" has to be"),
      ("nowhere.csv", "cannot be read on the cluster"),
    ] {
      let error = await #expect(throws: SparkError.self) {
        try await findings(of: empty, with: [name], in: tables)
      }
      #expect(error?.description.contains(words) == true, "\(name)")
    }
  }
}
#endif
