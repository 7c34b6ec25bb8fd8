/// The writing of GIFT, the text format in which Moodle takes questions.
///
/// Source: MoodleDocs, "GIFT format". A question is a paragraph, so no text may hold an empty line.
enum GIFTText {
    /// Plain text with a backslash before each sign that means something.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "~", "=", "#", "{", "}", ":", "\\": escaped += "\\\(character)"
            case "\n", "\r\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    /// HTML, in one line. Moodle undoes escapes before it reads the HTML, so a backslash is best written as an entity.
    static func html(_ html: String) -> String {
        escaped(
            html.replacing("\\", with: "&bsol;").replacing("</p>\n<p>", with: "</p><p>")
                .replacing("\n</code>", with: "</code>").replacing("\n", with: "<br>"))
    }

    /// A text answer: an asterisk would stand for any text.
    static func answer(_ text: String) -> String { escaped(text).replacing("*", with: "\\*") }
}
