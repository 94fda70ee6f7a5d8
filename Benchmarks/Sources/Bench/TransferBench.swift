import Foundation

/// `clew import` of one long table of transfers, and DuckDB's `read_csv` of the same file.
///
/// The two do not do the same: DuckDB reads the columns and adds one up; `clew import` copies and hashes
/// the file, gives every row its identity, keeps the row itself, finds repeats and writes it all to
/// disk. The reading time of DuckDB stands beside it as the floor.
struct TransferBench {
  let clew: String
  let rows: Int
  let accounts: Int
  let trials: Int
  let folder: String
  let peer: String

  func run() throws {
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let table = folder + "/transfers.csv"
    defer { try? files.removeItem(atPath: folder) }
    let made = try TransferTable(rows: rows, accounts: accounts, seed: 1).write(to: table)
    print(
      "transfers, seed 1: \(rows) rows among \(accounts) accounts, "
        + "\(Table.number(Double(made.bytes) / 1e6)) MB"
    )
    Table.row(["who", "wall s", "CPU s", "rows/s", "peak RSS MiB"])
    for _ in 0..<max(1, trials) {
      try importOnce(table)
      try readByDuckDB(table, fen: made.fen)
    }
  }

  private func importOnce(_ table: String) throws {
    let caseFile = folder + "/t.clew"
    for suffix in ["", "-wal", "-shm", ".lock"] {
      try? FileManager.default.removeItem(atPath: caseFile + suffix)
    }
    let child = try Child.run([clew, "import", caseFile, table], in: folder)
    try check(child.status == 0, "import left with \(child.status): \(child.errors)")
    let units = try LoadBench.conservedUnits(child.errors)
    try check(units == rows, "\(units) of \(rows) rows")
    row("clew import", child)
  }

  private func readByDuckDB(_ table: String, fen: Int64) throws {
    let child = try Child.run(["/usr/bin/env", "python3", peer, table], in: folder)
    guard child.status == 0 else {
      return print("DuckDB: skipped, python3 with duckdb is not installed")
    }
    let words = child.output.split(separator: " ").compactMap { Double($0) }
    try check(words.count == 4, "DuckDB says \(child.output)")
    try check(Int(words[0]) == rows, "DuckDB counts \(words[0]) rows")
    try check(Int64((words[1] * 100).rounded()) == fen, "DuckDB adds up to \(words[1])")
    Table.row([
      "DuckDB read_csv, 2 threads", Table.number(words[2], digits: 2),
      Table.number(words[3], digits: 2), Table.number(Double(rows) / words[2], digits: 0),
      Table.number(child.peak, digits: 0),
    ])
  }

  private func row(_ name: String, _ child: Child) {
    let wall = child.wall / .seconds(1)
    Table.row([
      name, Table.number(wall, digits: 2), Table.number(child.cpu, digits: 2),
      Table.number(Double(rows) / wall, digits: 0), Table.number(child.peak, digits: 0),
    ])
  }
}

/// An invented table of transfers.
struct TransferTable {
  let rows: Int
  let accounts: Int
  let seed: UInt64

  /// Writes the table.
  ///
  /// Payers are drawn evenly; payees by the square of an even draw, so that few are paid much.
  ///
  /// - Returns: Its bytes and the sum of all amounts.
  func write(to path: String) throws -> (bytes: Int, fen: Int64) {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw WrongAnswer(description: "\(path) cannot be written") }
    defer { try? file.close() }
    var state = seed
    func draw() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
      return word ^ word >> 31
    }
    var (bytes, fen) = (0, Int64(0))
    var text: [UInt8] = Array("time,from,to,amount,currency,channel,memo,id\n".utf8)
    let memos = ["", "", "", "演示转账", "名单", "货款"]
    for row in 0..<rows {
      let payer = Int(draw() % UInt64(accounts))
      let even = Double(draw() >> 11) / Double(1 << 53)
      let payee = min(accounts - 1, Int(even * even * Double(accounts)))
      let amount = 100 + Int64(draw() % 899_900)
      fen += amount
      text += Array("\(Self.time(row / 2)),wechat:wxid_clewdemo\(payer + 1_000_000),".utf8)
      text += Array("wechat:wxid_clewdemo\(payee + 1_000_000),\(amount / 100).".utf8)
      text += Array("\(amount % 100 < 10 ? "0" : "")\(amount % 100),CNY,wechat,".utf8)
      text += Array("\(memos[row % memos.count]),5300000000000000000\(1_000_000_000 + row)\n".utf8)
      if text.count > 1 << 20 || row == rows - 1 {
        try file.write(contentsOf: text)
        bytes += text.count
        text.removeAll(keepingCapacity: true)
      }
    }
    return (bytes, fen)
  }

  /// So many seconds after the beginning of 2024; months of 28 days are as good as any.
  private static func time(_ second: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (day, clock) = (second / 86_400, second % 86_400)
    let (month, year) = (day / 28 % 12 + 1, 2024 + day / 336)
    return "\(year)-\(two(month))-\(two(day % 28 + 1))T\(two(clock / 3600)):"
      + "\(two(clock / 60 % 60)):\(two(clock % 60))+08:00"
  }
}
