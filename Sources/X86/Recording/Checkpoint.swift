#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The complete state of a processor and its memory at an instruction boundary. Two are equal if no guest could tell
/// the difference, TLB included.
///
/// A page that did not change between two checkpoints of the same processor is kept once.
public struct Checkpoint: Equatable, Sendable {
    /// Instructions completed when it was taken.
    public var instructionCount: UInt64 { system.instructionCount }
    /// The registers, as a debugger shows them.
    public let registers: RegisterState

    let boundary: InstructionBoundary
    let system: SystemState
    let console: [UInt8]
    let translations: [TLB.Entry]
    let pages: [SavedPage]
    /// The open page of code: it decides when the TLB is asked next, and is itself nothing that a guest could see.
    let openPage: CodeWindow.Place?

    /// Whether no guest could tell the difference.
    public static func == (left: Checkpoint, right: Checkpoint) -> Bool {
        left.registers == right.registers && left.boundary == right.boundary && left.system == right.system
            && left.console == right.console && left.translations == right.translations && left.pages == right.pages
    }

    /// Bytes of guest memory that this checkpoint keeps and another does not: what dropping it would free if only the
    /// two existed. Pages that were never written cost nothing.
    public func bytesNotShared(with other: Checkpoint?) -> Int {
        let shared = Set(((other?.pages ?? []) + [.zero]).map(ObjectIdentifier.init))
        return pages.reduce(0) { shared.contains(ObjectIdentifier($1)) ? $0 : $0 + SavedPage.size }
    }
}

/// A copy of a page that never changes.
final class SavedPage: Equatable, Sendable {
    static let size = Int(PhysicalMemory.pageSize)
    /// What untouched memory holds.
    static let zero = SavedPage(Array(repeating: 0, count: size))

    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func == (left: SavedPage, right: SavedPage) -> Bool { left === right || left.bytes == right.bytes }
}

extension CPU {
    /// Keeps the state, so that ``restore(_:)`` can come back to it. What follows a checkpoint is the same each time
    /// that it is executed, the time-stamp counter included, as long as the same interrupts are requested and the
    /// same changes made from outside at the same instructions.
    ///
    /// The run is the same as without a checkpoint. It costs a look at all of RAM, a few milliseconds, and a copy of the
    /// pages that changed since the last one.
    public mutating func checkpoint() -> Checkpoint {
        savePages()
        return Checkpoint(
            registers: state, boundary: boundary, system: systemState, console: console.bytes,
            translations: tlb.contents, pages: savedPages, openPage: window.place)
    }

    /// Returns to a checkpoint of this processor, or of one with as much memory.
    /// - Returns: false, with nothing changed, if the memory sizes differ.
    @discardableResult
    public mutating func restore(_ checkpoint: Checkpoint) -> Bool {
        guard checkpoint.pages.count == physical.pageCount else { return false }
        for register in Register.allCases { general[register] = checkpoint.registers[register] }
        eip = checkpoint.registers.eip
        flags = checkpoint.registers.eflags
        boundary = checkpoint.boundary
        console.replace(with: checkpoint.console)
        restore(checkpoint.system)
        tlb.contents = checkpoint.translations
        restorePages(checkpoint.pages)
        reopen(checkpoint.openPage)
        updateAttention()
        return true
    }

    private mutating func savePages() {
        if savedPages.isEmpty { savedPages = Array(repeating: SavedPage.zero, count: physical.pageCount) }
        for page in 0..<physical.pageCount where !physical.page(page, equals: savedPages[page].bytes) {
            savedPages[page] = SavedPage(physical.bytes(ofPage: page))
        }
    }

    private mutating func reopen(_ place: CodeWindow.Place?) {
        guard let place else { return window.close() }
        window.open(at: place.linear, physical: place.physical, decoded.slots(at: place.physical))
    }

    private mutating func restorePages(_ pages: [SavedPage]) {
        for page in 0..<physical.pageCount where !physical.page(page, equals: pages[page].bytes) {
            let address = UInt32(page) * PhysicalMemory.pageSize
            physical.copy(pages[page].bytes, to: address)
            decoded.noteWrite(at: address, size: PhysicalMemory.pageSize)
        }
        savedPages = pages
    }
}

extension PhysicalMemory {
    /// Whether a page of RAM holds exactly those bytes.
    func page(_ number: Int, equals bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { saved in
            saved.count == Int(Self.pageSize)
                && saved.baseAddress.map { memcmp($0, start(ofPage: number), saved.count) } == 0
        }
    }

    func bytes(ofPage number: Int) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: start(ofPage: number), count: Int(Self.pageSize)))
    }
}
