import ClewEvidence
import ClewImport
import Foundation
import Testing

/// Makes the databases of WeChat's platforms with invented rows.
enum WeChatMaker {
  /// `MSGn.db` of WeChat 3 for Windows; the rows hold MsgSvrID, Type, SubType, IsSender, CreateTime,
  /// StrTalker, StrContent, CompressContent, BytesExtra.
  static func pcMessages(_ path: String, _ rows: [String]) throws {
    let maker = try SQLiteMaker(
      path,
      """
      CREATE TABLE MSG(localId INTEGER PRIMARY KEY, TalkerId INT, MsgSvrID INT, Type INT,
        SubType INT, IsSender INT, CreateTime INT, Sequence INT, StrTalker TEXT, StrContent TEXT,
        DisplayContent TEXT, CompressContent BLOB, BytesExtra BLOB);
      CREATE TABLE Name2ID(UsrName TEXT PRIMARY KEY);
      """
    )
    for row in rows {
      maker.run(
        """
        INSERT INTO MSG(MsgSvrID, Type, SubType, IsSender, CreateTime, StrTalker, StrContent,
          CompressContent, BytesExtra) VALUES \(row)
        """
      )
    }
  }

  /// `MicroMsg.db`; contacts hold UserName, Remark, NickName, Reserved1, ExtraBuf; rooms
  /// ChatRoomName, UserNameList, DisplayNameList, Reserved2, RoomData.
  static func pcContacts(_ path: String, _ contacts: [String], rooms: [String] = []) throws {
    let maker = try SQLiteMaker(
      path,
      """
      CREATE TABLE Contact(UserName TEXT PRIMARY KEY, Alias TEXT, Remark TEXT, NickName TEXT,
        DelFlag INT, Type INT, VerifyFlag INT, Reserved1 INT, LabelIDList TEXT, ExtraBuf BLOB);
      CREATE TABLE ChatRoom(ChatRoomName TEXT PRIMARY KEY, UserNameList TEXT,
        DisplayNameList TEXT, SelfDisplayName TEXT, Reserved2 TEXT, RoomData BLOB);
      """
    )
    for row in contacts {
      maker.run(
        "INSERT INTO Contact(UserName, Remark, NickName, Reserved1, ExtraBuf) VALUES \(row)"
      )
    }
    for row in rooms {
      maker.run(
        """
        INSERT INTO ChatRoom(ChatRoomName, UserNameList, DisplayNameList, Reserved2, RoomData)
          VALUES \(row)
        """
      )
    }
  }

  /// `message_n.db` of WeChat 4; the rows of a chat hold server_id, local_type, real_sender_id,
  /// create_time, message_content.
  static func desktopMessages(
    _ path: String,
    names: [String],
    chats: [String: [String]]
  ) throws {
    let maker = try SQLiteMaker(path, "CREATE TABLE Name2Id(user_name TEXT PRIMARY KEY)")
    for name in names { maker.run("INSERT INTO Name2Id VALUES ('\(name)')") }
    for (digest, rows) in chats {
      maker.run(
        """
        CREATE TABLE Msg_\(digest)(local_id INTEGER PRIMARY KEY, server_id INT, local_type INT,
          real_sender_id INT, create_time INT, status INT, message_content TEXT,
          compress_content TEXT)
        """
      )
      for row in rows {
        maker.run(
          """
          INSERT INTO Msg_\(digest)(server_id, local_type, real_sender_id, create_time,
            message_content) VALUES \(row)
          """
        )
      }
    }
  }

  /// `MM.sqlite`; the rows of a chat hold MesSvrID, Type, Des, CreateTime, Message.
  static func phoneMessages(_ path: String, chats: [String: [String]]) throws {
    let maker = try SQLiteMaker(path)
    for (digest, rows) in chats {
      maker.run(
        """
        CREATE TABLE Chat_\(digest)(MesLocalID INTEGER PRIMARY KEY, MesSvrID INT, Type INT,
          Des INT, CreateTime INT, Message TEXT)
        """
      )
      for row in rows {
        maker.run(
          "INSERT INTO Chat_\(digest)(MesSvrID, Type, Des, CreateTime, Message) VALUES \(row)"
        )
      }
    }
  }

  /// A blob of SQL.
  static func blob(_ bytes: some Sequence<UInt8>) -> String {
    "X'" + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "'"
  }

  /// An LZ4 block of nothing but literals, at least 15 of them, as a blob of SQL.
  static func packed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let rest = bytes.count - 15
    return blob([0xF0] + Array(repeating: 255, count: rest / 255) + [UInt8(rest % 255)] + bytes)
  }

  /// A Zstandard frame of one raw block, as a blob of SQL.
  static func frame(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let header = bytes.count << 3 | 1
    return blob(
      [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38, UInt8(header & 255), UInt8(header >> 8 & 255), 0] + bytes
    )
  }

  /// `BytesExtra` that names a sender.
  static func extra(_ sender: String) -> String {
    let item = [0x08, 0x01, 0x12, UInt8(sender.utf8.count)] + Array(sender.utf8)
    return blob([0x1A, UInt8(item.count)] + item)
  }

  /// The XML of a transfer.
  static func transfer(_ subtype: Int, payer: String, payee: String) -> String {
    """
    <msg><appmsg><type>2000</type><wcpayinfo><paysubtype>\(subtype)</paysubtype>\
    <feedesc>￥1,500.00</feedesc><transferid>T1</transferid><pay_memo>demo</pay_memo>\
    <payer_username>\(payer)</payer_username><receiver_username>\(payee)</receiver_username>\
    </wcpayinfo></appmsg></msg>
    """
  }
}
