import Debugger
import Testing
import X86

/// The smallest thing that boots: a Multiboot file with load addresses in its header, and code at `boot!Start`.
func tinyMachine(_ code: String, model: String = "pentium2") throws -> Machine {
    let source = """
        bits 32
        org 0x100000
        start: dd 0x1BADB002, 0x10000, -(0x1BADB002 + 0x10000), start, start, 0, 0, boot@Start
        boot@Start:
        \(code)
        """
    let assembly = try Assembler(file: "test.asm", source: source).assemble()
    let image = try BootableImage(name: "test", assembly: assembly)
    return Machine(image: image, model: try #require(CPUModel.named(model)))
}

/// A symbol's address.
func address(_ name: String, on machine: Machine) throws -> UInt32 {
    UInt32(try #require(machine.symbols.symbol(named: name)).address)
}
