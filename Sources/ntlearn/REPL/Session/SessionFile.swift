import Debugger
import Lessons
import X86

/// A debugging session as text: what ran, what was done to it and when, and where one was. Executing it again from
/// power-on gives the same machine.
///
///     ntlearn-session 1
///     machine sysenter
///     call NtClose(0x44)
///     breakpoint bp 804d703f
///     at 1155 r eax=00000019
///     mark 1155 start
///     end 1200 eip=77f51045
///     position 1180
struct SessionFile: Equatable {
    static let version = 1

    var request = MachineRequest(machine: "sysenter")
    /// Lines of `bp` and `ba`.
    var breakpoints: [String] = []
    var events: [Event] = []
    var marks: [Mark] = []
    /// The last recorded step.
    var end = 0
    /// EIP there: if it comes out differently, the machine is no longer the one that was saved.
    var endEIP: UInt32?
    var position = 0

    struct Mark: Equatable {
        var step: Int
        var name: String
    }

    /// What came from outside, without what only a machine can tell.
    struct Event: Equatable {
        enum Kind: Equatable {
            case edit(MachineEdit)
            case interrupt(UInt8)
            case nonMaskableInterrupt
        }

        var step: Int
        var kind: Kind
    }

    /// More steps than a learner's session ever has; executing them takes seconds.
    static let mostSteps = 1_000_000_000

    // MARK: Writing

    var text: String {
        var lines = ["ntlearn-session \(Self.version)", "machine \(request.machine)"]
        if let cpu = request.cpu { lines.append("cpu \(cpu)") }
        switch request.program {
        case .original: break
        case .calls(let calls): lines += calls.map { "call \($0)" }
        case .assembly(let source, _):
            lines += source.split(separator: "\n", omittingEmptySubsequences: false).map { "program \($0)" }
        }
        lines += breakpoints.map { "breakpoint \($0)" }
        lines += events.map { "at \($0.step) \(Self.text($0.kind))" }
        lines += marks.map { "mark \($0.step) \($0.name)" }
        lines.append("end \(end)" + (endEIP.map { " eip=\(NumberFormat.padded($0, to: 8))" } ?? ""))
        lines.append("position \(position)")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ kind: Event.Kind) -> String {
        switch kind {
        case .interrupt(let vector): "irq \(Hex.digits(UInt64(vector), width: 2))"
        case .nonMaskableInterrupt: "nmi"
        case .edit(.register(let register, let value)): "r \(register.name)=\(Hex.digits(value))"
        case .edit(.instructionPointer(let value)): "r eip=\(Hex.digits(value))"
        case .edit(.flags(let value)): "r efl=\(Hex.digits(value))"
        case .edit(.modelSpecific(let index, let value)):
            "wrmsr \(Hex.digits(index)) \(Hex.digits(value, width: 16))"
        case .edit(.memory(let address, let bytes)):
            "eb \(Hex.digits(address)) " + bytes.map { Hex.digits(UInt64($0), width: 2) }.joined(separator: " ")
        }
    }
}

extension SessionFile {
    /// The session of a timeline.
    init(_ timeline: Timeline, request: MachineRequest, breakpoints: [String], endEIP: UInt32?) {
        self.request = request
        self.breakpoints = breakpoints
        events = timeline.events.map { event in
            switch event.kind {
            case .edit(let edit, _): Event(step: event.step, kind: .edit(edit))
            case .interrupt(let vector): Event(step: event.step, kind: .interrupt(vector))
            case .nonMaskableInterrupt: Event(step: event.step, kind: .nonMaskableInterrupt)
            }
        }
        marks = timeline.marks.map { Mark(step: $0.moment.step, name: $0.name) }
        end = timeline.end
        self.endEIP = endEIP
        position = timeline.position
    }
}
