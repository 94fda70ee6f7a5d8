/// What is wrong with a file that should be a snapshot of a graph.
public enum SnapshotProblem: Error, Hashable, Sendable {
  /// It begins with other bytes.
  case noSnapshot
  /// It was written by another version.
  case otherVersion(UInt32)
  /// It is shorter or longer than its header says.
  case wrongLength
  /// Its check sum is not that of its content.
  case wrongChecksum
  /// Its rows break a promise that every graph keeps.
  case brokenRows
}

extension SnapshotProblem: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .noSnapshot: "it does not begin as a snapshot does; read the edge list instead"
    case .otherVersion(let version):
      "it has format \(version), this program reads format \(GraphSnapshot.version); write it anew"
    case .wrongLength: "it is cut short or has bytes added; write it anew"
    case .wrongChecksum: "its check sum does not fit its content; write it anew"
    case .brokenRows: "its rows are out of order; write it anew"
    }
  }
}

/// The layout of a graph in a file, from which it is used in place.
///
/// A header of 4,096 bytes, then the columns, each from a multiple of 4,096 bytes on: offsets,
/// neighbours, weights and counts of the outgoing rows, and of a directed graph the same of the incoming
/// ones. The header is a row of 64-bit numbers, as the processor has them: the mark `CLEWGRF` with a
/// byte that tells the byte order, the version, the flags, the number of nodes, the number of entries,
/// the length of the file, and check sums of the columns and of the header before it.
enum GraphSnapshot {
  static let version: UInt32 = 1
  static let mark: UInt64 = 0x0146_5247_5745_4C43
  static let pageSize = 4096

  struct Flags: OptionSet {
    let rawValue: UInt64
    static let directed = Flags(rawValue: 1)
    static let weights = Flags(rawValue: 2)
    static let counts = Flags(rawValue: 4)
  }

  /// The facts in the header, in order.
  struct Header {
    var flags: Flags
    var nodeCount: Int
    var entryCount: Int
    var byteCount: Int
    var checksum: UInt64

    var words: [UInt64] {
      var words = [
        GraphSnapshot.mark, UInt64(GraphSnapshot.version), flags.rawValue, UInt64(nodeCount),
        UInt64(entryCount), UInt64(byteCount), checksum,
      ]
      words.append(words.reduce(0) { GraphSnapshot.mix($0, $1) })
      return words
    }
  }

  /// The lengths of the columns of a graph, in bytes, in the order of the file.
  static func columnLengths(_ header: Header) -> [Int] {
    let side = [
      4 * (header.nodeCount + 1), 4 * header.entryCount,
      header.flags.contains(.weights) ? 8 * header.entryCount : 0,
      header.flags.contains(.counts) ? 4 * header.entryCount : 0,
    ]
    return header.flags.contains(.directed) ? side + side : side
  }

  /// Where each column begins, and the length of the file.
  static func places(_ header: Header) -> (starts: [Int], end: Int) {
    var end = pageSize
    let starts = columnLengths(header).map { length in
      defer { end += (length + pageSize - 1) / pageSize * pageSize }
      return end
    }
    return (starts, end)
  }

  /// One step of a check sum: a multiplication spreads each bit, and a shift brings it back down.
  @inline(__always) static func mix(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let product = (sum ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return (product.high ^ product.low) &+ 0x2545_F491_4F6C_DD1D
  }
}
