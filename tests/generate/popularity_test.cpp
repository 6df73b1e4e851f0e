#include "generate/popularity.hpp"

#include <cmath>
#include <vector>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

std::vector<double> draw_counts(std::uint64_t users, Popularity popularity, int draws) {
    std::vector<double> counts(users);
    const DrawStreams streams(5, DrawPurpose::user);
    for (int i = 0; i < draws; ++i) {
        Draws sequence = streams.at(static_cast<std::uint64_t>(i));
        counts.at(draw_user(sequence, users, popularity)) += 1;
    }
    return counts;
}

}  // namespace

TEST_CASE("under Zipf the k-th user is drawn 1/k times as often as the first") {
    // Sizes around a power of two, where the last octave is full, and where it is nearly empty.
    for (const std::uint64_t users : {1U, 2U, 3U, 255U, 256U, 257U}) {
        constexpr int kDraws = 400'000;
        const auto counts = draw_counts(users, Popularity::zipf, kDraws);
        double harmonic = 0;
        for (std::uint64_t k = 1; k <= users; ++k)
            harmonic += 1 / static_cast<double>(k);
        double chi_square = 0;
        for (std::uint64_t k = 1; k <= users; ++k) {
            const double expected = kDraws / (static_cast<double>(k) * harmonic);
            chi_square += (counts[k - 1] - expected) * (counts[k - 1] - expected) / expected;
        }
        // Chi-square with users - 1 degrees of freedom: mean n, variance 2n; five deviations.
        const double freedom = static_cast<double>(users) - 1;
        INFO("users " << users << ", chi-square " << chi_square);
        CHECK(chi_square <= freedom + 5 * std::sqrt(2 * freedom) + 10);
    }
}

TEST_CASE("a large Zipf population halves from octave to octave in rank, not in weight") {
    constexpr std::uint64_t kUsers = (1U << 20U) - 1;
    constexpr int kDraws = 200'000;
    const auto counts = draw_counts(kUsers, Popularity::zipf, kDraws);
    // Ranks 2^b to 2^(b+1)-1 have about ln 2 / ln(2^20) = 1/20 of the weight each for large b.
    for (unsigned octave = 5; octave < 20; ++octave) {
        double records = 0;
        for (std::uint64_t rank = 1U << octave; rank < 2U << octave; ++rank) {
            records += counts[rank - 1];
        }
        CHECK(records / kDraws == Approx(0.0481).epsilon(0.05));
    }
}

TEST_CASE("under uniform popularity the first user is nobody special") {
    const auto counts = draw_counts(100, Popularity::uniform, 100'000);
    // Five standard deviations around 1,000.
    for (const double count : counts)
        CHECK(std::abs(count - 1'000) < 5 * 32);
}
