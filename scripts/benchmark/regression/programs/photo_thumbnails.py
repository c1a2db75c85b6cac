"""Makes thumbnails of photos with ImageMagick."""

import os
import subprocess

SIZE = "320x320"


def thumbnail(photo, target):
    status = subprocess.call("convert " + photo + " -thumbnail " + SIZE + " " + target, shell=True)
    if status != 0:
        raise RuntimeError(f"{photo} could not be converted")
    return target


def thumbnails(photos, folder):
    return [thumbnail(photo, os.path.join(folder, os.path.basename(photo))) for photo in photos]
