#include "sketch/error_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "sketch/dual_number.hpp"
#include "sketch/hyperloglog_estimator.hpp"
#include "sketch/ultraloglog_estimator.hpp"

namespace stream_analyzer {

namespace {

/// Whang et al. size bitmaps for a mean of a^2 zero bits with a = sqrt(5): e^-5 = 0.7 % are full.
constexpr double kFewestZeroBits = 5;

constexpr double kMostIds = 0x1p56;

/// Ranks above 64 have a chance below n 2^-64 and are left out.
constexpr std::size_t kLargestRank = 64;

/// e^t - t - 1 without cancellation for small t.
double exp_remainder(double t) {
    if (t > 0x1p-5) return std::expm1(t) - t;
    // Five terms: the sixth is below 2e-11 of the sum.
    return t * t / 2 * (1 + t / 3 * (1 + t / 4 * (1 + t / 5 * (1 + t / 6))));
}

/// Relative variance of the estimate.
std::optional<double> linear_counting_variance(double bits, double n) {
    const double load = n / bits;
    if (bits * std::exp(-load) < kFewestZeroBits) return std::nullopt;
    return bits * exp_remainder(load) / (n * n);
}

/// What happens to a register that receives Poisson-many ids, `load` on average, as functions of
/// the load. miss[k] = e^(-load 2^-k) is the chance that it receives none of rank k, and as well
/// that it receives none of any rank above k (which are as many as those of rank k, all in all);
/// hit[k] is 1 - miss[k]. So rank k is the highest with chance hit[k] miss[k], and miss[0] is
/// "empty".
struct RankChances {
    std::array<Dual, kLargestRank + 1> hit;
    std::array<Dual, kLargestRank + 1> miss;

    explicit RankChances(double load) {
        const double rate = std::ldexp(1.0, -static_cast<int>(kLargestRank));
        miss[kLargestRank] = {std::exp(-load * rate), -rate * std::exp(-load * rate)};
        hit[kLargestRank] = {-std::expm1(-load * rate), rate * std::exp(-load * rate)};
        for (std::size_t rank = kLargestRank; rank > 0; --rank) {
            // 1 - e^-2x = (1 - e^-x) (1 + e^-x), without cancellation on the whole way.
            hit[rank - 1] = hit[rank] * (1 + miss[rank]);
            // Squares of a number near one would double its error at each step.
            const bool rare = hit[rank].value < 0.5;
            miss[rank - 1] = rare ? 1 - hit[rank - 1] : miss[rank] * miss[rank];
        }
    }

    /// The chance that `rank` >= 1 is the highest.
    [[nodiscard]] Dual top(std::size_t rank) const { return hit[rank] * miss[rank]; }
};

/// Gathers a register's law: chances, as functions of the load, and weights.
class WeightLaw {
  public:
    /// Weights are measured from the likeliest one when hardly any register is touched, else from
    /// zero: both keep the variance free of cancellation.
    WeightLaw(double load, double weight_of_empty)
        : load_{load}, origin_{load < 1 ? weight_of_empty : 0} {}

    void add(const Dual& chance, double weight) {
        const double offset = weight - origin_;
        mean_ = mean_ + chance * offset;
        second_moment_ += chance.value * offset * offset;
    }

    /// Var w - load (d E w / d load)^2.
    [[nodiscard]] double variance_at_fixed_n() const {
        return second_moment_ - mean_.value * mean_.value -
               load_ * mean_.derivative * mean_.derivative;
    }

