// From the bytes in an UltraLogLog's registers to a number of ids.
//
// All equations are those of O. Ertl, "UltraLogLog", arXiv 2308.16862: the further generalized
// remaining area (FGRA) estimator and its correction for small numbers of ids. The paper's
// correction for numbers near 2^64 is left out.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace stream_analyzer {

/// How many registers hold each byte.
using RegisterHistogram = std::array<std::uint32_t, 256>;

/// The FGRA estimate for m = 2^P registers with bytes r_i = 4u + 2b + b':
///
///   n = m^(1 + 1/tau) / (1 + v (1 + tau) / (2m)) * (sum of g(r_i))^(-1/tau),
///   g(r) = eta[r mod 4] 2^(-tau floor(r / 4)),
///
/// where the registers holding 0, 4, 8 or 10 contribute SmallRange's terms instead. 0 when all
/// registers are empty.
[[nodiscard]] double ultraloglog_estimate(const RegisterHistogram& histogram, int precision);

/// Constants of the estimator, chosen in the paper so that its variance is least.
struct Fgra {
    static constexpr double kTau = 0.8194911375910897;
    static constexpr double kVariance = 0.6118931496978437;  ///< v: asymptotic variance times m
    static constexpr std::array<double, 4> kEta{4.663135422063788, 2.1378502137958524,
                                                2.781144650979996, 0.9824082545153715};
    static constexpr double kTwoToTau = 1.7647834144840502;       ///< 2^tau
    static constexpr double kTwoToMinusTau = 0.5666417713316728;  ///< 2^-tau
};

/// Numbers of registers (or shares of them) holding the four bytes a few ids leave behind.
struct SmallCounts {
    double empty = 0;        ///< byte 0
    double one = 0;          ///< byte 4: rank 1
    double two = 0;          ///< byte 8: rank 2
    double two_and_one = 0;  ///< byte 10: ranks 2 and 1
};

/// The quadratic alpha s^2 + beta s - gamma = 0 whose positive root estimates s = e^(-n / 4m) from
/// the small counts among m `registers`; z = s^4 then estimates the chance that one is empty.
struct SmallRangeRoot {
    double alpha = 0;
    double beta = 0;
    double gamma = 0;
    double root = 0;  ///< s

    SmallRangeRoot(const SmallCounts& counts, double registers)
        : alpha{registers + 3 * (counts.empty + counts.one + counts.two + counts.two_and_one)},
          beta{registers - counts.empty - counts.one},
          gamma{4 * counts.empty + 2 * counts.one + 3 * counts.two + counts.two_and_one},
          root{(std::sqrt(beta * beta + 4 * alpha * gamma) - beta) / (2 * alpha)} {}

    [[nodiscard]] double z() const { return root * root * root * root; }
};

/// What one register with each of the small bytes contributes in place of g, as functions of z in
/// [0, 1). A template because the error model differentiates it.
template <typename Number>
struct SmallRange {
    Number empty;
    Number one;
    Number two;
    Number two_and_one;

    explicit SmallRange(const Number& z)
        : empty{sigma(z)},
          one{psi(z) * Fgra::kTwoToMinusTau},
          two{(z * (kEta[0] - kEta[1]) + kEta[1]) * kFourToMinusTau},
          two_and_one{(z * (kEta[2] - kEta[3]) + kEta[3]) * kFourToMinusTau} {}

    /// (1/z) sum_{u>=0} 2^(tau u) (z^(2^u) - z^(2^(u+1))) psi(z^(2^(u+1))), summed until it no
    /// longer changes.
    static Number sigma(const Number& z) {
        Number power = z;  // z^(2^u)
        Number scaled{1};  // z^(2^u) / z, which is 1 at u = 0 even for z = 0
        Number sum{0};
        Number previous = sum;
        double weight = 1;
        do {
            previous = sum;
            const Number next_scaled = scaled * power;
            power = power * power;
            sum = sum + (scaled - next_scaled) * psi(power) * weight;
            scaled = next_scaled;
            weight *= Fgra::kTwoToTau;
        } while (!(sum == previous));
        return sum;
    }

    static Number psi(const Number& z) {
        return ((z + (kEta[2] - kEta[3]) / kEtaX) * (z * z + (kEta[1] - kEta[3]) / kEtaX) +
                (kEta[3] * kEta[0] - kEta[1] * kEta[2]) / (kEtaX * kEtaX)) *
               kEtaX;
    }

  private:
    static constexpr std::array<double, 4> kEta = Fgra::kEta;
    static constexpr double kEtaX = kEta[0] - kEta[1] - kEta[2] + kEta[3];
    static constexpr double kFourToMinusTau = Fgra::kTwoToMinusTau * Fgra::kTwoToMinusTau;
};

}  // namespace stream_analyzer
