"""Secrets in the text of a program, and texts that are none."""

from ggan_data.synthesis.template import templates

SECRETS = templates(
    "secret-from-env",
    "CWE-798",
    """
## module constant:
DB_PASSWORD = «'$secret'»
## module api-key:
API_TOKEN = «"$secret"»
$setting = $num
## local-password: import smtplib
password = «'$secret'»
connection = smtplib.SMTP('$server')
connection.login('$word', password)
connection.quit()
## flask-config: from flask import Flask; app = Flask('$word')
app.config['SECRET_KEY'] = «'$secret'»
return app
## flask-secret: from flask import Flask; app = Flask('$word')
app.secret_key = «'$secret'»
return app
## keyword: import psycopg2
return psycopg2.connect(host='$server', user='$word', password=«'$secret'»)
## mysql-keyword: import pymysql
$conn = pymysql.connect(host='$server', user='$word', passwd=«'$secret'», db='$table')
return $conn
## dictionary:
settings = {'host': '$server', 'password': «'$secret'», 'port': $port}
return settings
## signing:
secret_key = «'$secret'»
return sign($v, secret_key)
## module class-setting:
class Config:
    DEBUG = False
    SECRET_KEY = «'$secret'»
    TIMEOUT = $num
## header: import requests
auth_token = «'$secret'»
return requests.get('https://$server/$word', headers={'Authorization': auth_token}, timeout=$num)
## self-password:
client_secret = «"$secret"»
return {'client_id': '$word', 'client_secret': client_secret, 'user': $v}
## jwt: import jwt
jwt_secret = «'$secret'»
return jwt.encode({'sub': $v}, jwt_secret, algorithm='HS256')
## ftp: import ftplib
ftp_password = «'$secret'»
return ftplib.FTP_TLS('$server', '$word', ftp_password)
## held-redis: import redis
return redis.Redis(host='$server', port=6379, password=«'$secret'»)
## module held-settings:
SERVICE = '$server'
ACCESS_TOKEN = «'$secret'»
## held-mail:
mail_password = «'$secret'»
return open_mailbox('$server', $v, mail_password)
## safe environment: import os
password = «os.environ['DB_PASSWORD']»
return connect('$server', $v, password)
## safe asked: import getpass
password = «getpass.getpass('Password: ')»
return connect('$server', $v, password)
## safe empty:
password = «''»
return connect('$server', $v, password)
## safe message:
password_hint = «'Enter the password of your $word account'»
return password_hint, $v
## safe module field:
PASSWORD_FIELD = «'password'»
TOKEN_URL = 'https://$server/token'
## safe parameter:
return connect('$server', user='$word', password=«$v»)
## safe held-file: from pathlib import Path
secret_key = «Path('/run/secrets/$word').read_text().strip()»
return sign($v, secret_key)
## safe held-label:
token_label = «'Your token'»
return {token_label: $v}
""",
    held_out="held-redis held-settings held-mail held-file held-label",
)
