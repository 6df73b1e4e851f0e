#include "record/field_plan.hpp"

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

FieldPlan plan_of(std::initializer_list<const char*> texts) {
    std::vector<FieldPath> fields;
    for (const char* text : texts)
        fields.push_back(FieldPath::parse(text));
    return FieldPlan(fields);
}

}  // namespace

TEST_CASE("root fields are children of the root with a slot each") {
    const FieldPlan plan = plan_of({"ts", "uid"});
    REQUIRE(plan.slots() == 2);
    REQUIRE(plan.nodes().size() == 3);
    CHECK(plan.child_named(0, "ts") == 1);
    CHECK(plan.child_named(0, "uid") == 2);
    CHECK(plan.child_named(0, "x") == FieldPlan::kNoNode);
    CHECK(plan.nodes()[0].slot == FieldPlan::kNoSlot);
    CHECK(plan.field(0, LineTokens{"1", "2"}) == "1");
    CHECK(plan.field(1, LineTokens{"1", "2"}) == "2");
}

TEST_CASE("a field that is wanted twice has one slot") {
    const FieldPlan plan = plan_of({"ts", "uid", "uid", "/uid", "ts"});
    CHECK(plan.slots() == 2);
    const LineTokens tokens{"t", "u"};
    CHECK(plan.field(2, tokens) == "u");
    CHECK(plan.field(3, tokens) == "u");
    CHECK(plan.field(4, tokens) == "t");
}

TEST_CASE("a member's slots are its own and those of all below it, side by side") {
    const FieldPlan plan = plan_of({"/user/id", "ts", "/user/name", "/user"});
    REQUIRE(plan.slots() == 4);
    const FieldPlan::Node& user = plan.nodes()[plan.child_named(0, "user")];
    CHECK(user.slot == 0);
    CHECK(user.first_slot == 0);
    CHECK(user.last_slot == 3);
    const FieldPlan::Node& ts = plan.nodes()[plan.child_named(0, "ts")];
    CHECK(ts.first_slot == ts.slot);
    CHECK(ts.last_slot == ts.slot + 1);
    CHECK(plan.nodes()[0].first_slot == 0);
    CHECK(plan.nodes()[0].last_slot == 4);
}

TEST_CASE("an object on the way has no slot of its own") {
    const FieldPlan plan = plan_of({"/a/b/c"});
    CHECK(plan.slots() == 1);
    CHECK(plan.nodes()[plan.child_named(0, "a")].slot == FieldPlan::kNoSlot);
}

TEST_CASE("a literal root member goes before the path of a dotted field") {
    const FieldPlan plan = plan_of({"user.id"});
    REQUIRE(plan.slots() == 2);
    const std::size_t literal = plan.nodes()[plan.child_named(0, "user.id")].slot;
    const std::size_t user = plan.child_named(0, "user");
    const std::size_t path = plan.nodes()[plan.child_named(user, "id")].slot;
    LineTokens tokens(2);
    CHECK(plan.field(0, tokens).empty());
    tokens[path] = "p";
    CHECK(plan.field(0, tokens) == "p");
    tokens[literal] = "l";
    CHECK(plan.field(0, tokens) == "l");
}
