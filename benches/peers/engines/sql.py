"""The queries in SQL, as DuckDB and SQLite are asked; $1, $2 … are the parameters in their order."""

TOP = "ORDER BY c DESC, n LIMIT 10"

STATEMENTS = {
    "q01_exact": "SELECT id FROM entity WHERE name = $1 UNION SELECT id FROM entity WHERE alias = $1",
    "q03_hop": "SELECT src, eid, date FROM edge WHERE rel = $1 AND dst = $2",
    "q03w_hop_why": (
        "SELECT e.src, e.eid, e.date, s.sid FROM edge e JOIN edge_source s ON s.eid = e.eid"
        " WHERE e.rel = $1 AND e.dst = $2"
    ),
    "q04_hop_date": "SELECT src, eid, date FROM edge WHERE rel = $1 AND dst = $2 AND date BETWEEN $3 AND $4",
    "q05_count": "SELECT count(*) FROM edge WHERE rel = $1",
    "q05d_count_date": "SELECT count(*) FROM edge WHERE rel = $1 AND date BETWEEN $2 AND $3",
    "q05f_count_facts": "SELECT count(*) FROM (SELECT DISTINCT src, dst FROM edge WHERE rel = $1)",
    "q06_pairs": "SELECT eid, src, dst, date FROM edge WHERE rel = $1",
    "q07_twohop": (
        "SELECT DISTINCT e1.src FROM edge e2 JOIN edge e1 ON e1.dst = e2.src AND e1.rel = $1"
        " WHERE e2.rel = $2 AND e2.dst = $3"
    ),
    "q07w_twohop_why": (
        "SELECT e1.src AS who, e1.eid AS first, e2.src AS between_them, e2.eid AS second"
        " FROM edge e2 JOIN edge e1 ON e1.dst = e2.src AND e1.rel = $1 WHERE e2.rel = $2 AND e2.dst = $3"
    ),
    "q08_common": (
        "SELECT src FROM edge WHERE rel = $1 AND dst = $2 INTERSECT SELECT src FROM edge WHERE rel = $1 AND dst = $3"
    ),
    "q09_anti": (
        "SELECT DISTINCT src FROM edge e WHERE rel = $1 AND dst = $2"
        " AND NOT EXISTS (SELECT 1 FROM edge b WHERE b.rel = $3 AND b.src = $4 AND b.dst = e.src)"
    ),
    "q10_top_dst": f"SELECT dst AS n, count(*) AS c FROM edge WHERE rel = $1 GROUP BY dst {TOP}",
    "q10b_top_src_all": f"SELECT src AS n, count(*) AS c FROM edge GROUP BY src {TOP}",
    "q11_reach3": (
        "WITH RECURSIVE r(n, d) AS (SELECT CAST($2 AS INTEGER), 0 UNION"
        " SELECT e.dst, d + 1 FROM r JOIN edge e ON e.src = r.n AND e.rel = $1 WHERE d < 3)"
        " SELECT DISTINCT n FROM r WHERE n <> $2"
    ),
    "q13_corrob": (
        "SELECT e.src, e.dst, count(DISTINCT s.sid) AS k FROM edge e JOIN edge_source s ON s.eid = e.eid"
        " WHERE e.rel = $1 GROUP BY e.src, e.dst HAVING count(DISTINCT s.sid) >= 2"
    ),
    "q14_timeline": (
        "SELECT date, eid, src, rel, dst FROM edge WHERE src = $1 OR dst = $1 ORDER BY date DESC, eid DESC LIMIT 50"
    ),
    "q16_degree": (
        "SELECT n, count(*) AS c FROM (SELECT src AS n FROM edge UNION ALL SELECT dst FROM edge) GROUP BY n " + TOP
    ),
}
