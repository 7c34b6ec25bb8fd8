import Debugger
import Foundation
import X86

/// A long recording, and journeys to random moments of it.
struct TimeTravel {
    let steps: Int
    let journeys: Int

    /// A busy guest: arithmetic, calls, and writes all over 4 MiB.
    private static let source = """
        bits 32
        org 0x100000
        start: dd 0x1BADB002, 0x10000, -(0x1BADB002 + 0x10000), start, start, 0, 0, boot@Start
        boot@Start:
        mov esp, 0x200000
        boot@Loop:
        mov ecx, 200
        boot@Round:
        lea eax, [eax+eax*4+7]
        call boot@Mix
        loop boot@Round
        mov edx, eax
        and edx, 0x3FFFFC
        mov [0x400000+edx], eax
        jmp boot@Loop
        boot@Mix: push eax
        xor ebx, [esp]
        rol ebx, 3
        pop eax
        ret
        """

    /// Records, travels, and prints times and memory.
    func report() throws {
        let before = ResidentMemory.bytes ?? 0
        let timeline = Timeline(try machine())
        let recording = ContinuousClock().measure { timeline.run(steps: steps) }
        var generator = SystemRandomNumberGenerator()
        let times = (0..<journeys).map { _ in
            let step = Int.random(in: 0..<timeline.end, using: &generator)
            return ContinuousClock().measure { timeline.seek(to: step) } / .milliseconds(1)
        }.sorted()
        let after = ResidentMemory.bytes ?? before
        print("Time travel in \(timeline.end) recorded instructions, \(journeys) random moments")
        row("recording, millions/s", Double(steps) / (recording / .seconds(1)) / 1e6)
        row("median journey, ms", times[times.count / 2])
        row("worst journey, ms (goal: below 250)", times.last ?? 0)
        row("memory of the recording, MiB (goal: below 286)", Double(max(0, after - before)) / 1_048_576)
    }

    private func row(_ name: String, _ value: Double) { print("  \(name.padded(54))\(value.text.leftPadded(10))") }

    private func machine() throws -> Machine {
        let assembly = try Assembler(file: "bench.asm", source: Self.source).assemble()
        return Machine(image: try BootableImage(name: "bench", assembly: assembly), model: CPUModel.all[3])
    }
}
