@testable import GraphDraw

/// A small generator with a seed, so that every run draws the same pictures.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

  mutating func next() -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}

/// Invented diagrams.
enum Sample {
  static let handles = [
    "猎人", "为人民服务", "风清扬", "小鹿查查", "老K档案", "阿May", "海哥渠道", "天眼通", "北斗七号",
    "夜行者", "大圣来也", "明月", "星河", "橙子", "木子", "听雨", "铁手", "静静", "晨曦", "大雄", "飞鱼",
    "流年", "南风", "大海", "追命", "小七", "豆豆", "飞哥", "糖糖", "阿飞", "无名", "老猫", "二狗", "子木",
    "归途", "西门", "半夏", "青柠", "九叔", "路人甲", "木头人", "七仔", "琪琪", "锦鲤", "阿坤", "浮生",
    "老船长", "蓝天", "麦子", "风筝",
  ]

  static let tiers: [TierDiagram.Tier] = [
    .init(label: ["第1层 源头", "Tier 1 · sources"]), .init(label: ["第2层 一级", "Tier 2 · principals"]),
    .init(label: ["第3层 二级", "Tier 3 · resellers"]), .init(label: ["第4层 下级", "Tier 4 · sub"]),
    .init(label: ["第5层 末端", "Tier 5 · leaves"]),
  ]

  static let shapes: [NodeShape] = [.doubleBox, .roundedBox, .roundedBox, .box, .ellipse]
  static let tints = [0.5, 0.34, 0.2, 0.1, 0.0]

  /// About 110 nodes in nine lanes, as large as a real picture is.
  static func nineLanes(seed: UInt64 = 7, size: Int = 1) -> TierDiagram {
    var random = SeededGenerator(seed: seed)
    var diagram = TierDiagram(title: "九条专线层级结构图")
    diagram.tiers = tiers
    var byTier: [[[String]]] = []
    var used: [String: Int] = [:]
    func name() -> String {
      let handle = handles[random.number(0...handles.count - 1)]
      used[handle, default: 0] += 1
      let count = used[handle] ?? 1
      return count == 1 ? handle : "\(handle)\(count)"
    }
    var names: [String: String] = [:]
    var total = 0
    for lane in 0..<9 {
      diagram.lanes.append(
        .init(id: "L\(lane)", header: ["专线\(lane + 1)  \(handles[lane])"], colorIndex: lane))
      let counts = [
        lane == 2 ? 2 : 1, 1, random.number(2...3) * size, random.number(2...3) * size,
        random.number(4...7) * size,
      ]
      var members: [[String]] = []
      for tier in 0..<5 {
        members.append(
          (0..<counts[tier]).map { place in
            let id = "n\(lane)_\(tier)_\(place)"
            names[id] = tier == 1 ? handles[lane] : name()
            return id
          })
        for id in members[tier] where tier > 0 {
          let parent = members[tier - 1][random.number(0...members[tier - 1].count - 1)]
          let weight = random.number(1...9) * random.number(1...(60 / (tier * tier) + 2))
          total += weight
          diagram.edges.append(.init(from: parent, to: id, weight: weight))
        }
      }
      if lane == 2 {
        diagram.edges.append(.init(from: "n2_0_1", to: "n2_1_0", weight: 80))
      }
      byTier.append(members)
    }
    for _ in 0..<19 * size {
      let tier = random.number(0...2)
      let from = random.number(0...8)
      let to = (from + (random.number(0...3) == 0 ? random.number(2...7) : 1)) % 9
      let source = byTier[from][tier][random.number(0...byTier[from][tier].count - 1)]
      let below = byTier[to][tier + 1]
      let weight = random.number(2...40)
      diagram.edges.append(
        .init(
          from: source, to: below[random.number(0...below.count - 1)], weight: weight,
          style: .across, label: "\(weight)"))
    }
    diagram.edges.append(
      .init(
        from: byTier[3][2][0], to: byTier[4][2][0], weight: 12, style: .peer, label: "12",
        isMutual: true))
    diagram.edges.append(
      .init(from: byTier[0][2][0], to: byTier[0][2][1], weight: 7, style: .peer, label: "7"))
    for lane in [1, 5, 7] {
      diagram.edges.append(
        .init(
          from: byTier[lane][2][0], to: byTier[lane][4].last ?? "", weight: 3, style: .secondary,
          label: "3"))
    }
    var volume: [String: (into: Int, out: Int)] = [:]
    for edge in diagram.edges {
      volume[edge.source, default: (0, 0)].out += edge.weight
      volume[edge.target, default: (0, 0)].into += edge.weight
    }
    for lane in 0..<9 {
      for tier in 0..<5 {
        for (place, id) in byTier[lane][tier].enumerated() {
          let flow = volume[id] ?? (0, 0)
          let isFolded = tier == 4 && place == 0 && lane % 4 == 1
          diagram.nodes.append(
            .init(
              id: id, lane: "L\(lane)", tier: tier,
              lines: [
                isFolded ? "其余 12 人" : names[id] ?? id,
                tier == 0
                  ? "出\(flow.out)" : tier == 4 ? "购\(flow.into)笔" : "收\(flow.into)·出\(flow.out)",
              ], shape: shapes[tier], isEmphasized: tier == 1, tint: tints[tier],
              foldedCount: isFolded ? 12 : nil))
        }
      }
    }
    diagram.subtitle = [
      "人员 \(diagram.nodes.count) 人 · 供货关系 \(diagram.edges.count) 条 · 交易 \(total) 笔（虚构数据）"
    ]
    diagram.dateText = "2025-11-03 制图"
    diagram.footer = "示例案件 2025-001 号 · 第 1 页，共 1 页 · 主线取同线最大供货量的上线"
    diagram.legend = legend
    return diagram
  }

