// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "ClewFuzz",
  dependencies: [.package(name: "Clew", path: "..")],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        .product(name: "ClewEvidence", package: "Clew"),
        .product(name: "ClewImport", package: "Clew"),
      ],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
        // libFuzzer brings `main`.
        .unsafeFlags(["-parse-as-library"]),
      ]
    )
  ],
  swiftLanguageModes: [.v6]
)
