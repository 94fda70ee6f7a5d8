import ClewEvidence
import ClewImport
import Testing

@Suite struct `A call log of a backup app` {
  @Test func `has the six calls of the phone`() throws {
    let sink = try importing(try StagedBytes.fixture("android/calllog_p2.csv"), as: "calls-csv")
    #expect(sink.unitCount == 6)
    #expect(sink.callLines == `An Android phone`.sixCalls)
    #expect(sink.contacts.map(\.name) == ["泥鳅 源头", "灯笼"])
  }

  @Test func `refuses bad cells of such a table by name`() throws {
    let sink = try importing(
      "号码,姓名,类型,时间,时长\n"
        + "1.38E+10,,呼出,2024-03-01 10:00:00,01:05\n"
        + "13800000001,,飞出,2024-03-01 10:00:00,01:05\n"
        + "13800000001,,呼出,2024-02-30 10:00:00,01:05\n"
        + "13800000001,,呼出,2024-03-01 10:00:00,1:99\n"
        + "未知号码,,呼入,2024-03-01 10:00:00,0\n",
      as: "calls-csv"
    )
    #expect(
      sink.reasons == [
        "column \"号码\" holds no telephone number", "column \"类型\" holds no direction",
        "column \"时间\" holds no time", "column \"时长\" holds no duration",
      ]
    )
    #expect(sink.rules == ["number withheld"])
  }
}
