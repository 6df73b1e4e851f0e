#!/usr/bin/env python3
"""A living Redis reads our sketches, and says what we say of them; it is started here, on a free
port of the loopback interface, and stopped."""

import socket
import subprocess
import tempfile
import time

from foreign_case import CARDINALITIES, ForeignCase, cli_case

START_S = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Redis:
    """A server of our own, and a client as small as its protocol (RESP 2) allows."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="stream-analyzer-redis-")
        for _ in range(5):  # somebody else may take the port first
            self.port = free_port()
            self.server = subprocess.Popen(
                ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
                 "--appendonly", "no", "--dir", self.folder.name],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            )
            if self.connect():
                return
            self.stop_server()
        raise RuntimeError("redis-server does not start")

    def connect(self) -> bool:
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self.server.poll() is None:
            try:
                self.socket = socket.create_connection(("127.0.0.1", self.port))
                self.stream = self.socket.makefile("rwb")
                return self.call("PING") == b"PONG"
            except (ConnectionError, EOFError):
                time.sleep(0.05)
        return False

    def call(self, *words: str | bytes | int) -> bytes | int | None:
        encoded = [word if isinstance(word, bytes) else str(word).encode() for word in words]
        parts = [b"*%d\r\n" % len(encoded)]
        parts += [b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded]
        self.stream.write(b"".join(parts))
        return self.reply()

    def reply(self) -> bytes | int | None:
        self.stream.flush()
        line = self.stream.readline()
        if not line.endswith(b"\r\n"):
            raise EOFError("Redis closed the connection")
        kind, text = line[:1], line[1:-2]
        if kind == b"-":
            raise RuntimeError(text.decode())
        if kind == b":":
            return int(text)
        if kind != b"$":
            return text
        if text == b"-1":
            return None
        return self.stream.read(int(text) + 2)[:-2]

    def add(self, key: str, ids: list[str]) -> None:
        for first in range(0, len(ids), 1000):
            self.call("PFADD", key, *ids[first : first + 1000])

    def stop_server(self) -> None:
        self.server.terminate()
        self.server.wait(timeout=START_S)

    def close(self) -> None:
        self.stream.close()
        self.socket.close()
        self.stop_server()
        self.folder.cleanup()


class RedisSketches(ForeignCase):
    redis: Redis

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.redis = Redis()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.redis.close()
        super().tearDownClass()

    def setUp(self) -> None:
        super().setUp()
        self.redis.call("FLUSHALL")

    def test_it_counts_our_sketch_as_we_do_to_the_integer(self):
        part = self.stored(self.lines, "--sketch", "redis-hll", "-o", "rows.csv")
        rows = cli_case.rows_of(self.read("rows.csv"))
        exported = self.exported(part, "--sketch", "redis-hll")
        self.assertEqual(len(exported), len(CARDINALITIES))
        for row, (line, state) in zip(rows, exported):
            with self.subTest(ids=line["distinct"]):
                self.redis.call("SET", "ours", state)
                counted = self.redis.call("PFCOUNT", "ours")
                self.assertEqual(counted, line["estimate"])
                self.assertEqual(f"{counted}.000000", row["estimate"])

    def test_what_it_makes_of_the_same_ids_is_ours_byte_for_byte(self):
        part = self.stored(self.lines)
        self.redis.call("CONFIG", "SET", "hll-sparse-max-bytes", 0)  # dense from the first id on
        for ids, (line, state) in zip(self.ids, self.exported(part, "--sketch", "redis-hll")):
            with self.subTest(ids=line["distinct"]):
                self.redis.call("DEL", "theirs")
                self.redis.add("theirs", ids)
                value = self.redis.call("GET", "theirs")
                self.assertEqual(value[:8], state[:8])  # then a count that may be stale
                self.assertEqual(value[16:], state[16:])

    def test_a_union_with_what_it_made_of_the_same_ids_does_not_grow(self):
        part = self.stored(self.lines)
        for ids, (line, state) in zip(self.ids, self.exported(part, "--sketch", "redis-hll")):
            with self.subTest(ids=line["distinct"]):
                self.redis.call("DEL", "theirs", "union")
                self.redis.call("SET", "ours", state)
                self.redis.add("theirs", ids)
                self.assertEqual(self.redis.call("PFCOUNT", "theirs"), line["estimate"])
                self.assertEqual(self.redis.call("PFCOUNT", "ours", "theirs"), line["estimate"])
                self.redis.call("PFMERGE", "union", "ours", "theirs")
                self.assertEqual(self.redis.call("PFCOUNT", "union"), line["estimate"])
                # And it goes on counting in ours: the same ids again change nothing.
                self.redis.add("ours", ids)
                self.assertEqual(self.redis.call("PFCOUNT", "ours"), line["estimate"])

    def test_a_union_of_all_minutes_is_our_roll_up(self):
        part = self.stored(
            self.lines, "--sketch", "redis-hll", "--rollup", "1h", "-o", "rows.csv"
        )
        keys = []
        for line, state in self.exported(part, "--sketch", "redis-hll"):
            keys.append(line["window_start"])
            self.redis.call("SET", keys[-1], state)
        rollup = cli_case.rows_of(self.read("rows.csv"))[-1]
        self.assertEqual(rollup["window"], "1h")
        self.assertEqual(f"{self.redis.call('PFCOUNT', *keys)}.000000", rollup["estimate"])

    def test_redis_cli_takes_the_commands_as_they_are(self):
        part = self.stored(self.lines, "--sketch", "redis-hll", "--no-exact")
        commands = self.export(
            part, "--sketch", "redis-hll", "--format", "redis", "--key-prefix", "backfill:"
        )
        piped = subprocess.run(
            ["redis-cli", "-p", str(self.redis.port), "--pipe"], input=commands,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False,
        )
        self.assertIn(f"errors: 0, replies: {len(CARDINALITIES)}", piped.stdout.decode())
        for line, _ in self.exported(part, "--sketch", "redis-hll"):
            key = f"backfill:1m:{line['window_start']}"
            self.assertEqual(self.redis.call("PFCOUNT", key), line["estimate"])

    def test_the_id_without_a_byte_is_one_for_both(self):
        ids = ["", "a", "b"]
        [(line, state)] = self.exported(self.stored(self.dump([ids])), "--sketch", "redis-hll")
        self.redis.call("SET", "ours", state)
        self.redis.add("ours", ids)
        self.assertEqual((line["estimate"], self.redis.call("PFCOUNT", "ours")), (3, 3))

    def test_a_minute_without_ids_is_an_empty_sketch(self):
        dump = self.write("null.jsonl", '{"ts":0,"uid":null}\n')
        self.analyze(dump, "-q", "--null-id", "count", "--save", "null.part")
        [(line, state)] = self.exported("null.part", "--sketch", "redis-hll")
        self.redis.call("SET", "ours", state)
        self.assertEqual((line["distinct"], line["estimate"]), (0, 0))
        self.assertEqual(self.redis.call("PFCOUNT", "ours"), 0)


if __name__ == "__main__":
    cli_case.main()
