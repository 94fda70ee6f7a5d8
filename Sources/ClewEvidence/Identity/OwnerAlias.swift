internal import Foundation

/// The names by which exports and address books call the owner of the device: 我, 本机, Me,
/// Administrator, Owner, local user.
///
/// Such a name means the owner of *that* source. It is no name of a person: it never links accounts
/// of different sources, and nobody is called by it.
public enum OwnerAlias {
  private struct File: Decodable {
    let version: String
    let words: [String]
  }

  /// The file is part of the program; a test decodes it, so that it can only fail there.
  private static let words: Set<[UInt8]> = {
    let file = try? JSONDecoder().decode(
      File.self,
      from: Data(PackageResources.owner_aliases_json)
    )
    return Set((file?.words ?? []).map { AccountText.lowercased(AccountText.fold($0)) })
  }()

  /// How many words the list holds.
  package static var count: Int { words.count }

  /// Whether the whole name means the owner of the source in which it stands.
  ///
  /// Full-width forms, capitals and spaces at the ends do not matter. An empty name means nobody:
  /// whether an empty sender is the owner only the importer can know, from the direction of the row.
  public static func isOwner(_ name: String) -> Bool {
    guard name.utf8.count <= 64 else { return false }
    return words.contains(AccountText.lowercased(AccountText.fold(name)))
  }
}