  private:
    double load_;
    double origin_;
    Dual mean_ = 0;
    double second_moment_ = 0;
};

/// Relative variance of the estimate times m, at `load` ids a register.
double hyperloglog_variance(double load) {
    const RankChances chances{load};
    const Dual& empty = chances.miss[0];
    const Dual sigma = hyperloglog_sigma(Dual::variable(empty.value));

    WeightLaw law{load, sigma.derivative};
    law.add(empty, sigma.derivative);
    double contribution = sigma.value;
    double weight = 1;
    for (std::size_t rank = 1; rank <= kLargestRank; ++rank) {
        weight /= 2;
        const Dual chance = chances.top(rank);
        law.add(chance, weight);
        contribution += chance.value * weight;
    }
    return law.variance_at_fixed_n() / (contribution * contribution);
}

/// The weights of the four small bytes, and what they contribute in all.
struct SmallWeights {
    double empty = 0;
    double one = 0;
    double two = 0;
    double two_and_one = 0;
    double contribution = 0;
};

/// `shares` of the registers: SmallRange's terms depend on the shares through z too, so a weight is
/// the term itself and the change of all of them with z, by the implicit function theorem on
/// alpha s^2 + beta s = gamma.
SmallWeights small_weights(const SmallCounts& shares) {
    const SmallRangeRoot equation{shares, 1};
    const double s = equation.root;
    const SmallRange<Dual> term{Dual::variable(equation.z())};
    const Dual all = term.empty * shares.empty + term.one * shares.one + term.two * shares.two +
                     term.two_and_one * shares.two_and_one;
    const double per_s = all.derivative * 4 * s * s * s / (2 * equation.alpha * s + equation.beta);
    const auto weight = [&](const Dual& own, double d_beta, double d_gamma) {
        return own.value + per_s * (d_gamma - s * d_beta - s * s * 3);
    };
    return {.empty = weight(term.empty, -1, 4),
            .one = weight(term.one, -1, 2),
            .two = weight(term.two, 0, 3),
            .two_and_one = weight(term.two_and_one, 0, 1),
            .contribution = all.value};
}

double ultraloglog_variance(double load) {
    const RankChances chances{load};
    const auto& [hit, miss] = chances;
    const Dual& empty = miss[0];
    const Dual one = chances.top(1);
    const Dual two = chances.top(2) * miss[1];
    const Dual two_and_one = chances.top(2) * hit[1];
    const SmallWeights small = small_weights({.empty = empty.value,
                                              .one = one.value,
                                              .two = two.value,
                                              .two_and_one = two_and_one.value});

    WeightLaw law{load, small.empty};
    law.add(empty, small.empty);
    law.add(one, small.one);
    law.add(two, small.two);
    law.add(two_and_one, small.two_and_one);
    double contribution = small.contribution;
    double scale = Fgra::kTwoToMinusTau * Fgra::kTwoToMinusTau;
    for (std::size_t rank = 3; rank <= kLargestRank; ++rank) {
        scale *= Fgra::kTwoToMinusTau;
        const Dual without_next = chances.top(rank) * miss[rank - 1];
        const Dual with_next = chances.top(rank) * hit[rank - 1];
        const std::array<Dual, 4> of_low{without_next * miss[rank - 2],
                                         without_next * hit[rank - 2], with_next * miss[rank - 2],
                                         with_next * hit[rank - 2]};
        for (std::size_t low = 0; low < of_low.size(); ++low) {
            const double weight = Fgra::kEta[low] * scale;
            law.add(of_low[low], weight);
            contribution += of_low[low].value * weight;
        }
    }
    return law.variance_at_fixed_n() / (contribution * contribution * Fgra::kTau * Fgra::kTau);
}

/// Of sketches with registers, up to kMostIds.
std::optional<double> register_variance(const SketchSpec& spec, double n) {
    if (n > kMostIds) return std::nullopt;
    const auto registers = static_cast<double>(spec.cells());
    const double load = n / registers;
    return (spec.family == SketchFamily::ultraloglog ? ultraloglog_variance(load)
                                                     : hyperloglog_variance(load)) /
           registers;
}

}  // namespace

std::optional<double> predicted_rse(const SketchSpec& spec, double n) {
    if (!(n >= 1) || !std::isfinite(n)) return std::nullopt;
    const auto variance = spec.family == SketchFamily::linear_counting
                              ? linear_counting_variance(static_cast<double>(spec.cells()), n)
                              : register_variance(spec, n);
    if (!variance) return std::nullopt;
    return std::sqrt(*variance * (1 - 1 / n));
}

TheoryDoubt theory_doubt(const SketchSpec& spec, double n) {
    constexpr double kFewEmptyBits = 200;
    constexpr std::uint64_t kManyHllRegisters_log2 = 10;
    constexpr std::uint64_t kManyUllRegisters_log2 = 7;
    if (!predicted_rse(spec, n)) return TheoryDoubt::no_theory;
    switch (spec.family) {
        case SketchFamily::linear_counting: {
            const double bits = 8 * static_cast<double>(spec.parameter);
            // A small bitmap has few empty bits from the beginning; it is the full ones that err.
            const double empty_bits = bits * std::exp(-n / bits);
            return empty_bits < std::min(kFewEmptyBits, bits / 2) ? TheoryDoubt::nearly_full
                                                                  : TheoryDoubt::none;
        }
        case SketchFamily::hyperloglog:
        case SketchFamily::redis_hyperloglog:
        case SketchFamily::datasketches_hyperloglog:
            return spec.parameter < kManyHllRegisters_log2 ? TheoryDoubt::few_registers
                                                           : TheoryDoubt::none;
        case SketchFamily::ultraloglog:
            return spec.parameter < kManyUllRegisters_log2 ? TheoryDoubt::few_registers
                                                           : TheoryDoubt::none;
    }
    return TheoryDoubt::none;
}

}  // namespace stream_analyzer
