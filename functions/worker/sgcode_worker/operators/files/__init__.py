"""Rewrites of how files, folders and archives are made and unpacked."""
