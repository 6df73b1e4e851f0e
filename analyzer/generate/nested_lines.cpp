#include "generate/nested_lines.hpp"

#include <array>
#include <chrono>

namespace stream_analyzer {

namespace {

constexpr std::array<std::string_view, 8> kTypes{"page_view", "click",    "scroll", "search",
                                                 "login",     "purchase", "share",  "media.play"};
constexpr std::array<std::string_view, 8> kUserDetails{
    R"(,"plan":"free","locale":"de-CH")",
    R"(,"plan":"premium","locale":"ru-RU","name":"Анна")",
    R"(,"plan":null)",
    R"(,"locale":"fr-CH","consent":{"id":"c-77","time":"2015-02-03T04:05:06Z"})",
    R"(,"plan":"trial","tags":["a","b\/c"])",
    R"(,"plan":"free","locale":"it-CH","score":0.75)",
    "",
    R"(,"segments":[3,17,21],"locale":"en-GB")",
};
constexpr std::array<std::string_view, 8> kPages{
    R"("page":{"id":"front","path":"\/","referrer":null})",
    R"("page":{"id":"a-90210","path":"\/sport\/tour-de-suisse","time":"2016-07-10T06:00:00Z"})",
    R"("page":{"id":"a-1337","path":"\/wetter\/zürich","referrer":"https:\/\/example.org\/?q=\"id\""})",
    R"("page":{"path":"\/suche","query":"time:\"now\" {id}","results":0})",
    R"("page":{"id":"v-5","path":"\/video","player":{"id":"p1","time":12.5}})",
    R"("page":{"id":"a-4","path":"\/новости\/мир","referrer":"https:\/\/example.com\/"})",
    R"("page":{"id":"t-8","path":"\/ticker","section":"inland","paid":false})",
    R"("page":{"id":"g-2","path":"\/galerie\/7","image":7,"of":24})",
};
constexpr std::array<std::string_view, 4> kDevices{
    R"("device":{"os":"android","id":4711},"time":"server",)",
    R"("device":{"os":"ios","width":375,"id":"d-1"},"id":"root",)",
    R"("v":2,"device":{"os":"linux"},)",
    R"("device":{"os":"windows","user":{"id":"nobody"}},)",
};

char* append_digits(char* out, unsigned number, int digits) {
    for (int place = digits - 1; place >= 0; --place) {
        out[place] = static_cast<char>('0' + number % 10);
        number /= 10;
    }
    return out + digits;
}

template <std::size_t kSize>
std::string_view pick(const std::array<std::string_view, kSize>& texts, Draws& draws) {
    return texts[draws.below(kSize)];
}

}  // namespace

char* append_iso8601(char* out, std::int64_t time_ms) {
    const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds{time_ms}};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const auto of_day_ms = static_cast<unsigned>((time - day).count());
    out = append_digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    *out++ = '-';
    out = append_digits(out, static_cast<unsigned>(date.month()), 2);
    *out++ = '-';
    out = append_digits(out, static_cast<unsigned>(date.day()), 2);
    *out++ = 'T';
    out = append_digits(out, of_day_ms / 3'600'000, 2);
    *out++ = ':';
    out = append_digits(out, of_day_ms / 60'000 % 60, 2);
    *out++ = ':';
    out = append_digits(out, of_day_ms / 1'000 % 60, 2);
    *out++ = '.';
    out = append_digits(out, of_day_ms % 1'000, 3);
    *out++ = 'Z';
    return out;
}

NestedLines::NestedLines(const GenerateOptions& options)
    : ids_(options.seed), text_draws_(options.seed, DrawPurpose::text) {}

char* NestedLines::append_record(char* out, const Event& event) const {
    Draws draws = text_draws_.at(event.index);
    const std::uint64_t order = draws.below(8);
    const bool user_first = (order & 1U) != 0;
    const bool type_first = (order & 2U) != 0;
    const bool device_first = (order & 4U) != 0;

    const auto append_user = [&] {
        out = append(out, R"("user":{"id":")");
        out = ids_.append(out, event.user);
        *out++ = '"';
        out = append(out, pick(kUserDetails, draws));
        out = append(out, "},");
    };
    *out++ = '{';
    if (device_first) out = append(out, pick(kDevices, draws));
    if (user_first) append_user();
    out = append(out, R"("event":{)");
    if (type_first) {
        out = append(out, R"("type":")");
        out = append(out, pick(kTypes, draws));
        out = append(out, R"(",)");
    }
    out = append(out, R"("time":")");
    out = append_iso8601(out, event.time_ms);
    out = append(out, R"(","sequence":)");
    out = append_number(out, static_cast<std::int64_t>(event.index));
    out = append(out, "},");
    if (!user_first) append_user();
    if (!device_first) out = append(out, pick(kDevices, draws));
    out = append(out, pick(kPages, draws));
    *out++ = '}';
    return out;
}

}  // namespace stream_analyzer
