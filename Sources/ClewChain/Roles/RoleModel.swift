internal import Foundation
internal import GraphCore

/// The weights by which evidence becomes a role, as a data file (`role-weights.json`).
///
/// A Markov random field over the traders: each state of a trader has log-odds from its own evidence
/// (``RoleFeature``, with weights that depend on its ``RoleView``, and how well the prices fit) and from
/// the states of those who supply it and whom it supplies. The weights are fitted by pseudo-likelihood on
/// invented cases (`Scripts/fit-roles.py`). All are whole thousandths of a natural logarithm, so that what
/// decides is computed without rounding that could differ between machines.
///
/// > Source: J. Besag, "Statistical analysis of non-lattice data", *The Statistician* 24(3), 1975.
/// > [doi](https://doi.org/10.2307/2987782)
public struct RoleModel: Sendable {
  /// What a link says about its two ends.
  enum Tie: String, Sendable, CaseIterable {
    /// Carries at least a third of what the buyer's strongest link carries.
    case main
    /// Carries less.
    case minor
    /// Supply runs the other way as well.
    case mutual
  }

  /// The version of the data file, reported with every analysis.
  public let version: String
  /// Weights by view, feature and state.
  let features: [[[Int64]]]
  /// What a misfit of the prices asked costs, in thousandths.
  let asks: Int64
  /// What a misfit of the prices paid costs, in thousandths.
  let pays: Int64
  /// Weights by tie, state of the supplier and state of the buyer.
  let ties: [[[Int64]]]
  /// How often beliefs are right, by their thousandths: the confidence to state for each tenth.
  let calibration: [Calibration]

  /// What a belief is worth.
  struct Calibration: Sendable, Decodable {
    /// A belief from this on, in thousandths.
    let from: Int
    /// Is right so often, in thousandths.
    let right: Int
  }

  private struct File: Decodable {
    let version: String
    let features: [String: [String: Int64]]
    /// What is added to the weights of features for traders who are seen from one side.
    let views: [String: [String: [String: Int64]]]?
    let asks, pays: Int64
    let ties: [String: [String: [String: Int64]]]
    let calibration: [Calibration]
  }

  /// The weights that come with Clew; a test decodes them, so that they can only fail there.
  public static let standard =
    RoleModel(json: PackageResources.role_weights_json) ?? RoleModel.empty

  /// No weights at all: the rules alone decide.
  static let empty = RoleModel()

  private init() {
    version = "none"
    features = []
    asks = 0
    pays = 0
    ties = []
    calibration = []
  }

  /// Reads weights; `nil` when the file holds something else.
  public init?(json: [UInt8]) {
    guard let file = try? JSONDecoder().decode(File.self, from: Data(json)) else { return nil }
    let states = TraderState.allCases
    // Beyond this a weight could overflow a sum; no fit comes near.
    func bounded(_ weight: Int64?) -> Int64 { min(Self.highest, max(-Self.highest, weight ?? 0)) }
    version = file.version
    features = RoleView.allCases.map { view in
      RoleFeature.allCases.map { feature in
        let own = file.views?[view.rawValue]?[feature.rawValue]
        return states.map {
          bounded(file.features[feature.rawValue]?[$0.rawValue]) + bounded(own?[$0.rawValue])
        }
      }
    }
    asks = bounded(file.asks)
    pays = bounded(file.pays)
    ties = Tie.allCases.map { tie in
      states.map { supplier in
        states.map { bounded(file.ties[tie.rawValue]?[supplier.rawValue]?[$0.rawValue]) }
      }
    }
    calibration = file.calibration.sorted { $0.from < $1.from }
  }

  private static let highest: Int64 = 50_000

  private init(_ model: RoleModel, ties: [[[Int64]]]) {
    version = model.version
    features = model.features
    asks = model.asks
    pays = model.pays
    self.ties = ties
    calibration = model.calibration
  }

  /// The same weights, but for what somebody's suppliers and buyers are believed to be.
  var withoutTies: RoleModel {
    RoleModel(self, ties: ties.map { $0.map { $0.map { _ in 0 } } })
  }

  /// Whether there is anything to weigh with.
  var isEmpty: Bool { features.joined().joined().allSatisfy { $0 == 0 } }

  /// How often a belief of so many thousandths is right, in thousandths.
  ///
  /// Between two points of the calibration the straight line holds.
  func confidence(_ belief: Int) -> Int {
    guard let above = calibration.firstIndex(where: { $0.from >= belief }) else {
      return calibration.last?.right ?? belief
    }
    let right = calibration[above]
    guard above > 0, right.from > belief else { return right.right }
    let left = calibration[above - 1]
    return left.right + (right.right - left.right) * (belief - left.from)
      / max(1, right.from - left.from)
  }
}
