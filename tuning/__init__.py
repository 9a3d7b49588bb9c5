"""Makes `intents/encoder.npz`: the sentence encoder, taught what this help desk hears.

`make encoder` installs JAX, which nothing else needs, and runs this. What it is taught are the
examples of `intents/`; how, and what each part brings, is in
docs/decisions/0019-a-taught-encoder.md.
"""
