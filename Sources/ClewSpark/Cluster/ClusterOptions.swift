#if Spark
/// How a cluster of this machine is to be.
public struct ClusterOptions: Equatable, Sendable {
  /// Its folder, for settings, logs and working files.
  public var folder: String
  /// How many workers; nil gives two within one process, a number a master and so many workers, each a
  /// process of its own.
  public var workers: Int?
  /// Memory of each worker, in MiB.
  public var memory = 1536
  /// Memory of the server, in MiB.
  public var serverMemory = 1024
  /// The port of the server; nil takes a free one.
  public var port: Int?
  /// Further settings of Spark, by key.
  public var settings: [String: String] = [:]
  /// How long to wait for the first answer, in seconds.
  public var patience = 180

  /// A cluster of two workers in that folder.
  public init(folder: String) { self.folder = folder }

  /// The folder that is used when none is named: `clew/cluster` in the user's folder of states.
  ///
  /// - Parameter environment: `XDG_STATE_HOME`, or else `HOME`, names the folder of states.
  /// - Returns: The folder's path, whether it is there or not.
  public static func folder(_ environment: [String: String]) -> String {
    let states = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return (states ?? (environment["HOME"] ?? "/root") + "/.local/state") + "/clew/cluster"
  }

  /// Keys that decide who may use the cluster; they are not for everybody to change.
  private static let reserved = [
    "spark.authenticate", "spark.connect.authenticate", "spark.connect.grpc.binding",
    "spark.driver.host", "spark.driver.bindAddress", "spark.master.rest", "spark.ui.",
    "spark.org.apache.spark.ui.", "spark.acls", "spark.network.crypto",
  ]

  /// Refuses what cannot be.
  func check() throws(ClusterError) {
    if let workers, !(1...64).contains(workers) {
      throw .option(reason: "from 1 to 64 workers")
    }
    guard (1024...1_048_576).contains(memory), (512...1_048_576).contains(serverMemory) else {
      throw .option(reason: "a worker needs 1024 MiB or more, the server 512")
    }
    // Java and Spark divide lists of folders at these.
    guard
      folder.unicodeScalars.allSatisfy({ $0.value >= 32 && !":,\"\\'".unicodeScalars.contains($0) })
    else { throw .option(reason: "the folder's path has a colon, a comma, a quote or a backslash") }
    if let port, !(1024...65535).contains(port) {
      throw .option(reason: "a port from 1024 to 65535")
    }
    for (key, value) in settings {
      let isPlain = (key + value).unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
      guard key.hasPrefix("spark."), !key.contains(" "), !key.contains("="), isPlain else {
        throw .option(reason: "a setting is written spark.KEY=VALUE")
      }
      guard !Self.reserved.contains(where: { key.hasPrefix($0) }) else {
        throw .option(reason: "\(key) keeps others out and cannot be changed")
      }
    }
    if let port, !Loopback.isFree(port) { throw .portTaken(port) }
  }
}
#endif
