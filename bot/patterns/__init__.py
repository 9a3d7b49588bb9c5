"""The conversation's own flows: asking again, answering, waiting, handing over."""
