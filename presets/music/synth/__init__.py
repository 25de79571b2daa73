"""A small synthesiser: instruments, drums, rooms and a mastering desk, all plain arithmetic on arrays.

Everything that belongs to a bed is computed on a circle as long as the bed, so a note that rings past the end is heard
at the beginning, and so is its reverberation. That is why the beds loop without a seam.
"""
