/// PUSH, POP and everything that moves ESP by itself. ESP changes only after memory did, so that a fault
/// leaves the instruction restartable.
extension CPU {
    /// ESP, or SP where the stack segment is a 16-bit one.
    @inline(__always)
    private var stackMask: UInt32 {
        mutating get { segments[.ss].is32Bit ? .max : 0xFFFF }
    }

    @inline(__always)
    mutating func setStackPointer(_ value: UInt32) {
        let mask = stackMask
        general[.esp] = general[.esp] & ~mask | value & mask
    }

    @inline(__always)
    mutating func push<W: OperandWord, T: Tracer>(_ value: W, _ tracer: inout T) throws(Exception) {
        let pointer = (general[.esp] &- W.size) & stackMask
        try write(value, .ss, pointer, &tracer)
        setStackPointer(pointer)
    }

    /// Reads the stack without popping.
    /// - Parameter depth: bytes above the stack pointer.
    @inline(__always)
    mutating func peek<W: OperandWord, T: Tracer>(
        _ type: W.Type, depth: UInt32 = 0, _ tracer: inout T
    ) throws(Exception) -> W {
        try read(type, .ss, (general[.esp] &+ depth) & stackMask, &tracer)
    }

    @inline(__always)
    mutating func pop<W: OperandWord, T: Tracer>(_ type: W.Type, _ tracer: inout T) throws(Exception) -> W {
        let value = try peek(type, &tracer)
        setStackPointer(general[.esp] &+ W.size)
        return value
    }

    /// Pushes 16 or 32 bits, by the operand size.
    @inline(__always)
    mutating func pushSized<T: Tracer>(_ value: UInt32, _ width: UInt8, _ tracer: inout T) throws(Exception) {
        if width == 2 {
            try push(UInt16(truncatingIfNeeded: value), &tracer)
        } else {
            try push(value, &tracer)
        }
    }

    /// Reads 16 or 32 bits of the stack, by the operand size; `index` counts such items from the top.
    @inline(__always)
    mutating func peekSized<T: Tracer>(
        _ width: UInt8, index: UInt32 = 0, _ tracer: inout T
    ) throws(Exception) -> UInt32 {
        try peekSized(width, depth: UInt32(width) &* index, &tracer)
    }

    /// - Parameter depth: bytes above the stack pointer.
    @inline(__always)
    mutating func peekSized<T: Tracer>(
        _ width: UInt8, depth: UInt32, _ tracer: inout T
    ) throws(Exception) -> UInt32 {
        width == 2
            ? UInt32(try peek(UInt16.self, depth: depth, &tracer)) : try peek(UInt32.self, depth: depth, &tracer)
    }

    /// Checks that an item of the stack can be read; `index` counts from the top.
    mutating func probePeek<T: Tracer>(_ width: UInt8, index: UInt32, _ tracer: inout T) throws(Exception) {
        let pointer = (general[.esp] &+ UInt32(width) &* index) & stackMask
        let linear = try linear(.ss, pointer, UInt32(width), isWrite: false)
        try checkAlignment(linear, UInt32(width))
        try probeRead(linear, size: UInt32(width), user: cpl == 3, &tracer)
    }

    /// Checks that pushes will succeed, so that an instruction with several of them is all or nothing.
    mutating func probePushes<T: Tracer>(
        _ count: UInt32, _ width: UInt8, _ tracer: inout T
    ) throws(Exception) {
        for index in 1...max(1, count) {
            let pointer = (general[.esp] &- index &* UInt32(width)) & stackMask
            let linear = try linear(.ss, pointer, UInt32(width), isWrite: true)
            try probeWrite(linear, size: UInt32(width), user: cpl == 3, &tracer)
        }
    }

    @inline(__always)
    mutating func dropStack(_ bytes: UInt32) { setStackPointer(general[.esp] &+ bytes) }

