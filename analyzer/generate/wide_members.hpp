// The members that surround the two fields in a wide record, with the traps of the challenge's
// dump: nested objects that reuse the names uid and ts, strings with every escape, with Cyrillic
// text, with brackets and with text that looks like the fields, keys that only resemble the fields.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "generate/draws.hpp"

namespace stream_analyzer {

/// A pool of members ("key":value, no comma) made once from the seed. Their keys come from a small
/// vocabulary, so keys repeat within a record; no key of the root is or spells `ts` or `uid`.
class WideMembers {
  public:
    /// A power of two; the pool (about 250 KB) fits a core's second-level cache.
    static constexpr std::size_t kMembers = 2'048;
    /// No member is longer.
    static constexpr std::size_t kMaxMember_bytes = 1'024;

    explicit WideMembers(std::uint64_t seed);

    /// Any member; the view is valid as long as the pool.
    [[nodiscard]] std::string_view draw(Draws& draws) const {
        return members_[draws.below(kMembers)];
    }

    [[nodiscard]] const std::vector<std::string>& all() const { return members_; }

  private:
    std::vector<std::string> members_;
};

}  // namespace stream_analyzer
