public import ClewEvidence
public import ClewImport

/// What became of some bytes that an importer was given.
public enum Outcome: Sendable, Equatable {
  /// It read them; every unit is accounted for.
  case read(units: Int64)
  /// It refused them as a whole, in one line.
  case refused
  /// A promise that it did not keep.
  case broken(String)

  /// Stages a file and lets an importer read it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - area: Where it is copied to.
  ///   - companions: Other files of the export, staged before.
  ///   - choose: Who reads it; `nil` when nobody does, which is a refusal.
  /// - Returns: What became of it.
  public static func of(
    _ path: String,
    in area: StagingArea,
    companions: [StagedSource] = [],
    choose: (StagedSource) -> (any Importer)?
  ) -> Outcome {
    guarded {
      var source = try area.stage(path)
      source.companions = companions
      defer { area.discard(source) }
      guard let importer = choose(source) else { return .refused }
      return try read(source, importer)
    }
  }

  /// Looks for sources in a file, as the command line does: archives are unpacked, workbooks become
  /// tables.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - area: Where it is copied to.
  /// - Returns: What became of all that was found; refused when nothing could be read.
  public static func ofFinding(_ path: String, in area: StagingArea) -> Outcome {
    guarded {
      var whole = Outcome.refused
      try SourceFinder(area: area).find([path]) { finding in
        let one: Outcome =
          switch finding {
          case .source(let source, let importer, _): guarded { try read(source, importer) }
          case .unread(let unread):
            isOneLine(unread.reason) ? .refused : .broken("a reason of several lines")
          }
        switch (whole, one) {
        case (.broken, _), (_, .refused): break
        case (.read(let before), .read(let units)): whole = .read(units: before + units)
        default: whole = one
        }
      }
      return whole
    }
  }

  /// Reads a map, and by it a table.
  ///
  /// - Parameters:
  ///   - path: The table.
  ///   - map: The map.
  ///   - area: Where the table is copied to.
  /// - Returns: What became of both; refused when the map is.
  public static func ofMapping(_ path: String, by map: String, in area: StagingArea) -> Outcome {
    guarded {
      var whole = Outcome.refused
      for map in try MapFile.read(map) {
        let importer = MappedTable(map)
        let one = of(path, in: area) { _ in importer }
        switch (whole, one) {
        case (.broken, _), (_, .refused): break
        case (.read(let before), .read(let units)): whole = .read(units: before + units)
        default: whole = one
        }
      }
      return whole
    }
  }

  private static func guarded(_ body: () throws -> Outcome) -> Outcome {
    do {
      return try body()
    } catch let error as EvidenceError {
      return isOneLine(error.description) ? .refused : .broken("an error of several lines")
    } catch let error as ImportError {
      return isOneLine(error.description) ? .refused : .broken("an error of several lines")
    } catch {
      return .broken("an error of a foreign kind: \(type(of: error))")
    }
  }

  /// The law: every unit is accepted, rejected or skipped, and the reader counted them itself.
  private static func read(_ source: StagedSource, _ importer: any Importer) throws -> Outcome {
    _ = importer.recognise(source)
    let sink = CollectingSink()
    let units = try importer.read(source, into: sink)
    guard units == sink.unitCount else {
      return .broken("\(units) units read, \(sink.unitCount) accounted for")
    }
    guard Set(sink.units.map(\.position)).count == sink.units.count else {
      return .broken("two units stand at one place")
    }
    for reject in sink.rejects where !isOneLine(reject.reason) {
      return .broken("a reason that is not one line")
    }
    return .read(units: units)
  }

  private static func isOneLine(_ message: String) -> Bool {
    !message.isEmpty && !message.utf8.contains(0x0A)
  }
}
