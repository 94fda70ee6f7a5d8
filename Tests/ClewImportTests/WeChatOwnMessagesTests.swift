import ClewEvidence
import ClewImport
import Testing

@Suite struct `P4's WeChat, on whatever device` {
  @Test(arguments: [WeChatExport.desktop, WeChatExport.phone])
  func `holds two messages in the room and three with P3`(
    export: @Sendable () throws -> WeChatExport.Pair
  ) throws {
    let sink = try export().messages.sink
    #expect(Set(sink.numbers) == [7, 10, 101, 102, 103])
    #expect(try sink.message(7).from == .p2)
    #expect(try sink.message(7).text == "有料子出，500条一份")
    #expect(try sink.message(7).group == .room)
    #expect(try sink.message(10).from == .p4)
    #expect(try sink.message(10).text == "我也要一份")
    #expect(try sink.message(101).from == .p4)
    #expect(try sink.message(101).to == .p3)
    #expect(try sink.message(102).from == .p3)
    #expect(try sink.message(102).to == .p4)
    #expect(try sink.message(102).sentAt == second(1_709_642_460))
    let file = try sink.message(103)
    #expect(file.file?.digest == "md5:2810fae2da36e8ed2e91be4f13c44d49")
    #expect(sink.decisions["unknown chats"] == nil)
  }
}
