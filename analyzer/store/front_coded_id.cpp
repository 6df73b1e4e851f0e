#include "store/front_coded_id.hpp"

#include <utility>

namespace stream_analyzer {

namespace {

// At least doubled, so that an id of many pieces is not copied for each of them.
void make_room(std::string& room, std::size_t size) {
    if (room.size() < size) room.resize(std::max(size, 2 * room.size()));
}

}  // namespace

void FrontCodedId::copy_long(std::size_t shared, std::string_view rest) {
    std::string& room = rooms_[previous_ == rooms_[0].data() ? 0 : 1];
    make_room(room, shared + rest.size() + kPadding_bytes);
    previous_ = room.data();
    std::copy_n(text_, shared, previous_);
    std::ranges::copy(rest, previous_ + shared);
}

void FrontCodedId::append(std::string_view more) {
    std::string& room = rooms_[text_ == rooms_[0].data() ? 0 : 1];
    make_room(room, size_ + more.size() + kPadding_bytes);
    text_ = room.data();
    std::ranges::copy(more, text_ + size_);
    size_ += more.size();
    beginning_ = first_bytes(text());
}

}  // namespace stream_analyzer
