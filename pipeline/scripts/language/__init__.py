"""What the writers know about text: its sentences, words and phrases. Never changes what it reads."""
