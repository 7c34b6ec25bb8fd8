import Foundation
import X86

/// A Multiboot image of `Images`, assembled by our own assembler. It ends with HLT in ring 0.
struct TestImage {
    let bytes: [UInt8]
    let image: MultibootImage
    private let labels: [String: UInt32]

    /// Where the images' sources are.
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Images")

    /// - Parameter hidesResumeFlag: whether the image's handler clears RF in the EFLAGS that a fault has saved,
    ///   before it looks at them: for an oracle that does not set it.
    init(named name: String, hidesResumeFlag: Bool) throws {
        let assembler = Assembler(
            file: "\(name).asm", source: try Self.text("\(name).asm"),
            symbols: ["MASK_RF": hidesResumeFlag ? 1 : 0], include: { try? Self.text($0) })
        let assembly = try assembler.assemble()
        bytes = assembly.bytes
        image = try MultibootImage(bytes: bytes)
        labels = Dictionary(
            assembly.symbols.map { ($0.name, $0.address) }
                + assembly.constants.map { ($0.name, UInt32(truncatingIfNeeded: $0.value)) }
        ) { first, _ in first }
    }

    /// The names of all images, without `.asm`.
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".asm") }.map { String($0.dropLast(4)) }.sorted()
    }()

    static func text(_ file: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    }

    /// The address of a label, or the value of a constant.
    subscript(label: String) -> UInt32? { labels[label] }

    /// The image ends in a triple fault.
    var endsInShutdown: Bool { labels["ENDS_IN_SHUTDOWN"] != nil }

    /// The image rests on checks that QEMU leaves out; its first lines say which.
    var isBeyondQEMU: Bool { labels["BEYOND_QEMU"] != nil }

    /// Where the exception handler writes what it sees.
    var records: Range<UInt32> { (labels["records"] ?? 0)..<(labels["RECORDS_END"] ?? 0) }

    /// Loads the image as a Multiboot loader does.
    func boot(on model: CPUModel) -> CPU { image.boot(on: model) }
}

extension MultibootImage {
    /// A processor in front of this image, about to execute its first instruction.
    func boot(on model: CPUModel) -> CPU {
        var cpu = CPU(model: model)
        for segment in segments { cpu.loadPhysical(segment.bytes, at: segment.physicalAddress) }
        cpu.eip = entry
        return cpu
    }
}
