internal import ClewEvidence

/// What a first pass over the messages tells of each chat, before anybody's name is known.
struct WeChatSurvey {
  /// The two ends that an own transfer message names.
  struct Ends: Hashable {
    var payer: String
    var payee: String
  }

  /// One chat.
  struct Chat {
    var hasSent = false
    /// Whether a message was received that is no system note.
    var hasReceived = false
    /// Whether a received message names no sender.
    var hasAnonymous = false
    /// The senders of received group messages.
    var senders: Set<String> = []
    /// Everybody who wrote, where the platform does not tell own messages apart.
    var speakers: Set<String> = []
    var ends: Set<Ends> = []
  }

  /// The chats by the digest of their user name.
  var chats: [String: Chat] = [:]
  /// The chats' own user names by their digests, where the database states them.
  var talkers: [String: String] = [:]

  /// Enough people for any chat; what lies beyond tells nothing new.
  private static let peopleLimit = 4096

  /// Notes a chat, be it without messages.
  mutating func note(_ chat: String) { Self.change(&chats, chat) { _ in } }

  /// Notes an own message.
  mutating func noteSent(_ chat: String) { chats[chat, default: Chat()].hasSent = true }

  /// Notes a received message and its sender, if the row names one.
  mutating func noteReceived(_ chat: String, from sender: String?) {
    Self.change(&chats, chat) {
      $0.hasReceived = true
      if let sender {
        if $0.senders.count < Self.peopleLimit { $0.senders.insert(sender) }
      } else {
        $0.hasAnonymous = true
      }
    }
  }

  /// Notes somebody who wrote, own messages included.
  mutating func noteSpeaker(_ chat: String, _ name: String) {
    Self.change(&chats, chat) {
      if $0.speakers.count < Self.peopleLimit { $0.speakers.insert(name) }
    }
  }

  /// Notes the ends that the XML of an own transfer message names.
  mutating func noteOwnTransfer(_ chat: String, _ body: [UInt8]) {
    let xml = WeChatXML(body)
    guard xml.text("msg/appmsg/type") == "2000",
      let payer = xml.nonEmpty("msg/appmsg/wcpayinfo/payer_username"),
      let payee = xml.nonEmpty("msg/appmsg/wcpayinfo/receiver_username")
    else { return }
    Self.change(&chats, chat) {
      if $0.ends.count < Self.peopleLimit { $0.ends.insert(Ends(payer: payer, payee: payee)) }
    }
  }

  /// Every user name that was seen, by its digest.
  var userNames: [String: String] {
    var found: [String: String] = [:]
    for chat in chats.values {
      for name in chat.senders.union(chat.speakers).union(
        chat.ends.flatMap { [$0.payer, $0.payee] }
      ) {
        found[NameHash.md5(name)] = name
      }
    }
    return found
  }

  private static func change(
    _ chats: inout [String: Chat],
    _ key: String,
    _ body: (inout Chat) -> Void
  ) {
    body(&chats[key, default: Chat()])
  }
}
