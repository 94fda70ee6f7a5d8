internal import ClewEvidence

/// Which account stands for each node of a file.
///
/// A node that states an account is that account. Any other node is a bare name, which never merges;
/// and since an id or a label of one chart says nothing about those of another, the name bears the
/// mark of its file: `泥鳅 (p1)#3f2a91bc`. Where nodes and edges lie in two files the name is the bare
/// id, so that the two fit together.
struct NodeBook {
  /// What became of a node that is entered.
  enum Entry {
    case new
    /// The same id with the same account was entered before.
    case again
    /// Another account stands for the id already.
    case conflict
    /// The file has more than ``limit`` nodes.
    case full
  }

  /// How many nodes a file may have.
  static let limit = 5_000_000

  /// What is put behind bare names; `nil` where another file speaks of the same ids.
  private let mark: String?
  /// By the bytes of the id: Swift compares strings by looks.
  private var accounts: [Account: Account] = [:]
  /// How many values that should be accounts are none.
  private(set) var unreadable = 0

  /// A book for a file that holds nodes and edges.
  init(_ source: StagedSource) { mark = String(source.sha256.prefix(8)) }

  /// A book for a file whose nodes or edges lie in another file.
  init(sharedIDs: Void) { mark = nil }

  /// Enters a node.
  mutating func enter(_ node: InterchangeNode) -> Entry {
    guard accounts.count < Self.limit else { return .full }
    let (found, bad) = node.accounts()
    let account = found.first ?? name(node.id, node.shownLabel)
    let key = Account(.name, node.id)
    if let known = accounts[key] { return known == account ? .again : .conflict }
    accounts[key] = account
    unreadable += bad
    return .new
  }

  /// Whether a node of the id was entered.
  func holds(_ id: String) -> Bool { accounts[Account(.name, id)] != nil }

  /// The account of a node; one that was not entered is a bare name, or the account that its id is.
  func account(of id: String) -> Account {
    accounts[Account(.name, id)] ?? InterchangeNode.stated(id) ?? name(id, "")
  }

  /// What a node says: a name for each of its accounts, and that they are of one holder.
  func items(of node: InterchangeNode) -> [EvidenceItem] {
    let label = node.shownLabel
    var found = node.accounts().found
    let bare = name(node.id, label)
    // The edges lie in another file and know the node by its id alone.
    if found.isEmpty || (mark == nil && InterchangeNode.stated(node.id) == nil) {
      found.append(bare)
    }
    var items: [EvidenceItem] = found.map {
      .contact(Contact(owner: nil, contact: $0, name: label))
    }
    if let first = found.first {
      // Linked to the first only: hundreds of numbers on one node must not make a clique.
      items += found.dropFirst().map {
        .accountLink(AccountLink(first, $0, basis: .statedHolder, holder: label))
      }
    }
    return items
  }

  private func name(_ id: String, _ label: String) -> Account {
    guard let mark else {
      // `name:甲` and `甲` are one bare name, as in the canonical tables.
      guard let account = AccountNormalizer.canonical(id), account.scheme == .name else {
        return Account(.name, id)
      }
      return account
    }
    let isSame = label.isEmpty || label.utf8.elementsEqual(id.utf8) || label.utf8.count > 256
    return Account(.name, (isSame ? id : "\(label) (\(id))") + "#" + mark)
  }
}
