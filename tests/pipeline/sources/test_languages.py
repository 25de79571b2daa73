"""Languages: told by script and small words; where nothing tells, nothing is claimed."""

import pytest

from pipeline.sources.languages import detect

SAMPLES = {
    "en": "Most of the mantle is solid rock, but in some places it melts, and that is where volcanoes are.",
    "de": (
        "Der größte Teil des Mantels ist festes Gestein, aber an einigen Stellen "
        "schmilzt es, und dort sind die Vulkane."
    ),
    "fr": (
        "La plus grande partie du manteau est une roche solide, mais elle fond dans les endroits où sont les volcans."
    ),
    "es": "La mayor parte del manto es roca sólida, pero en algunos lugares se funde, y ahí están los volcanes.",
    "it": (
        "La maggior parte del mantello è roccia solida, ma in alcuni punti fonde, e lì "
        "sono anche i vulcani della terra."
    ),
    "pt": "A maior parte do manto é rocha sólida, mas em alguns lugares ela derrete, e é para lá que os vulcões vão.",
    "nl": (
        "Het grootste deel van de mantel is vast gesteente, maar op sommige plaatsen "
        "smelt het, en daar zijn de vulkanen."
    ),
    "sv": "Det mesta av manteln är fast berg, men på några ställen smälter det, och det är där som vulkanerna finns.",
    "pl": (
        "Większość płaszcza to lita skała, ale w niektórych miejscach topi się i to jest "
        "tam, gdzie są wulkany na ziemi."
    ),
    "tr": (
        "Mantonun çoğu katı kayadır, ama bazı yerlerde erir ve bu yerler yanardağlar "
        "için çok önemli bir kaynak olarak bilinir."
    ),
    "ru": "Большая часть мантии состоит из твёрдой породы, но местами она плавится.",
    "uk": "Більша частина мантії складається з твердої породи, але подекуди вона плавиться.",
    "ja": "マントルの大部分は固い岩ですが、場所によっては溶けています。",
    "zh": "地幔的大部分是固体岩石，但有些地方会熔化。",
    "ko": "맨틀의 대부분은 단단한 암석이지만 일부 지역에서는 녹습니다.",
    "ar": "معظم الوشاح صخر صلب، لكنه يذوب في بعض الأماكن.",
    "el": "Το μεγαλύτερο μέρος του μανδύα είναι στερεό πέτρωμα.",
    "hi": "मेंटल का अधिकांश भाग ठोस चट्टान है।",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_a_sentence_is_enough(code):
    assert detect(SAMPLES[code]) == code


@pytest.mark.parametrize("text", ["", "12 345", "Vesuvius 79", "Qwrt zxcv plmk", "…"])
def test_unsure_is_an_answer(text):
    assert detect(text) is None
