"""How many words a film of some minutes has room for, section by section."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.brief import Pace
from pipeline.scripts.models import SectionKind
from presets import pace as paces
from presets.niches import Pacing

_SHARES: dict[SectionKind, tuple[float, int, int]] = {
    "hook": (0.09, 14, 40),
    "setup": (0.09, 12, 60),
    "recap": (0.11, 16, 85),
    "call_to_action": (0.05, 8, 34),
}
_FRAME: tuple[SectionKind, ...] = ("hook", "setup", "recap", "call_to_action")


@dataclass(frozen=True)
class WordBudget:
    """Minutes asked, how fast they are spoken, and the silences in them, all at the film's own pace."""

    minutes: float
    words_a_minute: float
    after_hook_ms: int
    after_setup_ms: int
    after_beat_ms: int
    after_recap_ms: int
    at_end_ms: int
    fixed_ms: int = 0

    @property
    def beats(self) -> int:
        """3 to 7, and up to 10 in films above 8 minutes."""
        if self.minutes > 8:
            return min(10, 7 + round((self.minutes - 8) * 0.75))
        return min(7, max(3, round(2.3 + 0.62 * self.minutes)))

    @property
    def target_ms(self) -> int:
        return round(self.minutes * 60_000)

    def pause_after(self, kind: SectionKind) -> int:
        return {
            "hook": self.after_hook_ms,
            "setup": self.after_setup_ms,
            "beat": self.after_beat_ms,
            "recap": self.after_recap_ms,
            "call_to_action": self.at_end_ms,
        }[kind]

    @property
    def silence_ms(self) -> int:
        """Everything of a whole film that is not spoken."""
        return self.fixed_ms + sum(map(self.pause_after, _FRAME)) + self.beats * self.after_beat_ms

    @property
    def words(self) -> float:
        """Spoken words of the whole film."""
        return max(0.0, (self.target_ms - self.silence_ms) / 60_000 * self.words_a_minute)

    @property
    def frame_words(self) -> float:
        """Of everything but the beats."""
        return sum(map(self.words_for, _FRAME))

    def words_for(self, kind: SectionKind) -> float:
        """What one section of that kind has room for."""
        if kind == "beat":
            return (self.words - self.frame_words) / self.beats
        share, least, most = _SHARES[kind]
        return min(max(share * self.words, least), most)

    def minutes_of(self, words: float) -> float:
        """How long a film with that many spoken words lasts."""
        return words / self.words_a_minute + self.silence_ms / 60_000

    def words_in(self, minutes: float) -> float:
        return minutes * self.words_a_minute


def word_budget(
    *, minutes: float, words_a_minute: float, pacing: Pacing, pace: Pace = "normal", fixed_ms: int = 0
) -> WordBudget:
    """`words_a_minute` is the voice's own, measured; `fixed_ms` what cards at the film's ends take."""
    tempo = paces.load(pace)

    def pause(own_ms: int) -> int:
        return min(4000, round(own_ms * tempo.pause_factor))

    return WordBudget(
        minutes=minutes,
        words_a_minute=words_a_minute * pacing.rate_factor * tempo.rate_factor,
        after_hook_ms=pause(pacing.after_hook_ms),
        after_setup_ms=pause(pacing.after_setup_ms),
        after_beat_ms=pause(pacing.after_beat_ms),
        after_recap_ms=pause(pacing.after_recap_ms),
        at_end_ms=pause(pacing.at_end_ms),
        fixed_ms=fixed_ms,
    )
