/// How much of the archives inside one file is unpacked.
struct ArchiveLimit: Sendable, Hashable {
  /// Bytes of copies that may lie on the disk together.
  let bytes: Int64
  /// How many members all archives inside one file may have.
  let members: Int

  /// Each GiB also allows ten thousand members.
  init(gibibytes: Int = 1) {
    let held = min(max(gibibytes, 1), 1 << 20)
    self.init(bytes: Int64(held) << 30, members: held * 10_000)
  }

  /// Makes a limit of any size.
  init(bytes: Int64, members: Int) {
    self.bytes = bytes
    self.members = members
  }

  var reason: String {
    let size = bytes >= 1 << 30 ? "\(bytes >> 30) GiB" : "\(bytes) bytes"
    return "its members are longer than \(size) together; unpack it first or raise --archive-limit"
  }
}
