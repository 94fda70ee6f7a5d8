import ClewEvidence

/// What a telecom company tells of one number: whom it called, when and for how long.
enum CallSheet {
  /// Calls to people whose data the caller bought, in the week after each list came.
  static func write(
    into folder: String,
    from caller: Int,
    of teller: Storyteller,
    _ plot: CasePlot
  ) throws(EvidenceError) {
    var dice = Dice(seed: UInt64(caller), stream: "calls")
    try ExportText.makeFolder(folder)
    let own = teller.cast.people[caller].phone
    var sheet = ExportText(path: folder + "/话单_\(own).csv")
    try sheet.write("主叫号码,被叫号码,开始时间,通话时长(秒),呼叫类型\r\n")
    var time = plot.end - 30 * WallClock.day
    for _ in 0..<calls {
      time += Int64(dice.range(20...900)) * WallClock.minute
      let victim = TradedPerson.phone(of: 1 + dice.below(teller.targetCount))
      let stamp = WallClock.stamp(time).filter(\.isNumber)
      try sheet.write("\(own),\(victim),\(stamp),\(dice.range(8...900)),语音\r\n")
    }
    try sheet.flush()
  }

  /// How many calls the sheet tells.
  static let calls = 41
}
