#include "input/open_source.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "input/archive_source.hpp"
#include "input/byte_order_mark.hpp"
#include "input/compression.hpp"
#include "input/decompressor.hpp"
#include "input/file_stream.hpp"
#include "input/loaded_text.hpp"
#include "input/ranged_source.hpp"
#include "input/stream_source.hpp"

namespace stream_analyzer {

namespace {

/// See Partition::longest_line_bytes.
std::size_t longest_line_bytes(const InputOptions& options) {
    return std::max(options.max_line_bytes, 2 * options.chunk_bytes);
}

std::string first_bytes(const SourceFile& file) {
    MemoryBlock block;
    LoadedText text(file, block);
    return std::string(text.view(0, std::min<std::uint64_t>(*file.size_bytes(), kMagic_bytes)));
}

std::unique_ptr<ChunkSource> ranged_source(const std::shared_ptr<const SourceFile>& file,
                                           bool has_mark, const InputOptions& options) {
    Partition partition;
    partition.begin_bytes = has_mark ? kByteOrderMark.size() : 0;
    partition.end_bytes = *file->size_bytes();
    partition.share_bytes = options.chunk_bytes;
    partition.longest_line_bytes = longest_line_bytes(options);
    file->status().add_bytes(partition.begin_bytes);
    file->status().set_disk_bytes(partition.end_bytes);
    return std::make_unique<RangedSource>(file, options.backend, partition);
}

void require_readable(Compression compression, const std::string& path) {
    if (!is_readable(compression)) throw unreadable_compression(compression, path);
}

}  // namespace

std::unique_ptr<ChunkSource> open_source(const InputSpec& input, const InputOptions& options,
                                         const std::shared_ptr<SourceStatus>& status) {
    const auto file = std::make_shared<const SourceFile>(input, status);
    if (file->is_seekable() && *file->size_bytes() > 0 && !options.line_limit) {
        const std::string head = first_bytes(*file);
        const Compression compression = recognise_compression(head);
        if (compression == Compression::none) {
            return ranged_source(file, head.starts_with(kByteOrderMark), options);
        }
        status->opened(compression);
        require_readable(compression, input.path);
        return std::make_unique<ArchiveSource>(file, status, compression, options.chunk_bytes,
                                               LineJoiner(status, longest_line_bytes(options)));
    }
    auto stream = std::make_unique<FileStream>(file, options.interrupted);
    const Compression compression = recognise_compression(stream->peek_magic());
    status->opened(compression);
    require_readable(compression, input.path);
    return std::make_unique<StreamSource>(
        make_decompressor(compression, std::move(stream), input.name), status, options.chunk_bytes,
        LineJoiner(status, longest_line_bytes(options)));
}

}  // namespace stream_analyzer
