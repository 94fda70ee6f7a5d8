import ClewBuild
import Glibc

/// What runs on the workers of a cluster: rows come in as lines, rows go out as lines.
///
/// | verb | reads | writes |
/// |---|---|---|
/// | `components` | edges: two whole numbers | each node with the least number of its component |
/// | `mark` | records: number, sources and body | the same with the record's marks between |
/// | `rows` | rows of a canonical table | the records that they say, and why a row says none |
/// | `unite` | records by number, some of them several times | each once |
/// | `sightings` | an account and numbers of records | each account with its least numbers |
/// | `sources` | nothing | the digest of the sources of this program |
///
/// Columns are parted by tabs. What `components` and `sightings` write can be read by another one in the
/// place of what they read. A line of another form ends the program with 65, and so the cluster's task fails:
/// no row is lost.
@main
struct Worker {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    do {
      switch (arguments.first, arguments.count) {
      case ("components", 1): try ComponentLines.run()
      case ("mark", 1): try MarkLines(until: nil).run()
      case ("mark", 3) where arguments.dropFirst().first == "--until":
        guard let until = MarkLines.time(arguments.last ?? "") else { throw Usage() }
        try MarkLines(until: until).run()
      case ("sightings", 1): try SightingLines.run()
      case ("sources", 1):
        var writer = LineWriter()
        try writer.write(BuildState.workerSources)
        try writer.finish()
      case ("unite", 1): try UniteLines.run()
      case ("rows", 4):
        let rest = arguments.dropFirst().map(\.self)
        guard let rows = RowLines(table: rest[0], source: rest[1], columns: rest[2]) else {
          throw Usage()
        }
        try rows.run()
      default: throw Usage()
      }
    } catch let error as LineFault {
      end(65, "clew-worker: \(error)")
    } catch is Unwritable {
      exit(74)
    } catch is Usage {
      end(
        64,
        "usage: clew-worker components|mark [--until MS:ZONE]|rows TABLE SOURCE COLUMNS|unite|"
          + "sightings|sources <ROWS >ROWS"
      )
    } catch {
      end(65, "clew-worker: \(error)")
    }
  }

  private static func end(_ status: Int32, _ line: String) -> Never {
    _ = StandardStreams.write(Array((line + "\n").utf8), to: 2)
    exit(status)
  }

  /// The arguments are none that it knows.
  private struct Usage: Error {}
}
