"""An illustrated scene: what the words call for, put into a place, at a scale and in a composition."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from pipeline.pictures.canvas import lexicon
from pipeline.pictures.canvas.lexicon import MotifEntry, SettingEntry
from pipeline.pictures.canvas.motifs import drawing
from pipeline.pictures.canvas.pen import Pen
from pipeline.pictures.canvas.scenery import View, setting
from pipeline.pictures.canvas.scenery.outdoors import waves
from pipeline.pictures.models import Shot

SHOWCASES = ("studio", "window", "rays", "table")
INDOORS = frozenset({"room", "library", "laboratory", "hall", "stage", "street", "digital", *SHOWCASES})
DESKS = frozenset({"room", "library", "laboratory", *SHOWCASES})
WATER = frozenset({"ocean", "arctic", "harbour", "underwater"})
_COUNTRY = ("landscape", "mountains")
_SIZE = {"wide": 0.47, "medium": 0.62, "close": 0.78}
_KIND_SIZE = {"place": 1.12, "stand": 0.95, "person": 0.92, "fly": 0.62, "swim": 0.72, "space": 0.95, "thing": 0.94}
_ACROSS = {"centre": 0.5, "left_third": 0.35, "right_third": 0.65, "symmetry": 0.5, "diagonal": 0.38}


@dataclass(frozen=True)
class Cast:
    """Who plays in a scene, and where."""

    place: SettingEntry
    hero: MotifEntry
    others: tuple[MotifEntry, ...] = ()


def cast(shot: Shot, fallback: tuple[str, ...]) -> Cast:
    """From the shot's own words, then from what the niche likes to show, then anything."""
    rng = Random(f"cast {shot.seed}")
    texts = [(shot.instruction, 2.0), (" ".join(shot.keywords), 2.4), (shot.heading, 1.2), (shot.narration, 1.0)]
    if shot.emphasis == "topic":
        names = lexicon.motifs_for([*texts, (shot.topic, 3.0)], 0.34)
    else:
        names = lexicon.motifs_for(texts, 0.34, dimmed=shot.topic) or lexicon.motifs_for([(shot.topic, 1.0)])
    if not names:
        names = _from_fallback(fallback, rng)
    hero = lexicon.motifs()[names[0]]
    rest = [lexicon.motifs()[name] for name in names if name != hero.name][:6]
    place = lexicon.settings()[_place(texts, hero, rng)]
    return Cast(place, hero, _companions(hero, rest, place))


def _from_fallback(fallback: tuple[str, ...], rng: Random) -> list[str]:
    found = lexicon.motifs_for([(word, 1.0 + 0.05 * rng.random()) for word in rng.sample(fallback, len(fallback))])
    return found or [rng.choice(sorted(lexicon.motifs()))]


def _place(texts: list[tuple[str, float]], hero: MotifEntry, rng: Random) -> str:
    wanted = lexicon.settings_for(texts)
    if hero.kind == "thing":
        shown = (hero.setting, *SHOWCASES) if hero.setting else SHOWCASES
        return rng.choice((*shown[:1], *shown))
    if hero.kind == "space":
        return "space"
    if hero.kind == "swim":
        return next((name for name in wanted if name in WATER), hero.setting)
    if hero.kind == "place" and hero.setting:
        return rng.choice((hero.setting, hero.setting, *hero.also))
    fit = [name for name in wanted if name not in WATER and name != "space"]
    own = hero.setting or "landscape"
    if own in INDOORS:
        return own if rng.random() < 0.7 or not fit else fit[0]
    return fit[0] if fit and rng.random() < 0.6 else rng.choice((own, own, *hero.also, *_COUNTRY))


def _companions(hero: MotifEntry, rest: list[MotifEntry], place: SettingEntry) -> tuple[MotifEntry, ...]:
    """Things that may stand in the same place."""
    if hero.kind == "thing":
        fitting = [entry for entry in rest if entry.kind in ("thing", "person")]
    elif place.name in INDOORS:
        fitting = [entry for entry in rest if entry.kind == "person" or (entry.kind == "thing" and place.name in DESKS)]
    elif place.name == "space":
        fitting = [entry for entry in rest if entry.kind == "space" or entry.name in ("rocket", "astronaut")]
    elif place.name == "underwater":
        fitting = [entry for entry in rest if entry.kind == "swim"]
    elif place.name in WATER:
        fitting = [entry for entry in rest if entry.kind in ("swim", "fly")]
    else:
        fitting = [entry for entry in rest if entry.kind in ("stand", "person", "fly")]
    return tuple(fitting[:2])


