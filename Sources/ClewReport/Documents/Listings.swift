public import ClewEvidence

/// The listings of sources and rejects as text.
public enum ListingText {
  /// The sources with their counts, then the files that were not read.
  public static func sources(
    _ sources: [SourceSummary],
    unread: [UnreadFile],
    totals: EventTotals? = nil
  ) -> String {
    var rows = [
      ["source", "format", "units", "stored", "rejected", "duplicate", "skipped", "owner", "path"]
    ]
    var total = UnitCounts()
    for source in sources {
      let counts = source.counts
      total += counts
      rows.append(
        ["\(source.number)", source.format] + columns(counts)
          + [
            source.owner.map { PlainText.safe($0.description) } ?? "-",
            PlainText.safe(source.path, limit: 400),
          ]
      )
    }
    rows.append(["", "all"] + columns(total) + ["", ""])
    var out = PlainText.table(rows) + "\n"
    for source in sources where !source.skips.isEmpty {
      let rules = source.skips.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      out += "source \(source.number) skipped: \(rules.joined(separator: ", "))\n"
    }
    if let totals, !totals.lines.isEmpty { out += "\n" + self.totals(totals) }
    if !unread.isEmpty { out += "\nnot read as sources\n" }
    for file in unread {
      out +=
        "  \(PlainText.safe(file.path, limit: 400)): \(PlainText.safe(file.reason, limit: 400))\n"
    }
    return out
  }

  /// Rows, records and events of each kind: what tells of one event counts once.
  private static func totals(_ totals: EventTotals) -> String {
    let rows = totals.lines.map { line in
      [line.kind] + [line.rows, line.records, line.events].map { PlainText.grouped($0) }
    }
    return PlainText.table([["distinct", "rows", "records", "events"]] + rows) + "\n"
  }

  private static func columns(_ counts: UnitCounts) -> [String] {
    [counts.units, counts.stored, counts.rejected, counts.duplicate, counts.skipped]
      .map { PlainText.grouped($0) }
  }

  /// One line for each refused unit.
  public static func rejects(
    _ rejects: [RejectedUnit],
    of sources: [SourceSummary],
    reveals: Bool
  ) -> String {
    var out = ""
    for reject in rejects {
      let path = sources.first { $0.number == reject.source }?.path ?? "?"
      let part = reject.position.part.isEmpty ? "" : " \(PlainText.safe(reject.position.part))"
      let offset = reject.position.offset.map { ", byte \($0)" } ?? ""
      out +=
        "\(PlainText.safe(path, limit: 400)):\(reject.position.row):\(part) "
        + PlainText.safe(reject.reason, limit: 400)
      out += " (\(reject.bytes.count) bytes kept\(offset))\n"
      if reveals {
        let text = String(validating: reject.bytes, as: UTF8.self)
        out +=
          "    | \(text.map { PlainText.safe($0, limit: 400) } ?? hexText(reject.bytes.prefix(120)))\n"
      }
    }
    return out.isEmpty ? "no row was refused\n" : out
  }
}

/// The listings of sources and rejects as JSON (`clew.sources/1`, `clew.rejects/1`).
public enum ListingJSON {
  /// The sources with their counts, then the files that were not read.
  public static func sources(
    _ sources: [SourceSummary],
    unread: [UnreadFile],
    totals: EventTotals? = nil
  ) -> String {
    var json = JSONWriter()
    json.object { json in
      json.string("schema", "clew.sources/1")
      json.array("sources", sources) { json, source in
        json.object { json in
          json.number("number", source.number)
          json.string("path", source.path)
          json.number("bytes", source.bytes)
          json.string("sha256", source.sha256)
          json.map("sidecars", source.sidecars.map { ($0.suffix, JSONWriter.quoted($0.sha256)) })
          json.string("format", source.format)
          json.number("importerVersion", source.importerVersion)
          json.string("sign", source.sign)
          json.string("owner", source.owner?.description)
          json.map(
            "decisions",
            source.decisions.sorted { $0.key < $1.key }.map {
              ($0.key, JSONWriter.quoted($0.value))
            }
          )
          json.number("units", source.counts.units)
          json.number("stored", source.counts.stored)
          json.number("rejected", source.counts.rejected)
          json.number("duplicate", source.counts.duplicate)
          json.number("skipped", source.counts.skipped)
          json.map(
            "skips",
            source.skips.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
          )
        }
      }
      if let totals {
        json.array("events", totals.lines) { json, line in
          json.object { json in
            json.string("kind", line.kind)
            json.number("rows", line.rows)
            json.number("records", line.records)
            json.number("events", line.events)
          }
        }
      }
      json.array("unread", unread) { json, file in
        json.object { json in
          json.string("path", file.path)
          json.number("bytes", file.bytes)
          json.string("sha256", file.sha256)
          json.string("reason", file.reason)
        }
      }
    }
    return json.text + "\n"
  }

  /// The refused units; their bytes as hex, only on request.
  public static func rejects(
    _ rejects: [RejectedUnit],
    of sources: [SourceSummary],
    reveals: Bool
  ) -> String {
    var json = JSONWriter()
    json.object { json in
      json.string("schema", "clew.rejects/1")
      json.array("rejects", rejects) { json, reject in
        json.object { json in
          json.number("source", reject.source)
          json.string("path", sources.first { $0.number == reject.source }?.path)
          json.string("part", reject.position.part)
          json.number("row", reject.position.row)
          json.number("offset", reject.position.offset)
          json.number("length", reject.bytes.count)
          json.string("reason", reject.reason)
          if reveals { json.string("hex", hexText(reject.bytes)) }
        }
      }
    }
    return json.text + "\n"
  }
}
