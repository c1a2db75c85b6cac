"""Tunes a language model with SafeCoder's losses on real fixes (He et al., ICML 2024, arXiv 2402.09497)."""
