"""Reads the titles of a news feed."""

import xml.etree.ElementTree as ElementTree


def titles(text):
    root = ElementTree.fromstring(text)
    return [item.findtext("title", "") for item in root.iter("item")]


def newest(text, count=3):
    return titles(text)[:count]
