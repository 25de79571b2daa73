"""Tests of pages take `studio_app`, `browser` and `page_of` from tests/studio/app_fixtures.py, as all of the studio's."""
