#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// How many processors an algorithm may use at once.
///
/// The answer never depends on it: work is cut into the same chunks for any number of workers.
public struct WorkerCount: Hashable, Sendable {
  /// The number of workers, at least 1.
  public let value: Int

  /// Asks for a number of workers.
  ///
  /// - Parameter value: The number; anything below 1 counts as 1.
  public init(_ value: Int) {
    self.value = max(1, value)
  }

  /// A single worker.
  public static let one = WorkerCount(1)

  /// One worker for each processor that is switched on.
  public static let active = WorkerCount(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}

extension WorkerCount: ExpressibleByIntegerLiteral {
  /// Asks for a number of workers.
  ///
  /// - Parameter value: The number; anything below 1 counts as 1.
  public init(integerLiteral value: Int) {
    self.init(value)
  }
}

/// The natural logarithm, which the standard library lacks.
func naturalLogarithm(_ value: Double) -> Double {
  log(value)
}
