import Testing
import X86

/// One row: an instruction on EAX, EBX and ECX, flags before, and what must come out.
struct ArithmeticCase: Sendable, CustomTestStringConvertible {
    let code: String
    var eax: UInt32 = 0
    var ebx: UInt32 = 0
    var ecx: UInt32 = 0
    var flags: UInt32 = 0
    let result: UInt32
    /// The flags that must be set, among those that `defined` names.
    let set: UInt32
    var defined: UInt32 = Flags.status

    var testDescription: String { "\(code) with \(String(eax, radix: 16)), \(String(ebx, radix: 16))" }
}

private let c = Flags.carry
private let p = Flags.parity
private let a = Flags.adjust
private let z = Flags.zero
private let s = Flags.sign
private let o = Flags.overflow

@Suite("Arithmetic and its flags (SDM vol. 2)")
struct ArithmeticTests {
    static let addition: [ArithmeticCase] = [
        ArithmeticCase(code: "add eax, ebx", eax: 0xFFFF_FFFF, ebx: 1, result: 0, set: c | p | a | z),
        ArithmeticCase(code: "add eax, ebx", eax: 0x7FFF_FFFF, ebx: 1, result: 0x8000_0000, set: p | a | s | o),
        ArithmeticCase(code: "add al, bl", eax: 0x1280, ebx: 0x80, result: 0x1200, set: c | p | z | o),
        ArithmeticCase(code: "adc eax, ebx", eax: 1, ebx: 0xFFFF_FFFF, flags: c, result: 1, set: c | a),
        ArithmeticCase(code: "adc al, bl", eax: 0, ebx: 0xFF, flags: c, result: 0, set: c | p | a | z),
        ArithmeticCase(code: "sub eax, ebx", eax: 0, ebx: 1, result: 0xFFFF_FFFF, set: c | p | a | s),
        ArithmeticCase(code: "sub ax, bx", eax: 0x8000, ebx: 1, result: 0x7FFF, set: p | a | o),
        ArithmeticCase(code: "sbb eax, ebx", eax: 5, ebx: 5, flags: c, result: 0xFFFF_FFFF, set: c | p | a | s),
        ArithmeticCase(code: "sbb eax, eax", eax: 9, result: 0, set: p | z),
        ArithmeticCase(code: "cmp eax, ebx", eax: 3, ebx: 5, result: 3, set: c | a | s),
        ArithmeticCase(code: "neg eax", eax: 0x8000_0000, result: 0x8000_0000, set: c | p | s | o),
        ArithmeticCase(code: "neg eax", eax: 0, result: 0, set: p | z),
        ArithmeticCase(code: "inc eax", eax: 0xFFFF_FFFF, flags: c, result: 0, set: c | p | a | z),
        ArithmeticCase(code: "dec al", eax: 0x80, result: 0x7F, set: a | o),
        ArithmeticCase(code: "xadd eax, ebx", eax: 2, ebx: 3, result: 5, set: p),
        ArithmeticCase(code: "cmpxchg ebx, ecx", eax: 7, ebx: 7, ecx: 9, result: 7, set: p | z),
        ArithmeticCase(code: "cmpxchg ebx, ecx", eax: 8, ebx: 7, ecx: 9, result: 7, set: 0),
    ]

    static let logic: [ArithmeticCase] = [
        ArithmeticCase(code: "and eax, ebx", eax: 0xF0, ebx: 0x0F, flags: c | o, result: 0, set: p | z, defined: ~a),
        ArithmeticCase(
            code: "or eax, ebx", eax: 0x8000_0000, ebx: 1, flags: c, result: 0x8000_0001, set: s, defined: ~a),
        ArithmeticCase(code: "xor eax, eax", eax: 5, flags: c | o | s, result: 0, set: p | z, defined: ~a),
        ArithmeticCase(code: "test al, al", eax: 0x80, result: 0x80, set: s, defined: ~a),
        ArithmeticCase(code: "not eax", eax: 0, flags: c | z, result: 0xFFFF_FFFF, set: c | z),
    ]

