#if Spark
import Foundation

/// A socket on which a process waits for others, as the system tells it.
struct ListeningSocket {
  let port: Int
  let isLoopback: Bool

  /// Those of some processes, TCP over IPv4 and IPv6.
  static func all(of processes: [Int32]) -> [ListeningSocket] {
    let files = FileManager.default
    var own: Set<String> = []
    for pid in processes {
      let folder = "/proc/\(pid)/fd"
      for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
        if let link = try? files.destinationOfSymbolicLink(atPath: "\(folder)/\(name)") {
          own.insert(link)
        }
      }
    }
    var found: [ListeningSocket] = []
    for table in ["tcp", "tcp6"] {
      let text = (try? String(contentsOfFile: "/proc/net/\(table)", encoding: .utf8)) ?? ""
      for line in text.split(separator: "\n").dropFirst() {
        let fields = line.split(separator: " ")
        // Local address, state (0A: listening) and inode; see proc_net_tcp in the kernel's documents.
        guard fields.count > 9, fields[3] == "0A", own.contains("socket:[\(fields[9])]") else {
          continue
        }
        let address = fields[1].split(separator: ":")
        guard address.count == 2, let port = Int(address[1], radix: 16) else { continue }
        let loopback = [
          "0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000",
        ]
        found.append(ListeningSocket(port: port, isLoopback: loopback.contains(String(address[0]))))
      }
    }
    return found
  }
}
#endif
