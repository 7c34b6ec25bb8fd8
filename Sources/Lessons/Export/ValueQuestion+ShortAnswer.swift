import LessonEngine

extension ValueQuestion: ShortAnswer {
    /// The number as `19h`, `0x19`, `25` and, if that cannot be another number, `19`.
    public func spellings() throws -> [String] {
        let value = try key()
        let digits = String(value, radix: 16)
        let isPlain = digits.first?.isNumber == true
        let marked = (isPlain ? digits : "0" + digits) + "h"
        let bare = digits.contains(where: \.isLetter) && isPlain ? [digits] : []
        let forms = [LiveValue.text(value), marked, "0x" + digits, "\(value)"] + bare
        return forms.reduce(into: []) { list, form in
            if !list.contains(where: { $0.lowercased() == form.lowercased() }) { list.append(form) }
        }
    }
}

extension WhereQuestion: ShortAnswer {
    /// The symbol with its offset, and the address.
    public func spellings() throws -> [String] {
        let digits = String(try key().address, radix: 16)
        let marked = (digits.first?.isNumber == true ? digits : "0" + digits) + "h"
        let shown = try correctAnswer()
        return shown == marked ? [marked, "0x" + digits] : [shown, marked, "0x" + digits, digits]
    }
}
