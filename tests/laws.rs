//! Laws
use crate::support::generate::*;

#[test]
fn look() {
    for seed in 0..60 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let book = casebook(&mut rng);
        if seed == 0 { eprintln!("{}", dump(&book)); }
        for _ in 0..5 {
            eprintln!("{}", Questions::new(&book, &mut rng, Taste::ALL).question());
        }
    }
}
