#include "sketch/ultraloglog_estimator.hpp"

#include <cmath>
#include <cstddef>

namespace stream_analyzer {

namespace {

constexpr std::size_t kLargestRank = 63;  // of a byte, 4u + 3 <= 255

/// The sum of g(r) over the bytes that SmallRange does not treat, lowest contribution first.
double sum_of_large_registers(const RegisterHistogram& histogram) {
    double sum = 0;
    for (std::size_t rank = kLargestRank; rank >= 2; --rank) {
        double of_rank = 0;
        for (std::size_t low = 0; low < Fgra::kEta.size(); ++low) {
            const std::size_t value = 4 * rank + low;
            if (value == 8 || value == 10) continue;
            of_rank += static_cast<double>(histogram[value]) * Fgra::kEta[low];
        }
        sum = (sum + of_rank) * Fgra::kTwoToMinusTau;  // Horner's scheme in 2^-tau
    }
    return sum * Fgra::kTwoToMinusTau;
}

}  // namespace

double ultraloglog_estimate(const RegisterHistogram& histogram, int precision) {
    const double registers = std::ldexp(1.0, precision);
    const SmallCounts counts{.empty = static_cast<double>(histogram[0]),
                             .one = static_cast<double>(histogram[4]),
                             .two = static_cast<double>(histogram[8]),
                             .two_and_one = static_cast<double>(histogram[10])};
    if (counts.empty == registers) return 0;  // sigma(1) is infinite

    const SmallRange<double> small{SmallRangeRoot{counts, registers}.z()};
    const double sum = sum_of_large_registers(histogram) + counts.empty * small.empty +
                       counts.one * small.one + counts.two * small.two +
                       counts.two_and_one * small.two_and_one;
    return std::pow(registers, 1 + 1 / Fgra::kTau) * std::pow(sum, -1 / Fgra::kTau) /
           (1 + Fgra::kVariance * (1 + Fgra::kTau) / (2 * registers));
}

}  // namespace stream_analyzer
