//! The visible text of stored files: plain text, Markdown, HTML. The home of `html2text` and `pulldown-cmark`.

use html2text::{Element, Handle, config};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::path::Path;

/// How plain texts are read.
pub(super) const PLAIN: &str = "text-1";

/// A name of the Markdown reading; the version stands in `Cargo.toml` too.
const MARKDOWN: &str = "pulldown-cmark-0.13.6";

/// A name of the HTML reading; the version stands in `Cargo.toml` too.
const HTML: &str = "html2text-0.17.4";

/// What a stored text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text as it is.
    Plain,
    /// Markdown: what a reader sees of it.
    Markdown,
    /// A web page: what a reader sees of it.
    Html,
}

/// Why a stored text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong, one line.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Format {
    /// The format of a file by its name's ending; `None` where it is not known.
    #[must_use]
    pub fn of(file: &Path) -> Option<Self> {
        let Some(ending) = file.extension() else {
            return Some(Self::Plain);
        };
        match ending.to_str()?.to_lowercase().as_str() {
            "txt" | "text" => Some(Self::Plain),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            _ => None,
        }
    }

    /// The name of its reading, with the library's version, since positions are counted in what it gives.
    #[must_use]
    pub fn reading(self) -> String {
        match self {
            Self::Plain => PLAIN.to_owned(),
            Self::Markdown => format!("{MARKDOWN}/{PLAIN}"),
            Self::Html => format!("{HTML}/{PLAIN}"),
        }
    }
}

/// The visible text of a file.
pub(super) fn visible(bytes: &[u8], format: Format) -> Result<String, Unreadable> {
    let text = decoded(bytes)?;
    match format {
        Format::Plain => Ok(text.to_owned()),
        Format::Markdown => Ok(markdown(text)),
        Format::Html => html(text),
    }
}

fn decoded(bytes: &[u8]) -> Result<&str, Unreadable> {
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let found = bytes.get(at).copied().unwrap_or(0);
        Unreadable {
            message: format!("it is not UTF-8 text: byte {at} is 0x{found:02X}"),
            help: if utf16 {
                "it looks like UTF-16: store a copy in UTF-8".to_owned()
            } else {
                "store a copy in UTF-8; nothing is guessed".to_owned()
            },
        }
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// What a reader sees of Markdown: a line for each block, none of its marks, no code of web pages.
fn markdown(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut hidden = 0_u32;
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::MetadataBlock(_)) => hidden += 1,
            Event::End(TagEnd::Image | TagEnd::MetadataBlock(_)) => {
                hidden = hidden.saturating_sub(1)
            }
            _ if hidden > 0 => {}
            Event::Text(text) | Event::Code(text) => seen.push_str(&text),
            Event::SoftBreak | Event::HardBreak => seen.push('\n'),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) => {
                end_block(&mut seen, "\n\n");
            }
            Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => {
                end_block(&mut seen, "\n")
            }
            Event::End(TagEnd::List(_) | TagEnd::Table) => end_block(&mut seen, "\n\n"),
            Event::End(TagEnd::TableCell) => seen.push('\t'),
            _ => {}
        }
    }
    seen.truncate(seen.trim_end().len());
    seen
}

fn end_block(seen: &mut String, end: &str) {
    seen.truncate(seen.trim_end().len());
    if !seen.is_empty() {
        seen.push_str(end);
    }
}

/// Elements of which a reader sees nothing, or no words.
const UNSEEN: &[&str] = &[
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "img", "svg",
    "math", "video", "audio", "canvas", "iframe", "object", "embed", "hr", "input", "select",
    "textarea", "datalist", "dialog",
];

/// Elements that hold nothing, or end where the next of their kind begins.
const OFTEN_OPEN: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "source", "tbody", "td", "th", "thead", "tr", "track", "wbr",
];

/// How deep a web page may nest its elements; reading takes as long as the square of it.
const DEEPEST: usize = 1_000;

