"""Faults of how the model writes its answer down: JSON that is none, or not the one asked for."""

import json
from collections.abc import Callable, Mapping

from tests.fake_llm.fault import Fault

DEPTH = 100_000


def _half(text: str) -> str:
    return text[: len(text) // 2]


def _rewritten(change: Callable[[dict[str, object]], object]) -> Callable[[str], str]:
    """Return a change of the JSON object; a text that is no object loses its brackets."""

    def play(text: str) -> str:
        try:
            value = json.loads(text)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            return text.replace("[", "").replace("]", "")
        return json.dumps(change(value), ensure_ascii=False)

    return play


def _doubled(text: str) -> str:
    """Give every key of the outer object twice, the second time empty."""
    inner = text.strip().removeprefix("{").removesuffix("}")
    return f'{{{inner}, "status": "ok", "sentences": [], "lead": [], "items": []}}'


def _loose_types(value: dict[str, object]) -> object:
    return {key: str(item) if isinstance(item, list) else [item] for key, item in value.items()}


TEXTS: Mapping[str, Fault] = {
    "truncated_silently": Fault("F18", "half of the answer, finish_reason stop", text=_half),
    "invalid_json": Fault(
        "F18", "no JSON", text=lambda text: text.translate(str.maketrans('":[', "'=("))
    ),
    "duplicate_keys": Fault("F18", "each key twice, the second time empty", text=_doubled),
    "extra_text": Fault(
        "F18", "prose before and after", text=lambda text: f"Sure!\n{text}\nHope this helps {{:-)"
    ),
    "two_answers": Fault("F18", "the answer twice", text=lambda text: f"{text}\n{text}"),
    "fenced": Fault("F18", "in Markdown fences", text=lambda text: f"```json\n{text}\n```"),
    "fence_open": Fault(
        "F18", "in a fence that never closes", text=lambda text: f"```json\n{text}"
    ),
    "think_open": Fault(
        "F18", "a think block that never closes", text=lambda text: f"<think>\nHm. {text}"
    ),
    "think_twice": Fault(
        "F18",
        "an answer inside the think block, another after it",
        text=lambda text: f'<think>{{"sentences": []}}</think>{text}',
    ),
    "extra_fields": Fault(
        "F18",
        "fields nobody asked for",
        text=_rewritten(lambda value: {"confidence": 0.9, **value}),
    ),
    "wrong_schema": Fault(
        "F18", "another object", text=_rewritten(lambda value: {"result": str(value)})
    ),
    "wrong_types": Fault(
        "F18", "strings for lists, lists for strings", text=_rewritten(_loose_types)
    ),
    "list_outside": Fault(
        "F18", "a list around the object", text=_rewritten(lambda value: [value])
    ),
    "null_fields": Fault("F18", "null for everything", text=_rewritten(dict.fromkeys)),
    "not_a_number": Fault(
        "F18", "NaN among the values", text=_rewritten(lambda value: {**value, "k": float("nan")})
    ),
    "deep": Fault(
        "F18", "brackets a hundred thousand deep", text=lambda _: "[" * DEPTH + "]" * DEPTH
    ),
    "control_characters": Fault(
        "F18",
        "NUL, escape and right-to-left controls",
        text=lambda text: text.replace(" ", " \u202e\x1b[2J\x00", 1),
    ),
    "lone_surrogate": Fault(
        "F18", "half a character", text=lambda text: text.replace(" ", " \\ud83d", 1)
    ),
    "refusal_prose": Fault(
        "F16", "declines in words", text=lambda _: "I'm sorry, but I can't help with that."
    ),
    "empty_content": Fault("F16", "an empty string", text=lambda _: ""),
    "blank_content": Fault("F16", "white space", text=lambda _: "\n \n"),
}
