"""Profiles: who somebody is to the studio, their plan, and what they want to be told."""

from studio.profiles.service import Preferences, Profile, ProfileOf, Profiles

__all__ = ["Preferences", "Profile", "ProfileOf", "Profiles"]
