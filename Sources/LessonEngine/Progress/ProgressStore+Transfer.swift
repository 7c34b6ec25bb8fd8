import Foundation
import GRDB

/// What an import has changed.
public struct ImportOutcome: Sendable, Equatable {
    /// Answers that were new here.
    public var added = 0
    /// Answers that were here already.
    public var known = 0
    /// Answers of an earlier reset that were new here.
    public var archived = 0
}

extension ProfileFile {
    /// Reads a profile's file.
    public init(text: String) throws(ProfileFileError) { self = try ProfileReader.read(text) }

    /// Writes the file, one line after the other, each without its line break.
    public func write(to write: (String) throws -> Void) throws { try ProfileWriter().write(self, to: write) }
}

extension ProgressStore {
    /// Everything that is kept about this profile.
    public func exportProfile() throws(ProgressError) -> ProfileFile {
        try read { database in
            ProfileFile(
                profile: profile,
                answers: try rows("answers", database).map(KeptAnswer.init),
                archived: try rows("archive", database).map(KeptAnswer.init),
                positions: try rows("positions", database).map(KeptPosition.init))
        }
    }

    private func rows(_ table: String, _ database: Database) throws -> [Row] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM \(table) WHERE profile = ? ORDER BY id", arguments: [profile])
    }

    /// Adds what a file holds to this profile, all of it or, after an error, nothing. What is here already is not added
    /// again. Answers are put in the order of their times.
    public func importProfile(_ file: ProfileFile) throws(ProgressError) -> ImportOutcome {
        try change(.importProfile) { database in
            var outcome = ImportOutcome()
            let here = try rows("answers", database)
            let fresh = Self.missing(file.answers, among: try here.map(KeptAnswer.init))
            try merge(fresh, into: here, database)
            outcome.added = fresh.count
            outcome.known = file.answers.count - fresh.count
            outcome.archived = try mergeArchive(file.archived, database)
            try mergePositions(file.positions, database)
            return outcome
        }
    }

    /// What `known` does not have, or not as often.
    private static func missing(_ answers: [KeptAnswer], among known: [KeptAnswer]) -> [KeptAnswer] {
        var counts: [KeptAnswer: Int] = [:]
        for answer in known { counts[answer, default: 0] += 1 }
        return answers.filter { answer in
            guard let count = counts[answer], count > 0 else { return true }
            counts[answer] = count - 1
            return false
        }
    }

    /// Answers are ordered by their ids: those that are later than an imported one get new ids behind it.
    private func merge(_ fresh: [KeptAnswer], into here: [Row], _ database: Database) throws {
        let fresh = fresh.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
        guard let earliest = fresh.first?.time else { return }
        let kept = try here.prefix { try $0.decode(String.self, forColumn: "time") <= earliest }.count
        let later = try here.dropFirst(kept).map(KeptAnswer.init)
        if let first = here.dropFirst(kept).first {
            try database.execute(
                sql: "DELETE FROM answers WHERE profile = ? AND id >= ?",
                arguments: [profile, try first.decode(Int64.self, forColumn: "id")])
        }
        var rest = later[...]
        for answer in fresh {
            while let next = rest.first, next.time <= answer.time { try insert(rest.removeFirst(), database) }
            try insert(answer, database)
        }
        for answer in rest { try insert(answer, database) }
        if later.isEmpty { try Self.deriveStandings(database) } else { try rebuildStandings(database) }
    }

    private func insert(_ answer: KeptAnswer, _ database: Database) throws {
        try database.cachedStatement(sql: Self.insertion).execute(arguments: arguments(answer))
    }

    private func arguments(_ answer: KeptAnswer) -> StatementArguments {
        [
            profile, answer.course, answer.lesson, answer.question, answer.contentHash,
            Int64(bitPattern: answer.seed), answer.answer, answer.verdict.rawValue, answer.time, answer.hints,
        ]
    }

    /// An answer that counts here is not put aside because it was put aside elsewhere.
    private func mergeArchive(_ archived: [KeptAnswer], _ database: Database) throws -> Int {
        let counting = Set(try rows("answers", database).map(KeptAnswer.init))
        let known = try rows("archive", database).map(KeptAnswer.init)
        let fresh = Self.missing(archived.filter { !counting.contains($0.unarchived) }, among: known)
        for answer in fresh {
            try database.execute(
                sql: """
                    INSERT INTO archive (profile, course, lesson, question, contentHash, seed, answer, verdict, time, hints,
                        archived) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """, arguments: arguments(answer) + [answer.archivedAt])
        }
        return fresh.count
    }

    /// The later of two places in a lesson stays; the latest of all is where the learner is.
    private func mergePositions(_ positions: [KeptPosition], _ database: Database) throws {
        let here = try rows("positions", database).map(KeptPosition.init)
        let ordered = (here + positions).enumerated()
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
        try database.execute(sql: "DELETE FROM positions WHERE profile = ?", arguments: [profile])
        for position in ordered {
            try database.execute(
                sql: "INSERT INTO positions (profile, course, lesson, page, time) VALUES (?, ?, ?, ?, ?)",
                arguments: [profile, position.course, position.lesson, position.page, position.time])
        }
    }
}
