#if Spark
internal import SparkConnectProtocol
internal import Synchronization

/// A request that says which session it belongs to.
protocol SessionRequest {
  var sessionID: String { get set }
  var userContext: Spark_Connect_UserContext { get set }
  var clientType: String { get set }
}

/// A request that also says which server answered last: one that was started anew refuses it.
protocol AddressedRequest: SessionRequest {
  var clientObservedServerSideSessionID: String { get set }
}

extension Spark_Connect_ReleaseSessionRequest: SessionRequest {}
extension Spark_Connect_AnalyzePlanRequest: AddressedRequest {}
extension Spark_Connect_ConfigRequest: AddressedRequest {}
extension Spark_Connect_ExecutePlanRequest: AddressedRequest {}
extension Spark_Connect_InterruptRequest: AddressedRequest {}
extension Spark_Connect_ReattachExecuteRequest: AddressedRequest {}
extension Spark_Connect_ReleaseExecuteRequest: AddressedRequest {}

extension SparkSession {
  /// The request as one of this session.
  func signed<Request: SessionRequest>(_ request: Request) -> Request {
    var request = request
    request.sessionID = id
    request.userContext.userID = "clew"
    request.userContext.userName = "clew"
    request.clientType = "clew"
    return request
  }

  /// The request as one of this session, to the server that answered last.
  func addressed<Request: AddressedRequest>(_ request: Request) -> Request {
    var request = signed(request)
    if let server = serverSide.withLock({ $0 }) {
      request.clientObservedServerSideSessionID = server
    }
    return request
  }
}
#endif
