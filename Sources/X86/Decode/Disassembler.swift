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
    // Zydis keeps pointers into a formatter, which must therefore never move.
    private let signedFormatter: UnsafeMutablePointer<ZydisFormatter>
    private let addressFormatter: UnsafeMutablePointer<ZydisFormatter>
    private let usesSuffix: Bool

    /// A disassembler for 32-bit code.
    public init(_ syntax: Syntax) {
        ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LEGACY_32, ZYDIS_STACK_WIDTH_32)
        usesSuffix = syntax == .masm
        signedFormatter = Self.formatter(syntax, ZYDIS_SIGNEDNESS_SIGNED)
        addressFormatter = Self.formatter(syntax, ZYDIS_SIGNEDNESS_UNSIGNED)
    }

    deinit {
        signedFormatter.deallocate()
        addressFormatter.deallocate()
    }

    private static func formatter(
        _ syntax: Syntax, _ displacements: ZydisSignedness
    ) -> UnsafeMutablePointer<ZydisFormatter> {
        let formatter = UnsafeMutablePointer<ZydisFormatter>.allocate(capacity: 1)
        formatter.initialize(to: ZydisFormatter())
        ZydisFormatterInit(formatter, syntax.style)
        for (property, value) in [
            (ZYDIS_FORMATTER_PROP_HEX_UPPERCASE, 0), (ZYDIS_FORMATTER_PROP_FORCE_SIZE, 0),
            (ZYDIS_FORMATTER_PROP_IMM_PADDING, 0), (ZYDIS_FORMATTER_PROP_DISP_PADDING, 0),
            (ZYDIS_FORMATTER_PROP_DISP_SIGNEDNESS, UInt(displacements.rawValue)),
        ] {
            ZydisFormatterSetProperty(formatter, property, ZyanUPointer(value))
        }
        if syntax == .masm { useSuffix(formatter) }
        return formatter
    }

    /// Zydis' own MASM style writes jumps relative to the instruction, which WinDbg never does: the Intel style
    /// with another notation for numbers is closer.
    private static func useSuffix(_ formatter: UnsafeMutablePointer<ZydisFormatter>) {
        ZydisFormatterSetProperty(formatter, ZYDIS_FORMATTER_PROP_HEX_PREFIX, 0)
        suffix.withUTF8Buffer { suffix in
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

    /// Zydis' formatter in tokens, so that a number which begins with a letter gets the 0 that keeps it from
    /// reading as a register: `0Ch` is no CH.
    private func format(
        _ raw: ZydisDecodedInstruction, _ operands: UnsafeMutableBufferPointer<ZydisDecodedOperand>,
        _ address: UInt32
    ) -> String {
        withUnsafeTemporaryAllocation(byteCount: 512, alignment: 8) { buffer in
            var token: UnsafePointer<ZydisFormatterToken>?
            let status = withUnsafePointer(to: raw) { raw in
                ZydisFormatterTokenizeInstruction(
                    formatter(for: operands, raw.pointee), raw, operands.baseAddress,
                    raw.pointee.operand_count_visible, buffer.baseAddress, ZyanUSize(buffer.count), ZyanU64(address),
                    &token, nil)
            }
            return ntlearn_zyan_success(status) ? text(of: token) : "???"
        }
    }

    private func text(of first: UnsafePointer<ZydisFormatterToken>?) -> String {
        var text = ""
        var token = first
        while token != nil {
            var type: ZydisTokenType = 0
            var value: UnsafePointer<CChar>?
            guard ntlearn_zyan_success(ZydisFormatterTokenGetValue(token, &type, &value)), let value else { break }
            var piece = String(cString: value)
            if Int(type) == Int(ZYDIS_TOKEN_DISPLACEMENT) { piece = Self.narrowed(piece) }
            let isNumber = Self.numberTokens.contains(Int(type))
            if isNumber, usesSuffix, piece.first?.isLetter == true { text += "0" }
            text += piece
            guard ntlearn_zyan_success(ZydisFormatterTokenNext(&token)) else { break }
        }
        return text
    }

    /// Zydis writes an unsigned displacement with 64 bits, even in 32-bit code.
    private static func narrowed(_ displacement: String) -> String {
        displacement.replacing("ffffffff", with: "", maxReplacements: displacement.count > 15 ? 1 : 0)
    }

    private static let numberTokens: Set<Int> = [
        Int(ZYDIS_TOKEN_IMMEDIATE), Int(ZYDIS_TOKEN_DISPLACEMENT), Int(ZYDIS_TOKEN_ADDRESS_ABS),
    ]

    /// A displacement far below zero is an address that an index is added to, and is written as one.
    private func formatter(
        for operands: UnsafeMutableBufferPointer<ZydisDecodedOperand>, _ raw: ZydisDecodedInstruction
    ) -> UnsafeMutablePointer<ZydisFormatter> {
        let isAddress = operands.prefix(Int(raw.operand_count_visible)).contains { operand in
            operand.type == ZYDIS_OPERAND_TYPE_MEMORY && operand.mem.disp.value < -0x1_0000
        }
        return isAddress ? addressFormatter : signedFormatter
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
