"""From results to what people read: wrong answers, one by one, and a table in Markdown."""

SCALE = ["networkx", "rustworkx", "igraph"]
NAMES = {
    "casebook": "casebook",
    "limit": "limit",
    "duckdb": "DuckDB",
    "sqlite": "SQLite",
    "ladybug": "LadybugDB",
    "kuzu": "Kùzu",
    "oxigraph": "Oxigraph",
    "grafeo": "Grafeo",
    "cozo": "Cozo",
    "falkordb": "FalkorDB",
    "raphtory": "Raphtory",
    "networkx": "NetworkX",
    "rustworkx": "rustworkx",
    "igraph": "igraph",
}
QUERIES = {
    "q01_exact": "an entity by its exact name",
    "q02_substr": "entities by part of a name",
    "q03_hop": "who did R to X, with the claims",
    "q03w_hop_why": "who did R to X, with claims and sources",
    "q04_hop_date": "who did R to X in a tenth of the time",
    "q05_count": "how many claims of R",
    "q05d_count_date": "how many claims of R in a tenth of the time",
    "q05f_count_facts": "how many pairs of R",
    "q06_pairs": "all pairs of R, with the claims",
    "q07_twohop": "who did R to someone that did S to X",
    "q07w_twohop_why": "who did R to someone that did S to X, with both claims",
    "q08_common": "who did R to both X and Y",
    "q09_anti": "who did R to X and had never S from Y",
    "q10_top_dst": "to whom R was done most, ten",
    "q10b_top_src_all": "who did most of anything, ten",
    "q11_reach3": "whom X reaches in one to three steps of R",
    "q12_path": "length of the shortest path from X to Y",
    "q13_corrob": "pairs of R that two sources tell of",
    "q14_timeline": "timeline of X, the last fifty",
    "q15_contra": "R and S between a pair within a week",
    "q16_degree": "who is in most claims, ten",
}


def problems(results):
    """Each wrong answer: who gave it, to what, what was wanted and what came."""
    lines = []
    for name, result in results.items():
        for query, measured in result.get("queries", {}).items():
            if measured.get("bad"):
                shown = measured.get("problems", [])
                lines += [f"WRONG: {NAMES.get(name, name)}: {line}" for line in shown]
                more = measured["bad"] - len(shown)
                if more > 0:
                    lines.append(f"WRONG: {NAMES.get(name, name)}: {query}: {more} more")
        if name == "casebook" and "failed" in result:
            lines.append(f"WRONG: casebook did not answer all: {result['failed']}")
    for line in results.get("processes", {}).get("problems", []):
        lines.append(f"WRONG: whole process: {line}")
    return lines


