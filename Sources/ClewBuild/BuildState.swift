/// From which state of the sources a program was built.
public enum BuildState {
  /// The SHA-256 of all sources of `clew-worker`, its own and those of the modules of this package that it uses, as
  /// 64 hexadecimal digits.
  ///
  /// Programs in which it differs can read the same record differently. The build makes it.
  public static let workerSources = workerSourcesDigest
}
