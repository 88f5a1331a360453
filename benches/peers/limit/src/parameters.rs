//! Parameters for each query, drawn so that events decide: who is in many is asked about often.

use crate::columns::Columns;
use crate::queries::{self, Answer, Scratch};
use crate::random::Random;
use serde_json::{Map, Value, json};

/// How many sets of parameters a query gets.
const SETS: usize = 24;
/// Larger answers are not asked for: some engines would take minutes.
const MOST_TWO_HOPS: usize = 200_000;
const MOST_NEAR_IN_TIME: usize = 400_000;

/// Parameters by query. The same seed gives the same.
pub fn draw(data: &Columns, seed: u64) -> Map<String, Value> {
    let mut draws = Draws {
        data,
        random: Random(seed),
        scratch: Scratch::new(data.entities),
    };
    let mut all = Map::new();
    let mut put = |query: &str, sets: Vec<Value>| all.insert(query.to_owned(), sets.into());
    let edges = &data.edges;
    put(
        "q01_exact",
        draws.sets(|draws| {
            let subject = edges[draws.edge()].subject;
            Some(json!([data.names[subject as usize]]))
        }),
    );
    put("q02_substr", draws.sets(Draws::part_of_a_name));
    let hops: Vec<usize> = (0..SETS).map(|_| draws.edge()).collect();
    let hop = |&at: &usize| json!([edges[at].relation, edges[at].object]);
    put("q03_hop", hops.iter().map(hop).collect());
    put("q03w_hop_why", hops.iter().map(hop).collect());
    let dated = hops.iter().map(|&at| {
        let (from, to) = draws.days_around(at);
        json!([edges[at].relation, edges[at].object, from, to])
    });
    put("q04_hop_date", dated.collect());
    let verbs: Vec<usize> = (0..SETS).map(|_| draws.edge()).collect();
    let verb = |&at: &usize| json!([edges[at].relation]);
    let dated = verbs.iter().map(|&at| {
        let (from, to) = draws.days_around(at);
        json!([edges[at].relation, from, to])
    });
    put("q05d_count_date", dated.collect());
    for query in [
        "q05_count",
        "q05f_count_facts",
        "q06_pairs",
        "q10_top_dst",
        "q13_corrob",
    ] {
        put(query, verbs.iter().map(verb).collect());
    }
    let two_hops = draws.sets(Draws::two_hops);
    put("q07_twohop", two_hops.clone());
    put("q07w_twohop_why", two_hops);
    put("q08_common", draws.sets(Draws::two_objects));
    put(
        "q09_anti",
        draws.sets(|draws| {
            let (one, other) = (&edges[draws.edge()], &edges[draws.edge()]);
            Some(json!([
                one.relation,
                one.object,
                other.relation,
                other.subject
            ]))
        }),
    );
    put(
        "q11_reach3",
        draws.sets(|draws| {
            let edge = &edges[draws.edge()];
            Some(json!([edge.relation, edge.subject]))
        }),
    );
    put(
        "q12_path",
        draws.sets(|draws| {
            let (from, to) = (edges[draws.edge()].subject, edges[draws.edge()].object);
            (from != to).then(|| json!([from, to]))
        }),
    );
    put(
        "q14_timeline",
        draws.sets(|draws| {
            let edge = &edges[draws.edge()];
            let is_subject = draws.random.below(2) == 0;
            Some(json!([if is_subject {
                edge.subject
            } else {
                edge.object
            }]))
        }),
    );
    put("q15_contra", draws.sets(Draws::two_verbs));
    put("q10b_top_src_all", vec![json!([])]);
    put("q16_degree", vec![json!([])]);
    all
}

struct Draws<'c> {
    data: &'c Columns,
    random: Random,
    scratch: Scratch,
}

impl Draws<'_> {
    fn edge(&mut self) -> usize {
        self.random.below(self.data.edges.len() as u64) as usize
    }

    /// As many sets as are wanted, from draws some of which give none; fewer where the data seem to have none.
    fn sets(&mut self, mut draw: impl FnMut(&mut Self) -> Option<Value>) -> Vec<Value> {
        let mut sets = Vec::new();
        for _ in 0..SETS * 1000 {
            sets.extend(draw(self));
            if sets.len() == SETS {
                break;
            }
        }
        sets
    }

    /// The first five letters of a word in a name.
    fn part_of_a_name(&mut self) -> Option<Value> {
        let entity = self.random.below(self.data.entities as u64) as usize;
        let name = self.data.names[entity].to_lowercase();
        let is_plain =
            |word: &&str| word.len() >= 5 && word.bytes().all(|b| b.is_ascii_lowercase());
        let words: Vec<&str> = name.split_whitespace().filter(is_plain).collect();
        let words = (!words.is_empty()).then_some(words)?;
        let word = words[self.random.below(words.len() as u64) as usize];
        Some(json!([&word[..5]]))
    }

    /// A tenth of all days, with the day of an edge among them.
    fn days_around(&mut self, edge: usize) -> (u32, u32) {
        let days = self.data.edges.iter().map(|edge| edge.day);
        let (first, last) = days.fold((u32::MAX, 0), |(first, last), day| {
            (first.min(day), last.max(day))
        });
        let width = ((last - first + 1) / 10).max(1);
        let day = self.data.edges[edge].day;
        let from = (day - self.random.below(width.into()) as u32).max(first);
        (from, from + width)
    }

    /// Two verbs that meet in an entity, and the object of the second.
    fn two_hops(&mut self) -> Option<Value> {
        let second = self.edge();
        let second = &self.data.edges[second];
        let before = self.data.to.all(second.subject);
        if before.is_empty() {
            return None;
        }
        let at = before.start + self.random.below(before.len() as u64) as usize;
        let first = self.data.to.relation[at];
        let set = json!([first, second.relation, second.object]);
        let rows = self.rows_of("q07w_twohop_why", &set);
        (rows <= 4 * MOST_TWO_HOPS).then_some(set)
    }

    /// A verb and two objects that one subject has of it.
    fn two_objects(&mut self) -> Option<Value> {
        let edge = self.edge();
        let edge = &self.data.edges[edge];
        let of_subject = self.data.from.with(edge.subject, edge.relation);
        if of_subject.len() < 2 {
            return None;
        }
        let at = of_subject.start + self.random.below(of_subject.len() as u64) as usize;
        let other = self.data.from.other[at];
        (other != edge.object).then(|| json!([edge.relation, other, edge.object]))
    }

    fn two_verbs(&mut self) -> Option<Value> {
        let (one, other) = (self.edge(), self.edge());
        let [one, other] = [one, other].map(|at| self.data.edges[at].relation);
        if one == other {
            return None;
        }
        let set = json!([one, other]);
        let rows = self.rows_of("q15_contra", &set);
        (rows < 2 * MOST_NEAR_IN_TIME).then_some(set)
    }

    fn rows_of(&mut self, query: &str, set: &Value) -> usize {
        let mut found = Answer::default();
        queries::answer(self.data, query, set, &mut self.scratch, false, &mut found);
        found.rows.len()
    }
}
