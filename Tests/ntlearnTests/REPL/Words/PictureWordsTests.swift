import Testing

@testable import ntlearn

@Suite("lanes, zoom and !diff at the prompt")
struct PictureWordsTests {
    @Test("lanes shows the way to here, however it was gone")
    func lanes() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type("lanes").contains("has not executed anything yet"))
        learner.type("g nt!KiFastCallEntry")
        let text = learner.type("lanes")
        #expect(text.contains("sysenter ━"))
        learner.type("t")
        #expect(learner.type("lanes").hasPrefix(text))
        #expect(!learner.type("lanes 1").contains("sysenter"))
        #expect(learner.type("lanes 0").contains("COUNT must be"))
    }

    @Test("zoom opens the last instruction, or one that is named")
    func zoom() throws {
        let learner = try Learner.atProgramStart()
        learner.type("g nt!KiFastCallEntry")
        #expect(learner.type("zoom").hasPrefix("Inside sysenter in ring 3 at SharedUserData!SystemCall+0x2"))
        let text = learner.type("zoom ntdll!NtClose")
        #expect(text.hasPrefix("Inside mov eax, 19h in ring 3 at ntdll!NtClose"))
        #expect(learner.type("zoom nt!NtClose").contains("No instruction at"))
        #expect(learner.type("zoom 1 2").contains("does not take \"2\""))
    }

    @Test("What was changed by hand on the way is changed again, and the machine stays where it is in time")
    func changed() throws {
        let learner = try Learner.atProgramStart()
        learner.type("g ntdll!NtClose")
        learner.type("a eip; mov eax, 0x1a")
        learner.type("t 2; t-")
        let (registers, prompt) = (learner.type("r"), learner.session.prompt)
        #expect(learner.type("lanes").contains("mov eax, 1ah"))
        #expect(learner.type("r") == registers)
        #expect(learner.session.prompt == prompt)
    }

    @Test("!diff leaves the machine at hand where it is")
    func diff() throws {
        let learner = try Learner.atProgramStart()
        learner.type("g nt!KiFastCallEntry")
        #expect(learner.type("!diff int2e").contains("First difference"))
        #expect(learner.value(of: "eip") == learner.value(of: "nt!KiFastCallEntry"))
        #expect(learner.type("!diff nowhere").contains("there is no machine called"))
        #expect(learner.type("!diff").contains("Usage: !diff MACHINE"))
    }
}
