import Debugger
import X86

/// Where instructions may begin before an address.
struct BackwardDecoder {
    let machine: Machine
    private static let disassembler = Disassembler(.masm)
    /// The longest instruction has 15 bytes.
    private static let longest = 15
    /// A symbol farther away is of no help.
    private static let reach: UInt32 = 0x400

    /// The addresses of the last `count` instructions before `end`, ascending; fewer or none where nothing fits.
    func starts(before end: UInt32, count: Int) -> [UInt32] {
        let farthest = UInt32(min(count * Self.longest, Int(Self.reach)))
        if let symbol = symbol(before: end), let starts = decode(from: symbol, to: end) {
            return starts.suffix(count)
        }
        return stride(from: farthest, to: 0, by: -1).lazy.compactMap { decode(from: end &- $0, to: end) }
            .first?.suffix(count) ?? []
    }

    private func symbol(before end: UInt32) -> UInt32? {
        guard let place = machine.symbols.location(of: UInt64(end &- 1)), place.offset < UInt64(Self.reach) else {
            return nil
        }
        return UInt32(truncatingIfNeeded: place.symbol.address)
    }

    /// The instructions from one address to another; nil if they do not meet it.
    private func decode(from start: UInt32, to end: UInt32) -> [UInt32]? {
        var starts: [UInt32] = []
        var address = start
        while end &- address > 0, end &- address <= Self.reach {
            let code = Self.disassembler.disassemble(machine.cpu.bytes(at: address, count: Self.longest), at: address)
            guard code.isValid else { return nil }
            starts.append(address)
            address &+= UInt32(code.length)
        }
        return address == end ? starts : nil
    }
}

/// The instructions that can be reached from a symbol without leaving what it covers.
struct FunctionBody {
    /// Ascending.
    let addresses: [UInt32]
    /// The symbol into which its code runs on.
    private(set) var fallsInto: String?

    private static let disassembler = Disassembler(.masm)
    private static let most = 1000
    /// Behind these the next instruction is not reached.
    private static let ends: Set = ["jmp", "ret", "retf", "iret", "iretd", "sysexit", "sysret", "hlt", "???"]

    init(at entry: UInt32, on machine: Machine) {
        var found: Set<UInt32> = []
        var waiting = [entry]
        var next: String?
        while let address = waiting.popLast(), found.count < Self.most {
            guard !found.contains(address) else { continue }
            guard machine.symbols.location(of: UInt64(address))?.symbol.address == UInt64(entry) else {
                next = next ?? machine.symbols.location(of: UInt64(address)).map { "\($0)" }
                continue
            }
            let bytes = machine.cpu.bytes(at: address, count: 15)
            guard !bytes.isEmpty else { continue }
            found.insert(address)
            let code = Self.disassembler.disassemble(bytes, at: address)
            if let target = code.target, code.mnemonic != "call", Self.isInside(target, entry, machine) {
                waiting.append(target)
            }
            if !Self.ends.contains(code.mnemonic) { waiting.append(address &+ UInt32(code.length)) }
        }
        addresses = found.sorted()
        fallsInto = next
    }

    private static func isInside(_ target: UInt32, _ entry: UInt32, _ machine: Machine) -> Bool {
        machine.symbols.location(of: UInt64(target))?.symbol.address == UInt64(entry)
    }
}
