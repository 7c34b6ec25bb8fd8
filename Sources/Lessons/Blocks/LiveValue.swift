/// Numbers as lessons print them: `7`, `19h`, `7FFE0300h`.
enum LiveValue {
    static func text(_ value: UInt64) -> String {
        value < 10 ? "\(value)" : String(value, radix: 16, uppercase: true) + "h"
    }
}
