internal import ClewEvidence

/// The images of a QQ MHT export, by the address at which messages show them.
struct QQImages {
  /// One image of the file.
  struct Image {
    let location: String
    /// Its place among the parts of the file, from 1.
    let number: Int64
    let offset: Int64
    let file: FileReference
    /// Why it cannot be taken.
    let fault: String?
  }

  private var files: [String: FileReference] = [:]
  private var shown: Set<String> = []
  private var count = 0
  private var missing = 0

  /// Images beyond this number are not linked.
  private static let limit = 1 << 20

  /// Notes an image; of two at one address neither is linked.
  mutating func learn(_ image: Image) {
    count += 1
    guard image.fault == nil, !image.location.isEmpty, files.count < Self.limit else { return }
    if let known = files[image.location], known.digest != image.file.digest {
      files[image.location] = FileReference(name: image.file.name)
    } else {
      files[image.location] = image.file
    }
  }

  /// The first image that a message shows.
  mutating func take(_ addresses: [String]) -> FileReference? {
    var first: FileReference?
    for address in addresses {
      let key = Self.key(address)
      guard let file = files[key] else {
        missing += 1
        continue
      }
      shown.insert(key)
      first = first ?? file
    }
    return first
  }

  /// By which rule an image is passed over; messages come before it.
  func rule(for image: Image) -> String {
    shown.contains(image.location)
      ? "image, read with the message that shows it" : "image that no message shows"
  }

  /// For the log of decisions.
  var summary: String {
    "\(count) in the file, \(shown.count) shown" + (missing > 0 ? ", \(missing) missing" : "")
  }

  /// The address without what surrounds it.
  static func key(_ address: String) -> String {
    var text = address.utf8[...]
    if text.starts(with: "cid:".utf8) { text = text.dropFirst(4) }
    if text.first == UInt8(ascii: "<"), text.last == UInt8(ascii: ">") {
      text = text.dropFirst().dropLast()
    }
    return String(text) ?? ""
  }
}
