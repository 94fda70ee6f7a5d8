import ClewEvidence
import Testing

struct AccountNormalizerTests {
  @Test(arguments: [
    "13800000001", " 13800000001 ", "138 0000 0001", "138-0000-0001", "(138)00000001",
    "138.0000.0001", "+8613800000001", "+86 138 0000 0001", "+86-138-0000-0001", "8613800000001",
    "008613800000001", "0086-138-0000-0001", "１３８０００００００１", "＋８６１３８０００００００１",
    "\u{202A}+86 138 0000 0001\u{202C}", "\u{200E}13800000001", "138\u{A0}0000\u{A0}0001",
    "1795113800000001", "17911 13800000001", "1259313800000001", "1252013800000001",
    "1019313800000001", "1180813800000001", "12583113800000001", "12583313800000001",
    "17951+8613800000001".replacing("+", with: ""), "013800000001", "13800000001.0", "'13800000001",
    "=\"13800000001\"", "tel:13800000001", "TEL:+86-138-0000-0001", "138\u{200B}0000\u{FEFF}0001",
    "1\u{FE0F}\u{20E3}3800000001", "138\u{3000}0000\u{3000}0001", "138\t0000\t0001",
    "𝟏𝟑𝟖𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟏", "138–0000–0001", "13800000001\r",
  ])
  func `a mobile number has one form`(text: String) {
    #expect(AccountNormalizer.phone(text) == Account(.phone, "+8613800000001"))
  }

  @Test(arguments: [
    ("01090000005", "+861090000005"), ("010-90000005", "+861090000005"),
    ("1090000005", "+861090000005"), ("+861090000005", "+861090000005"),
    ("010-65550005", "+861065550005"), ("+86 10 65550005", "+861065550005"),
    ("+861065550005", "+861065550005"), ("(010) 9000 0005", "+861090000005"),
    ("02190000005", "+862190000005"),
    ("0755-90000005", "+8675590000005"), ("0755-9000000", "+867559000000"),
    ("0755-90000005转123", "+8675590000005"), ("0755-90000005 ext 12", "+8675590000005"),
    ("0086 755 9000 0005", "+8675590000005"), ("+85290000001", "+85290000001"),
    ("0085290000001", "+85290000001"), ("+1 202 555 0100", "+12025550100"),
  ])
  func `landlines and foreign numbers are E 164`(text: String, value: String) {
    #expect(AccountNormalizer.phone(text) == Account(.phone, value))
  }

  @Test(arguments: [
    "10086", "95588", "110", "12345", "106575000001", "1069000000000001", "4008000000",
    "8008000000", "1064800000001", "1440000000001", "95013000001", "666",
  ])
  func `short numbers and gateways are services`(text: String) {
    #expect(AccountNormalizer.phone(text) == Account(.service, text))
  }

  @Test(arguments: ["08001000001", "+86 0800 1000001", "0 800 1000001"])
  func `a zero makes no telephone of a service`(text: String) {
    #expect(AccountNormalizer.phone(text) == Account(.service, "8001000001"))
  }

  @Test(arguments: [
    "", " ", "-1", "-2", "+", "unknown", "未知", "1.38E+10", "138******04", "138****0004",
    "138０000＊＊＊", "l3800000001", "138OOOOOOO1", "一三八零零零零零零零一", "1380000000", "138000000011",
    "90000005", "+86", "++8613800000001", "13800000001+", "13800000001a", "0", "00", "12",
    "123456789012345678901234567890", "+0123456789", "138/00000001x", "٠١٢٣٤٥٦٧٨٩",
    "12583413800000001", "0100000000", "-13800000001-abc", "转123", "\u{0}13800000001\u{1}2",
  ])
  func `a damaged, withheld or masked number is no account`(text: String) {
    #expect(AccountNormalizer.phone(text) == nil)
  }

  @Test(arguments: [
    ("99000019920101002X", "99000019920101002X", true),
    ("99000019920101002x", "99000019920101002X", true),
    ("９９００００１９９２０１０１００２Ｘ", "99000019920101002X", true),
    ("990000199101010014\t", "990000199101010014", true),
    ("990000199101010015", "990000199101010015", false),
    ("990000199113010014", "990000199113010014", false),
    ("990000920101002", "99000019920101002X", true),
  ])
  func `an identity number keeps its check`(text: String, value: String, isValid: Bool) {
    let checked = AccountNormalizer.identity(text)
    #expect(checked?.account == Account(.identity, value))
    #expect(checked?.isValid == isValid)
  }

