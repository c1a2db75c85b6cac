"""The labelled programs that the gGAN learns from.

Everything outside of `synthesis` and `analysis` needs the standard library only; those two run the worker's
operators and analyzers.
"""
