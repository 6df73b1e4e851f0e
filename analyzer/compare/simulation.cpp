#include "compare/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "core/error.hpp"
#include "core/grouped.hpp"
#include "core/hash64.hpp"
#include "pipeline/parallel.hpp"
#include "sketch/sketch_set.hpp"

namespace stream_analyzer {

namespace {

/// Hashes made at a time; each sketch takes a block before the next is made. 32 KiB.
constexpr std::size_t kBlock_hashes = 4096;

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): mix64 of a counter that steps by an odd constant.
constexpr std::uint64_t kGoldenGamma = 0x9e3779b97f4a7c15U;

/// A number as 16 digits, "0" to "f".
std::string_view hexadecimal(std::uint64_t number, std::array<char, 16>& digits) {
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, number >>= 4U)
        *digit = "0123456789abcdef"[number & 0xfU];
    return {digits.data(), digits.size()};
}

double relative_error(const SketchEstimate& estimate, std::uint64_t n) {
    if (estimate.saturated || !std::isfinite(estimate.value)) return TrialErrors::kSaturated;
    return estimate.value / static_cast<double>(n) - 1;
}

/// The sketches of one thread, used for trial after trial.
class Trial {
  public:
    explicit Trial(const TrialPlan& plan) : plan_{plan}, sketches_(plan.sketches) {}

    /// False when `stop` said so: the trial's errors are incomplete then.
    template <typename Stop>
    bool run(std::uint64_t trial, TrialErrors& errors, Stop stop) {
        sketches_.clear();
        std::uint64_t counter = mix64(plan_.seed) + trial * plan_.cardinalities.back();
        std::uint64_t added = 0;
        for (std::size_t c = 0; c < plan_.cardinalities.size(); ++c) {
            const std::uint64_t n = plan_.cardinalities[c];
            sketches_.expect(n - added);
            while (added < n) {
                if (stop()) return false;
                const auto size =
                    static_cast<std::size_t>(std::min<std::uint64_t>(n - added, kBlock_hashes));
                for (std::size_t i = 0; i < size; ++i)
                    block_[i] = mix64(counter++ * kGoldenGamma);
                add_ids({block_.data(), size});
                added += size;
            }
            const std::span<const Sketch> sketches = sketches_.sketches();
            for (std::size_t s = 0; s < sketches.size(); ++s)
                errors.at(s, c, trial) = relative_error(sketches[s].estimate(), n);
        }
        return true;
    }

  private:
    void add_ids(std::span<const Hash64> ids) {
        sketches_.add_all(ids);
        if (!sketches_.wants_texts()) return;
        texts_.resize(ids.size());
        std::vector<std::string_view> views(ids.size());
        for (std::size_t i = 0; i < ids.size(); ++i)
            views[i] = hexadecimal(ids[i], texts_[i]);
        sketches_.add_texts(views);
    }

    const TrialPlan& plan_;
    SketchSet sketches_;
    std::array<Hash64, kBlock_hashes> block_{};
    std::vector<std::array<char, 16>> texts_;  // for sketches of other systems
};

/// The same with given ids.
class Rehash {
  public:
    Rehash(const TrialPlan& plan, std::span<const IdList> lists)
        : plan_{plan}, lists_{lists}, sketches_(plan.sketches) {}

    template <typename Stop>
    bool run(std::uint64_t trial, TrialErrors& errors, Stop stop) {
        // As far from each other, and from other --seed, as a bijective mixer puts them.
        const std::uint64_t hash_seed = mix64(mix64(plan_.seed) + (trial + 1) * kGoldenGamma);
        for (std::size_t l = 0; l < lists_.size(); ++l) {
            const IdList& ids = lists_[l];
            sketches_.clear();
            sketches_.expect(ids.size());
            for (std::size_t first = 0; first < ids.size(); first += kBlock_hashes) {
                if (stop()) return false;
                const std::size_t size = std::min(ids.size() - first, kBlock_hashes);
                for (std::size_t i = 0; i < size; ++i)
                    block_[i] = hash_id(ids[first + i], hash_seed);
                sketches_.add_all({block_.data(), size});
                if (!sketches_.wants_texts()) continue;
                texts_.clear();
                for (std::size_t i = 0; i < size; ++i)
                    texts_.push_back(ids[first + i]);
                sketches_.add_texts(texts_, {.redis = hash_seed, .datasketches = hash_seed});
            }
            const std::span<const Sketch> sketches = sketches_.sketches();
            for (std::size_t s = 0; s < sketches.size(); ++s)
                errors.at(s, l, trial) = relative_error(sketches[s].estimate(), ids.size());
        }
        return true;
    }

  private:
    const TrialPlan& plan_;
    std::span<const IdList> lists_;
    SketchSet sketches_;
    std::array<Hash64, kBlock_hashes> block_{};
    std::vector<std::string_view> texts_;
};

/// Runs all trials; make_trial() makes what one thread runs them with.
template <typename MakeTrial>
void run_all(const TrialPlan& plan, const std::atomic<bool>* interrupted, TrialErrors& errors,
             MakeTrial make_trial) {
    std::atomic<std::uint64_t> next{0};
    std::atomic<std::uint64_t> finished{0};
    const auto is_interrupted = [&] { return interrupted != nullptr && interrupted->load(); };
    const auto threads = static_cast<unsigned>(std::min<std::uint64_t>(plan.threads, plan.trials));
    run_on_threads(threads, [&](unsigned, const std::atomic<bool>& failed) {
        auto trial = make_trial();
        const auto stop = [&] { return failed.load() || is_interrupted(); };
        for (std::uint64_t number = next++; number < plan.trials; number = next++) {
            if (!trial.run(number, errors, stop)) return;
            ++finished;
        }
    });
    if (is_interrupted() && finished < plan.trials) {
        throw Interrupted(fmt::format("interrupted after {} of {} trials", grouped(finished.load()),
                                      grouped(plan.trials)));
    }
}

}  // namespace

TrialErrors::TrialErrors(std::size_t sketches, std::size_t cardinalities, std::size_t trials)
    : cardinalities_{cardinalities}, trials_{trials}, errors_(sketches * cardinalities * trials) {}

TrialErrors run_trials(const TrialPlan& plan, const std::atomic<bool>* interrupted) {
    TrialErrors errors(plan.sketches.size(), plan.cardinalities.size(), plan.trials);
    if (plan.trials == 0 || plan.cardinalities.empty()) return errors;
    if (plan.cardinalities.back() > UINT64_MAX / plan.trials) {
        throw std::invalid_argument("more ids than there are 64-bit numbers");
    }
    run_all(plan, interrupted, errors, [&] { return Trial(plan); });
    return errors;
}

TrialErrors run_rehashed_trials(const TrialPlan& plan, std::span<const IdList> lists,
                                const std::atomic<bool>* interrupted) {
    TrialErrors errors(plan.sketches.size(), lists.size(), plan.trials);
    if (plan.trials == 0 || lists.empty()) return errors;
    run_all(plan, interrupted, errors, [&] { return Rehash(plan, lists); });
    return errors;
}

}  // namespace stream_analyzer
