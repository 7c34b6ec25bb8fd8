import LessonEngine
import Testing

@Suite("The generator behind seeds")
struct SplitMix64Tests {
    @Test("gives SplitMix64's published numbers")
    func published() {
        // The first outputs for the seed 1234567, as the reference implementation prints them.
        var random = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<5).map { _ in random.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test("stays below a bound and reaches all that is below it")
    func bounded() {
        var random = SplitMix64(seed: 1)
        #expect(Set((0..<200).map { _ in random.next(below: 6) }) == [0, 1, 2, 3, 4, 5])
        #expect(random.next(below: 0) == 0)
        #expect(random.next(below: 1) == 0)
    }
}
