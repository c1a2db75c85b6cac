"""Tells how full a folder is, as the tools of the system see it."""

import subprocess


def usage(folder):
    text = subprocess.check_output("du -s %s" % folder, shell=True, text=True)
    return int(text.split()[0])


def newest(folder):
    return subprocess.check_output(f"ls -t {folder}", shell=True, text=True).splitlines()[:5]


def is_reachable(host):
    return subprocess.call("ping -c 1 {}".format(host), shell=True) == 0
