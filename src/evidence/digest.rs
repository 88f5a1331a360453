//! Fingerprints: SHA-256 of passages and of whole files. The home of `sha2`.

use super::text1::text1;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// SHA-256 of the bytes of a file: 64 hexadecimal digits, as a source's `text` records them.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The fingerprint of a passage: the first 16 hexadecimal digits of SHA-256 over the passage as text-1 has it.
pub(super) fn digest(passage: &[char]) -> String {
    format!("{:016x}", short(&text1(passage).text))
}

/// The same as a number, of a text that text-1 has normalised.
pub(super) fn short(normalised: &str) -> u64 {
    let hash = Sha256::digest(normalised.as_bytes());
    hash.iter()
        .take(8)
        .fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// The number that a fingerprint writes; `None` where it is none.
pub(super) fn parse(digest: &str) -> Option<u64> {
    let written = digest.len() == 16 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    written
        .then(|| u64::from_str_radix(digest, 16).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_the_documents_say() {
        // The example of docs/data-model.md.
        let quote = "“The keys change hands on 3 May – not before,” Orla Venn told us.";
        let points: Vec<char> = quote.chars().collect();
        assert_eq!(digest(&points), "ca22f9fb86bcf958");
        assert_eq!(parse("ca22f9fb86bcf958"), Some(0xca22_f9fb_86bc_f958));
        assert_eq!(parse("ca22"), None);
        assert!(sha256(b"").starts_with("e3b0c44298fc1c149afbf4c8996fb924"));
    }
}
