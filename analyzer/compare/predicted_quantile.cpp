#include "compare/predicted_quantile.hpp"

#include <algorithm>
#include <cmath>

#include "sketch/error_model.hpp"

namespace stream_analyzer {

namespace {

/// The smallest d such that a Poisson variable is within d of `centre` with the chance `share`.
/// The mean is below 700 (e^-mean must be a number), and not above the centre. O(centre).
double poisson_deviation(double mean, double centre, double share) {
    double below = std::floor(centre);  // the next count to take on either side, and their chances
    double chance_below = std::exp(-mean);
    const auto most_below = static_cast<int>(below);
    for (int count = 1; count <= most_below; ++count)
        chance_below *= mean / count;
    double above = below + 1;
    double chance_above = chance_below * mean / above;
    double held = 0;
    double deviation = 0;
    // Chances below 1e-17 add nothing any more.
    while (held < share && chance_below + chance_above > 1e-17) {
        if (below >= 0 && centre - below <= above - centre) {
            deviation = centre - below;
            held += chance_below;
            chance_below *= below / mean;
            --below;
        } else {
            deviation = above - centre;
            held += chance_above;
            ++above;
            chance_above *= mean / above;
        }
    }
    return deviation;
}

}  // namespace

double normal_quantile(double confidence) {
    double low = 0;
    double high = 40;               // erf is 1 long before
    for (int i = 0; i < 64; ++i) {  // 40 / 2^64 is below the last digit
        const double middle = (low + high) / 2;
        (std::erf(middle / std::sqrt(2.0)) < confidence ? low : high) = middle;
    }
    return high;
}

std::optional<double> predicted_quantile(const SketchSpec& spec, double n, double confidence) {
    const auto rse = predicted_rse(spec, n);
    if (!rse) return std::nullopt;
    const double by_normal_law = normal_quantile(confidence) * *rse;
    const double load = n / static_cast<double>(spec.cells());
    const double sigma_ids = n * *rse;
    if (sigma_ids >= kLeastSmoothError_ids || load > 1) return by_normal_law;
    constexpr double kSpare = 0.1;
    const double share = confidence + kSpare * (1 - confidence);
    const bool is_ultraloglog = spec.family == SketchFamily::ultraloglog;
    // An id that meets no other changes the estimate by more than one where many meet others.
    const double step_ids = is_ultraloglog ? 1 : std::exp(load);
    const double collisions = (sigma_ids / step_ids) * (sigma_ids / step_ids);
    // The estimators expect n^2 / 2 pairs of ids to meet, of n (n - 1) / 2.
    const double expected = collisions + load / 2;
    const double by_steps = step_ids * poisson_deviation(collisions, expected, share) / n;
    // A collision costs an UltraLogLog anything up to an id, which fills the gaps between the
    // steps.
    const bool has_collision = by_steps * n > 0.5;
    return is_ultraloglog && has_collision ? std::max(by_steps, by_normal_law) : by_steps;
}

}  // namespace stream_analyzer
