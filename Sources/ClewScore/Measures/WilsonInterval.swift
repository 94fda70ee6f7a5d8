internal import Foundation

/// The 95 % interval of a share.
///
/// > Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// > *J. Am. Stat. Assoc.* 22(158), 1927. [doi](https://doi.org/10.1080/01621459.1927.10502953)
enum WilsonInterval {
  /// The normal quantile of 97.5 %.
  private static let z = 1.959_963_984_540_054

  /// The interval of `right` in `total`; `nil` without a case.
  static func of(_ right: Int, in total: Int) -> ClosedRange<Double>? {
    guard total > 0, right >= 0, right <= total else { return nil }
    let n = Double(total)
    let share = Double(right) / n
    let scale = 1 + z * z / n
    let middle = (share + z * z / (2 * n)) / scale
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / scale
    // Rounding may lead a hair past the ends.
    return max(0, min(middle - half, share))...min(1, max(middle + half, share))
  }
}
