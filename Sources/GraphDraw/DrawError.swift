/// What can go wrong between a diagram and its picture.
public enum DrawError: Error, Sendable, Equatable {
  /// Two nodes carry the same id; the number is the position of the second one.
  case duplicateNode(at: Int)
  /// Two lanes carry the same id; the number is the position of the second one.
  case duplicateLane(at: Int)
  /// The node at this position names a lane that the diagram does not have.
  case unknownLane(node: Int)
  /// The node at this position names a tier that the diagram does not have.
  case tierOutOfRange(node: Int)
  /// The edge at this position names a node that the diagram does not have.
  case unknownNode(edge: Int)
  /// The edge at this position joins a node to itself.
  case selfLoop(edge: Int)
  /// No installed font has Chinese characters, so names would be drawn as empty boxes.
  case noChineseFont
  /// The environment redirects where Graphviz loads its code from.
  case foreignPlugins(variable: String)
  /// The DOT text did not parse.
  case unreadableDOT(String)
  /// Graphviz refused or failed; the text is its own message.
  case renderFailed(String)
  /// The picture would have more pixels on a side than the bitmap writer can hold.
  case pictureTooLarge(pixels: Int)
  /// The drawing holds an element or attribute that the allow-list does not know.
  case forbiddenMarkup(String)
}

extension DrawError: CustomStringConvertible {
  /// One line that says what is wrong and what to do.
  public var description: String {
    switch self {
    case .duplicateNode(let position):
      "node \(position): its id is already used by an earlier node; give each node its own id"
    case .duplicateLane(let position):
      "lane \(position): its id is already used by an earlier lane; give each lane its own id"
    case .unknownLane(let node):
      "node \(node): its lane is not among the lanes; add the lane or leave it nil"
    case .tierOutOfRange(let node):
      "node \(node): its tier is not among the tiers; add the tier"
    case .unknownNode(let edge):
      "edge \(edge): one of its ends is not among the nodes; add the node"
    case .selfLoop(let edge):
      "edge \(edge): both ends are the same node; leave such edges out"
    case .noChineseFont:
      "no installed font has Chinese characters; install one (apt install fonts-noto-cjk)"
    case .foreignPlugins(let variable):
      "\(variable) is set and makes Graphviz load code from elsewhere; unset it"
    case .unreadableDOT(let message):
      "Graphviz could not read the drawing: \(message)"
    case .renderFailed(let message):
      "Graphviz could not draw the picture: \(message)"
    case .pictureTooLarge(let pixels):
      "the picture would be \(pixels) pixels wide or high, more than 32000; draw it as PDF or SVG"
    case .forbiddenMarkup(let name):
      "the drawing holds \"\(name)\", which is not on the list of what a picture may hold"
    }
  }
}
