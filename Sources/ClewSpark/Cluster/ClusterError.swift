#if Spark
/// Why a cluster on this machine cannot be started or stopped; one line each.
public enum ClusterError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no Java, or an old one.
  case noJava(reason: String)
  /// Spark cannot be installed.
  case installation(reason: String)
  /// Another program listens on the port.
  case portTaken(Int)
  /// An option cannot be.
  case option(reason: String)
  /// A cluster of this folder runs already, or still.
  case running(folder: String)
  /// Another `clew cluster` works on the folder.
  case busy(folder: String)
  /// The folder holds other things than a cluster's.
  case foreign(folder: String)
  /// No cluster of this folder runs.
  case notRunning(folder: String)
  /// A process of the cluster ended while it was to start.
  case died(process: String, reason: String)
  /// The cluster did not answer in time.
  case silent(seconds: Int, reason: String)
  /// Processes that cannot be ended.
  case unending(processes: [Int32])
  /// A file or folder cannot be read or written.
  case file(path: String, reason: String)
  /// The start was interrupted, and what had begun was taken back.
  case interrupted

  /// One line: what, and what to do.
  public var description: String {
    switch self {
    case .noJava(let reason):
      "cluster: \(reason); install Java 17 or later (Debian: openjdk-17-jre-headless)"
    case .installation(let reason): "cluster: Spark cannot be installed: \(reason)"
    case .portTaken(let port): "cluster: port \(port) is taken; choose another or none"
    case .option(let reason): "cluster: \(reason)"
    case .running(let folder):
      "cluster: one runs already in \(folder); `clew cluster stop` ends it"
    case .busy(let folder): "cluster: another `clew cluster` is at work in \(folder)"
    case .foreign(let folder): "cluster: \(folder) holds other files; choose an empty folder"
    case .notRunning(let folder): "cluster: none runs in \(folder)"
    case .died(let process, let reason): "cluster: the \(process) ended: \(reason)"
    case .silent(let seconds, let reason): "cluster: no answer in \(seconds) seconds: \(reason)"
    case .unending(let processes):
      "cluster: processes \(processes.map(String.init).joined(separator: ", ")) do not end"
    case .file(let path, let reason): "\(path): \(reason)"
    case .interrupted: "cluster: the start was interrupted; nothing is left running"
    }
  }
}
#endif
