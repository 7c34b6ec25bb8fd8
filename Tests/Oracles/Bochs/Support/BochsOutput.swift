import Foundation
import X86

/// Reads the lines with which Bochs' debugger answers `s`, `r`, `sreg` and `creg`, and those of `trace-mem on`.
struct BochsOutput {
    private(set) var state = BochsState()
    /// Linear address of the operand that the instruction has read in order to change it.
    private var updated: UInt32?

    private static let general: [String: Register] = [
        "rax": .eax, "rcx": .ecx, "rdx": .edx, "rbx": .ebx, "rsp": .esp, "rbp": .ebp, "rsi": .esi, "rdi": .edi,
    ]
    private static let selectors = Dictionary(uniqueKeysWithValues: SegmentName.allCases.map { ($0.name, $0) })

    mutating func read(_ line: String) {
        if line.hasPrefix("[CPU0 ") { return readAccess(line) }
        if line.hasPrefix("CR") { return readControl(line) }
        if line.hasPrefix("eflags ") { return state.registers.eflags = number(after: "eflags 0x", in: line) ?? 0 }
        guard let colon = line.firstIndex(of: ":") else { return }
        let name = line[..<colon]
        if let register = Self.general[String(name)] {
            state.registers[register] = number(after: "_", in: line) ?? 0
        } else if name == "rip" {
            state.registers.eip = number(after: "_", in: line) ?? 0
        } else if let segment = Self.selectors[String(name)] {
            readSegment(segment, line)
        }
    }

    /// `cs:0x0008, dh=0x00cf9b00, dl=0x0000ffff, valid=1`
    private mutating func readSegment(_ name: SegmentName, _ line: String) {
        let selector = UInt16(truncatingIfNeeded: number(after: ":0x", in: line) ?? 0)
        let high = UInt64(number(after: "dh=0x", in: line) ?? 0)
        let low = UInt64(number(after: "dl=0x", in: line) ?? 0)
        state.segments[name] = BochsState.Segment(
            selector: selector, descriptor: Descriptor(raw: high << 32 | low), isValid: !line.hasSuffix("valid=0"))
        state.registers[name] = selector
        if name == .cs { state.registers.cpl = UInt8(selector & 3) }
    }

    /// `CR0=0x80010035: PG …`, `CR2=page fault laddr=0x0000000000000000`, `CR3=0x000000208000`
    private mutating func readControl(_ line: String) {
        guard let index = line.dropFirst(2).first?.wholeNumberValue else { return }
        state.control[index] = number(after: "=0x", in: line)
    }

    /// `[CPU0 RD]: LIN 0x00000000f8b29dd4 PHY 0x000000205dd4 (len=4, UC): 0x00000202`; eight bytes are two numbers, the
    /// upper one first. `RW` is a read that a write will follow, which shows its physical address only. Other lines
    /// without `LIN` belong to walks of the page tables: `[CPU0 WR]: PHY 0x00000020a35c (len=4, UC): 0x00101061 ; PTE`
    private mutating func readAccess(_ line: String) {
        guard let size = decimal(after: "(len=", in: line), let colon = line.range(of: "): ") else { return }
        let words = line[colon.upperBound...].split { $0.isWhitespace }
        let value = words.filter { $0.hasPrefix("0x") }.reduce(UInt64(0)) {
            $0 << 32 | (UInt64($1.dropFirst(2), radix: 16) ?? 0)
        }
        let isWrite = line.hasPrefix("[CPU0 WR]")
        if words.contains(";") {
            guard isWrite, let entry = number(after: "PHY 0x", in: line) else { return }
            return state.marks.append(PageMark(entry: entry, value: UInt32(truncatingIfNeeded: value)))
        }
        guard let address = number(after: "LIN 0x", in: line) ?? updated else { return }
        updated = line.hasPrefix("[CPU0 RW]") ? address : nil
        state.accesses.append(MemoryAccess(isWrite: isWrite, address: address, size: size, value: value))
    }

    /// The hexadecimal number behind a word, its lower 32 bits.
    private func number(after word: String, in line: String) -> UInt32? {
        guard let start = line.range(of: word)?.upperBound else { return nil }
        let digits = line[start...].prefix(while: \.isHexDigit)
        return UInt64(digits, radix: 16).map(UInt32.init(truncatingIfNeeded:))
    }

    private func decimal(after word: String, in line: String) -> UInt8? {
        line.range(of: word).flatMap { UInt8(line[$0.upperBound...].prefix(while: \.isNumber)) }
    }
}
