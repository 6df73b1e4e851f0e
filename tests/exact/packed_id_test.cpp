#include "exact/packed_id.hpp"

#include <string>
#include <vector>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

// `id` with more behind it than a short packed id has room for.
PackedId from_padded(const std::string& id, std::string& memory, char padding, Hash64 hash) {
    memory = id + std::string(64, padding);
    return PackedId::from_padded(std::string_view(memory).substr(0, id.size()), hash);
}

TEST_CASE("an id packed with or without padding behind it has its text and equals itself only") {
    std::vector<std::string> ids{"", std::string(1, '\0'), std::string(2, '\0')};
    for (std::size_t length = 1; length < 50; ++length) {
        ids.push_back(std::string(length, 'x'));
        ids.push_back(std::string(length - 1, 'x') + '\xff');
        ids.push_back(std::string(length - 1, 'x') + '\0');
    }
    std::string memory;
    for (const std::string& id : ids) {
        for (const char padding : {'\0', '\xff', 'x'}) {
            const PackedId packed = from_padded(id, memory, padding, 42);
            REQUIRE(packed.text() == id);
            REQUIRE(packed.size() == id.size());
            REQUIRE(packed.is_long() == (id.size() > PackedId::kShort_bytes));
            for (const std::string& other : ids) {
                REQUIRE((packed == PackedId(other, 42)) == (id == other));
            }
        }
    }
}

TEST_CASE("two short ids share what they both begin with, zeros too, and no more") {
    std::vector<std::string> ids{"", std::string(1, '\0'), std::string(23, '\0')};
    for (std::size_t length = 1; length <= PackedId::kShort_bytes; ++length) {
        ids.push_back(std::string(length, 'x'));
        ids.push_back(std::string(length - 1, 'x') + '\0');
        ids.push_back(std::string(length - 1, 'x') + '\xff');
        ids.push_back(std::string(length / 2, 'x') + std::string(length - length / 2, 'y'));
    }
    for (const std::string& one : ids) {
        for (const std::string& other : ids) {
            std::size_t shared = 0;
            while (shared < std::min(one.size(), other.size()) && one[shared] == other[shared])
                ++shared;
            REQUIRE(PackedId(one, 1).shared_bytes(PackedId(other, 2)) == shared);
        }
    }
}

TEST_CASE("a long id keeps its text when that moves") {
    const std::string id(100, 'u');
    const std::string elsewhere = id;
    PackedId packed(id, 7);
    packed.move_to(elsewhere.data());
    REQUIRE(packed.text().data() == elsewhere.data());
    REQUIRE(packed == PackedId(id, 7));
    REQUIRE_FALSE(packed == PackedId(std::string(100, 'v'), 7));
    REQUIRE_FALSE(packed == PackedId(std::string(99, 'u'), 7));
}

}  // namespace
}  // namespace stream_analyzer
