// Ids that share their hash, in several runs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include "exact/place_key.hpp"

namespace stream_analyzer {

/// Which of the ids of several runs with the same key are the same id. As good as always empty:
/// memory grows with ids that share their hash alone.
class IdTwins {
  public:
    /// In the run of this number the id with that key and twin is the one that is called `number`
    /// among all with the key.
    struct Twin {
        PlaceKey key = 0;
        std::uint32_t run = 0;
        std::uint32_t twin = 0;
        std::uint32_t number = 0;
    };

    [[nodiscard]] bool empty() const { return twins_.empty(); }
    void add(const Twin& twin) { twins_.push_back(twin); }
    void add(const IdTwins& others) {
        twins_.insert(twins_.end(), others.twins_.begin(), others.twins_.end());
    }
    /// When all are added, before the following.
    void sort() { std::ranges::sort(twins_, {}, order_of); }

    /// Whether several ids have this key.
    [[nodiscard]] bool has(PlaceKey key) const {
        return std::ranges::binary_search(twins_, key, {}, &Twin::key);
    }
    /// Only of a key that is here.
    [[nodiscard]] std::uint32_t number_of(PlaceKey key, std::uint32_t run,
                                          std::uint32_t twin) const {
        return std::ranges::lower_bound(twins_, std::tuple(key, run, twin), {}, order_of)->number;
    }

  private:
    static std::tuple<PlaceKey, std::uint32_t, std::uint32_t> order_of(const Twin& twin) {
        return {twin.key, twin.run, twin.twin};
    }

    std::vector<Twin> twins_;
};

}  // namespace stream_analyzer
