import Foundation
import GRDB

// Standings are derived from the answers and from nothing else: they can be dropped and made again at any time.
extension ProgressStore {
    /// Takes the answers that are not in the standings yet, of all profiles.
    static func deriveStandings(_ database: Database) throws {
        let through = try Int64.fetchOne(database, sql: "SELECT through FROM derived") ?? 0
        var last = through
        var touched: [StandingKey: Standing] = [:]
        let rows = try Row.fetchCursor(
            database, sql: "SELECT * FROM answers WHERE id > ? ORDER BY id", arguments: [through])
        let scheduler = Scheduler()
        while let row = try rows.next() {
            let (answer, id) = (try answer(row), try row.decode(Int64.self, forColumn: "id"))
            let key = try StandingKey(
                profile: row.decode(forColumn: "profile"), course: answer.course, lesson: answer.lesson,
                question: answer.question)
            var standing = try touched[key] ?? standing(key, database) ?? Standing(before: answer, id: id)
            standing.take(answer, scheduler)
            touched[key] = standing
            last = id
        }
        guard last > through else { return }
        for (key, standing) in touched { try keep(standing, key, database) }
        try database.execute(sql: "UPDATE derived SET through = ?", arguments: [last])
    }

    /// Whether there are such answers. Asked at every start, so that it must not cost more than a look.
    static func lacksStandings(_ database: Database) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT ifnull((SELECT max(id) FROM answers), 0) > (SELECT through FROM derived)") ?? false
    }

    /// Makes all standings of this profile again from its answers.
    public func rebuildStandings() throws(ProgressError) {
        try write(.rebuild) { database in try rebuildStandings(database) }
    }

    func rebuildStandings(_ database: Database) throws {
        try database.execute(sql: "DELETE FROM standings")
        try database.execute(sql: "UPDATE derived SET through = 0")
        try Self.deriveStandings(database)
    }

    private static func standing(_ key: StandingKey, _ database: Database) throws -> Standing? {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM standings WHERE profile = ? AND course = ? AND lesson = ? AND question = ?")
        return try Row.fetchOne(
            statement, arguments: [key.profile, key.course, key.lesson, key.question]
        ).map(Standing.init)
    }

    private static func keep(_ standing: Standing, _ key: StandingKey, _ database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO standings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        let card = standing.card
        let values: [(any DatabaseValueConvertible)?] = [
            key.profile, key.course, key.lesson, key.question, standing.verdict.rawValue, standing.attempts,
            standing.correct, standing.contentHash, Int64(bitPattern: standing.seed), standing.time, standing.first,
            card?.reviews ?? 0, card?.memory.stability, card?.memory.difficulty, card?.reviewed, card?.due,
        ]
        try statement.execute(arguments: StatementArguments(values))
    }
}

extension Standing {
    fileprivate init(_ row: Row) throws {
        verdict = try ProgressStore.verdict(row)
        attempts = try row.decode(forColumn: "attempts")
        correct = try row.decode(forColumn: "correct")
        contentHash = try row.decode(forColumn: "contentHash")
        seed = UInt64(bitPattern: try row.decode(Int64.self, forColumn: "seed"))
        time = try row.decode(forColumn: "time")
        first = try row.decode(forColumn: "first")
        card = try ReviewCard(row)
    }
}

extension ReviewCard {
    /// The card in a row of the standings; nil if the question was only skipped.
    init?(_ row: Row) throws {
        guard let stability = try row.decode(Double?.self, forColumn: "stability") else { return nil }
        try self.init(
            memory: MemoryState(stability: stability, difficulty: row.decode(forColumn: "difficulty")),
            reviews: row.decode(forColumn: "reviews"), reviewed: row.decode(forColumn: "reviewed"),
            due: row.decode(forColumn: "due"))
    }
}
