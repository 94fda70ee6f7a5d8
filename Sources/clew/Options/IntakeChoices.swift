import ArgumentParser
internal import ClewImport

/// How files are read.
struct IntakeChoices: ParsableArguments {
  @Option(help: ArgumentHelp("Read every file as this format.", valueName: "format"))
  var format: String?

  @Option(
    help: ArgumentHelp("Read tables by the maps in this file (docs/mapping.md).", valueName: "file")
  )
  var map: [String] = []

  @Option(
    help: ArgumentHelp(
      "Read text in this encoding: \(IntakeOptions.encodings).",
      valueName: "encoding"
    )
  )
  var encoding: String?

  @Option(
    help: ArgumentHelp(
      "Unpack so many GiB of the archives in one file, and ten thousand members for each.",
      valueName: "GiB"
    )
  )
  var archiveLimit = 1

  func validate() throws {
    if let format, !ImporterRegistry.all.contains(where: { $0.format == format }) {
      throw ValidationError("no format is called \(format); clew import --formats lists them")
    }
    if let encoding, !IntakeOptions.isEncoding(encoding) {
      throw ValidationError("--encoding takes one of \(IntakeOptions.encodings)")
    }
    guard (1...4096).contains(archiveLimit) else {
      throw ValidationError("--archive-limit takes a number of GiB from 1 to 4096")
    }
  }

  /// Reads the maps.
  ///
  /// - Throws: `ImportError` with the line of the map and what is expected there.
  func options() throws -> IntakeOptions {
    var options = IntakeOptions()
    options.format = format
    options.encoding = encoding
    options.archiveLimit = archiveLimit
    for path in map { options.maps += try MapFile.read(path) }
    return options
  }
}
