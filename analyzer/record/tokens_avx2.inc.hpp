// What line_grammar.inc.hpp, walk_lines.inc.hpp and match_lines.inc.hpp need of a kernel, for AVX2.
// Included by kernel_avx2.cpp inside its namespace, behind blocks_avx2.inc.hpp.

// Not zero where a scalar may begin.
inline __m256i scalar_kinds(__m256i bytes) {
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0f));
    return _mm256_and_si256(_mm256_shuffle_epi8(twice(kScalarsByLowNibble), bytes),
                            _mm256_shuffle_epi8(twice(kScalarsByHighNibble), high));
}

inline TokenMasks token_masks(const char* tokens) {
    const auto load = [tokens](int at) {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(tokens + at));
    };
    const auto mask = [](__m256i low, __m256i high) {
        const auto low_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(low));
        const auto high_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(high));
        return static_cast<std::uint64_t>(high_bits) << 32U | low_bits;
    };
    const __m256i low = load(0);
    const __m256i high = load(32);
    const auto equal = [&](char byte, __m256i left, __m256i right) {
        const __m256i pattern = _mm256_set1_epi8(byte);
        return mask(_mm256_cmpeq_epi8(left, pattern), _mm256_cmpeq_epi8(right, pattern));
    };
    const __m256i brace_bit = _mm256_set1_epi8(0x20);
    const __m256i low_braces = _mm256_or_si256(low, brace_bit);
    const __m256i high_braces = _mm256_or_si256(high, brace_bit);
    return {
        .quotes = equal('"', low, high),
        .colons = equal(':', low, high),
        .commas = equal(',', low, high),
        .line_feeds = equal('\n', low, high),
        .opens = equal('{', low_braces, high_braces),
        .closes = equal('}', low_braces, high_braces),
        // Among brackets only braces have that bit.
        .braces = ~equal(0, _mm256_and_si256(low, brace_bit), _mm256_and_si256(high, brace_bit)),
        .scalars = ~equal(0, scalar_kinds(low), scalar_kinds(high))};
}

inline void list_members(const LineNotes& notes, std::size_t first, std::uint64_t values,
                         MemberList& members) {
    for (std::uint64_t left = values; left != 0; left &= left - 1) {
        const std::size_t value = first + static_cast<std::size_t>(_tzcnt_u64(left));
        members.values[members.size] = static_cast<std::uint32_t>(value);
        members.keys[members.size++] = notes.offsets()[value - 2];
    }
}

// As wide as a mask: 64 bytes.
class Bytes64 {
  public:
    Bytes64() = default;
    Bytes64(__m256i low, __m256i high) : low_(low), high_(high) {}
    explicit Bytes64(const char* bytes)
        : low_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes))),
          high_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32))) {}

    [[nodiscard]] std::uint64_t equal(char c) const {
        const __m256i pattern = _mm256_set1_epi8(c);
        return mask(_mm256_cmpeq_epi8(low_, pattern), _mm256_cmpeq_epi8(high_, pattern));
    }
    [[nodiscard]] std::uint64_t equal(const Bytes64& other) const {
        return mask(_mm256_cmpeq_epi8(low_, other.low_), _mm256_cmpeq_epi8(high_, other.high_));
    }
    // Opening ones.
    [[nodiscard]] std::uint64_t brackets() const {
        const __m256i brace_bit = _mm256_set1_epi8(0x20);
        const __m256i brace = _mm256_set1_epi8('{');
        return mask(_mm256_cmpeq_epi8(_mm256_or_si256(low_, brace_bit), brace),
                    _mm256_cmpeq_epi8(_mm256_or_si256(high_, brace_bit), brace));
    }
    void replace_scalars() {
        low_ = without_scalars(low_);
        high_ = without_scalars(high_);
    }
    void store(char* bytes) const {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(bytes), low_);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(bytes + 32), high_);
    }

  private:
    [[nodiscard]] static __m256i without_scalars(__m256i bytes) {
        const __m256i others = _mm256_cmpeq_epi8(scalar_kinds(bytes), _mm256_setzero_si256());
        return _mm256_blendv_epi8(_mm256_set1_epi8('0'), bytes, others);
    }
    [[nodiscard]] static std::uint64_t mask(__m256i low, __m256i high) {
        const auto low_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(low));
        const auto high_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(high));
        return static_cast<std::uint64_t>(high_bits) << 32U | low_bits;
    }

    __m256i low_;
    __m256i high_;
};

// The first bytes of the keys at four offsets; zero beyond the first `count` of them.
inline __m256i heads_at(const char* keys, const std::uint32_t* offsets, std::int64_t count) {
    const __m256i lanes =
        _mm256_cmpgt_epi64(_mm256_set1_epi64x(count), _mm256_setr_epi64x(0, 1, 2, 3));
    // So many bytes and more are there, whatever of them counts.
    const __m128i four = _mm_loadu_si128(reinterpret_cast<const __m128i*>(offsets));
    return _mm256_mask_i32gather_epi64(_mm256_setzero_si256(),
                                       reinterpret_cast<const long long*>(keys), four, lanes, 1);
}

