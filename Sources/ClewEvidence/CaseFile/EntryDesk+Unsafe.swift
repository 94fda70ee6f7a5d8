internal import Crypto

/// Where the entry of a plain row is put together: its identity, then its bytes as a page holds them.
///
/// It gives what ``RecordIdentity`` and ``PageEncoder`` give for the same transfer.
///
/// `@unsafe` memory is this file's alone: `identity` and `entry` have ``limit`` bytes each, and
/// ``holds(_:_:)`` is asked before anything is written into them.
@safe final class EntryDesk {
  private let identity: UnsafeMutableRawPointer
  private let entry: UnsafeMutableRawPointer

  /// The bytes of each of the two.
  private static let limit = 8192
  /// What lengths, numbers and words of a fixed length take at most.
  private static let overhead = 256

  init() {
    unsafe identity = .allocate(byteCount: Self.limit, alignment: 16)
    unsafe entry = .allocate(byteCount: Self.limit, alignment: 16)
  }

  deinit {
    unsafe identity.deallocate()
    unsafe entry.deallocate()
  }

  /// What became of a transfer.
  @unsafe struct Made {
    let key: RecordID
    let rank: UInt64
    let bytes: UnsafeRawBufferPointer
  }

  /// Whether there is room for the texts of a transfer; a longer one goes the general way.
  func holds(_ transfer: PlainTransfer, _ shelf: AccountShelf) -> Bool {
    var bytes = Int(transfer.original.count) + Int(transfer.memo.count)
    bytes += Int(transfer.channel.count) + Int(transfer.id.count) + Int(transfer.currency.count)
    bytes += transfer.platform.utf8CodeUnitCount
    for (account, cell) in [
      (transfer.payer, transfer.payerCell), (transfer.payee, transfer.payeeCell),
    ] {
      guard let account else { continue }
      bytes +=
        account.schemeLength > 0 ? Int(cell.count) : Self.length(shelf.account(account.number))
    }
    return bytes <= Self.limit - Self.overhead
  }

  private static func length(_ account: Account) -> Int {
    account.scheme.rawValue.utf8.count + account.value.utf8.count
  }

  /// Puts a transfer together, for which ``holds(_:_:)`` has said that there is room.
  ///
  /// - Parameters:
  ///   - transfer: The transfer.
  ///   - bytes: The table that it lies in.
  ///   - accounts: Its ends as the page names them.
  ///   - shelf: Knows the ends.
  /// - Returns: Its key and rank, and the entry, which holds until the next call.
  func make(
    _ transfer: PlainTransfer,
    in bytes: Span<UInt8>,
    accounts: RowAccounts,
    shelf: AccountShelf
  ) -> Made {
    unsafe bytes.withUnsafeBytes { raw in
      let source = unsafe Source(raw, shelf)
      let key = unsafe key(of: transfer, source)
      var cursor = unsafe ByteCursor(entry)
      var flags: PageFlags = .firstOfUnit
      flags.insert(.hasOffset)
      let columns = Self.columns(transfer)
      unsafe cursor.put(
        word: UInt64(flags.rawValue) << 32
          | UInt64(UInt8(truncatingIfNeeded: RecordRow.Kind.transfer.rawValue)) << 40
          | UInt64(columns.rawValue) << 48
      )
      unsafe cursor.put(word: key.high)
      unsafe cursor.put(word: key.low)
      unsafe cursor.put(number: transfer.line)
      unsafe cursor.put(number: transfer.offset)
      if let payer = accounts.a { unsafe cursor.put(number: payer.number) }
      if let payee = accounts.b { unsafe cursor.put(number: payee.number) }
      let start = unsafe cursor.place
      if let at = transfer.at {
        unsafe cursor.put(number: at.milliseconds)
        unsafe cursor.put(byte: at.zone.rawValue)
      }
      unsafe cursor.put(text: transfer.state.rawValue)
      if let fen = transfer.fen {
        unsafe cursor.put(number: fen)
        unsafe source.putCurrency(of: transfer, &cursor)
      }
      if !transfer.memo.isEmpty { unsafe cursor.put(text: source.slice(transfer.memo)) }
      unsafe source.putChannel(of: transfer, &cursor)
      if !transfer.id.isEmpty { unsafe cursor.put(text: source.slice(transfer.id)) }
      var hash = ContentHash(seed: UInt64(bitPattern: RecordRow.Kind.transfer.rawValue))
      hash.add(UInt64(columns.rawValue))
      if let payer = accounts.a { hash.add(payer.digest) }
      if let payee = accounts.b { hash.add(payee.digest) }
      hash.add(
        unsafe UnsafeRawBufferPointer(start: start, count: cursor.place - start).bytes
      )
      unsafe cursor.put(text: source.slice(transfer.original))
      let length = unsafe cursor.place - UnsafeMutableRawPointer(entry)
      unsafe entry.storeBytes(
        of: UInt32(truncatingIfNeeded: length - 4).littleEndian,
        as: UInt32.self
      )
      return unsafe Made(
        key: key,
        // A transfer has no unknown ends (``RecordIndex/rank(of:content:)``).
        rank: hash.value >> 2,
        bytes: UnsafeRawBufferPointer(start: entry, count: length)
      )
    }
  }

