internal import GraphCore

extension ArrestPlanner {
  /// How far the customers who are left after each arrest go apart from one drawn network to the next.
  ///
  /// The arrests are the same in each network; given is the range without the lowest and the highest
  /// twentieth half by half.
  ///
  /// - Complexity: O(*m*) for each arrest and draw.
  func spread(_ links: [SupplyNetwork.Link], _ arrests: [Int]) -> [ClosedRange<Int>?] {
    let left = Parallel(workers: workers).map(count: draws, chunkSize: 4) { draw -> [Int] in
      let network = SupplyNetwork(links.compactMap { drawn($0, UInt64(draw)) })
      var removed = network.parties.map(inCustody.contains)
      return arrests.map { party in
        if let node = network.parties.firstIndex(of: party) { removed[node] = true }
        return network.left(without: removed).customers
      }
    }
    return arrests.indices.map { step in
      let counts = left.map { $0[step] }.sorted()
      guard let last = counts.indices.last else { return nil }
      let cut = counts.count / 40
      return counts[cut]...counts[last - cut]
    }
  }
}
