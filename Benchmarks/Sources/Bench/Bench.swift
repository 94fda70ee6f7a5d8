import Foundation

/// `Bench load …` measures the built program on an invented case, `Bench transfers …` its import of one
/// long table, `Bench kernels …` the graph core.
@main
struct Bench {
  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let job = arguments.isEmpty ? "" : arguments.removeFirst()
    let options = Options(arguments)
    switch job {
    case "load":
      try LoadBench(
        clew: options.text("clew", or: "../.build/release/clew"),
        messages: options.number("messages", or: 100_000),
        transfers: options.number("transfers", or: 20_000),
        devices: options.number("devices", or: 30),
        trials: options.number("trials", or: 3),
        folder: options.text("folder", or: NSTemporaryDirectory() + "clew-bench")
      ).run()
    case "make":
      try GraphFiles(
        name: options.text("graph", or: "kron18"),
        seed: UInt64(options.number("seed", or: 1)),
        folder: options.text("folder", or: "bench-graph")
      ).write()
    case "serve":
      try KernelServer(folder: options.text("folder", or: "bench-graph")).run()
    case "kernels":
      try KernelBench(
        scale: options.number("scale", or: 16),
        edgeFactor: options.number("edge-factor", or: 16),
        seed: UInt64(options.number("seed", or: 1)),
        trials: options.number("trials", or: 5),
        answers: options.values["answers"]
      ).run()
    case "transfers":
      try TransferBench(
        clew: options.text("clew", or: "../.build/release/clew"),
        rows: options.number("rows", or: 1_000_000),
        accounts: options.number("accounts", or: 100_000),
        trials: options.number("trials", or: 3),
        folder: options.text("folder", or: NSTemporaryDirectory() + "clew-bench-transfers"),
        peer: options.text("peer", or: "Peers/duckdb_peer.py")
      ).run()
    default:
      print(
        "usage: Bench load|transfers|kernels|make|serve [--option value]…   (Benchmarks/README.md)"
      )
      exit(64)
    }
  }
}

/// `--name value` pairs.
struct Options {
  private(set) var values: [String: String] = [:]

  init(_ arguments: [String]) {
    var rest = arguments[...]
    while let name = rest.popFirst(), let value = rest.popFirst() {
      values[String(name.drop { $0 == "-" })] = value
    }
  }

  func text(_ name: String, or standard: String) -> String { values[name] ?? standard }

  func number(_ name: String, or standard: Int) -> Int {
    values[name].flatMap { Int($0) } ?? standard
  }
}

/// A promise that did not hold: the figures beside it would be worth nothing.
struct WrongAnswer: Error, CustomStringConvertible {
  let description: String
}

func check(_ holds: Bool, _ what: @autoclosure () -> String) throws {
  if !holds { throw WrongAnswer(description: "wrong answer: \(what())") }
}
