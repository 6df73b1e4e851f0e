// Exact arithmetic on the text of a JSON number, of any length and with any exponent.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stream_analyzer {

/// A number as ±0.d₁d₂d₃… × 10^magnitude with d₁ ≠ 0.
class Decimal {
  public:
    /// `number` follows JSON's grammar (see is_well_formed) and outlives this object.
    explicit Decimal(std::string_view number);

    [[nodiscard]] bool is_zero() const { return digits_.empty(); }

    /// |number| < 10^k exactly when the magnitude is at most k. Of zero: the smallest there is.
    [[nodiscard]] std::int64_t magnitude() const { return magnitude_; }

    /// floor(number × 10^shift), or nothing when that is 10^18 or more away from zero. Linear in
    /// the number's length, whatever its exponent.
    [[nodiscard]] std::optional<std::int64_t> scaled_floor(int shift) const;

  private:
    bool negative_ = false;
    std::string_view digits_;  ///< from d₁ on, perhaps with a point among them; empty: zero
    std::int64_t magnitude_ = INT64_MIN;
};

}  // namespace stream_analyzer
