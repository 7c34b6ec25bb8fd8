/// A name for an address.
public struct Symbol: Hashable, Sendable {
    /// The full name, as WinDbg writes it: `nt!KiSystemService`; without `!` for a symbol of no module.
    public let name: String
    /// The linear address.
    public let address: UInt64
    /// How many bytes the symbol names, if its source tells.
    public let size: UInt64?

    /// - Parameters:
    ///   - name: `module!name`, or a bare name.
    ///   - address: the linear address.
    ///   - size: in bytes, if known.
    public init(name: String, address: UInt64, size: UInt64? = nil) {
        self.name = name
        self.address = address
        self.size = size
    }

    /// What stands before the first `!`, or nothing.
    public var module: Substring {
        name.firstIndex(of: "!").map { name[..<$0] } ?? ""
    }

    /// What stands after the first `!`, or the whole name.
    public var baseName: Substring {
        name.firstIndex(of: "!").map { name[name.index(after: $0)...] } ?? name[...]
    }
}

/// An address in terms of the symbol that covers it.
public struct SymbolLocation: Hashable, Sendable {
    /// The symbol.
    public let symbol: Symbol
    /// How far behind the symbol's address, in bytes.
    public let offset: UInt64
}

extension SymbolLocation: CustomStringConvertible {
    /// `nt!KiSystemService`, `nt!KiSystemService+0x1c`.
    public var description: String {
        offset == 0 ? symbol.name : "\(symbol.name)+0x\(String(offset, radix: 16))"
    }
}
