"""Whether a full stop after a word ends a sentence or belongs to an abbreviation.

The tables hold what the splitter's own lists get wrong or cannot know, in the languages with the
most news; words are matched without case unless the case tells the abbreviation from a word
("Wash." and "wash."). Where a word may stand at the end of a sentence, the next word decides.
"""

import re

from summarizer.text import layout
from summarizer.text.lexicon import lexicon


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Always followed by what they belong to: titles, references, comparisons.
_LEADING = _words(
    "mr mrs ms messrs mme mlle dr drs prof profs gov govs sen sens rep reps gen maj capt cmdr lt "
    "col sgt cpl pvt adm brig supt insp det hon rev fr msgr pres ald atty asst assoc mt vs cf viz "
    "ca approx e.g i.e eg ie f.e resp incl esp rs mgr p.s"
)
_LEADING_IN = {
    "de": _words(
        "z.b z.t z.z d.h u.a u.ä o.ä s.o s.u bzw ca vgl hr hrn fr frl dipl ing phil jur med kath "
        "evang evtl ggf inkl exkl zzgl abzgl max min nr sog bspw insb gegr geb gest verh röm"
    ),
    "fr": _words("m mm mme mmes mlle mlles me mgr dr pr st ste art av bd env p.ex cf éd réf"),
    "es": _words(
        "sr sra srta sres dr dra d dª dña lic ing arq prof profa gral cnel cap av avda ed pág págs "
        "tel núm art ext fig mons pbro ud uds vd admón p.ej ee uu cra gob rte lun jue vie sáb"
    ),
    "it": _words(
        "sig sigg sig.ra sig.na dott dott.ssa ing avv prof prof.ssa arch geom rag on sen gen col "
        "cap mons art pag pagg es ad.es tel n v.cte gent egr spett psicol ecc"
    ),
    "pt": _words("sr sra srta dr dra d eng prof profa gen cel cap av pág págs tel núm art ex exmo"),
    "nl": _words(
        "dhr mevr mw drs ir ing mr prof bijv bv blz nl o.a d.w.z m.b.t i.v.m t.a.v t.o.v aanw nr"
    ),
    "ru": _words(
        "г-н г-жа ул пр просп пл пер д кв стр рис гл см ср напр проф акад доц им тел т.е т.н "
        "д-р пгт с пос обл корп куб вкл англ нем лат св ген"
    ),
    "uk": _words("вул пр просп пл пров буд кв див проф акад ім тел обл напр св"),
    "pl": _words("dr prof inż mgr hab ul al pl im św tzw tzn np m.in por ok tel nr str gen płk ks"),
    "da": _words("hr fr frk skt nr ca bl.a f.eks dvs mht ift jf pga evt ekskl inkl tlf"),
    "sv": _words("bl.a t.ex dvs jfr ca nr s.k tel fr hr"),
    "cs": _words("např tzv tj str č mgr ing doc prof mudr judr ul nám sv cca tel"),
    "hi": _words("डॉ श्री प्रो कु सु पं"),
    "bn": _words("ডা ড মো প্রো"),
    "kk": _words("т.б б.з"),
    "vi": _words("ts ths gs pgs bs ks tp"),
    "bg": _words("ул бул пл гр проф д-р инж вкл напр св т.нар"),
}

