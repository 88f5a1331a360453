//! Ctrl-C while a question runs. The only home of `ctrlc`.

use super::Status;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Makes Ctrl-C set this flag, which stops the running question. Where it is set already and nobody has looked, Ctrl-C
/// ends the program, as it does when no handler can be set.
pub fn listen(flag: &Arc<AtomicBool>) {
    let flag = Arc::clone(flag);
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(Status::Interrupted.code()));
        }
    });
}
