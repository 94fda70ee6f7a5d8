#if Spark
internal import ClewEvidence

/// The folder of one job, on storage that the server and all workers see; the client may not see it.
public struct JobPlace: Equatable, Sendable {
  /// The folder in which jobs have theirs, as the cluster names it: a path, or a URL such as
  /// `hdfs://name/folder`.
  public let folder: String
  /// What the job is, as hexadecimal digits.
  public let job: String

  /// A place below a folder.
  ///
  /// - Parameters:
  ///   - folder: An absolute path or a URL.
  ///   - job: Hexadecimal digits, from 8 to 64.
  /// - Throws: ``SparkError/job(reason:)`` for a folder that is neither, or whose name SQL or Spark would
  ///   read otherwise.
  public init(folder: String, job: String) throws(SparkError) {
    var folder = folder
    while folder.utf8.count > 1, folder.hasSuffix("/"), !folder.hasSuffix("://") {
      folder.removeLast()
    }
    guard Self.isAbsolute(folder) else {
      throw .job(reason: "the folder of the steps has to be an absolute path or a URL")
    }
    guard folder.unicodeScalars.allSatisfy(Self.isPlain) else {
      throw .job(reason: "the folder of the steps has a quote, a wildcard or a control character")
    }
    guard (8...64).contains(job.utf8.count), job.utf8.allSatisfy(Self.isHex) else {
      throw .job(reason: "a job is named by hexadecimal digits")
    }
    self.folder = folder
    self.job = job
  }

  /// The job's own folder.
  public var path: String { folder == "/" ? "/clew-\(job)" : "\(folder)/clew-\(job)" }

  /// What Spark calls the job's folder, so that it can be made and removed by SQL alone.
  ///
  /// Another folder has another name: a name that Spark knows already never stands for a folder elsewhere.
  var database: String { "clew_" + FileHash.sha256(ofText: path).prefix(32) }

  /// Whether a text is an absolute path or a URL that SQL and Spark read as it stands.
  static func isLocation(_ text: String) -> Bool {
    isAbsolute(text) && text.unicodeScalars.allSatisfy(isPlain)
  }

  private static func isAbsolute(_ text: String) -> Bool { text.hasPrefix("/") || hasScheme(text) }

  private static func hasScheme(_ text: String) -> Bool {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon > text.utf8.startIndex
    else { return false }
    return text[..<colon].utf8.allSatisfy(isWord) && text[colon...].hasPrefix("://")
      && text[colon...].utf8.count > 3
  }

  /// Spark takes some characters of a path for patterns or lists.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 32 && scalar.value != 127
      && !"'\"`\\*?[]{},;$#%".unicodeScalars.contains(scalar)
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  /// Whether a byte may stand in the name of a step or a program.
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
#endif
