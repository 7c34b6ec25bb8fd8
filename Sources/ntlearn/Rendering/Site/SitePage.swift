import LessonEngine

/// The frame that all pages of a site share. No script, nothing from the network.
struct SitePage {
    let title: String
    let language: String
    let body: String

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="\(language.escapedForHTML)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="generator" content="ntlearn">
        <title>\(title.escapedForHTML)</title>
        <link rel="stylesheet" href="style.css">
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }
}
