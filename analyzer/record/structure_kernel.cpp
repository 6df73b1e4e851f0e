#include "record/structure_kernel.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "core/error.hpp"

namespace stream_analyzer {

StructureKernel choose_structure_kernel() {
    const StructureKernel avx2 = avx2_structure_kernel();
    const char* wanted =
        std::getenv("STREAM_ANALYZER_KERNEL");  // NOLINT: read before threads start
    if (wanted == nullptr || *wanted == '\0') {
        return avx2.scan_line != nullptr ? avx2 : portable_structure_kernel();
    }
    const std::string_view name = wanted;
    if (name == "portable") return portable_structure_kernel();
    if (name == avx2.name && avx2.scan_line != nullptr) return avx2;
    throw UsageError(fmt::format("STREAM_ANALYZER_KERNEL={}: this processor runs {}portable", name,
                                 avx2.scan_line != nullptr ? "avx2 and " : "only "));
}

}  // namespace stream_analyzer
