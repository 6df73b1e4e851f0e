#include "record/field_path.hpp"

#include "catch2.hpp"
#include "core/error.hpp"

using namespace stream_analyzer;
using Keys = std::vector<std::string>;

TEST_CASE("a plain name is a root member") {
    const FieldPath path = FieldPath::parse("ts");
    CHECK(path.keys == Keys{"ts"});
    CHECK(path.text == "ts");
    CHECK_FALSE(path.literal_root_first);
}

TEST_CASE("a dotted path asks for the literal root member first") {
    const FieldPath path = FieldPath::parse("user.id");
    CHECK(path.keys == Keys{"user", "id"});
    CHECK(path.literal_root_first);
    CHECK(FieldPath::parse("a..b").keys == Keys{"a", "", "b"});
    CHECK(FieldPath::parse(".").keys == Keys{"", ""});
}

TEST_CASE("a pointer is exact, its escapes are undone and its digits are names") {
    CHECK(FieldPath::parse("/user/id").keys == Keys{"user", "id"});
    CHECK_FALSE(FieldPath::parse("/user/id").literal_root_first);
    CHECK(FieldPath::parse("/a~1b/m~0n").keys == Keys{"a/b", "m~n"});
    CHECK(FieldPath::parse("/~01").keys == Keys{"~1"});
    CHECK(FieldPath::parse("/").keys == Keys{""});
    CHECK(FieldPath::parse("/a/").keys == Keys{"a", ""});
    CHECK(FieldPath::parse("/a.b/0").keys == Keys{"a.b", "0"});
    CHECK(FieldPath::parse("a~2/b").keys == Keys{"a~2/b"});
}

TEST_CASE("empty names, bad pointer escapes and paths too deep are usage errors") {
    for (const char* text : {"", "/~", "/a~2", "/~~0", "/a/b~"}) {
        INFO(text);
        CHECK_THROWS_AS(FieldPath::parse(text), UsageError);
    }
    CHECK(FieldPath::parse("/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p").keys.size() == FieldPath::kMaxKeys);
    CHECK_THROWS_AS(FieldPath::parse("/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q"), UsageError);
    CHECK_THROWS_AS(FieldPath::parse("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q"), UsageError);
}

TEST_CASE("the spelling of keys is read back as these keys and nothing else") {
    for (const Keys& keys : {Keys{"ts"}, Keys{"a.b"}, Keys{"/a"}, Keys{""}, Keys{"user", "id"},
                             Keys{"a/b", "m~n", ""}, Keys{"~1"}, Keys{"a b", "\xC3\xA9"}}) {
        const FieldPath path = FieldPath::parse(FieldPath::spelling_of(keys));
        CHECK(path.keys == keys);
        CHECK_FALSE(path.literal_root_first);
    }
    CHECK(FieldPath::spelling_of({"ts"}) == "ts");
    CHECK(FieldPath::spelling_of({"user", "id"}) == "/user/id");
}
