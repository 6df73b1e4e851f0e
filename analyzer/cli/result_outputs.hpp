// Where the results of counting go, the same way for every command that counts.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/reject_budget.hpp"
#include "core/error.hpp"
#include "pipeline/analyze.hpp"
#include "report/comparison_format.hpp"
#include "report/output_file.hpp"
#include "sketch/sketch_spec.hpp"
#include "store/byte_source.hpp"

namespace stream_analyzer {

/// What the command line asks for.
struct OutputRequest {
    std::vector<std::string> paths;                 ///< -o
    std::optional<ComparisonFormat> stdout_format;  ///< absent: see analyze_help()
    bool wide_layout = false;
    std::optional<std::string> summary_path;
    std::optional<std::string> rejects_path;
    std::optional<std::string> save_path;
    bool quiet = false;
};

/// Every output, opened before the work: a wrong path shall not cost the run.
class ResultOutputs {
  public:
    /// `inputs`: paths that may not be written. `interrupted` is borrowed. Throws UsageError,
    /// EnvironmentError.
    ResultOutputs(const OutputRequest& request, const std::vector<std::string>& inputs,
                  const std::atomic<bool>& interrupted);

    /// Null when none is asked for.
    [[nodiscard]] OutputFile* rejects() const { return rejects_.get(); }
    [[nodiscard]] const PartTarget* part_target() const { return part_ ? &*part_ : nullptr; }

    /// Writes all results, and the summary for people on standard error. `command`: as typed, for
    /// the report. Throws Interrupted.
    void write(const AnalysisResult& result, const std::vector<SketchSpec>& sketches,
               const std::string& command);

  private:
    struct Comparison {
        std::unique_ptr<OutputFile> file;
        ComparisonFormat format;
    };

    bool quiet_;
    const std::atomic<bool>& interrupted_;
    std::vector<Comparison> comparisons_;
    std::unique_ptr<OutputFile> summary_;
    std::unique_ptr<OutputFile> rejects_;
    std::unique_ptr<OutputFile> save_;
    std::optional<PartTarget> part_;
};

/// Of several exit codes the gravest; what happened is said on standard error.
[[nodiscard]] ExitCode judge_run(const RunSummary& summary, const RejectBudget& budget, bool quiet);

}  // namespace stream_analyzer
