
mod laws;
mod support;
