/// Lets the cast act and notes what happens: messages and payments, in any order until ``flush``.
struct Storyteller {
  var cast: Cast
  var dice: Dice
  var habits = TradeHabits()
  /// When nothing more happens.
  let end: Int64
  private(set) var messageCount = 0
  private(set) var paymentCount = 0
  var targetCount = 0
  /// Payments between bonds, which are no trade.
  var privatePayments = 0
  private var serial = 0
  private var events: [ChatEvent] = []
  private var payments: [StoryPayment] = []

  init(cast: Cast, seed: UInt64, end: Int64) {
    self.cast = cast
    self.end = end
    dice = Dice(seed: seed, stream: "story")
  }

  // MARK: Saying and paying

  mutating func post(_ body: ChatBody, from: CastHandle, in place: ChatPlace, at time: Int64) {
    serial += 1
    messageCount += 1
    events.append(
      ChatEvent(
        time: time + Int64(dice.below(1000)),
        serial: serial,
        place: place,
        from: from,
        body: body
      )
    )
  }

  mutating func say(
    _ phrase: String,
    from: CastHandle,
    to: CastHandle,
    at time: Int64,
    _ values: [(String, String)] = []
  ) {
    let text = cast.people[from.person].voice.say(phrase, &dice, values: values)
    post(.text(text), from: from, in: .pair(from, to), at: time)
  }

  /// Pays, with the messages that a payment leaves in the chat, and says when it is done.
  @discardableResult
  mutating func pay(
    _ fen: Int64,
    from payer: CastHandle,
    to payee: CastHandle,
    by channel: StoryPayment.Channel,
    memo: String,
    at time: Int64,
    isReturned: Bool = false
  ) -> Int64 {
    paymentCount += 1
    let received =
      time + Int64(dice.range(20...(dice.chance(15) ? 20_000 : 900))) * WallClock.second
    let payment = StoryPayment(
      serial: paymentCount,
      time: time,
      payer: payer,
      payee: payee,
      fen: fen,
      channel: channel,
      memo: memo,
      receivedAt: isReturned ? nil : received
    )
    let place = ChatPlace.pair(payer, payee)
    switch channel {
    case .wechat:
      post(.transfer(payment, 1), from: payer, in: place, at: time)
      if isReturned {
        post(.transfer(payment, 4), from: payer, in: place, at: time + 23 * WallClock.hour)
      } else {
        post(.transfer(payment, 3), from: payee, in: place, at: received)
      }
    case .redPacket:
      let wish = dice.pick(["恭喜发财，大吉大利", "恭喜发财，大吉大利", "一点心意", "辛苦了", "生日快乐", "好运来"])
      post(.redPacket(payment, wish), from: payer, in: place, at: time)
    case .qqWallet: post(.text("[转账]"), from: payer, in: place, at: time)
    case .alipay, .bank: break
    case .cash: return received
    }
    payments.append(payment)
    return received
  }

  // MARK: Time

  /// The next moment at which somebody is awake.
  mutating func awake(_ time: Int64) -> Int64 {
    let clock = WallClock.timeOfDay(time)
    guard clock < 8 * WallClock.hour || clock > 23 * WallClock.hour + 30 * WallClock.minute else {
      return time
    }
    if dice.chance(12) { return time }
    let morning = clock < 8 * WallClock.hour ? time - clock : time - clock + WallClock.day
    return morning + Int64(dice.range(8 * 3600...11 * 3600)) * WallClock.second
  }

  mutating func seconds(_ range: ClosedRange<Int>) -> Int64 {
    Int64(dice.range(range)) * WallClock.second
  }

  mutating func minutes(_ range: ClosedRange<Int>) -> Int64 {
    Int64(dice.range(range)) * WallClock.minute + Int64(dice.below(60)) * WallClock.second
  }

  // MARK: Handing over

  /// Takes what happened before a time, in order.
  mutating func flush(before limit: Int64) -> (events: [ChatEvent], payments: [StoryPayment]) {
    let due = events.filter { $0.time < limit }
    events.removeAll { $0.time < limit }
    let paid = payments.filter { $0.time < limit }
    payments.removeAll { $0.time < limit }
    return (
      due.sorted { ($0.time, $0.serial) < ($1.time, $1.serial) },
      paid.sorted { ($0.time, $0.serial) < ($1.time, $1.serial) }
    )
  }
}
