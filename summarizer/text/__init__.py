"""Text without meaning: cleaning, language, sentences, chunks, words."""
