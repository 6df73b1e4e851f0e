#include "cli/generate_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "catch2.hpp"
#include "temporary_folder.hpp"

using namespace stream_analyzer;
using stream_analyzer::testing::content_of;
using stream_analyzer::testing::TemporaryFolder;

namespace {

GenerateRequest parsed(const std::vector<std::string>& arguments) {
    return parse_generate_request(arguments);
}

std::string refusal(const std::vector<std::string>& arguments) {
    try {
        (void)parsed(arguments);
    } catch (const UsageError& error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("generate without options takes the defaults") {
    const GenerateRequest request = parsed({});
    const GenerateOptions& options = request.options;
    CHECK(options.records == GenerateOptions{}.records);
    CHECK(request.output_path == "-");
    CHECK_FALSE(options.string_times_ppm.has_value());
}

TEST_CASE("every generate option reaches its field") {
    const GenerateRequest request = parsed({"--shape",
                                            "narrow",
                                            "--records=7",
                                            "--rate",
                                            "0.5",
                                            "--start",
                                            "2000-02-29T00:00:01Z",
                                            "--users",
                                            "9",
                                            "--popularity",
                                            "zipf",
                                            "--late-share",
                                            "0.1%",
                                            "--late-max",
                                            "2m",
                                            "--late-tail",
                                            "0.0001%",
                                            "--string-times",
                                            "25%",
                                            "--corrupt-share",
                                            "50%",
                                            "--crlf",
                                            "--seed",
                                            "18446744073709551615",
                                            "--truth",
                                            "t.csv",
                                            "--truth-totals",
                                            "t.json",
                                            "-o",
                                            "d.jsonl"});
    const GenerateOptions& steady = request.options;
    CHECK(steady.shape == DumpShape::narrow);
    CHECK(steady.records == 7);
    CHECK(steady.rate_per_1000s == 500);
    CHECK(steady.start_s == 951'782'401);
    CHECK(steady.users == 9);
    CHECK(steady.popularity == Popularity::zipf);
    CHECK(steady.late_share_ppm == 1'000);
    CHECK(steady.late_max_s == 120);
    CHECK(steady.late_tail_ppm == 1);
    CHECK(steady.string_times_ppm == 250'000U);
    CHECK(steady.corrupt_share_ppm == 500'000);
    CHECK(steady.crlf);
    CHECK(steady.seed == UINT64_MAX);
    CHECK(request.truth_path == "t.csv");
    CHECK(request.totals_path == "t.json");
    CHECK(request.output_path == "d.jsonl");

    const GenerateOptions counted =
        parsed({"--distinct", "16193,0,41130", "--repeat", "1.25", "--start=-60"}).options;
    CHECK(counted.distinct == std::vector<std::uint64_t>{16'193, 0, 41'130});
    CHECK(counted.repeat_per_1000 == 1'250);
    CHECK(counted.start_s == -60);

    const GenerateOptions sized = parsed({"--bytes", "900MB", "--record-size", "200B"}).options;
    CHECK(sized.size_bytes == 900'000'000U);
    CHECK(sized.record_bytes == 200);
}

TEST_CASE("a bad value of generate is refused with option, value and what is allowed") {
    CHECK(refusal({"--shape", "broad"}) == "--shape: 'broad' is not one of wide, narrow, nested");
    CHECK(refusal({"--records", "0"}) ==
          "--records: '0' is not a whole number from 1 to 1000000000000");
    CHECK(refusal({"--records", "1e6"}) ==
          "--records: '1e6' is not a whole number from 1 to 1000000000000");
    CHECK(refusal({"--users", "100000001"}) ==
          "--users: '100000001' is not a whole number from 1 to 100000000");
    CHECK(refusal({"--bytes", "0"}) == "--bytes: '0' is not a size from 1B to 1TB");
    CHECK(refusal({"--record-size", "100"}) ==
          "--record-size: '100' is not a size from 128B to 8KiB");
    CHECK(refusal({"--rate", "0"}) ==
          "--rate: '0' is not a number from 0.001 to 1000000000 with at most 3 decimals");
    CHECK(refusal({"--repeat", "0.5", "--distinct", "3"}) ==
          "--repeat: '0.5' is not a number from 1 to 1000 with at most 3 decimals");
    CHECK(refusal({"--late-share", "5"}) ==
          "--late-share: '5' is not a percentage from 0% to 100% with at most 4 decimals, "
          "like 0.5%");
    CHECK(refusal({"--corrupt-share", "50.0001%"}) ==
          "--corrupt-share: '50.0001%' is not a percentage from 0% to 50% with at most 4 decimals, "
          "like 0.5%");
    CHECK(refusal({"--late-share", "1%", "--late-max", "25h"}) ==
          "--late-max: '25h' is not a duration from 1s to 24h in s, m or h, like 5s");
    CHECK(refusal({"--distinct", "1,,2"}) ==
          "--distinct: '1,,2' is not a list of whole numbers from 0 to 10000000, like 16193,41130");
    CHECK(refusal({"--seed", "-1"}) ==
          "--seed: '-1' is not a whole number from 0 to 18446744073709551615");
    CHECK(refusal({"--truth", ""}) == "--truth: '' is not a path");
}

TEST_CASE("a start that is no whole second in the years 0001 to 9999 is refused") {
    for (const std::string value : {"", "today", "2016-02-30T00:00:00Z", "2016-07-11T24:00:01Z",
                                    "253402300800", "-62135596801", "0000-12-31T23:59:59Z"}) {
        INFO(value);
        const std::string expected = fmt::format("--start: '{}' is not a time in the years", value);
        const bool named = refusal({"--start", value}).starts_with(expected) ||
                           refusal({"--start=" + value}).starts_with(expected);
        CHECK(named);
    }
    CHECK(refusal({"--start", "2016-07-11T13:39:00.5Z"}) ==
          "--start: '2016-07-11T13:39:00.5Z' is not a whole second");
}

TEST_CASE("options of generate that exclude or need each other are named") {
    CHECK(refusal({"--bytes", "1MB", "--records", "5"}) ==
          "--bytes and --records exclude each other");
    for (const std::string other : {"records", "bytes", "rate", "users"}) {
        CHECK(refusal({"--distinct", "5", "--" + other, "1"}) ==
              "--distinct and --" + other + " exclude each other");
    }
    CHECK(refusal({"--distinct", "5", "--popularity", "zipf"}) ==
          "--distinct and --popularity exclude each other");
    CHECK(refusal({"--repeat", "2"}) == "--repeat needs --distinct");
    CHECK(refusal({"--late-max", "2s"}) == "--late-max needs --late-share or --late-tail");
}

TEST_CASE("generate takes no abbreviated, unknown or repeated option and no file") {
    CHECK(refusal({"--record", "5"}) != "accepted");
    CHECK(refusal({"--nonsense"}) != "accepted");
    CHECK(refusal({"--seed", "1", "--seed", "2"}) != "accepted");
    CHECK(refusal({"dump.jsonl"}) != "accepted");
    CHECK(refusal({"--seed"}) != "accepted");
}

TEST_CASE("the help of generate tells every option and fits 80 columns") {
    const std::string help = generate_help();
    for (const char* const option :
         {"--shape",         "--record-size", "--string-times", "--crlf",         "--records",
          "--bytes",         "--rate",        "--start",        "--users",        "--popularity",
          "--distinct",      "--repeat",      "--late-share",   "--late-max",     "--late-tail",
          "--corrupt-share", "--output",      "--truth",        "--truth-totals", "--seed",
          "--help"}) {
        INFO(option);
        const bool listed = help.find(std::string("\n  ") + option + " ") != std::string::npos ||
                            help.find(std::string("\n  -o, ") + option) != std::string::npos;
        CHECK(listed);
    }
    std::size_t start = 0;
    while (start < help.size()) {
        const std::size_t end = help.find('\n', start);
        CHECK(end - start <= 80);
        start = end + 1;
    }
}

TEST_CASE("generate writes the dump, its truth and its totals to three different files") {
    const TemporaryFolder folder;
    std::vector<std::string> arguments{"--shape",
                                       "narrow",
                                       "--distinct",
                                       "3",
                                       "--repeat",
                                       "1",
                                       "-o",
                                       folder / "dump.jsonl",
                                       "--truth",
                                       folder / "truth.csv",
                                       "--truth-totals",
                                       folder / "totals.json"};
    CHECK(run_generate(arguments) == ExitCode::done);
    const std::string dump = content_of(folder / "dump.jsonl");
    CHECK(std::ranges::count(dump, '\n') == 3);
    CHECK(content_of(folder / "truth.csv") ==
          "window_start,records,distinct\n2016-07-11T13:39:00Z,3,3\n");
    CHECK(content_of(folder / "totals.json").find("\"records\": 3,") != std::string::npos);

    arguments.back() = folder / "./truth.csv";
    CHECK_THROWS_AS(run_generate(arguments), UsageError);
}

TEST_CASE("a full disk ends generate with an error and leaves no truth") {
    const TemporaryFolder folder;
    const std::vector<std::string> arguments{"--records", "1000",    "-o",
                                             "/dev/full", "--truth", folder / "truth.csv"};
    CHECK_THROWS_WITH(run_generate(arguments), "cannot write /dev/full: No space left on device");
    CHECK(folder.entries() == 0);
}
