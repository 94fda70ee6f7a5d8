import Synchronization

/// A table of fixed size that several workers fill at once.
///
/// It is a reference: copies are the same table. Every access checks its place, and stops the program
/// where the place lies outside.
///
/// Invariant, kept by whoever hands it to a ``Parallel`` loop: within one loop a place is either written
/// by the worker of one chunk alone, or only read, or touched through the atomic methods alone.
/// The end of a loop makes all that was written visible to all.
@safe struct SharedArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  /// Nil where the memory belongs to an array that is being made.
  private let owner: Memory?
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  /// A table whose places hold nothing sensible until they are written.
  init(unwritten count: Int, life: Memory.Life = .passing) {
    let owner = Memory(byteCount: count * MemoryLayout<Element>.stride, life: life)
    self.owner = owner
    self.count = count
    unsafe base = owner.base.bindMemory(to: Element.self, capacity: count)
  }

  init(repeating value: Element, count: Int, life: Memory.Life = .passing) {
    self.init(unwritten: count, life: life)
    unsafe base.update(repeating: value, count: count)
  }

  /// Views memory of somebody who outlives the table.
  fileprivate init(borrowing base: UnsafeMutablePointer<Element>, count: Int) {
    owner = nil
    unsafe self.base = unsafe base
    self.count = count
  }

  var indices: Range<Int> { 0..<count }

  subscript(place: Int) -> Element {
    @inline(__always) get {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "outside the table")
      return unsafe base[place]
    }
    @inline(__always) nonmutating set {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "outside the table")
      unsafe base[place] = newValue
    }
  }

  subscript(place: UInt32) -> Element {
    @inline(__always) get { self[Int(place)] }
    @inline(__always) nonmutating set { self[Int(place)] = newValue }
  }

  /// Writes one value to a stretch.
  func fill(_ range: Range<Int>, with value: Element) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "outside the table")
    unsafe (base + range.lowerBound).update(repeating: value, count: range.count)
  }

  /// Forgets what lies from a place on, and the memory there where it can be had back.
  func forget(from place: Int) {
    precondition(place >= 0 && place <= count, "outside the table")
    owner?.release(from: place * MemoryLayout<Element>.stride)
  }

  /// The same memory, from now on only read; it must own it.
  func frozen(prefix: Int? = nil) -> Column<Element> {
    guard let owner else { preconditionFailure("a borrowed table cannot be kept") }
    return unsafe Column(
      owner: owner,
      base: unsafe UnsafePointer(base),
      count: min(prefix ?? count, count)
    )
  }

  /// The start of the table, for kernels in files for unsafe code; valid while the table is held.
  @unsafe var pointer: UnsafeMutablePointer<Element> { unsafe base }
}

extension SharedArray where Element == UInt32 {
  @inline(__always)
  private func cell(_ place: Int) -> UnsafeMutablePointer<Atomic<UInt32>> {
    precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "outside the table")
    // An atomic of 32 bits has the layout of the 32 bits.
    return unsafe UnsafeMutableRawPointer(base + place).assumingMemoryBound(to: Atomic<UInt32>.self)
  }

  @inline(__always) func load(_ place: Int) -> UInt32 {
    unsafe cell(place).pointee.load(ordering: .relaxed)
  }

  @inline(__always) func store(_ value: UInt32, at place: Int) {
    unsafe cell(place).pointee.store(value, ordering: .relaxed)
  }

  /// Replaces a value where it is as expected; tells whether it was.
  @inline(__always) func replace(_ expected: UInt32, with value: UInt32, at place: Int) -> Bool {
    unsafe cell(place).pointee.compareExchange(
      expected: expected,
      desired: value,
      ordering: .relaxed
    ).exchanged
  }

  /// Adds and hands back what was there before.
  @inline(__always) func add(_ amount: UInt32, at place: Int) -> UInt32 {
    unsafe cell(place).pointee.add(amount, ordering: .relaxed).oldValue
  }

  /// Writes a value where it is the smaller.
  @inline(__always) func sink(_ place: UInt32, to value: UInt32) {
    precondition(place < count, "outside the table")
    unsafe _ = UInt32.sink(base + Int(place), to: value)
  }

  /// Takes one away and hands back what was there before.
  @inline(__always) func decrement(_ place: Int) -> UInt32 {
    unsafe cell(place).pointee.subtract(1, ordering: .relaxed).oldValue
  }
}

extension SharedArray where Element == UInt64 {
  @inline(__always)
  private func cell(_ place: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
    precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "outside the table")
    return unsafe UnsafeMutableRawPointer(base + place).assumingMemoryBound(to: Atomic<UInt64>.self)
  }

  @inline(__always) func load(_ place: Int) -> UInt64 {
    unsafe cell(place).pointee.load(ordering: .relaxed)
  }

  @inline(__always) func store(_ value: UInt64, at place: Int) {
    unsafe cell(place).pointee.store(value, ordering: .relaxed)
  }

  /// Takes away a bit, and tells whether this worker did; looks first, as most are gone already.
  @inline(__always) func take(_ bit: UInt64, at place: Int) -> Bool {
    let cell = unsafe cell(place)
    guard unsafe cell.pointee.load(ordering: .relaxed) & bit != 0 else { return false }
    return unsafe cell.pointee.bitwiseAnd(~bit, ordering: .relaxed).oldValue & bit != 0
  }

  /// Sets bits and hands back what was there before; looks first, as most are set already.
  @inline(__always) func formUnion(_ bits: UInt64, at place: Int) -> UInt64 {
    let cell = unsafe cell(place)
    let old = unsafe cell.pointee.load(ordering: .relaxed)
    return old & bits == bits
      ? old : unsafe cell.pointee.bitwiseOr(bits, ordering: .relaxed).oldValue
  }
}

extension Array where Element: BitwiseCopyable & Sendable {
  /// Makes an array that a body fills place by place, from several workers; it must fill all.
  init(filling count: Int, _ body: (SharedArray<Element>) throws -> Void) rethrows {
    try unsafe self.init(unsafeUninitializedCapacity: count) { buffer, initializedCount in
      guard count > 0, let base = buffer.baseAddress else { return }
      try unsafe body(SharedArray(borrowing: base, count: count))
      initializedCount = count
    }
  }
}
