import Synchronization
import Testing

@testable import Lessons

@Suite("Values that are costly to make")
struct SharedValuesTests {
    private struct Failure: Error {}

    private final class Counter: Sendable {
        let count = Atomic(0)
    }

    @Test("are made once, however many threads want them")
    func once() async {
        let values = SharedValues<Int, Int>(capacity: 8)
        let made = Counter()
        await withTaskGroup(of: Int.self) { group in
            for index in 0..<64 {
                group.addTask { [made] in
                    values.value(index % 4) {
                        made.count.add(1, ordering: .relaxed)
                        return index % 4 * 10
                    }
                }
            }
            var sum = 0
            for await value in group { sum += value }
            #expect(sum == 16 * (0 + 10 + 20 + 30))
        }
        #expect(made.count.load(ordering: .relaxed) == 4)
    }

    @Test("are forgotten when there are too many, the oldest first")
    func bounded() {
        let values = SharedValues<Int, Int>(capacity: 4)
        var made: [Int] = []
        for key in [1, 2, 3, 4, 1, 5, 1, 5, 2] {
            _ = values.value(key) {
                made.append(key)
                return key
            }
        }
        #expect(made == [1, 2, 3, 4, 5, 2])
    }

    @Test("are tried again after an error")
    func errors() throws {
        let values = SharedValues<Int, Int>(capacity: 4)
        #expect(throws: Failure.self) { try values.value(1) { () throws(Failure) in throw Failure() } }
        #expect(values.value(1) { 7 } == 7)
    }
}
