import Debugger
import X86

/// The answers of `ntlearn exec --batch`: a contract, see docs/commands.md.
enum ExecAnswer {
    /// Carries out a line of input.
    static func answer(to bytes: [UInt8]) -> JSONLine {
        var fields: JSONFields?
        do throws(JSONProblem) {
            let read = try JSONFields(line: bytes)
            fields = read
            return run(try SandboxRequest(read), fields: read)
        } catch {
            return self.error(error.message, of: fields)
        }
    }

    private static func run(_ request: SandboxRequest, fields: JSONFields) -> JSONLine {
        do throws(SandboxError) {
            return result(try Sandbox.run(request), of: fields)
        } catch {
            return self.error(error.description, of: fields)
        }
    }

    /// The answer to a line that cannot be used.
    static func error(_ message: String, of fields: JSONFields?) -> JSONLine {
        JSONLine { line in
            line.identifier(fields)
            line.string("error", message)
        }
    }

    private static func result(_ result: SandboxResult, of fields: JSONFields) -> JSONLine {
        JSONLine { line in
            line.identifier(fields)
            line.stop(result.stop)
            line.integer("steps", result.steps)
            line.registers("regs", result.registers)
            line.strings("dump", result.dumps.map { $0.map(Hex.digits) })
        }
    }
}

extension JSONLine {
    fileprivate mutating func stop(_ stop: SandboxResult.Stop) {
        switch stop {
        case .end: string("stop", "end")
        case .steps: string("stop", "steps")
        case .halted: string("stop", "hlt")
        case .exception(let fault):
            string("stop", "exception")
            integer("vector", Int(fault.vector))
            if let code = fault.errorCode { hex("error", code) }
            if let address = fault.address { hex("cr2", address) }
        }
    }
}
