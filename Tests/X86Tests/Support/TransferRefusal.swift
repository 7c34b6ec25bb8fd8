import Testing
import X86

/// A far transfer that one rule refuses, and what it raises.
struct TransferRefusal: CustomTestStringConvertible {
    let what: String
    var code = "jmp 0x30:0"
    var ring = 0
    let vector: Exception.Vector
    let errorCode: UInt32
    let check: Check
    /// Spoils what the rule is about.
    let prepare: @Sendable (TestMachine) -> Void

    var testDescription: String { what }

    /// A machine before `code`. Selector 30h is a task of ring 0 with its TSS at 3400h, 48h the LDT at 5000h; 40h is an
    /// LDT, 58h code and 68h data of ring 0, none of them present; 60h execute-only code, 70h code of 4 KiB.
    func machine() throws -> TestMachine {
        let setup = "mov dword [GDT+0x48], 0x5000001F\nmov dword [GDT+0x4C], 0x00008200\nmov eax, 0x48\nlldt ax"
        let machine = try TestMachine(code, ring: ring, setup: setup)
        machine.setTask(0x30, at: 0x3400)
        machine.setDescriptor(0x40, 0x0000_0200_5000_001F)
        machine.setDescriptor(0x58, 0x00CF_1B00_0000_FFFF)
        machine.setDescriptor(0x60, 0x00CF_9900_0000_FFFF)
        machine.setDescriptor(0x68, 0x00CF_1300_0000_FFFF)
        machine.setDescriptor(0x70, 0x0040_9B00_0000_0FFF)
        prepare(machine)
        return machine
    }

    func expect(_ exception: Exception) {
        #expect(exception.vector == vector)
        #expect(exception.errorCode == errorCode)
        #expect(exception.check == check)
    }
}