  private static func columns(_ transfer: PlainTransfer) -> PageColumn {
    var columns: PageColumn = [.sort, .second]
    if transfer.payer != nil { columns.insert(.a) }
    if transfer.payee != nil { columns.insert(.b) }
    if transfer.at != nil { columns.insert(.at) }
    if transfer.fen != nil {
      columns.insert(.fen)
      columns.insert(.currency)
    }
    if !transfer.memo.isEmpty { columns.insert(.text) }
    if !transfer.id.isEmpty { columns.insert(.third) }
    return columns
  }

  /// The key, by the fields of ``RecordIdentity`` as ``FieldDigest`` writes them.
  private func key(of transfer: PlainTransfer, _ source: Source) -> RecordID {
    var cursor = unsafe ByteCursor(identity)
    unsafe cursor.put(field: "transfer")
    if transfer.channel.isEmpty {
      unsafe cursor.put(field: transfer.platform)
    } else {
      unsafe cursor.put(field: source.slice(transfer.channel))
    }
    unsafe source.put(transfer.payer, transfer.payerCell, &cursor)
    unsafe source.put(transfer.payee, transfer.payeeCell, &cursor)
    unsafe cursor.put(field: transfer.fen)
    if transfer.fen == nil {
      unsafe cursor.put(byte: 0xFF)
    } else if transfer.currency.isEmpty {
      unsafe cursor.put(field: "CNY")
    } else {
      unsafe cursor.put(field: source.slice(transfer.currency))
    }
    unsafe cursor.put(field: transfer.state.rawValue)
    if transfer.id.isEmpty {
      unsafe cursor.put(field: transfer.at?.seconds)
      unsafe cursor.put(field: source.slice(transfer.memo))
    } else {
      unsafe cursor.put(field: source.slice(transfer.id))
    }
    var hasher = SHA256()
    let length = unsafe cursor.place - identity
    unsafe hasher.update(bufferPointer: UnsafeRawBufferPointer(start: identity, count: length))
    return unsafe hasher.finalize().withUnsafeBytes { digest in
      RecordID(
        high: UInt64(bigEndian: unsafe digest.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: unsafe digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
  }

  /// The bytes of the table and the accounts that its cells name.
  @unsafe private struct Source {
    private let raw: UnsafeRawBufferPointer
    private let shelf: AccountShelf

    init(_ raw: UnsafeRawBufferPointer, _ shelf: AccountShelf) {
      unsafe self.raw = unsafe raw
      unsafe self.shelf = shelf
    }

    /// The bytes of a slice; one that lies outside is a fault of the caller.
    func slice(_ slice: PlainTransfer.Slice) -> UnsafeRawBufferPointer {
      let range = slice.range
      precondition(unsafe range.upperBound <= raw.count, "a slice lies beyond its table")
      return unsafe UnsafeRawBufferPointer(rebasing: raw[range])
    }

    /// Writes an account as the two fields that it has in an identity.
    func put(_ account: CellAccount?, _ cell: PlainTransfer.Slice, _ cursor: inout ByteCursor) {
      guard let account else { return unsafe cursor.put(byte: 0xFF) }
      let scheme = Int(account.schemeLength)
      guard scheme > 0 else {
        let known = unsafe shelf.account(account.number)
        unsafe cursor.put(field: known.scheme.rawValue)
        return unsafe cursor.put(field: known.value)
      }
      // `scheme:value` with its lengths in front: that of the value stands where the colon was. Both are
      // below 127 (``AccountCells/schemeLength(of:_:)``).
      let text = unsafe slice(cell)
      unsafe cursor.put(byte: account.schemeLength)
      let start = unsafe cursor.place
      unsafe cursor.put(bytes: text)
      unsafe start.storeBytes(
        of: UInt8(text.count - scheme - 1),
        toByteOffset: scheme,
        as: UInt8.self
      )
    }

    func putCurrency(of transfer: PlainTransfer, _ cursor: inout ByteCursor) {
      if transfer.currency.isEmpty {
        unsafe cursor.put(text: "CNY")
      } else {
        unsafe cursor.put(text: slice(transfer.currency))
      }
    }

    func putChannel(of transfer: PlainTransfer, _ cursor: inout ByteCursor) {
      if transfer.channel.isEmpty {
        unsafe cursor.put(text: transfer.platform)
      } else {
        unsafe cursor.put(text: slice(transfer.channel))
      }
    }
  }
}
