/// Whether the people of two lines sit in their group chats as those of one line would.
///
/// Two accounts of their groups, halls left out, are compared. If the lines are one, each group
/// draws from both as it happens, by their shares in all these groups. If they are two, each group
/// belongs to one of them, either as likely as not, and one member in ten has come from the other. The
/// logarithm of the likelihood ratio is summed over the groups.
///
/// In whole numbers, so that every engine gets the same bits.
///
/// > Source: J. Neyman, E. S. Pearson, "On the problem of the most efficient tests of statistical
/// > hypotheses", *Phil. Trans. R. Soc. A* 231, 1933. [doi](https://doi.org/10.1098/rsta.1933.0009)
struct GroupMixture {
  /// How many bits speak for one line; below zero for two.
  let bits: Int64

  /// Of how many members of a group one belongs to the other line, if they are two.
  private static let straysOneIn = 10

  /// - Parameter groups: For each group how many of its members are of the one line and of the other.
  /// - Complexity: O(*g*) for *g* groups.
  init(_ groups: [(one: Int, other: Int)]) {
    let ones = groups.reduce(0) { $0 + $1.one }
    let others = groups.reduce(0) { $0 + $1.other }
    let share = (one: Self.log(ones, of: ones + others), other: Self.log(others, of: ones + others))
    let stray = Self.log(1, of: Self.straysOneIn)
    let atHome = Self.log(Self.straysOneIn - 1, of: Self.straysOneIn)
    var sum: Int64 = 0
    for group in groups {
      let together = Int64(group.one) * share.one + Int64(group.other) * share.other
      let most = Int64(max(group.one, group.other))
      let least = Int64(min(group.one, group.other))
      sum += together - (most * atHome + least * stray - Self.unit)
    }
    bits = sum / Self.unit
  }

  /// One bit.
  private static let unit: Int64 = 1 << 16

  /// The binary logarithm of a share, in 65536ths; 0 for no share, which nobody asks for.
  private static func log(_ part: Int, of whole: Int) -> Int64 { log(part) - log(whole) }

  private static func log(_ number: Int) -> Int64 {
    guard number > 0 else { return 0 }
    let exponent = Int.bitWidth - 1 - number.leadingZeroBitCount
    // From 1 to 2, with 31 bits behind the point; each squaring gives one bit of the logarithm.
    var rest =
      exponent <= 31 ? UInt64(number) << (31 - exponent) : UInt64(number) >> (exponent - 31)
    var result = Int64(exponent)
    for _ in 0..<16 {
      rest = (rest * rest) >> 31
      result *= 2
      if rest >= 1 << 32 {
        rest >>= 1
        result += 1
      }
    }
    return result
  }
}
