import GRDB

/// The tables of the progress file. A released migration is never edited: add another after it.
enum ProgressSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 answers and positions") { database in
            try database.execute(sql: answers)
            try database.execute(sql: positions)
        }
        return migrator
    }

    /// Ids order the answers, not times: a clock may be set back.
    private static let answers = """
        CREATE TABLE answers (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL, course TEXT NOT NULL, lesson TEXT NOT NULL, question TEXT NOT NULL,
            contentHash TEXT NOT NULL, seed INTEGER NOT NULL, answer TEXT NOT NULL, verdict TEXT NOT NULL,
            time TEXT NOT NULL
        );
        CREATE INDEX answersByQuestion ON answers (profile, course, lesson, question);
        CREATE TRIGGER answersAreAppendOnly BEFORE UPDATE ON answers
            BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END;
        """

    /// One page for each lesson; the row with the highest id is where the learner was last.
    private static let positions = """
        CREATE TABLE positions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL, course TEXT NOT NULL, lesson TEXT NOT NULL, page INTEGER NOT NULL,
            time TEXT NOT NULL,
            UNIQUE (profile, course, lesson) ON CONFLICT REPLACE
        );
        """
}
