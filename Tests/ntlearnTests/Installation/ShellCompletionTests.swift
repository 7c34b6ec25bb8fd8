import Foundation
import Testing

@testable import ntlearn

/// The script of `--generate-completion-script`, in the shell that it is for.
@Suite("Shell completion")
struct ShellCompletionTests {
    /// What bash offers for a line with the cursor at its end.
    private func bash(_ line: String) throws -> [Substring] {
        let content = try GuestContent.folder()
        let script = """
            source <(ntlearn --generate-completion-script bash)
            COMP_LINE="$LINE"
            COMP_POINT=${#COMP_LINE}
            read -ra COMP_WORDS <<<"$LINE"
            [[ $LINE == *" " ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _ntlearn ntlearn "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let result = try runShell(
            script, shell: "/bin/bash", environment: ["NTLEARN_CONTENT": content.path, "LINE": line])
        #expect(result.stderr.isEmpty)
        return result.stdout.split(separator: "\n")
    }

    @Test("A machine's name is completed, short names as well", .enabled(if: bashExists))
    func machines() throws {
        #expect(
            try bash("ntlearn machine show ") == ["seed", "win2k", "xp", "xpsp2", "int2e", "sysenter", "syscall"])
        #expect(try bash("ntlearn machine show x") == ["xp", "xpsp2"])
        #expect(try bash("ntlearn trace --cpu pentium sy") == ["sysenter", "syscall"])
    }

    @Test("A processor's name is completed", .enabled(if: bashExists))
    func models() throws {
        #expect(try bash("ntlearn machine show xp --cpu k") == ["k6", "k6-2"])
    }

    private static let bashExists = FileManager.default.isExecutableFile(atPath: "/bin/bash")
}
