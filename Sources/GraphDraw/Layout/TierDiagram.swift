/// The outline of a node.
public enum NodeShape: String, Sendable, Hashable, CaseIterable {
  /// A box with two borders.
  case doubleBox
  /// A box with round corners.
  case roundedBox
  /// A box.
  case box
  /// An ellipse.
  case ellipse
  /// A diamond.
  case diamond
}

/// What an edge is to the lanes and tiers it joins; this decides colour and dash.
public enum EdgeStyle: String, Sendable, Hashable, CaseIterable {
  /// Inside one lane: solid, in the lane's colour.
  case within
  /// From lane to lane: dashed, with a halo.
  case across
  /// Inside one tier: dotted.
  case peer
  /// Inside one lane, besides the main edge: thin and grey.
  case secondary
  /// Not seen but inferred: dotted and grey, with a halo.
  case inferred
}

/// Nodes on tiers and in lanes, with the edges between them.
///
/// All texts come from the caller, in any language.
///
/// ```swift
/// var diagram = TierDiagram(title: "Structure")
/// diagram.tiers = [.init(label: ["Top"]), .init(label: ["Below"])]
/// diagram.lanes = [.init(id: "A", header: ["Lane A"], colorIndex: 0)]
/// diagram.nodes = [
///   .init(id: "a", lane: "A", tier: 0, lines: ["a"]), .init(id: "b", lane: "A", tier: 1, lines: ["b"]),
/// ]
/// diagram.edges = [.init(from: "a", to: "b", weight: 12)]
/// let scene = try TierLayout().scene(of: diagram)
/// ```
public struct TierDiagram: Sendable, Hashable {
  /// One row of the diagram.
  public struct Tier: Sendable, Hashable {
    /// The lines at the left side; the first is bold.
    public var label: [String]

    /// Makes a tier.
    public init(label: [String]) { self.label = label }
  }

  /// One box of nodes that belong together.
  public struct Lane: Sendable, Hashable {
    /// The id that nodes name.
    public var id: String
    /// The lines of the header; the first is bold.
    public var header: [String]
    /// The place of its colour in the palette, and its rank where nothing else decides.
    public var colorIndex: Int

    /// Makes a lane.
    public init(id: String, header: [String], colorIndex: Int) {
      self.id = id
      self.header = header
      self.colorIndex = colorIndex
    }
  }

  /// One node.
  public struct Node: Sendable, Hashable {
    /// The id that edges name.
    public var id: String
    /// The lane it lies in; nil for a node that no lane or several lanes own.
    public var lane: String?
    /// The tier it lies on, 0 at the top.
    public var tier: Int
    /// The lines of text; up to four are shown, each cut to the width of the box.
    public var lines: [String]
    /// The outline.
    public var shape: NodeShape
    /// Whether it has a thick border and bold text.
    public var isEmphasized: Bool
    /// How strongly the lane's colour fills it, 0 to 1.
    public var tint: Double
    /// The number of nodes it stands for; then it is drawn as a stack.
    public var foldedCount: Int?

    /// Makes a node.
    public init(
      id: String,
      lane: String?,
      tier: Int,
      lines: [String],
      shape: NodeShape = .roundedBox,
      isEmphasized: Bool = false,
      tint: Double = 0.15,
      foldedCount: Int? = nil
    ) {
      self.id = id
      self.lane = lane
      self.tier = tier
      self.lines = lines
      self.shape = shape
      self.isEmphasized = isEmphasized
      self.tint = tint
      self.foldedCount = foldedCount
    }
  }

  /// One edge.
  public struct Edge: Sendable, Hashable {
    /// The id of the node it leaves.
    public var source: String
    /// The id of the node it enters.
    public var target: String
    /// How much it carries; decides its width.
    public var weight: Int
    /// What it is to lanes and tiers.
    public var style: EdgeStyle
    /// The text in its pill; nil for none.
    public var label: String?
    /// Whether it has an arrow at both ends.
    public var isMutual: Bool

    /// Makes an edge.
    public init(
      from source: String,
      to target: String,
      weight: Int,
      style: EdgeStyle = .within,
      label: String? = nil,
      isMutual: Bool = false
    ) {
      self.source = source
      self.target = target
      self.weight = weight
      self.style = style
      self.label = label
      self.isMutual = isMutual
    }
  }

  /// The heading; shown bold.
  public var title: String
  /// Lines below the heading.
  public var subtitle: [String] = []
  /// The text at the upper right, usually a date.
  public var dateText = ""
  /// The text at the lower left, usually a note on the page.
  public var footer = ""
  /// The lines over the nodes without a lane.
  public var sharedHeader: [String] = []
  /// The rows, top first.
  public var tiers: [Tier] = []
  /// The lanes.
  public var lanes: [Lane] = []
  /// The nodes, in any order.
  public var nodes: [Node] = []
  /// The edges, in any order; several from one node to another in one style are drawn as one.
  public var edges: [Edge] = []
  /// What the shapes and lines mean.
  public var legend: [LegendEntry] = []
  /// The colours.
  public var palette = Palette.muted

  /// Makes a diagram without nodes.
  public init(title: String) { self.title = title }
}

/// One sample with its meaning.
public struct LegendEntry: Sendable, Hashable {
  /// What is shown before the text.
  public enum Sample: Sendable, Hashable {
    /// A node of this shape; tint, emphasis and stack as in ``TierDiagram/Node``.
    case node(NodeShape, tint: Double, isEmphasized: Bool, isStack: Bool)
    /// An edge of this style and weight.
    case edge(EdgeStyle, weight: Int)
    /// Nothing.
    case none
  }

  /// What is shown before the text.
  public var sample: Sample
  /// What it means.
  public var text: String

  /// Makes an entry.
  public init(_ sample: Sample, text: String) {
    self.sample = sample
    self.text = text
  }
}
