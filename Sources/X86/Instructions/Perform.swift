/// The one place that knows all operations: each case only names the semantics, which live in the family's
/// file. The switch is exhaustive, so an operation without semantics does not compile.
extension CPU {
    @inline(__always)
    mutating func perform<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        switch instruction.operation {
        case .mov: try move(instruction, &tracer)
        case .movzx8: try extend(from: UInt8.self, signed: false, instruction, &tracer)
        case .movzx16: try extend(from: UInt16.self, signed: false, instruction, &tracer)
        case .movsx8: try extend(from: UInt8.self, signed: true, instruction, &tracer)
        case .movsx16: try extend(from: UInt16.self, signed: true, instruction, &tracer)
        case .cmov: try conditionalMove(instruction, &tracer)
        case .setcc: try setOnCondition(instruction, &tracer)
        case .lea: loadEffectiveAddress(instruction)
        case .xchg: try exchange(instruction, &tracer)
        case .bswap: swapBytes(instruction)
        case .xlat: try translateByte(instruction, &tracer)
        case .nop: break
        case .push: try pushOperand(instruction, &tracer)
        case .pop: try popOperand(instruction, &tracer)
        case .pusha: try pushAll(instruction, &tracer)
        case .popa: try popAll(instruction, &tracer)
        case .pushf: try pushFlags(instruction, &tracer)
        case .popf: try popFlags(instruction, &tracer)
        case .enter: try enterFrame(instruction, &tracer)
        case .leave: try leaveFrame(instruction, &tracer)
        case .movFromSegment: try moveFromSegment(instruction, &tracer)
        case .movToSegment: try moveToSegment(instruction, &tracer)
        case .pushSegment: try pushSegment(instruction, &tracer)
        case .popSegment: try popSegment(instruction, &tracer)
        case .lds: try loadFarPointer(instruction, .ds, &tracer)
        case .les: try loadFarPointer(instruction, .es, &tracer)
        case .lfs: try loadFarPointer(instruction, .fs, &tracer)
        case .lgs: try loadFarPointer(instruction, .gs, &tracer)
        case .lss: try loadFarPointer(instruction, .ss, &tracer)
        case .movFromControl: try moveFromControl(instruction)
        case .movToControl: try moveToControl(instruction, &tracer)
        case .movFromDebug: try moveFromDebug(instruction)
        case .movToDebug: try moveToDebug(instruction)

        case .add: try binary(Add.self, instruction, &tracer)
        case .or: try binary(Or.self, instruction, &tracer)
        case .adc: try binary(AddWithCarry.self, instruction, &tracer)
        case .sbb: try binary(SubtractWithBorrow.self, instruction, &tracer)
        case .and: try binary(And.self, instruction, &tracer)
        case .sub: try binary(Subtract.self, instruction, &tracer)
        case .xor: try binary(ExclusiveOr.self, instruction, &tracer)
        case .cmp: try compare(Subtract.self, instruction, &tracer)
        case .test: try compare(And.self, instruction, &tracer)
        case .inc: try unary(Increment.self, instruction, &tracer)
        case .dec: try unary(Decrement.self, instruction, &tracer)
        case .neg: try unary(Negate.self, instruction, &tracer)
        case .not: try unary(Complement.self, instruction, &tracer)
        case .mul: try multiply(instruction, signed: false, &tracer)
        case .imulWide: try multiply(instruction, signed: true, &tracer)
        case .imul: try multiplyInto(instruction, &tracer)
        case .div: try divide(instruction, signed: false, &tracer)
        case .idiv: try divide(instruction, signed: true, &tracer)
        case .signExtendAccumulator: signExtendAccumulator(instruction)
        case .signExtendIntoData: signExtendIntoData(instruction)
        case .cmpxchg: try compareExchange(instruction, &tracer)
        case .cmpxchg8b: try compareExchange8(instruction, &tracer)
        case .xadd: try exchangeAdd(instruction, &tracer)
        case .bound: try checkBounds(instruction, &tracer)
        case .aaa: unpackedAdjust(subtract: false)
        case .aas: unpackedAdjust(subtract: true)
        case .aam: try adjustAfterMultiply(instruction)
        case .aad: adjustBeforeDivide(instruction)
        case .daa: decimalAdjust(subtract: false)
        case .das: decimalAdjust(subtract: true)
        case .salc: setRegister(0, flag(Flags.carry) ? UInt8.max : 0)

        case .rol: try shift(RotateLeft.self, instruction, &tracer)
        case .ror: try shift(RotateRight.self, instruction, &tracer)
        case .rcl: try shift(RotateCarryLeft.self, instruction, &tracer)
        case .rcr: try shift(RotateCarryRight.self, instruction, &tracer)
        case .shl: try shift(ShiftLeft.self, instruction, &tracer)
        case .shr: try shift(ShiftRight.self, instruction, &tracer)
        case .sar: try shift(ShiftArithmeticRight.self, instruction, &tracer)
        case .shld: try shiftDouble(instruction, left: true, &tracer)
        case .shrd: try shiftDouble(instruction, left: false, &tracer)
        case .bt: try testBit(instruction, .none, &tracer)
        case .bts: try testBit(instruction, .set, &tracer)
        case .btr: try testBit(instruction, .reset, &tracer)
        case .btc: try testBit(instruction, .complement, &tracer)
        case .bsf: try scanBits(instruction, reverse: false, &tracer)
        case .bsr: try scanBits(instruction, reverse: true, &tracer)

        case .movs: try stringRound(instruction, &tracer) { (cpu, tracer) throws(Exception) in
            try cpu.moveString(instruction, &tracer)
        }
        case .cmps: try stringRound(instruction, comparesZero: true, &tracer) { (cpu, tracer) throws(Exception) in
            try cpu.compareString(instruction, &tracer)
        }
        case .stos: try stringRound(instruction, &tracer) { (cpu, tracer) throws(Exception) in
            try cpu.storeString(instruction, &tracer)
        }
        case .lods: try stringRound(instruction, &tracer) { (cpu, tracer) throws(Exception) in
            try cpu.loadString(instruction, &tracer)
        }
        case .scas: try stringRound(instruction, comparesZero: true, &tracer) { (cpu, tracer) throws(Exception) in
            try cpu.scanString(instruction, &tracer)
        }
        case .ins: try stringRound(instruction, &tracer) { (cpu, tracer) throws(Exception) in
            try cpu.inputString(instruction, &tracer)
        }
        case .outs: try stringRound(instruction, &tracer) { (cpu, tracer) throws(Exception) in
            try cpu.outputString(instruction, &tracer)
        }

        case .jmp: try jump(instruction, &tracer)
        case .jcc: try jumpIf(holds(instruction.condition), instruction)
        case .call: try call(instruction, &tracer)
        case .ret: try returnNear(instruction, &tracer)
        case .loop: try loop(instruction, while: true)
        case .loope: try loop(instruction, while: flag(Flags.zero))
        case .loopne: try loop(instruction, while: !flag(Flags.zero))
        case .jcxz: try jumpIfCountZero(instruction)
        case .jmpFar: try farTransfer(instruction, isCall: false, &tracer)
        case .callFar: try farTransfer(instruction, isCall: true, &tracer)
        case .retFar: try returnFar(instruction, &tracer)
        case .int: try softwareInterrupt(UInt8(truncatingIfNeeded: instruction.immediate), &tracer)
        case .int1: try debugInterrupt(&tracer)
        case .int3: try softwareInterrupt(Exception.Vector.breakpoint.rawValue, &tracer)
        case .into: if flag(Flags.overflow) { try softwareInterrupt(Exception.Vector.overflow.rawValue, &tracer) }
        case .iret: try interruptReturn(instruction, &tracer)
        case .sysenter: try systemEnter(&tracer)
        case .sysexit: try systemExit(&tracer)
        case .syscall: try systemCall(&tracer)
        case .sysret: try systemReturn(&tracer)

        case .cli: try setInterruptFlag(false, &tracer)
        case .sti: try setInterruptFlag(true, &tracer)
        case .cld: flags &= ~Flags.direction
        case .std: flags |= Flags.direction
        case .clc: flags &= ~Flags.carry
        case .stc: flags |= Flags.carry
        case .cmc: flags ^= Flags.carry
        case .lahf: loadFlags()
        case .sahf: storeFlags()
        case .in: try input(instruction, &tracer)
        case .out: try output(instruction, &tracer)
        case .hlt:
            try requireRingZero()
            isHalted = true
        case .cpuid: identify()
        case .rdtsc: try readTimeStamp()
        case .rdmsr: try readModelSpecific(&tracer)
        case .wrmsr: try writeModelSpecific(&tracer)
        case .lar: try loadAccessRights(instruction, &tracer)
        case .lsl: try loadSegmentLimit(instruction, &tracer)
        case .verr: try verifySegment(instruction, write: false, &tracer)
        case .verw: try verifySegment(instruction, write: true, &tracer)
        case .arpl: try adjustRequestedPrivilege(instruction, &tracer)
        case .lgdt: gdtr = try loadTable(instruction, &tracer)
        case .lidt: idtr = try loadTable(instruction, &tracer)
        case .lldt: try loadLocalTable(instruction, &tracer)
        case .ltr: try loadTask(instruction, &tracer)
        case .sgdt: try storeTable(gdtr, instruction, &tracer)
        case .sidt: try storeTable(idtr, instruction, &tracer)
        case .sldt: try storeWord(UInt32(localTable.selector), instruction, &tracer)
        case .str: try storeWord(UInt32(taskRegister.selector), instruction, &tracer)
        case .lmsw: try loadMachineStatus(instruction, &tracer)
        case .smsw: try storeWord(control.cr0, instruction, &tracer)
        case .clts: try clearTaskSwitched(&tracer)
        case .invlpg: try invalidatePage(instruction)
        case .invd, .wbinvd: try requireRingZero()

        case .floatingPoint: try refuseFloatingPoint(instruction)
        case .floatingWait: try waitForFloatingPoint()
        case .multimedia: try refuseMultimedia(instruction)
        case .undefined, .lockNotAllowed, .notImplemented, .notOnThisModel:
            throw .unexecutable(instruction)
        }
    }
}
