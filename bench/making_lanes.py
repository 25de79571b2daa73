"""With providers that take their time, how long a film takes against its longest single lane.

    python -m bench.making_lanes [--scale 1] [--resolution 1080p] [--minutes 2]

A script takes 20 s, a picture 15 s (4 at once) and speech real time, all divided by the scale. A lane is the work that
cannot be done side by side with itself: what the network is waited for, and what this machine's processor does.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.brief import Brief
from pipeline.build import Workspace
from pipeline.making import Services, make
from pipeline.making.packaging import FILM
from pipeline.making.services import painter_for, writer_for
from pipeline.render.film import render
from pipeline.timeline import load
from tests.fakes.provider import Provider
from voices import Cast
from voices.settings import VoiceSettings

SCRIPT_S, PICTURE_S, AT_ONCE = 20.0, 15.0, 4
ALLOWED = 1.15


@dataclass(frozen=True)
class Lanes:
    """Seconds of each lane alone, and of the whole film."""

    script_s: float
    pictures_s: float
    speech_s: float
    render_s: float
    total_s: float

    @property
    def network_s(self) -> float:
        """Pictures are painted from a script, so the one follows the other."""
        return self.script_s + max(self.pictures_s, self.speech_s)

    @property
    def ratio(self) -> float:
        return self.total_s / max(self.network_s, self.render_s)


def measured(scale: float, minutes: float, resolution: str, fps: int, folder: Path) -> Lanes:
    brief = Brief(
        documents=("examples/volcanoes.md",), minutes=minutes, resolution=resolution, fps=fps, voice="elevenlabs-george"
    )
    out = folder / "out"
    with Provider(script_s=SCRIPT_S / scale, picture_s=PICTURE_S / scale, speech_pace=1 / scale) as provider:
        services = bought(provider, brief)
        began_s = time.monotonic()
        make(brief, out, services=services, workspace=Workspace(folder / "work"))
        total_s = time.monotonic() - began_s
        pictures, scripts = provider.images.charged, len(provider.chat.calls)
    report, timeline = json.loads((out / "report.json").read_bytes()), load(out / "timeline.json")
    assert report["fitToShip"]
    # The first picture is the reference of the others, which then come four at once.
    rounds = 1 + -(-(pictures - 1) // AT_ONCE)
    began_s = time.monotonic()
    render(timeline, out, folder / FILM, workspace=Workspace(folder / "again"))
    return Lanes(
        script_s=scripts * SCRIPT_S / scale,
        pictures_s=rounds * PICTURE_S / scale,
        speech_s=timeline.frames / timeline.fps / scale / services.network_lanes,
        render_s=time.monotonic() - began_s,
        total_s=total_s,
    )


def bought(provider: Provider, brief: Brief) -> Services:
    """Everything from the one account; the voice knows its words."""
    keys = provider.environment
    settings = VoiceSettings(elevenlabs_key=keys["ELEVENLABS_API_KEY"], elevenlabs_address=keys["ELEVENLABS_BASE_URL"])
    return Services(writer=writer_for(brief, keys), cast=Cast(settings), painter=painter_for(keys))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--resolution", default="1080p")
    parser.add_argument("--fps", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lanes-") as folder:
        lanes = measured(options.scale, options.minutes, options.resolution, options.fps, Path(folder))
    print(f"script                         {lanes.script_s:>7.1f} s")
    print(f"pictures, {AT_ONCE} at once            {lanes.pictures_s:>7.1f} s")
    print(f"speech                         {lanes.speech_s:>7.1f} s")
    print(f"network: script, then the longer{lanes.network_s:>6.1f} s")
    print(f"processor: rendering alone     {lanes.render_s:>7.1f} s")
    print(f"the film                       {lanes.total_s:>7.1f} s")
    print(f"against its longest lane       {lanes.ratio:>7.2f} x   allowed {ALLOWED} x")


if __name__ == "__main__":
    main()
