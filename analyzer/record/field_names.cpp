#include "record/field_names.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace stream_analyzer {

namespace {

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

char lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

/// "eventTime", "event_time" and "@event-time" are the words "event", "time".
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    char previous = '\0';
    for (const char c : name) {
        const bool separator = c == '_' || c == '-' || c == '.' || c == ' ' || c == '@' || c == '$';
        const bool hump = is_upper(c) && previous >= 'a' && previous <= 'z';
        if ((separator || hump) && !words.back().empty()) words.emplace_back();
        if (!separator) words.back().push_back(lower(c));
        previous = c;
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

template <std::size_t Size>
bool has_any(const std::vector<std::string>& words,
             const std::array<std::string_view, Size>& wanted) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
    });
}

constexpr std::array<std::string_view, 9> kTimes{
    "ts", "time", "timestamp", "datetime", "date", "epoch", "eventtime", "when", "clock"};
constexpr std::array<std::string_view, 2> kHappened{"event", "occurred"};
constexpr std::array<std::string_view, 8> kIds{"id",   "ids", "uid",   "uuid",
                                               "guid", "key", "login", "name"};
constexpr std::array<std::string_view, 4> kUsers{"uid", "user", "userid", "username"};
constexpr std::array<std::string_view, 14> kPeople{
    "visitor", "customer", "member", "account",    "client",   "subscriber", "person",
    "player",  "profile",  "owner",  "customerid", "clientid", "accountid",  "visitorid"};
constexpr std::array<std::string_view, 9> kStandIns{
    "device", "session", "cookie", "anonymous", "deviceid", "sessionid", "browser", "ip", "actor"};

}  // namespace

NameHint hint_of(const std::vector<std::string>& keys) {
    std::vector<std::string> words = words_of(keys.back());
    NameHint hint;
    if (has_any(words, kTimes)) hint.time = 4;
    if (hint.time == 0 && words.size() > 1 && words.back() == "at") hint.time = 2;
    if (hint.time != 0 && keys.size() > 1 && has_any(words_of(keys[keys.size() - 2]), kHappened)) {
        hint.time += 2;
    }
    if (hint.time != 0 && has_any(words, kHappened)) hint.time += 2;

    const bool names_an_id = has_any(words, kIds);
    if (names_an_id && words.size() == 1 && keys.size() > 1) {
        const std::vector<std::string> parent = words_of(keys[keys.size() - 2]);
        words.insert(words.end(), parent.begin(), parent.end());
    }
    if (has_any(words, kUsers)) {
        hint.id = 8;
    } else if (has_any(words, kPeople)) {
        hint.id = 6;
    } else if (has_any(words, kStandIns)) {
        hint.id = 4;
    } else if (names_an_id) {
        hint.id = 2;
    }
    // "user_time" is a time; "ts_id" is an id.
    if (hint.time != 0 && hint.id != 0) (names_an_id ? hint.time : hint.id) = 0;
    return hint;
}

}  // namespace stream_analyzer
