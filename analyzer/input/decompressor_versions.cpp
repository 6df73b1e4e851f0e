#include "input/decompressor_versions.hpp"

#include <isa-l.h>
#include <zstd.h>

namespace stream_analyzer {

std::string decompressor_versions() {
    return "ISA-L " + std::to_string(ISAL_MAJOR_VERSION) + "." +
           std::to_string(ISAL_MINOR_VERSION) + "." + std::to_string(ISAL_PATCH_VERSION) +
           ", zstd " + ZSTD_versionString();
}

}  // namespace stream_analyzer
