/// Named sets of parameters.
public enum CasePreset: String, Sendable, CaseIterable {
  /// Every phone of a trader seized, every payment seen, every order plain.
  case clean
  /// What a good investigation finds.
  case field
  /// Half of the phones of `field`, and twice the noise.
  case sparse
  /// Fifty lines, otherwise as `field`.
  case large

  /// The parameters of the preset.
  public var parameters: CaseParameters {
    var parameters = CaseParameters()
    parameters.preset = rawValue
    switch self {
    case .field: break
    case .clean: Self.clean(&parameters)
    case .sparse: Self.sparse(&parameters)
    case .large:
      parameters.lines = 50
      // As many sources for a line as in `field`.
      parameters.sourcesPerCategory = 11
      parameters.exchangeGroups = 22
    }
    return parameters
  }

  private static func clean(_ parameters: inout CaseParameters) {
    parameters.vague = 0
    parameters.pictures = 0
    parameters.cash = 0
    parameters.labels = 46
    parameters.registers = 0
    parameters.unknownWording = 0
    parameters.accomplices = 0
    parameters.lookalikes = 0
    parameters.accounts = 120
    parameters.seizedSources = 100
    parameters.seizedFirst = 100
    parameters.seizedSecond = 100
    parameters.seizedSubs = 100
    parameters.seizedCustomers = 100
    parameters.bills = 0
    parameters.desktops = 0
    parameters.partners = 0
    parameters.returns = 100
    parameters.returnsOfOthers = 100
  }

  private static func sparse(_ parameters: inout CaseParameters) {
    parameters.vague *= 2
    parameters.pictures *= 2
    parameters.cash *= 2
    parameters.labels /= 2
    parameters.unknownWording *= 2
    parameters.registers = 80
    parameters.accomplices *= 2
    parameters.lookalikes *= 2
    parameters.bystanders *= 2
    parameters.seizedSources /= 2
    parameters.seizedFirst /= 2
    parameters.seizedSecond /= 2
    parameters.seizedSubs /= 2
    parameters.seizedCustomers /= 2
    parameters.returns /= 2
    parameters.returnsOfOthers /= 2
  }
}
