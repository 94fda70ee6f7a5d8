/// Sums over the rows of a range of nodes, the inner loop of all ranks.
///
/// The neighbours of a graph lie below its number of nodes, and its offsets within its entries, which
/// ``Graph/checkInvariants()`` tests and every way to a graph keeps; so one check of the table's size at
/// the start stands for one at each step. Pointers do not leave the function.
extension Adjacency {
  /// Hands each node of a range the sum of its neighbours' values, each times the weight of its edge.
  ///
  /// - Parameters:
  ///   - values: One value for each node.
  ///   - nodes: A range within the nodes.
  ///   - body: Takes a node and its sum; called in rising order.
  @inline(__always)
  func pull<Value: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    _ values: SharedArray<Value>,
    for nodes: Range<Int>,
    _ body: (Int, Value) -> Void
  ) {
    precondition(
      values.count == nodeCount && nodes.lowerBound >= 0 && nodes.upperBound <= nodeCount,
      "a table of another graph"
    )
    let (rows, table) = unsafe (RowPointers(self), values.pointer)
    if let weights {
      let weightOf = unsafe weights.pointer
      for node in nodes {
        var sum: Value = 0
        var entry = unsafe Int(rows.starts[node])
        let end = unsafe Int(rows.starts[node &+ 1])
        while entry < end {
          unsafe rows.prefetch(after: entry)
          unsafe sum += table[Int(rows.ends[entry])] * Value(weightOf[entry])
          entry &+= 1
        }
        body(node, sum)
      }
    } else {
      for node in nodes {
        var entry = unsafe Int(rows.starts[node])
        let end = unsafe Int(rows.starts[node &+ 1])
        unsafe rows.prefetch(after: entry)
        // Four sums side by side, as one would wait for each addition to end.
        var (sum, second, third, fourth): (Value, Value, Value, Value) = (0, 0, 0, 0)
        while entry &+ 8 <= end {
          unsafe rows.prefetch(after: entry)
          unsafe sum += table[Int(rows.ends[entry])]
          unsafe second += table[Int(rows.ends[entry &+ 1])]
          unsafe third += table[Int(rows.ends[entry &+ 2])]
          unsafe fourth += table[Int(rows.ends[entry &+ 3])]
          unsafe sum += table[Int(rows.ends[entry &+ 4])]
          unsafe second += table[Int(rows.ends[entry &+ 5])]
          unsafe third += table[Int(rows.ends[entry &+ 6])]
          unsafe fourth += table[Int(rows.ends[entry &+ 7])]
          entry &+= 8
        }
        sum = (sum + second) + (third + fourth)
        while entry < end {
          unsafe sum += table[Int(rows.ends[entry])]
          entry &+= 1
        }
        body(node, sum)
      }
    }
  }

  /// Hands each node of a range the sums of its neighbours' values, eight side by side, each times the
  /// weight of its edge.
  ///
  /// - Parameters:
  ///   - values: Eight values for each node.
  ///   - nodes: A range within the nodes.
  ///   - body: Takes a node and its sums; called in rising order.
  @inline(__always)
  func pullLanes<Lanes: WalkLanes>(
    _ values: SharedArray<Lanes>,
    for nodes: Range<Int>,
    _ body: (Int, Lanes) -> Void
  ) {
    precondition(
      values.count == nodeCount && nodes.lowerBound >= 0 && nodes.upperBound <= nodeCount,
      "a table of another graph"
    )
    let (rows, table) = unsafe (RowPointers(self), values.pointer)
    let weightOf = unsafe weights?.pointer
    for node in nodes {
      var sums = Lanes(.zero)
      var entry = unsafe Int(rows.starts[node])
      let end = unsafe Int(rows.starts[node &+ 1])
      while entry < end {
        let value = unsafe table[Int(rows.ends[entry])]
        if let weightOf = unsafe weightOf {
          unsafe sums.add(value, times: weightOf[entry])
        } else {
          sums.add(value)
        }
        entry &+= 1
      }
      body(node, sums)
    }
  }

  /// A round of a rank for a range of nodes: pulls what is handed on, mixes it into the scores, and
  /// hands on from there.
  ///
  /// - Parameters:
  ///   - nodes: A range within the nodes.
  ///   - from: What each node handed on in the round before.
  ///   - to: What each node hands on now; another table.
  ///   - tables: The other tables; all have a place for each node.
  ///   - damping: The probability of following an edge.
  ///   - dangling: What nodes without a way out held.
  /// - Returns: By how much scores changed, and what nodes without a way out hold now.
  // In the closure of a loop calls into C would stay calls: see `prefetch`.
  @inline(never)
  func rank<Value: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    _ nodes: Range<Int>,
    _ from: SharedArray<Value>,
    _ to: SharedArray<Value>,
    _ tables: RankTables,
    damping: Double,
    dangling: Double
  ) -> RoundSums {
    precondition(to.count == nodeCount && tables.scores.count == nodeCount, "another graph's table")
    let (scores, starts) = unsafe (tables.scores.pointer, tables.starts.pointer)
    let (outWeights, handed) = unsafe (tables.outWeights.pointer, to.pointer)
    // By themselves, or each node would write to memory that lies beside another worker's.
    var (change, lost) = (0.0, 0.0)
    pull(from, for: nodes) { node, arrived in
      let start = unsafe starts[node]
      let score = (1 - damping) * start + damping * (Double(arrived) + dangling * start)
      let out = unsafe outWeights[node]
      unsafe change += (score - scores[node]).magnitude
      unsafe scores[node] = score
      if out == 0 {
        lost += score
        unsafe handed[node] = 0
      } else {
        unsafe handed[node] = Value(score) / Value(out)
      }
    }
    return RoundSums(change: change, lost: lost)
  }

  /// Writes what each node of a range gets from its neighbours.
  ///
  /// - Parameters:
  ///   - values: One value for each node.
  ///   - sums: Takes the sums; another table.
  ///   - nodes: A range within the nodes.
  /// - Returns: The sum over the range.
  @inline(__always)
  func pull(
    _ values: SharedArray<Double>,
    into sums: SharedArray<Double>,
    for nodes: Range<Int>
  ) -> Double {
    precondition(sums.count == nodeCount, "a table of another graph")
    let table = unsafe sums.pointer
    var total = 0.0
    pull(values, for: nodes) { node, sum in
      unsafe table[node] = sum
      total += sum
    }
    return total
  }
}

extension SharedArray<Double> {
  /// Writes shares of a total in place of what stands there, for a range of places; tells by how much
  /// they changed.
  @inline(__always)
  func takeShares(of values: SharedArray<Double>, total: Double, for places: Range<Int>) -> Double {
    precondition(
      values.count == count && places.lowerBound >= 0 && places.upperBound <= count,
      "a table of another graph"
    )
    let (shares, sums) = unsafe (pointer, values.pointer)
    var change = 0.0
    for place in places {
      let share = unsafe sums[place] / total
      unsafe change += (share - shares[place]).magnitude
      unsafe shares[place] = share
    }
    return change
  }
}
