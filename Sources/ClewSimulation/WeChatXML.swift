/// The XML and protobuf that WeChat keeps inside its rows, as the format samples have them.
enum WeChatXML {
  static func transfer(_ payment: Payment, _ state: Int, payer: String, payee: String) -> String {
    let yuan = yuan(payment.fen)
    let verb = state == 1 ? "转账\(yuan)元" : state == 3 ? "已收款\(yuan)元" : "已退还\(yuan)元"
    let begun = payment.time / 1000
    return "<msg><appmsg appid=\"\" sdkver=\"\"><title><![CDATA[微信转账]]></title>"
      + "<des><![CDATA[\(verb)]]></des><action></action><type>2000</type>"
      + "<content><![CDATA[]]></content><url><![CDATA[]]></url><extinfo></extinfo><wcpayinfo>"
      + "<paysubtype>\(state)</paysubtype><feedesc><![CDATA[￥\(yuan)]]></feedesc>"
      + "<transcationid><![CDATA[\(payment.transactionID)]]></transcationid>"
      + "<transferid><![CDATA[\(payment.transferID)]]></transferid>"
      + "<invalidtime><![CDATA[\(begun + 86_400)]]></invalidtime>"
      + "<begintransfertime><![CDATA[\(begun)]]></begintransfertime>"
      + "<effectivedate><![CDATA[1]]></effectivedate><pay_memo><![CDATA[\(payment.memo)]]></pay_memo>"
      + "<receiver_username><![CDATA[\(payee)]]></receiver_username>"
      + "<payer_username><![CDATA[\(payer)]]></payer_username></wcpayinfo></appmsg></msg>"
  }

  static func redPacket(_ payment: Payment, wish: String, sender: String) -> String {
    let id = payment.transferID
    return "<msg><appmsg appid=\"\" sdkver=\"\"><des><![CDATA[我给你发了一个红包，赶紧去拆!]]></des>"
      + "<type><![CDATA[2001]]></type><title><![CDATA[微信红包]]></title><wcpayinfo>"
      + "<receivertitle><![CDATA[\(wish)]]></receivertitle><sendertitle><![CDATA[\(wish)]]></sendertitle>"
      + "<scenetext><![CDATA[微信红包]]></scenetext><senderdes><![CDATA[查看红包]]></senderdes>"
      + "<receiverdes><![CDATA[领取红包]]></receiverdes><nativeurl><![CDATA["
      + "wxpay://c2cbizmessagehandler/hongbao/receivehongbao?msgtype=1&channelid=1&sendid=\(id)"
      + "&sendusername=\(sender)&ver=6]]></nativeurl><sceneid><![CDATA[1002]]></sceneid>"
      + "<innertype><![CDATA[0]]></innertype><paymsgid><![CDATA[\(id)]]></paymsgid>"
      + "</wcpayinfo></appmsg><fromusername><![CDATA[\(sender)]]></fromusername></msg>"
  }

  static func file(_ file: FileItem) -> String {
    "<msg><appmsg appid=\"wx6618f1cfc6c132f8\" sdkver=\"0\"><title>\(escaped(file.name))</title>"
      + "<des></des><type>6</type><appattach><totallen>\(file.bytes)</totallen>"
      + "<attachid>@clew</attachid><fileext>\(file.fileExtension)</fileext></appattach>"
      + "<md5>\(file.md5)</md5></appmsg><appinfo><version>1</version><appname></appname></appinfo></msg>"
  }

  static func image(_ md5: String) -> String {
    "<msg><img aeskey=\"\" encryver=\"0\" cdnmidheight=\"100\" cdnmidwidth=\"75\" length=\"48211\""
      + " md5=\"\(md5)\" /></msg>"
  }

  static func voice(_ seconds: Int, from: String) -> String {
    "<msg><voicemsg endflag=\"1\" voicelength=\"\(seconds * 1000)\" fromusername=\"\(from)\" /></msg>"
  }

  static func card(username: String, nick: String, alias: String) -> String {
    "<?xml version=\"1.0\"?>\n<msg bigheadimgurl=\"\" smallheadimgurl=\"\" username=\"\(username)\" "
      + "nickname=\"\(escaped(nick))\" fullpy=\"\" shortpy=\"\" alias=\"\(alias)\" imagestatus=\"4\" "
      + "scene=\"17\" province=\"\" city=\"\" sign=\"\" sex=\"0\" certflag=\"0\" />\n"
  }

  static func location(_ label: String) -> String {
    "<?xml version=\"1.0\"?>\n<msg><location x=\"0.000000\" y=\"0.000000\" scale=\"16\" "
      + "label=\"\(label)\" poiname=\"\(label)\" /></msg>"
  }

  static func yuan(_ fen: Int64) -> String { "\(fen / 100).\(Clock.two(Int(fen % 100)))" }

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// The member list of a group: `{1: {1 name, 2 card, 3 flag, 4 inviter}, 5: capacity}`.
  static func roomData(
    members: [(username: String, card: String, flag: UInt64, inviter: String)]
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for member in members {
      var body: [UInt8] = []
      append(1, member.username, to: &body)
      if !member.card.isEmpty { append(2, member.card, to: &body) }
      body += varint(3 << 3) + varint(member.flag)
      if !member.inviter.isEmpty { append(4, member.inviter, to: &body) }
      bytes += varint(1 << 3 | 2) + varint(UInt64(body.count)) + body
    }
    return bytes + varint(5 << 3) + varint(500)
  }

  private static func append(_ field: UInt64, _ text: String, to bytes: inout [UInt8]) {
    bytes += varint(field << 3 | 2) + varint(UInt64(text.utf8.count)) + Array(text.utf8)
  }

  private static func varint(_ number: UInt64) -> [UInt8] {
    var rest = number
    var bytes: [UInt8] = []
    repeat {
      let low = UInt8(rest & 0x7F)
      rest >>= 7
      bytes.append(rest == 0 ? low : low | 0x80)
    } while rest != 0
    return bytes
  }
}
