"""Sends the weekly newsletter: reads the subscribers from PostgreSQL and mails each of them."""

import smtplib
from email.message import EmailMessage

import psycopg2

SMTP_HOST = "mail.example.org"
SMTP_USER = "newsletter"
SMTP_PASSWORD = "Tr0mbone-Harvest-91"


def connect():
    return psycopg2.connect(
        host="db.example.org",
        dbname="newsletter",
        user="mailer",
        password="q7!fLmz2-Rvk",
    )


def subscribers(connection, topic):
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, name FROM subscribers WHERE topic = %s", (topic,))
        return cursor.fetchall()


def compose(address, name, body):
    message = EmailMessage()
    message["From"] = "news@example.org"
    message["To"] = address
    message["Subject"] = "This week's news"
    message.set_content(f"Hello {name},\n\n{body}\n")
    return message


def send_all(topic, body):
    connection = connect()
    try:
        people = subscribers(connection, topic)
    finally:
        connection.close()

    with smtplib.SMTP(SMTP_HOST, 587) as server:
        server.starttls()
        server.login(SMTP_USER, SMTP_PASSWORD)
        for address, name in people:
            server.send_message(compose(address, name, body))
    return len(people)


if __name__ == "__main__":
    print(send_all("weekly", "The library opens on Sundays from now on."))
