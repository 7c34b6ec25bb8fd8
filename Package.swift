// swift-tools-version: 6.2
import PackageDescription

/// The processor is compiled with optimisation even in debug builds: tests execute millions of guest
/// instructions, and an unoptimised interpreter would make them fifty times slower.
let interpreter: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]
/// Warnings are errors in our own targets, never in the packages that we depend on.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "ntlearn",
    products: [.executable(name: "ntlearn", targets: ["ntlearn"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // System libraries: a module map and a shim each, nothing else.
        .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
        .systemLibrary(name: "CZydis", providers: [.apt(["libzydis-dev"])]),
        .systemLibrary(
            name: "CMarkGFM", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),

        // A leaf that all others may use: guessing what a mistyped word was meant to be.
        .target(name: "Spelling", swiftSettings: strict),
        .target(name: "X86", dependencies: ["CZydis", "Spelling"], swiftSettings: strict + interpreter),
        .target(name: "Debugger", dependencies: ["X86", "Spelling"], swiftSettings: strict),
        .target(
            name: "LessonEngine",
            dependencies: [
                "CMarkGFM", "Spelling", .product(name: "Yams", package: "Yams"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(name: "Lessons", dependencies: ["LessonEngine", "Debugger", "X86", "Spelling"], swiftSettings: strict),
        .executableTarget(
            name: "ntlearn",
            dependencies: [
                "Lessons", "LessonEngine", "Debugger", "X86", "Spelling", "CReadline",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            resources: [.copy("../../content"), .copy("../../docs/diagnostics.md")],
            swiftSettings: strict),

        // `make bench`
        .executableTarget(
            name: "Benchmarks", dependencies: ["Lessons", "Debugger", "X86"], path: "Benchmarks",
            exclude: ["Anchors/unicorn.c", "Anchors/bochs-rom.asm"], swiftSettings: strict),

        .testTarget(name: "SpellingTests", dependencies: ["Spelling"]),
        .testTarget(name: "X86Tests", dependencies: ["X86"]),
        .testTarget(name: "DebuggerTests", dependencies: ["Debugger", "X86"]),
        .testTarget(name: "LessonEngineTests", dependencies: ["LessonEngine"], exclude: ["Progress/Fixtures"]),
        .testTarget(
            name: "LessonsTests", dependencies: ["Lessons", "LessonEngine", "Debugger", "X86"],
            exclude: ["Drill/Snapshots"]),
        .testTarget(
            name: "ntlearnTests", dependencies: ["ntlearn", .product(name: "Yams", package: "Yams")],
            exclude: [
                "Rendering/Snapshots", "Rendering/Trace/Snapshots", "Rendering/Lanes/Snapshots",
                "Rendering/Zoom/Snapshots", "Rendering/Diff/Snapshots",
            ]),
        .testTarget(
            name: "Oracles", dependencies: ["LessonEngine", "Lessons", "Debugger", "X86"], path: "Tests/Oracles",
            exclude: ["Support/Unicorn/unicorn_oracle.py", "FSRS/fsrs_oracle.py", "Images", "Bochs/Images"]),
    ]
)
