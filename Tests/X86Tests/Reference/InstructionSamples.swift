import X86

/// A line or more of assembly for every instruction, the last one being the instruction itself. The lines before it
/// change no flags. EBX, ESI and EDI point to data; EAX, ECX and EDX are anything.
enum InstructionSamples {
    /// Every mnemonic that is more than a prefix, one name of each that has several.
    static let names: [String] = {
        let prefixes: Set = ["rep", "repe", "repz", "repne", "repnz", "lock"]
        return InstructionReference.mnemonics.filter { name in
            let others = InstructionReference.named(name)?.otherNames ?? []
            return !prefixes.contains(name) && others.allSatisfy { name.uppercased() < $0 }
        }
    }()

    static let byMnemonic: [String: [String]] = [
        "mov": ["mov eax, [ebx]"], "movzx": ["movzx eax, byte [ebx]"], "movsx": ["movsx eax, cx"],
        "lea": ["lea eax, [ecx+edx*4+1]"], "xchg": ["xchg eax, [ebx]"], "bswap": ["bswap eax"], "xlat": ["xlat"],
        "nop": ["nop"], "pause": ["pause"], "prefetch": ["prefetch [ebx]"], "prefetchw": ["prefetchw [ebx]"],
        "prefetchnta": ["prefetchnta [ebx]"], "prefetcht0": ["prefetcht0 [ebx]"], "prefetcht1": ["prefetcht1 [ebx]"],
        "prefetcht2": ["prefetcht2 [ebx]"], "push": ["push eax"], "pop": ["pop ecx"],
        "pusha": ["pusha"], "pushad": ["pushad"], "popa": ["popa"], "popad": ["popad"], "pushaw": ["pushaw"],
        "popaw": ["popaw"], "pushf": ["pushf"], "pushfd": ["pushfd"], "pushfw": ["pushfw"],
        "popf": ["push eax\npopf"], "popfd": ["push eax\npopfd"], "popfw": ["push eax\npopfw"],
        "enter": ["enter 8, 1"], "leave": ["mov ebp, esp\nleave"],
        "lds": ["mov word [DATA+4], 0x10\nlds eax, [DATA]"], "les": ["mov word [DATA+4], 0x10\nles eax, [DATA]"],
        "lfs": ["mov word [DATA+4], 0x10\nlfs eax, [DATA]"], "lgs": ["mov word [DATA+4], 0x10\nlgs eax, [DATA]"],
        "lss": ["mov word [DATA+4], 0x10\nlss eax, [DATA]"],
        "add": ["add eax, ecx", "add al, [ebx]"], "or": ["or eax, ecx"], "adc": ["adc eax, ecx"],
        "sbb": ["sbb [ebx], eax"], "and": ["and eax, ecx"], "sub": ["sub eax, ecx"], "xor": ["xor eax, ecx"],
        "cmp": ["cmp eax, ecx"], "test": ["test eax, ecx"], "inc": ["inc eax"], "dec": ["dec byte [ebx]"],
        "neg": ["neg eax"], "not": ["not eax"],
        "mul": ["mul ecx"], "imul": ["imul eax, ecx", "imul cl"],
        "div": ["mov edx, 0\ndiv ecx"], "idiv": ["mov edx, 0\nidiv ecx"], "cbw": ["cbw"], "cwde": ["cwde"],
        "cwd": ["cwd"], "cdq": ["cdq"], "cmpxchg": ["cmpxchg [ebx], ecx"],
        "cmpxchg8b": ["cmpxchg8b [ebx]", "mov eax, [ebx]\nmov edx, [ebx+4]\ncmpxchg8b [ebx]"],
        "xadd": ["xadd [ebx], eax"], "bound": ["bound eax, [ebx]"], "aaa": ["aaa"], "aas": ["aas"],
        "aam": ["aam", "aam 255"],
        "aad": ["aad"], "daa": ["daa"], "das": ["das"], "salc": ["salc"],
        "rol": ["rol eax, cl"], "ror": ["ror eax, cl"], "rcl": ["rcl eax, cl"], "rcr": ["rcr eax, cl"],
        "shl": ["shl eax, cl"], "shr": ["shr eax, 1", "shr eax, cl"], "sar": ["sar eax, 1", "sar eax, cl"],
        "shld": ["shld eax, edx, cl"], "shrd": ["shrd eax, edx, cl"],
        "bt": ["bt eax, ecx"], "bts": ["bts eax, ecx"], "btr": ["btr eax, ecx"], "btc": ["btc eax, ecx"],
        "bsf": ["bsf eax, ecx"], "bsr": ["bsr eax, ecx"],
        "jmp": ["jmp CODE"], "call": ["call CODE"], "ret": ["push CODE\nret"], "retf": ["push 8\npush CODE\nretf"],
        "loop": ["loop CODE"], "loope": ["loope CODE"], "loopne": ["loopne CODE"], "jcxz": ["jcxz CODE"],
        "jecxz": ["jecxz CODE"], "int": ["int 0x2e", "int 0x2d"], "int1": ["int1"], "int3": ["int3"], "into": ["into"],
        "iret": ["push eax\npush 8\npush CODE\niret"], "iretd": ["push eax\npush 8\npush CODE\niretd"],
        "iretw": ["push ax\npush word 8\npush word 0\niretw"],
        "sysenter": ["sysenter"], "sysexit": ["mov ecx, STACK\nmov edx, CODE\nsysexit"], "syscall": ["syscall"],
        "sysret": ["mov ecx, CODE\nsysret"],
        "cli": ["cli"], "sti": ["sti"], "cld": ["cld"], "std": ["std"], "clc": ["clc"], "stc": ["stc"], "cmc": ["cmc"],
        "lahf": ["lahf"], "sahf": ["sahf"], "in": ["in al, dx"], "out": ["out 0x80, al"], "hlt": ["hlt"],
        "cpuid": ["cpuid"], "rdtsc": ["rdtsc"], "rdpmc": ["mov ecx, 0\nrdpmc", "rdpmc"],
        "rdmsr": ["mov ecx, 0x174\nrdmsr"],
        "wrmsr": ["mov ecx, 0x176\nwrmsr"], "lar": ["lar eax, cx"], "lsl": ["lsl eax, cx"],
        "verr": ["verr cx"], "verw": ["verw cx"], "arpl": ["arpl ax, cx"], "lgdt": ["lgdt [ebx]"],
        "lidt": ["lidt [ebx]"], "lldt": ["mov eax, 0\nlldt ax"], "ltr": ["mov eax, 0x30\nltr ax"],
        "sgdt": ["sgdt [ebx]"], "sidt": ["sidt [ebx]"], "sldt": ["sldt eax"], "str": ["str eax"],
        "lmsw": ["lmsw ax"], "smsw": ["smsw eax"], "clts": ["clts"], "invlpg": ["invlpg [ebx]"], "invd": ["invd"],
        "wbinvd": ["wbinvd"], "fwait": ["fwait"], "ud2": ["ud2"],
    ]

    /// The samples of a name: its own, those of a name that means the same, or of the family it belongs to.
    static func samples(of name: String, otherNames: [String]) -> [String]? {
        let names = [name] + otherNames.map { $0.lowercased() }
        if let samples = names.compactMap({ byMnemonic[$0] }).first { return samples }
        if name.hasPrefix("cmov") { return ["\(name == "cmovcc" ? "cmovz" : name) eax, ecx"] }
        if name.hasPrefix("set") { return ["\(name == "setcc" ? "setz" : name) al"] }
        if name.hasPrefix("j") { return ["\(name == "jcc" ? "jz" : name) CODE"] }
        if let stem = ["movs", "cmps", "stos", "lods", "scas", "ins", "outs"].first(where: name.hasPrefix) {
            return ["\(name == stem ? name + "b" : name)"]
        }
        return nil
    }
}
