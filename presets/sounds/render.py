"""From a recipe to the sound of an effect."""

from __future__ import annotations

import numpy as np

from presets.music.synth.drums import DRUMS
from presets.music.synth.loop import RATE, Wave, band, filtered, high_pass, place
from presets.music.synth.space import reverberated, room
from presets.music.synth.tones import faded_out, phase, sine
from presets.sounds.recipe import Effect, Layer

PEAK = 10 ** (-3.0 / 20)
_BANDS = 24


def render(effect: Effect) -> Wave:
    """(2, samples), ending in silence."""
    random = np.random.default_rng(effect.seed)
    spare = round(effect.room_s * RATE)
    dry = np.zeros((2, round(effect.length_s * RATE) + spare))
    for layer in effect.layers:
        for at_ms in layer.at_ms:
            level = 10 ** (layer.level_db / 20) * (1 - layer.vary * random.random() * 0.6)
            place(dry, _panned(_struck(layer, random), layer) * level, round(at_ms * RATE / 1000))
    sound = dry + effect.room * reverberated(dry, room(effect.room_s, random))
    sound = filtered(sound, high_pass(28))[:, : dry.shape[1] - spare]
    sound = faded_out(sound, min(0.25, effect.length_s / 4))
    return np.asarray(sound * (PEAK / np.abs(sound).max()))


def _struck(layer: Layer, random: np.random.Generator) -> Wave:
    if layer.kind == "drum":
        return DRUMS[str(layer.drum)](1.0, random)
    count = round(layer.length_ms * RATE / 1000)
    start = layer.from_hz * 2 ** (layer.vary * random.uniform(-0.25, 0.25))
    end = (layer.to_hz or layer.from_hz) * start / layer.from_hz
    if layer.kind == "partials":
        return _partials(layer, start, count, random)
    glide = np.geomspace(start, end, count)
    body = sine(phase(glide, count)) if layer.kind == "tone" else _gliding_noise(glide, layer.octaves, random)
    return np.asarray(body * _envelope(layer, count))


def _partials(layer: Layer, frequency: float, count: int, random: np.random.Generator) -> Wave:
    t = np.arange(count) / RATE
    sound = np.zeros(count)
    for ratio, level, half_life_ms in layer.partials:
        ring = sine(phase(frequency * ratio, count, float(random.random())))
        sound += level * ring * np.exp2(-t * 1000 / half_life_ms)
    return faded_out(sound * np.minimum(1, t * 1000 / max(layer.attack_ms, 0.1)), 0.02)


def _gliding_noise(centre: Wave, octaves: float, random: np.random.Generator) -> Wave:
    """Noise in many narrow bands, each as loud as it is near the gliding centre."""
    count = len(centre)
    sides = np.zeros((2, count))
    for hertz in np.geomspace(60, 15_000, _BANDS):
        near = np.exp(-((np.log2(hertz / centre) / octaves) ** 2))
        if near.max() > 0.01:
            hiss = random.standard_normal((2, count)) + random.standard_normal(count)
            sides += filtered(hiss, band(float(hertz), 0.22)) * near
    return sides * (0.4 / np.sqrt((sides**2).mean()))


def _envelope(layer: Layer, count: int) -> Wave:
    t_ms = np.arange(count) * 1000 / RATE
    if layer.shape == "rise":
        shape = np.exp2((t_ms - t_ms[-1]) / layer.half_life_ms)
    elif layer.shape == "arch":
        shape = np.sin(np.pi * np.linspace(0, 1, count)) ** 2
    else:
        shape = np.exp2(-t_ms / layer.half_life_ms)
    shape = shape * np.minimum(1, t_ms / max(layer.attack_ms, 0.1))
    return faded_out(shape, 0.004)


def _panned(sound: Wave, layer: Layer) -> Wave:
    end = layer.pan_from if layer.pan_to is None else layer.pan_to
    angle = (np.linspace(layer.pan_from, end, sound.shape[-1]) + 1) * np.pi / 4
    stereo = np.atleast_2d(sound)
    return np.stack((stereo[0] * np.cos(angle), stereo[-1] * np.sin(angle))) * np.sqrt(2)
