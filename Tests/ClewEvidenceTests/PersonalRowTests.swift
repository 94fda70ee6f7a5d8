import ClewEvidence
import ClewTestSupport
import Testing

@Suite struct `A row of personal data` {
  private func kinds(_ text: String) -> Set<PersonalDataKind> {
    let row = PersonalRow(text)
    return Set(PersonalDataKind.allCases.filter { row.holds($0) })
  }

  @Test(arguments: [
    ("王测,99000019910101001X", [PersonalDataKind.name]),
    ("13800000001", [.phone]), ("+86 138 0000 0001", [.phone]), ("138-0000-0001", [.phone]),
    ("8613800000001", [.phone]), ("008613800000001", [.phone]), ("１３８００００００１２", [.phone]),
    ("=\"13800000001\"", [.phone]), ("13800000001.0", [.phone]),
    ("6299990000000018", []), ("京X00001", [.plate]), ("京X·00001", [.plate]),
    ("沪AD12345", [.plate]), ("1M8GDM9AXKP042788", [.vehicle]), ("1M8GDM9A1KP042788", []),
    ("王测 13800000001 演示市演示区演示路1号", [.phone, .name, .address]),
    ("王测----13800000001", [.phone, .name]),
    ("12800000001", []), ("138000000011", []), ("13800000001@example.com", []),
    ("2024-03-10 10:22:11", []), ("王测,演示市演示区演示路1号", []), ("", []), ("1.38E+10", []),
    ("4111111111111111", [.card]), ("4111 1111 1111 1111", [.card]), ("4111111111111112", []),
    ("8811111111111111", []),
  ])
  func `is known by what it holds`(text: String, expected: [PersonalDataKind]) {
    // Without an identifier a name counts for nothing.
    let wanted = expected == [.name] ? [] : Set(expected)
    #expect(kinds(text) == wanted, "\(text)")
  }

  @Test func `knows identity numbers by check character, date and province`() {
    let good = InventedPeople.identity(7)
    #expect(kinds(good) == [.identity])
    #expect(kinds(good.lowercased()) == [.identity])
    #expect(kinds(InventedPeople.card(7)) == [.card])
    let last = good.last == "1" ? "2" : "1"
    #expect(kinds(good.dropLast() + last) == [])
    #expect(kinds("00" + good.dropFirst(2)) == [])
  }

  @Test func `keeps its fingerprint when it is written in another way`() throws {
    let (id, phone) = (InventedPeople.identity(1), InventedPeople.phone(1))
    let first = try #require(PersonalRow("王测,\(id),\(phone),演示路1号").fingerprint)
    for other in [
      "\(phone)\t\(id)", "\"\(phone)\";\"x\";\"\(id)\"", "\(id)----\(phone)",
      "电话：\(phone) 证件：\(id)",
      "\(id) +86\(phone) \(phone)",
    ] {
      #expect(PersonalRow(other).fingerprint == first, "\(other)")
    }
    #expect(PersonalRow("王测,\(id)").fingerprint != first)
    #expect(PersonalRow("王测,\(id),\(InventedPeople.phone(2))").fingerprint != first)
    #expect(PersonalRow("王测,演示路1号").fingerprint == nil)
  }

  @Test func `takes time that is linear in its length`() {
    for text in ["1 ", "138 ", "京A", "王", "12:", "----", "9"] {
      #expect(PersonalRow(String(repeating: text, count: 200_000)).callableCount < 2)
    }
  }
}
