#include "report/reject_writer.hpp"

#include "report/json_text.hpp"

namespace stream_analyzer {

void write_reject(const std::string& file, std::uint64_t offset_bytes, std::uint64_t line,
                  RejectReason reason, std::string_view text, TextSink& sink) {
    Json reject;
    reject["file"] = file;
    reject["offset_bytes"] = offset_bytes;
    reject["line"] = line;
    reject["reason"] = name_of(reason);
    reject["text"] = text;
    sink.write(json_text(reject) + "\n");
}

}  // namespace stream_analyzer
