#include "input/open_source.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "input/byte_order_mark.hpp"
#include "input/compression.hpp"
#include "input/file_stream.hpp"
#include "input/gzip_stream.hpp"
#include "input/loaded_text.hpp"
#include "input/ranged_source.hpp"
#include "input/stream_source.hpp"
#include "input/zstd_stream.hpp"

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

std::unique_ptr<ByteStream> decompressed(Compression compression,
                                         std::unique_ptr<FileStream> stream,
                                         const std::string& name) {
    if (compression == Compression::gzip) {
        return std::make_unique<GzipStream>(std::move(stream), name);
    }
    if (compression == Compression::zstd) {
        return std::make_unique<ZstdStream>(std::move(stream), name);
    }
    return stream;
}

}  // namespace

std::unique_ptr<ChunkSource> open_source(const InputSpec& input, const InputOptions& options,
                                         const std::shared_ptr<SourceStatus>& status) {
    const auto file = std::make_shared<const SourceFile>(input, status);
    if (file->is_seekable() && *file->size_bytes() > 0 && !options.line_limit) {
        const std::string head = first_bytes(*file);
        if (recognise_compression(head) == Compression::none) {
            return ranged_source(file, head.starts_with(kByteOrderMark), options);
        }
    }
    auto stream = std::make_unique<FileStream>(file, options.interrupted);
    const Compression compression = recognise_compression(stream->peek_magic());
    status->opened(compression);
    if (!is_readable(compression)) throw unreadable_compression(compression, input.path);
    return std::make_unique<StreamSource>(decompressed(compression, std::move(stream), input.name),
                                          status, options.chunk_bytes,
                                          LineJoiner(status, longest_line_bytes(options)));
}

}  // namespace stream_analyzer
