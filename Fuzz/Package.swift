// swift-tools-version: 6.2

import PackageDescription

let clew: [Target.Dependency] = [
  .product(name: "ClewEvidence", package: "Clew"), .product(name: "ClewImport", package: "Clew"),
]

let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "ClewFuzz",
  dependencies: [
    .package(name: "Clew", path: ".."),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // What every importer promises of any bytes.
    .target(name: "Promises", dependencies: clew, swiftSettings: house),

    // Coverage-guided, for as long as one likes; libFuzzer brings `main`.
    .executableTarget(
      name: "Fuzz",
      dependencies: clew + [
        "Promises", .product(name: "ArrowFormat", package: "Clew"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: house + [.unsafeFlags(["-parse-as-library"])]
    ),

    // Seeded, the same on every machine: what `make mutations` runs.
    .executableTarget(
      name: "mutate",
      dependencies: clew + ["Promises"],
      path: "Sources/Mutate",
      swiftSettings: house
    ),
  ],
  swiftLanguageModes: [.v6]
)
