import ClewEvidence
import Testing

@Suite struct `Messages are one message` {
  private static let group = Account(.qqGroup, "999000001")

  private func say(
    _ text: String,
    _ from: Account? = .ann,
    _ to: Account? = .bob,
    group: Account? = nil,
    at second: Int64,
    id: String? = nil,
    platform: String = "qq"
  ) -> EvidenceItem {
    .message(
      Message(
        platform: platform,
        serverID: id,
        from: from,
        to: to,
        group: group,
        sentAt: EventBench.time(second),
        text: text
      )
    )
  }

  @Test func `in a text export and in two databases`() {
    var bench = EventBench()
    bench.add(say("在吗，有新料", at: 0), in: 1)
    bench.add(say("在吗，有新料", at: 0, id: "77"), in: 2)
    bench.add(say("在吗，有新料 ", at: 1), in: 3)
    bench.add(say("在吗，有新料", .bob, .ann, at: 0), in: 4)
    bench.add(say("在吗，有新料", .ann, .cat, at: 0), in: 4)
    bench.add(say("在吗", at: 0), in: 5)
    #expect(bench.events() == [[0, 1, 2]])
    #expect(bench.events(reversed: true) == bench.events())
  }

  @Test func `whether an export shows the picture below its words or not`() {
    var bench = EventBench()
    bench.add(say("在，发个样本", at: 0), in: 1)
    bench.add(say("在，发个样本\n[图片]", at: 0), in: 2)
    bench.add(say("[图片]", at: 0), in: 3)
    bench.add(say("[图片][图片]", at: 0), in: 4)
    bench.add(say("[图片]在，发个样本", at: 0), in: 5)
    #expect(bench.events() == [[0, 1]])
  }

  @Test func `not when one source holds it twice`() {
    var bench = EventBench()
    bench.add(say("好", at: 0), in: 1)
    bench.add(say("好", at: 1), in: 1)
    bench.add(say("好", at: 0, id: "1"), in: 2)
    bench.add(say("好", at: 1, id: "2"), in: 2)
    #expect(bench.events() == [[0, 2], [1, 3]])
  }

  @Test func `whatever else is said between, as much as it is`() {
    var bench = EventBench()
    bench.add(say("照旧", at: 0, platform: "whatsapp"), in: 1)
    for number in 0..<100 { bench.add(say("\(number)", at: 1, platform: "whatsapp"), in: 1) }
    bench.add(say("照旧", at: 2, platform: "whatsapp"), in: 2)
    #expect(bench.events() == [[0, 101]])
  }

  @Test func `not with two ids of one format`() {
    var bench = EventBench()
    bench.add(say("好", at: 0, id: "1"), in: 1)
    bench.add(say("好", at: 0, id: "2"), in: 2)
    #expect(bench.events().isEmpty)
  }

  @Test func `in a private chat whose export knows names only, if two messages agree`() {
    let (niqiu, kite) = (Account(.name, "泥鳅#1a2b3c4d"), Account(.name, "风筝#1a2b3c4d"))
    var bench = EventBench()
    bench.add(say("在吗，有新料", .ann, .bob, at: 0), in: 1)
    bench.add(say("在，发个样本", .bob, .ann, at: 33), in: 1)
    bench.add(say("样本发你邮箱了", .ann, .bob, at: 83), in: 1)
    bench.add(say("在吗，有新料", .ann, .cat, at: 0), in: 1)
    bench.add(say("在吗，有新料", niqiu, kite, at: 0), in: 2)
    bench.add(say("在，发个样本", kite, niqiu, at: 33), in: 2)
    bench.add(say("样本发你邮箱了", niqiu, kite, at: 83), in: 2)
    #expect(bench.events() == [[0, 4], [1, 5], [2, 6]])
    var thin = EventBench()
    thin.add(say("在吗", .ann, .bob, at: 0), in: 1)
    thin.add(say("在吗", niqiu, kite, at: 0), in: 2)
    #expect(thin.events().isEmpty)
  }

  @Test func `in two exports of a chat, if one knows an account and both have the other name`() {
    let (niqiu, kite) = (Account(.name, "泥鳅#1a2b3c4d"), Account(.name, "风筝#1a2b3c4d"))
    var bench = EventBench()
    bench.add(say("在吗，有新料", niqiu, kite, at: 0), in: 2)
    bench.add(say("在，发个样本", kite, niqiu, at: 33), in: 2)
    bench.add(say("在吗，有新料", .ann, kite, at: 0), in: 1)
    bench.add(say("在，发个样本", kite, .ann, at: 33), in: 1)
    #expect(bench.events() == [[0, 2], [1, 3]])
    #expect(bench.mainRecords() == [2, 3])
    #expect(bench.events(reversed: true) == bench.events())
  }

  @Test func `not in two exports of a chat that call the other side otherwise`() {
    let (niqiu, kite) = (Account(.name, "泥鳅#1a2b3c4d"), Account(.name, "风筝#1a2b3c4d"))
    let gull = Account(.name, "海鸥#5e6f7a8b")
    var bench = EventBench()
    bench.add(say("在吗，有新料", niqiu, kite, at: 0), in: 2)
    bench.add(say("在，发个样本", kite, niqiu, at: 33), in: 2)
    bench.add(say("在吗，有新料", .ann, gull, at: 0), in: 1)
    bench.add(say("在，发个样本", gull, .ann, at: 33), in: 1)
    #expect(bench.events().isEmpty)
  }

  @Test func `in a group that an export knows by its title only`() {
    let title = Account(.qqGroup, "数据互换演示群#99aa88bb")
    let name = Account(.name, "灯笼#99aa88bb")
    var bench = EventBench()
    bench.add(say("灯笼加入本群。", nil, nil, group: Self.group, at: 0), in: 1)
    bench.add(say("本群只谈数据互换", .ann, nil, group: Self.group, at: 135), in: 1)
    bench.add(say("@风筝 私你了", .cat, nil, group: Self.group, at: 359), in: 1)
    bench.add(say("灯笼加入本群。", nil, nil, group: title, at: 0), in: 2)
    bench.add(say("本群只谈数据互换", .ann, nil, group: title, at: 135), in: 2)
    bench.add(say("@风筝 私你了", name, nil, group: title, at: 359), in: 2)
    #expect(bench.events() == [[0, 3], [1, 4], [2, 5]])
  }

  @Test func `in the network's record, which has no text`() {
    let (one, two) = (Account(.phone, "+8613800000002"), Account(.phone, "+8613800000004"))
    var bench = EventBench()
    bench.add(say("名单发你", one, two, at: 0, platform: "sms"), in: 1)
    bench.add(say("", one, two, at: 4, platform: "sms"), in: 2)
    bench.add(say("名单发你", one, two, at: 90, platform: "sms"), in: 3)
    bench.add(say("", two, one, at: 5, platform: "sms"), in: 2)
    #expect(bench.events() == [[0, 1, 2]])
  }
}
