// One self-contained HTML file: style, data and scripts are in it, and it may not load anything.
#pragma once

#include <string>
#include <vector>

#include "core/byte_sink.hpp"
#include "report/html_table.hpp"
#include "report/json_text.hpp"
#include "report/page_asset.hpp"

namespace stream_analyzer {

struct HtmlPage {
    std::string title;
    const PageAsset* content = nullptr;  ///< a template of page/
    PageData data;                       ///< for the template: an object
    Json chart_data;                     ///< for `script`
    const PageAsset* script = nullptr;   ///< what draws the charts of this page
};

/// Writes the page. Whatever a template inserts as {{text}} is html_text(); the content-security
/// policy lets only the embedded scripts and style run, and forbids every request.
void write_html_page(const HtmlPage& page, ByteSink& sink);

}  // namespace stream_analyzer
