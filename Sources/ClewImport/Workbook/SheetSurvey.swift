/// What was seen in a sheet besides the texts of its cells.
struct SheetSurvey {
  var rows: Int64 = 0
  var hiddenRows: Int64 = 0
  var hasHiddenColumns = false
  var formulas = 0
  var dates = 0
  var errors = 0
  var mergedRanges = 0
  var lostPrecision = CellCount()
  var unreadable: [String: CellCount] = [:]

  /// The decisions, as the log of the source keeps them.
  func decisions(is1904: Bool) -> [String: String] {
    var said: [String: String] = [:]
    if hiddenRows > 0 { said["hidden rows"] = "\(hiddenRows), read like the others" }
    if hasHiddenColumns { said["hidden columns"] = "read like the others" }
    if formulas > 0 {
      said["formulas"] = "\(formulas) cells: the stored value is taken, nothing was computed"
    }
    if dates > 0 {
      said["dates"] =
        "\(dates) cells written as yyyy-MM-dd by their format"
        + (is1904 ? "; days counted from 1904" : "")
    }
    if errors > 0 { said["error values"] = "\(errors) cells, such as #N/A" }
    if mergedRanges > 0 {
      said["merged cells"] = "\(mergedRanges) ranges; the value stands in the first cell of each"
    }
    if lostPrecision.count > 0 {
      said["source lost precision"] =
        "\(lostPrecision.count) numbers of 16 digits or more, first \(lostPrecision.first); "
        + "a spreadsheet keeps 15, so they are written with an exponent"
    }
    for (reason, cells) in unreadable {
      said["unreadable cells: \(reason)"] =
        "\(cells.count), first \(cells.first), written \(SheetReader.unreadable)"
    }
    return said
  }
}
