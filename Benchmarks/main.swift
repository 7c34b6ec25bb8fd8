// `make bench`: how fast the processor is, what watching it costs, and how that compares with other emulators.
// Ratios within one run are the figures to quote; the absolute ones depend on the machine.
import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
    print("usage: Benchmarks CONTENT NTLEARN (the course's folder and the built program)")
    exit(2)
}
do {
    try Report(content: arguments[1], program: Program(path: arguments[2])).run()
} catch {
    print("bench: \(error)")
    exit(1)
}
