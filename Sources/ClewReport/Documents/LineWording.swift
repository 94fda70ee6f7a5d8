internal import ClewChain

extension Wording {
  /// What speaks for a line, as words of a table.
  static func shortBasis(_ basis: LineBasis) -> String {
    if basis.isLeader { return "leads it" }
    let reasons = [
      basis.dealings > 0 ? (basis.isBuyer ? "purchases" : "sales") : "",
      basis.ordersAcrossGaps > 0 ? "orders" : "", basis.payments > 0 ? "payments" : "",
      basis.groups > 0 ? "groups" : "",
    ].filter { !$0.isEmpty }
    return reasons.isEmpty ? "its partners" : reasons.joined(separator: ", ")
  }

  /// Why a party is in its line, as a line of its page: what of its dealings, orders and groups.
  static func basis(_ basis: LineBasis) -> String {
    if basis.isLeader { return "        because it leads the line\n" }
    var reasons: [String] = []
    if basis.dealings > 0 {
      let dealings = basis.isBuyer ? "purchases come from" : "sales go to"
      reasons.append(
        "\(PlainText.grouped(basis.dealings)) of \(PlainText.grouped(basis.allDealings)) \(dealings) members"
      )
    }
    if basis.ordersAcrossGaps > 0 {
      reasons.append("\(basis.ordersAcrossGaps) orders reach members over people not seen")
    }
    if basis.payments > 0 {
      reasons.append(
        "\(PlainText.grouped(basis.payments)) payments between it and members with whom no dealing is seen"
      )
    }
    if basis.groups > 0 {
      reasons.append("\(basis.groups) group chat\(basis.groups == 1 ? " is" : "s are") of the line")
    }
    if reasons.isEmpty { reasons.append("those with whom it deals belong there") }
    return "        because \(reasons.joined(separator: "; "))\n"
  }
}
