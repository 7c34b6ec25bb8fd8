import Foundation

/// Bochs, the interpreter whose processor is the most faithful. It boots from a ROM of ours, and the bytes that the
/// ROM writes to port E9h say when the loop begins and ends, so that start-up does not count.
struct Bochs: Anchor {
    let name = "Bochs"

    private static let beginMark: UInt8 = 0xFE
    private static let endMark = UInt8(GuestLoop.result.ebx)

    func ways(for loop: GuestLoop) throws -> [Way] {
        guard let bochs = Program(named: "bochs") else { return [] }
        guard let nasm = Program(named: "nasm") else { throw BenchmarkError("its ROM needs nasm") }
        let folder = try WorkFolder("bochs")
        try folder.write(try loop.code(), to: "loop.bin")
        let rom = folder.path("rom.bin")
        _ = try nasm.output("-f", "bin", "-I", folder.path(""), "-o", rom, "Benchmarks/Anchors/bochs-rom.asm")
        try folder.write(Array(Self.configuration(rom: rom, log: folder.path("log.txt")).utf8), to: "bochsrc")
        try folder.write(Array("c\n".utf8), to: "commands")
        let arguments = ["-q", "-f", folder.path("bochsrc"), "-rc", folder.path("commands")]
        return [
            Way(name, .bochs) {
                let marks = [Self.beginMark, Self.endMark]
                return Sample(units: loop.instructions, time: try bochs.timeBetween(marks, arguments))
            }
        ]
    }

    private static func configuration(rom: String, log: String) -> String {
        """
        config_interface: textconfig
        display_library: rfb, options="timeout=0"
        romimage: file="\(rom)"
        cpu: model=p2_klamath, ips=50000000
        memory: guest=16, host=16
        port_e9_hack: enabled=1
        log: "\(log)"
        panic: action=fatal

        """
    }
}
