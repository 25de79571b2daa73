"""The process that holds libespeak-ng, whose state is global and whose crash must not be ours.

It reads one JSON request a line and answers with one JSON line, followed by `bytes` bytes of 16-bit samples.
It imports the standard library only, so that it starts in a few hundredths of a second.
"""

from __future__ import annotations

import ctypes as c
import json
import os
import sys
from typing import Any, BinaryIO

TERMINATED, WORD, END, PHONEME = 0, 1, 5, 7
SYNCHRONOUS_RETRIEVAL, PHONEME_EVENTS, DO_NOT_EXIT, UTF8 = 2, 0x0001, 0x8000, 1
PHONEMES_AS_IPA = 0x02
FORKS = hasattr(os, "fork")
PARAMETERS = {"rate": 1, "pitch": 3, "pitch_range": 4, "word_gap": 7}


class _Id(c.Union):
    _fields_ = (("number", c.c_int), ("name", c.c_char_p), ("string", c.c_char * 8))


class _Event(c.Structure):
    _fields_ = (
        ("type", c.c_int),
        ("unique_identifier", c.c_uint),
        ("text_position", c.c_int),
        ("length", c.c_int),
        ("audio_position", c.c_int),
        ("sample", c.c_int),
        ("user_data", c.c_void_p),
        ("id", _Id),
    )


_Callback = c.CFUNCTYPE(c.c_int, c.POINTER(c.c_short), c.c_int, c.POINTER(_Event))


class Library:
    """libespeak-ng, loaded once."""

    def __init__(self, path: str, data: str) -> None:
        self._lib = c.CDLL(path)
        self._lib.espeak_TextToPhonemes.argtypes = [c.POINTER(c.c_char_p), c.c_int, c.c_int]
        self._lib.espeak_TextToPhonemes.restype = c.c_char_p
        flags = DO_NOT_EXIT | PHONEME_EVENTS
        self.rate = self._lib.espeak_Initialize(SYNCHRONOUS_RETRIEVAL, 0, os.path.dirname(data).encode(), flags)
        if self.rate <= 0:
            raise RuntimeError(f"libespeak-ng did not start ({self.rate})")

    def choose(self, request: dict[str, Any]) -> None:
        if self._lib.espeak_SetVoiceByName(request["voice"].encode()):
            raise RuntimeError(f"libespeak-ng has no voice {request['voice']}")
        for name, parameter in PARAMETERS.items():
            self._lib.espeak_SetParameter(parameter, request[name], 0)

    def say(self, text: str) -> tuple[bytes, list[tuple[int, int, int, int, str]]]:
        """16-bit samples, and events as (type, character, length, sample, phoneme)."""
        sound = bytearray()
        events: list[tuple[int, int, int, int, str]] = []

        def collect(samples: Any, count: int, reported: Any) -> int:
            if samples and count:
                sound.extend(c.string_at(samples, 2 * count))
            index = 0
            while reported[index].type != TERMINATED:
                event = reported[index]
                if event.type in (WORD, END, PHONEME):
                    phoneme = event.id.string.decode("utf-8", "replace") if event.type == PHONEME else ""
                    events.append((event.type, event.text_position - 1, event.length, event.sample, phoneme))
                index += 1
            return 0

        callback = _Callback(collect)
        self._lib.espeak_SetSynthCallback(callback)
        raw = text.encode("utf-8")
        status = self._lib.espeak_Synth(raw, c.c_size_t(len(raw) + 1), 0, 1, 0, UTF8, None, None)
        if status:
            raise RuntimeError(f"libespeak-ng refused the text ({status})")
        self._lib.espeak_Synchronize()
        return bytes(sound), events

    def phonemes(self, text: str) -> str:
        """The text in the phonetic alphabet, as the chosen voice says it."""
        rest = c.c_char_p(text.encode("utf-8"))
        clauses = []
        while rest.value:
            clauses.append(self._lib.espeak_TextToPhonemes(c.byref(rest), UTF8, PHONEMES_AS_IPA).decode("utf-8"))
        return " ".join(clauses)


def answer(library: Library, request: dict[str, Any]) -> bytes:
    """One JSON line, then the samples."""
    sound = b""
    head: dict[str, Any] = {"rate": library.rate, "events": []}
    try:
        library.choose(request)
        head["phonemes"] = [library.phonemes(word) for word in request["phonemes_of"]]
        if request["text"]:
            sound, head["events"] = library.say(request["text"])
    except RuntimeError as error:
        head = {"error": str(error)}
    return json.dumps({**head, "bytes": len(sound), "spent": not FORKS}).encode() + b"\n" + sound


def answer_in_a_fork(library: Library, request: dict[str, Any]) -> bytes:
    """The library carries phases and pitch wobble over from one text to the next: a fork forgets them again, so that
    the same text gives the same samples whatever was said before it."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        _answer_and_exit(library, request, writing)
    os.close(writing)
    with open(reading, "rb") as pipe:
        answered = pipe.read()
    _, status = os.waitpid(process, 0)
    if status:
        return json.dumps({"error": "libespeak-ng crashed", "bytes": 0, "spent": False}).encode() + b"\n"
    return answered


def _answer_and_exit(library: Library, request: dict[str, Any], writing: int) -> None:
    try:
        with open(writing, "wb") as pipe:
            pipe.write(answer(library, request))
        os._exit(0)
    finally:
        os._exit(1)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Until the requests end; where a process cannot fork, one request and no more."""
    library = Library(sys.argv[1], sys.argv[2])
    for line in requests:
        answers.write((answer_in_a_fork if FORKS else answer)(library, json.loads(line)))
        answers.flush()
        if not FORKS:
            return


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
