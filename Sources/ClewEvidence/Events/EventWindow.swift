/// How far apart two sources may date one event, with the reason for each number.
///
/// A wider window hides true repeats, a narrower one counts events twice; one-to-one matching makes
/// the first error rare, because a source that lists both repeats keeps both.
enum EventWindow {
  /// Two minutes between what a chat and a return say of one payment: the chat stamps the moment of
  /// sending, the return the moment of booking.
  static let transfer: Int64 = 120_000

  /// A day between a payment and what somebody wrote of it into a chart: charts give days, or times in
  /// a zone that nobody noted.
  static let chart: Int64 = 86_400_000

  /// Ten seconds between the clocks of two telephones or of a telephone and the network.
  static let callClock: Int64 = 10_000

  /// One minute at most between dialling, which a caller's log notes, and the answer, from which some
  /// networks count: nobody is let ring longer.
  static let callRinging: Int64 = 60_000

  /// Two seconds between two measures of how long a call took.
  static let callDuration: Int64 = 2

  /// Two minutes between sending and receiving a short message, each by its own clock.
  static let sms: Int64 = 120_000

  /// One minute for platforms whose text exports give no seconds.
  static let minutes: Int64 = 60_000

  /// Two seconds for platforms whose server dates the message for everybody.
  static let server: Int64 = 2_000

  /// The window of a platform's messages.
  static func message(_ platform: String) -> Int64 {
    switch platform {
    case "sms", "mms": sms
    case "whatsapp": minutes
    default: server
    }
  }
}
