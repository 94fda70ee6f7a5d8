internal import ClewEvidence

/// The databases that lie around a source, for importers that need more than one file of an export.
///
/// Copies are made when they are first asked for and kept until the shelf is cleared, since many
/// sources of one folder ask for the same neighbour.
final class CompanionShelf {
  /// Larger databases hold messages, not the names that a neighbour is asked for.
  static let sizeLimit: Int64 = 512 << 20

  private let load: (String) -> StagedSource?
  private let release: (StagedSource) -> Void
  /// The paths in each folder, in the order of their bytes.
  private let folders: [String: [String]]
  private var loaded: [String: StagedSource?] = [:]
  /// The sources that each wanted path was given to, in the order of asking.
  private var given: [String: [String]] = [:]

  /// Makes a shelf of the files at `paths`.
  ///
  /// - Parameters:
  ///   - paths: All files of the intake or of the archive.
  ///   - load: Copies one file; `nil` when it is no database or cannot be read.
  ///   - release: Deletes a copy.
  init(
    paths: [String],
    load: @escaping (String) -> StagedSource?,
    release: @escaping (StagedSource) -> Void
  ) {
    self.load = load
    self.release = release
    folders = Dictionary(grouping: paths, by: Self.folder)
      .mapValues { $0.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
  }

  /// The neighbours of the file at `path` that the importer wants.
  func companions(of path: String, for importer: any Importer) -> [StagedSource] {
    let folder = Self.folder(path)
    let beside = wanted(in: [folder], except: path, importer)
    if !beside.isEmpty || folder.isEmpty { return beside }
    let above = Self.folder(folder)
    let around = folders.keys
      .filter { $0 == above || Self.folder($0) == above || Self.folder($0) == folder }
      .filter { $0 != folder }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return wanted(in: around, except: path, importer)
  }

  /// The sources that were given the file at `path` as their neighbour, in the order of asking.
  func askers(of path: String) -> [String] { given[path] ?? [] }

  /// Deletes all copies.
  func clear() {
    for case .some(.some(let source)) in loaded.values.map({ Optional($0) }) { release(source) }
    loaded = [:]
  }

  private func wanted(
    in folders: [String],
    except path: String,
    _ importer: any Importer
  ) -> [StagedSource] {
    folders.flatMap { self.folders[$0] ?? [] }.compactMap { candidate in
      guard !candidate.utf8.elementsEqual(path.utf8) else { return nil }
      let source: StagedSource?
      if let known = loaded[candidate] {
        source = known
      } else {
        source = load(candidate)
        loaded.updateValue(source, forKey: candidate)
      }
      guard let source, importer.wants(companion: source) else { return nil }
      given[candidate, default: []].append(path)
      return source
    }
  }

  /// The path without its last component; empty at the top.
  private static func folder(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(path[..<slash])
  }
}
