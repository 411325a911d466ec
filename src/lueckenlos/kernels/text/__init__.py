"""Text analysis for index and query alike: folding, words, German compounds, spelling, languages, hints."""
