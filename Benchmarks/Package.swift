// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "ClewBenchmarks",
  dependencies: [.package(name: "Clew", path: "..")],
  targets: [
    .executableTarget(
      name: "Bench",
      dependencies: [
        .product(name: "GraphCore", package: "Clew"), .product(name: "ClewImport", package: "Clew"),
      ],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
      ]
    )
  ],
  swiftLanguageModes: [.v6]
)
