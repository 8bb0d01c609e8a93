import random  # noqa: TID251 - copies are altered by a generator with a fixed seed

import summarizer
from benchmarks import wire

N_REPRINTS = 40
WIRE = (
    "A gate of the Orlen dam broke early on Tuesday and flooded the lower town of Kessel.",
    "Fourteen people were taken to hospital with broken bones, the district office said.",
    "Firefighters carried residents out of their houses in boats until the late afternoon.",
    "The operator had planned to replace the rusted gate in May but postponed the work twice.",
    "Engineers from the capital inspected the remaining gates and found cracks in two of them.",
    "About four hundred households had no power, and the railway line along the river is closed.",
    "The mayor asked the government for help, since the town has no money to repair its bridges.",
    "Farmers downstream moved their cattle to higher ground before the wave reached them.",
)
OUTLETS = (
    "Correspondents in the region confirmed the account.",
    "Readers sent us photographs of the flooded streets.",
    "Our weather desk expects no more rain this week.",
    "More on this page in the course of the day.",
)


def reprint(i: int, rng: random.Random) -> summarizer.Document:
    vocabulary = " ".join(OUTLETS).lower().split()
    copied = [wire.change_words(p, vocabulary, rng) for p in wire.shorten(WIRE, rng)]
    return summarizer.document(
        "\n\n".join([*copied, rng.choice(OUTLETS)]),
        title=f"Dam gate fails above Kessel ({i})",
        source=f"Outlet {i}",
        published="2025-03-04",
        language="en",
    )


def reprints() -> list[summarizer.Document]:
    rng = random.Random(1)  # noqa: S311
    return [reprint(i, rng) for i in range(N_REPRINTS)]


def test_forty_altered_reprints_of_a_wire_story_are_one_origin() -> None:
    briefing = summarizer.brief(reprints())
    assert len(briefing.documents) == N_REPRINTS
    assert len({entry.story for entry in briefing.documents}) == 1
    assert len({entry.origin for entry in briefing.documents}) == 1


def test_claims_of_reprints_count_one_report_and_forty_articles() -> None:
    (story,) = summarizer.brief(reprints(), one_story=True).stories
    assert story.origins == 1
    assert {claim.origins for claim in story.claims} == {1}
    assert {claim.articles for claim in story.claims} == {N_REPRINTS}
