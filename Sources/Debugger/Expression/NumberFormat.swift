/// Numbers as WinDbg prints them.
public enum NumberFormat {
    /// Hexadecimal digits in lower case: 8 if the number fits in 32 bits or is a sign-extended 32-bit one, else 16 with
    /// a grave accent in the middle. `000004d2`, `ffffffff` for -1, ``"00000001`00000000"``.
    ///
    /// Source: "Sign Extension" in Microsoft's debugger documentation.
    public static func hexadecimal(_ value: UInt64) -> String {
        let low = padded(UInt32(truncatingIfNeeded: value), to: 8)
        if value <= UInt64(UInt32.max) || value >= 0xFFFF_FFFF_8000_0000 { return low }
        return padded(UInt32(truncatingIfNeeded: value >> 32), to: 8) + "`" + low
    }

    /// Hexadecimal digits in lower case, zeros before them up to `width` digits; never fewer digits than it takes.
    public static func padded(_ value: some UnsignedInteger, to width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// What `?` prints after "Evaluate expression: ": the number as signed decimal, then as hexadecimal.
    /// `1234 = 000004d2`.
    public static func evaluation(_ value: UInt64) -> String {
        "\(Int64(bitPattern: value)) = \(hexadecimal(value))"
    }
}
