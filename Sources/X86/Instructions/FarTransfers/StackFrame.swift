/// What a gate saves on the stack of the code that it enters, in the order of the pushes.
struct StackFrame {
    /// Bytes of each item: 2 through a 16-bit gate, else 4.
    let width: UInt8
    private(set) var items = InlineArray<36, UInt32>(repeating: 0)
    private(set) var count = 0
    /// The items that are copied from the old stack, the deepest first. They are read only when they are pushed.
    private(set) var copies = 0..<0

    init(width: UInt8) { self.width = width }

    mutating func append(_ item: UInt32) {
        items[count] = item
        count += 1
    }

    /// Appends items that the old stack holds, in such an order that they lie on the new one as they do on the old.
    mutating func appendCopies(_ number: Int) {
        copies = count..<count + number
        count += number
    }

    /// Where a copied item lies on the old stack, counted in items from the top; `nil` if it is not a copy.
    func indexOnOldStack(ofItem index: Int) -> UInt32? {
        copies.contains(index) ? UInt32(copies.upperBound - 1 - index) : nil
    }

    /// Bytes on the stack.
    var size: UInt32 { UInt32(count) * UInt32(width) }
}

/// A stack that a frame goes onto: the current one, or an inner ring's.
struct TargetStack {
    let segment: SegmentRegister
    /// Where the segment comes from if it is still to be loaded.
    let descriptor: CheckedSegment?
    let pointer: UInt32

    /// Offset of the item that is pushed as number `index`, counted from 1.
    func offset(ofItem index: Int, _ width: UInt8) -> UInt32 {
        let offset = pointer &- UInt32(width) &* UInt32(truncatingIfNeeded: index)
        return segment.is32Bit ? offset : offset & 0xFFFF
    }
}

/// Writing frames: first everything that may be refused, then the pushes.
extension CPU {
    var currentStack: TargetStack {
        TargetStack(segment: segments[.ss], descriptor: nil, pointer: general[.esp])
    }

    /// Whether the segment has room for that many items; a page may still refuse them.
    func checkRoom(
        for count: Int, _ width: UInt8, on stack: TargetStack, errorCode: UInt32
    ) throws(Exception) {
        for index in 1...max(1, count)
        where !stack.segment.contains(stack.offset(ofItem: index, width), size: UInt32(width)) {
            throw Exception(.stackFault, errorCode: errorCode, .segmentLimit)
        }
    }

    /// Enters checked code in `ring` with a frame on `stack`. Only a page can still refuse it, before anything changes.
    mutating func enter<T: Tracer>(
        _ target: CheckedSegment, ring: UInt8, _ frame: StackFrame, on stack: TargetStack, _ tracer: inout T
    ) throws(Exception) {
        try probe(frame, on: stack, user: ring == 3, &tracer)
        var code = try load(target, &tracer)
        code.selector = code.selector & ~3 | UInt16(ring)
        if let descriptor = stack.descriptor {
            let segment = try load(descriptor, &tracer)
            try push(frame, on: stack, user: ring == 3, &tracer)
            switchStack(to: segment, stack.pointer, &tracer)
        } else {
            try push(frame, on: stack, user: ring == 3, &tracer)
        }
        setStackPointer(general[.esp] &- frame.size)
        setRing(ring, &tracer)
        setSegment(.cs, code, &tracer)
    }

    /// Tries all pages with the rights of the ring that is entered; in ring 3 alignment may count as well.
    private mutating func probe<T: Tracer>(
        _ frame: StackFrame, on stack: TargetStack, user: Bool, _ tracer: inout T
    ) throws(Exception) {
        let width = UInt32(frame.width)
        for index in 1...max(1, frame.count) {
            let linear = stack.segment.base &+ stack.offset(ofItem: index, frame.width)
            if user { try checkAlignment(linear, width) }
            try probeWrite(linear, size: width, user: user, &tracer)
        }
    }

    private mutating func push<T: Tracer>(
        _ frame: StackFrame, on stack: TargetStack, user: Bool, _ tracer: inout T
    ) throws(Exception) {
        for index in 1...max(1, frame.count) {
            let linear = stack.segment.base &+ stack.offset(ofItem: index, frame.width)
            let item = try item(index - 1, of: frame, &tracer)
            if frame.width == 2 {
                try writeLinear(UInt16(truncatingIfNeeded: item), linear, user: user, &tracer)
            } else {
                try writeLinear(item, linear, user: user, &tracer)
            }
        }
    }

    /// The stack pointer is still the old one's when an item is copied from there.
    private mutating func item<T: Tracer>(
        _ index: Int, of frame: StackFrame, _ tracer: inout T
    ) throws(Exception) -> UInt32 {
        guard let depth = frame.indexOnOldStack(ofItem: index) else { return frame.items[index] }
        return try peekSized(frame.width, index: depth, &tracer)
    }

    private mutating func switchStack<T: Tracer>(
        to segment: SegmentRegister, _ pointer: UInt32, _ tracer: inout T
    ) {
        tracer.record(
            .switchStack(
                oldSS: segments[.ss].selector, oldESP: general[.esp], newSS: segment.selector, newESP: pointer))
        setSegment(.ss, segment, &tracer)
        general[.esp] = pointer
    }
}
