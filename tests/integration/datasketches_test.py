#!/usr/bin/env python3
"""The library of Apache DataSketches (the package datasketches of PyPI) reads our sketches, and its
own sketches of the same ids have the same registers. Flags and history are not compared: ours say
that they are out of order, as a union is."""

import math
import struct

from datasketches import hll_sketch, hll_union, tgt_hll_type
from foreign_case import CARDINALITIES, ForeignCase, cli_case

PREAMBLE_BYTES = 40


def made_of(ids: list[str], lg_k: int) -> hll_sketch:
    sketch = hll_sketch(lg_k, tgt_hll_type.HLL_8)
    for uid in ids:
        sketch.update(uid)
    return sketch


def united(lg_k: int, *sketches: hll_sketch) -> hll_sketch:
    union = hll_union(lg_k)
    for sketch in sketches:
        union.update(sketch)
    return union.get_result(tgt_hll_type.HLL_8)


def content(sketch: hll_sketch) -> tuple[float, float, int, bytes]:
    """Of a sketch in HLL mode: what estimates of a union rest on, and the registers."""
    image = sketch.serialize_updatable()
    _, small, large, zeros, exceptions = struct.unpack_from("<dddII", image, 8)
    assert (image[7] & 3, exceptions) == (2, 0), "no sketch in HLL mode"
    return small, large, zeros, image[PREAMBLE_BYTES:]


class DataSketches(ForeignCase):
    def each(self, lg_k: int) -> list[tuple[list[str], dict, hll_sketch]]:
        """Ids of a minute, its line, our sketch as the library reads it."""
        spec = f"datasketches-hll:{lg_k}"
        exported = self.exported(self.stored(self.lines), "--sketch", spec)
        self.assertEqual(len(exported), len(CARDINALITIES))
        return [
            (ids, line, hll_sketch.deserialize(state))
            for ids, (line, state) in zip(self.ids, exported)
        ]

    def test_it_reads_our_sketch_as_what_it_is(self):
        for _, line, ours in self.each(12):
            with self.subTest(lg_k=12, ids=line["distinct"]):
                self.assertEqual((ours.lg_config_k, ours.tgt_type), (12, tgt_hll_type.HLL_8))
                self.assertFalse(ours.is_empty())
                self.assertFalse(ours.is_compact())

    def test_its_own_sketch_of_the_same_ids_has_our_registers(self):
        compared = 0
        for lg_k in (4, 8, 12, 14):
            for ids, line, ours in self.each(lg_k):
                with self.subTest(lg_k=lg_k, ids=line["distinct"]):
                    theirs = made_of(ids, lg_k)
                    if len(theirs.serialize_updatable()) == PREAMBLE_BYTES + 2**lg_k:
                        self.assertEqual(content(ours), content(theirs))
                        compared += 1
        self.assertGreater(compared, 20)

    def test_a_union_with_its_own_sketch_of_the_same_ids_does_not_grow(self):
        for lg_k in (4, 12, 21):
            for ids, line, ours in self.each(lg_k):
                with self.subTest(lg_k=lg_k, ids=line["distinct"]):
                    alone = united(lg_k, ours)
                    both = united(lg_k, ours, made_of(ids, lg_k))
                    self.assertEqual(content(both), content(alone))
                    self.assertEqual(both.get_estimate(), alone.get_estimate())

    def test_its_estimate_of_our_registers_is_near_ours(self):
        for lg_k in (8, 12, 14):
            for _, line, ours in self.each(lg_k):
                with self.subTest(lg_k=lg_k, ids=line["distinct"]):
                    # 1.04 / sqrt(k): both estimators err by about that together, not apart.
                    allowed = 0.5 * 1.04 / math.sqrt(2**lg_k) * line["estimate"] + 0.5
                    self.assertAlmostEqual(ours.get_estimate(), line["estimate"], delta=allowed)

    def test_sketches_that_were_merged_while_counting_are_the_same(self):
        states = []
        for way in ([], ["--no-exact", "--memory", "1"]):
            part = self.stored(self.lines, "--sketch", "datasketches-hll:12", *way)
            exported = self.exported(part, "--sketch", "datasketches-hll:12")
            states.append([state for _, state in exported])
        self.assertEqual(*states)

    def test_the_id_without_a_byte_is_ignored_by_both(self):
        [(line, state)] = self.exported(
            self.stored(self.dump([["", "a", "b"]])), "--sketch", "datasketches-hll:12"
        )
        self.assertEqual((line["distinct"], round(line["estimate"])), (3, 2))
        both = united(12, hll_sketch.deserialize(state), made_of(["", "a", "b"], 12))
        self.assertEqual(round(both.get_estimate()), 2)

    def test_a_minute_without_ids_is_an_empty_sketch(self):
        dump = self.write("null.jsonl", '{"ts":0,"uid":null}\n')
        self.analyze(dump, "-q", "--null-id", "count", "--save", "null.part")
        [(line, state)] = self.exported("null.part", "--sketch", "datasketches-hll:12")
        empty = hll_sketch.deserialize(state)
        self.assertTrue(empty.is_empty())
        self.assertEqual((empty.lg_config_k, line["estimate"]), (12, 0))
        self.assertEqual(state, hll_sketch(12, tgt_hll_type.HLL_8).serialize_compact())


if __name__ == "__main__":
    cli_case.main()
