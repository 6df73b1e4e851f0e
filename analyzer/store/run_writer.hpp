// A whole run, block by block.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "store/block.hpp"
#include "store/run_account.hpp"
#include "store/run_head.hpp"
#include "store/window_coder.hpp"

namespace stream_analyzer {

/// Writes head, windows, account. Windows come either one by one through windows(), or as blocks
/// of several coders through append(), in order; not both.
class RunWriter {
  public:
    /// Writes the head. `sink` is borrowed.
    RunWriter(ByteSink& sink, const RunHead& head, Packing packing = Packing::small);
    RunWriter(const RunWriter&) = delete;
    RunWriter& operator=(const RunWriter&) = delete;

    /// For coders whose blocks are appended.
    [[nodiscard]] Packing packing() const { return packing_; }

    [[nodiscard]] WindowCoder& windows() { return coder_; }
    void append(const CodedBlock& block);

    /// By shard: where its ids begin. Shards without ids may be missing at the end.
    [[nodiscard]] const std::vector<std::optional<BlockPlace>>& shard_places() const {
        return shard_places_;
    }

    /// Where windows begin that were written so far.
    [[nodiscard]] const RunPlaces& places() const { return places_; }

    /// Writes the account. The run is complete.
    void finish(const RunAccount& account);

  private:
    Packing packing_;
    BlockWriter blocks_;
    RunPlaces places_;
    std::vector<std::optional<BlockPlace>> shard_places_;
    WindowCoder coder_;
};

}  // namespace stream_analyzer
