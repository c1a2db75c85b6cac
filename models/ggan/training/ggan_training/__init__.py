"""How the gGAN is trained, measured and exported."""
