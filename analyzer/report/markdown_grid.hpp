// A grid of text as a table in Markdown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/byte_sink.hpp"
#include "report/text_grid.hpp"
#include "report/text_style.hpp"

namespace stream_analyzer {

/// What every column in Markdown is made with.
inline constexpr TextStyle kMarkdownStyle{.width = 0, .color = false, .unicode = true};

/// A cell's text taken literally: what means something to Markdown is escaped, outer blanks go.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// A blank line, header, rule and rows. Nothing without columns.
void write_markdown_grid(const std::vector<TextColumn>& columns, ByteSink& sink);

}  // namespace stream_analyzer
