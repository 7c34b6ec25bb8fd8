import Debugger
import Lessons
import Testing
import X86

/// Facts E: numbers and argument bytes of every service that they name.
struct GuestNumberTests {
    /// A row: the number on Windows 2000 and on XP, `nil` where the release has no such service, and argument bytes.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let win2k: UInt32?
        let xp: UInt32?
        let bytes: UInt32

        init(_ name: String, _ win2k: UInt32?, _ xp: UInt32?, _ bytes: UInt32) {
            self.name = name
            self.win2k = win2k
            self.xp = xp
            self.bytes = bytes
        }

        var testDescription: String { name }
    }

    static let native: [Row] = [
        Row("NtAcceptConnectPort", 0x0, 0x0, 0x18),
        Row("NtAccessCheck", 0x1, 0x1, 0x20),
        Row("NtAllocateVirtualMemory", 0x10, 0x11, 0x18),
        Row("NtCallbackReturn", 0x13, 0x14, 0xC),
        Row("NtClose", 0x18, 0x19, 0x4),
        Row("NtConnectPort", 0x1B, 0x1F, 0x20),
        Row("NtContinue", 0x1C, 0x20, 0x8),
        Row("NtCreateEvent", 0x1E, 0x23, 0x14),
        Row("NtCreateFile", 0x20, 0x25, 0x2C),
        Row("NtCreateKey", 0x23, 0x29, 0x1C),
        Row("NtCreateProcess", 0x29, 0x2F, 0x20),
        Row("NtCreateProcessEx", nil, 0x30, 0x24),
        Row("NtCreateSection", 0x2B, 0x32, 0x1C),
        Row("NtCreateThread", 0x2E, 0x35, 0x20),
        Row("NtDelayExecution", 0x32, 0x3B, 0x8),
        Row("NtDeviceIoControlFile", 0x38, 0x42, 0x28),
        Row("NtDisplayString", 0x39, 0x43, 0x4),
        Row("NtDuplicateObject", 0x3A, 0x44, 0x1C),
        Row("NtFreeVirtualMemory", 0x47, 0x53, 0x10),
        Row("NtGetContextThread", 0x49, 0x55, 0x8),
        Row("NtGetTickCount", 0x4C, nil, 0x0),
        Row("NtLoadDriver", 0x55, 0x61, 0x4),
        Row("NtMapViewOfSection", 0x5D, 0x6C, 0x28),
        Row("NtOpenFile", 0x64, 0x74, 0x18),
        Row("NtOpenKey", 0x67, 0x77, 0xC),
        Row("NtOpenProcess", 0x6A, 0x7A, 0x10),
        Row("NtOpenThread", 0x6F, 0x80, 0x10),
        Row("NtProtectVirtualMemory", 0x77, 0x89, 0x14),
        Row("NtQueryInformationProcess", 0x86, 0x9A, 0x14),
        Row("NtQueryPerformanceCounter", 0x90, 0xA5, 0x8),
        Row("NtQuerySystemInformation", 0x97, 0xAD, 0x10),
        Row("NtQuerySystemTime", 0x98, 0xAE, 0x4),
        Row("NtQueryVirtualMemory", 0x9C, 0xB2, 0x18),
        Row("NtRaiseException", 0x9F, 0xB5, 0xC),
        Row("NtReadFile", 0xA1, 0xB7, 0x24),
        Row("NtReadVirtualMemory", 0xA4, 0xBA, 0x14),
        Row("NtRequestWaitReplyPort", 0xB0, 0xC8, 0xC),
        Row("NtSetEvent", 0xBF, 0xDB, 0x8),
        Row("NtSetInformationThread", 0xC7, 0xE5, 0x10),
        Row("NtSetSystemTime", 0xD2, 0xF2, 0x8),
        Row("NtShutdownSystem", 0xD9, 0xF9, 0x4),
        Row("NtTerminateProcess", 0xE0, 0x101, 0x8),
        Row("NtTerminateThread", 0xE1, 0x102, 0x8),
        Row("NtTestAlert", 0xE2, 0x103, 0x0),
        Row("NtWaitForMultipleObjects", 0xE9, 0x10E, 0x14),
        Row("NtWaitForSingleObject", 0xEA, 0x10F, 0xC),
        Row("NtWriteFile", 0xED, 0x112, 0x24),
        Row("NtWriteVirtualMemory", 0xF0, 0x115, 0x14),
        Row("NtYieldExecution", 0xF7, 0x116, 0x0),
    ]

    static let win32k: [Row] = [
        Row("NtGdiAbortDoc", 0x1000, 0x1000, 0x4),
        Row("NtGdiBitBlt", 0x100D, 0x100D, 0x2C),
        Row("NtGdiFlush", 0x1093, 0x1097, 0x0),
        Row("NtUserCreateWindowEx", 0x114D, 0x1157, 0x3C),
        Row("NtUserDispatchMessage", 0x115B, 0x1165, 0x4),
        Row("NtUserGetAsyncKeyState", 0x1175, 0x117F, 0x4),
        Row("NtUserGetForegroundWindow", 0x1189, 0x1194, 0x0),
        Row("NtUserGetMessage", 0x119A, 0x11A5, 0x10),
        Row("NtUserPeekMessage", 0x11CA, 0x11DA, 0x14),
        Row("NtUserPostMessage", 0x11CB, 0x11DB, 0x10),
        Row("NtUserSetWindowsHookEx", 0x1212, 0x1225, 0x18),
    ]

    private static let images: [(image: String, isXP: Bool)] = [
        ("win2k", false), ("xp", true), ("xpsp2", true), ("seed", true),
    ]

    @Test(
        "The table leads from each number to the service of that name, and knows its argument bytes", arguments: images)
    func nativeTable(image: String, isXP: Bool) throws {
        let guest = try Guest(image, "nop")
        for row in Self.native {
            guard let number = isXP ? row.xp : row.win2k else { continue }
            #expect(try guest["poi(nt!KiServiceTable + 0n\(number) * 4)"] == guest["nt!\(row.name)"])
            #expect(try guest["by(nt!KiArgumentTable + 0n\(number))"] == row.bytes)
            #expect(try guest["poi(ntdll!\(row.name) + 1)"] == number)
        }
    }

    @Test("The same for win32k's table, whose numbers begin at 1000h", arguments: images)
    func win32kTable(image: String, isXP: Bool) throws {
        let guest = try Guest(image, "nop")
        for row in Self.win32k {
            let number = try #require(isXP ? row.xp : row.win2k)
            let library = row.name.hasPrefix("NtGdi") ? "gdi32" : "user32"
            #expect(try guest["poi(win32k!W32pServiceTable + 0n\(number - 0x1000) * 4)"] == guest["win32k!\(row.name)"])
            #expect(try guest["by(win32k!W32pArgumentTable + 0n\(number - 0x1000))"] == row.bytes)
            #expect(try guest["poi(\(library)!\(row.name) + 1)"] == number)
        }
    }

    @Test("Every other number of the kernel's table has a routine that bears it", arguments: images)
    func unnamedServices(image: String, isXP: Bool) throws {
        let guest = try Guest(image, "nop")
        let named = Set(Self.native.compactMap { isXP ? $0.xp : $0.win2k })
        let limit = try guest["poi(nt!KeServiceDescriptorTable + 8)"]
        #expect(limit == (isXP ? 284 : 248))
        for number in 0..<limit where !named.contains(number) {
            let digits = String(number + 0x1000, radix: 16, uppercase: true).dropFirst()
            #expect(try guest["poi(nt!KiServiceTable + 0n\(number) * 4)"] == guest["nt!Service\(digits)"])
        }
    }

    @Test("A stub's RET n is the table's argument bytes", arguments: images)
    func stubReturns(image: String, isXP: Bool) throws {
        let guest = try Guest(image, "nop")
        let disassembler = Disassembler(.intel)
        for row in Self.native where (isXP ? row.xp : row.win2k) != nil {
            var code = try guest.bytes(at: "ntdll!\(row.name)", count: 18)[...]
            var text = ""
            while !text.hasPrefix("ret"), !code.isEmpty {
                let next = disassembler.disassemble(code, at: 0)
                code = code.dropFirst(max(1, next.length))
                text = next.text
            }
            #expect(text == (row.bytes == 0 ? "ret" : "ret 0x\(String(row.bytes, radix: 16))"))
        }
    }
}
