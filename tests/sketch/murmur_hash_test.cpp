#include "sketch/murmur_hash.hpp"

#include <string>

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("MurmurHash64A has the values of Redis' function", "[sketch][murmur_hash]") {
    // From Redis 7.0 (a, foo, 9b…); the others from a second implementation, in Python.
    constexpr std::uint64_t kSeed = 0xadc83b19;
    CHECK(murmur_hash64a("a", kSeed) == 0x53d2470a9b43b1a7);
    CHECK(murmur_hash64a("foo", kSeed) == 0xe64609b8b0141cb4);
    CHECK(murmur_hash64a("9bfcae2f7c3a4ec2add", kSeed) == 0x76b7a913deb08ed2);
    CHECK(murmur_hash64a("", kSeed) == 0xd8dfea6585bc9732);
    CHECK(murmur_hash64a("12345678", kSeed) == 0x95ebb86389132953);
    CHECK(murmur_hash64a("0123456789abcdef", kSeed) == 0x9f8565428eaa573d);
    CHECK(murmur_hash64a("Пользователь", kSeed) == 0xc49407aa58dfd0f2);
}

TEST_CASE("MurmurHash3 has the values of the reference", "[sketch][murmur_hash]") {
    // From the package mmh3 of PyPI, which wraps the reference.
    CHECK(murmur_hash3("", 0) == Hash128{0, 0});
    CHECK(murmur_hash3("a", 0) == Hash128{0x85555565f6597889, 0xe6b53a48510e895a});
    CHECK(murmur_hash3("foo", 0) == Hash128{0xe271865701f54561, 0x7eaf87e42bba7d87});
    CHECK(murmur_hash3("0123456789abcdef", 0) == Hash128{0x4be06d94cf4ad1a7, 0x87c35b5c63a708da});
    CHECK(murmur_hash3("", 9001) == Hash128{0x1e70a32266491bb9, 0x609736b252406b94});
    CHECK(murmur_hash3("foo", 9001) == Hash128{0x60b40bb91e660e3f, 0x46ebfe1d11b1981c});
    CHECK(murmur_hash3("9bfcae2f7c3a4ec2add", 9001) ==
          Hash128{0x533454b83774e04d, 0x8758eb3dfc2281c8});
    CHECK(murmur_hash3("0123456789abcdef0", 9001) ==
          Hash128{0x9d65180a94df5057, 0x38f797332837922});
}

TEST_CASE("a text is hashed wherever it lies in memory", "[sketch][murmur_hash]") {
    const std::string text = "0123456789abcdef0123456789abcdef0123456789";
    for (std::size_t length = 0; length < text.size(); ++length) {
        const std::string alone = text.substr(0, length);
        for (std::size_t shift = 1; shift < 8; ++shift) {
            const std::string shifted = std::string(shift, '#') + alone + "#";
            const std::string_view view = std::string_view(shifted).substr(shift, length);
            CHECK(murmur_hash64a(view, 1) == murmur_hash64a(alone, 1));
            CHECK(murmur_hash3(view, 1) == murmur_hash3(alone, 1));
        }
    }
}