/// Whether a web page nests its elements deeper than any real one.
fn is_too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    for (at, _) in text.match_indices('<') {
        let tag = &text[at + 1..];
        let closes = tag.starts_with('/');
        let name = tag.trim_start_matches('/').bytes();
        let name: Vec<u8> = name
            .take(10)
            .take_while(u8::is_ascii_alphanumeric)
            .collect();
        let name = name.to_ascii_lowercase();
        let often_open = OFTEN_OPEN.iter().any(|known| known.as_bytes() == name);
        if name.is_empty() || often_open {
            continue;
        }
        depth = if closes {
            depth.saturating_sub(1)
        } else {
            depth + 1
        };
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// What a reader sees of a web page.
fn html(text: &str) -> Result<String, Unreadable> {
    if is_too_deep(text) {
        return Err(Unreadable {
            message: format!("its elements are nested more than {DEEPEST} deep"),
            help: "store its text in a file that ends in `.txt`".to_owned(),
        });
    }
    let unreadable = |_| Unreadable {
        message: "it cannot be read as a web page".to_owned(),
        help: "store its text in a file that ends in `.txt`".to_owned(),
    };
    let reader = config::with_decorator(html2text::render::TrivialDecorator::new())
        .raw_mode(true)
        .no_link_wrapping()
        .allow_width_overflow();
    let page = reader.parse_html(text.as_bytes()).map_err(unreadable)?;
    prune(&page.document);
    let tree = reader.dom_to_render_tree(&page).map_err(unreadable)?;
    // Nothing is wrapped: whoever changes the width would change every position.
    let seen = reader.render_to_string(tree, 1 << 30).map_err(unreadable)?;
    Ok(seen.trim().to_owned())
}

/// Takes out what a reader does not see.
fn prune(document: &Handle) {
    let mut open = vec![document.clone()];
    while let Some(node) = open.pop() {
        let mut children = node.children.borrow_mut();
        children.retain(|child| !is_unseen(child));
        open.extend(children.iter().cloned());
    }
}

fn is_unseen(node: &Handle) -> bool {
    let Element { name, attrs, .. } = &node.data else {
        return false;
    };
    if UNSEEN.contains(&&*name.local) {
        return true;
    }
    attrs.borrow().iter().any(|attribute| {
        let value = attribute.value.to_lowercase();
        match &*attribute.name.local {
            "hidden" => true,
            "style" => {
                let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                style.contains("display:none") || style.contains("visibility:hidden")
            }
            _ => false,
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_seen_is_read() {
        let page = "<html><head><title>T</title><style>p{}</style></head><body><script>x()</script>\
            <h1>Keys &amp; light</h1><p>They <b>change</b>\n hands<br>on <a href='/x'>3 May</a>.</p>\
            <p hidden>Not here</p><p style='display : none'>Nor here</p><hr><ul><li>one<li>two</ul>\
            <table><tr><td>a</td><td>b</td></tr></table><p>m<sup>2</sup> x</p>";
        assert_eq!(
            html(page).unwrap(),
            "Keys & light\n\nThey change hands\non 3 May.\none\ntwo\n\na\nb\n\nm² x"
        );
        let text = "# Keys & *light*\n\nThey **change**\nhands on [3 May](/x).\n\n- one\n- two\n\n<b>no</b> ![alt](x)";
        assert_eq!(
            markdown(text),
            "Keys & light\n\nThey change\nhands on 3 May.\n\none\ntwo\n\nno"
        );
    }

    #[test]
    fn a_hostile_page_is_read_or_refused() {
        let deep = "<div>".repeat(500) + "words" + &"</div>".repeat(10);
        assert!(html(&deep).is_ok_and(|text| text == "words"));
        let deep = "<div>".repeat(100_000) + "words";
        assert!(html(&deep).is_err_and(|why| why.message.contains("nested")));
        let rows = "<tr><td>a<p>b<br>".repeat(3_000);
        assert!(html(&format!("<table>{rows}</table>")).is_ok());
        let deep = "> ".repeat(2_000) + "words";
        assert!(markdown(&deep).contains("words"));
    }

    #[test]
    fn nothing_is_guessed() {
        let bad = visible(b"caf\xe9", Format::Plain).unwrap_err();
        assert_eq!(bad.message, "it is not UTF-8 text: byte 3 is 0xE9");
        assert_eq!(visible("\u{feff}a".as_bytes(), Format::Plain).unwrap(), "a");
        assert!(
            visible(b"\xff\xfea\0", Format::Plain)
                .unwrap_err()
                .help
                .contains("UTF-16")
        );
    }

    /// The versions in the names of readings are those that are built.
    #[test]
    fn readings_name_the_library_that_is_built() {
        let lock = include_str!("../../Cargo.lock");
        for reading in [MARKDOWN, HTML] {
            let (name, version) = reading.rsplit_once('-').unwrap();
            let entry = format!("name = \"{name}\"\nversion = \"{version}\"");
            assert!(lock.contains(&entry), "{reading}");
        }
    }
}
