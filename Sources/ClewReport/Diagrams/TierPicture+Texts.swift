internal import ClewChain
internal import ClewEvidence
internal import GraphDraw

extension TierPicture {
  func subtitle(_ analysis: ChainAnalysis, _ shown: Set<Int>) -> String {
    let links = analysis.links.filter { shown.contains($0.supplier) && shown.contains($0.buyer) }
    let crossing = links.count(where: \.isCrossLine)
    let items = links.reduce(Int64(0)) { $0.addingClamped($1.link.itemTotal) }
    return language == .zh
      ? "涉交易 \(shown.count) 人 · 供货关系 \(links.count) 条 · 跨线关系 \(crossing) 条 · 交付 \(PlainText.grouped(items)) 条"
      : "\(shown.count) who trade · \(links.count) supply links · \(crossing) cross-links · "
        + "\(PlainText.grouped(items)) items delivered"
  }

  func footer(_ analysis: ChainAnalysis, unplaced: Int) -> String {
    let versions = analysis.modelVersion
    let rest =
      unplaced == 0
      ? ""
      : language == .zh ? "；另有 \(unplaced) 人层级未定，未绘出" : "; \(unplaced) undetermined, not drawn"
    return language == .zh
      ? "本图由证据推断生成，每条关系的证据编号见报告\(rest) · \(versions)"
      : "Inferred from evidence; the records behind each arrow are in the report\(rest) · \(versions)"
  }

  func tierLabel(
    _ tier: Int,
    _ depth: Int,
    _ analysis: ChainAnalysis,
    _ placed: Set<Int>,
    count: Int
  ) -> [String] {
    let roles = Set(
      placed.filter { analysis.parties[$0].tier == tier }.map { analysis.parties[$0].role }
    )
    let onlyCustomers = roles == [.customer]
    let zh = onlyCustomers ? "客户" : Wording.tier(tier, .zh)
    let en = onlyCustomers ? "Customers" : Wording.tier(tier, .en)
    let mixed = roles.contains(.customer) && !onlyCustomers
    let more = mixed ? (language == .zh ? "（含客户）" : "and customers") : ""
    return [language == .zh ? "第\(tier)层 · \(count) 人" : "Tier \(tier) · \(count)", zh, en]
      + (more.isEmpty ? [] : [more])
  }

  func legend(
    _ analysis: ChainAnalysis,
    hasFolds: Bool,
    hasInferred: Bool,
    hasUndetermined: Bool
  ) -> [LegendEntry] {
    func text(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    var entries = [
      LegendEntry(
        .node(.doubleBox, tint: 0.55, isEmphasized: false, isStack: false),
        text: text("查询员（源头）", "source")
      ),
      LegendEntry(
        .node(.roundedBox, tint: 0.38, isEmphasized: true, isStack: false),
        text: text("一级代理商（专线庄家）", "first-level agent, principal")
      ),
      LegendEntry(
        .node(.roundedBox, tint: 0.22, isEmphasized: false, isStack: false),
        text: text("二级代理商", "second-level agent")
      ),
      LegendEntry(
        .node(.box, tint: 0.12, isEmphasized: false, isStack: false),
        text: text("下游代理商", "sub-agent")
      ),
      LegendEntry(
        .node(.ellipse, tint: 0, isEmphasized: false, isStack: false),
        text: text("客户", "customer")
      ),
    ]
    if hasUndetermined {
      entries.append(
        LegendEntry(
          .node(.diamond, tint: 0, isEmphasized: false, isStack: false),
          text: text("角色未定", "undetermined")
        )
      )
    }
    if hasFolds {
      entries.append(
        LegendEntry(
          .node(.ellipse, tint: 0, isEmphasized: false, isStack: true),
          text: text("多名客户（合并）", "several customers")
        )
      )
    }
    entries += [
      LegendEntry(
        .edge(.within, weight: 40),
        text: text("供货（线宽＝交易次数）", "supply, width by dealings")
      ),
      LegendEntry(.edge(.across, weight: 20), text: text("跨线供货", "cross-link")),
      LegendEntry(.edge(.peer, weight: 12), text: text("同层互供", "between equals")),
      LegendEntry(.edge(.secondary, weight: 6), text: text("本线次要供货", "secondary supply")),
    ]
    if hasInferred {
      entries.append(
        LegendEntry(
          .edge(.inferred, weight: 6),
          text: text("推断供货（未见交易，中间可能另有人）", "inferred: no dealing seen")
        )
      )
    }
    return entries
  }
}
