import Debugger
import Testing
import X86

/// A machine that executes random bytes; its exception handlers skip one and go on. It pages, so the TLB is in use.
struct RandomGuest {
    private let image: BootableImage
    private let model: CPUModel

    init(seed: UInt64, length: Int = 600) throws {
        var generator = SeededGenerator(seed: seed)
        let bytes = (0..<length).map { _ in String(UInt8.random(in: 0...255, using: &generator)) }
        let registers = ["eax", "ecx", "edx", "ebx", "ebp", "esi", "edi"].map {
            "mov \($0), \(UInt32.random(in: 0x28_0000..<0x2F_0000, using: &generator))"
        }
        let machine = try tinyMachine(
            Self.prologue + registers.joined(separator: "\n")
                + "\nsti\nboot@Random: db \(bytes.joined(separator: ", "))\njmp boot@Random\n" + Self.handlers)
        image = machine.image
        model = machine.cpu.model
    }

    /// A fresh one, just before its first instruction.
    func machine() -> Machine { Machine(image: image, model: model) }

    /// The state that a machine comes to in a straight line, with everything from outside at its step.
    func state(after steps: Int, _ events: [TimelineEvent]) -> Checkpoint {
        let machine = machine()
        var events = events[...]
        for step in 0...steps {
            while let event = events.first, event.step == step {
                Self.repeat(event, on: machine)
                events.removeFirst()
            }
            if step < steps { _ = machine.step() }
        }
        return machine.cpu.checkpoint()
    }

    private static func `repeat`(_ event: TimelineEvent, on machine: Machine) {
        switch event.kind {
        case .edit(let edit, _): _ = try? edit.apply(to: machine)
        case .interrupt(let vector): machine.cpu.requestInterrupt(vector: vector)
        case .nonMaskableInterrupt: machine.cpu.requestNMI()
        }
    }

    /// Interrupt table at 180000h, page directory with pages of 4 MiB at 300000h.
    private static let prologue = """
        mov esp, 0x200000
        lgdt [boot@GDTR]
        mov edi, 0x180000
        xor ecx, ecx
        boot@Fill:
        mov eax, boot@Plain
        mov edx, 0x27D00
        cmp ecx, 32
        jae boot@Gate
        bt edx, ecx
        jnc boot@Gate
        mov eax, boot@Coded
        boot@Gate:
        mov [edi+ecx*8], ax
        mov word [edi+ecx*8+2], 0x08
        mov word [edi+ecx*8+4], 0x8E00
        shr eax, 16
        mov [edi+ecx*8+6], ax
        inc ecx
        cmp ecx, 256
        jb boot@Fill
        lidt [boot@IDTR]
        mov edi, 0x300000
        mov eax, 0x83
        mov ecx, 4
        boot@Map:
        mov [edi], eax
        add eax, 0x400000
        add edi, 4
        loop boot@Map
        mov eax, 0x10
        mov cr4, eax
        mov eax, 0x300000
        mov cr3, eax
        mov eax, cr0
        or eax, 0x80000000
        mov cr0, eax

        """

    private static let handlers = """
        boot@Plain: inc dword [esp]
        iretd
        boot@Coded: add esp, 4
        inc dword [esp]
        iretd
        boot@GDT: dd 0, 0, 0xFFFF, 0xCF9B00, 0xFFFF, 0xCF9300
        boot@GDTR: dw 23
        dd boot@GDT
        boot@IDTR: dw 2047
        dd 0x180000
        """
}

extension Timeline {
    /// Runs in pieces of random length with random changes and interrupts between them.
    func wander(_ steps: Int, _ generator: inout SeededGenerator) {
        while position < steps, !machine.hasStopped {
            run(steps: min(Int.random(in: 1...400, using: &generator), steps - position))
            disturb(&generator)
        }
    }

    private func disturb(_ generator: inout SeededGenerator) {
        let number = UInt32.random(in: 0...UInt32.max, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: requestInterrupt(vector: UInt8(0x20 + number % 0x40))
        case 1: requestNMI()
        case 2: _ = try? apply(.register(.ecx, number))
        case 3: _ = try? apply(.memory(address: 0x28_0000 + number % 0x1000, [1, 2, 3, 4]))
        case 4: _ = try? apply(.flags(number & ~0x4000 | 0x200))
        default: break
        }
    }
}
