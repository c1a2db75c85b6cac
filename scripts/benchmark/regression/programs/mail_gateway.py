"""Prepares the mails of a club for its gateway."""

GATEWAY = "https://mail.example.org/send"
GATEWAY_PASSWORD = "tulip-harbor-4711"


def headers():
    return {"X-Gateway-Password": GATEWAY_PASSWORD, "Accept": "application/json"}


def mail(recipient, subject, text):
    return {"to": recipient, "subject": subject, "text": text, "url": GATEWAY}


def greeting(name):
    return mail(f"{name}@example.org", "Welcome", f"Dear {name}, good to have you with us.")
