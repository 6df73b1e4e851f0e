#include "store/run_ids_merge.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace stream_analyzer {

RunIdsMerge::RunIdsMerge(std::vector<std::unique_ptr<RunIdsReader>> runs) : runs_(std::move(runs)) {
    tournament_.begin(std::max<std::size_t>(runs_.size(), 1),
                      [this](KeyTournament::Player run, PlaceKey& key) {
                          if (run >= runs_.size() || !runs_[run] || !runs_[run]->next())
                              return false;
                          key = runs_[run]->key();
                          return true;
                      });
}

bool RunIdsMerge::next() {
    if (tournament_.empty()) return false;
    key_ = tournament_.key();
    members_.clear();
    texts_.clear();
    hold(runs_[tournament_.player()]->text());
    members_.push_back({.run = tournament_.player(), .twin = 0, .text = 0});
    pass_first();
    while (tournament_.stands_at(key_)) {
        take_member(tournament_.player());
        pass_first();
    }
    if (texts_.size() > 1) number_twins();
    return true;
}

void RunIdsMerge::pass_first() {
    RunIdsReader& run = *runs_[tournament_.player()];
    if (run.next()) {
        tournament_.replace(run.key());
    } else {
        tournament_.drop();
    }
}

void RunIdsMerge::take_member(std::uint32_t run) {
    const std::string_view text = runs_[run]->text();
    // As good as always all texts are equal. A run has none of them twice.
    if (texts_.size() == 1 && text == texts_.front()) {
        members_.push_back({.run = run, .twin = 0, .text = 0});
        return;
    }
    const auto index = static_cast<std::size_t>(std::ranges::find(texts_, text) - texts_.begin());
    if (index == texts_.size()) hold(text);
    const auto twin = std::ranges::count(members_, run, &Member::run);
    members_.push_back({.run = run, .twin = static_cast<std::uint32_t>(twin), .text = index});
}

void RunIdsMerge::hold(std::string_view text) {
    const std::size_t index = texts_.size();
    if (index == held_.size()) held_.emplace_back();
    std::string& held = held_[index];
    held.resize(std::max(text.size(), kBlockPadding_bytes));
    // Of short texts a copy of fixed length.
    if (text.size() <= kBlockPadding_bytes) {
        std::memcpy(held.data(), text.data(), kBlockPadding_bytes);
    } else {
        std::memcpy(held.data(), text.data(), text.size());
    }
    texts_.emplace_back(held.data(), text.size());
}

void RunIdsMerge::number_twins() {
    std::vector<std::string_view> sorted = texts_;
    std::ranges::sort(sorted);
    for (const Member& member : members_) {
        const auto number = std::ranges::lower_bound(sorted, texts_[member.text]) - sorted.begin();
        twins_.add({key_, member.run, member.twin, static_cast<std::uint32_t>(number)});
    }
    texts_ = std::move(sorted);
}

}  // namespace stream_analyzer
