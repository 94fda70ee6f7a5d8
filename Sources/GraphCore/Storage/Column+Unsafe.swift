/// Values in a row that never change: one column of a graph's storage.
///
/// It reads memory that it owns together with others, so that copies, also of parts, cost nothing, and
/// the memory may as well be a mapped file. Every access checks its place.
///
/// Invariant: the memory of `owner` holds `count` values from `base` on, and nobody writes them.
@safe struct Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let owner: Memory
  private let base: UnsafePointer<Element>
  let count: Int

  init(owner: Memory, base: UnsafePointer<Element>, count: Int) {
    self.owner = owner
    unsafe self.base = unsafe base
    self.count = count
  }

  init(_ values: [Element]) {
    let table = SharedArray<Element>(unwritten: values.count, life: .lasting)
    for place in values.indices { table[place] = values[place] }
    self = table.frozen()
  }

  /// The start of the column, for kernels in files for unsafe code; valid while the column is held.
  @unsafe var pointer: UnsafePointer<Element> { unsafe base }

  /// The same memory read as another type of the same layout.
  @unsafe func reinterpreted<Other>(as type: Other.Type) -> Column<Other> {
    precondition(MemoryLayout<Other>.stride == MemoryLayout<Element>.stride)
    return unsafe Column<Other>(
      owner: owner,
      base: UnsafeRawPointer(base).assumingMemoryBound(to: Other.self),
      count: count
    )
  }

  /// The values as raw bytes, for writing and for check sums.
  func withBytes<Answer>(_ body: (UnsafeRawBufferPointer) throws -> Answer) rethrows -> Answer {
    try unsafe body(
      UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Element>.stride)
    )
  }
}

extension Column: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(place: Int) -> Element {
    @inline(__always) get {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "outside the column")
      return unsafe base[place]
    }
  }
}

extension Column: Equatable where Element: Equatable {
  static func == (left: Self, right: Self) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe left.base == right.base || left.elementsEqual(right)
  }
}
