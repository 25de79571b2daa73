"""Who can speak: a catalogue in data and the engines behind it."""
