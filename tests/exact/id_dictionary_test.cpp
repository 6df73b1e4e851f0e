#include "exact/id_dictionary.hpp"

#include <map>
#include <string>
#include <vector>

#include "catch2.hpp"

namespace stream_analyzer {
namespace {

std::vector<DenseId> intern_all(IdDictionary& dictionary, const std::vector<std::string>& ids,
                                Hash64 (*hash)(std::string_view)) {
    std::vector<DenseId> numbers;
    for (const std::string& id : ids) {
        numbers.push_back(dictionary.find_or_enter({hash(id), id}));
    }
    return numbers;
}

Hash64 good_hash(std::string_view id) {
    return hash_id(id, kDefaultHashSeed);
}
Hash64 one_hash_for_all(std::string_view) {
    return 42;
}
// Sixteen hashes that share tag and slot with others.
Hash64 poor_hash(std::string_view id) {
    return good_hash(id) & 0xf;
}

std::vector<std::string> sample_ids(std::size_t count) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < count; ++i) {
        // Each id twice, with lengths on both sides of what an entry holds itself.
        ids.push_back(std::string(i % 45, 'x') + std::to_string(i / 2));
        ids.push_back(std::string(i % 45, 'x') + std::to_string(i / 2));
    }
    return ids;
}

TEST_CASE("equal ids have one number, different ids have different numbers, whatever the hash") {
    Hash64 (*const hash)(std::string_view) = GENERATE(&good_hash, &one_hash_for_all, &poor_hash);
    const std::vector<std::string> ids = sample_ids(600);
    IdDictionary dictionary;
    const std::vector<DenseId> numbers = intern_all(dictionary, ids, hash);
    std::map<std::string, DenseId> known;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto [entry, is_new] = known.emplace(ids[i], numbers[i]);
        REQUIRE(entry->second == numbers[i]);
        REQUIRE(dictionary.id_of(numbers[i]) == ids[i]);
        REQUIRE(dictionary.length_of(numbers[i]) == ids[i].size());
        REQUIRE(dictionary.hash_of(numbers[i]) == hash(ids[i]));
    }
    REQUIRE(dictionary.size() == known.size());
}

TEST_CASE("numbers are dense, in order of first sight, and survive growth") {
    IdDictionary dictionary;
    const std::vector<std::string> ids = sample_ids(20000);
    const std::vector<DenseId> first = intern_all(dictionary, ids, good_hash);
    DenseId next = 0;
    for (const DenseId number : first) {
        REQUIRE(number <= next);
        next += number == next ? 1 : 0;
    }
    REQUIRE(next == dictionary.size());
    REQUIRE(intern_all(dictionary, ids, good_hash) == first);
}

TEST_CASE(
    "a dictionary that was cleared is empty, and has a table for as many ids as are expected") {
    const std::vector<std::string> ids = sample_ids(20000);
    const std::vector<std::string> other_ids(ids.rbegin(), ids.rend());
    IdDictionary dictionary;
    const std::size_t empty_bytes = dictionary.memory_bytes();
    (void)intern_all(dictionary, ids, good_hash);
    const std::size_t texts_bytes = dictionary.long_text_bytes();
    REQUIRE(texts_bytes > 0);
    const std::size_t ids_bytes = dictionary.memory_bytes();
    const std::size_t size = dictionary.size();
    dictionary.clear(size);
    REQUIRE(dictionary.size() == 0);
    REQUIRE(dictionary.long_text_bytes() == 0);
    const std::size_t kept_bytes = dictionary.memory_bytes();
    REQUIRE(kept_bytes > empty_bytes);
    REQUIRE(dictionary.find_at_once({good_hash(ids[0]), ids[0]}) == IdDictionary::kNone);

    IdDictionary fresh;
    REQUIRE(intern_all(dictionary, other_ids, good_hash) ==
            intern_all(fresh, other_ids, good_hash));
    for (DenseId number = 0; number < dictionary.size(); ++number)
        REQUIRE(dictionary.id_of(number) == fresh.id_of(number));
    REQUIRE(dictionary.memory_bytes() == fresh.memory_bytes());

    dictionary.clear(size / 2);
    REQUIRE(dictionary.memory_bytes() * 2 == kept_bytes);
    REQUIRE(intern_all(dictionary, ids, good_hash).size() == ids.size());
    REQUIRE(dictionary.memory_bytes() == ids_bytes);
    dictionary.clear(0);
    REQUIRE(dictionary.memory_bytes() == empty_bytes);
}

TEST_CASE("what is found at once is what a search finds, and most short ids are") {
    IdDictionary dictionary;
    const auto id_of = [](int i) { return "user" + std::to_string(i * 7919); };
    constexpr int kIds = 5000;
    for (int i = 0; i < kIds; ++i) {
        const std::string id = id_of(i);
        REQUIRE(dictionary.find_at_once({good_hash(id), id}) == IdDictionary::kNone);
        (void)dictionary.find_or_enter({good_hash(id), id});
    }
    int found = 0;
    for (int i = 0; i < kIds; ++i) {
        const std::string id = id_of(i);
        const DenseId at_once = dictionary.find_at_once({good_hash(id), id});
        if (at_once == IdDictionary::kNone) continue;
        REQUIRE(at_once == dictionary.find_or_enter({good_hash(id), id}));
        ++found;
    }
    REQUIRE(found * 4 > kIds * 3);
    REQUIRE(dictionary.find_at_once({good_hash(""), ""}) == IdDictionary::kNone);
}

TEST_CASE("the empty id is an id, and ids may hold any byte") {
    IdDictionary dictionary;
    const std::string zeros("\0\0", 2);
    const std::vector<std::string> ids{"", std::string(1, '\0'), zeros, "\xff", ""};
    const std::vector<DenseId> numbers = intern_all(dictionary, ids, one_hash_for_all);
    REQUIRE(numbers == std::vector<DenseId>{0, 1, 2, 3, 0});
    REQUIRE(dictionary.id_of(2) == zeros);
}

}  // namespace
}  // namespace stream_analyzer
