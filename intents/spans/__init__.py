"""A message as tagged spans, and what single spans are put together to, or put aside for."""
