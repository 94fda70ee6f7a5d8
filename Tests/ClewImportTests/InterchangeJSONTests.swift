import ClewEvidence
import ClewImport
import Testing

@Suite struct `JSON formats of graphs` {
  @Test func `FollowTheMoney: five persons with their accounts, three links, five payments`() throws
  {
    let sink = try interchange("chain.ftm.json", as: "ftm")
    #expect(sink.units.count == 23)
    #expect(sink.rejects.isEmpty && sink.skips.isEmpty)
    #expect(sink.supplies == SampleStory.supplies)
    #expect(sink.payments == SampleStory.payments)
    #expect(sink.trades.map(\.supplier) == [.p1, .p2, .p3])
    #expect(sink.trades[0].category == "supplied list A to")
    #expect(
      sink.links.prefix(2).map { "\($0.first) \($0.second) \($0.holder)" } == [
        "wechat:wxid_clewdemo000122 phone:+8613800000001 甲一",
        "wechat:wxid_clewdemo000122 id:990000199101010014 甲一",
      ]
    )
    #expect(sink.links.count == 10)
    #expect(sink.contacts.filter { $0.contact == .p1 }.map(\.name) == ["甲一", "泥鳅", ""])
    #expect(sink.contacts.filter { $0.contact.scheme == .card }.count == 5)
    #expect(sink.transfers[0].ids == ["1000050000202403020000000000001"])
    // 20:15:30 without a zone is UTC in this format.
    #expect(sink.transfers[0].at?.iso == "2024-03-02T20:15:30Z")
    #expect(sink.transfers[0].at?.zone == .stated)
  }

  private func entity(_ schema: String, _ properties: String) -> String {
    "{\"id\": \"x\", \"schema\": \"\(schema)\", \"properties\": {\(properties)}}\n"
  }

  @Test func `FollowTheMoney: partial dates, owners, numbers of calls, unknown schemata`() throws {
    let sink = try importing(
      entity("Ownership", "\"owner\": [\"phone:13800000001\"], \"asset\": [\"qq:9990000001\"]")
        + entity("Call", "\"callerNumber\": [\"13800000001\"], \"receiver\": [\"qq:9990000001\"]")
        + entity("Payment", "\"payer\": [\"a\"], \"beneficiary\": [\"b\"], \"date\": [\"2024-03\"]")
        + entity("UnknownLink", "\"subject\": [\"a\"], \"object\": [\"b\"], \"role\": [\"saw\"]")
        + entity("Vessel", "\"name\": [\"x\"]"),
      as: "ftm"
    )
    // An asset that is no account is not its owner.
    #expect(sink.links.map(\.basis) == [.contactEntry])
    #expect(sink.calls.map(\.from) == [Account(.phone, "+8613800000001")])
    #expect(sink.transfers.map(\.at) == [nil])
    #expect(sink.drawn.count == 1)
    #expect(sink.rules == ["entity that is neither party nor relation"])
  }

  @Test func `FollowTheMoney: a bad line is refused alone`() throws {
    let sink = try importing(
      entity("Payment", "\"payer\": [\"a\"]") + entity("Payment", "\"amount\": [5]")
        + entity(
          "Payment",
          "\"payer\": [\"a\"], \"beneficiary\": [\"b\"], \"amount\": [\"1.005\"]"
        ) + "{\"id\": \n" + entity("Person", "\"name\": [\"甲一\"]"),
      as: "ftm"
    )
    #expect(sink.contacts.map(\.name) == ["甲一"])
    #expect(sink.reasons.count == 4)
    #expect(sink.reasons[0] == "the relation lacks an end")
    #expect(sink.reasons[1] == "the value has no id, schema and properties as lists of texts")
    #expect(sink.reasons[2] == "column \"amount\" holds no amount with at most two decimals")
  }

  @Test func `CASE: three persons with accounts and one message`() throws {
    let sink = try interchange("chain.case.jsonld", as: "case-uco")
    #expect(sink.unitCount == 11)
    #expect(sink.rules == ["application"])
    #expect(sink.rejects.isEmpty)
    #expect(sink.messages.count == 1)
    #expect(sink.messages[0].from == .p1)
    #expect(sink.messages[0].to == .p2)
    #expect(sink.messages[0].platform == "wechat")
    #expect(sink.messages[0].text == "新一批名单到了(演示)，一份2000")
    #expect(sink.messages[0].sentAt?.shanghai == "2024-03-01 10:05:00")
    let named = sink.contacts.filter { !$0.name.isEmpty }
    #expect(
      named.map { "\($0.contact) \($0.name)" } == [
        "wechat:wxid_clewdemo000122 泥鳅", "wechat:wxid_clewdemo000222 风筝",
        "wechat:wxid_clewdemo000322 灯笼",
      ]
    )
  }

  @Test func `CASE: any prefix may stand for the ontology, a call and two accounts`() throws {
    let sink = try importing(
      """
      {"@context": {"c": "https://ontology.unifiedcyberontology.org/uco/core/",
        "o": "https://ontology.unifiedcyberontology.org/uco/observable/", "k": "http://x/"},
       "@graph": [
        {"@id": "k:m", "@type": "o:Call", "c:hasFacet": {"@type": "o:CallFacet",
          "o:from": {"@id": "k:a"}, "o:to": {"@id": "k:b"}, "o:duration": 65,
          "o:startTime": {"@type": "x", "@value": "2024-03-01T10:00:00+08:00"}}},
        {"@id": "k:a", "@type": "o:PhoneAccount",
          "c:hasFacet": [{"o:phoneNumber": "13800000001"}]},
        {"@id": "k:b", "@type": ["o:PhoneAccount"], "c:hasFacet": [{"o:phoneNumber": "withheld"}]},
        {"@id": "k:r", "@type": "c:Relationship", "c:source": {"@id": "k:a"},
          "c:target": {"@id": "k:b"}, "c:kindOfRelationship": "Knows", "c:isDirectional": false},
        {"@id": "k:s", "@type": "c:Relationship", "c:source": {"@id": "k:a"}},
        {"@id": "k:f", "@type": "o:File"}, {"@type": "o:File"}]}
      """,
      as: "case-uco"
    )
    #expect(sink.calls.map(\.seconds) == [65])
    #expect(sink.calls.first?.from == Account(.phone, "+8613800000001"))
    #expect(sink.calls.first?.to.scheme == .name)
    #expect(sink.contacts.filter { $0.owner != nil }.count == 2)
    #expect(sink.rules == ["object of no read class"])
    #expect(
      sink.reasons == ["the relationship lacks source or target", "the object has no @id"]
    )
  }
}
