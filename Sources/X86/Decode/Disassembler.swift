import CZydis

/// One instruction as text.
public struct Disassembly: Hashable, Sendable {
    /// Mnemonic and operands.
    public let text: String
    /// The mnemonic alone, prefixes included.
    public let mnemonic: String
    /// Bytes in the instruction; 1 where the bytes are none.
    public let length: Int
    /// Where a direct jump or call leads.
    public let target: UInt32?
    /// False where the bytes are no instruction.
    public let isValid: Bool

    /// What stands for an instruction that the processor was not allowed to read.
    public static let notFetched = Disassembly(
        text: "(fetch refused)", mnemonic: "(fetch refused)", length: 0, target: nil, isValid: false)
}

/// Bytes to text, by Zydis.
///
/// Zydis only reads the decoder and the formatter once they are set up, so one may be shared between threads.
public final class Disassembler: @unchecked Sendable {
    /// How numbers and operands are written.
    public enum Syntax: Sendable {
        /// `mov eax, 0x19`
        case intel
        /// `mov eax, 19h`, as WinDbg writes.
        case masm
        /// `mov $0x19, %eax`
        case att

        fileprivate var style: ZydisFormatterStyle {
            self == .att ? ZYDIS_FORMATTER_STYLE_ATT : ZYDIS_FORMATTER_STYLE_INTEL
        }
    }

    private var decoder = ZydisDecoder()
    /// Zydis keeps pointers into the formatter, which must therefore never move.
    private let formatter: UnsafeMutablePointer<ZydisFormatter>

    /// A disassembler for 32-bit code.
    public init(_ syntax: Syntax) {
        ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LEGACY_32, ZYDIS_STACK_WIDTH_32)
        formatter = .allocate(capacity: 1)
        formatter.initialize(to: ZydisFormatter())
        ZydisFormatterInit(formatter, syntax.style)
        for (property, value) in [
            (ZYDIS_FORMATTER_PROP_HEX_UPPERCASE, 0), (ZYDIS_FORMATTER_PROP_FORCE_SIZE, 0),
            (ZYDIS_FORMATTER_PROP_IMM_PADDING, 0), (ZYDIS_FORMATTER_PROP_DISP_PADDING, 0),
        ] {
            ZydisFormatterSetProperty(formatter, property, ZyanUPointer(value))
        }
        if syntax == .masm { useSuffix() }
    }

    deinit { formatter.deallocate() }

    /// Zydis' own MASM style writes jumps relative to the instruction, which WinDbg never does: the Intel style
    /// with another notation for numbers is closer.
    private func useSuffix() {
        ZydisFormatterSetProperty(formatter, ZYDIS_FORMATTER_PROP_HEX_PREFIX, 0)
        ZydisFormatterSetProperty(formatter, ZYDIS_FORMATTER_PROP_HEX_FORCE_LEADING_NUMBER, 1)
        Self.suffix.withUTF8Buffer { suffix in
            _ = ZydisFormatterSetProperty(
                formatter, ZYDIS_FORMATTER_PROP_HEX_SUFFIX, ZyanUPointer(bitPattern: suffix.baseAddress))
        }
    }

    /// A literal, which ends in a zero byte and lives as long as the program: Zydis keeps no copy.
    private static let suffix: StaticString = "h"

    /// The instruction that `bytes` begin with.
    /// - Parameter address: where it lies, for relative targets.
    public func disassemble(_ bytes: some Collection<UInt8>, at address: UInt32) -> Disassembly {
        let bytes = Array(bytes.prefix(15))
        var raw = ZydisDecodedInstruction()
        return withUnsafeTemporaryAllocation(
            of: ZydisDecodedOperand.self, capacity: Int(ZYDIS_MAX_OPERAND_COUNT)
        ) { operands in
            operands.initialize(repeating: ZydisDecodedOperand())
            let status = withUnsafePointer(to: decoder) {
                ZydisDecoderDecodeFull($0, bytes, ZyanUSize(bytes.count), &raw, operands.baseAddress)
            }
            guard ntlearn_zyan_success(status) else { return Self.invalid }
            return describe(raw, operands, address)
        }
    }

    private static let invalid = Disassembly(text: "???", mnemonic: "???", length: 1, target: nil, isValid: false)

    private func describe(
        _ raw: ZydisDecodedInstruction, _ operands: UnsafeMutableBufferPointer<ZydisDecodedOperand>,
        _ address: UInt32
    ) -> Disassembly {
        let text = format(raw, operands, address)
        let mnemonic = ZydisMnemonicGetString(raw.mnemonic).map { String(cString: $0) } ?? text
        return Disassembly(
            text: text, mnemonic: mnemonic, length: Int(raw.length), target: target(raw, operands, address),
            isValid: true)
    }

    private func format(
        _ raw: ZydisDecodedInstruction, _ operands: UnsafeMutableBufferPointer<ZydisDecodedOperand>,
        _ address: UInt32
    ) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            let status = withUnsafePointer(to: raw) { raw in
                ZydisFormatterFormatInstruction(
                    formatter, raw, operands.baseAddress, raw.pointee.operand_count_visible, buffer.baseAddress,
                    ZyanUSize(buffer.count), ZyanU64(address), nil)
            }
            guard ntlearn_zyan_success(status), let text = buffer.baseAddress else { return "???" }
            return String(cString: text)
        }
    }

    private func target(
        _ raw: ZydisDecodedInstruction, _ operands: UnsafeMutableBufferPointer<ZydisDecodedOperand>,
        _ address: UInt32
    ) -> UInt32? {
        guard raw.operand_count_visible > 0, operands[0].type == ZYDIS_OPERAND_TYPE_IMMEDIATE,
            operands[0].imm.is_relative != 0
        else { return nil }
        return address &+ UInt32(raw.length) &+ UInt32(truncatingIfNeeded: operands[0].imm.value.s)
    }
}
