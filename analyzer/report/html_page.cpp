#include "report/html_page.hpp"

#include <fmt/format.h>

#include <cassert>

#include "report/html_text.hpp"

namespace stream_analyzer {

namespace {

using kainjow::mustache::partial;

PageData partial_of(const PageAsset& asset) {
    return partial([&asset] { return std::string(asset.text); });
}

/// "'none'" is the default of all sources: no request, no frame, no form, no other script.
std::string policy_of(const HtmlPage& page) {
    return fmt::format(
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src {}; "
        "script-src {} {} {}",
        kPageStyle.csp_source, kChartLibrary.csp_source, kChartsScript.csp_source,
        page.script->csp_source);
}

}  // namespace

void write_html_page(const HtmlPage& page, ByteSink& sink) {
    PageData data = page.data;
    data.set("title", page.title);
    data.set("policy", policy_of(page));
    data.set("style", std::string(kPageStyle.text));
    data.set("chart_data", script_json(page.chart_data));
    data.set("chart_library", std::string(kChartLibrary.text));
    data.set("charts_script", std::string(kChartsScript.text));
    data.set("page_script", std::string(page.script->text));
    data.set("content", partial_of(*page.content));
    data.set("table", partial_of(kTableTemplate));
    data.set("account", partial_of(kAccountTemplate));

    kainjow::mustache::mustache form{std::string(kPageTemplate.text)};
    assert(form.is_valid());
    form.set_custom_escape([](const std::string& text) { return html_text(text); });
    form.render(data, [&](const std::string& piece) { sink.write(piece); });
}

}  // namespace stream_analyzer
