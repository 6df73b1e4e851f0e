// What line_grammar.inc.hpp, walk_lines.inc.hpp and match_lines.inc.hpp need of a kernel, for
// AVX-512. Included by kernel_avx512.cpp inside its namespace, behind blocks_avx512.inc.hpp.

// The tokens with which a scalar may begin.
inline __mmask64 scalars(__m512i tokens) {
    const __m512i high = _mm512_and_si512(_mm512_srli_epi16(tokens, 4), _mm512_set1_epi8(0x0f));
    const __m512i low_nibbles = _mm512_broadcast_i32x4(
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(kScalarsByLowNibble.data())));
    const __m512i high_nibbles = _mm512_broadcast_i32x4(
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(kScalarsByHighNibble.data())));
    return _mm512_test_epi8_mask(_mm512_shuffle_epi8(low_nibbles, tokens),
                                 _mm512_shuffle_epi8(high_nibbles, high));
}

inline TokenMasks token_masks(const char* tokens) {
    const __m512i bytes = _mm512_loadu_si512(tokens);
    const auto equal = [](__m512i left, char right) {
        return as_word(_mm512_cmpeq_epi8_mask(left, _mm512_set1_epi8(right)));
    };
    const __m512i space = _mm512_set1_epi8(0x20);
    const __m512i braces = _mm512_or_si512(bytes, space);
    return {.quotes = equal(bytes, '"'),
            .colons = equal(bytes, ':'),
            .commas = equal(bytes, ','),
            .line_feeds = equal(bytes, '\n'),
            .opens = equal(braces, '{'),
            .closes = equal(braces, '}'),
            .braces = as_word(_mm512_test_epi8_mask(bytes, space)),
            .scalars = as_word(scalars(bytes))};
}

// The escapes in the first bytes of eight keys which may spell a part of a wanted key; of those
// that are cut off there, all.
inline std::uint64_t escapes_in(__m512i heads, bool are_keys_plain) {
    const auto equal = [heads](char c) {
        return as_word(_mm512_cmpeq_epi8_mask(heads, _mm512_set1_epi8(c)));
    };
    const std::uint64_t escapes = equal('\\');
    if (!are_keys_plain) return escapes;
    constexpr std::uint64_t kLast = 0x8080808080808080U;  // of each key's eight bytes
    const std::uint64_t zeros = equal('0');
    return escapes & (equal('u') >> 1U | kLast) & (zeros >> 2U | kLast | kLast >> 1U) &
           (zeros >> 3U | kLast | kLast >> 1U | kLast >> 2U);
}

inline void list_members(const LineNotes& notes, std::size_t first, std::uint64_t values,
                         MemberList& members) {
    // A member has four tokens, so there are at most sixteen.
    const __m512i tokens = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(
        _mm512_maskz_compress_epi8(values, _mm512_load_si512(kIndices.data()))));
    const int count = std::popcount(values);
    const auto lanes = static_cast<__mmask16>((1U << count) - 1);
    // The key is two tokens ahead of the value.
    const __m512i keys = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, tokens,
                                                     notes.offsets() + first - 2, 4);
    const __m512i base = _mm512_set1_epi32(static_cast<int>(first));
    _mm512_storeu_si512(members.values.data() + members.size, _mm512_add_epi32(tokens, base));
    _mm512_storeu_si512(members.keys.data() + members.size, keys);
    members.size += static_cast<std::size_t>(count);
}

inline void match_keys(const LineNotes& notes, const std::uint32_t* offsets, std::size_t count,
                       KeyMasks& wanted) {
    const std::span<const FieldPlan::Key> keys = notes.root_keys();
    const auto lanes = static_cast<__mmask8>((1U << count) - 1);
    const __m512i heads = _mm512_mask_i32gather_epi64(
        _mm512_setzero_si512(), lanes,
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(offsets)), notes.run() + 1, 1);
    const __m512i escaped = _mm512_movm_epi8(escapes_in(heads, notes.are_keys_plain()));
    wanted.unsure = _mm512_test_epi64_mask(escaped, escaped);
    for (std::size_t k = 0; k < keys.size(); ++k) {
        const __m512i head = _mm512_set1_epi64(static_cast<std::int64_t>(keys[k].head));
        const __m512i mask = _mm512_set1_epi64(static_cast<std::int64_t>(keys[k].head_mask));
        const std::uint64_t hits =
            _mm512_mask_testn_epi64_mask(lanes, _mm512_xor_si512(heads, head), mask);
        wanted.hits[k] = hits;
        if (!keys[k].is_short()) wanted.unsure |= hits;
    }
}

