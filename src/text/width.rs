//! How many columns of a screen a text takes. The only home of `unicode-width`.

pub use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
