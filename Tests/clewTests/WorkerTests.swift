import Foundation
import Testing

@Suite struct `The program on the workers` {
  /// The exit code, standard output and standard error for a standard input.
  private func run(_ input: String, _ arguments: String = "components") throws -> Outcome {
    let scratch = try Scratch()
    let file = try scratch.write("in", input)
    return try ClewProcess.script("\"${CLEW%/*}/clew-worker\" \(arguments) < '\(file)'")
  }

  @Test func `gives each node the least number of its component`() throws {
    let outcome = try run("7\t3\n3\t9\n-2\t0\n5\t5\n9223372036854775807\t-9223372036854775808")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(
      outcome.output == """
        -9223372036854775808\t-9223372036854775808
        -2\t-2
        0\t-2
        3\t3
        5\t5
        7\t3
        9\t3
        9223372036854775807\t-9223372036854775808

        """
    )
    // Fed with its own words it says the same.
    #expect(try run(outcome.output).output == outcome.output)
    #expect(try run("").output.isEmpty)
  }

  @Test(arguments: [
    "1 2", "1\t", "\t1", "1", "1\t2\t3", "1\t2\r", "\\N\t2", "1.0\t2", "+1\t2", "-\t2", "",
    "--1\t2",
    "9223372036854775808\t1", "-9223372036854775809\t1", "１\t2",
  ])
  func `fails at a line that is no edge, and tells its number only`(_ line: String) throws {
    let outcome = try run("1\t2\n\(line)\n3\t4\n")
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(
      outcome.errors == "clew-worker: line 2: expected two whole numbers with a tab between\n"
    )
  }

