/// The site's style sheet: it follows the reader's choice of light or dark and folds for a phone.
enum SiteStyle {
    static let css = """
        :root {
          color-scheme: light dark;
          --text: #1c1c1e; --back: #fdfdfb; --soft: #f1f1ec; --line: #d8d8d0; --dim: #62625c;
          --user: #0a63b0; --kernel: #96308f; --good: #1a7431; --bad: #b3261e; --changed: #8a4b00; --code: #00605c;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --text: #e6e6e1; --back: #17181a; --soft: #222427; --line: #3a3d41; --dim: #a0a29e;
            --user: #6cb4f5; --kernel: #e08ed9; --good: #74c98a; --bad: #ff8a80; --changed: #e8a552; --code: #67c7c1;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1rem; max-width: 52rem; background: var(--back); color: var(--text);
          font: 1.05rem/1.6 system-ui, sans-serif; overflow-wrap: break-word; }
        h1, h2, h3 { line-height: 1.25; margin: 2em 0 .6em; }
        h1 { margin-top: .8em; }
        a { color: var(--user); }
        code, pre, data, kbd { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        code { color: var(--code); font-size: .92em; }
        data { font-size: .95em; font-weight: 600; }
        pre { background: var(--soft); border-radius: .4rem; padding: .8rem; overflow-x: auto; font-size: .82rem;
          line-height: 1.3; }
        pre code { color: inherit; font-size: inherit; }
        nav { display: flex; gap: 1rem; justify-content: space-between; font-size: .95rem; padding: .4rem 0; }
        nav span:last-child { text-align: right; }
        nav span { flex: 1; }
        figure { margin: 1.5rem 0; }
        figcaption, .dim, footer { color: var(--dim); }
        figcaption, p.dim, li .dim, footer { font-size: .92rem; }
        .phone { display: none; }
        @media (max-width: 50rem) {
          .desk { display: none; }
          .phone { display: block; }
          pre { font-size: min(.74rem, 3.1vw); padding: .6rem; }
        }
        .question, .callout { border: 1px solid var(--line); border-left: .3rem solid var(--user); border-radius: .4rem;
          padding: .2rem 1rem .8rem; margin: 1.5rem 0; }
        .callout { border-left-color: var(--dim); }
        .callout.warning, .callout.caution { border-left-color: var(--bad); }
        .callout p:first-child { margin-bottom: 0; }
        .choices { list-style: none; padding-left: 1rem; }
        details { margin: .4rem 0; }
        summary { cursor: pointer; padding: .2rem 0; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; }
        th, td { border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; text-align: left;
          vertical-align: top; }
        .right { text-align: right; } .center { text-align: center; }
        .watch { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin: 0; }
        .watch div { display: flex; gap: .5rem; }
        .watch dd { margin: 0; font-family: ui-monospace, monospace; color: var(--changed); }
        blockquote { margin: 1rem 0; padding-left: 1rem; border-left: .2rem solid var(--line); }
        .problem, .bad { color: var(--bad); }
        .good { color: var(--good); } .user { color: var(--user); } .kernel { color: var(--kernel); }
        .changed { color: var(--changed); } .heading, .strong { font-weight: 600; } .emphasis { font-style: italic; }
        .lessons li { margin: .4rem 0; }
        @media print { nav, details:not([open]) > summary { display: none; } pre { white-space: pre-wrap; } }

        """
}
