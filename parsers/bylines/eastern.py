"""Bylines in Chinese, Japanese and Korean: few spaces, the organisation before the role, titles behind the name. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..model import Position
from .words import EAST, GIVEN, flags, is_place

HAN, KANA, HANGUL = "\u3400-\u9fff々", "\u3040-\u30ff", "\uac00-\ud7a3"
EASTERN = re.compile(f"[{HAN}{KANA}{HANGUL}]")

_BREAK = re.compile(rf"\n|\s*[,，、;；|｜／]\s*|\s+/\s+|(?<=[{HAN}])・(?=[{HAN}])|\s+•\s+|\s*[:：]\s*|\s+[–—-]+\s+")
_BRACKET = re.compile(r"^([^()（）]+?)\s*[(（]([^()（）]+)[)）]\s*(.*)$")
_ENDS = " 。.:：»>—–-"


def _set(key: str) -> frozenset[str]:
    return frozenset(word for language in ("zh", "ja", "ko") for word in EAST[language][key].split())


ROLES, TITLES, ORGS = _set("roles"), tuple(sorted(_set("after"), key=len, reverse=True)), tuple(_set("orgs"))
_LONGEST_ROLE = max(map(len, ROLES))
_SURNAMES = {language: frozenset(words.split()) for language, words in EAST["surnames"].items() if language != "given_ends"}
_CHINESE = re.compile(f"[{HAN}]{{2,5}}")
_FOREIGN = re.compile(
    f"[{HAN}]{{1,6}}(?:[·•](?:[{HAN}]{{1,7}}|[A-Z]\\.?)){{1,3}}|[ァ-ヺー]{{2,10}}(?:[・＝=](?:[ァ-ヺー]{{1,10}}|[A-Z]\\.?)){{1,3}}"
)
_AGE = re.compile(r"[(（]\d{1,3}\s*[歳岁歲세][)）]|\d{1,3}\s*[歳岁歲세]|(?<=[(（])\d{1,3}(?=[·・,、])")
_JAPANESE = re.compile(f"[{HAN}]{{1,4}}[ 　][{HAN}{KANA}]{{1,5}}|[\u30a0-\u30ff]{{2,8}}[ 　][\u30a0-\u30ff]{{2,10}}")
#: a family name in characters and a given name in syllables: "中野さやか"
_MIXED = re.compile(f"[{HAN}]{{1,3}}(?![をはがにのへと])[ぁ-ん]{{2,4}}")
#: what Japanese given names end with more often than other words do
_GIVEN_ENDS = frozenset(EAST["surnames"]["given_ends"].split())
#: by their last character, who does or leads something: "産業医", "社労士", "広報担当"
_AGENT = re.compile(f"[{HAN}{KANA}]{{1,8}}(?:医|士|師|家|者|員|長|官|担当|监督|監督)")
_KOREAN = re.compile(f"[{HANGUL}]{{2,4}}")
_SURE = ("氏", "さん")  #: behind these stands nothing but a name
_KATAKANA = re.compile("[ァ-ヺー]")
_NOT_A_NAME = re.compile(r"[のはをがにへとでもや的了是在和与對从]")


class Eastern(NamedTuple):
    """What an eastern byline says."""

    name: str
    positions: tuple[Position, ...] = ()
    honorific: str = ""
    how: str = "bare"


def _untitled(text: str) -> tuple[str, str]:
    """A name and the title behind it: "田中一郎氏" is 田中一郎, 氏."""
    for title in TITLES:
        if text.endswith(title) and len(text) - len(title) >= 2:
            return text[: -len(title)].strip(), title
    return text, ""


def name_trust(text: str) -> float:
    """How far an eastern text is trusted to be a name: 0 not at all, 1 beside a role, 2 alone."""
    if not 2 <= len(text) <= 24:
        return 0.0
    if _FOREIGN.fullmatch(text):
        return 1.5
    if _JAPANESE.fullmatch(text):
        family = text.split()[0]
        if family in _SURNAMES["ja"]:
            return 2.0
        if family in _SURNAMES["zh"] and len(text) < 5:
            return 1.0
        return 1.0 if len(text) > 3 and not text.endswith(ORGS) and text not in ROLES else 0.0
    if _KOREAN.fullmatch(text):
        if len(text) > 2 and text.endswith("대"):
            return 0.2  # "국민대", a university in short
        if (text[0] not in _SURNAMES["ko"] and text[:2] not in _SURNAMES["ko"]) or text.endswith(ORGS) or text in ROLES:
            return 0.0
        return 2.0 if flags(text[1:]) & GIVEN and len(text) == 3 else 1.0 if len(text) == 3 else 0.6
    if _CHINESE.fullmatch(text) and not _NOT_A_NAME.search(text[:-1]) and text not in ROLES and not text.endswith(ORGS):
        if (text[:1] in _SURNAMES["zh"] and len(text) <= 3) or text[:2] in _SURNAMES["zh"]:
            return 2.0 if flags(text[1:]) & GIVEN and len(text) == 3 else 1.0
        if any(
            text.startswith(family) and len(text) - len(family) in (1, 2, 3)
            for family in _SURNAMES["ja"]
            if family[0] == text[0]
        ):
            return 1.0
        return 0.6 if len(text) in (4, 5) and text[-1] in _GIVEN_ENDS else 0.0
    if _MIXED.fullmatch(text) and any(text[:n] in _SURNAMES["ja"] for n in (1, 2, 3)):
        return 1.0
    return 0.0


def _role_of(text: str) -> tuple[str, str] | None:
    """The role at the end of a text and the organisation before it: "北京大学教授" is 教授, 北京大学."""
    text = text.strip()
    words = text.split()
    for start in range(len(words)):
        if words[start] in ROLES and all(word in ROLES for word in words[start:]):
            return " ".join(words[start:]), " ".join(words[:start])
    if len(words) > 1 and (_AGENT.fullmatch(words[-1]) or _ends_role(words[-1])) and not _org_within(words[-1]):
        return words[-1], " ".join(words[:-1])  # "山手電機 人事部長"
    if length := _ends_role(text):
        return _compound(text, len(text) - length)
    return (text, "") if len(words) == 1 and _AGENT.fullmatch(text) and not text.endswith(ORGS) else None


def _ends_role(text: str) -> int:
    """How many characters at the end of a text are the longest role that it ends with."""
    return next((n for n in range(min(_LONGEST_ROLE, len(text)), 1, -1) if text[-n:] in ROLES), 0)


def _org_within(word: str) -> bool:
    """Whether a role is glued to the organisation before it: "法学部教授"."""
    return word[: -_ends_role(word) or None].endswith(ORGS)


def _compound(text: str, cut: int) -> tuple[str, str]:
    """The role that begins at `cut`, with what stands before it in its word and is no organisation: "人事部長"."""
    start = cut
    if _KATAKANA.match(text, cut):
        while start and _KATAKANA.match(text, start - 1):
            start -= 1
    blank = max(text.rfind(" ", 0, cut), text.rfind("\u3000", 0, cut)) + 1
    if blank and cut - blank <= 4 and not text[blank:cut].endswith(ORGS):
        start = min(start, blank)
    if len(text) - start > 3 and 0 < start != blank and text[start:-1].endswith(ORGS) and text[-2:] in ROLES:
        return text[-2:], text[:-1]  # "기후연구소장" is the 소장 of the 기후연구소
    return text[start:], text[:start].strip()


def _positions(parts: list[str]) -> tuple[Position, ...] | None:
    """Positions from the segments behind a name; None where one of them is neither role nor organisation."""
    done: list[Position] = []
    for place, part in enumerate(parts):
        part = part.strip(_ENDS)
        if not part or is_place(part):
            continue
        found = _role_of(part)
        if found:
            role, org = found
            if done and not done[-1].role and done[-1].affiliation and not org:
                done[-1] = Position(role, done[-1].affiliation)
            else:
                done.append(Position(role, org))
        elif part.endswith(ORGS) and len(part) <= 40:
            if done and done[-1].role and not done[-1].affiliation:
                done[-1] = Position(done[-1].role, part)
            else:
                done.append(Position("", part))
        elif done and done[-1].role and not done[-1].affiliation and _may_be_org(part):
            done[-1] = Position(done[-1].role, part)  # a firm's name has no word for what it is
        elif done and done[-1].role and not done[-1].affiliation.endswith(ORGS) and _may_be_org(part):
            done[-1] = Position(f"{done[-1].affiliation} {done[-1].role}", part)  # "마케팅 팀장, 한빛상사"
        elif not done and _may_be_org(part) and place + 1 < len(parts) and parts[place + 1].strip(_ENDS) in ROLES:
            done.append(Position("", part))
        else:
            return None
    return tuple(done)


def _may_be_org(text: str) -> bool:
    """Whether a text is short and without the small words of a sentence, as a name is."""
    return len(text) <= 20 and text.count(" ") < 3 and not re.search(r"[をはがにへ的了是在]|\d{3}|[다요]$", text)


def _beside(name: str, rest: list[str], how: str, least: float = 0.6) -> Eastern | None:
    bare, title = _untitled(name.strip(_ENDS))
    titled = title in _SURE and _CHINESE.fullmatch(bare) is not None
    if name_trust(bare) < least - 0.4 * bool(title) and not titled:
        return None
    positions = _positions(rest)
    if titled and not positions:
        return None  # of a name that no list knows
    return Eastern(bare, positions, title, how) if positions else None


def read_eastern(text: str, marked: bool = False) -> Eastern | None:
    """The person and positions of a Chinese, Japanese or Korean byline; `marked` where a dash or colon says that it is one.

    >>> read_eastern("李娜，南方大学教授").positions
    (Position(role='教授', affiliation='南方大学'),)
    """
    if len(text) > 160:
        return None
    text = _AGE.sub("", text).strip(_ENDS)
    bracket = _BRACKET.match(text)
    if bracket and not bracket.group(3):
        found = _beside(
            bracket.group(1), [part for part in re.split(r"[,，、;；・·／]|\s*/\s*", bracket.group(2)) if part.strip()], "paren"
        )
        if found:
            return found
        before = _spaced(bracket.group(1))
        if before and len(before.positions) == 1 and not before.positions[0].affiliation and _may_be_org(bracket.group(2)):
            return before._replace(positions=(Position(before.positions[0].role, bracket.group(2)),), how="paren")
        bare, title = _untitled(bracket.group(1))
        if is_place(bracket.group(2)) and name_trust(bare) >= 0.6:
            return Eastern(bare, (), title, "paren")
    parts = [part for part in _BREAK.split(text) if part.strip()]
    if len(parts) > 1:
        return _beside(parts[0], parts[1:], "comma") or (
            _beside(parts[1], parts[:1], "role-first") if len(parts) == 2 else None
        )
    return _spaced(text) or _glued(text) or _alone(text, marked)


def _spaced(text: str) -> Eastern | None:
    """ "홍길동 교수", "대표이사 홍길동", "서울 연구소 소장 홍길동": a name at one end, the rest before or behind it."""
    words = text.split()
    if len(words) > 2 and words[-1] in ROLES and name_trust(words[-2]) > name_trust(words[0]):
        return _beside(words[-2], [" ".join([*words[:-2], words[-1]])], "role")  # the name between office and role
    for size in (2, 1) if len(words) > 2 and name_trust(" ".join(words[:2])) >= 2 else (1, 2):
        if len(words) <= size:
            continue
        found = _beside(" ".join(words[:size]), [" ".join(words[size:])], "role") or _beside(
            " ".join(words[-size:]), [" ".join(words[:-size])], "role-first"
        )
        if found and found.positions[0].role:
            return found
    return None


def _glued(text: str) -> Eastern | None:
    """ "東京大学教授山田太郎氏": a role in the middle, then a name; without a title, behind an organisation only."""
    bare, title = _untitled(text)
    if " " in bare:
        return None
    for start in range(len(bare) - 2, 2, -1):
        found = _role_of(bare[:start].removesuffix("の"))
        if found and name_trust(bare[start:]) >= 1 and (title or (found[0] in ROLES and found[1].endswith(ORGS))):
            return Eastern(bare[start:], (Position(*found),), title, "role-first")
    return None


def _alone(text: str, marked: bool) -> Eastern | None:
    bare, title = _untitled(text)
    if title in ROLES and name_trust(bare) >= 0.6:
        return Eastern(bare, (Position(title),), "", "role")
    trust = name_trust(bare) + 0.6 * bool(title) + 0.6 * marked
    return Eastern(bare, (), title) if trust >= 1.6 else None
