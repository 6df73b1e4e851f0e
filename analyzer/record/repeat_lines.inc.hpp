// Takes over lines that have the layout of one before: no token is looked for, no key compared.
// Compiled once an instruction set, like index_lines.inc.hpp.
//
// The including file opens a namespace of its own and, where needed, a region with a processor
// target; it defines functions there first:
//     is_laid_out(bytes, layout, block)  whether 64 bytes are as block `block` of the layout wants
//     line_feeds_in(bytes)               mask of 64 bytes

namespace {

inline bool is_repeated(const char* line, const char* end, const LineLayout& layout) {
    if (static_cast<std::size_t>(end - line) < layout.line_bytes) return false;
    if (!is_laid_out(line, layout, 0)) return false;
    return layout.line_bytes <= LineLayout::kBlock_bytes ||
           is_laid_out(line + LineLayout::kBlock_bytes, layout, 1);
}

// With its line feed; more than any layout has if there is none.
inline std::size_t line_length(const char* line, const char* end) {
    for (std::size_t block = 0; block < LineLayout::kBlocks; ++block) {
        const char* const bytes = line + block * LineLayout::kBlock_bytes;
        if (bytes >= end) break;
        if (const std::uint64_t found = line_feeds_in(bytes); found != 0) {
            return block * LineLayout::kBlock_bytes +
                   static_cast<std::size_t>(std::countr_zero(found)) + 1;
        }
    }
    return LineLayout::kMost_bytes + 1;
}

std::size_t repeat_lines(const char* begin, const char* end, const LineLayouts& layouts,
                         LineBatch& batch) {
    batch.make_room(kMostRepeated);
    LineBatch::Line* const lines = batch.next_lines();
    TokenPlace* place = batch.next_places();
    const std::size_t slots = batch.slots();
    const LineLayout* layout = layouts.newest();
    const char* line = begin;
    std::size_t count = 0;
    for (; count < kMostRepeated; ++count) {
        __builtin_prefetch(line + kAhead_bytes);
        if (!is_repeated(line, end, *layout)) {
            const LineLayout* const other = layouts.of_length(line_length(line, end));
            if (other == nullptr || other == layout || !is_repeated(line, end, *other)) break;
            layout = other;
        }
        const auto offset = static_cast<std::uint32_t>(line - begin);
        for (std::size_t slot = 0; slot < slots; ++slot) {
            const TokenPlace in_line = layout->places[slot];
            const std::uint32_t from = in_line.is_none() ? 0 : offset;
            *place++ = {from + in_line.begin, from + in_line.next};
        }
        line += layout->line_bytes;
        lines[count] = {static_cast<std::uint32_t>(line - begin - 1), LineShape::good};
    }
    batch.end_lines(count);
    return count;
}

}  // namespace