    static let shifts: [ArithmeticCase] = [
        ArithmeticCase(code: "shl eax, 1", eax: 0x8000_0000, result: 0, set: c | p | z | o, defined: ~a),
        ArithmeticCase(code: "shl al, cl", eax: 0x01, ecx: 8, result: 0, set: c | p | z, defined: ~(a | o)),
        ArithmeticCase(code: "shl al, cl", eax: 0xFF, ecx: 9, result: 0, set: p | z, defined: ~(a | o | c)),
        ArithmeticCase(code: "shl eax, cl", eax: 5, ecx: 32, flags: c | s, result: 5, set: c | s),
        ArithmeticCase(code: "shr eax, 1", eax: 0x8000_0001, result: 0x4000_0000, set: c | p | o, defined: ~a),
        ArithmeticCase(code: "sar eax, 1", eax: 0x8000_0001, result: 0xC000_0000, set: c | p | s, defined: ~a),
        ArithmeticCase(code: "sar al, cl", eax: 0x80, ecx: 31, result: 0xFF, set: c | p | s, defined: ~(a | o)),
        ArithmeticCase(code: "rol al, 1", eax: 0x80, flags: z, result: 1, set: c | o | z),
        ArithmeticCase(code: "ror al, 1", eax: 0x01, result: 0x80, set: c | o),
        ArithmeticCase(code: "rol al, cl", eax: 0x81, ecx: 8, result: 0x81, set: c, defined: ~o),
        ArithmeticCase(code: "rcl al, 1", eax: 0x80, flags: c, result: 1, set: c | o),
        ArithmeticCase(code: "rcr eax, 1", eax: 1, flags: c, result: 0x8000_0000, set: c | o),
        ArithmeticCase(code: "rcl al, cl", eax: 0x55, ecx: 9, flags: c, result: 0x55, set: c, defined: ~o),
        ArithmeticCase(
            code: "shld eax, ebx, 4", eax: 0x1234_5678, ebx: 0xA000_0000, result: 0x2345_678A, set: c,
            defined: c | z | s),
        ArithmeticCase(
            code: "shrd eax, ebx, 4", eax: 0x1234_5678, ebx: 0xA, result: 0xA123_4567, set: c | s, defined: c | z | s),
    ]

    static let products: [ArithmeticCase] = [
        ArithmeticCase(code: "mul ebx", eax: 0x8000_0000, ebx: 2, result: 0, set: c | o, defined: c | o),
        ArithmeticCase(code: "mul bl", eax: 0x10, ebx: 0x0F, result: 0xF0, set: 0, defined: c | o),
        ArithmeticCase(code: "imul bl", eax: 0xFE, ebx: 2, result: 0xFFFC, set: 0, defined: c | o),
        ArithmeticCase(code: "imul eax, ebx, -3", ebx: 5, result: 0xFFFF_FFF1, set: 0, defined: c | o),
        ArithmeticCase(code: "imul ax, bx", eax: 0x4000, ebx: 2, result: 0x8000, set: c | o, defined: c | o),
        ArithmeticCase(code: "aad", eax: 0x0307, result: 37, set: 0, defined: z | s),
        ArithmeticCase(code: "aam", eax: 37, result: 0x0307, set: 0, defined: z | s | p),
        ArithmeticCase(code: "daa", eax: 0x9A, result: 0, set: c | a | z | p, defined: ~o),
        ArithmeticCase(code: "das", eax: 0x00, flags: a, result: 0xFA, set: c | a | s | p, defined: ~o),
        ArithmeticCase(code: "aaa", eax: 0x000B, result: 0x0101, set: c | a, defined: c | a),
        ArithmeticCase(code: "aas", eax: 0x0203, flags: a, result: 0x000D, set: c | a, defined: c | a),
        ArithmeticCase(code: "bsf eax, ebx", ebx: 0x50, result: 4, set: 0, defined: z),
        ArithmeticCase(code: "bsr eax, ebx", ebx: 0x50, result: 6, set: 0, defined: z),
        ArithmeticCase(code: "bsf eax, ebx", eax: 3, ebx: 0, result: 3, set: z, defined: z),
        ArithmeticCase(code: "bt eax, 33", eax: 2, result: 2, set: c, defined: c),
        ArithmeticCase(code: "btc eax, ebx", eax: 2, ebx: 1, result: 0, set: c, defined: c),
    ]

