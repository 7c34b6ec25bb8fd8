import Foundation
import Spelling

/// Finds links to places in a course that are not there.
public struct LinkCheck {
    private let directory: String
    /// What is known of the course's lessons, under their paths seen from `directory`.
    private var outlines: [String: LessonOutline] = [:]
    private let loader: CourseLoader

    /// - Parameters:
    ///   - directory: the course's folder, which no link may leave.
    ///   - lessons: those that have been read already.
    ///   - loader: reads the others that a link leads to.
    public init(directory: String, lessons: [LessonOutline], loader: CourseLoader) {
        self.directory = directory
        self.loader = loader
        for lesson in lessons { outlines[relative(lesson.file)] = lesson }
    }

    /// The broken links of one lesson.
    public mutating func diagnostics(of lesson: LessonOutline) -> [Diagnostic] {
        lesson.links.compactMap { link -> Diagnostic? in
            problem(with: CourseLink(link.value), in: lesson).map { problem in
                .error(.brokenLink, at: link.location, problem.message, note: problem.note)
            }
        }.tidied()
    }

    private typealias Problem = (message: String, note: String?)

    private mutating func problem(with link: CourseLink, in lesson: LessonOutline) -> Problem? {
        if link.path.isEmpty {
            guard let fragment = link.fragment, !fragment.isEmpty else {
                return ("this link leads nowhere", "write the name of a file or `#heading` between its parentheses")
            }
            return missing(fragment, among: lesson.anchors, in: "this lesson")
        }
        let folder = relative(lesson.file).split(separator: "/").dropLast().map(String.init)
        guard let path = link.path(from: folder) else { return leadsOut(link) }
        guard FileManager.default.fileExists(atPath: joined(directory, path)) else {
            return ("there is no file `\(link.path)`", suggestion(for: path))
        }
        // A link in the file system may lead out as well.
        guard ContentFile(path: joined(directory, path)).isInside(directory) else { return leadsOut(link) }
        guard let fragment = link.fragment, let anchors = anchors(of: path) else { return nil }
        return missing(fragment, among: anchors, in: "`\(link.path)`")
    }

    private func leadsOut(_ link: CourseLink) -> Problem {
        ("the link to `\(link.path)` leads out of the course", "link to files of the course, or to https://…")
    }

    private func missing(_ fragment: String, among anchors: [String], in place: String) -> Problem? {
        guard !anchors.contains(fragment) else { return nil }
        let near = didYouMean(fragment, among: anchors)
        let known =
            anchors.isEmpty ? nil : "its headings are \(anchors.prefix(8).map { "#" + $0 }.joined(separator: ", "))"
        return ("\(place) has no heading `#\(fragment)`", near.map { "did you mean `#\($0)`?" } ?? known)
    }

    private func suggestion(for path: String) -> String? {
        let parts = path.split(separator: "/")
        let folder = joined(directory, parts.dropLast().joined(separator: "/"))
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return parts.last.flatMap { didYouMean(String($0), among: names) }.map { "did you mean `\($0)`?" }
    }

    /// The headings of a lesson; nil for a file that is none.
    private mutating func anchors(of path: String) -> [String]? {
        if let known = outlines[path] { return known.anchors }
        guard path.hasSuffix(".md") else { return nil }
        let outline = loader.lesson(ContentFile(path: joined(directory, path)), within: directory).lesson?.outline
        outlines[path] = outline
        return outline?.anchors
    }

    private func relative(_ file: String) -> String {
        let prefix = joined(directory, "")
        return file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : file
    }
}
