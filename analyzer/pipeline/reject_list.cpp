#include "pipeline/reject_list.hpp"

#include "store/byte_codec.hpp"

namespace stream_analyzer {

namespace {

const std::string kName = "the list of rejects";

}  // namespace

void RejectList::add(const ListedReject& reject) {
    last_entry_ = bytes_.size();
    ByteWriter out(bytes_);
    out.varint(reject.offset_bytes - last_offset_bytes_);
    out.varint(reject.line - last_line_);
    out.byte(static_cast<std::uint8_t>(reject.reason));
    out.text(reject.text);
    last_offset_bytes_ = reject.offset_bytes;
    last_line_ = reject.line;
}

void RejectList::drop_last_if(std::uint64_t line) {
    if (bytes_.empty() || last_line_ != line) return;
    bytes_.resize(last_entry_);
}

const ListedReject& RejectList::read(std::size_t& at, ListedReject& reject) const {
    const std::string_view rest = std::string_view(bytes_).substr(at);
    ByteReader in(rest, kName);
    reject.offset_bytes += in.varint();
    reject.line += in.varint();
    reject.reason = static_cast<RejectReason>(in.byte());
    reject.text = in.text();
    at += rest.size() - in.left();
    return reject;
}

}  // namespace stream_analyzer
