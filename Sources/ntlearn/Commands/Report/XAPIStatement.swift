import Foundation
import LessonEngine

/// The address that learners and lessons are named under: an absolute URL without query and fragment.
struct XAPIHome {
    /// Without a slash at the end.
    let text: String

    init?(_ text: String) {
        guard let url = URL(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme.lowercased()),
            url.host?.isEmpty == false, url.query == nil, url.fragment == nil
        else { return nil }
        self.text = text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    func iri(_ parts: String...) -> String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
        let path = parts.map { part in
            part.split(separator: "/").map { $0.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }
                .joined(separator: "/")
        }
        return ([text] + path).joined(separator: "/")
    }
}

/// An answer as a statement of the Experience API, version 1.0.3, part two: data.
struct XAPIStatement {
    let answer: LearnerAnswer
    /// Its place among all answers of the course: two answers may agree in everything else.
    let number: Int
    let course: Course
    let home: XAPIHome

    private var record: AnswerRecord { answer.record }

    var json: JSONLine {
        JSONLine { line in
            line.string("id", Self.identifier(seed))
            line.object("actor", actor)
            line.object("verb") { verb in
                verb.string("id", self.verb.id)
                verb.object("display") { $0.string("en", self.verb.word) }
            }
            line.object("object", object)
            line.object("result", result)
            line.object("context", context)
            line.string("timestamp", Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(record.time))
        }
    }

    private func actor(_ object: inout JSONLine) {
        object.string("objectType", "Agent")
        object.string("name", answer.learner)
        object.object("account") { account in
            account.string("homePage", home.text)
            account.string("name", answer.learner)
        }
    }

    private var verb: (id: String, word: String) {
        record.verdict == .skipped
            ? ("http://id.tincanapi.com/verb/skipped", "skipped")
            : ("http://adlnet.gov/expapi/verbs/answered", "answered")
    }

    private func object(_ object: inout JSONLine) {
        object.string("objectType", "Activity")
        object.string("id", home.iri("courses", course.id, record.lesson, record.question))
        object.object("definition") { definition in
            definition.string("type", "http://adlnet.gov/expapi/activities/question")
            definition.object("name") { $0.string(course.language, "\(record.lesson)/\(record.question)") }
        }
    }

    private func result(_ object: inout JSONLine) {
        object.bool("success", record.verdict == .correct)
        object.bool("completion", record.verdict != .skipped)
        if !record.answer.isEmpty { object.string("response", record.answer) }
    }

    private func context(_ object: inout JSONLine) {
        object.string("platform", "ntlearn")
        object.string("language", course.language)
        object.object("contextActivities") { activities in
            activities.objects("parent", [record.lesson]) { parent, lesson in
                parent.string("objectType", "Activity")
                parent.string("id", home.iri("courses", course.id, lesson))
            }
            activities.objects("grouping", [course.id]) { grouping, course in
                grouping.string("objectType", "Activity")
                grouping.string("id", home.iri("courses", course))
            }
        }
        object.object("extensions") { extensions in
            extensions.string(home.iri("xapi", "seed"), "\(record.seed)")
            extensions.string(home.iri("xapi", "content-hash"), record.contentHash)
        }
    }

    private var seed: String {
        [home.text, answer.learner, course.id, record.lesson, record.question, record.answer, "\(number)"]
            .joined(separator: "\u{0}")
    }

    /// The same for the same answer, so that a store takes no answer twice: a UUID of version 4 (RFC 4122, 4.4), its
    /// pseudo-random bits drawn from what identifies the answer.
    private static func identifier(_ text: String) -> String {
        var first = SplitMix64(seed: 0, purpose: text)
        let high = first.next() & ~0xF000 | 0x4000
        let low = first.next() & ~(3 << 62) | (1 << 63)
        let digits = Hex.digits(high, width: 16) + Hex.digits(low, width: 16)
        let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        let characters = Array(digits.lowercased())
        return cuts.map { String(characters[$0]) }.joined(separator: "-")
    }
}
