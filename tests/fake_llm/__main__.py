"""Run the fake endpoint by hand: `python -m tests.fake_llm --brain liar:5 --rpm 60`."""

import argparse
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from tests.fake_llm import brains, faults, latency
from tests.fake_llm.endpoint import Setup
from tests.fake_llm.profiles import PROFILES
from tests.fake_llm.server import serving

T = TypeVar("T")


def main(arguments: Sequence[str] | None, until: threading.Event) -> int:
    """Serve until the event is set; print the base URL first."""
    options = _parser().parse_args(arguments)
    if options.list:
        for name, fault in faults.FAULTS.items():
            sys.stdout.write(f"{name:24} {fault.code}  {fault.says}\n")
        return 0
    with serving(_setup(options), port=options.port) as server:
        sys.stdout.write(f"{server.base_url}\n")
        sys.stdout.flush()
        until.wait()
        tokens_in, tokens_out = server.ledger.tokens
        sys.stderr.write(
            f"{len(server.ledger.calls())} calls, {tokens_in} tokens in, {tokens_out} out,"
            f" {server.ledger.max_in_flight} at once\n"
        )
    return 0


def _setup(options: argparse.Namespace) -> Setup:
    return Setup(
        brain=options.brain,
        profile=options.profile,
        plans=[faults.parse(text, options.seed) for text in options.fault],
        latency=latency.parse(options.latency, options.seed),
        rpm=options.rpm,
        tpm=options.tpm,
        window=options.window,
        key=options.key,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fake_llm",
        description="A fake OpenAI-compatible endpoint: prints its base URL, then serves.",
        epilog="GET /__ledger returns all calls as JSON.",
    )
    add = parser.add_argument
    add("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    known = ", ".join(brains.BRAINS)
    add("--brain", type=_checked(brains.parse), default="faithful", help=f"{known} or liar:K")
    add("--profile", choices=PROFILES, default="full", help="kind of server")
    add(
        "--fault",
        type=_checked(_fault),
        action="append",
        default=[],
        metavar="FAULT[:TASK[:MODE]]",
        help="may be given more than once; TASK as in the prompts or any; MODE is once, always,"
        " random (3 of 10), N%% or xN (the first N); --list names the faults",
    )
    add(
        "--latency",
        type=_checked(_latency),
        default="none",
        metavar="LATENCY",
        help="none, constant:SECONDS or lognormal:MEDIAN[:SIGMA]",
    )
    add("--rpm", type=int, help="requests a minute")
    add("--tpm", type=int, help="tokens a minute")
    add("--window", type=int, help="tokens of a request and its answer")
    add("--key", help="key that calls must show")
    add("--seed", type=int, default=0, help="of latencies and random faults")
    add("--list", action="store_true", help="name the faults and exit")
    return parser


def _checked(read: Callable[[str], T]) -> Callable[[str], T]:
    """Return `read` with errors that argparse prints in full."""

    def checked(text: str) -> T:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return checked


def _fault(text: str) -> str:
    faults.parse(text)
    return text


def _latency(text: str) -> str:
    latency.parse(text)
    return text


if __name__ == "__main__":
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    sys.exit(main(None, stopped))