    @inline(__always)
    mutating func pushOperand<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        if instruction.width == 2 {
            let value: UInt16 = try load(instruction.destination, instruction, &tracer)
            try push(value, &tracer)
        } else {
            let value: UInt32 = try load(instruction.destination, instruction, &tracer)
            try push(value, &tracer)
        }
    }

    /// POP to memory computes its address with ESP already incremented (SDM vol. 2, POP).
    @inline(__always)
    mutating func popOperand<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let value = try peekSized(instruction.width, &tracer)
        let old = general[.esp]
        dropStack(UInt32(instruction.width))
        guard instruction.destination.isMemory else {
            if instruction.width == 2 {
                return setRegister(instruction.destination.code, UInt16(truncatingIfNeeded: value))
            }
            return setRegister(instruction.destination.code, value)
        }
        do {
            if instruction.width == 2 {
                try store(UInt16(truncatingIfNeeded: value), instruction.destination, instruction, &tracer)
            } else {
                try store(value, instruction.destination, instruction, &tracer)
            }
        } catch {
            general[.esp] = old
            throw error
        }
    }

    mutating func pushAll<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let original = general[.esp]
        try probePushes(8, instruction.width, &tracer)
        for number in 0..<UInt8(8) {
            let value = number == Register.esp.rawValue ? original : general[number]
            try pushSized(value, instruction.width, &tracer)
        }
    }

    mutating func popAll<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        var values = InlineArray<8, UInt32>(repeating: 0)
        for index in 0..<8 {
            values[7 - index] = try peekSized(instruction.width, index: UInt32(index), &tracer)
        }
        dropStack(UInt32(instruction.width) * 8)
        for number in 0..<UInt8(8) where number != Register.esp.rawValue {
            if instruction.width == 2 {
                setRegister(number, UInt16(truncatingIfNeeded: values[Int(number)]))
            } else {
                general[number] = values[Int(number)]
            }
        }
    }

    /// PUSHF: VM and RF read as zero in the image.
    mutating func pushFlags<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try pushSized(flags & ~(Flags.virtual8086 | Flags.resume), instruction.width, &tracer)
    }

    /// POPF: IOPL changes in ring 0 only, IF only where CPL ≤ IOPL; VM never; RF becomes zero.
    mutating func popFlags<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let image = try peekSized(instruction.width, &tracer)
        dropStack(UInt32(instruction.width))
        var mask = Flags.status | Flags.trap | Flags.direction | Flags.nestedTask
        if instruction.width == 4 { mask |= Flags.alignmentCheck | Flags.identification | Flags.resume }
        setFlagsFromImage(instruction.width == 4 ? image & ~Flags.resume : image, mask, &tracer)
    }

    /// Replaces the masked flags, and IF and IOPL where the current ring may.
    mutating func setFlagsFromImage<T: Tracer>(_ image: UInt32, _ mask: UInt32, _ tracer: inout T) {
        var mask = mask
        if UInt32(cpl) <= (flags & Flags.ioPrivilege) >> 12 { mask |= Flags.interrupt }
        if cpl == 0 { mask |= Flags.ioPrivilege }
        setFlags(flags & ~mask | image & mask, &tracer)
    }

    /// ENTER builds a frame and copies the display of outer frames (SDM vol. 2, ENTER). Pushes and reads take turns,
    /// so the first that is impossible faults; what was pushed by then lies below ESP, which stays.
    mutating func enterFrame<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let size = instruction.immediate & 0xFFFF
        let level = instruction.immediate >> 16 & 31
        let original = general[.esp]
        do {
            try pushSized(general[.ebp], instruction.width, &tracer)
            let frame = general[.esp]
            if level > 0 { try copyDisplay(level, frame, instruction.width, &tracer) }
            let top = (general[.esp] &- size) & stackMask
            try probeWrite(try linear(.ss, top, 1, isWrite: true), size: 1, user: cpl == 3, &tracer)
            setStackPointer(top)
            setFramePointer(frame, instruction.width)
        } catch {
            general[.esp] = original
            throw error
        }
    }

    private mutating func copyDisplay<T: Tracer>(
        _ level: UInt32, _ frame: UInt32, _ width: UInt8, _ tracer: inout T
    ) throws(Exception) {
        var pointer = general[.ebp]
        for _ in 1..<level {
            pointer = pointer &- UInt32(width)
            let outer =
                width == 2
                ? UInt32(try read(UInt16.self, .ss, pointer & stackMask, &tracer))
                : try read(UInt32.self, .ss, pointer & stackMask, &tracer)
            try pushSized(outer, width, &tracer)
        }
        try pushSized(frame, width, &tracer)
    }

    private mutating func setFramePointer(_ value: UInt32, _ width: UInt8) {
        if width == 2 {
            setRegister(Register.ebp.rawValue, UInt16(truncatingIfNeeded: value))
        } else {
            general[.ebp] = value
        }
    }

    mutating func leaveFrame<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let base = general[.ebp] & stackMask
        let saved =
            instruction.width == 2
            ? UInt32(try read(UInt16.self, .ss, base, &tracer)) : try read(UInt32.self, .ss, base, &tracer)
        setStackPointer(base &+ UInt32(instruction.width))
        setFramePointer(saved, instruction.width)
    }
}
