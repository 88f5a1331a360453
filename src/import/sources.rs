//! What events rest on: stories of a publisher, addresses, names; and one for the whole data where it names none.

use super::entities::{Ids, number, plain};
use crate::model::{Publication, Source, SourceType};
use crate::text::{Map, Span, Spanned, fold};

/// Publications and sources.
#[derive(Debug, Default)]
pub(super) struct Sources {
    pub(super) publications: Vec<Publication>,
    pub(super) sources: Vec<Source>,
    outlets: Map<String, u32>,
    seen: Map<Box<[u8]>, u32>,
    key: Vec<u8>,
    whole: Option<u32>,
}

impl Sources {
    /// The one source of data that names none.
    pub(super) fn whole(&mut self, ids: &mut Ids, title: &str) -> u32 {
        if let Some(whole) = self.whole {
            return whole;
        }
        let id = ids.of("", "the-data-set", "data");
        let mut source = source(id, SourceType::Dataset, title);
        source.note = Some(plain(
            "The data names no source for these events: they all rest on it alone, as one origin.",
        ));
        let whole = self.push(source);
        self.whole = Some(whole);
        whole
    }

    /// A source with an id of its own, from a look-up table.
    pub(super) fn given(&mut self, id: &str, title: &str) -> u32 {
        self.push(source(id.to_owned(), SourceType::Document, title))
    }

    /// A story of a publisher, by what the publisher or the data calls it.
    pub(super) fn story(&mut self, ids: &mut Ids, publisher: Option<&str>, story: &str) -> u32 {
        if let Some(known) = self.known(b's', &[publisher.unwrap_or(""), story]) {
            return known;
        }
        let key = self.key.as_slice().into();
        let title = match publisher {
            Some(publisher) => format!("Story {story} of {publisher}"),
            None => format!("Story {story}"),
        };
        let id = ids.of("story-", story, "unnamed");
        let mut source = source(id, SourceType::ArticleNewspaper, &title);
        source.publication = publisher.map(|publisher| plain(self.outlet(ids, publisher)));
        let number = self.push(source);
        self.seen.insert(key, number);
        number
    }

    /// Whatever stands where a source should: an address, or a name.
    pub(super) fn written(&mut self, ids: &mut Ids, text: &str) -> u32 {
        if let Some(known) = self.known(b'w', &[text]) {
            return known;
        }
        let key = self.key.as_slice().into();
        let source = match host(text) {
            Some((host, rest)) => {
                let outlet = self.outlet(ids, host);
                let id = ids.of("url-", &format!("{host} {rest}"), "unnamed");
                let mut source = source(id, SourceType::Webpage, &format!("{host}{rest}"));
                source.publication = Some(plain(outlet));
                source.url = Some(plain(text));
                source
            }
            None => {
                // An outlet that is named without an article: what it wrote about these events.
                let outlet = self.outlet(ids, text);
                let id = ids.of("reports-of-", text, "unnamed");
                let title = format!("Reports of {text}");
                let mut source = source(id, SourceType::Document, &title);
                source.publication = Some(plain(outlet));
                source
            }
        };
        let number = self.push(source);
        self.seen.insert(key, number);
        number
    }

    fn known(&mut self, space: u8, parts: &[&str]) -> Option<u32> {
        self.key.clear();
        self.key.push(space);
        for part in parts {
            self.key.extend_from_slice(part.as_bytes());
            self.key.push(0);
        }
        self.seen.get(self.key.as_slice()).copied()
    }

    fn push(&mut self, source: Source) -> u32 {
        self.sources.push(source);
        number(self.sources.len() - 1)
    }

    /// The id of a publication.
    fn outlet(&mut self, ids: &mut Ids, name: &str) -> String {
        let mut key = fold::key(name);
        if key.is_empty() {
            name.clone_into(&mut key);
        }
        if let Some(&known) = self.outlets.get(&key) {
            return self.publications[known as usize].id.value.clone();
        }
        self.outlets.insert(key, number(self.publications.len()));
        let id = ids.of("pub-", name, "unnamed");
        self.publications.push(Publication {
            span: Span::default(),
            id: plain(id.as_str()),
            name: plain(name),
            aliases: Vec::new(),
            reliability: None,
            url: None,
            about: None,
        });
        id
    }
}

/// The host of an address without `www.`, and what follows it.
fn host(text: &str) -> Option<(&str, &str)> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some((host, rest.trim_end_matches('/')))
}

fn source(id: String, source_type: SourceType, title: &str) -> Source {
    let span = Span::default();
    Source {
        span,
        id: plain(id),
        source_type: Spanned::new(source_type, span),
        title: plain(title),
        aliases: Vec::new(),
        author: Vec::new(),
        container_title: None,
        publisher: None,
        publication: None,
        issued: None,
        accessed: None,
        url: None,
        language: None,
        text: None,
        derived_from: Vec::new(),
        reliability: None,
        max_quote: None,
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn an_address_has_a_host() {
        assert_eq!(
            host("https://www.bbc.co.uk/news/1"),
            Some(("bbc.co.uk", "/news/1"))
        );
        assert_eq!(host("http://a.b"), Some(("a.b", "")));
        assert_eq!(host("BBC Monitoring"), None);
        assert_eq!(host("http:///x"), None);
    }
}
