#include "compare/compared_sketch.hpp"

#include <bit>
#include <cstddef>
#include <memory>

#include "core/hash64.hpp"
#include "sketch/error_model.hpp"
#include "sketch/sketch_grid.hpp"

namespace stream_analyzer {

namespace {

/// predicted_rse takes microseconds for the register sketches, and is asked for every row of every
/// output; windows repeat the same few counts. Remembers the last n of each of kSlots classes.
class RememberedTheory {
  public:
    explicit RememberedTheory(const SketchSpec& spec) : spec_(spec), slots_(kSlots) {}

    [[nodiscard]] std::optional<double> operator()(double n) {
        const auto bits = std::bit_cast<std::uint64_t>(n);
        Slot& slot = slots_[mix64(bits) % kSlots];
        if (!slot.known || slot.n_bits != bits) {
            slot = {.n_bits = bits, .known = true, .rse = predicted_rse(spec_, n)};
        }
        return slot.rse;
    }

  private:
    /// 2 MiB a sketch; counts of up to some ten thousand ids rarely meet.
    static constexpr std::size_t kSlots = std::size_t{1} << 16U;

    struct Slot {
        std::uint64_t n_bits = 0;
        bool known = false;
        std::optional<double> rse;
    };

    SketchSpec spec_;
    std::vector<Slot> slots_;
};

}  // namespace

std::vector<ComparedSketch> compared_sketches(std::span<const SketchSpec> specs) {
    std::vector<ComparedSketch> sketches;
    sketches.reserve(specs.size());
    for (const SketchSpec& spec : specs) {
        // Shared by the copies that are made of the function.
        const auto theory = std::make_shared<RememberedTheory>(spec);
        sketches.push_back({.name = spec.name(),
                            .memory_bytes = spec.memory_bytes(),
                            .predicted_rse = [theory](double n) { return (*theory)(n); },
                            .note = std::string(family_note(spec.family))});
    }
    return sketches;
}

}  // namespace stream_analyzer
