/// A transfer whose cells are its texts as they stand, in the bytes of a table.
///
/// It says what ``Transfer`` says, but its texts are places in those bytes, so that nothing is copied
/// on the way to a page (``UnitBatch/accept(_:in:)``).
package struct PlainTransfer {
  /// Some of the bytes of the table.
  package struct Slice {
    package var start: Int32
    package var count: Int32

    package init(start: Int32, count: Int32) {
      self.start = start
      self.count = count
    }

    /// No bytes.
    package static let none = Slice(start: 0, count: 0)
    package var isEmpty: Bool { count == 0 }
    /// Where the bytes lie.
    package var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
  }

  /// The line of the table and its offset in the file.
  package var line: Int64 = 0
  package var offset: Int64 = 0
  /// The row without its end.
  package var original = Slice.none
  package var payer: CellAccount?
  package var payee: CellAccount?
  /// The cells that name the two.
  package var payerCell = Slice.none
  package var payeeCell = Slice.none
  package var at: Timestamp?
  package var fen: Int64?
  /// Empty for yuan.
  package var currency = Slice.none
  package var channel = Slice.none
  /// The channel where the table has none; `channel` is empty then.
  package var platform: StaticString = ""
  package var memo = Slice.none
  /// The one id; empty where there is none.
  package var id = Slice.none
  package var state = Transfer.State.completed

  package init() {}
}
