"""Tests of pages take `studio_app`, `browser` and `page_of`: see tests/studio/app_fixtures.py."""
