#!/usr/bin/env python3
"""Makes Tests/ClewImportTests/Fixtures/wechat_macos/*.db: WeChat 3 on the Mac of P1.

All people and messages are invented; they are those of the other WeChat fixtures. The tables have
the columns that parsers of the format name; a real database has more.
"""
import hashlib
import sqlite3
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "Tests/ClewImportTests/Fixtures/wechat_macos"
P1, P2, P3, P4 = (
    "wxid_clewdemo000122", "wxid_clewdemo000222", "wxid_clewdemo000322", "zhichuan_demo")
ROOM = "99900000001@chatroom"
SERVER = 900000000000000000
FILE = (
    '<msg><appmsg appid="wx6618f1cfc6c132f8" sdkver="0"><title>名单A_演示.xlsx</title><des></des>'
    "<type>6</type><appattach><totallen>20480</totallen><attachid>@demo</attachid>"
    "<fileext>xlsx</fileext></appattach><md5>2810fae2da36e8ed2e91be4f13c44d49</md5></appmsg>"
    "<appinfo><version>1</version><appname></appname></appinfo></msg>")
# Server number, seconds, type, direction (0 own), content.
CHATS = {
    P2: [
        (1, 1709258700, 1, 0, "新一批名单到了(演示)，一份2000"),
        (2, 1709258760, 1, 1, "收，明晚转你"),
        (5, 1709381880, 49, 0, FILE),
    ],
    ROOM: [
        (7, 1709428320, 1, 1, P2 + ":\n有料子出，500条一份"),
        (9, 1709428440, 1, 1, P3 + ":\n多少钱？有没有带号码的"),
        (10, 1709428530, 1, 1, P4 + ":\n我也要一份"),
        (16, 1709699460, 1, 0, "谢谢老板"),
    ],
}


def database(name, statements):
    path = OUT / name
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA page_size = 1024")
    for sql, rows in statements:
        connection.executemany(sql, rows) if rows else connection.execute(sql)
    connection.commit()
    connection.close()


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    chats = []
    for talker, rows in CHATS.items():
        table = "Chat_" + hashlib.md5(talker.encode()).hexdigest()
        chats.append((
            f"CREATE TABLE {table}(mesLocalID INTEGER PRIMARY KEY, mesSvrID INTEGER, "
            "msgCreateTime INTEGER, msgContent TEXT, msgStatus INTEGER, msgImgStatus INTEGER, "
            "messageType INTEGER, mesDes INTEGER, msgSource TEXT)", []))
        chats.append((
            f"INSERT INTO {table}(mesSvrID, msgCreateTime, messageType, mesDes, msgContent) "
            "VALUES (?, ?, ?, ?, ?)",
            [(SERVER + number, *row) for number, *row in rows]))
    database("msg_0.db", chats)
    database("wccontact_new2.db", [
        ("CREATE TABLE WCContact(m_nsUsrName TEXT PRIMARY KEY, nickname TEXT, m_nsRemark TEXT, "
         "m_nsAliasName TEXT)", []),
        ("INSERT INTO WCContact VALUES (?, ?, ?, ?)",
         [(P2, "风筝", "放筝的下家", "fengzheng_demo"), ("filehelper", "", "", "")]),
    ])
    database("group_new.db", [
        ("CREATE TABLE GroupContact(m_nsUsrName TEXT PRIMARY KEY, nickname TEXT, "
         "m_nsChatRoomMemList TEXT, m_nsChatRoomAdminList TEXT)", []),
        ("INSERT INTO GroupContact VALUES (?, ?, ?, ?)",
         [(ROOM, "料子交流群(演示)", ";".join([P1, P2, P3, P4]), P1)]),
        ("CREATE TABLE GroupMember(m_nsUsrName TEXT PRIMARY KEY, nickname TEXT, m_nsRemark TEXT, "
         "m_nsAliasName TEXT)", []),
        ("INSERT INTO GroupMember VALUES (?, ?, ?, ?)",
         [(P3, "灯笼", "", "denglong_demo"), (P4, "纸船", "", "")]),
    ])


if __name__ == "__main__":
    sys.exit(main())
