/// The bytes of an instruction, with gaps for what only the final layout tells.
struct InstructionEncoding {
    /// A field of the encoding that an expression fills.
    struct Patch {
        /// In the instruction.
        var offset: Int
        /// In bytes.
        var size: Int
        var expression: ExpressionCode
        /// Counts from the end of the instruction, as branch targets do.
        var isRelative = false
        /// Of an address in brackets: the expression may have registers, which the encoding already holds.
        var isDisplacement = false
    }

    var bytes: [UInt8]
    var patches: [Patch] = []
    /// Holds in every later pass, wherever the instruction moves.
    var isStable = false
}
