/// What a kernel writes to the MSRs at boot, for ``TestMachine``'s `setup`.
enum SystemCallSetup {
    /// SYSENTER to the handler of vector 10h, on a stack at 6800h.
    static let enter = """
        mov ecx, 0x174
        mov edx, 0
        mov eax, 8
        wrmsr
        inc ecx
        mov eax, 0x6800
        wrmsr
        inc ecx
        mov eax, 0x8100
        wrmsr
        """

    /// STAR and EFER.SCE; SYSCALL goes to the handler of vector 10h.
    static let call = """
        mov ecx, 0xC0000081
        mov eax, 0x8100
        mov edx, 0x00180008
        wrmsr
        dec ecx
        mov eax, 1
        mov edx, 0
        wrmsr
        """

    static let both = enter + "\n" + call
}
