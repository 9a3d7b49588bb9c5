"""Words as words: parted, folded, mended, looked up in the lexicon."""
