/// The tables of a decrypted `EnMicroMsg.db` of Android, as the format samples have them.
enum WeChatSchema {
  static let statements = [
    """
    CREATE TABLE message ( msgId INTEGER PRIMARY KEY, msgSvrId INTEGER , type INT, status INT, \
    isSend INT, isShowTimer INTEGER, createTime INTEGER, talker TEXT, content TEXT, imgPath TEXT, \
    reserved TEXT, lvbuffer BLOB, transContent TEXT,transBrandWording TEXT ,talkerId INTEGER, \
    bizClientMsgId TEXT, bizChatId INTEGER DEFAULT -1, bizChatUserId TEXT, msgSeq INTEGER, \
    flag INT, solitaireFoldInfo BLOB, historyId TEXT)
    """,
    """
    CREATE TABLE rcontact (  username TEXT default ''  PRIMARY KEY ,  alias TEXT default '' ,  \
    conRemark TEXT default '' ,  domainList TEXT default '' ,  nickname TEXT default '' ,  \
    pyInitial TEXT default '' ,  quanPin TEXT default '' ,  showHead INTEGER default '0' ,  \
    type INTEGER default '0' ,  uiType LONG default '0' ,  weiboFlag INTEGER default '0' ,  \
    weiboNickname TEXT default '' ,  conRemarkPYFull TEXT default '' ,  \
    conRemarkPYShort TEXT default '' ,  lvbuff BLOB,  verifyFlag INTEGER default '0' ,  \
    encryptUsername TEXT default '' ,  chatroomFlag INTEGER,  deleteFlag INTEGER default '0' ,  \
    contactLabelIds TEXT default '' ,  descWordingId TEXT default '' ,  openImAppid TEXT,  \
    sourceExtInfo TEXT,  ticket TEXT default '' ,  usernameFlag LONG default '0' ,  \
    contactExtra BLOB, createTime LONG default '0')
    """,
    """
    CREATE TABLE chatroom (  chatroomname TEXT default ''  PRIMARY KEY ,  addtime LONG,  \
    memberlist TEXT,  displayname TEXT,  chatroomnick TEXT,  roomflag INTEGER,  roomowner TEXT,  \
    roomdata BLOB,  isShowname INTEGER,  selfDisplayName TEXT,  style INTEGER,  \
    chatroomdataflag INTEGER,  modifytime LONG,  chatroomnotice TEXT,  xmlChatroomnotice TEXT,  \
    chatroomVersion INTEGER,  chatroomnoticeEditor TEXT,  chatroomnoticePublishTime LONG,  \
    chatroomNoticeNew INTEGER,  chatroomLocalVersion LONG,  chatroomStatus INTEGER default '0' ,  \
    memberCount INTEGER default '-1' )
    """,
    "CREATE TABLE userinfo ( id INTEGER PRIMARY KEY, type INT, value TEXT )",
    """
    CREATE TABLE RemittanceRecord (  transferId TEXT PRIMARY KEY ,  locaMsgId LONG,  \
    receiveStatus INTEGER default '-1' ,  isSend INTEGER,  talker TEXT,  invalidtime LONG,  \
    receiverName TEXT,  hasClicked INTEGER, receiveTime LONG)
    """,
    """
    CREATE TABLE addr_upload2 ( id int  PRIMARY KEY , md5 text  , peopleid text  , \
    uploadtime long  , realname text  , realnamepyinitial text  , realnamequanpin text  , \
    username text  , nickname text  , nicknamepyinitial text  , nicknamequanpin text  , type int  , \
    moblie text  , email text  , status int  , reserved1 text  , reserved2 text  , reserved3 int  , \
    reserved4 int , lvbuf BLOG , showhead int  )
    """,
    """
    CREATE TABLE Stranger (  encryptUsername TEXT default ''  PRIMARY KEY ,  \
    conRemark TEXT default '' ,  contactLabels TEXT default '' ,  conDescription TEXT default '' ,  \
    conPhone TEXT default '' )
    """,
    """
    CREATE TABLE ContactLabel ( labelID TEXT PRIMARY KEY, labelName TEXT, labelPYFull TEXT, \
    labelPYShort TEXT, createTime LONG, isTemporary INTEGER )
    """,
  ]

  static let message =
    "INSERT INTO message(msgId,msgSvrId,type,status,isSend,isShowTimer,createTime,talker,content,"
    + "talkerId) VALUES(?,?,?,?,?,?,?,?,?,?)"
  static let contact =
    "INSERT INTO rcontact(username,alias,conRemark,nickname,type,verifyFlag,chatroomFlag,"
    + "deleteFlag,contactLabelIds) VALUES(?,?,?,?,?,?,?,?,?)"
  static let room =
    "INSERT INTO chatroom(chatroomname,addtime,memberlist,displayname,chatroomnick,roomowner,"
    + "roomdata,isShowname,selfDisplayName,modifytime,memberCount) VALUES(?,?,?,?,?,?,?,?,?,?,?)"
  static let userInfo = "INSERT INTO userinfo VALUES(?,?,?)"
  static let remittance = "INSERT INTO RemittanceRecord VALUES(?,?,?,?,?,?,?,?,?)"
  static let upload =
    "INSERT INTO addr_upload2(id,md5,peopleid,uploadtime,realname,username,nickname,type,moblie,"
    + "email,status) VALUES(?,?,?,?,?,?,?,?,?,?,?)"
  static let label = "INSERT INTO ContactLabel VALUES(?,?,?,?,?,?)"
}
