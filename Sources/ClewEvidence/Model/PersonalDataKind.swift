/// A kind of personal data that is recognised in files and texts.
public enum PersonalDataKind: String, Sendable, Hashable, CaseIterable, Comparable {
  /// An identity number of 18 characters with a right check character and birth date.
  case identity = "id"
  /// A mobile phone number.
  case phone
  /// A bank card number with a right Luhn digit and a known beginning.
  case card
  /// A number plate.
  case plate
  /// A vehicle identification number with a right check character.
  case vehicle = "vin"
  /// A person's name; recognised only beside one of the kinds before.
  case name
  /// A postal address; recognised only beside one of the kinds before name.
  case address

  /// Whether a value of this kind points to one person or vehicle; names and addresses do not.
  public var isIdentifier: Bool { self < .name }

  /// Whether lists of this kind do not lie around in everyday life, as lists of phones do.
  public var isSensitive: Bool { isIdentifier && self != .phone }

  /// Sorts in the order of the list above.
  public static func < (left: PersonalDataKind, right: PersonalDataKind) -> Bool {
    left.place < right.place
  }

  /// The place in the list above.
  package var place: Int {
    switch self {
    case .identity: 0
    case .phone: 1
    case .card: 2
    case .plate: 3
    case .vehicle: 4
    case .name: 5
    case .address: 6
    }
  }
}
