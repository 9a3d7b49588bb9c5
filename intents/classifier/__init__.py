"""What a message sounds like: the encoder, the weights above it, and how both are taught."""
