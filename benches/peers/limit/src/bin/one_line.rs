//! The least that a program can do: what whole processes are compared with.

fn main() {
    println!("one line");
}
