"""Niches, looks, template packs, music and sound effects: data first, each with a loader that validates it."""