  @Test func `reads long input in blocks`() throws {
    // A chain of 300,000 nodes, about 4 MB.
    let chain = (1..<300_000).map { "\($0)\t\($0 + 1)\n" }.joined()
    let outcome = try run(chain)
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.hasSuffix("\t1") })
    #expect(outcome.output.split(separator: "\n").count == 300_000)
  }

  @Test(arguments: [
    "", "nonsense", "components more", "mark --until", "mark --until 5", "mark x 5:0",
  ])
  func `knows its verbs only`(_ arguments: String) throws {
    #expect(try run("", arguments).status == 64)
  }

  @Test func `says of which sources it is`() throws {
    let outcome = try run("", "sources")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    // All sources that can change what it marks, as they lie here, by another program.
    let root = URL(filePath: ClewProcess.exports).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let second = try ClewProcess.script(
      """
      cd '\(root)' && find Sources/ClewBuild Sources/ClewChain Sources/ClewEvidence Sources/ClewWorker \
        Sources/GraphCore Sources/CPrefetch -type f -not -path '*.docc/*' -not -name '*.modulemap' | LC_ALL=C sort | tr '\\n' '\\0' | \
        xargs -0 sha256sum -- | sha256sum | cut -c 1-64
      """
    )
    #expect(outcome.output == second.output)
  }

  private static let id = "00000000000000000000000000000001"
  private static let ends = ["wechat:wxid_clewdemo000001", "wechat:wxid_clewdemo000002"]

  /// A record as it goes to a cluster: its columns parted by U+001F, a missing value as `\-`.
  private static func record(_ columns: [String?]) -> String {
    "\(id)\t1,3\t" + columns.map { $0 ?? "\\-" }.joined(separator: "\u{1F}")
  }

  private static func message(_ text: String) -> String {
    record([
      "1", ends[0], ends[1], nil, "1700000000000:0", "text", nil, nil, nil, text, nil, nil,
      "wechat\\u\\u\\u",
    ])
  }

  private static func payment(at: String, memo: String) -> String {
    record([
      "2", ends[0], "svc:shop", nil, at, "completed", "4500", "CNY", nil, memo, "wechat",
      "1000012345678901234567", nil,
    ])
  }

  @Test func `marks records with what they are to an analysis`() throws {
    let order = Self.message("查一下机主 13800001000\\n急")
    let chatter = Self.message("嗯嗯")
    let outcome = try run([order, chatter].joined(separator: "\n") + "\n", "mark")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    try #require(lines.count == 2 && lines.allSatisfy { $0.count == 11 })
    for (line, body) in zip(lines, [order, chatter]) {
      #expect(line[0...4] == [Self.id, "1,3", "m", Self.ends[0], Self.ends[1]])
      #expect(line[6].count == 16 && line[7...9] == ["", "", "wechat"])
      #expect(body.hasSuffix("\t" + line[10]))
    }
    // Both without an id of the platform, both show two people in contact; the first orders something.
    #expect(lines.map { $0[5] } == ["58", "56"])
    #expect(lines[0][6] != lines[1][6])
  }

  @Test func `marks what lies behind a moment as showing nobody`() throws {
    let payments = [("1500:0", "饭钱"), ("1600:0", "订单"), ("1700:0", "饭钱")].map {
      Self.payment(at: $0.0, memo: $0.1)
    }
    let outcome = try run(payments.joined(separator: "\n"), "mark --until 1600:0")
    let lines = outcome.output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    #expect(lines.map { $0[2] } == ["t", "t", "t"])
    // A shop is no person: nothing stands for it, and the payment is vague.
    #expect(lines.map { $0[4] } == ["", "", ""])
    #expect(lines.map { $0[5] } == ["20", "6", "4"])
    #expect(Set(lines.map { $0[7] }).count == 1 && lines[0][7].count == 16)
  }

  @Test(arguments: ["", "x\t1\ty", "\(id)\t1", "\(id)\t1\t0", "\(id)\tone\t" + message("x")])
  func `marks nothing that is no record`(_ line: String) throws {
    let outcome = try run("\(line)\n", "mark")
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(
      outcome.errors == "clew-worker: line 1: expected number, sources and body of a record\n"
    )
  }

  @Test func `keeps the three least records of each account, whatever is put in twice`() throws {
    func number(_ value: Int) -> String { String(repeating: "0", count: 31) + "\(value)" }
    let outcome = try run(
      """
      qq:2\t\(number(5))
      qq:1\t\(number(4))
      qq:2\t\(number(1)),\(number(5))
      qq:2\t\(number(3))
      qq:2\t\(number(2))

      """,
      "sightings"
    )
    #expect(
      outcome.output
        == "qq:1\t\(number(4))\nqq:2\t\(number(1)),\(number(2)),\(number(3))\n"
    )
    #expect(try run(outcome.output, "sightings").output == outcome.output)
    #expect(try run("qq:1\t5\n", "sightings").status == 65)
  }

  private func columns(_ output: String) -> [[String]] {
    output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func `reads the rows of a canonical table, and says why a row is refused`() throws {
    let rows = """
      2016-03-01T08:00:00+08:00\twechat:wxid_clewdemo000001\twechat:wxid_clewdemo000002\t12.50\t好的\\n谢谢
      2016-03-01T08:00:00+08:00\twechat:wxid_clewdemo000001\t\\N\t12.505\t
      \t\t\t3\t
      """
    let outcome = try run(rows, "rows transfers 7 time,from,to,amount,memo")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let lines = columns(outcome.output)
    try #require(lines.count == 3 && lines.allSatisfy { $0.count == 5 })
    #expect(lines[0][0].count == 32 && lines[0][1].count == 16 && lines[0][2] == "7")
    let body = lines[0][3].split(separator: "\u{1F}", omittingEmptySubsequences: false)
    // 2016-03-01T00:00:00Z, by an offset that the row states.
    #expect(body[4] == "1456790400000:1" && body[6] == "1250" && body[9] == "好的\\n谢谢")
    #expect(body[10] == "wechat" && lines[0][4] == "\\N")
    #expect(lines[1][0...2] == ["\\N", "\\N", "7"])
    #expect(
      lines.dropFirst().map { $0[4] } == [
        "column \"amount\" holds no amount in yuan with at most two decimals",
        "neither \"from\" nor \"to\" holds an account",
      ]
    )
    #expect(lines[2][3] == "\u{1F}\u{1F}\u{1F}3\u{1F}")
    #expect(try run("a\tb\n", "rows calls 1 from,to,time").status == 65)
    #expect(try run("a\tb\\x\n", "rows calls 1 from,to").status == 65)
  }

  @Test(arguments: [
    (
      "contacts", "owner,contact,remark,tag",
      "qq:999000001\tqq:999000002\t甲一\ta; b", ["999000001", "999000002", "甲一", "friend"]
    ),
    (
      "members", "group,group_name,member,role",
      "wechatgroup:9990000010@chatroom\t演示群\tqq:999000002\towner", ["演示群", "999000002", "owner"]
    ),
    (
      "trades", "supplier,buyer,category,items,amount",
      "qq:999000001\tqq:999000002\tlocation\t30\t900.00", ["location", "30", "90000"]
    ),
  ])
  func `reads rows of other tables, too`(
    table: String,
    columns: String,
    row: String,
    words: [String]
  ) throws {
    let outcome = try run(row + "\n", "rows \(table) 4 \(columns)")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let line = try #require(self.columns(outcome.output).first)
    try #require(line.count == 5 && line[2] == "4" && line[4] == "\\N")
    for word in words { #expect(line[3].contains(word)) }
  }

  @Test func `makes one record of the rows with its number`() throws {
    let (one, other) = (Self.id, "00000000000000000000000000000002")
    let (low, high) = ("00000000000000aa", "80000000000000aa")
    let outcome = try run(
      """
      \(one)\t\(high)\t3\tvague
      \(one)\t\(low)\t2,9\tsure
      \(one)\t\(high)\t3\tvague
      \(other)\t\(high)\t1\talone

      """,
      "unite"
    )
    #expect(outcome.output == "\(one)\t2,3,3,9\tsure\n\(other)\t1\talone\n")
    let unsorted = try run("\(other)\t\(low)\t1\tx\n\(one)\t\(low)\t1\tx\n", "unite")
    #expect(unsorted.status == 65)
    #expect(unsorted.errors == "clew-worker: line 2: expected a number behind the one before\n")
  }
}
