#!/usr/bin/env python3
"""Measures whole processes against each other; see scripts/bench.sh for how to call it.

Every contestant's counts are judged against the truth known from making the data before anything is
timed; one that is wrong is not timed. Then the rounds alternate over all contestants, so that a slow
phase of the machine hits all of them, and medians of the rounds are compared.
"""

import argparse
import sys
from pathlib import Path

import bench_data
import contestants
import measurement
import results
from bench_data import DataSet
from contestants import Contestant

INTRODUCTION = """# Benchmark

Whole processes from start to exit; the result of each was checked before it was timed. "× fastest
peer" is the fastest exact peer's median time divided by this row's: more is faster. "× floor" is
this row's time divided by the faster floor's, "× mask" by that of the mask pass, which only finds
strings, control characters and brackets (`mask_pass.cpp`). ns/record and GB/s are wall time over everything,
with decompressed bytes. Sizes in 10^6 and 10^9 bytes. Made by `scripts/bench.sh`.

"""


def judged(contestant: Contestant) -> str | None:
    """Runs it once. None when its result is right, else why it does not take part."""
    if contestant.output is not None:
        contestant.output.unlink(missing_ok=True)
    run = measurement.run_once(contestant.command)
    if run.status != 0:
        return f"exit {run.status}: {run.complaint}"[:300]
    text = run.printed
    try:
        if contestant.output is not None:
            text = contestant.output.read_text(encoding="utf-8")
        return contestant.judge(text)
    except (OSError, ValueError, LookupError) as problem:
        return f"its result cannot be read: {problem!r}"[:300]


def control(build: Path, threads: int) -> float:
    program = build / "tests/bench/compute_control"
    one = measurement.control_seconds(program, 1)
    return one / measurement.control_seconds(program, threads)


def measure(
    data: DataSet, field: list[Contestant], rounds: int, build: Path, threads: int
) -> tuple[list[results.Sample], list[results.Absent]]:
    print(f"{data.name}: judging {len(field)} contestants", flush=True)
    bench_data.warm_up(data)
    absent = []
    fit = []
    for contestant in field:
        if reason := judged(contestant):
            print(f"  {contestant.name}: {reason}", flush=True)
            absent.append(results.Absent(data.name, contestant.name, reason))
        else:
            fit.append(contestant)
    samples: dict[tuple[str, int], results.Sample] = {}
    for number in range(1, rounds + 1):
        scaled = control(build, threads)
        print(f"{data.name}: round {number} of {rounds}, control {scaled:.2f}", flush=True)
        # Every round begins with another one, so that nobody always runs behind the same rival.
        shift = number % len(fit) if fit else 0
        for contestant in fit[shift:] + fit[:shift]:
            run = measurement.run_once(contestant.command)
            if run.status != 0:
                raise RuntimeError(f"{contestant.name} failed in a round: {run.complaint}")
            samples[contestant.name, number] = results.Sample(
                data.name,
                number,
                contestant.name,
                contestant.role,
                run.seconds,
                run.cpu_seconds,
                run.peak_mb,
                scaled,
            )
    ordered = [samples[c.name, n] for c in fit for n in range(1, rounds + 1)]
    return ordered, absent


def analyzer_version(build: Path) -> str:
    run = measurement.run_once([str(build / "analyzer/stream-analyzer"), "--version"])
    return "; ".join(line.strip() for line in run.printed.splitlines() if line.strip())


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench.sh", description=__doc__.split("\n\n")[0])
    parser.add_argument("--build", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, required=True, help="folder for RESULTS.md and raw.csv")
    parser.add_argument("--scale", type=float, default=1.0, help="of the data (default: 1)")
    parser.add_argument("--rounds", type=int, default=5, help="(default: 5)")
    parser.add_argument("--threads", type=int, default=2, help="(default: 2)")
    parser.add_argument(
        "--data", default=",".join(bench_data.NAMES), help="which data sets (default: %(default)s)"
    )
    parser.add_argument("--no-peers", action="store_true", help="without other systems")
    options = parser.parse_args()
    options.names = options.data.split(",")
    for name in options.names:
        if name not in bench_data.NAMES:
            parser.error(f"--data: '{name}' is not one of {', '.join(bench_data.NAMES)}")
    if options.rounds < 1 or options.scale <= 0:
        parser.error("--rounds and --scale must be positive")
    return options


def main() -> int:
    options = parse()
    python, versions, missing = Path(), {}, {}
    if not options.no_peers:
        python, versions, missing = contestants.install_peers(options.folder / "peers")
    generator = options.build / "analyzer/stream-analyzer"
    made = bench_data.make(options.names, options.scale, generator, options.folder / "data")

    samples: list[results.Sample] = []
    absent: list[results.Absent] = []
    for data in made:
        field = contestants.analyzers(data, options.build, options.folder, options.threads)
        field += contestants.yardsticks(data, options.build, options.threads)
        field += contestants.peers(data, python, list(versions), options.threads)
        timed, unfit = measure(data, field, options.rounds, options.build, options.threads)
        samples += timed
        absent += unfit
        absent += [results.Absent(data.name, engine, why) for engine, why in missing.items()]
    found = results.Results(samples, absent, measurement.own_peak_mb())

    named = [analyzer_version(options.build), *versions.values()]
    machine = results.machine_lines(options.threads, options.rounds, named)
    text = results.markdown(found, made, machine, options.scale == 1)
    raw = results.raw_csv(found)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "raw.csv").write_text(raw, encoding="utf-8")
    (options.out / "RESULTS.md").write_text(
        f"{INTRODUCTION}{text}\n## Every run\n\n```csv\n{raw}```\n", encoding="utf-8"
    )
    print(f"\n{text}\nwritten to {options.out}/RESULTS.md and {options.out}/raw.csv")
    # Our own wrong count is the one failure that a benchmark must not pass over.
    wrong = [a for a in found.absent if a.contestant.startswith("stream-analyzer")]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
