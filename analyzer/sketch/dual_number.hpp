// Numbers that carry their derivative along: forward-mode differentiation for the error model.
#pragma once

namespace stream_analyzer {

/// A value and its derivative with respect to one chosen variable. A plain number is a constant.
struct Dual {
    double value = 0;
    double derivative = 0;

    Dual() = default;
    Dual(double constant) : value{constant} {}  // NOLINT: constants mix with duals in formulas
    Dual(double value_, double derivative_) : value{value_}, derivative{derivative_} {}

    /// The variable itself, at `value`.
    [[nodiscard]] static Dual variable(double value) { return {value, 1}; }

    friend Dual operator+(Dual a, Dual b) {
        return {a.value + b.value, a.derivative + b.derivative};
    }
    friend Dual operator-(Dual a, Dual b) {
        return {a.value - b.value, a.derivative - b.derivative};
    }
    friend Dual operator*(Dual a, Dual b) {
        return {a.value * b.value, a.derivative * b.value + a.value * b.derivative};
    }
    friend bool operator==(const Dual&, const Dual&) = default;
};

}  // namespace stream_analyzer
