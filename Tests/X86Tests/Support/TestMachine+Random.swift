import X86

extension TestMachine {
    /// A machine about to execute random bytes, with random registers, flags and descriptors.
    static func random(
        _ generator: inout SeededGenerator, model: String = "pentium3", ring: Int, paging: Bool, setup: String = ""
    ) throws -> TestMachine {
        let machine = try start(model: model, ring: ring, paging: paging, setup: setup)
        scramble(machine, &generator)
        return machine
    }

    /// Every exception comes back: the handlers skip a byte of the program and return.
    private static func start(model: String, ring: Int, paging: Bool, setup: String) throws -> TestMachine {
        let machine = try TestMachine("nop", ring: ring, model: model, paging: paging, setup: setup)
        let handler = try skippingHandler.get()
        let handlerWithErrorCode = try skippingHandlerWithErrorCode.get()
        for vector in UInt8(0)..<0x20 {
            let hasErrorCode = [8, 10, 11, 12, 13, 14, 17].contains(vector)
            machine.load(hasErrorCode ? handlerWithErrorCode : handler, at: TestMachine.handler(vector))
        }
        return machine
    }

    private static let skippingHandler = Result { try TestMachine.assemble("inc dword [esp]\niretd", at: 0) }
    private static let skippingHandlerWithErrorCode = Result {
        try TestMachine.assemble("add esp, 4\ninc dword [esp]\niretd", at: 0)
    }

    private static func scramble(_ machine: TestMachine, _ generator: inout SeededGenerator) {
        let bytes = (0..<512).map { _ in UInt8.random(in: 0...255, using: &generator) }
        machine.load(bytes, at: Place.code)
        for register in Register.allCases where register != .esp {
            let near = Place.data + UInt32.random(in: 0..<0x2000, using: &generator)
            machine[register] =
                Bool.random(using: &generator) ? near : UInt32.random(in: 0...UInt32.max, using: &generator)
        }
        machine.eflags = UInt32.random(in: 0...UInt32.max, using: &generator)
        for selector in stride(from: UInt16(0x30), to: 0x100, by: 8) {
            machine.setDescriptor(selector, UInt64.random(in: 0...UInt64.max, using: &generator))
        }
    }
}
