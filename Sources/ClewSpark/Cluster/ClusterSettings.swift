#if Spark
/// The settings and environment with which the processes of a cluster start.
struct ClusterSettings: Sendable {
  let options: ClusterOptions
  let folder: ClusterFolder
  let installation: SparkInstallation
  let java: JavaRuntime
  let port: Int
  let token: String
  let secret: String
  let pageKey: String

  /// `spark-defaults.conf`: secrets stand in this file, not in arguments that everybody can see.
  var text: String {
    var settings = [
      "spark.authenticate": "true",
      "spark.authenticate.secret": secret,
      "spark.connect.authenticate.token": token,
      "spark.connect.grpc.binding.address": "127.0.0.1",
      "spark.connect.grpc.binding.port": "\(port)",
      "spark.driver.host": "127.0.0.1",
      "spark.driver.bindAddress": "127.0.0.1",
      // Without this a server that takes programs to run opens a port of its own.
      "spark.master.rest.enabled": "false",
      "spark.ui.enabled": "false",
      // Master and workers have pages whatever is set, with logs on them: nobody has this key.
      "spark.ui.filters": "org.apache.spark.ui.JWSFilter",
      "spark.org.apache.spark.ui.JWSFilter.param.secretKey": pageKey,
      "spark.worker.timeout": "10",
      "spark.driver.memory": "\(options.serverMemory)m",
      "spark.executor.memory": "\(options.memory - 512)m",
      "spark.executor.cores": "1",
      "spark.cores.max": "\(options.workers ?? 2)",
      "spark.sql.warehouse.dir": "file:\(folder.work)/warehouse",
    ]
    settings.merge(options.settings) { $1 }
    return settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
  }

  /// The environment of every process; nothing of the user's that could change Spark goes in.
  var environment: [String: String] {
    [
      "HOME": folder.work,
      "JAVA_HOME": java.home,
      "JDK_JAVA_OPTIONS": "\"-Djava.io.tmpdir=\(folder.work)/tmp\" -XX:-UsePerfData",
      "LC_ALL": "C.UTF-8",
      "PATH": "/usr/local/bin:/usr/bin:/bin",
      "SPARK_CONF_DIR": folder.settings,
      "SPARK_HOME": installation.home,
      "SPARK_LOCAL_DIRS": folder.work + "/local",
      "SPARK_LOCAL_IP": "127.0.0.1",
      "SPARK_LOG_DIR": folder.logs,
      "SPARK_NO_DAEMONIZE": "1",
      "SPARK_PUBLIC_DNS": "127.0.0.1",
      "SPARK_WORKER_DIR": folder.work,
      "TMPDIR": folder.work + "/tmp",
    ]
  }

  /// The environment of master and workers, which do little themselves.
  var daemonEnvironment: [String: String] {
    environment.merging(["SPARK_DAEMON_MEMORY": "256m"]) { $1 }
  }

  /// The arguments of `spark-submit` that start the server.
  func server(master: String) -> [String] {
    [
      "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--name", "clew",
      "--master", master, "spark-internal",
    ]
  }
}
#endif
