/// One node in the middle with all that lead to it above and all that it leads to below.
///
/// All texts come from the caller, in any language.
public struct StarDiagram: Sendable, Hashable {
  /// One node beside the middle.
  public struct Spoke: Sendable, Hashable {
    /// The id, unique on its side; the same id may stand on both sides.
    public var id: String
    /// The name; cut where it is too long.
    public var name: String
    /// The text after the name, never cut; a middle dot stands between them.
    public var value: String
    /// How much the edge carries; decides order, colour and width.
    public var weight: Int

    /// Makes a spoke.
    public init(id: String, name: String, value: String, weight: Int) {
      self.id = id
      self.name = name
      self.value = value
      self.weight = weight
    }
  }

  /// One side of the hub.
  public struct Side: Sendable, Hashable {
    /// The heading.
    public var heading: String
    /// The nodes, in any order.
    public var spokes: [Spoke] = []
    /// The colour of its boxes and lines.
    public var color: Color
    /// The outline of its boxes.
    public var shape: NodeShape
    /// Text before the sum of a column, such as `Σ`.
    public var sumPrefix = "Σ "
    /// Text after the sum of a column.
    public var sumSuffix = ""

    /// Makes a side.
    public init(heading: String, spokes: [Spoke] = [], color: Color, shape: NodeShape) {
      self.heading = heading
      self.spokes = spokes
      self.color = color
      self.shape = shape
    }
  }

  /// The heading; shown bold.
  public var title: String
  /// Lines below the heading.
  public var subtitle: [String] = []
  /// The text at the lower right, usually a date.
  public var dateText = ""
  /// The text at the lower left, usually a note on the page.
  public var footer = ""
  /// The id of the hub.
  public var hubID: String
  /// The lines in the hub.
  public var hubLines: [String]
  /// The nodes that lead to the hub.
  public var upstream: Side
  /// The nodes that the hub leads to.
  public var downstream: Side
  /// What the shapes and lines mean.
  public var legend: [LegendEntry] = []
  /// The colours of texts.
  public var palette = Palette.muted

  /// Makes a star without spokes.
  public init(
    title: String,
    hubID: String,
    hubLines: [String],
    upstream: Side = Side(heading: "", color: Color(0x0072B2), shape: .box),
    downstream: Side = Side(heading: "", color: Color(0xD55E00), shape: .roundedBox)
  ) {
    self.title = title
    self.hubID = hubID
    self.hubLines = hubLines
    self.upstream = upstream
    self.downstream = downstream
  }
}
