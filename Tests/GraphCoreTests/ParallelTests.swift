import GraphCore
import Testing

struct ParallelTests {
  @Test(arguments: [0, 1, 2, 7, 8, 9, 100], [1, 2, 5])
  func `every index is met once and parts come in order`(count: Int, workers: Int) {
    let parallel = Parallel(workers: WorkerCount(workers))
    let parts = parallel.parts(count: count, chunkSize: 4) { Array($0) }
    #expect(parts.flatMap { $0 } == Array(0..<count))
    #expect(parts.allSatisfy { $0.count <= 4 })
    #expect(parallel.map(count: count, chunkSize: 3) { $0 * 2 } == (0..<count).map { $0 * 2 })
  }

  @Test func `sums have the same bits for any number of workers`() {
    let one = Parallel(workers: .one).sum(count: 100_000) { 1 / Double($0 + 1) }
    #expect(Parallel(workers: 2).sum(count: 100_000) { 1 / Double($0 + 1) } == one)
    #expect(Parallel(workers: 7).sum(count: 100_000) { 1 / Double($0 + 1) } == one)
  }

  @Test func `there is always a worker`() {
    #expect(WorkerCount(0) == .one)
    #expect(WorkerCount.active.value >= 1)
  }
}