    @Test("Results and flags", arguments: addition + logic + shifts + products)
    func row(_ row: ArithmeticCase) throws {
        let machine = try TestMachine(row.code, ring: 3)
        machine[.eax] = row.eax
        machine[.ebx] = row.ebx
        machine[.ecx] = row.ecx
        machine.eflags = row.flags
        #expect(machine.step() == .executed)
        #expect(machine[.eax] == row.result)
        let defined = row.defined & Flags.status
        #expect(machine.eflags & defined == row.set & defined)
    }

    @Test(
        "A quotient that does not fit, or a zero divisor, is #DE and changes nothing",
        arguments: [
            ("div ebx", 1, 0, 0), ("div ebx", 0, 1, 1), ("idiv ebx", 0x8000_0000, 0xFFFF_FFFF, 0xFFFF_FFFF),
            ("idiv ebx", 0, 0x8000_0000, 0xFFFF_FFFF), ("div bl", 0x0200, 0, 2), ("idiv bl", 0xFF80, 0, 0xFF),
            ("aam 0", 5, 0, 0),
        ] as [(String, UInt32, UInt32, UInt32)])
    func divideError(code: String, eax: UInt32, edx: UInt32, ebx: UInt32) throws {
        let machine = try TestMachine(code, ring: 3)
        machine[.eax] = eax
        machine[.edx] = edx
        machine[.ebx] = ebx
        #expect(machine.step().exception?.vector == .divideError)
        #expect(machine[.eax] == eax)
        #expect(machine[.edx] == edx)
    }

    @Test("Signed division rounds towards zero; the remainder has the dividend's sign")
    func signedDivision() throws {
        let machine = try TestMachine("cdq\nidiv ebx", ring: 3)
        machine[.eax] = UInt32(bitPattern: -7)
        machine[.ebx] = 2
        machine.step()
        machine.step()
        #expect(Int32(bitPattern: machine[.eax]) == -3)
        #expect(Int32(bitPattern: machine[.edx]) == -1)
    }

    @Test("BT with a register reaches bits far from its operand, in both directions")
    func farBits() throws {
        let machine = try TestMachine("bts [DATA], eax\nbts [DATA], ebx", ring: 3)
        machine[.eax] = 65
        machine[.ebx] = UInt32(bitPattern: -1)
        machine.step()
        machine.step()
        #expect(machine.word(at: TestMachine.Place.data + 8) == 2)
        #expect(machine.word(at: TestMachine.Place.data - 4) == 0x8000_0000)
    }

    @Test("CMPXCHG8B exchanges eight bytes if EDX:EAX matches, else loads them; with registers it is #UD")
    func compareExchange8() throws {
        let machine = try TestMachine("cmpxchg8b [DATA]\ncmpxchg8b [DATA]\ndb 0x0F, 0xC7, 0xC8", ring: 3)
        machine[.ebx] = 0x1111
        machine[.ecx] = 0x2222
        machine.step()
        #expect(machine.eflags & Flags.zero != 0)
        #expect(machine.word(at: TestMachine.Place.data + 4) == 0x2222)
        machine.step()
        #expect(machine.eflags & Flags.zero == 0)
        #expect(machine[.eax] == 0x1111)
        #expect(machine[.edx] == 0x2222)
        #expect(machine.step().exception?.vector == .invalidOpcode)
    }

    @Test("BOUND is #BR outside the two bounds")
    func bound() throws {
        let machine = try TestMachine("bound eax, [DATA]\nbound ebx, [DATA]", ring: 3)
        machine.store(UInt32(bitPattern: -2), at: TestMachine.Place.data)
        machine.store(5, at: TestMachine.Place.data + 4)
        machine[.eax] = UInt32(bitPattern: -1)
        machine[.ebx] = 6
        #expect(machine.step() == .executed)
        #expect(machine.step().exception?.vector == .boundRange)
    }
}
