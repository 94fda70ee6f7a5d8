import Foundation
import PackagePlugin

/// Writes the digest of the sources from which `clew-worker` is made into a Swift file, so that a client can see
/// whether the workers' program and its own code are of one state.
@main
struct WorkerSources: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL.path(percentEncoded: false)
    let worker = try context.package.targets(named: ["clew-worker"])
    let modules = worker + worker.flatMap(\.recursiveTargetDependencies)
    let own = modules.compactMap { $0 as? any SourceModuleTarget }
      .flatMap { Self.files(of: $0).map { $0.path(percentEncoded: false) } }
      // Those of other packages lie below the root, too, in a folder that depends on how it is built.
      .filter { $0.hasPrefix(root + "Sources/") && !$0.contains(".docc/") }
    let files = Set(own).sorted()
    // A digest of nothing would be the same in all programs.
    guard !files.isEmpty else { throw NoSources(root: root) }
    let output = context.pluginWorkDirectoryURL.appending(path: "WorkerSources.swift")
    // The names go in as they are below the package: the digest does not depend on where it lies.
    let script = """
      set -e; out=$1; cd "$2"; shift 2
      sums=$(sha256sum -- "$@") # On its own, so that a file that cannot be read ends the build.
      digest=$(printf '%s\\n' "$sums" | sha256sum | cut -c 1-64)
      printf 'let workerSourcesDigest = "%s"\\n' "$digest" > "$out"
      """
    return [
      .buildCommand(
        displayName: "Digest of the worker's sources",
        executable: URL(filePath: "/bin/sh"),
        arguments: ["-c", script, "sh", output.path(percentEncoded: false), root]
          + files.map { String($0.dropFirst(root.count)) },
        inputFiles: files.map { URL(filePath: $0) },
        outputFiles: [output]
      )
    ]
  }

  /// The files of a target.
  ///
  /// A C target does not count its headers among its sources, though what is inlined lies there.
  private static func files(of target: any SourceModuleTarget) -> [URL] {
    let sources = target.sourceFiles.map(\.url)
    guard target is ClangSourceModuleTarget else { return sources }
    let all = FileManager.default.enumerator(
      at: target.directoryURL,
      includingPropertiesForKeys: nil
    )
    return sources + (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "h" }
  }
}

/// The worker's sources are not below the package.
struct NoSources: Error, CustomStringConvertible {
  let root: String

  var description: String { "no sources of clew-worker below \(root)Sources/" }
}
