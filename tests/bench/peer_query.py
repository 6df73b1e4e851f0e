#!/usr/bin/env python3
"""One peer's count of distinct ids per minute of one file, as a whole process that does nothing else.

    peer_query.py QUERY FILE wide|narrow|nested THREADS

QUERY is one of the names in QUERIES. Prints CSV "window_start,count" with seconds since 1970. A
query named "*/start" only starts the engine: its time is the part of the others that is not query.
"""

import os
import sys

# Read by the engine when it is imported.
os.environ["POLARS_MAX_THREADS"] = sys.argv[4] if len(sys.argv) > 4 else "2"


def duckdb_source(path: str, shape: str) -> str:
    if shape != "nested":
        return (
            f"(select ts // 60 as m, uid from read_ndjson('{path}', "
            "columns={ts: 'BIGINT', uid: 'VARCHAR'}))"
        )
    return (
        "(select epoch_ms(event.time) // 60000 as m, \"user\".id as uid "
        f"from read_ndjson('{path}', "
        "columns={event: 'STRUCT(\"time\" TIMESTAMP)', user: 'STRUCT(id VARCHAR)'}))"
    )


def duckdb_run(query: str, threads: int) -> list:
    import duckdb

    connection = duckdb.connect(config={"threads": threads})
    return connection.execute(query).fetchall()


def duckdb_count_distinct(path: str, shape: str, threads: int) -> list:
    source = duckdb_source(path, shape)
    return duckdb_run(f"select m, count(distinct uid) from {source} group by m", threads)


def duckdb_distinct_pairs(path: str, shape: str, threads: int) -> list:
    source = duckdb_source(path, shape)
    return duckdb_run(
        f"select m, count(*) from (select distinct m, uid from {source}) group by m", threads
    )


def duckdb_approximate(path: str, shape: str, threads: int) -> list:
    source = duckdb_source(path, shape)
    return duckdb_run(f"select m, approx_count_distinct(uid) from {source} group by m", threads)


def duckdb_start(path: str, shape: str, threads: int) -> list:
    return duckdb_run("select 0, 0", threads)


def clickhouse_run(query: str, threads: int) -> list:
    import chdb

    # date_time_input_format: without it ISO 8601 times with T and Z are not understood.
    settings = (
        f"max_threads = {threads}, date_time_input_format = 'best_effort', "
        "input_format_json_ignore_unknown_keys_in_named_tuple = 1, "
        "input_format_skip_unknown_fields = 1, "
        "input_format_column_name_matching_mode = 'match_case'"
    )
    text = str(chdb.query(f"{query} settings {settings}", "CSV"))
    return [line.split(",") for line in text.splitlines()]


def clickhouse_source(path: str, shape: str) -> str:
    if shape != "nested":
        return (
            f"(select intDiv(ts, 60) as m, uid from file('{path}', JSONEachRow, "
            "'ts Int64, uid String'))"
        )
    return (
        "(select intDiv(toUnixTimestamp(event.time), 60) as m, user.id as uid "
        f"from file('{path}', JSONEachRow, "
        "'event Tuple(time DateTime64(3, \\'UTC\\')), user Tuple(id String)'))"
    )


def clickhouse_unique_exact(path: str, shape: str, threads: int) -> list:
    source = clickhouse_source(path, shape)
    return clickhouse_run(f"select m, uniqExact(uid) from {source} group by m", threads)


def clickhouse_distinct_pairs(path: str, shape: str, threads: int) -> list:
    source = clickhouse_source(path, shape)
    return clickhouse_run(
        f"select m, count() from (select distinct m, uid from {source}) group by m", threads
    )


def clickhouse_start(path: str, shape: str, threads: int) -> list:
    return clickhouse_run("select 0, 0", threads)


def polars_n_unique(path: str, shape: str, threads: int) -> list:
    import polars as pl

    if shape == "narrow":
        frame = pl.scan_ndjson(path, schema={"ts": pl.Int64, "uid": pl.String})
        frame = frame.select(pl.col("ts").alias("s"), "uid")
    elif shape == "wide":
        # Some times are strings of digits, which it takes for a number only by way of a cast.
        frame = pl.scan_ndjson(path, schema={"ts": pl.String, "uid": pl.String})
        frame = frame.select(pl.col("ts").cast(pl.Int64).alias("s"), "uid")
    else:
        frame = pl.scan_ndjson(
            path,
            schema={
                "event": pl.Struct({"time": pl.String}),
                "user": pl.Struct({"id": pl.String}),
            },
        )
        time = pl.col("event").struct.field("time").str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ")
        frame = frame.select(
            time.dt.epoch("s").alias("s"), pl.col("user").struct.field("id").alias("uid")
        )
    counts = frame.group_by(pl.col("s") // 60).agg(pl.col("uid").n_unique())
    return counts.collect(engine="streaming").rows()


def polars_start(path: str, shape: str, threads: int) -> list:
    import polars as pl

    return pl.select(pl.lit(0), pl.lit(0).alias("n")).rows()


QUERIES = {
    "duckdb/count-distinct": duckdb_count_distinct,
    "duckdb/distinct-pairs": duckdb_distinct_pairs,
    "duckdb/approximate": duckdb_approximate,
    "duckdb/start": duckdb_start,
    "clickhouse/uniqExact": clickhouse_unique_exact,
    "clickhouse/distinct-pairs": clickhouse_distinct_pairs,
    "clickhouse/start": clickhouse_start,
    "polars/n_unique": polars_n_unique,
    "polars/start": polars_start,
}


def main() -> int:
    if len(sys.argv) != 5 or sys.argv[1] not in QUERIES:
        print(__doc__, file=sys.stderr)
        print("QUERY: " + ", ".join(QUERIES), file=sys.stderr)
        return 2
    query, path, shape, threads = sys.argv[1:]
    print("window_start,count")
    for minute, count in sorted((int(m), int(n)) for m, n in QUERIES[query](path, shape, int(threads))):
        print(f"{minute * 60},{count}")
    # Engines spend a part of a second on tidying up what the end of a process frees anyway.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
