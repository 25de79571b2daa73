"""Notes in, film out: a whole film by a program.

    pip install gradio_client
    export CANVASCAST_KEY=cck_...                  # made on the Settings page, allowed to make
    python examples/make_a_film.py notes.md --minutes 2 --site https://your-studio.example

At the machine that the studio runs on, its owner needs no key.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

from gradio_client import Client
from gradio_client.exceptions import AppError


def main() -> int:
    options = arguments()
    key = os.environ.get("CANVASCAST_KEY", "")
    studio = Client(options.site, headers={"X-CanvasCast-Key": key} if key else {}, verbose=False)
    try:
        for file in make_a_film(studio, options):
            print(file)
    except AppError as error:
        code, _, sentence = str(error).partition(": ")
        print(f"{sentence} ({code})", file=sys.stderr)
        return 1
    return 0


def make_a_film(studio: Client, options: argparse.Namespace) -> list[Path]:
    brief = {"notes": options.notes.read_text(encoding="utf-8"), "minutes": options.minutes, "niche": options.niche}
    brief |= {"resolution": options.resolution}
    price = studio.predict(**brief, api_name="/estimate")
    if price["problem"]:
        sys.exit(price["problem"])
    print(f"credits: {price['credits']}, time: about {price['seconds']:.0f} seconds")

    # Ids of our own making: should the connection break, the same call again makes nothing twice.
    project = studio.predict(**brief, project=str(uuid4()), api_name="/create_project")
    job = studio.predict(project=project["id"], job=str(uuid4()), api_name="/generate")
    while not job["ended"]:
        print(f"{job['progress']:3d} %  {job['message'] or job['state']}")
        time.sleep(options.every)
        job = studio.predict(job=job["id"], api_name="/job")
    if job["state"] != "READY":
        sys.exit(job["error"] or "The film was cancelled.")
    return download(studio.predict(project=project["id"], api_name="/downloads")["downloads"], options.out)


def download(files: list[dict[str, Any]], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        with urlopen(file["url"]) as answer:
            (folder / file["name"]).write_bytes(answer.read())
    return [folder / file["name"] for file in files]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Notes in, film out.")
    parser.add_argument("notes", type=Path)
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--niche", default="explainer")
    parser.add_argument("--resolution", default="1080p")
    parser.add_argument("--site", default="http://localhost:7860")
    parser.add_argument("--out", type=Path, default=Path("film"))
    parser.add_argument("--every", type=float, default=3, help="seconds between two looks")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
