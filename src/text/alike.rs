//! When two names that are not the same look it: to the eye, in Latin letters, or but for one letter.

use super::fold;
use any_ascii::any_ascii;

/// What a text looks like, whatever alphabets its letters are of: the skeleton of Unicode UTS 39.
#[must_use]
pub fn skeleton(text: &str) -> String {
    unicode_security::skeleton(text).collect()
}

/// The folded words of a text in Latin letters: `Дмитриев` as `dmitriev`.
#[must_use]
pub fn romanised(text: &str) -> String {
    fold::key(&any_ascii(text))
}

/// Whether two folded names are the same but for one letter (one more, one less, another, or two exchanged) of one word.
/// Words of less than three letters, digits and a plural's `s` tell names apart.
#[must_use]
pub fn one_letter_apart(one: &str, other: &str) -> bool {
    if one.split(' ').count() != other.split(' ').count() {
        return false;
    }
    let words = one.split(' ').zip(other.split(' '));
    let mut differing = words.filter(|(one, other)| one != other);
    let (Some((one, other)), None) = (differing.next(), differing.next()) else {
        return false;
    };
    let letters = |word: &str| word.chars().all(char::is_alphabetic);
    let is_plural = one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one);
    one.chars().count().min(other.chars().count()) >= 3
        && letters(one)
        && letters(other)
        && !is_plural
        && super::suggest::distance(one, other) == 1
}

/// The folded names that one letter less makes of one, each once: two that are one letter apart share one of these, or
/// one of them is among those of the other.
#[must_use]
pub fn with_one_letter_less(name: &str) -> Vec<String> {
    let cut = |(at, c): (usize, char)| format!("{}{}", &name[..at], &name[at + c.len_utf8()..]);
    let letters = name.char_indices().filter(|(_, c)| c.is_alphabetic());
    let mut all: Vec<String> = letters.map(cut).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_has_one_skeleton() {
        assert_eq!(skeleton("Witk\u{43e}ff"), skeleton("Witkoff"));
        assert_ne!(skeleton("Witkoff"), skeleton("Dmitriev"));
    }

    #[test]
    fn other_alphabets_in_latin_letters() {
        assert_eq!(romanised("Дмитриев"), "dmitriev");
        assert_eq!(romanised("Ołena É."), romanised("olena e"));
    }

    #[test]
    fn one_letter_and_no_more() {
        for (one, other) in [
            ("ana kovrel", "anna kovrel"),
            ("rustem umerov", "rustam umerov"),
            ("steve witkoff", "steve witkfof"),
        ] {
            assert!(one_letter_apart(one, other), "{one}");
            let less = with_one_letter_less(one);
            let other_less = with_one_letter_less(other);
            let shared = less.iter().any(|cut| other_less.contains(cut));
            assert!(
                shared || less.contains(&other.to_owned()) || other_less.contains(&one.to_owned())
            );
        }
        for (one, other) in [
            ("us officials", "uk officials"),
            ("audit note 14", "audit note 15"),
            ("ukrainian official", "ukrainian officials"),
            ("ana kovrel", "anna kovrell"),
            ("ana kovrel", "anakovrel x"),
            ("same name", "same name"),
        ] {
            assert!(!one_letter_apart(one, other), "{one}");
        }
    }
}
