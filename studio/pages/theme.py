"""The studio's colours and shapes, for Gradio's own parts and for ours: both read the same variables."""

from __future__ import annotations

from gradio.themes import Base
from gradio.themes.utils.colors import Color

INK = Color(
    "#eef0fb",
    "#e0e3f7",
    "#c5caf0",
    "#a2a9e5",
    "#7c83d8",
    "#5a5fc7",
    "#4548ad",
    "#383a8c",
    "#2c2e6b",
    "#22244f",
    "#15162f",
)
SUN = Color(
    "#fff8e6",
    "#ffeec2",
    "#ffe08a",
    "#ffd052",
    "#ffc02a",
    "#f5a80a",
    "#cc8400",
    "#9c6300",
    "#6e4600",
    "#4a2f00",
    "#2b1b00",
)
STONE = Color(
    "#faf9f7",
    "#f3f1ed",
    "#e6e3dc",
    "#d0ccc3",
    "#a09b90",
    "#6f6b62",
    "#57534c",
    "#3e3b37",
    "#2a2826",
    "#1b1a19",
    "#121111",
)
_FONTS = ("Hanken Grotesk", "ui-sans-serif", "system-ui", "sans-serif")
_COLOURS = {
    "body_background_fill": ("#faf9f7", "#131219"),
    "body_text_color": ("#22201d", "#ece9e4"),
    "body_text_color_subdued": ("#625d54", "#b1aca2"),
    "background_fill_primary": ("#ffffff", "#1c1b24"),
    "background_fill_secondary": ("#f3f1ed", "#24232e"),
    "border_color_primary": ("#e0dcd4", "#37353f"),
    "block_background_fill": ("#ffffff", "#1c1b24"),
    "block_border_color": ("#e0dcd4", "#37353f"),
    "block_label_background_fill": ("transparent", "transparent"),
    "block_label_text_color": ("#4a463f", "#cbc6bc"),
    "block_title_text_color": ("#22201d", "#ece9e4"),
    "block_info_text_color": ("#625d54", "#b1aca2"),
    "input_background_fill": ("#ffffff", "#17161e"),
    "input_border_color": ("#8f897d", "#77737f"),
    "input_border_color_focus": ("#4548ad", "#a2a9e5"),
    "input_placeholder_color": ("#736e64", "#9a958c"),
    "button_primary_background_fill": ("#4548ad", "#c5caf0"),
    "button_primary_background_fill_hover": ("#383a8c", "#e0e3f7"),
    "button_primary_text_color": ("#ffffff", "#15162f"),
    "button_secondary_background_fill": ("#ffffff", "#2a2935"),
    "button_secondary_background_fill_hover": ("#f3f1ed", "#35333f"),
    "button_secondary_border_color": ("#bdb7ab", "#54515e"),
    "button_secondary_text_color": ("#22201d", "#ece9e4"),
    "button_cancel_background_fill": ("#ffffff", "#2a2935"),
    "button_cancel_background_fill_hover": ("#fdecea", "#4a2327"),
    "button_cancel_border_color": ("#b3261e", "#f2a29b"),
    "button_cancel_text_color": ("#b3261e", "#f6b8b2"),
    "link_text_color": ("#383a8c", "#c5caf0"),
    "link_text_color_hover": ("#22244f", "#e0e3f7"),
    "slider_color": ("#4548ad", "#a2a9e5"),
    "checkbox_background_color_selected": ("#4548ad", "#7c83d8"),
    "checkbox_label_background_fill_selected": ("#e0e3f7", "#383a8c"),
    "checkbox_label_text_color_selected": ("#22244f", "#ffffff"),
}
"""Of each of Gradio's variables: by day, and in the dark."""
_SHAPES = {
    "block_border_width": "1px",
    "block_radius": "14px",
    "block_shadow": "none",
    "block_title_text_weight": "600",
    "input_radius": "10px",
    "button_large_radius": "12px",
    "button_medium_radius": "10px",
    "button_small_radius": "8px",
    "button_large_text_weight": "650",
    "layout_gap": "16px",
    "block_padding": "14px",
    "section_header_text_size": "1rem",
}


def theme() -> Base:
    made = Base(
        primary_hue=INK, secondary_hue=SUN, neutral_hue=STONE, font=_FONTS, font_mono=("ui-monospace", "monospace")
    )
    light = {name: colour for name, (colour, _) in _COLOURS.items()}
    dark = {f"{name}_dark": colour for name, (_, colour) in _COLOURS.items()}
    return made.set(**light, **dark, **_SHAPES)
