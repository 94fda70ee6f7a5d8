#if Spark
internal import Foundation

/// Spark on this machine, as Python's package of it brings it: everything but Java.
public struct SparkInstallation: Equatable, Sendable {
  /// The version that Clew is tested with.
  public static let version = "4.3.0"

  /// Its virtual environment.
  public let folder: String
  /// What Spark calls its home: `bin`, `jars`.
  public let home: String

  /// Where the installation is put: `clew/pyspark-VERSION` in the user's cache folder.
  ///
  /// - Parameter environment: `XDG_CACHE_HOME`, or else `HOME`, names the cache folder.
  /// - Returns: The folder's path, whether it is there or not.
  public static func folder(_ environment: [String: String]) -> String {
    let cache = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"] ?? "/root"
    return (cache ?? home + "/.cache") + "/clew/pyspark-" + version
  }

  /// A whole installation in a folder, or nil where there is none.
  public init?(in folder: String) {
    let files = FileManager.default
    let library = folder + "/lib"
    for name in (try? files.contentsOfDirectory(atPath: library))?.sorted() ?? [] {
      let home = "\(library)/\(name)/site-packages/pyspark"
      let jar = "\(home)/jars/\(Self.connectJar)"
      guard files.fileExists(atPath: jar), files.isExecutableFile(atPath: home + "/bin/spark-class")
      else { continue }
      self.folder = folder
      self.home = home
      return
    }
    return nil
  }

  /// The archive in which the server's code and the definitions of its protocol are.
  static var connectJar: String { "spark-connect_2.13-\(version).jar" }
}
#endif
