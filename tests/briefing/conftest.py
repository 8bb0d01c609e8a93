"""Evidence and drafts for the steps between a story and its claims."""

from collections.abc import Sequence

import pytest

from summarizer.briefing.evidence import gather
from summarizer.models.engine import Evidence
from summarizer.text.normalise import document
from summarizer.types import Document

DAM = """Dam gate fails above Kessel

A gate of the Orlen dam broke early on Tuesday and flooded the lower town of Kessel.
Fourteen people were taken to hospital in Kessel, the district office said.
The operator had planned to replace the old gate of the dam in May."""

TOWN = """Lower town of Kessel flooded

The district office said fourteen people were taken to hospital in Kessel.
About 400 households had no power on Tuesday afternoon."""


@pytest.fixture
def dam() -> list[Document]:
    """Return two reports of one event that share one fact."""
    return [
        document(text, title=text.partition("\n")[0], source=source, language="en", id=name)
        for name, source, text in (("dam", "Northern Wire", DAM), ("town", "Radio Varrow", TOWN))
    ]


@pytest.fixture
def evidence(dam: Sequence[Document]) -> tuple[Evidence, ...]:
    return gather(dam, {each.id: each.id for each in dam}).evidence
