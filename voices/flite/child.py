"""The process that holds libflite. It speaks the protocol of voices/children.py, with the standard library only."""

from __future__ import annotations

import ctypes as c
import json
import sys
from typing import Any, BinaryIO

# Ways through the library's utterance, from a token to the times of its first and last sound.
BEGINS = b"daughter1.R:SylStructure.daughter1.daughter1.R:Segment.p.end"
ENDS = b"daughtern.R:SylStructure.daughtern.daughtern.R:Segment.end"


class _Wave(c.Structure):
    _fields_ = (
        ("type", c.c_char_p),
        ("sample_rate", c.c_int),
        ("count", c.c_int),
        ("channels", c.c_int),
        ("samples", c.POINTER(c.c_short)),
    )


class Library:
    """libflite with one of its voices."""

    def __init__(self, name: str) -> None:
        self._lib = c.CDLL("libflite.so.1")
        self._lib.flite_init()
        register = getattr(c.CDLL(f"libflite_{name}.so.1"), f"register_{name}")
        register.restype, register.argtypes = c.c_void_p, [c.c_char_p]
        self._voice = register(None)
        self._declare()

    def _declare(self) -> None:
        pointer, text = c.c_void_p, c.c_char_p
        for name, result, arguments in (
            ("flite_synth_text", pointer, (text, pointer)),
            ("feat_set_float", None, (pointer, text, c.c_float)),
            ("utt_relation", pointer, (pointer, text)),
            ("relation_head", pointer, (pointer,)),
            ("item_next", pointer, (pointer,)),
            ("item_daughter", pointer, (pointer,)),
            ("ffeature_string", text, (pointer, text)),
            ("ffeature_float", c.c_float, (pointer, text)),
            ("utt_wave", pointer, (pointer,)),
            ("delete_utterance", None, (pointer,)),
        ):
            function = getattr(self._lib, name)
            function.restype, function.argtypes = result, arguments

    def say(self, text: str, stretch: float) -> tuple[bytes, int, list[tuple[str, float, float]]]:
        """16-bit samples, their rate, and the tokens with the seconds at which they begin and end."""
        features = c.cast(self._voice + _offset_of_features(), c.POINTER(c.c_void_p))[0]
        self._lib.feat_set_float(features, b"duration_stretch", stretch)
        utterance = self._lib.flite_synth_text(text.encode(), self._voice)
        if not utterance:
            raise RuntimeError("libflite refused the text")
        wave = c.cast(self._lib.utt_wave(utterance), c.POINTER(_Wave)).contents
        sound, rate = c.string_at(wave.samples, 2 * wave.count), wave.sample_rate
        tokens = self._tokens(utterance)
        self._lib.delete_utterance(utterance)
        return sound, rate, tokens

    def _tokens(self, utterance: int) -> list[tuple[str, float, float]]:
        tokens = []
        item = self._lib.relation_head(self._lib.utt_relation(utterance, b"Token"))
        while item:
            if self._lib.item_daughter(item):
                name = self._lib.ffeature_string(item, b"name").decode("utf-8", "replace")
                begin = self._lib.ffeature_float(item, BEGINS)
                tokens.append((name, begin, self._lib.ffeature_float(item, ENDS)))
            item = self._lib.item_next(item)
        return tokens


def _offset_of_features() -> int:
    """Of `features` in the library's voice: after the pointer to its name."""
    return c.sizeof(c.c_void_p)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    library = Library(sys.argv[1])
    for line in requests:
        request: dict[str, Any] = json.loads(line)
        head: dict[str, Any]
        try:
            sound, rate, tokens = library.say(request["text"], request["stretch"])
            head = {"rate": rate, "tokens": tokens}
        except RuntimeError as error:
            sound, head = b"", {"error": str(error)}
        answers.write(json.dumps({**head, "bytes": len(sound), "spent": False}).encode() + b"\n" + sound)
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