  static let legend: [LegendEntry] = [
    .init(.node(.doubleBox, tint: 0.5, isEmphasized: false, isStack: false), text: "源头"),
    .init(.node(.roundedBox, tint: 0.34, isEmphasized: true, isStack: false), text: "专线主（粗框）"),
    .init(.node(.roundedBox, tint: 0.2, isEmphasized: false, isStack: false), text: "二级"),
    .init(.node(.box, tint: 0.1, isEmphasized: false, isStack: false), text: "下级"),
    .init(.node(.ellipse, tint: 0, isEmphasized: false, isStack: false), text: "末端"),
    .init(.node(.ellipse, tint: 0, isEmphasized: false, isStack: true), text: "多人合并"),
    .init(.edge(.within, weight: 120), text: "本线（线宽=笔数）"),
    .init(.edge(.across, weight: 20), text: "跨线"),
    .init(.edge(.peer, weight: 8), text: "同级"),
    .init(.edge(.secondary, weight: 2), text: "次要来源"),
  ]

  /// One hub with many on both sides.
  static func star(up: Int = 161, down: Int = 99, seed: UInt64 = 3) -> StarDiagram {
    var random = SeededGenerator(seed: seed)
    func spokes(_ count: Int, _ prefix: String) -> [StarDiagram.Spoke] {
      (0..<count).map { rank in
        let weight = max(2, 900 / (rank * rank / 6 + rank + 4) + random.number(0...6))
        let name = handles[random.number(0...handles.count - 1)]
        let tail = ["", "信息", "数据", "渠道", "查询18", "一手"][random.number(0...5)]
        return .init(id: "\(prefix)\(rank)", name: name + tail, value: "\(weight)笔", weight: weight)
      }
    }
    let above = spokes(up, "u")
    let below = spokes(down, "d")
    var diagram = StarDiagram(
      title: "中心人物上下家关系图", hubID: "hub",
      hubLines: [
        "风清扬（@一手档案）", "上家 \(up) 人 · 进货 \(above.reduce(0) { $0 + $1.weight }) 笔",
        "下家 \(down) 人 · 出货 \(below.reduce(0) { $0 + $1.weight }) 笔",
      ])
    diagram.upstream.heading = "上家（供货方）\(up) 人"
    diagram.upstream.spokes = above
    diagram.downstream.heading = "下家（购买方）\(down) 人"
    diagram.downstream.spokes = below
    diagram.subtitle = ["每格一人：名字 · 笔数；从左到右、从上到下按笔数递减；线宽与色深表示笔数（虚构数据）"]
    diagram.dateText = "2025-11-03 制图"
    diagram.footer = "示例案件 2025-001 号 · 第 1 页，共 1 页 · Σ＝该列合计"
    return diagram
  }

  /// Any number of nodes and edges, in any direction, some without a lane.
  static func random(
    nodes: Int, edges: Int, lanes: Int, tiers: Int = 5, seed: UInt64
  ) -> TierDiagram {
    var random = SeededGenerator(seed: seed)
    var diagram = TierDiagram(title: "Random \(seed)")
    diagram.tiers = (0..<tiers).map { .init(label: ["Tier \($0)"]) }
    diagram.lanes = (0..<lanes).map { .init(id: "L\($0)", header: ["Lane \($0)"], colorIndex: $0) }
    diagram.nodes = (0..<nodes).map { number in
      let tier = min(random.number(0...tiers - 1), random.number(0...tiers - 1) + 1, tiers - 1)
      let lane = random.number(0...max(0, lanes * 12 - 1)) / 12
      return .init(
        id: "v\(number)", lane: lanes == 0 || random.number(0...19) == 0 ? nil : "L\(lane)",
        tier: tier, lines: ["名\(number)", "\(number) 笔"],
        shape: NodeShape.allCases[random.number(0...4)], isEmphasized: number % 17 == 0,
        foldedCount: number % 23 == 0 ? 4 : nil)
    }
    guard nodes > 1 else { return diagram }
    for _ in 0..<edges {
      let from = random.number(0...nodes - 1)
      let to = (from + random.number(1...nodes - 1)) % nodes
      var (source, target) = (diagram.nodes[from], diagram.nodes[to])
      if source.tier > target.tier, random.number(0...9) > 0 { swap(&source, &target) }
      let style: EdgeStyle =
        source.lane != target.lane
        ? .across
        : source.tier == target.tier
          ? .peer : random.number(0...3) == 0 ? .secondary : .within
      let weight = random.number(1...90)
      diagram.edges.append(
        .init(
          from: source.id, to: target.id, weight: weight, style: style,
          label: style == .within ? nil : "\(weight)", isMutual: random.number(0...8) == 0))
    }
    return diagram
  }
}
