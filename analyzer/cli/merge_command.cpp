#include "cli/merge_command.hpp"

#include "cli/command_line.hpp"
#include "cli/interrupt.hpp"
#include "cli/shared_options.hpp"
#include "cli/typed_command.hpp"

namespace stream_analyzer {

namespace {

namespace po = boost::program_options;

}  // namespace

std::string merge_help() {
    return R"(Usage: stream-analyzer merge PART... [options]

Combines what `analyze --save` stored, as if all inputs had been analyzed in one
run: in any order and grouping the same results come out. Parts must have been
counted alike (window, fields, unit of times, hash seed, sketches, ...); the
same bytes of an input in two parts are refused.

  PART                  a stored part, or - for standard input
  --rollup LENGTH       1h, 1d, 1w (ISO week), 1mo, 1y, ...: united from the
                        windows; repeatable
  --save FILE           store all parts as one

Output, as of analyze
  -o, --output FILE     .csv, .json, .md or .html, by the extension; - is
                        standard output; repeatable
  --format FORMAT       of standard output: table, csv, json, md or html
                        (default: table on a terminal; else csv, or nothing with
                        -o FILE or --save FILE)
  --layout LAYOUT       of CSV: long or wide (default: long)
  --summary FILE        the account of all inputs as JSON
  --max-rejects N|P%    exit with 4 when more lines are rejected
  -q, --quiet           no summary on standard error

Machine
  --threads N           each reads one part at a time (default: all processors)
  --memory SIZE         for ids and windows; what needs more goes to temporary
                        files (default: half of the machine's memory)
  --spill-dir DIR       where these are (default: $TMPDIR, else /var/tmp)
  --help, --version     this text; the versions in use

Exit codes
  0 done   2 usage   3 a part is damaged or does not fit, or writing failed
  4 more rejects than allowed, or no record at all   130 interrupted

Examples
  stream-analyzer analyze monday.jsonl --save monday.part
  stream-analyzer merge *.part --rollup 1d --rollup 1w -o week.csv
)";
}

MergeRequest parse_merge_request(std::span<const std::string> arguments) {
    po::options_description known;
    add_counting_options(known);
    add_output_options(known);
    known.add_options()("max-rejects", po::value<std::string>())(
        "input", po::value<std::vector<std::string>>());
    const po::variables_map given = read_command_line(arguments, known, "input");
    MergeRequest request;
    request.merge.parts = parts_in(given);
    request.merge.rollups = rollups_in(given);
    request.merge.threads = threads_in(given);
    read_memory(given, request.merge.memory_bytes, request.merge.spill_folder);
    if (const auto value = text_of(given, "max-rejects")) {
        request.reject_budget = RejectBudget::parse(*value);
    }
    request.outputs = outputs_in(given);
    return request;
}

ExitCode run_merge(std::span<const std::string> arguments) {
    const MergeRequest request = parse_merge_request(arguments);
    const std::atomic<bool>& interrupted = watch_for_interrupts();
    ResultOutputs outputs(request.outputs, request.merge.parts, interrupted);
    AnalysisHooks hooks;
    hooks.interrupted = &interrupted;
    hooks.save = outputs.part_target();
    const MergeResult merged = merge_parts(request.merge, hooks);
    // merge has no --where.
    outputs.write(merged.result, merged.sketches, typed_command("merge", arguments, {}));
    return judge_run(merged.result.summary, request.reject_budget, request.outputs.quiet);
}

}  // namespace stream_analyzer
