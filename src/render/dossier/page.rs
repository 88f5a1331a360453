//! A dossier in Markdown as one page of HTML that makes no request. The home of `pulldown-cmark` in this layer.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// What stands around the dossier. It forbids the page every request.
const PAGE: &str = include_str!("page.html");
/// What the page looks like on a screen, a phone and paper.
const STYLE: &str = include_str!("page.css");

/// The page; `title` is plain text, `grades` are the words that code spans may hold and that are shown as marks.
pub(super) fn page(title: &str, markdown: &str, grades: &[&str]) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
    let mut note = String::new();
    let events = Parser::new_ext(markdown, options).map(|event| match event {
        // Nothing that was written by hand reaches the page as markup.
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::TaskListMarker(_) => inline("<input type=\"checkbox\"> ".to_owned()),
        Event::Code(word) if grades.contains(&&*word) => {
            inline(format!("<span class=\"grade {word}\">{word}</span>"))
        }
        Event::FootnoteReference(number) => inline(format!(
            "<sup id=\"cited-{number}\"><a href=\"#note-{number}\">{number}</a></sup>"
        )),
        Event::Start(Tag::FootnoteDefinition(number)) => {
            note = number.to_string();
            inline(format!(
                "<div class=\"note\" id=\"note-{number}\"><a href=\"#cited-{number}\">{number}</a>"
            ))
        }
        Event::End(TagEnd::FootnoteDefinition) => inline("</div>\n".to_owned()),
        other => other,
    });
    let mut body = String::new();
    html::push_html(&mut body, events);
    // The body comes last and the title has no brace: nothing that they say is taken for a place to fill.
    PAGE.replacen("{title}", &text(title).replace('{', "&#123;"), 1)
        .replacen("{style}", STYLE, 1)
        .replacen("{body}", &body, 1)
}

fn inline(markup: String) -> Event<'static> {
    Event::InlineHtml(CowStr::from(markup))
}

fn text(text: &str) -> String {
    let mut escaped = String::new();
    html::push_html(
        &mut escaped,
        std::iter::once(Event::Text(CowStr::from(text))),
    );
    escaped
}
