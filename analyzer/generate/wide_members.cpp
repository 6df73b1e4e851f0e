#include "generate/wide_members.hpp"

#include <fmt/format.h>

#include <array>

#include "generate/text_append.hpp"
#include "generate/user_id.hpp"

namespace stream_analyzer {

namespace {

// As they stand in JSON. The last ones resemble the fields: other case, longer, shorter, blank
// around, an escaped quote before the name, Cyrillic look-alikes.
constexpr std::array<std::string_view, 40> kKeys{
    "agent",    "article", "author",   "browser", "campaign", "category", "channel",  "city",
    "country",  "device",  "duration", "edition", "event",    "gender",   "height",   "keywords",
    "language", "layout",  "length",   "meta",    "network",  "page",     "position", "price",
    "referrer", "region",  "screen",   "section", "session",  "title",    "version",  "width",
    "UID",      "Ts",      "uids",     "ts_ms",   "u",        " uid",     "\\\"ts",   "\\u0443id",
};

constexpr std::array<std::string_view, 32> kWords{
    "morning", "paper",  "lake",   "train",  "signal",  "window",  "copper",  "garden",
    "ticket",  "bridge", "harbor", "pencil", "weather", "valley",  "mirror",  "thunder",
    "candle",  "bakery", "ladder", "river",  "meadow",  "engine",  "violet",  "compass",
    "anchor",  "cotton", "marble", "island", "basket",  "lantern", "orchard", "feather",
};

// What stands between words: every escape of JSON and everything structural.
constexpr std::array<std::string_view, 24> kSeparators{
    " ",
    " ",
    " ",
    " ",
    R"(\")",
    R"(\\)",
    R"(\/)",
    R"(\b)",
    R"(\f)",
    R"(\n)",
    R"(\r)",
    R"(\t)",
    R"(\u0000)",
    R"(\u001F)",
    R"(\u0416\u0438)",
    R"(\ud83d\udE00)",
    "{",
    "}",
    "[",
    "]",
    ", ",
    ":",
    R"(\",\"uid\":\")",
    R"(\"ts\":1468244385,)",
};

constexpr std::array<std::string_view, 12> kCyrillicTexts{
    "Утренний поезд отходит от третьего пути", "За рекой начинается старый сад",
    "В газете сегодня нет новостей о погоде",  "Мост закрыт на ремонт до конца недели",
    "Ёлка, ёж и подъезд: «проверка» букв",     "Окно открыто, на столе стынет чай",
    "Сколько стоит билет до озера?",           "Маяк светит всю ночь — и зимой, и летом",
    "Пекарня на углу открывается в шесть",     "Фонарь у ворот погас ещё вчера",
    "Ветер с моря принёс дождь и запах соли",  "Щенок спит под лестницей, не будите",
};

constexpr std::array<std::string_view, 16> kNumbersAndNames{
    "0",
    "-0",
    "7",
    "42",
    "255",
    "-17",
    "0.25",
    "3.14159265",
    "1e3",
    "-1.5E-7",
    "2.5e+10",
    "1468244385",
    "12345678901234567890",
    "true",
    "false",
    "null",
};

constexpr unsigned kDeepest = 4;

class MemberMaker {
  public:
    explicit MemberMaker(std::uint64_t seed)
        : ids_(seed), streams_(seed, DrawPurpose::fragments), draws_(streams_.at(0)) {}

    std::string member(std::uint64_t index) {
        std::string text;
        std::uint64_t attempt = 0;
        do {
            draws_ = streams_.at(index + WideMembers::kMembers * attempt++);
            text = fmt::format("\"{}\":", key());
            text += value(1);
        } while (text.size() > WideMembers::kMaxMember_bytes);
        return text;
    }

  private:
    std::string value(unsigned depth) {
        const std::uint64_t lot = draws_.below(100);
        if (lot < 12 || (depth == kDeepest && lot >= 80)) {
            return std::string(kNumbersAndNames[draws_.below(kNumbersAndNames.size())]);
        }
        if (lot < 68) return ascii_text();
        if (lot < 80) return cyrillic_text();
        return lot < 88 ? array(depth) : object(depth);
    }

    std::string ascii_text() {
        std::string text = "\"";
        const std::uint64_t words = draws_.below(9);
        for (std::uint64_t word = 0; word < words; ++word) {
            text += kWords[draws_.below(kWords.size())];
            text += kSeparators[draws_.below(kSeparators.size())];
        }
        return text + '"';
    }

    std::string cyrillic_text() {
        return fmt::format("\"{}\"", kCyrillicTexts[draws_.below(kCyrillicTexts.size())]);
    }

    std::string array(unsigned depth) {
        std::string text = "[";
        const std::uint64_t elements = draws_.below(4);
        for (std::uint64_t element = 0; element < elements; ++element) {
            text += element == 0 ? "" : ",";
            text += value(depth + 1);
        }
        return text + ']';
    }

    std::string object(unsigned depth) {
        // Some objects are written with blanks between the tokens.
        const bool airy = draws_.below(4) == 0;
        std::string text = airy ? "{ " : "{";
        const std::uint64_t members = draws_.below(5);
        for (std::uint64_t i = 0; i < members; ++i) {
            if (i > 0) text += airy ? " ,\t" : ",";
            text += inner_member(depth, airy ? "\" : " : "\":");
        }
        return text + '}';
    }

    // One key in three of an inner object is that of a field. Draws are made one statement after
    // the other: the order in which arguments are evaluated is the compiler's.
    std::string inner_member(unsigned depth, std::string_view colon) {
        const std::uint64_t lot = draws_.below(6);
        const bool any_value = lot > 1 || draws_.below(4) == 0;
        const std::string_view name = lot == 0 ? "uid" : lot == 1 ? "ts" : key();
        std::string text = fmt::format("\"{}{}", name, colon);
        text += any_value ? value(depth + 1) : lot == 0 ? id_text() : time_text();
        return text;
    }

    std::string_view key() { return kKeys[draws_.below(kKeys.size())]; }

    std::string id_text() {
        std::array<char, kMaxUserId_bytes> id{};
        const char* const end = ids_.append(id.data(), draws_.next());
        return fmt::format("\"{}\"", std::string_view(id.data(), end));
    }

    std::string time_text() {
        constexpr std::uint64_t kFirst_s = 1'400'000'000;
        constexpr std::uint64_t kSpan_s = 100'000'000;
        const std::uint64_t time_s = kFirst_s + draws_.below(kSpan_s);
        return draws_.below(2) == 0 ? fmt::format("{}", time_s) : fmt::format("\"{}\"", time_s);
    }

    UserIds ids_;
    DrawStreams streams_;
    Draws draws_;
};

}  // namespace

WideMembers::WideMembers(std::uint64_t seed) {
    MemberMaker maker(seed);
    members_.reserve(kMembers);
    for (std::uint64_t index = 0; index < kMembers; ++index) {
        members_.push_back(maker.member(index));
    }
}

}  // namespace stream_analyzer