  @Test(arguments: ["", "110***********1234", "1.1E+17", "12345678901234567", "G12345678", "X"])
  func `what has not the form of an identity number is none`(text: String) {
    #expect(AccountNormalizer.identity(text) == nil)
  }

  @Test func `a birth date that does not exist fails the check`() {
    #expect(!AccountNormalizer.isValidIdentityNumber("990000199102300011"))
    #expect(!AccountNormalizer.isValidIdentityNumber("99000019920101002"))
    #expect(!AccountNormalizer.isValidIdentityNumber("99000019920101002x"))
  }

  @Test(arguments: [
    ("6299990000000000038", true), ("6299990000000000038_1", true),
    ("6299990000000000038_CNY", true), ("6299990000000000038_156_1", true),
    ("CNY6299990000000000038", true), ("6299 9900 0000 0000 038", true),
    ("6299990000000000038\t", true), ("６２９９９９００００００００００３８".replacing("x", with: ""), false),
  ])
  func `a card number loses its suffix`(text: String, isSame: Bool) {
    let checked = AccountNormalizer.card(text)
    #expect((checked?.account == Account(.card, "6299990000000000038")) == isSame)
  }

  @Test func `the Luhn digit is reported and not required`() {
    #expect(AccountNormalizer.card("6299990000000000038")?.isValid == true)
    #expect(AccountNormalizer.card("6299990000000000039")?.isValid == false)
    #expect(AccountNormalizer.card("6222********0028") == nil)
    #expect(AccountNormalizer.card("6.2E+18") == nil)
    #expect(!AccountNormalizer.luhn("") && !AccountNormalizer.luhn("12a"))
  }

  @Test func `a bank number is a card or an account by its own digits`() {
    let card = Account(.card, "6299990000000000038")
    #expect(AccountNormalizer.bankNumber("6299990000000000038_1") == card)
    #expect(AccountNormalizer.bankNumber("990000000005") == Account(.bankAccount, "990000000005"))
    #expect(AccountNormalizer.bankNumber("1234") == nil)
    #expect(AccountNormalizer.bankNumber("演示银行(0028)") == nil)
  }

  @Test func `QQ numbers may exceed 32 bits and the system is a service`() {
    #expect(AccountNormalizer.qq("9990000001") == Account(.qq, "9990000001"))
    #expect(AccountNormalizer.qq("0099900001") == Account(.qq, "99900001"))
    #expect(AccountNormalizer.qq("10000") == Account(.service, "10000"))
    #expect(AccountNormalizer.qq("1234") == nil)
    #expect(AccountNormalizer.qq("999000000112") == nil)
    #expect(AccountNormalizer.qq("u_abc") == nil)
  }

  @Test(
    arguments: [
      ("wxid_clewdemo000122", Account(.wechat, "wxid_clewdemo000122")),
      ("zhichuan_demo", Account(.wechat, "zhichuan_demo")),
      ("MixedCase", Account(.wechat, "MixedCase")),
      ("99900000001@chatroom", Account(.wechatGroup, "99900000001@chatroom")),
      ("gh_clewdemo0001", Account(.service, "gh_clewdemo0001")),
      ("25984990000006@openim", Account(.service, "25984990000006@openim")),
      ("filehelper", Account(.service, "filehelper")),
      ("", nil), ("two words", nil), ("张三", nil),
    ] as [(String, Account?)]
  )
  func `a WeChat user name tells what it is`(text: String, account: Account?) {
    #expect(AccountNormalizer.wechat(text) == account)
  }

  @Test func `an alias is compared in lower case`() {
    #expect(AccountNormalizer.wechatAlias("Niqiu_Demo") == Account(.wechat, "niqiu_demo"))
    #expect(AccountNormalizer.wechatAlias("wxid_AbC") == Account(.wechat, "wxid_AbC"))
    #expect(AccountNormalizer.wechatAlias("") == nil)
  }

  @Test func `Alipay users come with their name`() throws {
    let holder = try #require(AccountNormalizer.alipayHolder("2088990000000003(丙三)"))
    #expect(holder.account == Account(.alipay, "2088990000000003"))
    #expect(holder.name == "丙三")
    let wide = try #require(AccountNormalizer.alipayHolder("2088990000000003（丙三）"))
    #expect(wide.name == "丙三")
    #expect(AccountNormalizer.alipayHolder("演示商城") == nil)
    #expect(AccountNormalizer.alipay("1088990000000003") == nil)
    let account = Account(.alipay, "2088990000000003")
    #expect(AccountNormalizer.alipay("20889900000000030156") == account)
    #expect(AccountNormalizer.alipay("20889900000000030840") == nil)
    #expect(AccountNormalizer.alipayLogon("13800000003") == Account(.phone, "+8613800000003"))
    #expect(AccountNormalizer.alipayLogon("138******04") == nil)
    #expect(AccountNormalizer.alipayLogon("abc***@qq.com") == nil)
    #expect(AccountNormalizer.isMasked("138＊＊＊＊0004"))
  }

