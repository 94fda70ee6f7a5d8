public import ClewEvidence
import Foundation

/// The SHA-256 of every file of a generated case, in the form that `sha256sum -c` reads.
public enum ExportManifest {
  /// The lines for all files below `exports` and `truth` of a case folder, by path.
  ///
  /// - Throws: `EvidenceError` when a file cannot be read.
  public static func lines(of folder: String) throws(EvidenceError) -> String {
    var paths: [String] = []
    for part in ["exports", "truth"] {
      guard let below = FileManager.default.enumerator(atPath: "\(folder)/\(part)") else {
        continue
      }
      for case let path as String in below {
        var isFolder: ObjCBool = false
        let full = "\(folder)/\(part)/\(path)"
        guard unsafe FileManager.default.fileExists(atPath: full, isDirectory: &isFolder),
          !isFolder.boolValue
        else { continue }
        paths.append("\(part)/\(path)")
      }
    }
    paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var text = ""
    for path in paths {
      text += try ExportDigest.sha256(ofFile: "\(folder)/\(path)") + "  " + path + "\n"
    }
    return text
  }

  /// Writes `MANIFEST.sha256` into a case folder.
  static func write(into folder: String) throws(EvidenceError) {
    var file = ExportText(path: folder + "/MANIFEST.sha256")
    try file.write(lines(of: folder))
    try file.flush()
  }
}
