/// Every operation's page. The switch is exhaustive: an operation that is executed and not explained does not compile.
extension Operation {
    /// The text about this operation.
    var entry: InstructionEntry {
        var entry = declaredEntry
        entry.operation = self
        return entry
    }

    private var declaredEntry: InstructionEntry {
        switch self {
        case .mov: .move
        case .movzx8, .movzx16: .moveZeroExtended
        case .movsx8, .movsx16: .moveSignExtended
        case .cmov: .moveConditional
        case .setcc: .setConditional
        case .lea: .loadAddress
        case .xchg: .exchange
        case .bswap: .byteSwap
        case .xlat: .translate
        case .nop: .noOperation
        case .prefetch: .prefetch
        case .prefetchHint: .prefetchHint
        case .push: .push
        case .pop: .pop
        case .pusha: .pushAll
        case .popa: .popAll
        case .pushf: .pushFlags
        case .popf: .popFlags
        case .enter: .enter
        case .leave: .leave
        case .movFromSegment, .movToSegment: .moveSegment
        case .pushSegment: .pushSegment
        case .popSegment: .popSegment
        case .lds: .loadDS
        case .les: .loadES
        case .lfs: .loadFS
        case .lgs: .loadGS
        case .lss: .loadSS
        case .movFromControl, .movToControl: .moveControl
        case .movFromDebug, .movToDebug: .moveDebug

        case .add: .add
        case .or: .or
        case .adc: .addWithCarry
        case .sbb: .subtractWithBorrow
        case .and: .and
        case .sub: .subtract
        case .xor: .exclusiveOr
        case .cmp: .compare
        case .test: .test
        case .inc: .increment
        case .dec: .decrement
        case .neg: .negate
        case .not: .complement
        case .mul: .multiply
        case .imulWide: .multiplySignedWide
        case .imul: .multiplySigned
        case .div: .divide
        case .idiv: .divideSigned
        case .signExtendAccumulator: .signExtendAccumulator
        case .signExtendIntoData: .signExtendIntoData
        case .cmpxchg: .compareExchange
        case .cmpxchg8b: .compareExchange8
        case .xadd: .exchangeAdd
        case .bound: .bound
        case .aaa: .adjustAddition
        case .aas: .adjustSubtraction
        case .aam: .adjustMultiplication
        case .aad: .adjustDivision
        case .daa: .decimalAddition
        case .das: .decimalSubtraction
        case .salc: .carryToAccumulator

        case .rol: .rotateLeft
        case .ror: .rotateRight
        case .rcl: .rotateCarryLeft
        case .rcr: .rotateCarryRight
        case .shl: .shiftLeft
        case .shr: .shiftRight
        case .sar: .shiftArithmetic
        case .shld: .shiftLeftDouble
        case .shrd: .shiftRightDouble
        case .bt: .bitTest
        case .bts: .bitTestSet
        case .btr: .bitTestReset
        case .btc: .bitTestComplement
        case .bsf: .scanForward
        case .bsr: .scanReverse

        case .movs: .moveString
        case .cmps: .compareString
        case .stos: .storeString
        case .lods: .loadString
        case .scas: .scanString
        case .ins: .inputString
        case .outs: .outputString

        case .jmp: .jump
        case .jcc: .jumpConditional
        case .call: .call
        case .ret: .nearReturn
        case .loop: .loop
        case .loope: .loopEqual
        case .loopne: .loopNotEqual
        case .jcxz: .jumpCountZero
        case .jmpFar: .farJump
        case .callFar: .farCall
        case .retFar: .farReturn
        case .int: .softwareInterrupt
        case .int1: .debugInterrupt
        case .int3: .breakpoint
        case .into: .overflowInterrupt
        case .iret: .interruptReturn
        case .sysenter: .systemEnter
        case .sysexit: .systemExit
        case .syscall: .systemCall
        case .sysret: .systemReturn

        case .cli: .clearInterrupt
        case .sti: .setInterrupt
        case .cld: .clearDirection
        case .std: .setDirection
        case .clc: .clearCarry
        case .stc: .setCarry
        case .cmc: .complementCarry
        case .lahf: .loadFlags
        case .sahf: .storeFlags

        case .in: .input
        case .out: .output
        case .hlt: .halt
        case .cpuid: .identify
        case .rdtsc: .readTimeStamp
        case .rdpmc: .readPerformanceCounter
        case .rdmsr: .readModelSpecific
        case .wrmsr: .writeModelSpecific
        case .lar: .loadAccessRights
        case .lsl: .loadSegmentLimit
        case .verr: .verifyRead
        case .verw: .verifyWrite
        case .arpl: .adjustPrivilege
        case .lgdt: .loadGlobalTable
        case .lidt: .loadInterruptTable
        case .lldt: .loadLocalTable
        case .ltr: .loadTask
        case .sgdt: .storeGlobalTable
        case .sidt: .storeInterruptTable
        case .sldt: .storeLocalTable
        case .str: .storeTask
        case .lmsw: .loadMachineStatus
        case .smsw: .storeMachineStatus
        case .clts: .clearTaskSwitched
        case .invlpg: .invalidatePage
        case .invd: .invalidateCache
        case .wbinvd: .writeBackCache

        case .undefined: .undefinedOpcode
        case .lockNotAllowed: .lockRefused
        case .floatingPoint: .floatingPoint
        case .floatingWait: .floatingWait
        case .multimedia: .multimedia
        case .notImplemented: .notImplemented
        case .notOnThisModel: .notOnThisModel
        }
    }

    /// The other operations that hide behind the same mnemonic.
    var furtherForms: [Operation] {
        switch self {
        case .mov: [.movToSegment, .movToControl, .movToDebug]
        case .push: [.pushSegment]
        case .pop: [.popSegment]
        case .imul: [.imulWide]
        case .jmp: [.jmpFar]
        case .call: [.callFar]
        default: []
        }
    }
}
