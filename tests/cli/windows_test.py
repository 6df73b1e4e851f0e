#!/usr/bin/env python3
"""Windows and roll-ups against Python's own calendar and time zones."""

import datetime
import random
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import cli_case
from cli_case import event_line

UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)
FIXED_SECONDS = {"s": 1, "m": 60, "h": 3600}


def utc_text(moment: datetime.datetime) -> str:
    moment = moment.astimezone(UTC)
    return f"{moment.year:04}" + moment.strftime("-%m-%dT%H:%M:%SZ")


def local_midnight(day: datetime.date, zone: ZoneInfo) -> datetime.datetime:
    """The first instant of the local day."""
    return datetime.datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def window_start(second: int, length: str, zone: ZoneInfo) -> str:
    moment = EPOCH + datetime.timedelta(seconds=second)
    unit = length.lstrip("0123456789")
    if unit in FIXED_SECONDS:
        seconds = int(length.removesuffix(unit)) * FIXED_SECONDS[unit]
        return utc_text(EPOCH + datetime.timedelta(seconds=second // seconds * seconds))
    day = moment.astimezone(zone).date()
    if unit == "w":
        day -= datetime.timedelta(days=day.weekday())
    elif unit == "mo":
        day = day.replace(day=1)
    elif unit == "y":
        day = day.replace(month=1, day=1)
    return utc_text(local_midnight(day, zone))


class Windows(cli_case.CliCase):
    def zone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(name)
        except ZoneInfoNotFoundError:
            self.skipTest("no time zone database")

    def assert_windows(self, events: list[tuple[int, str]], zone_name: str, *lengths: str) -> list:
        """The first length is --window, the others roll-ups."""
        zone = self.zone(zone_name)
        expected: dict[tuple[str, str], list] = {}
        for second, uid in events:
            for length in lengths:
                key = (length, window_start(second, length, zone))
                counts = expected.setdefault(key, [0, set()])
                counts[0] += 1
                counts[1].add(uid)
        self.write("dump.jsonl", "".join(event_line(second, uid) for second, uid in events))
        options = ["--window", lengths[0]]
        for length in lengths[1:]:
            options += ["--rollup", length]
        finished = self.analyze(
            "dump.jsonl", "-q", "--sketch", "none", "--time-unit", "s", "--timezone", zone_name,
            *options,
        )
        rows = cli_case.rows_of(finished.out)
        counted = {
            (row["window"], row["window_start"]): [int(row["records"]), int(row["exact"])]
            for row in rows
        }
        self.assertEqual(
            counted, {key: [records, len(ids)] for key, (records, ids) in expected.items()}
        )
        order = [(lengths.index(row["window"]), row["window_start"]) for row in rows]
        self.assertEqual(order, sorted(order))
        return rows

    def random_events(self, first: int, last: int, number: int = 1500) -> list[tuple[int, str]]:
        draw = random.Random(f"{first} {last}")
        return [(draw.randrange(first, last), f"u{draw.randrange(300)}") for _ in range(number)]

    def test_every_length_in_utc(self):
        events = self.random_events(1_456_000_000, 1_490_000_000)
        for lengths in (
            ("1s", "1m", "1h", "1d", "1w", "1mo", "1y"), ("90s", "3m", "6h", "1d"), ("7m",),
            ("6h", "12h", "1d", "1w"), ("1d", "1w"), ("1d", "1mo", "1y"), ("366h",), ("59s",),
        ):
            with self.subTest(lengths=lengths):
                self.assert_windows(events, "UTC", *lengths)

    def test_calendar_windows_in_zones(self):
        events = self.random_events(1_456_000_000, 1_490_000_000)
        for zone, window in (
            ("Europe/Zurich", "1h"), ("America/New_York", "1h"), ("Asia/Kolkata", "30m"),
            ("Pacific/Auckland", "1m"), ("Pacific/Kiritimati", "20m"),
            ("Australia/Lord_Howe", "30m"),
            ("America/Sao_Paulo", "1h"),  # in 2016 the clock was put forward at midnight
        ):
            with self.subTest(zone=zone):
                self.assert_windows(events, zone, window, "1d", "1w", "1mo", "1y")

    def test_days_of_23_and_25_hours(self):
        zone = self.zone("Europe/Zurich")
        for day, hours in (((2016, 3, 27), 23), ((2016, 10, 30), 25), ((2016, 7, 11), 24)):
            with self.subTest(day=day):
                begin = local_midnight(datetime.date(*day), zone)
                end = local_midnight(datetime.date(*day) + datetime.timedelta(days=1), zone)
                seconds = int((end - begin).total_seconds())
                self.assertEqual(seconds, hours * 3600)
                first = int((begin - EPOCH).total_seconds())
                # An event an hour, and those on both sides of both midnights.
                events = [(first + 3600 * hour, f"u{hour}") for hour in range(-2, hours + 2)]
                last = first + seconds - 1
                events += [(first - 1, "before"), (last, "in"), (last + 1, "after")]
                rows = self.assert_windows(events, "Europe/Zurich", "1h", "1d")
                [counted] = [
                    int(row["records"]) for row in rows
                    if (row["window"], row["window_start"]) == ("1d", utc_text(begin))
                ]
                self.assertEqual(counted, hours + 1)

    def test_iso_weeks_begin_on_monday_across_years(self):
        first = int((datetime.datetime(2015, 12, 20, tzinfo=UTC) - EPOCH).total_seconds())
        events = [(first + 3600 * hour, f"u{hour % 100}") for hour in range(24 * 60)]
        rows = self.assert_windows(events, "UTC", "1h", "1w", "1y")
        weeks = [row["window_start"][:10] for row in rows if row["window"] == "1w"]
        self.assertEqual(weeks[:3], ["2015-12-14", "2015-12-21", "2015-12-28"])

    def test_before_1970_and_far_away(self):
        for first in (-1000, -3_000_000_000, -62_135_596_800, 253_402_300_799 - 40_000_000):
            with self.subTest(first=first):
                events = self.random_events(first, first + 40_000_000, 300)
                self.assert_windows(events, "UTC", "7m")
                weeks = ["1w"] if first > -62_135_596_800 else []  # the first begins in year 0
                self.assert_windows(events, "UTC", "1m", "1h", "1d", *weeks, "1mo", "1y")

    def test_the_order_of_roll_ups_is_that_of_the_options(self):
        events = self.random_events(0, 90_000_000, 200)
        self.assert_windows(events, "UTC", "1m", "1y", "1h", "1mo", "1d")

    def test_only_windows_with_records_are_printed(self):
        rows = self.assert_windows([(0, "a"), (600, "b")], "UTC", "1m", "1h")
        self.assertEqual([row["window"] for row in rows], ["1m", "1m", "1h"])

    def test_the_zone_of_the_machine_does_not_matter(self):
        events = self.random_events(1_456_000_000, 1_457_000_000, 200)
        self.assert_windows(events, "UTC", "1m", "1d")
        here = self.analyze("dump.jsonl", "-q", "--rollup", "1d").out
        there = self.analyze("dump.jsonl", "-q", "--rollup", "1d", TZ="Asia/Tokyo").out
        self.assertEqual(here, there)

    def test_the_numbers_of_the_machine_s_language_do_not_matter(self):
        self.write("dump.jsonl", event_line(0, "a") + event_line(1, "b"))
        expected = self.analyze("dump.jsonl", "-q").out
        for locale in ("C", "de_DE.UTF-8", "POSIX"):
            self.assertEqual(self.analyze("dump.jsonl", "-q", LC_ALL=locale).out, expected)


class RolledUp(cli_case.CliCase):
    def test_a_rolled_up_window_is_the_window_counted_at_once(self):
        """Estimates too: the hour's sketch is merged from minutes, or made from the hour's ids."""
        self.generate(
            "--shape", "narrow", "--records", "20000", "--rate", "4", "--users", "5000",
            "--late-share", "3%", "-o", "dump.jsonl",
        )
        merged = cli_case.rows_of(self.analyze("dump.jsonl", "-q", "--rollup", "1h").out)
        at_once = cli_case.rows_of(self.analyze("dump.jsonl", "-q", "--window", "1h").out)
        self.assertEqual([row for row in merged if row["window"] == "1h"], at_once)
        without = [
            cli_case.rows_of(self.analyze("dump.jsonl", "-q", "--no-exact", *options).out)
            for options in (["--rollup", "1h"], ["--window", "1h"])
        ]
        self.assertEqual([row for row in without[0] if row["window"] == "1h"], without[1])
        self.assertEqual(len(at_once), 3 * 3)  # hours and sketches


if __name__ == "__main__":
    cli_case.main()
