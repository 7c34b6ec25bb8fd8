import Debugger
import LessonEngine
import X86

/// Which machine, on which processor, running which program.
public struct MachineRequest: Hashable, Sendable {
    /// An image's name, one of the shorthands `int2e`, `sysenter`, `syscall`, or a path.
    public var machine: String
    /// A CPU model's name; `nil` for the shorthand's or the image's own.
    public var cpu: String?
    /// What runs in ring 3.
    public var program: UserProgram

    /// A request; nothing is looked up yet.
    public init(machine: String, cpu: String? = nil, program: UserProgram = .original) {
        self.machine = machine
        self.cpu = cpu
        self.program = program
    }

    /// A request for calls; without any, the image keeps its own program.
    public init(machine: String, cpu: String? = nil, calls: [ServiceCall]) {
        self.init(machine: machine, cpu: cpu, program: calls.isEmpty ? .original : .calls(calls))
    }
}

extension MachineLibrary {
    /// The image that a request names, with its calls in place.
    public func image(for request: MachineRequest) throws(MachineError) -> BootableImage {
        let file = try file(imageName(of: request))
        switch request.program {
        case .original: return file.image
        // What such a program includes may change at any time.
        case .assembly(_, path: .some): return try image(of: file, running: request.program)
        case .calls, .assembly: return try sharedImage(of: file, for: request).get()
        }
    }

    private func sharedImage(
        of file: MachineFile, for request: MachineRequest
    ) -> Result<BootableImage, MachineError> {
        images.value(MachineRequest(machine: imageName(of: request), program: request.program)) {
            do throws(MachineError) { return .success(try image(of: file, running: request.program)) } catch {
                return .failure(error)
            }
        }
    }

    /// The processor that a request ends up with.
    public func model(for request: MachineRequest) throws(MachineError) -> CPUModel {
        if let cpu = request.cpu { return try CPUModel.request(cpu) }
        if let shorthand = Self.shorthands.first(where: { $0.name == request.machine }) {
            return try CPUModel.request(shorthand.cpu)
        }
        return try file(request.machine).defaultModel
    }

    /// A machine before its first instruction.
    /// - Throws: why there is none; also if the time that a check has for its lesson is over.
    public func machine(for request: MachineRequest) throws(MachineError) -> Machine {
        if TimeLimit.current?.hasPassed == true { throw MachineError("there is no time left", kind: .run) }
        return Machine(image: try image(for: request), model: try model(for: request))
    }

    func imageName(of request: MachineRequest) -> String {
        Self.shorthands.first { $0.name == request.machine }?.image ?? request.machine
    }
}
