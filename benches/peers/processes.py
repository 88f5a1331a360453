"""Whole processes: one question, from the start of a program to its end, beside a program that prints one line."""

import json
import os
import statistics
import subprocess
import time

# Which of a query's parameters are asked.
HOP, PAIRS, TWO_HOPS = 2, 2, 2


def questions(directory):
    """The same three questions for each program: rows are entities, or pairs of them, each once."""
    wanted = json.loads((directory / "answers.json").read_text(encoding="utf-8"))["queries"]

    def parameters(query, at):
        sets = wanted[query]
        return sets[at % len(sets)]["p"]

    relation, whom = parameters("q03_hop", HOP)
    first, second, end = parameters("q07_twohop", TWO_HOPS)
    (every,) = parameters("q06_pairs", PAIRS)
    return {
        "hop": (
            f"who r{relation} @e{whom}",
            f"SELECT DISTINCT n.id, n.name FROM edge e JOIN entity n ON n.id = e.src"
            f" WHERE e.dst = {whom} AND e.rel = {relation}",
        ),
        "two hops": (
            f"who r{first} someone that r{second} @e{end}",
            f"SELECT DISTINCT n.id, n.name FROM edge e2 JOIN edge e1 ON e1.dst = e2.src AND e1.rel = {first}"
            f" JOIN entity n ON n.id = e1.src WHERE e2.rel = {second} AND e2.dst = {end}",
        ),
        "pairs": (
            f"who r{every} whom",
            f"SELECT DISTINCT a.id, a.name, b.id, b.name FROM edge e JOIN entity a ON a.id = e.src"
            f" JOIN entity b ON b.id = e.dst WHERE e.rel = {every}",
        ),
    }


def commands(peers, directory, casebook):
    """Each program with what it is given, and how many lines stand before its rows."""
    found = {"prints one line": ([peers.line], None, 0), "casebook --version": ([peers.casebook, "--version"], None, 0)}
    databases = {name: peers.cache / "databases" / f"{name}-{directory.name}" for name in ["sqlite", "duckdb"]}
    by_python = {
        "sqlite": (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1])\n"
            "for row in c.execute(sys.argv[2]): print(*row, sep='\\t')"
        ),
        "duckdb": (
            "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True)\n"
            "for row in c.execute(sys.argv[2]).fetchall(): print(*row, sep='\\t')"
        ),
    }
    for name, (question, statement) in questions(directory).items():
        ask = [peers.casebook, "-c", casebook, "--format", "tsv", "ask", question]
        found[f"casebook, {name}"] = (ask, name, 1)
        for engine, database in databases.items():
            if database.exists():
                ask = [peers.python, "-c", by_python[engine], database, statement]
                found[f"{engine} in Python, {name}"] = (ask, name, 0)
    return found


def run(command):
    """Seconds, memory in MiB and lines of one run."""
    began = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return took, usage.ru_maxrss / 1024, output.count(b"\n"), process.returncode


def measure(peers, directory, casebook, rounds):
    """Medians of programs that take turns, so that whatever else the machine does strikes all alike."""
    programs = commands(peers, directory, casebook)
    runs, problems, rows = {name: [] for name in programs}, [], {}
    for round_ in range(rounds + 1):
        for name, (command, asked, before) in programs.items():
            # Slow ones need no many rounds.
            if len(runs[name]) >= 5 and runs[name][-1][0] > 1:
                continue
            took, memory, lines, status = run(command)
            if status != 0:
                problems.append(f"{name}: status {status}")
                continue
            if asked is not None:
                rows.setdefault(asked, {})[name] = lines - before
            if round_ > 0:
                runs[name].append((took, memory))
    for asked, counts in rows.items():
        if len(set(counts.values())) > 1:
            problems.append(f"{asked}: numbers of rows differ: {counts}")
    line = statistics.median(took for took, _ in runs["prints one line"])
    measured = {
        name: {
            "median_s": statistics.median(took for took, _ in taken),
            "min_s": min(took for took, _ in taken),
            "peak_mb": statistics.median(memory for _, memory in taken),
            "to_line": statistics.median(took for took, _ in taken) / line,
        }
        for name, taken in runs.items()
        if taken
    }
    return {"programs": measured, "problems": sorted(set(problems))}
