import ArgumentParser
import Glibc

/// The command line of Clew.
@main
struct Clew: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clew",
    abstract: "Turns seized contact exports into the tiered resale chain behind them.",
    discussion: """
      Reads address books, chats, groups, payments and registration returns; says who supplied
      whom, on which line, at which tier, with the records that prove it; draws it.

      EXAMPLES
        clew run seized/ -o out
        clew show out/case.clew 猎人
      """,
    version: "0.1.0",
    subcommands: [
      Run.self, Import.self, Sources.self, Rejects.self, Verify.self, Analyze.self, Show.self,
      Gaps.self, Arrest.self, Metrics.self,
      Timeline.self,
      Parties.self, Merge.self, Split.self, Undo.self, Draw.self, Export.self, GraphCommand.self,
      Simulate.self, Score.self, Cluster.self,
    ]
  )

  static func main() async {
    Interruption.install()
    // Nothing here depends on the local zone, but cairo writes it into PDFs: the same case gives the
    // same bytes everywhere.
    _ = unsafe setenv("TZ", "UTC0", 1)
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      Terminal.finish(.ok)
    } catch {
      Failure.leave(with: error)
    }
  }
}
