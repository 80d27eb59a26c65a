// swift-tools-version: 6.2
import PackageDescription

/// One target per room; `docs/decisions/` and the README's map say what lives where. Arrows only point down.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "cloakroom",
  products: [.executable(name: "cloakroom", targets: ["cloakroom"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
  ],
  targets: [
    // C libraries of the system.
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),

    // Knowledge: values in, values out.
    .target(name: "Primitives"),
    .target(
      name: "Vault",
      dependencies: [
        "Primitives", "CSodium",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]
    ),
    .target(name: "Audit", dependencies: ["Primitives", "Vault"]),
    .target(
      name: "People",
      dependencies: ["Primitives", "Vault", "Booking"],
      resources: [.copy("Blocklist")]
    ),
    .target(name: "Booking", dependencies: ["Primitives"]),
    .target(name: "Privacy", dependencies: ["Primitives"]),
    .target(name: "Messages", dependencies: ["Primitives", "Booking"]),
    .target(name: "BusinessFile", dependencies: ["Primitives", "Booking", "Yams"]),

    // The outside: databases and mail servers.
    .target(name: "Outgoing", dependencies: ["Primitives", "CCurl"]),
    .target(
      name: "Storage",
      dependencies: ["Primitives", "Vault", "Audit", "Booking", "People", "Privacy"],
      resources: [.copy("Migrations")]
    ),
    .target(
      name: "StorageSQLite",
      dependencies: [
        "Primitives", "Storage", "Audit", "Privacy", .product(name: "GRDB", package: "GRDB.swift"),
      ]
    ),
    .target(
      name: "StoragePostgres",
      dependencies: ["Primitives", "Storage", "Audit", "Privacy", "CPostgres"]
    ),

    // The acts, and the doors to them.
    .target(
      name: "Desk",
      dependencies: [
        "Primitives", "Vault", "Audit", "People", "Booking", "Privacy", "Messages", "Outgoing", "Storage",
      ]
    ),
    .target(
      name: "Web",
      dependencies: [
        "Primitives", "People", "Booking", "Desk",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
      ],
      resources: [.copy("Templates"), .copy("Assets"), .copy("OpenAPI")]
    ),
    .executableTarget(
      name: "cloakroom",
      dependencies: [
        "Primitives", "Vault", "Audit", "People", "Booking", "BusinessFile", "Outgoing", "Storage",
        "StorageSQLite", "StoragePostgres", "Desk", "Web",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      resources: [.copy("Demo")]
    ),

    .testTarget(name: "PrimitivesTests", dependencies: ["Primitives", "TestKit"]),
    .testTarget(
      name: "VaultTests",
      dependencies: ["Primitives", "Vault", "TestKit", .product(name: "Crypto", package: "swift-crypto")]
    ),
    .testTarget(name: "AuditTests", dependencies: ["Primitives", "Vault", "Audit", "TestKit"]),
    .testTarget(name: "PeopleTests", dependencies: ["Primitives", "Vault", "Booking", "People", "TestKit"]),
    .testTarget(name: "PrivacyTests", dependencies: ["Primitives", "Privacy"]),
    .testTarget(name: "BookingTests", dependencies: ["Primitives", "Booking", "TestKit"]),
    .testTarget(name: "MessagesTests", dependencies: ["Primitives", "Booking", "Messages", "TestKit"]),
    .testTarget(name: "OutgoingTests", dependencies: ["Primitives", "Outgoing", "TestKit"]),
    .testTarget(
      name: "BusinessFileTests",
      dependencies: ["Primitives", "Booking", "BusinessFile", "TestKit"]
    ),
    .target(
      name: "TestKit",
      dependencies: ["Primitives", "Booking", "People", "Storage", "StorageSQLite", "StoragePostgres"],
      path: "Tests/TestKit"
    ),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "Primitives", "Vault", "Audit", "Booking", "Privacy", "Storage", "StorageSQLite", "StoragePostgres",
        "TestKit",
      ]
    ),
    .testTarget(
      name: "DeskTests",
      dependencies: [
        "Primitives", "Vault", "Audit", "People", "Booking", "BusinessFile", "Privacy", "Messages",
        "Outgoing", "Storage", "Desk", "TestKit",
      ]
    ),
    .testTarget(name: "WebTests", dependencies: ["Primitives", "Booking", "Web"], exclude: ["Examples"]),
  ]
)

for target in package.targets where target.type != .system && target.name != "CCurl" {
  target.swiftSettings = settings
}
