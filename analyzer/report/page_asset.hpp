// The files under report/page/ and Chart.js, as report/page/embed.py puts them into the program.
#pragma once

#include <string_view>

namespace stream_analyzer {

struct PageAsset {
    std::string_view text;
    /// 'sha256-...', quotes included: the source that allows this very text in a content-security
    /// policy.
    std::string_view csp_source;
};

extern const PageAsset kPageTemplate;      ///< what all pages share
extern const PageAsset kAnalysisTemplate;  ///< content of the page of analyze
extern const PageAsset kTableTemplate;     ///< a partial: one table
extern const PageAsset kAccountTemplate;   ///< a partial: inputs and rejects
extern const PageAsset kPageStyle;
extern const PageAsset kChartLibrary;      ///< Chart.js
extern const PageAsset kChartsScript;      ///< what the charts of all pages share
extern const PageAsset kAnalysisScript;    ///< the charts of analyze
extern const PageAsset kAccuracyTemplate;  ///< content of the page of accuracy
extern const PageAsset kAccuracyScript;    ///< the charts of accuracy

}  // namespace stream_analyzer
