#include "cli/suggested_command.hpp"

#include <string>
#include <vector>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

MissingFieldsError both_missing() {
    MissingFieldsError error("");
    error.time_field = "/event/time";
    error.id_field = "user id";
    return error;
}

TEST_CASE("the suggested command keeps every argument but the fields, quoted for a shell") {
    const std::vector<std::string> arguments{"a b.jsonl", "-",    "--window=5m", "--time-field",
                                             "when",      "-o",   "it's.csv",    "--id-field=x",
                                             "--where",   "a=b c"};
    REQUIRE(suggested_command("analyze", arguments, both_missing()) ==
            "stream-analyzer analyze 'a b.jsonl' - --window=5m -o 'it'\\''s.csv' --where 'a=b c' "
            "--time-field /event/time --id-field 'user id'");
}

TEST_CASE("a field that is in the dump stays as it was given") {
    MissingFieldsError error("");
    error.id_field = "user";
    const std::vector<std::string> arguments{"x", "--time-field", "when"};
    REQUIRE(suggested_command("analyze", arguments, error) ==
            "stream-analyzer analyze x --time-field when --id-field user");
}

TEST_CASE("without suggestions there is no command") {
    REQUIRE(suggested_command("analyze", std::vector<std::string>{"x"}, MissingFieldsError(""))
                .empty());
}

}  // namespace
}  // namespace stream_analyzer
