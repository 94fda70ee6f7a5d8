/// What can go wrong with a case file or a staged source.
///
/// The messages name files and rows, never the content of evidence.
public enum EvidenceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The path does not exist.
  case noSuchFile(path: String)
  /// The path is no regular file or folder, or a symbolic link.
  case notRegular(path: String)
  /// The system refuses access.
  case permissionDenied(path: String)
  /// Reading or writing failed.
  case inputOutput(path: String, reason: String)
  /// The disk is full.
  case diskFull(path: String)
  /// Another process holds the case.
  case locked(path: String, holder: String)
  /// The file is no case file, or was made by a newer version.
  case notACase(path: String, reason: String)
  /// The source changed while it was read.
  case changedDuringRead(path: String)
  /// The database cannot be read.
  case damagedDatabase(path: String, reason: String)
  /// The units that went in are not the units that came out.
  case conservation(path: String, unitsIn: Int64, accounted: Int64)
  /// What is asked for is not in the case.
  case unknown(what: String)
  /// A decision about accounts cannot be taken.
  case decision(reason: String)
  /// A verification found differences.
  case verificationFailed(count: Int)

  /// One line: where, what, what to do.
  public var description: String {
    switch self {
    case .noSuchFile(let path): "\(path): no such file or folder"
    case .notRegular(let path):
      "\(path): not a regular file (a link, device or pipe); give the file itself"
    case .permissionDenied(let path): "\(path): permission denied"
    case .inputOutput(let path, let reason): "\(path): \(reason)"
    case .diskFull(let path): "\(path): the disk is full; free some space and run again"
    case .locked(let path, let holder): "\(path): in use by \(holder); try again when it is done"
    case .notACase(let path, let reason): "\(path): not a Clew case: \(reason)"
    case .changedDuringRead(let path): "\(path): changed while it was read; nothing was taken"
    case .damagedDatabase(let path, let reason): "\(path): the database is damaged: \(reason)"
    case .conservation(let path, let unitsIn, let accounted):
      "\(path): \(unitsIn) units went in but \(accounted) are accounted for; nothing was taken"
    case .unknown(let what): "nothing in this case is called \(what)"
    case .decision(let reason): reason
    case .verificationFailed(let count): "verification failed: \(count) differences"
    }
  }
}
