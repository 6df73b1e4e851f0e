// Several outputs, of which one may be a pipe that nobody reads any more.
#pragma once

#include "core/error.hpp"

namespace stream_analyzer {

/// Does some writing. The reader of one output may leave: it has what it wanted, and the others are
/// written all the same.
template <typename Write>
void unless_closed(Write write) {
    try {
        write();
    } catch (const ClosedPipe&) {
        return;
    }
}

}  // namespace stream_analyzer
