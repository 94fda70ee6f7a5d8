import ClewEvidence
import Testing

private let p1 = Account(.wechat, "wxid_clewdemo000122")
private let p2 = Account(.wechat, "wxid_clewdemo000222")
private let p3 = Account(.wechat, "wxid_clewdemo000322")

@Suite struct `A chat that WeFlow exported` {
  private func read(_ name: String) throws -> CollectingSink {
    try importing(try StagedBytes.fixture("wechat_json/\(name).json"), as: "weflow-json")
  }

  @Test func `in private has both ends, and its owner from own messages`() throws {
    let sink = try read("weflow_private")
    #expect(sink.owner == p2)
    #expect(sink.messages.map(\.from) == [p2, p3, p2, nil])
    #expect(sink.messages.map(\.to) == [p3, p2, p3, nil])
    #expect(sink.messages.map(\.kind) == [.text, .transfer, .file, .system])
    #expect(sink.messages[0].sentAt == Timestamp(milliseconds: 1_709_515_800_000))
    #expect(sink.messages.allSatisfy { $0.serverID == nil })
    #expect(
      sink.contacts == [Contact(owner: p2, contact: p3, name: "灯笼", remark: "灯笼(老客)")]
    )
  }

  @Test func `refuses messages without time or sender`() throws {
    #expect(
      try read("weflow_private").reasons == [
        "createTime holds no seconds since 1970", "senderUsername is no WeChat name",
      ]
    )
  }

  @Test func `in a group has its members once`() throws {
    let sink = try read("echotrace_group")
    let room = Account(.wechatGroup, "99900000001@chatroom")
    #expect(sink.owner == p2)
    #expect(sink.messages.allSatisfy { $0.group == room && $0.to == nil })
    #expect(sink.messages.map(\.kind) == [.text, .quote, .text])
    #expect(sink.memberships.map(\.member) == [p1, p2])
    #expect(sink.memberships.map(\.memberName) == ["群主泥鳅", "放风筝的"])
  }

  @Test func `is known although a picture fills the beginning of the file`() throws {
    let picture = String(repeating: "A", count: 200_000)
    let text = """
      {"session": {"wxid": "wxid_clewdemo000322", "type": "私聊", "avatar": "\(picture)"},
       "messages": [{"createTime": 1709515800, "type": "文本消息", "content": "在吗", "isSend": 0,
       "senderUsername": "wxid_clewdemo000322"}]}
      """
    let sink = try importing(text, as: "weflow-json")
    #expect(sink.messages.map(\.text) == ["在吗"])
    #expect(sink.owner == nil)
  }
}
