/// What an expression may ask of the machine that it is evaluated on.
///
/// Every answer may be `nil`, "there is no such thing here", which becomes an ``ExpressionError``.
public protocol EvaluationContext {
    /// A register's value, zero-extended. `name` is in lower case and without `@`.
    ///
    /// Only whole registers need an answer (`eax`, `eip`, `eflags`, `cs`, `cr0`, `cpl` …): parts (`ax`, `al`, `zf`,
    /// `iopl`) are cut from them, `efl` is `eflags`, and `$ip`, `$csp` and `$retreg` fall back to `eip`, `esp` and `eax`.
    func register(_ name: String) -> UInt64?

    /// A symbol's address. `name` is as typed, `module!name` or a bare name.
    func symbol(_ name: String) -> UInt64?

    /// The little-endian value at a linear address, or `nil` when it cannot be read. `size` is 1, 2, 4 or 8 bytes.
    ///
    /// The address is less than 2^32 when ``pointerSize`` is 4; the read itself may run past that end.
    func memory(at address: UInt64, size: Int) -> UInt64?

    /// A model-specific register, or `nil` when this processor has none with that number.
    func msr(_ index: UInt32) -> UInt64?

    /// What `poi` reads, in bytes: 4 (the default) or 8.
    var pointerSize: Int { get }

    /// Names that someone who typed the unknown `name` may have meant, best first. None by default.
    func suggestions(for name: String) -> [String]
}

extension EvaluationContext {
    /// 4: a 32-bit machine.
    public var pointerSize: Int { 4 }

    /// No suggestions.
    public func suggestions(for name: String) -> [String] { [] }
}