# May also be the last word: the next word decides.
_TRAILING = _words(
    "inc corp ltd co cos bros plc jr sr esq st ave blvd rd sq hwy dept univ assn natl intl est "
    "ph.d m.d d.c b.a m.a b.sc m.sc al ed eds trans vol vols ch sect sec secs min mins hr hrs "
    "yr yrs ft oz lb lbs mi km cm mm kg tel ext max govt admin rds mph hp med "
    "avg temp std misc tbsp tsp pop vs cont orig diff abbr acct"
)
_TRAILING_IN = {
    "de": _words("usw etc jh jhd mio mrd tsd std str chr v.chr n.chr z.zt gmbh abs"),
    "fr": _words("etc vol chap apr av.j-c j-c éd"),
    "es": _words("etc ee.uu s.a c.v depto dpto aprox máx mín a.c d.c mar seg"),
    "it": _words("ecc etc s.p.a s.r.l a.c d.c nov set"),
    "pt": _words("etc s.a ltda a.c d.c aprox"),
    "nl": _words("enz etc e.d n.v b.v v.chr n.chr"),
    "ru": _words("т.д т.п др гг г в вв н.э тыс млн млрд руб коп долл дол чел кв.м куб.м"),
    "uk": _words("т.д р рр ст тис млн млрд грн"),
    "pl": _words("itd itp r w tys mln mld zł godz n.e"),
    "da": _words("osv mv m.m m.fl kr mio mia kl aps"),
    "sv": _words("osv m.m m.fl kr milj"),
    "cs": _words("atd apod r tis mil mld kč n.l"),
}
# Usually the end before a capital: mid-sentence they are followed by a small letter.
_CLOSING = _words("etc usw ecc enz itd osv itp atd apod")

# Only with this spelling; without it they are words.
_CASED = _words(
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb "
    "Nev Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo Ont Que Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct "
    "Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Messrs Ft Dist Bldg Ave"
)
# "No. 5" and "p. 5", but "He said no. They left."
_NUMBERED = _words(
    "no nos nr n° nº p pp pg para par fig figs tab eq eqs art arts vol vols ch chap sec sect "
    "ver v op ed pt pts cl ref refs ex approx ca pop s t núm pág pag str стр № рис гл abs"
)
_CLOCK = _words("a.m p.m am pm")
_AFTER_CLOCK = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december gmt utc et est edt ct cst cdt mt mst "
    "mdt pt pst pdt cet cest bst ist eastern central pacific mountain local beijing moscow tokyo "
    "london paris jst kst sgt hkt aest aedt mon tue tues wed thu thurs fri sat sun daily"
)

# Words that open a sentence and are no part of a name.
_OPENERS = _words(
    "the a an this that these those there here he she it its they we i you his her their our my "
    "your but and or so yet if when while where what who why how which although though because "
    "since after before until once as at by for from in on of to with within without during "
    "however meanwhile moreover also then now not no is was are were do does did can could will "
    "would should may have has had let some many most more all both each one two three four five "
    "several such another other others about according among despite despite even only last next "
    "earlier later still just nor please thanks hello millions thousands hundreds today yesterday "
    "tomorrow it's that's he's she's they're we're i'm don't didn't there's what's"
)
_OPENERS_IN = {
    "de": _words(
        "der die das ein eine einer er sie es wir ihr ich du dies diese dieser dieses und aber "
        "oder doch wenn als nach vor bei mit für im in am an auf aus zu zum zur auch dann dort "
        "hier so was wer wie wo warum nun noch nur man sein seine ihre nicht seit"
    ),
    "fr": _words(
        "le la les un une des il elle ils elles on nous vous je ce cette ces cet c'est et mais ou "
        "où si en dans sur pour par avec après avant depuis selon à au aux son sa ses leur qui que"
    ),
    "es": _words(
        "el la los las un una él ella ellos ellas esto este esta estos estas eso y pero o si en de "
        "con por para según tras desde al del su sus se no lo como cuando qué quién cómo también"
    ),
    "it": _words(
        "il lo la i gli le un una egli lei lui loro questo questa questi queste e ma o se in di "
        "con per secondo dopo da dal al nel nella suo sua si non come quando che chi anche"
    ),
    "pt": _words(
        "o a os as um uma ele ela eles elas este esta isto esse essa e mas ou se em de com por "
        "para segundo após desde ao no na seu sua não como quando que quem também"
    ),
    "nl": _words(
        "de het een hij zij ze we wij ik je dit dat deze die en maar of als na voor bij met in op "
        "uit aan ook dan daar hier wat wie hoe waarom er volgens sinds"
    ),
    "ru": _words(
        "он она они оно мы вы я это этот эта эти но а и или если когда после до при с по из на в "
        "для что кто как где также однако его её их по-прежнему так теперь там потом затем"
    ),
    "uk": _words(
        "він вона вони ми ви я це цей ця ці але а і й або якщо коли після до при з у в на"
    ),
    "pl": _words(
        "on ona oni one my wy ja to ten ta te ale a i lub jeśli kiedy po przed przy z w we na dla "
        "co kto jak gdzie także jednak jego jej ich nie według od był była było byli potem"
    ),
    "da": _words(
        "den det de en et han hun vi jeg du dette denne disse og men eller hvis når efter før med "
        "i på af til for der her hvad hvem hvor hvordan ikke også"
    ),
    "sv": _words(
        "den det de en ett han hon vi jag du denna detta dessa och men eller om när efter"
    ),
    "cs": _words("on ona oni to ten ta ale a nebo když po před při s v ve na pro co kdo jak kde"),
}
_PLAIN = _words("me no")  # sentencex takes them for abbreviations
# Where a stop after digits makes an ordinal: "am 3. Oktober".
_ORDINAL_STOP = _words("de da no nb nn fi et cs sk hr sr bs sl hu lv tr is pl")
_ORDINAL_DIGITS = 2
_LONGEST_ENDING = 2  # of what may follow an apostrophe: "t", "s", "re"
_EMPTY: frozenset[str] = frozenset()
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")  # "U.S", "z.B", "Ph.D"


