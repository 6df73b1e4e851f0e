#include "window/window_grid.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <stdexcept>

#include "core/error.hpp"

namespace stream_analyzer {

namespace {

const date::time_zone* find_zone(const std::string& name) {
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        // Without a descriptor left, say, the library finds a database without zones.
        if (date::get_tzdb().zones.empty()) {
            throw EnvironmentError("cannot read the system's time zones");
        }
        throw UsageError(fmt::format(
            "--timezone {}: no such time zone; use a name like UTC, Europe/Zurich or Asia/Kolkata",
            name));
    }
}

// Time zones of today are checked before the work. What is older is checked as it occurs.
constexpr int kFirstCheckedYear = 1990;
constexpr int kLastCheckedYear = 2037;

// Local day on which the calendar window begins, and the one on which the next does.
struct LocalDays {
    date::local_days start;
    date::local_days end;
};

LocalDays local_days_of(WindowLength::Unit unit, date::local_days day) {
    const date::year_month_day date{day};
    switch (unit) {
        case WindowLength::Unit::week: {
            const auto monday = day - (date::weekday{day} - date::Monday);
            return {monday, monday + date::weeks{1}};
        }
        case WindowLength::Unit::month: {
            const auto month = date.year() / date.month();
            return {date::local_days{month / 1}, date::local_days{(month + date::months{1}) / 1}};
        }
        case WindowLength::Unit::year:
            return {date::local_days{date.year() / 1 / 1},
                    date::local_days{(date.year() + date::years{1}) / 1 / 1}};
        default:
            return {day, day + date::days{1}};
    }
}

}  // namespace

WindowGrid::WindowGrid(WindowLength length, const std::string& zone_name)
    : length_(length), zone_(find_zone(zone_name)) {}

WindowTime WindowGrid::begin_of(date::local_days day) const {
    return zone_->to_sys(date::local_seconds{day}, date::choose::earliest);
}

WindowInterval WindowGrid::interval_of(EventTime time) const {
    const WindowTime second = std::chrono::floor<std::chrono::seconds>(time);
    if (!length_.is_calendar()) {
        const std::int64_t length_seconds = length_.fixed_seconds();
        const std::int64_t since_epoch = second.time_since_epoch().count();
        std::int64_t into_window = since_epoch % length_seconds;
        if (into_window < 0) into_window += length_seconds;  // floor, before 1970 too
        const WindowTime start{std::chrono::seconds{since_epoch - into_window}};
        return {start, start + std::chrono::seconds{length_seconds}};
    }
    const auto local_day = date::floor<date::days>(zone_->to_local(second));
    LocalDays days = local_days_of(length_.unit, local_day);
    // A clock that goes back across midnight shows the end of a day again after the next has begun:
    // that hour belongs to the next.
    if (begin_of(days.end) <= second) days = local_days_of(length_.unit, days.end);
    return {begin_of(days.start), begin_of(days.end)};
}

bool WindowGrid::tiles_at(const WindowGrid& rollup, WindowTime window) const {
    const WindowInterval whole = rollup.interval_of(window);
    return interval_of(whole.start).start == whole.start &&
           interval_of(whole.end).start == whole.end;
}

void WindowGrid::require_to_tile(const WindowGrid& rollup) const {
    const auto refuse = [&](const std::string& where = "") {
        return UsageError(fmt::format("--rollup {}: windows of {} do not tile it{}",
                                      rollup.length_.label(), length_.label(), where));
    };
    using Unit = WindowLength::Unit;
    const WindowLength& whole = rollup.length_;
    if (!whole.is_calendar()) {
        if (length_.is_calendar() || whole.fixed_seconds() <= length_.fixed_seconds() ||
            whole.fixed_seconds() % length_.fixed_seconds() != 0) {
            throw refuse();
        }
        return;
    }
    if (length_.is_calendar()) {
        const bool week_in_month_or_year = length_.unit == Unit::week;
        if (whole.unit <= length_.unit || week_in_month_or_year) throw refuse();
        return;
    }
    // Offsets change a few times a year at most: a look at every tenth day meets all that last.
    const auto first = date::sys_days{date::year{kFirstCheckedYear} / 1 / 10};
    const auto last = date::sys_days{date::year{kLastCheckedYear} / 12 / 31};
    for (auto day = first; day < last; day += date::days{10}) {
        if (tiles_at(rollup, day)) continue;
        throw refuse(fmt::format(", since in {} it does not begin at their boundaries (on {})",
                                 zone_->name(), iso8601(rollup.interval_of(day).start)));
    }
}

}  // namespace stream_analyzer
