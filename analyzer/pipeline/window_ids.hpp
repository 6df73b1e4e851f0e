// The distinct ids of some windows, for who wants to do more with them than count.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "core/id_list.hpp"
#include "exact/ground_truth.hpp"
#include "pipeline/window_jobs.hpp"
#include "store/byte_source.hpp"
#include "window/window_grid.hpp"
#include "window/window_table.hpp"

namespace stream_analyzer {

/// Asked for by AnalysisHooks::window_ids: what is wanted, and then what was found.
struct WindowIds {
    /// Called once when all windows are counted: indexes of the table, in any order. Their ids have
    /// to fit into memory beside everything else.
    std::function<std::vector<std::size_t>(const WindowTable&)> choose;
    std::vector<std::size_t> chosen;
    std::vector<IdList> ids;  ///< parallel to chosen; the order of the ids means nothing
};

/// The union of `windows`.
[[nodiscard]] IdList ids_of_windows(const GroundTruth& truth,
                                    std::span<const WindowNumber> windows);

/// Of a stored run of the windows of the first length: the ids of windows of `table`, chosen by
/// index. A roll-up's are those of the windows that begin in it.
[[nodiscard]] std::vector<IdList> ids_of_run(std::unique_ptr<ByteSource> run,
                                             const WindowTable& table,
                                             std::span<const WindowGrid> grids,
                                             std::span<const std::size_t> chosen);

}  // namespace stream_analyzer
