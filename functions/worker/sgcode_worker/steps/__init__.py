"""The steps that the worker runs, one file each: blobs in, blobs and a small answer out."""
