#include <fmt/format.h>

#include "cli/accuracy_command.hpp"
#include "core/size.hpp"

namespace stream_analyzer {

std::string accuracy_help() {
    std::string sizes;
    for (const std::uint64_t size_bytes : default_grid_sizes())
        sizes += (sizes.empty() ? "" : ",") + format_size(size_bytes);
    const AccuracyRequest defaults;
    return fmt::format(
        R"(Usage: stream-analyzer accuracy INPUT... [options]
       stream-analyzer accuracy --cardinality N,N,... [options]

Says how large the errors of sketches are: what theory predicts, what they are
in a dump, and what trials with fresh random ids show. One row a sketch, number
of ids (or window length of the dump) and kind of evidence.

Inputs
  INPUT                 stored parts (analyze --save, without --no-exact), with
                        --rollup, --memory and --spill-dir; or dumps, read
                        once, with all options of `analyze` under
                        Inputs, Fields, Population, Windows and Reading:
  --files-from FILE, --limit N, --time-field PATH, --id-field PATH,
  --time-unit UNIT, --assume-timezone TZ, --null-id POLICY, --where PATH=VALUE,
  --since TIME, --until TIME, --window LENGTH, --rollup LENGTH, --timezone TZ,
  --hash-seed N, --max-rejects N|P%, --check LEVEL, --max-line SIZE,
  --io mmap|read, --chunk-size SIZE, --memory SIZE, --spill-dir DIR

Sketches
  --family NAME         lc (linear counting), hll (HyperLogLog), ull
                        (UltraLogLog), redis-hll (of 12KiB alone) or
                        datasketches-hll; repeatable (default: lc, hll, ull)
  --sizes SIZE,SIZE,... memory of each; a sketch with registers gets the largest
                        precision within it (default:
                        {sizes})
  --sketch SPEC         this very sketch, like lc:4KiB, hll:12, ull:12,
                        redis-hll or datasketches-hll:12; repeatable; alone or
                        beside the grid

Trials
  --cardinality N,N,... numbers of distinct ids, like 1000,45000,1e6, or a range
                        in steps of a part of an octave, like 1:1e7:16/octave;
                        beside them of each window length of the dump the
                        smallest, median, 95 % and largest number
  --trials N            so many for each with fresh ids, and so many hash seeds
                        for the ids of windows with these numbers (default:
                        {trials}); 0: theory alone
  --seed N              of the trials' ids (default: {seed}); the same options and
                        seed give the same table on every machine
  --threads N           (default: all processors)

Choice, in words above the table (and in .md and .json)
  --target P%           the smallest sketch of each family that stays within it
                        at every number of ids
  --budget SIZE         the best sketch of each family within this memory
  --growth FACTORx      at so many times the ids as well, like 3x
  --confidence P%       share of the errors to stay within (default: 95%)

Output
  -o, --output FILE     by extension .csv, .json, .md, .tex (LaTeX, booktabs) or
                        .html (a report with charts); repeatable
  --format FORMAT       of standard output: table, csv, json, md, tex or html
                        (default: a table on a terminal, else csv unless there
                        is an -o)
  -q, --quiet           no progress and no summary on standard error
  --help, --version     this text; the versions in use

Exit codes
  0 done   2 usage   3 reading or writing failed   4 more rejects than allowed,
  or no record at all   130 interrupted

Examples
  stream-analyzer accuracy events.jsonl --rollup 1h -o errors.csv
  stream-analyzer accuracy --cardinality 1000,45000,1e6
  stream-analyzer accuracy --cardinality 45000 --family lc --family ull \
      --sizes 2KiB,5KiB --trials 20000 -o errors.tex
  stream-analyzer accuracy events.jsonl --target 0.5% --confidence 99%
)",
        fmt::arg("sizes", sizes), fmt::arg("trials", defaults.trials),
        fmt::arg("seed", defaults.seed));
}

}  // namespace stream_analyzer
