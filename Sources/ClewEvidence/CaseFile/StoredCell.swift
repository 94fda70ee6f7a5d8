internal import Foundation
internal import GRDB

/// Values as the case file stores them: text with a NUL goes in as bytes, because SQLite's text ends
/// there; what is of another kind than its column promises is damage, never a crash.
extension Row {
  /// A text.
  func text(_ index: Int) throws -> String {
    guard let text = try optionalText(index) else { throw StoredFault() }
    return text
  }

  /// A text that may be absent.
  func optionalText(_ index: Int) throws -> String? {
    switch (self[index] as DatabaseValue).storage {
    case .null: return nil
    case .string(let text): return text
    case .blob(let data):
      guard let text = String(validating: data, as: UTF8.self) else { throw StoredFault() }
      return text
    default: throw StoredFault()
    }
  }

  /// A whole number.
  func number(_ index: Int) throws -> Int64 {
    guard let number = try optionalNumber(index) else { throw StoredFault() }
    return number
  }

  /// A whole number that may be absent.
  func optionalNumber(_ index: Int) throws -> Int64? {
    switch (self[index] as DatabaseValue).storage {
    case .null: return nil
    case .int64(let number): return number
    default: throw StoredFault()
    }
  }

  /// Bytes that may be absent.
  func optionalBytes(_ index: Int) throws -> Data? {
    if case .null = (self[index] as DatabaseValue).storage { return nil }
    return try bytes(index)
  }

  /// Bytes.
  func bytes(_ index: Int) throws -> Data {
    guard case .blob(let data) = (self[index] as DatabaseValue).storage else {
      throw StoredFault()
    }
    return data
  }
}

/// A value is of another kind than its column promises.
struct StoredFault: Error {}

/// A text as it is bound to a statement.
func storedText(_ text: String?) -> DatabaseValue {
  guard let text else { return .null }
  return text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
}
