import Foundation
import X86

/// A test image of `Bochs/Images`, which may include what the images for QEMU share.
struct BochsImage {
    let image: MultibootImage
    private let labels: [String: UInt32]

    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Images")

    init(named name: String) throws {
        let file = Self.folder.appendingPathComponent("\(name).asm")
        let assembler = Assembler(
            file: "\(name).asm", source: try String(contentsOf: file, encoding: .utf8), symbols: ["MASK_RF": 0],
            include: { try? TestImage.text($0) })
        let assembly = try assembler.assemble()
        image = try MultibootImage(bytes: assembly.bytes)
        labels = Dictionary(assembly.symbols.map { ($0.name, $0.address) }) { first, _ in first }
    }

    /// The address of a label.
    subscript(label: String) -> UInt32? { labels[label] }
}