def draw_scene(pen: Pen, shot: Shot, players: Cast) -> None:
    """The whole illustration."""
    frame = pen.frame
    tall = frame.height > frame.width
    focus = _focus(shot, players, tall)
    view = View(pen, frame.width, frame.height, frame.height * players.place.horizon, tall, focus)
    layers = setting(players.place.draw)(view)
    next(layers)
    for index, entry in enumerate(players.others):
        _supporting(view, shot, players, entry, index)
    _hero(view, shot, players)
    if players.hero.kind == "place" and players.place.name not in INDOORS | WATER:
        _rooted(view)
    if players.hero.kind in ("swim", "place") and players.place.name in WATER - {"underwater"}:
        base = _base(players, players.hero.kind, shot.scale)
        waves(view, view.y((min(base, 0.72) if view.tall else base) + 0.005), 0.1, 13)
    next(layers, None)


def _focus(shot: Shot, players: Cast, tall: bool) -> float:
    """Where the hero stands, across. A stage's light falls in the middle, and so does everything in portrait."""
    if tall or players.place.name == "stage":
        return 0.5
    if shot.scale == "close" and players.hero.kind in ("place", "thing"):
        return 0.5 + (_ACROSS[shot.composition] - 0.5) * 1.2
    return _ACROSS[shot.composition]


def _rooted(view: View) -> None:
    """Ground before the foot of a mountain or castle, so that it grows out of the land."""
    foot = 0.83 if not view.tall else 0.72
    crest = view.hills(0.08, view.y(foot + 0.035), view.y(0.05))
    view.tree_line(crest, 9, 58, 0.05)


def _base(players: Cast, kind: str, scale: str) -> float:
    """Where feet are, as a share of the height. Captions own the lowest sixth, so nothing of weight goes there."""
    if kind == "fly":
        return 0.62 if scale != "close" else 0.7
    if kind == "space":
        return 0.76
    if players.place.name == "underwater":
        return 0.72
    if kind == "swim":
        return 0.7
    if kind == "thing" and players.place.name not in INDOORS:
        return 0.83
    return 0.83 if scale != "wide" else 0.8


def _hero(view: View, shot: Shot, players: Cast) -> None:
    entry = players.hero
    across = view.focus
    room = view.height if not view.tall else view.width * 1.25
    size = room * _SIZE[shot.scale] * _KIND_SIZE[entry.kind] * entry.size
    if entry.kind == "place":
        size *= 0.94
    x, y = view.x(across), view.y(_base(players, entry.kind, shot.scale))
    if view.tall:
        y = min(y, view.y(0.72))
    _draw(view, entry, x, y, size, 0.0, flip=across > 0.55)


def _supporting(view: View, shot: Shot, players: Cast, entry: MotifEntry, index: int) -> None:
    across = view.focus
    gap = 0.31 if not view.tall else 0.3
    if abs(across - 0.5) > 0.05:
        x = view.x(across + (gap if across < 0.5 else -gap) * (1.0 if index == 0 else 1.62))
    else:
        x = view.x(across + (gap if index else -gap))
    side = 1 if x > view.x(across) else -1
    room = view.height if not view.tall else view.width * 1.25
    size = room * 0.34 * _KIND_SIZE[entry.kind] * entry.size * (1.1 if entry.kind == "thing" else 0.95)
    depth = 0.22 if entry.kind != "thing" else 0.12
    y = view.y(_base(players, entry.kind, "wide") - 0.02)
    if entry.kind == "fly":
        y = view.y(0.4)
    if view.tall:
        y = min(y, view.y(0.72)) - view.y(0.02)
    _draw(view, entry, x, y, size, depth, flip=side > 0)


def _draw(view: View, entry: MotifEntry, x: float, y: float, size: float, depth: float, flip: bool) -> None:
    pen = view.pen.at(x, y, size / 100).seeded(f"{view.pen.frame.seed} {entry.name}").far(depth)
    if entry.kind in ("stand", "person", "thing"):
        pen.shadow(0, 0.5, 40 if entry.kind != "person" else 17, 4 if entry.kind != "person" else 2.4, 0.5)
    if (flip and entry.kind in ("person", "swim", "fly")) or (
        flip and entry.name in ("car", "truck", "train", "horse", "wolf")
    ):
        pen = pen.at(0, 0, flip=True)
    drawing(entry.draw)(pen)
