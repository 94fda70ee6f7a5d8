/// Names and addresses by their look: hints, which count only beside an identifier.
package enum PersonalWords {
  /// Whether the scalar is a common Chinese character.
  package static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x4E00 && scalar.value <= 0x9FFF
  }

  private static let addressMarks = Set("省市县区镇路街巷号栋室村".unicodeScalars)

  /// Whether a piece of text reads like a postal address: long enough, with two marks of one.
  package static func isAddress(_ piece: some Collection<Unicode.Scalar>) -> Bool {
    piece.count >= 6 && piece.count(where: addressMarks.contains) >= 2
  }

  /// The surnames of nine in ten people.
  private static let surnames = Set(
    """
    王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任\
    卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔\
    向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温季俞章鲁葛毕齐庞聂庄岳焦祝左辛管柴欧甘关尤卫耿华宁路柳苗祁申柯
    """.unicodeScalars.filter(isHan)
  )
  private static let compoundSurnames = ["欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "皇甫", "尉迟"]
    .map { Array($0.unicodeScalars) }

  /// Whether a piece of text is a surname and one or two more characters.
  static func isName(_ piece: [Unicode.Scalar]) -> Bool {
    guard (2...4).contains(piece.count), piece.allSatisfy(isHan) else { return false }
    if piece.count >= 3, compoundSurnames.contains(Array(piece.prefix(2))) { return true }
    return piece.count <= 3 && surnames.contains(piece[0])
  }
}
