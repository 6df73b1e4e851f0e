#include "generate/user_id.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

std::string id_of(const UserIds& ids, std::uint64_t user) {
    std::array<char, kMaxUserId_bytes> text{};
    return {text.data(), ids.append(text.data(), user)};
}

}  // namespace

TEST_CASE("distinct users have distinct ids of 19 or 20 hexadecimal characters") {
    constexpr std::uint64_t kUsers = 50'000;
    const UserIds ids(1);
    std::set<std::string> distinct;
    std::set<std::string> distinct_tails;
    int longer = 0;
    for (std::uint64_t user = 0; user < kUsers; ++user) {
        const std::string id = id_of(ids, user);
        REQUIRE((id.size() == 19 || id.size() == 20));
        REQUIRE(id.find_first_not_of("0123456789abcdef") == std::string::npos);
        longer += id.size() == 20 ? 1 : 0;
        distinct.insert(id);
        distinct_tails.insert(id.substr(id.size() - 16));
    }
    CHECK(distinct.size() == kUsers);
    CHECK(distinct_tails.size() == kUsers);
    // One in 16: 3,125, five standard deviations are 271.
    CHECK(std::abs(longer - 3'125) < 271);
}

TEST_CASE("another seed gives users other ids, the same seed the same") {
    CHECK(id_of(UserIds(1), 7) == id_of(UserIds(1), 7));
    CHECK(id_of(UserIds(1), 7) != id_of(UserIds(2), 7));
}
