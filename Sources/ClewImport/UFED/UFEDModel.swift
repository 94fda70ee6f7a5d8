internal import ClewEvidence
internal import Foundation

/// One `model` of a UFED report, its fields by name.
struct UFEDModel {
  let element: XMLElement

  init(_ element: XMLElement) { self.element = element }

  /// The kind of model, such as `Contact`.
  var type: String { element.attribute("type") ?? "" }

  /// Whether the tool recovered it after deletion.
  var isDeleted: Bool { element.attribute("deleted_state")?.lowercased() == "deleted" }

  /// Whether the report says that it repeats another model.
  var isRelated: Bool { element.attribute("isrelated")?.lowercased() == "true" }

  /// The text of a field exactly; empty where it is missing or `<empty/>`.
  func exact(_ name: String) -> String { Self.text(of: value(name)) }

  /// The text of a field without white space at its ends.
  func text(_ name: String) -> String { TabularCell.trim(exact(name)) }

  /// All values of a field that may have several.
  func texts(_ name: String) -> [String] {
    fields(name).flatMap { $0.all("value") }.map(Self.text).filter { !$0.isEmpty }
  }

  /// The models inside a field; a model that stands there twice counts once.
  func models(_ name: String) -> [UFEDModel] {
    var seen: Set<String> = []
    return fields(name).flatMap { $0.all("model") }.map(UFEDModel.init).filter { model in
      guard let id = model.element.attribute("id"), !id.isEmpty else { return true }
      return seen.insert(id).inserted
    }
  }

  /// The time in a field; `nil` where it is empty.
  func time(_ name: String, _ clock: ForensicTime) throws(RowFault) -> Timestamp? {
    guard let value = value(name) else { return nil }
    let text = TabularCell.trim(Self.text(of: value))
    if text.isEmpty { return nil }
    if let time = clock.timestamp(text) { return time }
    if let other = value.attribute("formattedTimestamp"), let time = clock.timestamp(other) {
      return time
    }
    throw RowFault("field \"\(name)\" holds no time")
  }

  private func fields(_ name: String) -> [XMLElement] {
    element.children.filter { $0.attribute("name") == name && $0.name != "model" }
  }

  private func value(_ name: String) -> XMLElement? {
    fields(name).lazy.compactMap { $0.first("value") }.first
  }

  private static func text(of value: XMLElement?) -> String {
    guard let value else { return "" }
    guard value.attribute("format") == "Base64String" else { return value.text }
    guard let data = Data(base64Encoded: value.text, options: .ignoreUnknownCharacters),
      let text = String(validating: data, as: UTF8.self)
    else { return value.text }
    return text
  }
}

/// A person in a call, message or chat of a UFED report.
struct UFEDParty {
  /// The account, `nil` where the party has no identifier.
  let account: Account?
  let name: String
  /// `from`, `to` or another word, in lower case.
  let role: String
  /// Whether the report marks it as the device's owner.
  let isOwner: Bool
  let isAdmin: Bool
  /// Whether it is the app itself, which speaks in system notes.
  let isSystem: Bool
  /// Whether the number was withheld; a party with a name is somebody.
  let isWithheld: Bool

  init(_ model: UFEDModel, _ app: ForensicApp) {
    let identifier = model.text("Identifier")
    name = model.text("Name")
    role = model.text("Role").lowercased()
    isOwner = model.text("IsPhoneOwner").lowercased() == "true"
    isAdmin = model.text("IsGroupAdmin").lowercased() == "true"
    isSystem = [identifier, name].contains { $0.lowercased() == "system message" }
    isWithheld = ForensicNumber.isWithheld(identifier) && ForensicNumber.isWithheld(name)
    account = isSystem ? nil : app.account(identifier)
  }
}
