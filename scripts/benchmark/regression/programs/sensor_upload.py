"""Sends readings of a sensor to the collecting service."""

import json

SERVICE = "https://collect.example.org"


def request_for(reading, token="sensor-93f0c2"):
    body = json.dumps({"value": reading["value"], "unit": reading["unit"]})
    return {"url": f"{SERVICE}/readings", "body": body, "headers": {"Authorization": f"Token {token}"}}


def login(client):
    return client.login(user="sensor", password="violet-anchor")
