#include "store/run_writer.hpp"

#include <string>

#include "core/error.hpp"

namespace stream_analyzer {

namespace {

void require_to_fit(const std::string& content, const char* what) {
    if (content.size() <= kMostBlock_bytes) return;
    throw EnvironmentError(std::string("cannot store ") + what + " that long");
}

}  // namespace

RunWriter::RunWriter(ByteSink& sink, const RunHead& head, Packing packing)
    : packing_(packing),
      blocks_(sink),
      coder_([this](const CodedBlock& block) { append(block); }, packing) {
    const std::string content = head.encode();
    require_to_fit(content, "parameters");
    blocks_.append(BlockCoder().code(BlockKind::head, content));
}

void RunWriter::append(const CodedBlock& block) {
    if (block.begins_window) places_.add({*block.begins_window, blocks_.place()});
    if (block.begins_shard) {
        if (*block.begins_shard >= shard_places_.size())
            shard_places_.resize(*block.begins_shard + std::size_t{1});
        shard_places_[*block.begins_shard] = blocks_.place();
    }
    blocks_.append(block);
}

void RunWriter::finish(const RunAccount& account) {
    coder_.flush();
    BlockCoder coder;
    std::string content;
    std::string entry;
    for (const SourceAccount& source : account.sources) {
        entry.clear();
        encode_source(source, entry);
        require_to_fit(entry, "the name of an input");
        if (content.size() + entry.size() > kMostBlock_bytes) {
            blocks_.append(coder.code(BlockKind::sources, content));
            content.clear();
        }
        content += entry;
    }
    if (!content.empty()) blocks_.append(coder.code(BlockKind::sources, content));
    blocks_.append(coder.code(BlockKind::foot, encode_foot(account)));
}

}  // namespace stream_analyzer
