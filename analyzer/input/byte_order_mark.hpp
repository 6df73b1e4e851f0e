// The mark that some editors put at the start of a UTF-8 file.
#pragma once

#include <string_view>

namespace stream_analyzer {

/// U+FEFF in UTF-8. It is skipped at the start of a source; offsets count it.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace stream_analyzer
