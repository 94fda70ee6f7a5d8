public import ClewEvidence

/// The provinces by the first two digits of identity numbers.
///
/// The digits name the place of first registration, which may be long ago; persons whose identity
/// number the case does not hold have no province here.
///
/// > Source: GB/T 2260, codes for the administrative divisions of the People's Republic of China.
public enum Province {
  /// The two digits and the short name of each.
  public static let names: [(code: String, name: String)] = [
    ("11", "北京"), ("12", "天津"), ("13", "河北"), ("14", "山西"), ("15", "内蒙古"),
    ("21", "辽宁"), ("22", "吉林"), ("23", "黑龙江"), ("31", "上海"), ("32", "江苏"),
    ("33", "浙江"), ("34", "安徽"), ("35", "福建"), ("36", "江西"), ("37", "山东"),
    ("41", "河南"), ("42", "湖北"), ("43", "湖南"), ("44", "广东"), ("45", "广西"),
    ("46", "海南"), ("50", "重庆"), ("51", "四川"), ("52", "贵州"), ("53", "云南"),
    ("54", "西藏"), ("61", "陕西"), ("62", "甘肃"), ("63", "青海"), ("64", "宁夏"),
    ("65", "新疆"), ("71", "台湾"), ("81", "香港"), ("82", "澳门"),
  ]

  /// The two digits of a province given by them, by its name or by a longer name that begins so.
  ///
  /// Any two digits pass: invented cases use 99, which no place bears.
  public static func code(of text: String) -> String? {
    let bytes = Array(text.utf8)
    if bytes.count == 2, bytes.allSatisfy({ (0x30...0x39).contains($0) }) { return text }
    return names.first { text.hasPrefix($0.name) }?.code
  }

  /// The two digits of a party; `nil` without an identity number, or with two that differ.
  public static func code(of party: Party) -> String? {
    let codes = Set(party.accounts.filter { $0.scheme == .identity }.map { $0.value.prefix(2) })
    return codes.count == 1 ? codes.first.map(String.init) : nil
  }
}
