"""One engine in a process of its own.

    harness.py load ENGINE DATA DATABASE    loads the files of a data set, and prints how long that took
    harness.py ask ENGINE DATA DATABASE     opens it, asks every query with all its parameters, checks the answers against
                                            answers.json, and prints medians

Both print JSON on standard output. `--repeat N`, `--patience SECONDS` (for one query) and `--only QUERY,…` may follow.
"""

import argparse
import glob
import importlib
import json
import os
import resource
import shutil
import sys
import time

import numpy

# The same hash as casebook's side and the limit program compute: its sum over all rows does not depend on their order.
MULTIPLIER = numpy.uint64(0x9E3779B97F4A7C15)


def columns_of(answer, width):
    """What an engine gave (rows, columns of numpy, numbers) as columns of unsigned numbers."""
    if hasattr(answer, "rows"):
        answer = list(answer.rows())
    if isinstance(answer, numpy.ndarray):
        answer = [answer] if answer.ndim == 1 else list(answer.T)
    elif len(answer) > 0 and isinstance(answer[0], (list, tuple)):
        answer = list(zip(*answer))
    elif len(answer) > 0 and not isinstance(answer[0], numpy.ndarray):
        answer = [answer]
    if len(answer) == 0:
        answer = [[]] * width
    return [numpy.asarray(column, dtype=numpy.int64).astype(numpy.uint64) for column in answer]


def hashes_of(columns):
    with numpy.errstate(over="ignore"):
        hashes = numpy.zeros(len(columns[0]), numpy.uint64)
        for column in columns:
            hashes = hashes * MULTIPLIER + column + numpy.uint64(1)
            hashes ^= hashes >> numpy.uint64(29)
    return hashes


def problem(answer, wanted, width):
    """What is wrong with an answer, or None. Of rows that share the last rank, any that fill it are right."""
    columns = columns_of(answer, width)
    hashes = hashes_of(columns)
    tied = numpy.array([int(text, 16) for text in wanted.get("tied", [])], dtype=numpy.uint64)
    sure = hashes[~numpy.isin(hashes, tied)] if len(tied) else hashes
    total = f"{int(sure.sum(dtype=numpy.uint64)):016x}"
    distinct = not len(tied) or len(numpy.unique(hashes)) == len(hashes)
    if len(hashes) == wanted["n"] and total == wanted["sum"] and distinct:
        return None
    head = [int(cell) for row in list(zip(*columns))[:3] for cell in row]
    return (
        f"wanted {wanted['n']} rows, sum {wanted['sum']}, beginning {wanted['head']};"
        f" got {len(hashes)} rows, sum {total}, beginning {head}"
    )


def widths():
    """How many numbers a row of each query has."""
    five, four, three, two = ["q14_timeline"], ["q03w", "q06", "q07w"], ["q03_", "q04", "q13"], ["q10", "q15", "q16"]
    groups = {5: five, 4: four, 3: three, 2: two}
    return lambda query: next((width for width, starts in groups.items() if query.startswith(tuple(starts))), 1)


WIDTH = widths()


def peak_memory_mib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size_on_disk(path):
    total = 0
    for place in glob.glob(path + "*"):
        if os.path.isfile(place):
            total += os.path.getsize(place)
        for directory, _, names in os.walk(place):
            total += sum(os.path.getsize(os.path.join(directory, name)) for name in names)
    return total


def remove(path):
    for place in glob.glob(path + "*"):
        shutil.rmtree(place) if os.path.isdir(place) else os.remove(place)


def load(engine, data, database):
    remove(database)
    began = time.perf_counter()
    known = engine.load(data, database) or {}
    took = time.perf_counter() - began
    return {"load_s": took, "disk_bytes": size_on_disk(database), "peak_rss_mb": peak_memory_mib(), **known}


def time_query(opened, query, entries, repeat, patience):
    began = time.perf_counter()
    times, problems, rows = [], [], 0
    for entry in entries:
        parameters, least = entry["p"], float("inf")
        for round_ in range(repeat):
            start = time.perf_counter()
            answer = opened.ask(query, parameters)
            took = time.perf_counter() - start
            least = min(least, took)
            if (took > 1 and round_ > 0) or took > 5:
                break
        times.append(least)
        rows += entry["n"]
        wrong = problem(answer, entry, WIDTH(query))
        if wrong:
            problems.append(f"{query} {parameters}: {wrong}")
        if time.perf_counter() - began > patience:
            break
    times.sort()
    last = len(times) - 1
    return {
        "n_params": len(times),
        "of": len(entries),
        "bad": len(problems),
        "problems": problems[:3],
        "rows": rows,
        "median_s": times[len(times) // 2],
        "p95_s": times[min(last, len(times) * 95 // 100)],
        "min_s": times[0],
        "max_s": times[last],
    }


def ask(engine, data, database, options):
    with open(os.path.join(data, "answers.json"), encoding="utf-8") as file:
        wanted = json.load(file)["queries"]
    began = time.perf_counter()
    opened = engine.Engine(data, database)
    open_s = time.perf_counter() - began
    results = {}
    for query, entries in wanted.items():
        if options.only and query not in options.only.split(","):
            continue
        if query in engine.LACKS:
            results[query] = {"na": engine.LACKS[query]}
        elif not entries:
            results[query] = {"na": "no parameters in this data"}
        else:
            try:
                results[query] = time_query(opened, query, entries, options.repeat, options.patience)
            except Exception as error:  # The engine's own, of whatever kind: it is shown in the table.
                results[query] = {"error": f"{type(error).__name__}: {error}"[:300]}
        print(query, json.dumps(results[query]), file=sys.stderr, flush=True)
    peak = getattr(opened, "peak_rss_mb", peak_memory_mib)()
    if hasattr(opened, "close"):
        opened.close()
    return {"open_s": open_s, "peak_rss_mb": peak, "queries": results}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("task", choices=["load", "ask"])
    parser.add_argument("engine")
    parser.add_argument("data")
    parser.add_argument("database")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--patience", type=float, default=15)
    parser.add_argument("--only")
    options = parser.parse_args()
    engine = importlib.import_module(f"engines.{options.engine}_engine")
    if options.task == "load":
        result = load(engine, options.data, options.database)
    else:
        result = ask(engine, options.data, options.database, options)
    print(json.dumps({"engine": options.engine, "version": engine.VERSION, **result}))


if __name__ == "__main__":
    main()
