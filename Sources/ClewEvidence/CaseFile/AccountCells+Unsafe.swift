/// What account cells mean, by their bytes, in one open-addressed table.
///
/// A slot is one line of the processor's cache, and holds all that is asked of a cell:
///
/// | bytes | |
/// |---|---|
/// | 0 to 7 | hash, 0 where the slot is empty |
/// | 8 to 15 | digest of the account |
/// | 16 to 19 | number of the account |
/// | 20 | length of the cell |
/// | 21 | length of the scheme, 0 where the cell is not the account's own text |
/// | 24 to 63 | the cell |
///
/// Invariant, kept by `insert` and `grow`: at least a fifth of the slots is empty, so every search ends.
///
/// - Complexity: O(1) a search on average; memory is bounded, since a full table is emptied.
struct AccountCells {
  private var slots = LargeMemory(bytes: 1024 * slotBytes)
  private var count = 0
  private static let slotBytes = 64
  private static let cellLimit = 40
  /// 32 MiB of slots.
  private static let slotLimit = 1 << 19

  private var mask: Int { slots.count / Self.slotBytes - 1 }

  @inline(__always)
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = ContentHash()
    hash.add(unsafe bytes.bytes)
    // 0 marks an empty slot.
    return hash.value | 1 << 63
  }

  /// Looks some cells up.
  ///
  /// The slots of all, then the marks of all are asked for before the first is needed, so that the waits for
  /// the memory fall together.
  ///
  /// - Parameters:
  ///   - cells: Where the cells lie in `bytes`.
  ///   - bytes: Some lines of a table.
  ///   - marks: The marks of the accounts.
  ///   - found: The answers; ``CellAccount/unknown`` for a cell that was not learnt.
  /// - Returns: What was loaded, so that no load is left out as idle.
  func find(
    _ cells: [PlainTransfer.Slice],
    in bytes: Span<UInt8>,
    _ marks: AccountMarks,
    into found: inout [CellAccount]
  ) -> UInt64 {
    found.removeAll(keepingCapacity: true)
    let (slots, mask) = unsafe (slots.start, mask)
    var touched: UInt64 = 0
    unsafe bytes.withUnsafeBytes { raw in
      unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: cells.count) { hashes in
        for index in cells.indices {
          unsafe hashes.initializeElement(
            at: index,
            to: Self.hash(Self.part(cells[index], of: raw))
          )
        }
        // Loops of little else than loads: the processor has many of them under way.
        for index in cells.indices {
          let place = unsafe Int(truncatingIfNeeded: hashes[index]) & mask
          touched &+= unsafe (slots + place &* Self.slotBytes).load(as: UInt64.self)
        }
        for index in cells.indices {
          let account = unsafe Self.find(
            Self.part(cells[index], of: raw),
            hash: hashes[index],
            slots,
            mask
          )
          found.append(account)
        }
        let (start, count) = unsafe (marks.start, marks.count)
        for account in found where account.number >= 0 && Int(account.number) < count {
          touched &+= unsafe (start + Int(account.number) &* 8).load(as: UInt64.self)
        }
      }
    }
    return touched
  }

  /// What a cell means.
  func find(_ cell: Span<UInt8>) -> CellAccount {
    unsafe cell.withUnsafeBytes { unsafe Self.find($0, hash: Self.hash($0), slots.start, mask) }
  }

  @inline(__always)
  private static func part(
    _ cell: PlainTransfer.Slice,
    of raw: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer {
    let range = cell.range
    precondition(range.upperBound <= raw.count, "a slice lies beyond its table")
    return unsafe UnsafeRawBufferPointer(rebasing: raw[range])
  }

  @inline(__always)
  private static func find(
    _ cell: UnsafeRawBufferPointer,
    hash: UInt64,
    _ slots: UnsafeMutableRawPointer,
    _ mask: Int
  ) -> CellAccount {
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = unsafe slots + place &* slotBytes
      let found = unsafe slot.load(as: UInt64.self)
      if found == 0 { return .unknown }
      if found == hash, unsafe holds(slot, cell) {
        return CellAccount(
          number: unsafe slot.load(fromByteOffset: 16, as: Int32.self),
          schemeLength: unsafe slot.load(fromByteOffset: 21, as: UInt8.self),
          digest: unsafe slot.load(fromByteOffset: 8, as: UInt64.self)
        )
      }
      place = (place &+ 1) & mask
    }
  }

  @inline(__always)
  private static func holds(
    _ slot: UnsafeMutableRawPointer,
    _ cell: UnsafeRawBufferPointer
  ) -> Bool {
    let length = Int(unsafe slot.load(fromByteOffset: 20, as: UInt8.self))
    guard length == cell.count else { return false }
    let known = unsafe UnsafeRawBufferPointer(start: slot + 24, count: length)
    return unsafe known.bytes.isEqual(to: cell.bytes)
  }

  /// Remembers a cell that is not known; a long one is passed over.
  mutating func insert(_ cell: Span<UInt8>, _ account: CellAccount) {
    guard cell.count <= Self.cellLimit else { return }
    if 5 * (count + 1) > 4 * (mask + 1) { grow() }
    unsafe cell.withUnsafeBytes { raw in
      let hash = unsafe Self.hash(raw)
      let slot = unsafe slots.start + free(hash) * Self.slotBytes
      unsafe slot.storeBytes(of: hash, as: UInt64.self)
      unsafe slot.storeBytes(of: account.digest, toByteOffset: 8, as: UInt64.self)
      unsafe slot.storeBytes(of: account.number, toByteOffset: 16, as: Int32.self)
      unsafe slot.storeBytes(of: UInt8(raw.count), toByteOffset: 20, as: UInt8.self)
      unsafe slot.storeBytes(of: account.schemeLength, toByteOffset: 21, as: UInt8.self)
      if let base = raw.baseAddress {
        unsafe (slot + 24).copyMemory(from: base, byteCount: raw.count)
      }
    }
    count += 1
  }

  /// The first empty slot for a hash.
  private func free(_ hash: UInt64) -> Int {
    let (slots, mask) = unsafe (slots.start, mask)
    var place = Int(truncatingIfNeeded: hash) & mask
    while unsafe (slots + place * Self.slotBytes).load(as: UInt64.self) != 0 {
      place = (place + 1) & mask
    }
    return place
  }

  /// Doubles the table, or empties it when it is as long as it may be.
  private mutating func grow() {
    let old = slots
    let oldCount = mask + 1
    let isFull = oldCount >= Self.slotLimit
    slots = LargeMemory(bytes: isFull ? old.count : 2 * old.count)
    if isFull { count = 0 }
    for place in 0..<(isFull ? 0 : oldCount) {
      let slot = unsafe old.start + place * Self.slotBytes
      let hash = unsafe slot.load(as: UInt64.self)
      guard hash != 0 else { continue }
      unsafe (slots.start + free(hash) * Self.slotBytes)
        .copyMemory(from: slot, byteCount: Self.slotBytes)
    }
  }

  /// How long the scheme is, where the cell is the account's own text; else 0.
  static func schemeLength(of cell: Span<UInt8>, _ account: Account) -> UInt8 {
    let (scheme, value) = (account.scheme.rawValue, account.value)
    let length = scheme.utf8.count
    guard value.utf8.count < 0x7F, cell.count == length + 1 + value.utf8.count else { return 0 }
    let isSame = unsafe cell.withUnsafeBufferPointer { raw in
      unsafe raw[..<length].elementsEqual(scheme.utf8) && raw[length] == UInt8(ascii: ":")
        && raw[(length + 1)...].elementsEqual(value.utf8)
    }
    return isSame ? UInt8(length) : 0
  }
}
