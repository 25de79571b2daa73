"""The panel of one scene and the choices for the whole film: Gradio's own parts, so that they work as everywhere."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from studio.desk.views import Presets
from studio.pages.project.words import AUTOMATIC, MOTIONS

PICTURES = [".png", ".jpg", ".jpeg", ".webp"]
_OWN = ("As the niche has it", "")
_NO_MUSIC = ("No music", "off")


@dataclass(frozen=True)
class Panel:
    """One scene's parts. `scene` holds its id, in the browser alone."""

    scene: gr.Textbox
    title: gr.HTML
    narration: gr.Textbox
    visual: gr.Textbox
    on_screen: gr.Textbox
    motion: gr.Radio
    again: gr.Button
    voice_again: gr.Button
    upload: gr.UploadButton
    painted: gr.Button
    earlier: gr.Button
    later: gr.Button
    duplicate: gr.Button
    add: gr.Button
    delete: gr.Button
    save: gr.Button

    @property
    def written(self) -> list[gr.Textbox | gr.Radio]:
        return [self.scene, self.narration, self.visual, self.on_screen, self.motion]


@dataclass(frozen=True)
class Whole:
    """What holds for the whole film."""

    captions: gr.Dropdown
    music: gr.Dropdown
    look: gr.Dropdown

    @property
    def parts(self) -> list[gr.Dropdown]:
        return [self.captions, self.music, self.look]


def scene_panel() -> Panel:
    scene = gr.Textbox(visible="hidden", show_label=False)
    title = gr.HTML(padding=False)
    narration = gr.Textbox(label="Words to speak", lines=4, max_lines=14, max_length=20_000)
    visual = gr.Textbox(label="What the picture shows", lines=2, max_lines=6, max_length=2000)
    on_screen = gr.Textbox(label="Line on the screen", max_length=80, info="A few words in the picture, or none.")
    motion = gr.Radio(list(MOTIONS), label="Movement of the picture", value=AUTOMATIC)
    with gr.Row(elem_classes="pj-tools", equal_height=True):
        again = gr.Button("Another picture", size="sm")
        upload = gr.UploadButton("Use my own picture", size="sm", file_types=PICTURES, file_count="single")
        painted = gr.Button("Back to the painted picture", size="sm", visible=False)
        voice_again = gr.Button("Speak it anew", size="sm")
    with gr.Row(elem_classes="pj-tools", equal_height=True):
        earlier = gr.Button("Move earlier", size="sm")
        later = gr.Button("Move later", size="sm")
        duplicate = gr.Button("Duplicate", size="sm")
        add = gr.Button("Add a scene after it", size="sm")
        delete = gr.Button("Delete the scene", size="sm", variant="stop")
    save = gr.Button("Save", visible="hidden", elem_id="pj-save")
    return Panel(
        scene, title, narration, visual, on_screen, motion, again, voice_again, upload, painted,
        earlier, later, duplicate, add, delete, save,
    )  # fmt: skip


def whole_film(presets: Presets) -> Whole:
    with gr.Row():
        captions = _choice("Captions in the picture", [(one.title, one.name) for one in presets.captions])
        music = _choice("Music", [_NO_MUSIC, *((f"{one.title} ({one.mood})", one.name) for one in presets.music)])
        look = _choice("Look", [(one.title, one.name) for one in presets.looks])
    return Whole(captions, music, look)


def _choice(label: str, choices: list[tuple[str, str]]) -> gr.Dropdown:
    return gr.Dropdown([_OWN, *choices], label=label, value="", min_width=200)
