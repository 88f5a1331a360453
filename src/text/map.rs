//! Hash maps over ids and names, of which a large casebook has hundreds of thousands. The home of `foldhash`.

use std::collections::{HashMap, HashSet};

/// A map with a quick hash. The hash is seeded anew in every process, so that no file can be written to slow it down; for
/// the same reason nothing may depend on its order.
pub type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// A set of the same sort.
pub type Set<K> = HashSet<K, foldhash::fast::RandomState>;