// As in tokens_avx512.inc.hpp.
inline std::uint64_t escapes_in(const Bytes64& heads, bool are_keys_plain) {
    const std::uint64_t escapes = heads.equal('\\');
    if (!are_keys_plain || escapes == 0) return escapes;
    constexpr std::uint64_t kLast = 0x8080808080808080U;  // of each key's eight bytes
    const std::uint64_t zeros = heads.equal('0');
    return escapes & (heads.equal('u') >> 1U | kLast) & (zeros >> 2U | kLast | kLast >> 1U) &
           (zeros >> 3U | kLast | kLast >> 1U | kLast >> 2U);
}

inline void match_keys(const LineNotes& notes, const std::uint32_t* offsets, std::size_t count,
                       KeyMasks& wanted) {
    const std::span<const FieldPlan::Key> keys = notes.root_keys();
    const auto lanes = static_cast<std::int64_t>(count);
    const __m256i low = heads_at(notes.run() + 1, offsets, lanes);
    const __m256i high = heads_at(notes.run() + 1, offsets + 4, lanes - 4);
    wanted.unsure = 0;
    for (std::uint64_t left = escapes_in({low, high}, notes.are_keys_plain()); left != 0;
         left &= left - 1)
        wanted.unsure |= std::uint64_t{1} << _tzcnt_u64(left) / 8U;
    const std::uint64_t in_use = (std::uint64_t{1} << count) - 1;
    for (std::size_t k = 0; k < keys.size(); ++k) {
        const __m256i head = _mm256_set1_epi64x(static_cast<std::int64_t>(keys[k].head));
        const __m256i mask = _mm256_set1_epi64x(static_cast<std::int64_t>(keys[k].head_mask));
        const auto hits = [&](__m256i heads) {
            const __m256i differs = _mm256_and_si256(_mm256_xor_si256(heads, head), mask);
            const __m256i is_hit = _mm256_cmpeq_epi64(differs, _mm256_setzero_si256());
            return static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(is_hit)));
        };
        wanted.hits[k] = (hits(low) | hits(high) << 4U) & in_use;
        if (!keys[k].is_short()) wanted.unsure |= wanted.hits[k];
    }
}

inline AdjacentPairs adjacent_pairs(std::uint64_t /*brackets*/, std::uint64_t /*opens*/,
                                    std::uint64_t /*braces*/) {
    // Packing bits (pext, pdep) is microcode on Zen 1 and 2 (uops.info), dearer there than to walk.
    return {};
}

class SkeletonTokens {
  public:
    SkeletonTokens() = default;
    explicit SkeletonTokens(const char* bytes) : low_(bytes), high_(bytes + 64) {
        const std::uint64_t in_low = low_.equal('\n');
        const std::uint64_t in_high = high_.equal('\n');
        line_feed_ = in_low != 0 ? _tzcnt_u64(in_low) : 64 + _tzcnt_u64(in_high);
        low_mask_ = lowest_bits(line_feed_ + 1);
        high_mask_ = lowest_bits(std::max<std::uint64_t>(line_feed_, 63) - 63);
        low_.replace_scalars();
        high_.replace_scalars();
    }

    [[nodiscard]] std::size_t line_feed() const { return line_feed_; }

    [[nodiscard]] std::uint64_t hash() const {
        return hash_of_tokens(low_.equal('"') & low_mask_, high_.equal('"') & high_mask_,
                              low_.brackets() & low_mask_, high_.brackets() & high_mask_);
    }

    [[nodiscard]] bool are_those_of(const Skeleton& skeleton) const {
        const char* const tokens = skeleton.tokens.data();
        return ((low_mask_ & ~low_.equal(Bytes64(tokens))) |
                (high_mask_ & ~high_.equal(Bytes64(tokens + 64)))) == 0;
    }

    void copy_to(char* tokens) const {
        low_.store(tokens);
        high_.store(tokens + 64);
    }

  private:
    [[nodiscard]] static std::uint64_t lowest_bits(std::uint64_t count) {
        return count < 64 ? (std::uint64_t{1} << count) - 1 : ~std::uint64_t{0};
    }

    Bytes64 low_;
    Bytes64 high_;
    std::uint64_t line_feed_;
    std::uint64_t low_mask_;  // up to the line feed
    std::uint64_t high_mask_;
};

inline bool have_keys(const LineNotes& notes, std::size_t line, const SkeletonKeys& keys) {
    std::uint64_t wrong = 0;
    std::uint64_t known = keys.known;
    for (std::size_t key = 0; known != 0; ++key, known >>= 8U) {
        const std::uint64_t head = word_at(notes.place(line + keys.tokens[key]) + 1);
        // One to eight bytes are known, the first ones.
        const auto bytes = static_cast<unsigned>(std::popcount(known & 0xffU));
        wrong |= (head ^ keys.heads[key]) << (64 - 8 * bytes);
    }
    return wrong == 0;
}
