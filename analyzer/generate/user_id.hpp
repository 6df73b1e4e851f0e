// The text of a user's id.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace stream_analyzer {

inline constexpr std::size_t kMaxUserId_bytes = 20;

/// Ids as in the challenge's dump: 19 hexadecimal characters, 20 for one user in 16. The last 16
/// are a bijection of the user's number, so distinct users have distinct ids.
class UserIds {
  public:
    explicit UserIds(std::uint64_t seed);

    /// Writes the id of `user` at `out` (kMaxUserId_bytes are writable) and returns its end.
    [[nodiscard]] char* append(char* out, std::uint64_t user) const;

  private:
    std::uint64_t key_;
};

}  // namespace stream_analyzer
