import ClewEvidence
import Testing

@testable import ClewImport

/// The ninth of the ten things that a naive importer gets wrong.
@Suite struct `Pitfall 9 of UFED reports` {
  private func read(_ models: String) throws -> CollectingSink {
    try importing(ufedReport(models), as: "ufed-xml")
  }

  private func call(_ fields: String) -> String {
    "<modelType type=\"Call\"><model type=\"Call\">\(fields)<multiModelField name=\"Parties\">"
      + ufedParty("13800000002", "From") + "</multiModelField></model></modelType>"
  }

  private func chat(_ messages: String) -> String {
    "<modelType type=\"Chat\"><model type=\"Chat\">" + ufedField("Source", "WeChat")
      + ufedField("Id", "wxid_clewdemo000222") + ufedField("Account", "wxid_clewdemo000122")
      + "<multiModelField name=\"Participants\">" + ufedParty("wxid_clewdemo000122")
      + ufedParty("wxid_clewdemo000222") + "</multiModelField><multiModelField name=\"Messages\">"
      + messages + "</multiModelField></model></modelType>"
  }

  private func message(_ fields: String, id: String = "m") -> String {
    "<model type=\"InstantMessage\" id=\"\(id)\">" + ufedField("Identifier", "900000000000000002")
      + "<modelField name=\"From\">" + ufedParty("wxid_clewdemo000222") + "</modelField>"
      + "<multiModelField name=\"To\"></multiModelField>\(fields)</model>"
  }

  @Test func `the owner missing from calls and SMS is the device's number`() throws {
    let sink = try importing(StagedBytes.fixture("ufed/report.xml"), as: "ufed-xml")
    let owner = Account(.phone, "+8613800000001")
    #expect(sink.calls.count == 2)
    #expect(sink.calls.allSatisfy { $0.from == owner || $0.to == owner })
    let sms = sink.messages.filter { $0.platform == "sms" }
    #expect(sms.map(\.from) == [owner])
  }

  @Test func `an empty To is everybody in the chat but the sender`() throws {
    let sink = try read(chat(message(ufedField("Body", "收"))))
    #expect(sink.messages.map(\.from) == [.p2])
    #expect(sink.messages.map(\.to) == [.p1])
  }

  @Test func `a quoted message that is embedded twice is no message`() throws {
    let quoted =
      "<multiModelField name=\"EmbeddedInstantMessage\"><model type=\"InstantMessage\" id=\"q\">"
      + ufedField("Body", "引用") + ufedField("Identifier", "900000000000000001")
      + "</model></multiModelField>"
    let body = ufedField("Body", "收")
    let sink = try read(chat(message(quoted + body + quoted)))
    #expect(sink.messages.count == 1)
    #expect(sink.messages.first?.text == "收")
    #expect(sink.messages.first?.kind == .quote)
    #expect(sink.messages.first?.quotes == "900000000000000001")
    // The chat itself and one message.
    #expect(sink.unitCount == 2)
  }

  @Test(arguments: [
    "2024-03-01T02:00:00.000+00:00", "2024-03-01T10:00:00+08:00", "2024-02-29T21:00:00-05:00",
    "2024-03-01T02:00:00Z",
  ])
  func `a time is read with its own offset`(_ text: String) throws {
    let sink = try read(call(ufedField("TimeStamp", text)))
    #expect(sink.calls.first?.at?.shanghai == "2024-03-01 10:00:00")
    #expect(sink.calls.first?.at?.zone == .stated)
  }

  @Test func `control characters do not break the report`() throws {
    let body = ufedField("Body", "<![CDATA[a\u{1}\u{0B}b]]>") + ufedField("Subject", "&#x1;&#2;")
    let sink = try read(chat(message(body, id: "1") + message(ufedField("Body", "c"), id: "2")))
    #expect(sink.messages.map(\.text) == ["a\t\tb", "c"])
    #expect(sink.rejects.isEmpty)
    #expect(sink.decisions["characters that XML forbids"] == "4, read as blanks")
    guard case .text(let original)? = sink.units.first?.original else {
      Issue.record("the original is no text")
      return
    }
    #expect(original.contains("a\u{1}\u{0B}b"))
  }

  @Test func `a document type is refused, whatever it declares`() throws {
    let text = ufedReport("").replacing(
      "<project",
      with: "<!DOCTYPE project [<!ENTITY x \"y\">]><project"
    )
    let staged = try StagedBytes(Array(text.utf8), name: "report.xml")
    #expect(throws: ImportError.self) {
      try UFEDImporter().read(staged.source, into: CollectingSink())
    }
  }
}
