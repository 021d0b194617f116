"""Bylines in Chinese, Japanese and Korean: invented people; where a role begins when no space says so."""

from __future__ import annotations

import pytest

from .bylined import Told, positions

LINES: list[tuple[str, Told | None]] = [
    ("東京大学（教授会）", None),  # a body
    ("経済政策（部長）", None),  # no given name ends so
    ("中野が編集長", None),  # a sentence
    ("細貝恒雄（北浜大学法学部教授）", ("細貝恒雄", [("教授", "北浜大学法学部")])),  # a family that we do not know
    ("小林大介氏（川手電機 総務部長）", ("小林大介", [("総務部長", "川手電機")])),  # a space parts office and firm
    ("小林大介（北浜大学 法学部教授）", ("小林大介", [("教授", "北浜大学 法学部")])),  # here the faculty is glued to the role
    ("森田 翔（フリーライター）", ("森田 翔", [("フリーライター", "")])),  # one word in katakana
    ("森田 翔（みどり医院 産業医）", ("森田 翔", [("産業医", "みどり医院")])),
    ("森田 翔（エンジニア / なみとソフト）", ("森田 翔", [("エンジニア", "なみとソフト")])),  # a firm with no word for what it is
    ("田中 真司 編集長（月刊みち）", ("田中 真司", [("編集長", "月刊みち")])),
    ("中野さやか／編集長", ("中野さやか", [("編集長", "")])),
    ("■青空研究所 研究員 李 強さん", ("李 強", [("研究員", "青空研究所")])),
    ("김민수, 마케팅 팀장, 한울상사", ("김민수", [("마케팅 팀장", "한울상사")])),
    ("王小明，首席执行官，星海", ("王小明", [("首席执行官", "星海")])),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_eastern_bylines(text: str, expected: Told | None) -> None:
    """What is glued is cut where an organisation's word ends; what is not glued is not cut."""
    assert positions(text) == expected
