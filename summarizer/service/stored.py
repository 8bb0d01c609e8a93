"""Briefings as they were published, read back from the store."""

from collections.abc import Iterable, Mapping
from typing import cast

from pydantic import TypeAdapter

from summarizer.types import Briefing, Document, Json

_BRIEFING: TypeAdapter[Briefing] = TypeAdapter(Briefing)


def restore(content: Json, documents: Iterable[Document] = ()) -> Briefing:
    """Return the briefing that was stored as `content`.

    Args:
        content: its JSON, without the documents' texts.
        documents: of its run, whose texts go back into the ledger; without them the texts are
            empty, which JSON without texts does not show.
    """
    given = cast("Mapping[str, Json]", content)
    texts = {document.id: document.text for document in documents}
    ledger = cast("list[dict[str, Json]]", given["documents"])
    entries = [{"text": texts.get(str(entry["id"]), ""), **entry} for entry in ledger]
    return _BRIEFING.validate_python({**given, "documents": entries}, strict=False)
