import Debugger
import X86

/// An exception: the checks up to the one that failed, and the error code bit by bit.
struct FaultPage {
    let text: ZoomText

    func lines(_ fault: FaultReading) -> [StyledText] {
        let title = "\(fault.name): \(fault.exception.check.explanation)"
        return text.paragraph(StyledText(title, .bad, .strong)) + address(fault) + walk(fault) + checks(fault)
            + (fault.errorCode.map(bits) ?? [])
    }

    private func address(_ fault: FaultReading) -> [StyledText] {
        guard let address = fault.exception.address else { return [] }
        return text.paragraph(StyledText("CR2, the address that was touched: \(Hex.digits(address))."), indent: 2)
    }

    private func walk(_ fault: FaultReading) -> [StyledText] {
        fault.pageWalk.flatMap { text.item("", text.fact($0), indent: 2) }
    }

    private func checks(_ fault: FaultReading) -> [StyledText] {
        guard fault.checks.count > 1 else { return [] }
        let title = text.paragraph(StyledText("Checks, in the processor's order", .strong), indent: 2)
        return title + fault.checks.flatMap(line)
    }

    private func line(_ check: FaultReading.CheckMade) -> [StyledText] {
        let verdict = check.isPassed ? StyledText("passed", .good) : StyledText("FAILED", .bad)
        return text.item(verdict + "  ", StyledText("\(check.notation) if \(check.condition)"), indent: 4)
    }

    private func bits(_ code: ErrorCode) -> [StyledText] {
        let behind = code.fields.isEmpty ? ", as always with this exception" : ", in binary \(code.binary)"
        let title = "Error code \(Hex.manual(code.value))\(behind)"
        return text.paragraph(StyledText(title, .strong), indent: 2) + code.fields.flatMap(line)
    }

    private func line(_ field: ErrorCode.Field) -> [StyledText] {
        guard !text.isPlain else {
            let bits = field.bits.contains(":") ? "Bits \(field.bits)" : "Bit \(field.bits)"
            return [StyledText("\(bits), \(field.name), is \(field.value): \(field.meaning).")]
        }
        let label =
            StyledText(field.bits).padded(to: 6, .right) + "  " + StyledText(field.name).padded(to: 7)
            + StyledText(field.value, .changed).padded(to: 7)
        return text.item(label, StyledText(field.meaning), indent: 2)
    }
}

/// The way into a handler, and what it finds on its stack.
struct DeliveryPage {
    let text: ZoomText

    func lines(_ delivery: Delivery) -> [StyledText] {
        let gate = delivery.vector.map { "IDT[\(Hex.manual($0))]" } ?? "the IDT"
        let title = delivery.handler.map { "Delivered through \(gate) to \($0)" } ?? "Delivery through \(gate) fails"
        return text.paragraph(StyledText(title, .strong)) + ZoomSteps(text: text).lines(delivery.steps)
            + frame(delivery)
    }

    private func frame(_ delivery: Delivery) -> [StyledText] {
        guard !delivery.frame.isEmpty else { return [] }
        let title = "The handler finds on its stack, ESP first"
        return text.paragraph(StyledText(title, .strong), indent: 1) + delivery.frame.flatMap(line)
    }

    private func line(_ slot: Delivery.Slot) -> [StyledText] {
        let names = [slot.field.map { "frame field \($0)" }, slot.meaning].compactMap(\.self).joined(separator: "; ")
        guard !text.isPlain else {
            let behind = names.isEmpty ? "" : "; \(names)"
            return [StyledText("At \(Hex.digits(slot.address)): \(slot.name), \(slot.value)\(behind).")]
        }
        let label =
            StyledText(Hex.digits(slot.address)) + "  " + StyledText(slot.value, .changed).padded(to: 10)
            + StyledText(slot.name).padded(to: 12)
        return text.item(label, StyledText(names, .dim), indent: 3)
    }
}
