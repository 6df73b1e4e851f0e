#include "pipeline/export_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/error.hpp"
#include "pipeline/open_part.hpp"
#include "pipeline/part_head.hpp"
#include "sketch/id_block.hpp"
#include "store/run_merge.hpp"

namespace stream_analyzer {

namespace {

// Where a sketch stands among those that the parts hold.
std::size_t place_in(const RunHead& head, const SketchSpec& spec, const std::string& part) {
    const auto found = std::ranges::find(head.sketches, spec);
    if (found == head.sketches.end()) {
        throw EnvironmentError(
            fmt::format("cannot export {} from {}: it holds no ids (--no-exact) and no such sketch",
                        spec.name(), part));
    }
    return static_cast<std::size_t>(found - head.sketches.begin());
}

class Exporter {
  public:
    explicit Exporter(const ExportOptions& options)
        : sketches_(options.sketches.begin(), options.sketches.end()), ids_(options.sketches) {
        std::vector<std::unique_ptr<RunReader>> runs;
        for (const std::string& path : options.parts) {
            std::unique_ptr<RunReader> part = open_part(path);
            head_ = runs.empty() ? part->head()
                                 : merged_head(head_, options.parts.front(), part->head(), path);
            runs.push_back(std::move(part));
        }
        if (!head_.exact) {
            for (const SketchSpec& spec : options.sketches)
                places_.push_back(place_in(head_, spec, options.parts.front()));
            held_ = std::vector<Sketch>(head_.sketches.begin(), head_.sketches.end());
        }
        runs_.emplace(std::move(runs));
    }

    [[nodiscard]] bool next_window() { return runs_->next_window(); }

    [[nodiscard]] ExportedWindow build() {
        if (head_.exact) {
            unite_ids();
        } else {
            unite_states();
        }
        ExportedWindow window{.length = head_.lengths.front(),
                              .start = runs_->key().start,
                              .distinct = {},
                              .sketches = sketches_};
        const WindowTotals totals = runs_->finish_window();
        if (head_.exact) window.distinct = totals.distinct;
        return window;
    }

  private:
    void unite_ids() {
        for (Sketch& sketch : sketches_)
            sketch.clear();
        std::size_t pending = 0;
        while (runs_->next_id()) {
            ids_.add_text(runs_->id());
            if (++pending % IdBlock::kMost == 0) feed();
        }
        feed();
    }

    void feed() {
        ids_.feed(sketches_);
        ids_.clear();
    }

    void unite_states() {
        for (Sketch& sketch : held_)
            sketch.clear();
        runs_->merge_states(held_);
        for (std::size_t i = 0; i < sketches_.size(); ++i)
            sketches_[i] = held_[places_[i]];
    }

    RunHead head_;
    std::vector<Sketch> sketches_;
    IdBlock ids_;
    std::vector<Sketch> held_;         // what the parts hold instead of ids
    std::vector<std::size_t> places_;  // among them, of sketches_
    std::optional<RunMerge> runs_;
};

}  // namespace

void export_parts(const ExportOptions& options,
                  const std::function<void(const ExportedWindow&)>& take) {
    Exporter exporter(options);
    while (exporter.next_window()) {
        if (options.interrupted != nullptr && options.interrupted->load()) {
            throw Interrupted("interrupted while sketches were exported");
        }
        take(exporter.build());
    }
}

}  // namespace stream_analyzer