  @Test(
    arguments: [
      ("A@Example.COM", Account(.email, "a@example.com")),
      ("9990000004@qq.com", Account(.qq, "9990000004")),
      ("letters@qq.com", Account(.email, "letters@qq.com")),
      ("13800000001@qq.com", Account(.email, "13800000001@qq.com")),
      ("９９９０００００４４@qq.com", Account(.qq, "9990000044")),
      ("a@b", nil), ("@b.c", nil), ("a@@b.c", nil), ("a b@c.de", nil), ("a@.de", nil), ("", nil),
    ] as [(String, Account?)]
  )
  func `a mail address is in lower case or a QQ number`(text: String, account: Account?) {
    #expect(AccountNormalizer.email(text) == account)
  }

  @Test(
    arguments: [
      ("wxid_clewdemo000222", Account(.wechat, "wxid_clewdemo000222")),
      ("[wxid_clewdemo000222]", nil),
      ("9990000001", Account(.qq, "9990000001")),
      ("oe1_clewdemo@wx.tenpay.com", Account(.tenpay, "oe1_clewdemo@wx.tenpay.com")),
      ("x@aa.tenpay.com", Account(.tenpay, "x@aa.tenpay.com")),
      ("1099000009@mch.tenpay.com", Account(.service, "1099000009@mch.tenpay.com")),
      ("x@nottenpay.com", Account(.wechat, "x@nottenpay.com")),
      ("@wx.tenpay.com", nil), ("", nil), ("123", nil),
    ] as [(String, Account?)]
  )
  func `Tenpay ids are told apart by their form`(text: String, account: Account?) {
    #expect(AccountNormalizer.tenpay(text) == account)
  }

  @Test(
    arguments: [
      ("phone:138 0000 0001", Account(.phone, "+8613800000001")),
      ("wechat:99900000001@chatroom", Account(.wechatGroup, "99900000001@chatroom")),
      ("wechat:wxid_a", Account(.wechat, "wxid_a")),
      ("qq:9990000001", Account(.qq, "9990000001")),
      ("id:99000019920101002x", Account(.identity, "99000019920101002X")),
      ("card:6299990000000000038_1", Account(.card, "6299990000000000038")),
      ("account:990000000005", Account(.bankAccount, "990000000005")),
      ("email:9990000004@qq.com", Account(.qq, "9990000004")),
      ("telegram:user990000002", Account(.telegram, "990000002")),
      ("svc:95588", Account(.service, "95588")),
      ("qqgroup:999000001", Account(.qqGroup, "999000001")),
      ("name:泥鳅", Account(.name, "泥鳅")), ("泥鳅", Account(.name, "泥鳅")),
      ("a:b", Account(.name, "a:b")), ("", nil), ("phone:", nil), ("phone:138******04", nil),
      ("qq:abc", Account(.qq, "abc")), ("phone:138****0001", nil),
    ] as [(String, Account?)]
  )
  func `a canonical cell is normalised by its scheme`(text: String, account: Account?) {
    #expect(AccountNormalizer.canonical(text) == account)
  }

  @Test func `normalising twice changes nothing`() {
    for key in [
      "phone:+8613800000001", "phone:+861090000005", "phone:+12025550100", "svc:10086",
      "wechat:wxid_a", "alipay:2088990000000003", "id:99000019920101002X", "qq:9990000001",
      "tenpay:oe1_clewdemo@wx.tenpay.com", "card:6299990000000000038", "email:a@b.cn",
    ] {
      #expect(AccountNormalizer.canonical(key)?.description == key)
    }
  }

  @Test func `a group cell is a group or the name of one`() {
    #expect(
      AccountNormalizer.canonicalGroup("wechatgroup:1@chatroom")
        == Account(.wechatGroup, "1@chatroom")
    )
    #expect(AccountNormalizer.canonicalGroup("演示群") == Account(.group, "演示群"))
    #expect(AccountNormalizer.canonicalGroup("qq:9990000001") == nil)
  }

  @Test(arguments: ["\u{301}x", "\u{592}", "\u{E}x", "a:\u{301}b"])
  func `a mark behind the colon stays part of the value`(value: String) {
    let account = Account(.name, value)
    #expect(Account(key: "name:" + value) == account)
    #expect(AccountNormalizer.canonical("name:" + value) == account)
  }
}
