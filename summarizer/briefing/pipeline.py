"""The whole way from documents to a briefing: plan, write each story, merge."""

from collections.abc import Callable, Iterable, Sequence

from summarizer.briefing import evidence, merge, plan, verify
from summarizer.briefing.options import Options
from summarizer.models.extractive import Extractive
from summarizer.types import Briefing, Document, Engine, Note, Source, WriteRequest

HEADLINE_WORDS = 60  # what a story told in one line may use when no title serves
BRIEF_DOCUMENTS = 8  # of such a story are read

Progress = Callable[[str, int, int], None]  # stage, done, total


def brief(
    documents: Iterable[Document],
    options: Options,
    *,
    sources: Sequence[Source] = (),
    notes: Sequence[Note] = (),
    progress: Progress | None = None,
) -> Briefing:
    """Make a briefing.

    Args:
        documents: in any order; the order makes no difference to the result.
        options: what is asked for.
        sources: where the documents were loaded from, for the record.
        notes: what a reader should know of the loading.
        progress: called before each story with the stage, how many are done and of how many.

    Raises:
        NoUsableSourceError: no document has text that can be summarised.
    """
    planned = plan.make(documents, options)
    n_told = min(len(planned.stories), options.stories * (1 + merge.IN_BRIEF_FACTOR))
    engine = Extractive()
    written = []
    for i, story in enumerate(planned.stories[:n_told]):
        if progress is not None:
            progress("stories", i, n_told)
        written.append(write(story, engine))
    return merge.merge(planned, written, options, sources=sources, notes=notes)


def write(story: plan.PlannedStory, engine: Engine) -> merge.Written:
    """Write one story: gather its evidence, let the engine draft, check every draft."""
    told_of = story.documents if story.max_words else story.documents[:BRIEF_DOCUMENTS]
    gathered = evidence.gather(told_of, story.origin)
    request = WriteRequest(gathered.evidence, story.max_words or HEADLINE_WORDS, story.is_lead)
    checked = verify.check(
        engine.write(request),
        gathered.evidence,
        {document.id: document for document in story.documents},
        story.origin,
        story.id,
    )
    return merge.Written(story, checked, gathered.cut)
