internal import Crypto
internal import Foundation

/// The digest under which an app hides a name.
package enum NameHash {
  /// The MD5 of a text's UTF-8 bytes as lower-case hex: WeChat names its chat tables by it.
  ///
  /// It is no protection and no proof; it only tells which known name a table belongs to.
  package static func md5(_ text: String) -> String {
    hexText(Insecure.MD5.hash(data: Data(text.utf8)))
  }
}
