import ArgumentParser

/// How long the tables are.
struct RowsOption: ParsableArguments {
  @Option(help: ArgumentHelp("How many rows of each long table.", valueName: "n"))
  var limit = 20

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit takes a number from 1 on") }
  }
}
