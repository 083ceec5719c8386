"""Tab Translate: a sentence, its translation, where the model looked and what it considered."""
