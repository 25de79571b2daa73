"""For all tests: examples may take as long as a busy machine needs; a test as a whole still has its time limit."""

from hypothesis import settings

from tests.browsers import browser, no_loop_but_the_browsers  # noqa: F401

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
