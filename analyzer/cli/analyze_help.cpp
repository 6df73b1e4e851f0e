#include <fmt/format.h>

#include "cli/analyze_command.hpp"
#include "core/size.hpp"

namespace stream_analyzer {

std::string analyze_help() {
    std::string sketches;
    for (const SketchSpec& spec : AnalysisOptions::default_sketches()) {
        sketches += (sketches.empty() ? "" : ", ") + spec.name();
    }
    return fmt::format(
        R"(Usage: stream-analyzer analyze INPUT... [options]

Counts the unique users of every minute in dumps of events (one JSON object a
line), exactly and with each sketch, and says what was not counted and why.

Inputs
  INPUT                 files, directories (recursive: *.jsonl, *.ndjson and
                        *.json, also with .gz or .zst), or - for standard
                        input; gzip and zstd are recognised by content
  --files-from FILE     more inputs, one path a line
  --limit N             only the first N lines of all inputs; this does not
                        sample distinct counts: a part says little of the whole

Fields
  --time-field PATH     event time (default: ts)
  --id-field PATH       user id (default: uid)
                        a root name, a dotted path (user.id; a root member of
                        that very name goes first) or a JSON Pointer (/user/id)
  --time-unit UNIT      auto, s, ms, us, ns or iso8601 (default: auto, the
                        majority of the first 1,000 records; then fixed)
  --assume-timezone TZ  of ISO 8601 texts without an offset (default: UTC)
  --null-id POLICY      skip: counted as anonymous; count: a record of no user;
                        reject (default: skip)

Population
  --where PATH=VALUE    only records with this value; also PATH!=VALUE;
                        repeatable
  --since TIME          only records at or after TIME
  --until TIME          only records before TIME; like 2016-07-11T13:39:00Z,
                        2016-07-11 (in UTC) or seconds since 1970

Windows
  --window LENGTH       like 30s, 1m, 6h, 1d (default: 1m)
  --rollup LENGTH       also 1h, 1d, 1w (ISO week), 1mo, 1y, ...: merged from
                        the windows; repeatable
  --timezone TZ         in which days and longer begin (default: UTC)

Sketches
  --sketch SPEC         lc:SIZE  linear counting in SIZE bytes, like lc:4KiB
                        hll:P    HyperLogLog with 2^P registers, P 4..18
                        ull:P    UltraLogLog with 2^P registers, P 3..18
                        redis-hll
                                 HyperLogLog with the hash of Redis: PFCOUNT
                        datasketches-hll:LGK
                                 that of Apache DataSketches, LGK 4..21
                        none     exact counts only
                        repeatable (default: {sketches})
  --no-exact            sketches only: no ground truth; memory grows with the
                        windows instead of the ids
  --hash-seed N         of the ids' hash (default: {hash_seed})

Output
  -o, --output FILE     .csv, .json, .md or .html (a report with charts), by the
                        extension; - is standard output; a fifo or device takes
                        --format, else CSV; repeatable, one pass writes them all
  --format FORMAT       of standard output: table, csv, json, md or html
                        (default: table on a terminal; else csv, or nothing with
                        -o FILE or --save FILE)
  --layout LAYOUT       of CSV: long, a row a window and sketch, or wide, a row
                        a window (default: long)
  --summary FILE        the account of the run as JSON
  --rejects FILE        every rejected line as JSON lines
  --save FILE           store what was counted, for merge and inspect
  --source-id ID        what tells the inputs apart there (default: their paths)
  --max-rejects N|P%    exit with 4 when more lines are rejected
  -q, --quiet           no progress and no summary on standard error

Reading
  --check LEVEL         structure: every byte looked at; brackets, strings,
                        UTF-8 and the root's grammar checked; full: RFC 8259 on
                        every byte (default: structure)
  --max-line SIZE       longer lines are rejected (default: {max_line})
  --threads N           (default: all processors)
  --io mmap|read        how regular files are read (default: {io})
  --chunk-size SIZE     unit of parallel work (default: {chunk})
  --memory SIZE         for ids and windows; what needs more goes to temporary
                        files (default: half of the machine's memory)
  --spill-dir DIR       where these are (default: $TMPDIR, else /var/tmp)
  --help, --version     this text; the versions in use

Exit codes
  0 done   2 usage   3 reading or writing failed   4 more rejects than allowed,
  or no record at all   130 interrupted

Examples
  stream-analyzer analyze events.jsonl
  stream-analyzer analyze dumps/ --rollup 1h --rollup 1d -o counts.csv
  zcat events.gz | stream-analyzer analyze - --time-field /event/time \
      --id-field /user/id --sketch hll:14 --sketch lc:20KiB --format csv
)",
        fmt::arg("sketches", sketches), fmt::arg("hash_seed", kDefaultHashSeed),
        fmt::arg("max_line", format_size(InputOptions{}.max_line_bytes)),
        fmt::arg("io", InputOptions{}.backend == IoBackend::mmap ? "mmap" : "read"),
        fmt::arg("chunk", format_size(InputOptions{}.chunk_bytes)));
}

}  // namespace stream_analyzer
