import LessonEngine

/// A course as a static site: a page for each lesson, an index, a style sheet.
struct CourseSite {
    let course: Course

    /// The names of the files, and what makes each one.
    var files: [(name: String, content: () -> String)] {
        let pages = course.lessons.enumerated().map { LessonPage(lesson: $1, number: $0 + 1, course: course) }
        let lessons = pages.indices.map { index in
            let previous = index > 0 ? pages[index - 1] : nil
            let next = index + 1 < pages.count ? pages[index + 1] : nil
            return (name: pages[index].fileName, content: { pages[index].html(previous: previous, next: next) })
        }
        return [("index.html", { index(pages) }), ("style.css", { SiteStyle.css })] + lessons
    }

    private func index(_ pages: [LessonPage]) -> String {
        let items = pages.map { page in
            let minutes = page.lesson.minutes.map { " <span class=\"dim\">\($0) min</span>" } ?? ""
            return "<li><a href=\"\(page.fileName)\">\(page.lesson.title.escapedForHTML)</a>\(minutes)</li>"
        }
        let by = course.authors.joined(separator: ", ")
        let license = course.license.map { " · \($0)" } ?? ""
        return SitePage(
            title: course.title, language: course.language,
            body: """
                <main>
                <h1>\(course.title.escapedForHTML)</h1>
                <ol class="lessons">
                \(items.joined(separator: "\n"))
                </ol>
                </main>
                <footer>\((by + license).escapedForHTML)</footer>
                """
        ).html
    }
}
