/// The beginning of a lesson.
struct LessonSkeleton {
    let id: String
    let title: String

    var text: String {
        """
        ---
        format: 1
        id: \(id)  # never change it: learners' progress hangs on it
        title: \(title.asYAML)
        minutes: 10
        # requires: [the-lesson-before]
        objectives:  # what a learner can do afterwards; questions name them by number
          - say what EAX tells the kernel
        ---
        <!-- Comments like this one are not shown. A page begins at each # and ## heading. -->
        # \(title.asMarkdown)

        **What does this lesson answer?** Say it here, in one sentence.

        Numbers need not be written down. The machine knows them: at the end of the run
        below, EAX is {{ eax }}.

        <!-- A live run. Its end is the point where the values in double braces are taken. -->
        ```trace id=run
        machine: sysenter  # or int2e, syscall, or a file of the folder machines
        call: NtClose(0x44)
        from: ntdll!NtClose
        to: nt!KiFastCallEntry
        watch: [eax, edx]
        ```

        ```quiz id=service-number
        type: value
        machine: sysenter
        call: NtClose(0x44)
        at: nt!KiFastCallEntry
        ask: What does EAX hold when the first kernel instruction is about to execute?
        answer: eax  # an expression: the machine is the answer key
        feedback:  # what to say to a certain wrong answer
          - {given: edx, say: "That is EDX, the user's stack pointer."}
        hints: ["Look at the first instruction of the stub."]
        explain: "The stub put {{ eax }} there. It is the service number of NtClose."
        objective: 1
        ```

        ```quiz id=who-chooses
        type: choice
        ask: What does the kernel use EAX for?
        choices:
          - text: As an index into its table of services
            correct: yes
          - text: As the address of the service
            say: "A program could then have the kernel run anything at all."
        explain: The table keeps programs from naming addresses of their own choice.
        objective: 1
        ```

        ## Recap

        Say in a few lines what the learner knows now.

        """
    }
}

extension String {
    /// The text with the characters escaped that Markdown would take for mark-up.
    fileprivate var asMarkdown: String {
        String(flatMap { "\\`*_[]<>{}#&~|".contains($0) ? ["\\", $0] : [$0] })
    }
}
