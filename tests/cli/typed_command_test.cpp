#include "cli/typed_command.hpp"

#include <string>
#include <vector>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

TEST_CASE("a typed command is quoted for a shell") {
    const std::vector<std::string> arguments{"a b.jsonl", "--window=5m", "-o", "it's.html"};
    REQUIRE(typed_command("analyze", arguments, FieldPath::parse("uid")) ==
            "stream-analyzer analyze 'a b.jsonl' --window=5m -o 'it'\\''s.html'");
}

TEST_CASE("a typed command shows no user id that --where asks for") {
    const std::vector<std::string> arguments{
        "x",       "--where",    "uid=secret",         "--where=uid!=x",
        "--where", "type=click", "--where=/uid=secret"};
    const std::string command = typed_command("analyze", arguments, FieldPath::parse("uid"));
    REQUIRE(command.find("secret") == std::string::npos);
    REQUIRE(command ==
            "stream-analyzer analyze x --where 'uid=(a user id)' '--where=uid!=(a user id)' "
            "--where type=click '--where=/uid=(a user id)'");
}

}  // namespace
}  // namespace stream_analyzer
