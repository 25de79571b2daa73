from concurrent.futures import ThreadPoolExecutor

import numpy as np

from pipeline.render.text.drawing import Art, Effects, glow, panel, ring, text_art
from pipeline.render.text.paragraphs import Block, Type

BLOCK = Block(("Word",), Type("Manrope", 40, 800))


def test_pixels_are_rgba_and_not_premultiplied():
    pixels = panel(10, 6, "#ff8000", opacity=0.5).draw()
    assert pixels.shape == (6, 10, 4)
    assert pixels.dtype == np.uint8
    np.testing.assert_allclose(pixels[3, 5], (255, 128, 0, 128), atol=2)


def test_the_same_art_has_the_same_key_and_another_colour_another():
    assert panel(4, 4, "#ff0000").picture().key == panel(4, 4, "#ff0000").picture().key
    assert panel(4, 4, "#ff0000").picture().key != panel(4, 4, "#ff0001").picture().key
    assert panel(4, 4, "#ff0000").picture().key != panel(4, 5, "#ff0000").picture().key


def test_nothing_of_a_text_touches_the_border_of_its_art():
    art, _ = text_art(Block(("Ég Qy",), Type("Manrope", 40, 800)), Effects(outline=4))
    alpha = art.draw()[..., 3]
    assert alpha.any()
    assert max(edge.max() for edge in (alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1])) == 0


def test_an_outline_lies_round_the_letters_in_its_own_colour():
    art, _ = text_art(BLOCK, Effects(outline=4, outline_colour="#0000ff"))
    pixels = art.draw()
    blue = (pixels[..., 2] > 200) & (pixels[..., 0] < 50) & (pixels[..., 3] > 200)
    white = (pixels[..., :3].min(axis=2) > 240) & (pixels[..., 3] > 240)
    assert blue.sum() > 300
    assert white.sum() > 300


def test_a_shadow_is_soft_and_black_even_under_emoji():
    art, _ = text_art(Block(("😀",), BLOCK.type), Effects(shadow_blur=5, shadow_opacity=0.9))
    pixels = art.draw().astype(int)
    faint = pixels[(pixels[..., 3] > 40) & (pixels[..., 3] < 120)]
    assert len(faint) > 100
    assert np.median(faint[:, :3].max(axis=1)) < 40


def test_scaling_paints_anew_and_resampling_keeps_the_look():
    art, _ = text_art(BLOCK)
    assert art.scaled(2).draw().shape[:2] == (2 * art.height, 2 * art.width)
    painted, resampled = art.scaled(0.5).draw()[..., 3], art.resampled(0.5).draw()[..., 3]
    assert abs(int(painted.sum()) - int(resampled.sum())) < 0.05 * painted.sum()


def test_a_kept_image_is_painted_once_for_all_scales():
    painted = []
    art = Art("counted", 20, 20, lambda canvas: painted.append(canvas))
    for scale in (0.5, 1.0, 1.5):
        art.resampled(scale).draw()
    assert len(painted) == 1


def test_several_threads_draw_the_same_bytes_as_one():
    def drawn(number):
        return (
            text_art(Block((f"Thread {number % 4} 你好 مرحبا 😀",), BLOCK.type), Effects(outline=3))[0].draw().tobytes()
        )

    alone = [drawn(number) for number in range(4)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(drawn, range(32)))
    assert together == alone * 8


def test_a_glow_fades_to_nothing_and_a_ring_is_hollow():
    assert glow(40, "#ffffff", 0.5).draw()[0, 0, 3] == 0
    assert ring(40, 2, "#ffffff").draw()[20, 20, 3] == 0
