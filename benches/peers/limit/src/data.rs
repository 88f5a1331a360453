//! The five files of a data set.

use std::io;
use std::path::Path;

pub struct Edge {
    pub subject: u32,
    pub relation: u32,
    pub object: u32,
    /// Days since 1970-01-01.
    pub day: u32,
}

pub struct Data {
    /// Name and alias of each entity.
    pub names: Vec<(String, String)>,
    pub relations: usize,
    pub edges: Vec<Edge>,
    /// The sources of all edges, and where those of each edge begin.
    pub sources: Vec<u32>,
    pub sources_of: Vec<u32>,
}

impl Data {
    pub fn read(directory: &Path) -> io::Result<Self> {
        let text = |name: &str| std::fs::read_to_string(directory.join(name));
        let names = text("entities.tsv")?
            .lines()
            .map(|line| {
                let mut fields = line.split('\t').skip(1);
                let mut field = || fields.next().unwrap_or_default().to_owned();
                (field(), field())
            })
            .collect();
        let relations = text("relations.tsv")?.lines().count();
        let edges: Vec<Edge> = numbers(&std::fs::read(directory.join("edges.tsv"))?)
            .chunks_exact(5)
            .map(|row| Edge {
                subject: row[1],
                relation: row[2],
                object: row[3],
                day: row[4],
            })
            .collect();
        let told = numbers(&std::fs::read(directory.join("edge_sources.tsv"))?);
        let mut sources_of = vec![0; edges.len() + 1];
        for pair in told.chunks_exact(2) {
            sources_of[pair[0] as usize + 1] += 1;
        }
        for edge in 0..edges.len() {
            sources_of[edge + 1] += sources_of[edge];
        }
        let sources = told.chunks_exact(2).map(|pair| pair[1]).collect();
        Ok(Self {
            names,
            relations,
            edges,
            sources,
            sources_of,
        })
    }
}

/// All numbers of a text.
fn numbers(text: &[u8]) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(text.len() / 5);
    let mut number = None;
    for &byte in text.iter().chain(b"\n") {
        if byte.is_ascii_digit() {
            number = Some(number.unwrap_or(0) * 10 + u32::from(byte - b'0'));
        } else {
            numbers.extend(number.take());
        }
    }
    numbers
}
