#if Spark
internal import Foundation
internal import Glibc

/// Starts programs that live on when this one ends.
enum Daemon {
  /// Starts a program as the first of a session of its own, so that no terminal's Ctrl-C reaches it.
  ///
  /// - Parameters:
  ///   - program: The program's path.
  ///   - arguments: Its arguments.
  ///   - environment: Its whole environment.
  ///   - log: The file to which both its outputs are added; mode 0600.
  /// - Returns: Its process number.
  /// - Throws: ``ClusterError/file(path:reason:)``.
  static func start(
    _ program: String,
    _ arguments: [String],
    environment: [String: String],
    log: String
  ) throws(ClusterError) -> Int32 {
    var attributes = posix_spawnattr_t()
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawnattr_init(&attributes)
    unsafe posix_spawn_file_actions_init(&actions)
    defer {
      unsafe posix_spawnattr_destroy(&attributes)
      unsafe posix_spawn_file_actions_destroy(&actions)
    }
    // `clew` ignores these signals; a Java that inherits that could not be ended by them.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGXFSZ] { unsafe sigaddset(&signals, number) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | 0x80  // POSIX_SPAWN_SETSID
    unsafe posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: Int(flags)))

    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    let mode = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW
    unsafe posix_spawn_file_actions_addopen(&actions, 1, log, mode, 0o600)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // What else is open here, such as a pipe of the caller, must not stay open for as long as it lives.
    let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    for number in open.compactMap({ Int32($0) }) where number > 2 {
      unsafe posix_spawn_file_actions_addclose(&actions, number)
    }

    let words = [program] + arguments
    let settings = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    // The copies live until the call returns; it has copied them into the new process by then.
    var argv = unsafe words.map { unsafe strdup($0) } + [nil]
    var envp = unsafe settings.map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe argv.indices { unsafe free(argv[index]) }
      for index in unsafe envp.indices { unsafe free(envp[index]) }
    }
    var pid: pid_t = 0
    let status = unsafe posix_spawn(&pid, program, &actions, &attributes, &argv, &envp)
    guard status == 0 else { throw .file(path: program, reason: message(status)) }
    return pid
  }

  /// Whether a process that this one started has ended; if so, it is laid to rest.
  static func hasEnded(_ pid: Int32) -> Bool {
    var status: Int32 = 0
    let answer = unsafe waitpid(pid, &status, WNOHANG)
    if answer == pid { return true }
    // Somebody else's child: the table of processes knows.
    if answer < 0 { return ProcessState(pid).map(\.isZombie) ?? true }
    return false
  }

  /// The exit status of a process that this one started, or nil while it runs.
  static func exitStatus(_ pid: Int32) -> Int32? {
    var status: Int32 = 0
    guard unsafe waitpid(pid, &status, WNOHANG) == pid else { return nil }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  /// What the system calls an error.
  static func message(_ number: Int32) -> String { unsafe String(cString: strerror(number)) }
}
#endif