def opens_sentence(word: str, language: str) -> bool:
    """Say whether a word, capital or not, opens sentences and is no part of a name."""
    folded = word.casefold().replace("’", "'")
    stem = folded.partition("'")[0]  # "It's"
    return stem in _OPENERS or folded in _OPENERS or stem in _OPENERS_IN.get(language, _EMPTY)


def ends_sentence(word: str, following: str, language: str) -> bool | None:
    """Decide whether the full stop between two words ends a sentence.

    Args:
        word: What stands before the stop, without it: "U.S", "Gov", "1988".
        following: The next word, not starting with a small letter.
        language: ISO 639-1 code; English abbreviations are known in all languages.

    Returns:
        None if nothing is known about the word.
    """
    if language in layout.UNSTOPPED:
        return opens_sentence(following, "en")
    elided, _, word = word.replace("’", "'").rpartition("'")
    if elided and len(word) <= _LONGEST_ENDING:
        return True  # "don't", "men's"; but "l'Avv" is "Avv"
    if following[:1].isnumeric():
        return _ends_before_number(word, language)
    if (number := word.lstrip("-")).isnumeric():  # "das 1. -3. Jahrhundert"
        return _ends_after_number(number, following, language)
    return _ends_by_table(word, following, language)


def _ends_by_table(word: str, following: str, language: str) -> bool | None:
    folded = word.casefold()
    if folded in _CLOCK:
        return following.casefold() not in _AFTER_CLOCK
    if folded in _CLOSING or folded in _PLAIN:
        return True
    if folded in _LEADING_IN.get(language, _EMPTY):
        return False
    if _is_function_word(word, language):
        return True
    if folded in _LEADING:  # "REP. LEE", but "the EP. The"
        return word.isupper() and "." not in word and opens_sentence(following, language)
    return opens_sentence(following, language) if _may_end(word, language) else None


def _is_function_word(word: str, language: str) -> bool:
    """Say whether another language uses an English abbreviation as a word: "hon", "det", "min"."""
    return language != "en" and len(word) > _LONGEST_ENDING and word in lexicon(language).stop


def _may_end(word: str, language: str) -> bool:
    """Say whether a word is an abbreviation that may also be the last word of a sentence."""
    return (
        word.casefold() in _TRAILING
        or word in _CASED
        or word.casefold() in _TRAILING_IN.get(language, _EMPTY)
        or (len(word) == 1 and word.isalpha())
        or _DOTTED.fullmatch(word) is not None
    )


def _ends_before_number(word: str, language: str) -> bool | None:
    folded = word.casefold()
    if folded in _NUMBERED or folded in _LEADING or folded in _LEADING_IN.get(language, _EMPTY):
        return False
    return False if _may_end(word, language) else None


def _ends_after_number(word: str, following: str, language: str) -> bool:
    return not (
        len(word) <= _ORDINAL_DIGITS
        and language in _ORDINAL_STOP
        and not opens_sentence(following, language)
    )
