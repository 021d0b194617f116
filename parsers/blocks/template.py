"""Which look the page's bylines have: the one that recurs, holds people, and parts the text. Pure.

Evidence is summed over all lines of one look. Then the weak ones (a single name, an unknown role) count because they look
like the strong ones, and a stray "X, professor at Y" in a paragraph does not, because nothing else looks like it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from ..bylines import looks_like_name, read
from ..bylines.eastern import name_trust
from ..bylines.words import AND, BRAND, CREDIT, DATE, MEDIA, MODIFIER, NETWORK, ORG, PLACE, ROLE, STOP, TOPIC, WORD, flags
from ..model import Expert
from ..page import Page
from ..wordcount import count_words
from .align import split, weak_expert
from .candidates import Found, read_slot
from .fields import expert_at, field_of, is_link_line, position_below
from .rows import Row
from .slots import Kin, Slot, slots_of

#: fewest words of a statement that make a byline count
FEWEST = 3
#: the look of a name that is labelled as one
FIELD: Kin = ("field", "", "")
_COMMON = AND | BRAND | CREDIT | DATE | MEDIA | MODIFIER | NETWORK | ORG | PLACE | ROLE | STOP | TOPIC | WORD
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.)+$|\b(?:Inc|Ltd|Corp|Co|Jr|Sr|LLC|a\.s|s\.r\.o|d\.o\.o|S\.A|S\.p\.A|e\.V|Bros)\.$")
_ENDS = (".", "?", "!", ":", "。", "।", "؟", "！", "？")
#: a question's end: its mark, in Arabic letters and in Greek ones too, or the Japanese particle behind a verb
_ASKS = re.compile(r"(?:[?？؟]|(?<=[\u0370-\u03ff]);|(?<=[るすたのんうくつ])か。?)[\s\"'”’»)*」』#¶]*$")


@dataclass(slots=True)
class Byline:
    """A person named, and the rows that the naming takes."""

    slot: Slot
    expert: Expert
    weight: float
    first: int
    last: int  #: the last row of the byline, itself included
    before: int = 0  #: words of its row in front of it (an attribution at the end of a paragraph)
    behind: int = 0  #: words of its row behind it (a byline that leads into its text)


@dataclass(slots=True)
class Template:
    """The look that won."""

    kin: Kin
    bylines: list[Byline]
    strangers: list[int]  #: rows of the same look, between the bylines, that name nobody
    score: float
    slots: list[Slot] = field(default_factory=list)  #: every place of this look, read or not
    other_slots: list[Slot] = field(default_factory=list)  #: the places of all other looks

    def raws(self, rows: Sequence[Row]) -> list[str]:
        """Each byline as printed, its rows parted by line breaks."""
        below = ([rows[n] for n in range(b.first + 1, b.last + 1) if n != b.slot.row] for b in self.bylines)
        parts = ([row.text for row in kept if not is_link_line(row)] for kept in below)
        return ["\n".join([b.slot.raw, *more]) for b, more in zip(self.bylines, parts, strict=True)]

    @property
    def level(self) -> int:
        """The heading level of the bylines, or 0."""
        family = self.kin[0]
        return int(family[1:]) if family[0] == "h" and family[1:].isdigit() else 0


def asks(text: str) -> bool:
    """Whether a text ends as a question."""
    end = text[-8:]
    return ("?" in end or not end.isascii()) and _ASKS.search(end) is not None


def choose(page: Page, rows: Sequence[Row], within: range) -> Template | None:
    """The winning look, or None where no look names two people. Bylines are looked for `within` these rows."""
    groups: dict[Kin, list[Slot]] = defaultdict(list)
    for row in rows[within.start : within.stop]:
        for slot in slots_of(page, row):
            groups[slot.kin].append(slot)
        if (":" in row.text[:24] or "：" in row.text[:24]) and field_of(row.text)[0] == "name":
            groups[FIELD].append(Slot(FIELD, row.n, "line", row.text, 0, -1))
    sums: list[int] = []  # words before each row
    best: Template | None = None
    seen: list[Template] = []
    index: set[int] = set()  # rows of a table of contents
    for slots in groups.values():
        if len(slots) < 2:
            continue
        read_all = _read(page, rows, slots)
        if len(slots) > 2 and len(read_all) < 0.5 * len(slots):
            read_all = _believed(rows, slots, read_all)
        bylines = _without_index(read_all)
        if len(bylines) < 2:
            continue
        sums = sums or [0, *accumulate([row.words for row in rows])]
        index |= {b.first for b in read_all} - {b.first for b in bylines}
        template = _scored(rows, slots, bylines, sums)
        if best is None or template.score > 0.2 * best.score:
            longer = [byline for byline in bylines if _extend(rows, byline)]
            bylines = apart(bylines) if longer else bylines
            template = _scored(rows, slots, bylines, sums) if longer else template
        seen.append(template)
        if best is None or template.score > best.score:
            best = template
    best = _named_above(rows, best, seen) if best is not None else None
    if best is not None:
        best.slots = [slot for slot in groups[best.kin] if slot.row not in index]
        best.other_slots = [s for kin, slots in groups.items() if kin != best.kin for s in slots if s.row not in index]
    return best


def _named_above(rows: Sequence[Row], best: Template, seen: Sequence[Template]) -> Template:
    """Where the look that won is sentences about people ("Ann Lee is a grower ..."), the look of the same names above them."""
    about = [byline for byline in best.bylines if byline.slot.form == "line" and rows[byline.first].text.endswith(".")]
    if not best.kin[0].startswith(("plain", "italic")) or len(about) < 0.8 * len(best.bylines):
        return best
    for other in seen:
        if other is best or len(other.bylines) < len(about) or other.kin[0] in ("plain", "italic"):
            continue
        places = [byline.first for byline in other.bylines]
        above = [other.bylines[at - 1] if (at := bisect_left(places, byline.first)) else None for byline in about]
        same = sum(o is not None and o.expert.name == b.expert.name for o, b in zip(above, about, strict=True))
        if same >= 0.8 * len(best.bylines):
            return other
    return best


def _labels(slots: Sequence[Slot]) -> set[str]:
    """What speakers are called in a transcript: before a colon, again and again, no common words, two at least."""
    inside = [slot for slot in slots if slot.form in ("prefix", "lead")] if len(slots) > 3 else []
    if len(inside) < 4:
        return set()
    counts = Counter(map(_label, inside))
    again = {text for text, count in counts.items() if count > 1 and text.count(" ") < 3 and len(text) > 1}
    known = {text for text in again if all(word[0].isupper() and not flags(word) & _COMMON for word in text.split())}
    return known if len(known) > 1 else set()


def _label(slot: Slot) -> str:
    return slot.raw.strip(" :：>»–—-")


def _read(page: Page, rows: Sequence[Row], slots: Sequence[Slot]) -> list[Byline]:
    """Every slot of one look read; one byline a row, and none inside another."""
    bylines: list[Byline] = []
    labels = _labels(slots)
    taken = -1
    for slot in slots:
        if slot.row <= taken:
            continue
        if slot.kin == FIELD:
            named = expert_at(rows, slot.row, taken + 1)
            if named is not None:
                taken = named[2]
                bylines.append(Byline(slot, named[0], 2.0, named[1], taken))
            continue
        found = read_slot(page, rows[slot.row], slot)
        if found is None and labels and slot.form != "line" and _label(slot) in labels:
            found = Found(slot, Expert(_label(slot), byline=slot.raw, how="label"), 0.2)
        if found is None:
            continue
        byline = placed(rows, found)
        taken = byline.last
        bylines.append(byline)
    return bylines


def _believed(rows: Sequence[Row], slots: Sequence[Slot], bylines: list[Byline]) -> list[Byline]:
    """Names with something behind them that no lexicon knows, where nearly all lines of one look are such: another language."""
    known = {byline.first for byline in bylines}
    more: list[Byline] = []
    wanted = max(3, 0.7 * len({slot.row for slot in slots})) - len(bylines)
    for tried, slot in enumerate(slots):
        if len(more) + len(slots) - tried < wanted:
            break  # not even if all that are left were such
        name, rest = split(slot.raw) if slot.row not in known and len(slot.raw) < 120 else ("", "")
        named = bool(rest) and (looks_like_name(name) or name_trust(name) >= 1)
        expert = weak_expert(slot.raw, single=False) if named else None
        if expert is not None:
            known.add(slot.row)
            more.append(placed(rows, Found(slot, expert, 0.2)))
    if len(more) < wanted:
        return bylines
    return sorted([*bylines, *more], key=lambda byline: byline.first)


def apart(bylines: list[Byline]) -> list[Byline]:
    """Without those that turned out to be a line of the byline above."""
    kept: list[Byline] = []
    for byline in bylines:
        if not kept or byline.first > kept[-1].last:
            kept.append(byline)
    return kept


def _without_index(bylines: list[Byline]) -> list[Byline]:
    """Leave out a table of contents: names in a row with nothing between them that come again elsewhere."""
    runs: list[list[Byline]] = []
    for byline in bylines:
        close = runs and byline.first == runs[-1][-1].last + 1 and not runs[-1][-1].behind and not byline.before
        if close:
            runs[-1].append(byline)
        else:
            runs.append([byline])
    if all(len(run) < 3 for run in runs):
        return bylines
    names = {run[0].expert.name for run in runs if len(run) < 3}
    kept: list[Byline] = []
    for run in runs:
        if len(run) < 3 or not any(b.expert.name in names for b in run):
            kept += run
        elif any(b.expert.name == run[-1].expert.name for b in run[:-1]):
            kept.append(run[-1])  # the first to speak stands right below the table
    return kept


def placed(rows: Sequence[Row], found: Found) -> Byline:
    slot, row = found.slot, rows[found.slot.row]
    byline = Byline(slot, found.expert, found.weight, slot.row, slot.row)
    if slot.form == "tail":
        byline.before = count_words(row.text[: slot.cut].strip())
    elif slot.form != "line":
        byline.behind = count_words(row.text[slot.cut :].strip())
    return byline


def _extend(rows: Sequence[Row], byline: Byline) -> bool:
    """Take role and organisation from the short lines below a bare name; whether there were any."""
    positions = byline.expert.positions
    if byline.slot.form != "line" and (byline.slot.form, byline.slot.kin[0]) != ("tail", "ending"):
        return False
    if byline.slot.kin == FIELD:
        return False
    if any(p.role for p in positions) and any(p.affiliation for p in positions):
        return False
    told = position_below(rows, byline.last) if not positions else None
    if told is not None:
        byline.expert = replace(byline.expert, positions=told[:1])
        byline.weight, byline.last = byline.weight + 1, told[1]
        return True
    text, last = byline.slot.raw, byline.last
    for n in range(byline.last + 1, min(byline.last + 4, len(rows))):
        row = rows[n]
        if is_link_line(row):
            continue
        if not below(rows[byline.first], row):
            break
        text = f"{text}\n{row.text}"
        reading = read(text)
        if reading is None or reading.expert.name != byline.expert.name or reading.weight <= byline.weight:
            break
        byline.expert, byline.weight, byline.last = reading.expert, reading.weight, n
    return byline.last > last


def below(name: Row, row: Row) -> bool:
    """Whether a row may carry on the byline of another: short, and no heading of its own (behind a `<br>` it is the same)."""
    ended = row.text.endswith(_ENDS) and row.words > 2 and not _ABBREVIATED.search(row.text)
    same = row.joined or not row.level or row.level > name.level > 0
    return same and not row.rule and row.words <= 16 and not ended


def _scored(rows: Sequence[Row], slots: Sequence[Slot], bylines: list[Byline], sums: Sequence[int]) -> Template:
    kin = slots[0].kin
    held = {n for b in bylines for n in range(b.first, b.last + 1)}
    region = range(bylines[0].first + 1, bylines[-1].last)
    form = Counter(b.slot.form for b in bylines).most_common(1)[0][0]
    alike = {s.row for s in slots if s.row in region and s.row not in held and (s.form == form or form != "line")}
    strangers = sorted(n for n in alike if not asks(rows[n].text))
    good, evidence, words = 0, 0.0, 0
    for i, byline in enumerate(bylines):
        end = bylines[i + 1].first if i + 1 < len(bylines) else len(rows)
        start = bylines[i - 1].last + 1 if i else 0
        after = byline.behind + sums[end] - sums[byline.last + 1]
        before = byline.before + sums[byline.first] - sums[start]
        words += after if i + 1 < len(bylines) else 0
        least = min(after, before) if 0 < i < len(bylines) - 1 else max(after, before)
        if least >= FEWEST:
            good += 1
            evidence += 0.5 + min(byline.weight, 2.0)
    precision = good / (good + len(strangers)) if good else 0.0
    names = len({b.expert.name for b in bylines})
    score = evidence * precision**2 * (0.3 + words / (sums[-1] or 1)) * (0.5 + 0.5 * min(1, names / 3))
    return Template(kin, bylines, strangers, 0.7 * score if kin[0] == "plain" else score)
