#include "cli/reject_budget.hpp"

#include "cli/option_value.hpp"

namespace stream_analyzer {

RejectBudget RejectBudget::parse(const std::string& text) {
    RejectBudget budget;
    if (text.ends_with('%')) {
        constexpr unsigned kDecimals = 6;
        constexpr std::uint64_t kWhole = 100'000'000;  // 100 % at six decimals
        const auto percent =
            parse_decimal(std::string_view(text).substr(0, text.size() - 1), kDecimals);
        if (percent && *percent <= kWhole) {
            budget.share = static_cast<double>(*percent) / static_cast<double>(kWhole);
            return budget;
        }
    } else if ((budget.lines = parse_number(text))) {
        return budget;
    }
    refuse_value("max-rejects", text, "a number of lines like 100, or a share of them like 0.5%");
}

}  // namespace stream_analyzer
