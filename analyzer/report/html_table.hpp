// Columns of text as data for the templates of the HTML report.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <vector>

#include "report/text_grid.hpp"

namespace stream_analyzer {

/// What a mustache template is filled with.
using PageData = kainjow::mustache::data;

/// How all texts for people in the report are styled.
inline constexpr TextStyle kHtmlStyle{.width = 0, .color = false, .unicode = true};

/// For page/table.html: every column, whatever its drop order. Texts are as they come: the template
/// escapes them. All columns have the same number of cells.
[[nodiscard]] PageData html_table(const std::string& caption,
                                  const std::vector<TextColumn>& columns);

/// A list of {text} for a template.
[[nodiscard]] PageData html_list(const std::vector<std::string>& texts);

}  // namespace stream_analyzer
