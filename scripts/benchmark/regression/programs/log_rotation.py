"""Packs old logs and clears the folder."""

import os
import subprocess


def pack(folder, target):
    subprocess.run(f"tar -czf {target} {folder}", shell=True, check=True)


def clear(folder):
    os.system("rm -f " + folder + "/app.log")


def rotate(folder, target):
    pack(folder, target)
    clear(folder)
    return target
