// The format of a sorted run: what spilling writes and what --save keeps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/event_time.hpp"
#include "sketch/sketch_estimate.hpp"

namespace stream_analyzer {

/// A file of format 1, all numbers little-endian, "varint" as in byte_codec.hpp:
///
///     magic     8 bytes: 0x89 "SAR" CR LF 0x1A LF (text modes and cut ends show)
///     blocks    head, windows..., sources..., foot; nothing follows the foot
///
/// A block is a frame of 20 bytes and what is stored:
///
///     byte      kind (BlockKind)
///     byte      0: stored as it is; 1: one zstd frame
///     2 bytes   0
///     u32       stored bytes
///     u32       decoded bytes, at most kMostBlock_bytes, and so is `stored`
///     u64       XXH3-64 of the stored bytes, seeded with the block's number (from 0) and the frame
///
/// so a block that is changed, moved, dropped or doubled is noticed before it is decoded. The
/// decoded content:
///
/// **head** (the first block): varint format version (1), text program version, byte of flags (1
/// with ids, else with sketch states; 2 windows have a row of estimates), varint count and texts of
/// the window lengths ("1m", ...; a saved part has one), varint count and texts of the sketches
/// ("hll:12"), varint count of parameters, each a text of name and of value, in an order of their
/// own: all that decides what is counted.
///
/// **windows**: pieces. Windows are ordered by length (index into the head's), then start; a
/// window's pieces follow each other, all but the last end their block. A piece:
///
///     byte      flags: 1 first piece, 2 last piece, 4 its last id goes on in the next piece, 8 (of
///               a first piece, where windows have rows) this one has none
///     if first  varint length, signed varint start (seconds since 1970)
///     if last   varint records, distinct ids, Σ length of the ids; if the window has a
///               row, a real for each sketch: the estimate, NaN when saturated
///     text      content
///
/// The content with ids: entries {varint length of the prefix shared with the id before it, 0 for
/// the first of a piece; text rest}, ids ascending by bytes and distinct. Ids are the unescaped
/// UTF-8 of the records. An entry at the start of a piece that follows flag 4 is the rest of the
/// id. The content with sketch states: the dense states of all sketches, one behind the other, cut
/// anywhere.
///
/// **sources**: one entry an input (run_account.cpp has its fields). **foot**: the totals that are
/// of no single input.
///
/// A run that is spilled and needs no texts when it is merged has **keys** instead of ids (flag 4
/// of the head; a saved part never has it). The content of a piece: varint number of ids; of each
/// the key (u64 as the machine has it, PlaceKey), ascending; of each the mark (a byte: the length,
/// kOddMark: see what follows); of each with kOddMark the length and the twin (KeyedId) as varints.
/// So that equal keys may be known to be equal ids, blocks of **ids** stand between head and
/// windows: of each id of the run once the key (u64), the varint length and the text, in the order
/// of keys, cut into blocks anywhere within an id or between two. A shard (PlaceKeys) begins with a
/// block.
///
/// The same content gives the same blocks, whoever writes it: a windows block ends with the window
/// that takes its weight (1 a window and id, 1 for 16 bytes of state) to kBlockWeight, or within a
/// window where the next entry would not fit kMostBlock_bytes; the window then ends its block too.
inline constexpr std::string_view kRunMagic{"\x89SAR\r\n\x1a\n", 8};
inline constexpr std::uint64_t kRunFormatVersion = 1;

/// Bounds what a reader allocates for bytes of strangers, and what a merge holds a run.
inline constexpr std::size_t kMostBlock_bytes = std::size_t{128} << 10U;

/// Some 40 to 80 KiB of usual ids: zstd's first level gains little from more.
inline constexpr std::uint64_t kBlockWeight = 4096;
inline constexpr std::size_t kStateBytesPerWeight = 16;

/// Windows have rows of estimates only where a block has room for them.
inline constexpr std::size_t kMostRow_bytes = kMostBlock_bytes / 2;

/// Longer ids are not stored: a reader could be made to allocate anything otherwise.
inline constexpr std::size_t kMostId_bytes = std::size_t{1} << 30U;

enum class BlockKind : std::uint8_t { head = 1, windows = 2, sources = 3, foot = 4, ids = 5 };

/// A window of a run: which length (an index), which start. Ordered as in the run.
struct WindowKey {
    std::uint32_t length = 0;
    WindowTime start;

    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 means the 0 of the compiler's own code
    friend auto operator<=>(const WindowKey&, const WindowKey&) = default;
};

/// What is known of a window besides its ids.
struct WindowTotals {
    std::uint64_t records = 0;
    std::uint64_t distinct = 0;  ///< 0 in runs of sketch states
    std::uint64_t id_bytes = 0;  ///< Σ length of the distinct ids

    friend bool operator==(const WindowTotals&, const WindowTotals&) = default;
};

/// The estimates of a window, one a sketch.
using EstimateRow = std::vector<SketchEstimate>;

}  // namespace stream_analyzer
