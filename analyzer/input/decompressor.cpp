#include "input/decompressor.hpp"

#include <utility>

#include "input/gzip_stream.hpp"
#include "input/zstd_stream.hpp"

namespace stream_analyzer {

std::unique_ptr<ByteStream> make_decompressor(Compression compression,
                                              std::unique_ptr<ByteStream> stream,
                                              const std::string& name,
                                              const ArchivePosition& begin) {
    if (compression == Compression::gzip) {
        return std::make_unique<GzipStream>(std::move(stream), name, begin);
    }
    if (compression == Compression::zstd) {
        return std::make_unique<ZstdStream>(std::move(stream), name, begin);
    }
    return stream;
}

}  // namespace stream_analyzer
