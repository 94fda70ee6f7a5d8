#if Spark
internal import ArgumentParser
internal import ClewSpark
internal import GraphCore

extension GraphCommand {
  /// Works a measure out on a cluster, and writes it as this machine does.
  func runOnCluster() async throws {
    let hasRefused = try await engine.working { said in
      let cluster = try engine.cluster()
      var network = SparkNetwork(
        cluster.endpoint,
        worker: cluster.worker,
        folder: cluster.folder,
        table: try EngineFlags.usable { try SparkTable(path: edges) }
      )
      network.readsWeights = !unweighted
      network.partitions = engine.partitions
      if let mergeNodes { network.mergedNodes = Int64(mergeNodes) }
      network.resumes = engine.resume
      network.version = Clew.configuration.version
      network.news = { said.tell($0) }
      let (settled, rank, isRank) = (network, rank, verb == .pagerank)
      let answer = try await EngineFlags.interruptibly {
        isRank ? try await settled.pageRank(rank) : try await settled.components()
      }
      write(answer, as: isRank ? "score" : "component")
      return said.hasRefused
    }
    if hasRefused { throw ExitStatus.someRejected }
  }

  private func write(_ answer: SparkNetwork.Answer, as column: String) {
    var text = "node\t\(column)\n"
    for (name, value) in zip(answer.names, answer.values) {
      text += "\(name)\t\(value)\n"
      if text.utf8.count > 1 << 20 {
        Terminal.write(text)
        text = ""
      }
    }
    Terminal.write(text)
  }
}
#endif
