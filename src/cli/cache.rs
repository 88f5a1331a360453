//! Where large casebooks are kept compiled.

use etcetera::BaseStrategy as _;
use std::path::PathBuf;

/// `$CASEBOOK_CACHE`, else the user's cache directory; `None` where that is set to nothing, or no cache is wanted.
pub(super) fn directory(wanted: bool) -> Option<PathBuf> {
    if !wanted {
        return None;
    }
    match std::env::var_os("CASEBOOK_CACHE") {
        Some(named) if named.is_empty() => None,
        Some(named) => Some(named.into()),
        None => {
            let directories = etcetera::choose_base_strategy().ok()?;
            Some(directories.cache_dir().join("casebook"))
        }
    }
}
