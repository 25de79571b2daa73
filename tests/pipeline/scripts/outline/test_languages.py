from __future__ import annotations

from pipeline.scripts.language.sentences import split
from pipeline.scripts.outline import OutlineWriter
from tests.pipeline.scripts.assignments import assignment, notes

GERMAN = """
Der Kaffee kommt aus dem Hochland von Äthiopien. Der Legende nach entdeckte ein Hirte, dass seine Ziegen nach den roten
Kirschen nicht mehr schliefen. Im Jemen bauten Händler den Strauch im 15. Jahrhundert auf Terrassen an.

Venedig eröffnete 1645 eines der ersten Kaffeehäuser Europas. In London trafen sich Kapitäne und Versicherer bei Edward
Lloyd. Dort entstand eines der größten Versicherungshäuser der Welt. Johann Sebastian Bach schrieb sogar eine Kantate
über eine Tochter, die vom Kaffee nicht lassen will.

Die Niederländer brachten Pflanzen nach Java und brachen damit das Monopol der Araber. Ein französischer Offizier teilte
auf der Überfahrt nach Martinique sein Trinkwasser mit einem einzigen Setzling. Von diesem Strauch sollen Millionen
Pflanzen in Amerika abstammen. Brasilien erntet heute mehr als ein Drittel des Kaffees der Welt.

In Dresden faltete Melitta Bentz im Jahr 1908 den ersten Kaffeefilter aus Löschpapier. Eine Tasse enthält ungefähr 90
Milligramm Koffein. Wissenschaftler kennen mehr als 120 Arten der Gattung. Nur zwei davon füllen fast alle Tassen.
"""

CHINESE = """
茶树原产于中国西南部的山区。相传神农在树下烧水时，几片叶子落入锅中。唐代的陆羽写下了世界上第一部茶书。

宋代的人们把茶叶磨成粉末，用竹筅打出泡沫。日本僧人把这种喝法带回了京都。明朝的皇帝下令改用散茶，泡茶从此流行。

英国商人在十七世纪用白银购买茶叶。波士顿的居民在1773年把三百多箱茶叶倒进港口。这件事推动了美国独立战争。

一位苏格兰植物学家化装进入福建，带走了两万株茶苗。印度的大吉岭因此成为著名产区。今天全世界每天喝掉几十亿杯茶。

斯里兰卡曾经种满咖啡，一种真菌毁掉了所有种植园。农民改种茶树，锡兰红茶随后闻名世界。采茶的工人至今工资很低。
"""


def unwrapped(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def told(text: str) -> str:
    return "".join(text.split())


def test_another_language_gets_only_the_creators_own_sentences() -> None:
    own = {told(sentence) for paragraph in GERMAN.split("\n\n") for sentence in split(paragraph)}
    script = OutlineWriter().write(assignment(notes(unwrapped(GERMAN), language="de"), 1, language="de")).script
    assert script.language == "de"
    assert {section.kind for section in script.sections} <= {"hook", "setup", "beat", "recap"}
    spoken = [told(sentence) for section in script.sections for sentence in split(section.narration)]
    assert set(spoken) <= own
    assert len(spoken) == len(set(spoken))


def test_chinese_notes_make_a_chinese_film() -> None:
    script = OutlineWriter().write(assignment(notes(CHINESE, language="zh"), 1, language="zh")).script
    assert [section.kind for section in script.sections].count("beat") >= 3
    assert all(told(sentence) in told(CHINESE) for section in script.sections for sentence in split(section.narration))
