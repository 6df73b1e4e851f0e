#include "pipeline/window_ids.hpp"

#include <memory>
#include <string>
#include <unordered_set>

#include "store/run_reader.hpp"

namespace stream_analyzer {

namespace {

// One of the chosen windows while the run is read.
struct Gathered {
    std::size_t length = 0;
    WindowTime start;
    std::unordered_set<std::string> seen;  // of a roll-up, whose windows share ids
    IdList ids;

    void add(const std::string& id) {
        if (length == 0 || seen.insert(id).second) ids.add(id);
    }
};

}  // namespace

IdList ids_of_windows(const GroundTruth& truth, std::span<const WindowNumber> windows) {
    IdList list;
    for (std::size_t shard = 0; shard < truth.shards(); ++shard) {
        const IdDictionary& ids = truth.ids_of(shard);
        std::vector<bool> seen(ids.size());
        for (const WindowNumber window : windows) {
            truth.for_each(shard, window, [&](DenseId number) {
                if (seen[number]) return;
                seen[number] = true;
                list.add(ids.id_of(number));
            });
        }
    }
    return list;
}

std::vector<IdList> ids_of_run(std::unique_ptr<ByteSource> run, const WindowTable& table,
                               std::span<const WindowGrid> grids,
                               std::span<const std::size_t> chosen) {
    std::vector<Gathered> all;
    for (const std::size_t index : chosen) {
        const WindowResult window = table.at(index);
        all.push_back({.length = window.length, .start = window.start, .seen = {}, .ids = {}});
    }
    RunReader reader(std::move(run));
    while (reader.next_window()) {
        std::vector<Gathered*> takers;
        for (Gathered& one : all) {
            if (grids[one.length].interval_of(reader.key().start).start == one.start)
                takers.push_back(&one);
        }
        if (takers.empty()) continue;
        while (reader.next_id()) {
            const std::string id(reader.id());
            for (Gathered* const taker : takers)
                taker->add(id);
        }
    }
    std::vector<IdList> lists;
    lists.reserve(all.size());
    for (Gathered& one : all)
        lists.push_back(std::move(one.ids));
    return lists;
}

}  // namespace stream_analyzer
