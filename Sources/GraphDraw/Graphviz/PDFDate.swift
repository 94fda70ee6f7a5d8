/// The one thing in a PDF by cairo that differs from run to run.
enum PDFDate {
  /// Overwrites the digits of every `/CreationDate (D:…` in place, so that no offset moves.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - digits: Fourteen digits; anything else leaves the file with zeros for the missing ones.
  /// - Returns: A file of the same length.
  static func replaced(in bytes: [UInt8], with digits: String) -> [UInt8] {
    let wanted = Array(digits.utf8.filter { (0x30...0x39).contains($0) }.prefix(14))
    let date = wanted + Array(repeating: 0x30, count: 14 - wanted.count)
    let mark = Array("/CreationDate (D:".utf8)
    var result = bytes
    var place = 0
    while place + mark.count + 14 <= bytes.count {
      if bytes[place] == mark[0], bytes[place..<place + mark.count].elementsEqual(mark) {
        let start = place + mark.count
        result.replaceSubrange(start..<start + 14, with: date)
        // What follows is the zone, up to the closing bracket: written as UTC.
        var zone = start + 14
        let isShort = zone + 1 < bytes.count && bytes[zone + 1] == 0x29
        var utc = Array((isShort ? "Z" : "+00'00").utf8)[...]
        while zone < bytes.count, bytes[zone] != 0x29, let next = utc.popFirst() {
          result[zone] = next
          zone += 1
        }
        place = zone
      } else {
        place += 1
      }
    }
    return result
  }
}
