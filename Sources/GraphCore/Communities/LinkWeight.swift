/// How a network keeps the weights of its edges and adds them up.
///
/// The weights of a graph are whole numbers, so that their sums are the same in either; where all
/// together stay below 2³² they take half the room.
protocol LinkWeight: BitwiseCopyable, Equatable, Sendable {
  static var zero: Self { get }
  static var one: Self { get }
  /// Takes over the weight of an edge, which fits.
  init(_ weight: Int64)
  var asDouble: Double { get }
  /// The sum, which fits.
  func adding(_ other: Self) -> Self
}

extension Double: LinkWeight {
  static var one: Double { 1 }
  @inline(__always) var asDouble: Double { self }
  @inline(__always) func adding(_ other: Double) -> Double { self + other }
}

extension UInt32: LinkWeight {
  static var one: UInt32 { 1 }
  @inline(__always) var asDouble: Double { Double(self) }
  @inline(__always) func adding(_ other: UInt32) -> UInt32 { self &+ other }
}

extension Graph {
  /// Whether the weights of all edges, there and back, add up to less than 2³².
  var hasSmallWeights: Bool { totalWeight < Int64(UInt32.max) / 2 }
}