inline AdjacentPairs adjacent_pairs(std::uint64_t brackets, std::uint64_t opens,
                                    std::uint64_t braces) {
    // What is nested deeper is left to who walks over brackets one by one; measured on lines of 23
    // brackets: one round 5 % of the scan, two 6 %, three no more.
    constexpr int kRounds = 2;
    AdjacentPairs pairs;
    for (int round = 0; round < kRounds; ++round) {
        // With nothing between them.
        const std::uint64_t open = _pext_u64(opens, brackets);
        const std::uint64_t kind = _pext_u64(braces, brackets);
        const auto last = static_cast<unsigned>(std::popcount(brackets) - 1);
        const std::uint64_t first = _bzhi_u64(open & ~(open >> 1U) & ~(kind ^ kind >> 1U), last);
        const std::uint64_t found = _pdep_u64(first | first << 1U, brackets);
        pairs.brackets |= found;
        pairs.inside |= prefix_xor(found);
        brackets ^= found;
    }
    return pairs;
}

class SkeletonTokens {
  public:
    SkeletonTokens() = default;
    explicit SkeletonTokens(const char* bytes)
        : low_(_mm512_loadu_si512(bytes)), high_(_mm512_loadu_si512(bytes + 64)) {
        const std::uint64_t in_low = equal(low_, '\n');
        const std::uint64_t in_high = equal(high_, '\n');
        line_feed_ = in_low != 0 ? _tzcnt_u64(in_low) : 64 + _tzcnt_u64(in_high);
        low_mask_ = _bzhi_u64(~std::uint64_t{0}, static_cast<unsigned>(line_feed_ + 1));
        high_mask_ = _bzhi_u64(~std::uint64_t{0},
                               static_cast<unsigned>(std::max<std::uint64_t>(line_feed_, 63) - 63));
        low_ = _mm512_mask_mov_epi8(low_, scalars(low_), _mm512_set1_epi8('0'));
        high_ = _mm512_mask_mov_epi8(high_, scalars(high_), _mm512_set1_epi8('0'));
    }

    [[nodiscard]] std::size_t line_feed() const { return line_feed_; }

    [[nodiscard]] std::uint64_t hash() const {
        return hash_of_tokens(equal(low_, '"') & low_mask_, equal(high_, '"') & high_mask_,
                              brackets(low_) & low_mask_, brackets(high_) & high_mask_);
    }

    [[nodiscard]] bool are_those_of(const Skeleton& skeleton) const {
        const char* const tokens = skeleton.tokens.data();
        return (_mm512_mask_cmpneq_epi8_mask(low_mask_, low_, _mm512_load_si512(tokens)) |
                _mm512_mask_cmpneq_epi8_mask(high_mask_, high_, _mm512_load_si512(tokens + 64))) ==
               0;
    }

    void copy_to(char* tokens) const {
        _mm512_storeu_si512(tokens, low_);
        _mm512_storeu_si512(tokens + 64, high_);
    }

  private:
    [[nodiscard]] static std::uint64_t equal(__m512i tokens, char token) {
        return as_word(_mm512_cmpeq_epi8_mask(tokens, _mm512_set1_epi8(token)));
    }
    // Opening ones.
    [[nodiscard]] static std::uint64_t brackets(__m512i tokens) {
        return equal(_mm512_or_si512(tokens, _mm512_set1_epi8(0x20)), '{');
    }

    __m512i low_;
    __m512i high_;
    std::uint64_t line_feed_;
    std::uint64_t low_mask_;  // up to the line feed
    std::uint64_t high_mask_;
};

inline bool have_keys(const LineNotes& notes, std::size_t line, const SkeletonKeys& keys) {
    const __m256i tokens =
        _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(keys.tokens.data())));
    const __m256i offsets = _mm256_i32gather_epi32(
        reinterpret_cast<const int*>(notes.offsets() + line), tokens, sizeof(std::uint32_t));
    const __m512i heads = _mm512_i32gather_epi64(offsets, notes.run() + 1, 1);
    return _mm512_mask_cmpneq_epi8_mask(keys.known, heads, _mm512_loadu_si512(keys.heads.data())) ==
           0;
}
