import Foundation
import X86

/// A guest machine of `content/machines`, assembled by our own assembler.
struct GuestImage {
    let bytes: [UInt8]
    let image: MultibootImage

    init(named name: String) throws {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let folder = root.appendingPathComponent("content/machines")
        let source = try String(contentsOf: folder.appendingPathComponent("\(name).asm"), encoding: .utf8)
        let assembler = Assembler(file: "\(name).asm", source: source) { include in
            try? String(contentsOf: folder.appendingPathComponent(include), encoding: .utf8)
        }
        bytes = try assembler.assemble().bytes
        image = try MultibootImage(bytes: bytes)
    }

    /// Loads the image as a Multiboot loader does.
    func boot(on model: CPUModel) -> CPU { image.boot(on: model) }
}