def seconds(value):
    """A time with three digits and the unit that suits it."""
    for unit, size in [("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)]:
        if value >= size:
            return f"{digits(value / size)} {unit}"
    return f"{digits(value / 1e-9)} ns"


def digits(number):
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def median(result, query):
    return result.get("queries", {}).get(query, {}).get("median_s")


def is_whole(result, query):
    """Whether all parameters were asked: the medians of others are of an easier or a harder part."""
    measured = result.get("queries", {}).get(query, {})
    return "median_s" in measured and measured["n_params"] >= measured.get("of", 0) and not measured.get("stopped")


def cell(result, query):
    """A median, or a dash with what stands for it under the table."""
    measured = result.get("queries", {}).get(query, {})
    if "median_s" not in measured:
        return "–"
    mark = ""
    if measured.get("stopped"):
        mark = " (stopped)"
    elif measured["n_params"] < measured.get("of", measured["n_params"]):
        mark = f" ({measured['n_params']} of {measured['of']})"
    return seconds(measured["median_s"]) + mark


def ratio(one, other):
    return "–" if one is None or not other else digits(one / other)


def grid(header, rows):
    lines = ["| " + " | ".join(header) + " |", "| --- |" + " ---: |" * (len(header) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def ratios(results, peers):
    ours, limit = results["casebook"], results["limit"]
    rows = []
    for query, about in QUERIES.items():
        engines = [name for name in peers if name not in SCALE and is_whole(results[name], query)]
        times = {name: median(results[name], query) for name in engines}
        fastest = min(times, key=times.get) if times else None
        mine = median(ours, query) if is_whole(ours, query) else None
        rows.append(
            [
                about,
                cell(ours, query),
                f"{seconds(times[fastest])} ({NAMES[fastest]})" if fastest else "–",
                ratio(mine, times.get(fastest)),
                cell(limit, query),
                ratio(mine, median(limit, query)),
            ]
        )
    return grid(["query", "casebook", "fastest engine", "ratio", "limit", "ratio"], rows)


def medians(results, names):
    rows = [[about, *(cell(results[name], query) for name in names)] for query, about in QUERIES.items()]
    return grid(["query", *(NAMES[name] for name in names)], rows)


def sizes(results, names):
    """How long loading and opening take, and what is held."""
    rows = []
    for name in names:
        result, load = results[name], results[name].get("load", {})

        def known(value, shown):
            return shown(value) if value is not None else "–"

        rows.append(
            [
                result.get("version", NAMES[name]),
                known(load.get("load_s", result.get("load_s")), seconds),
                known(result.get("open_s"), seconds),
                known(load.get("disk_bytes"), lambda size: f"{size / 2**20:,.0f} MiB"),
                known(result.get("peak_rss_mb"), lambda size: f"{size:,.0f} MiB"),
            ]
        )
    return grid(["engine", "load", "open", "on disk", "memory, asking"], rows)


def remarks(results, peers):
    """What is missing, and why; nothing is left out in silence."""
    lines = []
    for name in ["casebook", *peers]:
        if "failed" in results[name]:
            lines.append(f"- {NAMES[name]}: {results[name]['failed']}")
        for query, measured in results[name].get("queries", {}).items():
            why = measured.get("na") or measured.get("error") or measured.get("stopped")
            if why:
                kind = "stopped: " if measured.get("stopped") else "failed: " if measured.get("error") else ""
                lines.append(f"- {NAMES[name]}, *{QUERIES[query]}*: {kind}{why}")
    return "\n".join(lines)


def processes(results):
    rows = [
        [name, seconds(it["median_s"]), seconds(it["min_s"]), f"{it['peak_mb']:,.0f} MiB", digits(it["to_line"])]
        for name, it in results["programs"].items()
    ]
    return grid(["program", "median", "least", "memory", "to the line"], rows)


def markdown(data, results):
    peers = [name for name in results if name in NAMES and name not in ("casebook", "limit")]
    named = "ICEWS18" if data == "icews18" else f"{int(data):,} invented events"
    engines = [name for name in peers if "queries" in results[name] and name not in SCALE]
    scripts = [name for name in peers if "queries" in results[name] and name in SCALE]
    wrong = problems(results)
    checked = "Every answer was right." if not wrong else "NOT EVERY ANSWER WAS RIGHT."
    parts = [f"{named}, medians over all parameters. {checked}", ratios(results, peers)]
    if engines:
        parts += ["All engines:", medians(results, engines)]
    if scripts:
        parts += ["Graph libraries that scripts walk by hand, for scale:", medians(results, scripts)]
    parts.append(sizes(results, [name for name in ["limit", "casebook", *peers] if "failed" not in results[name]]))
    if results.get("processes"):
        parts += ["Whole processes, in turns:", processes(results["processes"])]
    missing = remarks(results, peers)
    if missing:
        parts += ["Not measured:", missing]
    return "\n\n".join(parts) + "\n"


def write(path, data, text):
    """Replaces what stands between the two marks of this data."""
    begin, end = f"<!-- peers {data} -->\n", f"<!-- /peers {data} -->\n"
    document = path.read_text(encoding="utf-8")
    if document.count(begin) != 1 or document.count(end) != 1:
        raise SystemExit(f"{path.name} has not the two marks {begin.strip()} and {end.strip()}")
    before, rest = document.split(begin)
    _, after = rest.split(end)
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
