/// Figures that describe the chain: the case, its lines, parties and links.
///
/// They describe what the links show, and decide nothing.
public struct ChainMetrics: Sendable {
  /// How unequally something is shared out.
  public struct Concentration: Sendable, Hashable {
    /// Among how many.
    public let count: Int
    /// The Gini coefficient, from 0 (all equal) to 1 − 1/count (one has all).
    public let gini: Double
    /// The Herfindahl-Hirschman index: the sum of the squared shares, from 1/count to 1.
    public let hhi: Double
  }

  /// What items of one category cost at one tier.
  public struct Price: Sendable, Hashable {
    /// The supplier's tier.
    public let tier: Int
    /// The place of the category in ``ChainAnalysis/categories``.
    public let category: Int
    /// How many suppliers of the tier ask a price that comes back.
    public let suppliers: Int
    /// On how many offers and payments these prices rest.
    public let prices: Int
    /// The middle of the suppliers' prices for an item, in fen; the lower of two.
    public let medianFen: Int64
  }

  /// What the suppliers of one tier ask over those of the tier above, over all categories.
  public struct Markup: Sendable, Hashable {
    /// The suppliers' tier.
    public let tier: Int
    /// How many of them show a price.
    public let suppliers: Int
    /// The middle price level against the next tier above that shows prices; of more than one tier the root.
    public let markup: Double
  }

  /// What one item of a category costs on a link.
  public struct ItemPrice: Sendable, Hashable {
    /// The place of the category in ``ChainAnalysis/categories``.
    public let category: Int
    /// In fen: the amount that comes back most often.
    public let fen: Int64
  }

  /// One line in figures.
  public struct Line: Sendable, Hashable {
    /// The line's deepest tier.
    public let depth: Int
    /// Links with both ends in the line.
    public let inside: Int
    /// Links from a member to a member of another line.
    public let out: Int
    /// Links to a member from a member of another line.
    public let into: Int
    /// The share of its links that cross lines.
    public let crossLinkRate: Double?
    /// The E-I index of the members' links.
    public let eiIndex: Double?
    /// The share of the links inside that are answered by one back.
    public let reciprocity: Double?
    /// Trophic incoherence F0 of the links inside.
    public let incoherence: Double?
    /// How many of its customers lie so many links below where goods enter, by that number from 0.
    public let pathLengths: [Int]
    /// Members who buy and supply nobody seen.
    public let customers: Int
    /// Those of them whom goods would not reach but for those who lead the line.
    public let throughPrincipals: Int
    /// What its resellers ask over what they pay: the middle.
    public let markup: Double?
    /// How the dealings of the members who supply are shared out.
    public let suppliers: Concentration?
  }

  /// How far two lines depend on each other.
  public struct Independence: Sendable, Hashable {
    /// The places of the two lines, the lower first.
    public let first: Int
    /// The other line.
    public let second: Int
    /// The fewest links whose loss parts the members of one from those of the other, by their places
    /// in ``ChainAnalysis/links``; a link there and one back between two persons are lost together.
    public let cut: [Int]
  }

  /// One party in figures; all parties with a link have an entry.
  public struct Member: Sendable, Hashable {
    /// The party's place.
    public let party: Int
    /// How many persons its goods may have come through.
    public let above: Int
    /// How many persons its goods may have come to.
    public let below: Int
    /// The fewest links from where goods enter; `nil` where they do not reach it.
    public let distance: Int?
    /// Customers whom goods would not reach but for it.
    public let exclusiveCustomers: Int
    /// That, as a share of all customers reached.
    public let shareOfSupply: Double
    /// Dealings in which it bought and in which it supplied.
    public let bought: Int64
    /// Dealings in which it supplied.
    public let sold: Int64
    /// What it paid and what it was paid, in fen.
    public let paidFen: Int64
    /// What it was paid, in fen.
    public let earnedFen: Int64
    /// The E-I index of its links.
    public let eiIndex: Double?
    /// How much of its partners deal with it in both directions.
    public let reciprocity: Double
    /// What it asks over what it pays: the middle of its categories.
    public let markup: Double?
  }

  /// One link in figures.
  public struct Link: Sendable, Hashable {
    /// The prices of an item by category, where one comes back.
    public let prices: [ItemPrice]
    /// Its share of the supplier's dealings.
    public let shareOfSupplier: Double
    /// Its share of the buyer's dealings.
    public let shareOfBuyer: Double
    /// By how many tiers it leads down.
    public let tierStep: Int?
    /// Whether the buyer supplies the supplier too.
    public let isReciprocated: Bool
  }

  /// How many parties stand on each tier, from tier 0.
  public let widthByTier: [Int]
  /// Links between parties that both have a line.
  public let placedLinks: Int
  /// The share of them that cross lines.
  public let crossLinkRate: Double?
  /// External less internal, divided by all placed links: −1 where no link crosses, 1 where all do.
  ///
  /// > Source: D. Krackhardt, R. N. Stern, "Informal networks and organizational crises", *Soc.
  /// > Psychol. Q.* 51(2), 1988. [doi](https://doi.org/10.2307/2786835)
  public let eiIndex: Double?
  /// The share of links that are answered by a link back.
  public let reciprocity: Double?
  /// Trophic incoherence F0 (``ChainAnalysis/incoherence``).
  public let incoherence: Double?
  /// How the dealings are shared out among those who supply.
  public let suppliers: Concentration?
  /// The same for those who buy.
  public let buyers: Concentration?
  /// How many customers lie so many links below where goods enter, by that number from 0.
  public let pathLengths: [Int]
  /// Prices by tier and category.
  public let prices: [Price]
  /// Mark-ups by tier.
  public let markups: [Markup]
  /// The lines, in their order.
  public let lines: [Line]
  /// Each two lines, in their order.
  public let independence: [Independence]
  /// The parties with a link, in their order.
  public let members: [Member]
  /// The links, in their order.
  public let links: [Link]
}
