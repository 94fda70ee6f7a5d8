// swift-tools-version: 6.2

import PackageDescription

let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

// What only a build with the trait `Spark` needs, and compiles.
let spark = TargetDependencyCondition.when(traits: ["Spark"])

let package = Package(
  name: "Clew",
  products: [
    .executable(name: "clew", targets: ["clew"]),
    .executable(name: "clew-worker", targets: ["clew-worker"]),
    .library(name: "GraphCore", targets: ["GraphCore"]),
    .library(name: "ArrowFormat", targets: ["ArrowFormat"]),
    .library(name: "GraphDraw", targets: ["GraphDraw"]),
    .library(name: "ClewEvidence", targets: ["ClewEvidence"]),
    .library(name: "ClewImport", targets: ["ClewImport"]),
    .library(name: "ClewChain", targets: ["ClewChain"]),
    .library(name: "ClewSimulation", targets: ["ClewSimulation"]),
    .library(name: "ClewReport", targets: ["ClewReport"]),
    .library(name: "ClewScore", targets: ["ClewScore"]),
  ],
  traits: [
    .trait(
      name: "Spark",
      description: "The engine for cases that outgrow one machine, and `clew cluster`."
    )
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // With the trait `Spark` only.
    .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
    .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.1"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    // Floor 0: graphs without a word of the domain.
    .target(name: "CPrefetch"),
    .target(name: "GraphCore", dependencies: ["CPrefetch"], swiftSettings: house),

    // Beside it: tables as bytes, for the engine that works elsewhere.
    .target(name: "ArrowFormat", swiftSettings: house),

    // Floor 1: the evidence model and the case file; the C libraries.
    .systemLibrary(
      name: "CGraphviz",
      pkgConfig: "libgvc",
      providers: [.apt(["libgraphviz-dev"])]
    ),
    .systemLibrary(
      name: "CArchive",
      pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"])]
    ),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CSnappy", pkgConfig: "snappy", providers: [.apt(["libsnappy-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(
      name: "ClewEvidence",
      dependencies: [
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      resources: [
        .embedInCode("Identity/soft-links.json"), .embedInCode("Identity/owner-aliases.json"),
      ],
      swiftSettings: house
    ),

    // Floor 2: files in, chains inferred, pictures drawn.
    .target(
      name: "ClewImport",
      dependencies: [
        "ClewEvidence", "CArchive", "CExpat", "CLZ4", "CSnappy", "CZstd",
        .product(name: "Yams", package: "Yams"),
      ],
      resources: [.embedInCode("Mapping/columns.json")],
      swiftSettings: house
    ),
    .target(
      name: "ClewChain",
      dependencies: ["ClewEvidence", "GraphCore"],
      resources: [
        .embedInCode("Projection/Lexicon/lexicon.json"), .embedInCode("Roles/role-weights.json"),
      ],
      swiftSettings: house
    ),
    .target(
      name: "GraphDraw",
      dependencies: ["GraphCore", "CGraphviz"],
      swiftSettings: house
    ),

    // Of which sources the workers' program is, for both sides.
    .plugin(name: "WorkerSources", capability: .buildTool()),
    .target(name: "ClewBuild", swiftSettings: house, plugins: ["WorkerSources"]),

    // The cluster's protocol, and its client. Without the trait both are empty.
    .target(
      name: "SparkConnectProtocol",
      dependencies: [
        .product(name: "GRPCCore", package: "grpc-swift-2", condition: spark),
        .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf", condition: spark),
        .product(name: "SwiftProtobuf", package: "swift-protobuf", condition: spark),
      ],
      exclude: ["Definition"],
      swiftSettings: house
    ),
    .target(
      name: "ClewSpark",
      dependencies: [
        "ArrowFormat", "ClewBuild", "ClewChain", "ClewEvidence", "GraphCore",
        "SparkConnectProtocol",
        .product(name: "GRPCCore", package: "grpc-swift-2", condition: spark),
        .product(
          name: "GRPCNIOTransportHTTP2",
          package: "grpc-swift-nio-transport",
          condition: spark
        ),
        .product(name: "SwiftProtobuf", package: "swift-protobuf", condition: spark),
      ],
      swiftSettings: house
    ),

    // Beside the analysis, which cannot see it: cases with known truth.
    .target(name: "ClewSimulation", dependencies: ["ClewEvidence"], swiftSettings: house),

    // Floor 3: what command line and web page both show.
    .target(
      name: "ClewReport",
      dependencies: ["ClewChain", "ClewEvidence", "GraphCore", "GraphDraw"],
      swiftSettings: house
    ),

    // Beside it, and seen by the command line alone: how right an analysis is where the truth is known.
    .target(
      name: "ClewScore",
      dependencies: ["ClewReport", "ClewChain", "ClewEvidence", "GraphCore"],
      swiftSettings: house
    ),

    // Floor 4: the command line.
    .executableTarget(
      name: "clew",
      dependencies: [
        "ClewReport", "ClewScore", "ClewImport", "ClewChain", "ClewSimulation", "ClewEvidence",
        "GraphDraw", "GraphCore",
        .target(name: "ClewSpark", condition: spark),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house
    ),

    // What runs on the workers of a cluster.
    .executableTarget(
      name: "clew-worker",
      dependencies: ["ClewBuild", "ClewChain", "ClewEvidence", "GraphCore"],
      path: "Sources/ClewWorker",
      swiftSettings: house
    ),

    .target(
      name: "ClewTestSupport",
      dependencies: ["GraphCore"],
      path: "Tests/ClewTestSupport",
      swiftSettings: house
    ),
    .testTarget(
      name: "GraphCoreTests",
      dependencies: ["GraphCore", "ClewTestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "ArrowFormatTests",
      dependencies: ["ArrowFormat", "ClewTestSupport"],
      resources: [.copy("Fixtures")],
      swiftSettings: house
    ),
    .testTarget(
      name: "GraphDrawTests",
      dependencies: ["GraphDraw", "ClewTestSupport"],
      resources: [.copy("Goldens")],
      swiftSettings: house
    ),
    .testTarget(
      name: "ClewEvidenceTests",
      dependencies: [
        "ClewEvidence", "ClewTestSupport", .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: house
    ),
    .testTarget(
      name: "ClewImportTests",
      dependencies: [
        "ClewImport", "ClewEvidence", "ClewTestSupport",
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      resources: [.copy("Fixtures")],
      swiftSettings: house
    ),
    .testTarget(
      name: "ClewChainTests",
      dependencies: ["ClewChain", "ClewEvidence", "ClewImport", "GraphCore", "ClewTestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "ClewSparkTests",
      dependencies: [
        "ClewSpark", "ArrowFormat", "SparkConnectProtocol", "ClewChain", "ClewEvidence",
        "ClewImport", "GraphCore", "ClewTestSupport",
        .product(name: "GRPCCore", package: "grpc-swift-2", condition: spark),
        .product(name: "GRPCInProcessTransport", package: "grpc-swift-2", condition: spark),
        .product(
          name: "GRPCNIOTransportHTTP2",
          package: "grpc-swift-nio-transport",
          condition: spark
        ),
        .product(name: "SwiftProtobuf", package: "swift-protobuf", condition: spark),
      ],
      swiftSettings: house
    ),
    .testTarget(
      name: "ClewSimulationTests",
      dependencies: ["ClewSimulation", "ClewEvidence", "ClewTestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "ClewReportTests",
      dependencies: [
        "ClewReport", "ClewChain", "ClewEvidence", "ClewImport", "GraphDraw", "ClewTestSupport",
      ],
      swiftSettings: house
    ),
    .testTarget(
      name: "ClewScoreTests",
      dependencies: ["ClewScore", "ClewTestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "clewTests",
      dependencies: ["clew", "clew-worker", "ClewTestSupport"],
      swiftSettings: house
    ),
  ],
  swiftLanguageModes: [.v6]
)
