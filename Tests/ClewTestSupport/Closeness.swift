/// Tells whether two lists of numbers are equal but for rounding.
///
/// - Parameters:
///   - left: One list.
///   - right: The other.
///   - tolerance: By how much a number may differ.
/// - Returns: Whether they are as long and no number differs by more.
public func areClose(_ left: [Double], _ right: [Double], within tolerance: Double = 1e-9) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { ($0 - $1).magnitude <= tolerance }
}

/// The correlation of two lists of numbers.
///
/// - Parameters:
///   - left: One list.
///   - right: The other, as long.
/// - Returns: Pearson's coefficient, from -1 to 1.
public func correlation(_ left: [Double], _ right: [Double]) -> Double {
  let count = Double(left.count)
  let (meanLeft, meanRight) = (left.reduce(0, +) / count, right.reduce(0, +) / count)
  var (both, ownLeft, ownRight) = (0.0, 0.0, 0.0)
  for (x, y) in zip(left, right) {
    both += (x - meanLeft) * (y - meanRight)
    ownLeft += (x - meanLeft) * (x - meanLeft)
    ownRight += (y - meanRight) * (y - meanRight)
  }
  return both / (ownLeft * ownRight).squareRoot()
}
