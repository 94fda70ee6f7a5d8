#if Spark
internal import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import ClewSpark
internal import GraphCore

extension EngineOptions {
  /// The findings of a case by a cluster, or nil when only its plans were asked for.
  ///
  /// - Throws: `Complaint` with one line; the case's own errors.
  func onCluster(
    _ path: String,
    until: Timestamp?,
    workers: WorkerCount
  ) async throws -> ClusterFindings? {
    try await flags.working { said in
      let cluster = try flags.cluster()
      var engine = SparkEngine(cluster.endpoint, worker: cluster.worker, folder: cluster.folder)
      engine.tables = try EngineFlags.usable { try table.map { try SparkTable(path: $0) } }
      engine.workers = workers
      engine.partitions = flags.partitions
      engine.resumes = flags.resume
      engine.version = Clew.configuration.version
      engine.news = { said.tell($0) }
      let settled = engine
      if explain {
        let text = try await EngineFlags.interruptibly {
          try await settled.explanation(until: until)
        }
        Terminal.write(text)
        return nil
      }
      let analysis = try await EngineFlags.interruptibly {
        try await settled.analyze(CaseFile.openForReading(path), until: until)
      }
      return ClusterFindings(analysis: analysis, hasRefused: said.hasRefused)
    }
  }
}
#endif
