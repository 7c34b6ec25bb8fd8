import CZydis

extension CPUModel {
    /// Whether this model knows the instruction set that Zydis counts an instruction to. Whatever came after
    /// the last model here is unknown to all of them.
    func has(_ set: ZydisISASet) -> Bool {
        switch set {
        case ZYDIS_ISA_SET_I86, ZYDIS_ISA_SET_I186, ZYDIS_ISA_SET_I286REAL, ZYDIS_ISA_SET_I286PROTECTED,
            ZYDIS_ISA_SET_I386, ZYDIS_ISA_SET_I486, ZYDIS_ISA_SET_I486REAL, ZYDIS_ISA_SET_X87, ZYDIS_ISA_SET_LAHF,
            ZYDIS_ISA_SET_PAUSE, ZYDIS_ISA_SET_PENTIUMREAL:  // PAUSE is a NOP; the last are gated one by one
            true
        // SYSENTER, SYSCALL and their returns, UD2 among them, are gated one by one as well.
        case ZYDIS_ISA_SET_PPRO, ZYDIS_ISA_SET_AMD, ZYDIS_ISA_SET_SSE_PREFETCH: true
        case ZYDIS_ISA_SET_CMOV, ZYDIS_ISA_SET_FCMOV, ZYDIS_ISA_SET_RDPMC, ZYDIS_ISA_SET_FAT_NOP:
            has(Feature.conditionalMove)
        case ZYDIS_ISA_SET_PENTIUMMMX: has(Feature.multimedia)
        case ZYDIS_ISA_SET_FXSAVE: has(Feature.fastSave)
        case ZYDIS_ISA_SET_SSE, ZYDIS_ISA_SET_SSEMXCSR: has(Feature.streamingExtensions)
        case ZYDIS_ISA_SET_AMD3DNOW, ZYDIS_ISA_SET_PREFETCH_NOP: has3DNow
        default: false
        }
    }
}
