import Testing

@testable import ntlearn

@Suite("Memory is shown and written")
struct MemoryWordsTests {
    @Test("db shows bytes with a dash in the middle, and characters")
    func bytes() throws {
        let learner = try Learner.atProgramStart()
        learner.type("ea 400200 \"Hello, ring 3!\"")
        #expect(
            learner.lines("db 400200 L10")
                == ["00400200  48 65 6c 6c 6f 2c 20 72-69 6e 67 20 33 21 00 00  Hello, ring 3!.."])
        #expect(learner.lines("db 400200 L3") == ["00400200  48 65 6c                                         Hel"])
    }

    @Test(
        "dw, dd, dp, dq and dps differ in the size of an item",
        arguments: [
            ("dw 400200 L3", "00400200  1122 3344 5566"), ("dd 400200 L1", "00400200  33441122"),
            ("dp 400200 L1", "00400200  33441122"), ("dq 400200 L1", "00400200  77885566`33441122"),
            ("dps 400208 L1", "00400208  00400000 program!main"), ("dds 40020c L1", "0040020c  00000000"),
        ])
    func sizes(line: String, shown: String) throws {
        let learner = try Learner.atProgramStart()
        learner.type("ew 400200 1122 3344 5566 7788")
        learner.type("ed 400208 program!main 0")
        #expect(learner.lines(line) == [shown])
    }

    @Test("A range is a count or a last address, and the next one goes on behind it")
    func ranges() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.lines("dd 400000 400007").map { $0.count } == [27])
        #expect(learner.lines("dd L1").first?.hasPrefix("00400008  ") == true)
        #expect(learner.lines("dd").first?.hasPrefix("0040000c  ") == true)
        #expect(learner.lines("db esp - 10 L(2*3)").first?.hasPrefix("0012ffe0  ") == true)
        #expect(learner.type("dd 400000 3fffff").contains("Column 11: The range ends before it begins."))
        #expect(learner.type("dd 400000 L4 x").contains("dd does not take \"x\""))
    }

    @Test("Absent memory shows as question marks, present memory beside it as it is")
    func absent() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.lines("db 1000 L2") == ["00001000  ?? ??                                            ??"])
        #expect(learner.lines("dd 400ffe L1").first?.hasPrefix("00400ffe  ????") == true)
        #expect(learner.lines("dps 1000 L1") == ["00001000  ????????"])
    }

    @Test("da and du show text up to its zero, in lines, and say where memory ends")
    func text() throws {
        let learner = try Learner.atProgramStart()
        learner.type("ea 400200 \"A text of more than thirty-two characters; so it takes two lines.\"")
        #expect(
            learner.lines("da 400200") == [
                "00400200  \"A text of more than thirty-two c\"", "00400220  \"haracters; so it takes two lines\"",
                "00400240  \".\"",
            ])
        learner.type("eu 400300 \"Grüß\"")
        #expect(learner.lines("du 400300") == ["00400300  \"Grüß\""])
        #expect(learner.lines("du 400300 L2") == ["00400300  \"Gr\""])
        learner.type("eb 400ffe 41 1b")
        #expect(learner.lines("da 400ffe") == ["00400ffe  \"A.\"", "Here the memory is absent."])
    }

    @Test("What cannot be written says where and why, and nothing is written")
    func refused() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type("eb 400200 1 2 100").contains("Column 15: 00000100 does not fit in 1 byte."))
        #expect(learner.type("eb 1000 1").contains("memory at 00001000 cannot be written"))
        #expect(learner.type("eb 400200").contains("Usage: eb ADDRESS VALUE"))
        #expect(learner.type("ea 400200 \"é\"").contains("not ASCII"))
        #expect(learner.type("ea 400200 x").contains("Usage"))
        #expect(learner.type(".edits").contains("changed nothing"))
    }

    @Test("Rights of pages do not bind a debugger, and negative values are two's complement")
    func rights() throws {
        let learner = try Learner.atProgramStart()
        learner.type("ed 7ffe0300 -1")
        #expect(learner.value(of: "poi(7ffe0300)") == "ffffffff")
        learner.type("eb 7ffe0300 -2")
        #expect(learner.value(of: "by(7ffe0300)") == "000000fe")
    }

    @Test("s finds bytes, words, doublewords and text")
    func search() throws {
        let learner = try Learner.atProgramStart()
        learner.type("ea 400203 \"needle\"")
        learner.type("eu 400301 \"needle\"")
        learner.type("ed 400400 cafe1234")
        #expect(learner.lines("s -a 400000 L1000 \"needle\"").map { $0.prefix(8) } == ["00400203"])
        #expect(learner.lines("s -u 400000 L800 \"needle\"").map { $0.prefix(8) } == ["00400301"])
        #expect(learner.lines("s -d 400000 400fff cafe1234").map { $0.prefix(8) } == ["00400400"])
        #expect(learner.lines("s 400000 L1000 34 12 fe ca").map { $0.prefix(8) } == ["00400400"])
        #expect(learner.lines("s -w 400000 L800 cafe").map { $0.prefix(8) } == ["00400402"])
        #expect(learner.lines("s -d 400000 L400 11223344") == ["Not found."])
        #expect(learner.lines("s -b 0 L?ffffffff 6e 65 65 64 6c 65").map { $0.prefix(8) }.first == "00400203")
        #expect(learner.type("s -q 400000 L10 1").contains("no option \"-q\""))
        #expect(learner.type("s 400000 L10").contains("Usage"))
    }
}
