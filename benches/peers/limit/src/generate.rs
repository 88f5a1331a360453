//! Invented events that look like real ones: few actors are in many events, few verbs in most, pairs meet again within
//! days, what one does to another is often answered, and an event is told by one to four sources.

use crate::random::Random;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

const SYLLABLES: [&str; 30] = [
    "ka", "ro", "mi", "len", "dor", "va", "sti", "an", "bel", "qu", "or", "ti", "mar", "es", "ju",
    "no", "pra", "wil", "han", "ost", "ber", "gu", "fei", "li", "sha", "im", "ek", "zo", "ul",
    "ner",
];
const KINDS: [&str; 6] = [
    "person",
    "person",
    "person",
    "organisation",
    "government",
    "media",
];
const VERBS: [&str; 30] = [
    "met-with",
    "briefed",
    "called",
    "consulted",
    "visited",
    "hosted",
    "praised",
    "criticised",
    "accused",
    "endorsed",
    "denied",
    "negotiated-with",
    "signed-with",
    "funded",
    "employed",
    "appointed",
    "lobbied",
    "emailed",
    "testified-against",
    "sued",
    "denounced",
    "warned",
    "threatened",
    "advised",
    "introduced",
    "travelled-with",
    "donated-to",
    "reported-to",
    "succeeded",
    "owns",
];
const RELATIONS: usize = 50;

/// 2015-01-01, as days since 1970-01-01, and how many days follow.
const FIRST_DAY: u32 = 16436;
const DAYS: u32 = 3650;

/// Writes `entities.tsv`, `relations.tsv`, `sources.tsv`, `edges.tsv` and `edge_sources.tsv`.
pub fn generate(events: usize, directory: &Path, seed: u64) -> io::Result<()> {
    std::fs::create_dir_all(directory)?;
    let file = |name: &str| File::create(directory.join(name)).map(BufWriter::new);
    let mut random = Random(seed);
    let entities = (events / 10).max(10);
    let sources = (events / 50).max(100);
    write_entities(&mut file("entities.tsv")?, &mut random, entities)?;
    let mut relations = file("relations.tsv")?;
    for relation in 0..RELATIONS {
        let verb = VERBS[relation % VERBS.len()];
        match relation / VERBS.len() {
            0 => writeln!(relations, "{relation}\t{verb}")?,
            round => writeln!(relations, "{relation}\t{verb}-{round}")?,
        }
    }
    let mut titles = file("sources.tsv")?;
    for source in 0..sources {
        writeln!(titles, "{source}\tDocument {source:07}")?;
    }
    write_events(
        (&mut file("edges.tsv")?, &mut file("edge_sources.tsv")?),
        &mut random,
        events,
        (entities, sources),
    )
}

fn write_entities(file: &mut impl Write, random: &mut Random, entities: usize) -> io::Result<()> {
    for entity in 0..entities {
        let given = word(random, 2);
        let family = word(random, 3);
        let kind = KINDS[random.below(6) as usize];
        let initial = &given[..1];
        writeln!(
            file,
            "{entity}\t{given} {family} {entity:x}\t{initial}. {family} {entity:x}\t{kind}"
        )?;
    }
    Ok(())
}

fn word(random: &mut Random, syllables: u64) -> String {
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(SYLLABLES[random.below(30) as usize]);
    }
    word[..1].to_uppercase() + &word[1..]
}

/// How likely each relation and those before it are: the second half as likely as the first, the third a third.
fn shares_of_relations() -> Vec<f64> {
    let mut sum = 0.0;
    let mut shares: Vec<f64> = (1..=RELATIONS)
        .map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        })
        .collect();
    shares.iter_mut().for_each(|share| *share /= sum);
    shares
}

struct Event {
    subject: u32,
    object: u32,
    day: u32,
}

fn write_events(
    (edges, edge_sources): (&mut impl Write, &mut impl Write),
    random: &mut Random,
    events: usize,
    (entities, sources): (usize, usize),
) -> io::Result<()> {
    let shares = shares_of_relations();
    let mut ranks: Vec<u32> = (0..entities as u32).collect();
    for at in (1..entities).rev() {
        ranks.swap(at, random.below(at as u64 + 1) as usize);
    }
    let mut before: Vec<Event> = Vec::with_capacity(events);
    for number in 0..events {
        let event = next_event(random, &before, &ranks);
        let drawn = random.share();
        let relation = shares
            .partition_point(|&share| share < drawn)
            .min(RELATIONS - 1);
        writeln!(
            edges,
            "{number}\t{}\t{relation}\t{}\t{}",
            event.subject, event.object, event.day
        )?;
        before.push(event);
        let drawn = random.share();
        let told_by = [0.6, 0.85, 0.95]
            .iter()
            .filter(|&&most| drawn >= most)
            .count()
            + 1;
        let mut tellers: Vec<u32> = Vec::new();
        while tellers.len() < told_by {
            let drawn = random.share();
            let source = (drawn * drawn * sources as f64) as u32;
            if !tellers.contains(&source) {
                tellers.push(source);
            }
        }
        tellers.sort_unstable();
        for source in tellers {
            writeln!(edge_sources, "{number}\t{source}")?;
        }
    }
    Ok(())
}

fn next_event(random: &mut Random, before: &[Event], ranks: &[u32]) -> Event {
    let last_day = FIRST_DAY + DAYS - 1;
    let day = |random: &mut Random| FIRST_DAY + (random.share().sqrt() * f64::from(DAYS)) as u32;
    // A power law with exponent 0.7, cut off.
    let actor = |random: &mut Random| {
        let rank = random.share().powf(1.0 / (1.0 - 0.7)) * ranks.len() as f64;
        ranks[(rank as usize).min(ranks.len() - 1)]
    };
    let earlier = |random: &mut Random| &before[random.below(before.len() as u64) as usize];
    let kind = if before.len() > 100 {
        random.share()
    } else {
        random.share().max(0.5)
    };
    let mut event = if kind < 0.30 {
        let again = earlier(random);
        let day = if random.share() < 0.5 {
            let near = i64::from(again.day) + random.below(29) as i64 - 14;
            near.clamp(i64::from(FIRST_DAY), i64::from(last_day)) as u32
        } else {
            day(random)
        };
        let (one, other) = (again.subject, again.object);
        match random.share() < 0.35 {
            true => Event {
                subject: other,
                object: one,
                day,
            },
            false => Event {
                subject: one,
                object: other,
                day,
            },
        }
    } else if kind < 0.50 {
        let (one, other) = (earlier(random).subject, earlier(random).object);
        Event {
            subject: one,
            object: other,
            day: day(random),
        }
    } else {
        let (one, other) = (actor(random), actor(random));
        Event {
            subject: one,
            object: other,
            day: day(random),
        }
    };
    if event.subject == event.object {
        event.object = (event.object + 1) % ranks.len() as u32;
    }
    event.day = event.day.min(last_day);
    event
}
