import LessonEngine

/// The beginning of a course.
struct CourseSkeleton {
    let id: String
    let title: String

    /// Where the schema of `course.yaml` lies in a course; the first line of ``text`` points editors to it.
    static let schemaPath = ".schema/course.json"

    var schema: String { SchemaFile.course.text }

    var text: String {
        """
        # yaml-language-server: $schema=\(Self.schemaPath)
        # A course: which lessons, in which order.
        #   ntlearn new lesson NAME --course DIR    adds a lesson
        #   ntlearn check DIR                       lists everything that is wrong
        #   ntlearn --content DIR                   takes the course

        format: 1
        id: \(id)  # never change it: learners' progress hangs on it
        title: \(title.asYAML)  # what learners see
        authors: []  # names, such as [Ada Lovelace]
        # license: CC-BY-4.0
        language: en
        pass: 80  # per cent of the questions that pass a lesson
        lessons: []  # files in the folder lessons, without .md, in order

        """
    }
}
