import Debugger
import Foundation
import Lessons
import X86

/// `.save`: writes the session to a file.
struct SaveWord: Word {
    static let spec = WordSpec(
        name: ".save", group: .time, usage: ".save FILE",
        summary: "write what you did to a file that .load executes again",
        detail: """
            The file is text: the machine, your changes and interrupts with their steps, marks, breakpoints, and where you \
            are. It is written as a new file; an existing one is not overwritten.
            """,
        example: ".save session.txt", completion: [.file], takesWholeLine: true)

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        let path = arguments.rest
        let file = try session.sessionFile()
        try Self.write(Array(file.text.utf8), to: path, column: arguments.column)
        session.output.say(StyledText("Saved \(file.end) steps and \(file.events.count) changes to \(path)."))
    }

    /// Writes a new file.
    private static func write(_ bytes: [UInt8], to path: String, column: Int) throws(WordError) {
        guard let stream = fopen(path, "wx") else {
            if errno == EEXIST {
                throw WordError(
                    "\(path) exists already.", hint: "Give another name, or remove it first.", column: column)
            }
            throw unwritable(path, column)
        }
        let written = fwrite(bytes, 1, bytes.count, stream)
        guard fclose(stream) == 0, written == bytes.count else { throw unwritable(path, column) }
    }

    private static func unwritable(_ path: String, _ column: Int) -> WordError {
        WordError(
            "\(path) cannot be written: \(String(cString: strerror(errno))).",
            hint: "Give a place where you may write.",
            column: column)
    }
}

/// `.load`: executes a saved session again.
struct LoadWord: Word {
    static let spec = WordSpec(
        name: ".load", group: .time, usage: ".load FILE", summary: "execute a saved session again",
        detail: "The machine at hand is kept if the file cannot be used.", example: ".load session.txt",
        completion: [.file], takesWholeLine: true)

    private static let largestFile = 4 << 20

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        let path = arguments.rest
        let text = try Self.text(path, column: arguments.column)
        do throws(SessionFileReader.Failure) {
            try session.load(try SessionFileReader.read(text), path: path)
        } catch {
            throw WordError(
                "\(path):\(error.line):\(error.column): \(error.message).", hint: "Nothing was changed.")
        }
    }

    private static func text(_ path: String, column: Int) throws(WordError) -> String {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            let data = try handle.read(upToCount: largestFile + 1) ?? Data()
            guard data.count <= largestFile, let text = String(bytes: data, encoding: .utf8) else {
                throw CocoaError(.fileReadCorruptFile)
            }
            return text
        } catch CocoaError.fileReadCorruptFile {
            throw WordError("\(path) is no session file: it is too large or no text.", column: column)
        } catch {
            throw WordError("\(path) cannot be read.", hint: ".save writes session files.", column: column)
        }
    }
}

extension LearnSession {
    fileprivate func sessionFile() throws(WordError) -> SessionFile {
        let timeline = try timeline()
        let here = timeline.moment
        timeline.seek(to: timeline.end)
        let eip = timeline.machine.cpu.eip
        timeline.seek(to: here)
        return SessionFile(
            timeline, request: machineRequest ?? Self.defaultRequest,
            breakpoints: debugger.breakpoints.breakpoints.map(\.command), endEIP: eip)
    }

    /// Makes the machine of a session and does again what was done to it.
    fileprivate func load(_ file: SessionFile, path: String) throws(SessionFileReader.Failure) {
        let old = (debugger, machineRequest, radix)
        debugger = DebuggerState()
        machineRequest = file.request
        radix = 16
        defer { radix = old.2 }
        do throws(WordError) {
            try replay(file)
        } catch {
            (debugger, machineRequest) = (old.0, old.1)
            throw SessionFileReader.Failure(line: 1, column: 1, message: error.text)
        }
        if let timeline = debugger.timeline { showArrival(on: timeline) }
    }

    private func replay(_ file: SessionFile) throws(WordError) {
        let timeline: Timeline
        do throws(MachineError) {
            timeline = Timeline(try machines.machine(for: file.request))
        } catch {
            throw WordError(error)
        }
        for event in file.events {
            timeline.run(steps: event.step - timeline.position) { InterruptFlag.keyboard.isRequested }
            try require(timeline, at: event.step)
            do throws(EditError) { try timeline.happen(event.kind) } catch {
                throw WordError("at step \(event.step): \(error.message)", hint: error.note)
            }
        }
        timeline.run(steps: file.end - timeline.position) { InterruptFlag.keyboard.isRequested }
        try require(timeline, at: file.end)
        if let eip = file.endEIP, timeline.machine.cpu.eip != eip {
            throw WordError(
                "the machine does not come to EIP \(NumberFormat.padded(eip, to: 8)) any more: it has changed")
        }
        for mark in file.marks {
            timeline.seek(to: mark.step)
            timeline.mark(mark.name)
        }
        timeline.seek(to: file.position)
        debugger.timeline = timeline
        for line in file.breakpoints { try words.run(line, in: self) }
    }

    private func require(_ timeline: Timeline, at step: Int) throws(WordError) {
        guard timeline.position == step else {
            throw WordError("the machine does not come to step \(step): it stops at \(timeline.position)")
        }
    }
}

extension Timeline {
    fileprivate func happen(_ kind: SessionFile.Event.Kind) throws(EditError) {
        switch kind {
        case .edit(let edit): try apply(edit)
        case .interrupt(let vector): requestInterrupt(vector: vector)
        case .nonMaskableInterrupt: requestNMI()
        }
    }
}

extension Breakpoint {
    /// The line that would set it.
    fileprivate var command: String {
        let kind = access == .execute ? "bp" : "ba \(access.rawValue)\(size)"
        let passes = passes == 1 ? "" : " 0x\(String(passes, radix: 16))"
        let condition = condition.map { " /w \"\($0.text)\"" } ?? ""
        return "\(kind) \(NumberFormat.padded(address, to: 8))\(passes)\(isOneShot ? " /1" : "")\(condition)"
    }
}
