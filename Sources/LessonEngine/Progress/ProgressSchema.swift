import GRDB

/// The tables of the progress file. A released migration is never edited: add another after it.
enum ProgressSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 answers and positions") { database in
            try database.execute(sql: answers)
            try database.execute(sql: positions)
        }
        migrator.registerMigration("2 hints, standings and archive") { database in
            try database.execute(sql: hints)
            try database.execute(sql: standings)
            try database.execute(sql: archive)
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

    /// Predictions are the questions with a slash in their id.
    private static let hints = """
        ALTER TABLE answers ADD COLUMN hints INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX predictions ON answers (profile, id, verdict) WHERE instr(question, '/') > 0;
        """

    /// What all answers to a question come to, so that nothing has to read them again. `derived` holds the id of the last
    /// answer that is in it: answers behind that one, by an older ntlearn, are taken at the next start.
    private static let standings = """
        CREATE TABLE standings (
            profile TEXT NOT NULL, course TEXT NOT NULL, lesson TEXT NOT NULL, question TEXT NOT NULL,
            verdict TEXT NOT NULL, attempts INTEGER NOT NULL, correct INTEGER NOT NULL, contentHash TEXT NOT NULL,
            seed INTEGER NOT NULL, time TEXT NOT NULL, first INTEGER NOT NULL,
            reviews INTEGER NOT NULL, stability REAL, difficulty REAL, reviewed TEXT, due TEXT,
            PRIMARY KEY (profile, course, lesson, question)
        ) WITHOUT ROWID;
        CREATE TABLE derived (through INTEGER NOT NULL);
        INSERT INTO derived VALUES (0);
        """

    /// The answers that a reset has put aside.
    private static let archive = """
        CREATE TABLE archive (
            id INTEGER PRIMARY KEY,
            profile TEXT NOT NULL, course TEXT NOT NULL, lesson TEXT NOT NULL, question TEXT NOT NULL,
            contentHash TEXT NOT NULL, seed INTEGER NOT NULL, answer TEXT NOT NULL, verdict TEXT NOT NULL,
            time TEXT NOT NULL, hints INTEGER NOT NULL, archived TEXT NOT NULL
        );
        CREATE INDEX archiveByProfile ON archive (profile);
        """
}
