#include "exact/key_alphabet.hpp"

#include <set>
#include <string>
#include <string_view>

#include "catch2.hpp"
#include "core/first_bytes.hpp"

using namespace stream_analyzer;

namespace {

KeyAlphabet alphabet_of(const std::set<std::string>& texts) {
    KeyAlphabet alphabet;
    for (const std::string& text : texts)
        alphabet.note(first_bytes(text));
    alphabet.finish();
    return alphabet;
}

std::uint32_t number(const KeyAlphabet& alphabet, const KeyAlphabet::Digit& digit,
                     std::string_view text) {
    return alphabet.number(digit, first_bytes(text));
}

}  // namespace

TEST_CASE("a digit numbers the bytes that occur at its places, in their order") {
    const KeyAlphabet alphabet = alphabet_of({"a0", "b7",
                                              "\xff"
                                              "0",
                                              "c9", "a7"});
    const KeyAlphabet::Digit digit = alphabet.digit_from(0, 12);
    CHECK(digit.size == 12);  // a, b, c, 0xff; 0, 7, 9
    CHECK(number(alphabet, digit, "a0") == 0);
    CHECK(number(alphabet, digit, "a7") == 1);
    CHECK(number(alphabet, digit, "b0") == 3);
    CHECK(number(alphabet, digit, "c9") == 8);
    CHECK(number(alphabet, digit,
                 "\xff"
                 "9") == 11);
}

TEST_CASE("a digit has as many places as have at most so many values, but one that tells apart") {
    const KeyAlphabet alphabet = alphabet_of({"xa0", "xb7", "xc9"});
    CHECK(alphabet.digit_from(0, 8).last == 2);
    CHECK(alphabet.digit_from(0, 8).size == 3);
    CHECK(alphabet.digit_from(0, 9).size == 9);
    CHECK(alphabet.digit_from(0, 9).last == KeyAlphabet::kPlaces);  // places of one byte are free
    CHECK(alphabet.digit_from(0, 1).last == 2);
    CHECK(alphabet.digit_from(0, 1).size == 3);
    CHECK(alphabet.digit_from(2, 1).size == 3);
    CHECK(alphabet.digit_from(3, 1).size == 1);
    CHECK(alphabet.digit_from(KeyAlphabet::kPlaces, 100).size == 1);
}

TEST_CASE("alphabets that are united have the bytes of both") {
    KeyAlphabet one;
    one.note(first_bytes("b"));
    KeyAlphabet other;
    other.note(first_bytes("a"));
    other.note(first_bytes("c"));
    one.unite(other);
    one.finish();
    const KeyAlphabet::Digit digit = one.digit_from(0, 100);
    CHECK(digit.size == 3);
    CHECK(number(one, digit, "b") == 1);
    CHECK(number(one, digit, "c") == 2);
}
