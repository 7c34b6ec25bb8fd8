import X86

extension Form {
    static let stack: [Form] = [
        Form("push") { b in b.emit([0x50 | b.registerNumber()], width: b.operandWidth(byteToo: false)) },
        Form("push") { b in
            let width = b.operandWidth(byteToo: false)
            let isShort = b.random.oneIn(2)
            let immediate = b.immediate(isShort ? 1 : width)
            b.emit([isShort ? 0x6A : 0x68], width: width, immediate)
        },
        Form("push") { b in
            let width = b.operandWidth(byteToo: false)
            let place = b.place(width, isWritten: false)
            b.emit([0xFF], width: width, field: 6, place)
        },
        Form("push") { b in
            b.emit(
                b.random.pick([[0x06], [0x0E], [0x16], [0x1E], [0x0F, 0xA0], [0x0F, 0xA8]]),
                width: b.operandWidth(byteToo: false))
        },
        Form("pop") { b in
            let number = b.registerNumber()
            // Sequences keep ESP where it is.
            b.emit([0x58 | (b.isSequence && number == 4 ? 0 : number)], width: b.operandWidth(byteToo: false))
        },
        Form("pop") { b in
            let width = b.operandWidth(byteToo: false)
            let place = b.place(width)
            b.emit([0x8F], width: width, field: 0, place)
        },
        // Relative to the stack pointer, which POP has moved already.
        Form("pop", inSequence: false) { b in
            let displacement = UInt8(b.random.below(64))
            let operand = MemoryOperand(encoded: [0x44, 0x24, displacement], address: 0)
            b.emit([0x8F], width: b.operandWidth(byteToo: false), field: 0, .memory(operand))
        },
        Form("pusha") { b in b.emit([0x60], width: b.operandWidth(byteToo: false)) },
        Form("popa", inSequence: false) { b in b.emit([0x61], width: b.operandWidth(byteToo: false)) },
        Form("enter", inSequence: false) { b in enter(&b) },
        Form("leave", inSequence: false) { b in
            b.pin(.ebp, to: b.operandAddress(4))
            b.emit([0xC9], width: b.operandWidth(byteToo: false))
        },
    ]

    private static func enter(_ b: inout CaseBuilder) {
        b.pin(.ebp, to: b.operandAddress(4))
        let size = b.random.pick([0, 0, 4, 16, 0x100, UInt32(b.random.below(0x3000))])
        let level = b.random.pick([0, 0, 1, 2, 3, UInt32(b.random.below(256))])
        b.emit([0xC8], width: b.operandWidth(byteToo: false), b.littleEndian(size, 2) + [UInt8(level)])
    }
}
