import X86

/// What Bochs' debugger shows of its processor between two instructions.
struct BochsState {
    /// A segment register with its hidden part.
    struct Segment {
        var selector: UInt16 = 0
        /// The hidden part, in a descriptor's layout.
        var descriptor = Descriptor(raw: 0)
        var isValid = false
    }

    var registers = RegisterState()
    var segments: [SegmentName: Segment] = [:]
    /// CR0, CR2, CR3 and CR4 by their numbers.
    var control: [Int: UInt32] = [:]
    /// What the instruction before did to memory, in order; walks of the page tables are not among it.
    var accesses: [MemoryAccess] = []
    /// The accessed and dirty bits that it set, in order.
    var marks: [PageMark] = []

    /// About to begin anew: what a triple fault comes to with a PC around the processor.
    var isReset: Bool { registers[.cs] == 0xF000 && registers.eip == 0xFFF0 }
}

/// A page-directory or page-table entry that the processor wrote.
struct PageMark: Hashable {
    /// Physical address of the entry.
    let entry: UInt32
    let value: UInt32
}

/// One access of an instruction's to memory, by linear address.
struct MemoryAccess: Hashable, CustomStringConvertible {
    let isWrite: Bool
    let address: UInt32
    let size: UInt8
    let value: UInt64

    var description: String {
        "\(isWrite ? "write" : "read") \(size) at \(hexadecimal(address)): \(String(value, radix: 16, uppercase: true))h"
    }

    init(isWrite: Bool, address: UInt32, size: UInt8, value: UInt64) {
        self.isWrite = isWrite
        self.address = address
        self.size = size
        self.value = value
    }

    /// The access that an effect is, or `nil` for everything else.
    init?(_ effect: Effect) {
        switch effect {
        case .read(let address, let size, let value, _):
            self.init(isWrite: false, address: address, size: size, value: value)
        case .write(let address, let size, _, let new):
            self.init(isWrite: true, address: address, size: size, value: new)
        default: return nil
        }
    }
}

func hexadecimal(_ value: some BinaryInteger) -> String { String(value, radix: 16, uppercase: true) + "h" }
