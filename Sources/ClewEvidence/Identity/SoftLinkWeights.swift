internal import Foundation

/// What each sign that two parties may be one adds to their score, as a data file (`soft-links.json`)
/// that gives a reason for every number.
///
/// > Source: I. P. Fellegi, A. B. Sunter, "A theory for record linkage", *J. Am. Stat. Assoc.* 64,
/// > 1969. [doi](https://doi.org/10.1080/01621459.1969.10501049)
public struct SoftLinkWeights: Sendable {
  /// The version of the data file, reported with every list.
  public let version: String
  /// From this score a pair is listed, in thousandths.
  public let threshold: Int
  /// A name that more parties bear than this is no sign.
  public let nameLimit: Int
  private let weights: [String: Int]
  private let commonNames: Set<String>

  private struct File: Decodable {
    struct Weight: Decodable {
      let weight: Int
      let reason: String
    }
    let version: String
    let threshold, nameLimit: Weight
    let signs: [String: Weight]
    let commonNames: [String]
  }

  /// The weights that come with Clew.
  ///
  /// The file is part of the program; a test decodes it, so that it can only fail there.
  public static let standard = SoftLinkWeights(json: PackageResources.soft_links_json) ?? .none

  /// No weights: nothing is ever listed.
  private static let none = SoftLinkWeights()

  private init() {
    (version, threshold, nameLimit) = ("empty", .max, 0)
    (weights, commonNames) = ([:], [])
  }

  init?(json: [UInt8]) {
    guard let file = try? JSONDecoder().decode(File.self, from: Data(json)) else { return nil }
    version = file.version
    threshold = file.threshold.weight
    nameLimit = file.nameLimit.weight
    weights = file.signs.mapValues(\.weight)
    commonNames = Set(file.commonNames)
  }

  /// Whether every sign has a weight.
  package var isComplete: Bool {
    SoftLink.Kind.allCases.allSatisfy { weights[$0.rawValue] != nil } && !commonNames.isEmpty
  }

  /// What a sign adds, in thousandths.
  func weight(_ kind: SoftLink.Kind) -> Int { weights[kind.rawValue] ?? 0 }

  /// What a sign adds that `bearers` parties share: the weight less the logarithm of their number.
  func weight(_ kind: SoftLink.Kind, bearers: Int) -> Int {
    // Rounded to thousandths, so that no library's last bit can reach the output.
    weight(kind) - Int((log(Double(max(1, bearers))) * 1000).rounded())
  }

  /// Whether a name says what somebody is to the owner of the book, not who it is.
  func isCommon(_ name: String) -> Bool { commonNames.contains(name) }
}
