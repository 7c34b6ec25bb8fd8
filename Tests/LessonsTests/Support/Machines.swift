import Foundation
import Lessons

/// The repository's own content folder.
let contentFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../../../content").standardizedFileURL.path

/// The built-in machines, assembled once for all tests.
let builtInMachines = MachineLibrary(courses: [contentFolder])
