//! Canonical composition (NFC), piece by piece, so that each composed character knows what it was made of.

use unicode_normalization::{
    IsNormalized, UnicodeNormalization as _, char::canonical_combining_class, is_nfc_quick,
};

/// Whether a piece may begin at this character: it composes with nothing before it.
#[must_use]
pub fn begins_a_piece(c: char) -> bool {
    c < '\u{300}'
        || (canonical_combining_class(c) == 0
            && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes)
}

/// The characters of a piece, composed.
pub fn composed(piece: &[char]) -> impl Iterator<Item = char> {
    piece.iter().copied().nfc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_and_its_accent_are_one_piece() {
        assert!(!begins_a_piece('\u{301}') && begins_a_piece('e') && begins_a_piece('é'));
        // Hangul: a vowel composes with the consonant before it.
        assert!(!begins_a_piece('\u{1161}'));
        assert_eq!(composed(&['e', '\u{301}']).collect::<String>(), "é");
    }
}
