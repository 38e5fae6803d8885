--- labels
good config.py:5 secret/hard-coded | from the environment
bad config.py:6 secret/hard-coded | key of the tokens in the code
good config.py:7 secret/hard-coded | name of a file
good config.py:10 cookie/flags | scripts cannot read it
bad config.py:13 csrf/off | protection of the forms is off
good config.py:21 config/debug | class for development
bad run.py:9 config/debug | the debugger is on everywhere
good run.py:9 config/bind-all | address of the environment
bad bank/__init__.py:18 headers/missing | inline scripts run
good bank/__init__.py:19 cors/wild | one origin
bad bank/__init__.py:20 cors/wild | any origin with credentials
good bank/security.py:14 crypto/password-storage | bcrypt with twelve rounds
bad bank/security.py:22 crypto/password-storage | a thousand iterations
good bank/security.py:26 crypto/password-storage | six hundred thousand iterations
bad bank/security.py:30 crypto/weak-random | a PIN out of random
good bank/security.py:35 crypto/weak-random | out of secrets
good bank/security.py:39 crypto/weak-random | sample numbers for a chart
bad bank/security.py:43 crypto/weak-hash | key and text hashed together by SHA-1
good bank/security.py:47 crypto/weak-hash | HMAC with SHA-256
good bank/security.py:51 crypto/weak-hash | a cache key, and says so
bad bank/security.py:56 crypto/weak-cipher | ECB
good bank/security.py:60 crypto/weak-cipher | GCM, vector made by the library
good bank/security.py:73 jwt/unverified | key and algorithm
bad bank/security.py:84 jwt/unverified | signature is not verified
good bank/repositories/users.py:8 sql/injection | bound
bad bank/repositories/users.py:12 sql/injection | name and PIN of the login form by percent
good bank/repositories/users.py:24 sql/injection | column out of a dictionary
bad bank/repositories/users.py:29 sql/injection | names of the parameters in the statement
good bank/repositories/users.py:33 sql/injection | only places in the text
good bank/repositories/users.py:39 sql/injection | name is compared with the keys of a dictionary
good bank/repositories/ledger.py:11 sql/injection | bound
bad bank/repositories/ledger.py:16 sql/injection | order of the query through the service
good bank/repositories/ledger.py:24 sql/injection | composed by psycopg2's own means
good bank/repositories/ledger.py:29 sql/injection | a number
bad bank/repositories/ledger.py:35 sql/injection | second order: the name that the user chose
bad bank/services/files.py:25 path/traversal | taking out ../ once leaves ....//
good bank/services/files.py:30 path/traversal | the helper resolves and compares
good bank/services/files.py:39 path/traversal | resolved and compared
bad bank/services/files.py:45 archive/zip-slip | any name and any link
good bank/services/files.py:50 archive/zip-slip | the filter refuses
bad bank/services/files.py:61 command/injection | style of the form in a shell text
good bank/services/files.py:66 command/injection | a list, and a path that was checked
bad bank/services/files.py:71 file/temp | name before the file
good bank/services/files.py:79 file/temp | made at once, random name
good bank/services/files.py:81 file/permissions | not for others
bad bank/services/remote.py:13 ssrf/request | address of the form through the blueprint
good bank/services/remote.py:21 ssrf/request | scheme and host are compared
bad bank/services/remote.py:26 ssrf/request | address that a customer stored
good bank/services/remote.py:30 ssrf/request | constant host
good bank/services/remote.py:39 request/no-timeout | has a limit
bad bank/services/remote.py:44 tls/unverified | any host key is taken
good bank/services/remote.py:50 tls/unverified | an authority of its own
bad bank/services/importing.py:14 deserialize/untrusted | pickle of the request
bad bank/services/importing.py:18 deserialize/untrusted | yaml that makes objects
good bank/services/importing.py:22 deserialize/untrusted | the safe loader
good bank/services/importing.py:26 deserialize/untrusted | JSON
bad bank/services/importing.py:31 xml/external-entity | parser that resolves entities
good bank/services/importing.py:36 xml/external-entity | entities stay
bad bank/services/importing.py:40 regex/redos | nested repetition over a line of the request
good bank/services/importing.py:44 regex/redos | one class
bad bank/services/importing.py:48 xpath/injection | name of the request in the expression
good bank/services/importing.py:52 xpath/injection | a variable
bad bank/services/mail.py:10 mail/injection | subject of the form in the header
good bank/services/mail.py:19 mail/injection | EmailMessage refuses line breaks
bad bank/blueprints/auth.py:38 log/injection | name of the form as it is
good bank/blueprints/auth.py:39 log/injection | repr has no line breaks
good bank/blueprints/auth.py:42 trust/boundary | role of the row
bad bank/blueprints/auth.py:43 redirect/open | target of the query, two functions away
bad bank/blueprints/auth.py:52 cookie/flags | neither secure nor httponly
good bank/blueprints/auth.py:53 cookie/flags | has its flags
good bank/blueprints/auth.py:59 redirect/open | neither scheme nor host, one slash
good bank/blueprints/auth.py:64 redirect/open | constant path and a number
good bank/blueprints/auth.py:72 trust/boundary | compared with a list
bad bank/blueprints/auth.py:73 trust/boundary | limit as it came
bad bank/blueprints/accounts.py:44 xss/reflected | search text in markup
good bank/blueprints/accounts.py:45 xss/reflected | escaped
good bank/blueprints/accounts.py:52 xss/reflected | plain text with nosniff
bad bank/blueprints/accounts.py:58 regex/injection | pattern of the query
good bank/blueprints/accounts.py:66 regex/injection | escaped
bad bank/blueprints/accounts.py:75 xss/stored | text of the comment is not escaped
good bank/blueprints/accounts.py:82 xss/stored | Markup.format escapes
bad bank/blueprints/accounts.py:97 template/injection | greeting in the text of the template
good bank/blueprints/accounts.py:103 template/injection | constant template
bad bank/blueprints/transfers.py:27 object/mass-assignment | every field of the body, approved among them
good bank/blueprints/transfers.py:39 object/mass-assignment | two names of the code
bad bank/blueprints/transfers.py:47 code/injection | without builtins, and still code
good bank/blueprints/transfers.py:53 code/injection | literals only
good bank/blueprints/documents.py:28 path/traversal | refuses to leave the folder
bad bank/blueprints/documents.py:35 path/traversal | name of the query
bad bank/blueprints/documents.py:55 upload/unchecked path/traversal | name as it came
good bank/blueprints/documents.py:66 upload/unchecked | own name, ending of a list
good bank/blueprints/documents.py:66 path/traversal | own name
good bank/blueprints/admin.py:41 csv/injection | cells are guarded
bad bank/blueprints/admin.py:52 csv/injection | names that customers chose
good bank/blueprints/admin.py:63 code/reflection | out of a dictionary
bad bank/blueprints/admin.py:69 code/reflection | any name of the module
bad bank/blueprints/admin.py:76 command/injection | name in a shell text
good bank/blueprints/admin.py:82 command/injection | quoted
good bank/blueprints/api.py:24 error/leak | constant text
bad bank/blueprints/api.py:48 error/leak | traceback in the answer
good bank/templates/auth/login.html:3 xss/template | escaped
bad bank/templates/accounts/overview.html:3 xss/template | title of the query
good bank/templates/accounts/overview.html:6 xss/template | escaped
good bank/templates/admin/users.html:3 xss/template | escaped
bad bank/templates/admin/users.html:6 xss/template | name that a customer chose
--- requirements.txt
Flask==3.1.0
Flask-Cors==5.0.0
Flask-Talisman==1.1.0
Flask-WTF==1.2.2
psycopg2-binary==2.9.10
PyJWT==2.10.1
PyYAML==6.0.2
requests==2.32.3
bcrypt==4.2.1
pycryptodome==3.21.0
paramiko==3.5.0
lxml==5.3.0
--- config.py
import os


class Config:
    SECRET_KEY = os.environ["SECRET_KEY"]
    JWT_KEY = "k29dXq7vRmT4bLw8ZsYpH3nC"
    PASSWORD_RESET_TEMPLATE = "auth/reset_password.txt"
    LEDGER_DSN = os.environ.get("LEDGER_DSN", "dbname=ledger")
    USERS_DB = os.environ.get("USERS_DB", "/srv/bank/users.db")
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_SAMESITE = "Lax"
    WTF_CSRF_ENABLED = False
    MAX_CONTENT_LENGTH = 4_000_000
    STATEMENT_DIR = "/srv/bank/statements"
    DOCUMENT_DIR = "/srv/bank/documents"
    PARTNERS = {"visa.example.com", "sepa.example.com"}


class DevelopmentConfig(Config):
    DEBUG = True
--- run.py
import os

from bank import create_app

app = create_app(os.environ.get("BANK_CONFIG", "config.Config"))

if __name__ == "__main__":
    host = os.environ.get("LISTEN", "127.0.0.1")
    app.run(host=host, port=8000, debug=True)
--- bank/__init__.py
from flask import Flask
from flask_cors import CORS
from flask_talisman import Talisman
from flask_wtf import CSRFProtect

from bank import db
from bank.blueprints.accounts import accounts
from bank.blueprints.admin import admin
from bank.blueprints.api import api, partner_api
from bank.blueprints.auth import auth
from bank.blueprints.documents import documents
from bank.blueprints.transfers import transfers


def create_app(settings):
    app = Flask(__name__)
    app.config.from_object(settings)
    Talisman(app, content_security_policy={"default-src": "'self'", "script-src": "'self' 'unsafe-inline'"})
    CORS(api, origins=["https://app.bank.example.com"], supports_credentials=True)
    CORS(partner_api, origins="*", supports_credentials=True)
    CSRFProtect(app)
    app.teardown_appcontext(db.close)
    for blueprint in (auth, accounts, transfers, documents, admin, api, partner_api):
        app.register_blueprint(blueprint)
    return app
--- bank/db.py
import sqlite3

import psycopg2
import psycopg2.extras
from flask import current_app, g


def users():
    if "users" not in g:
        g.users = sqlite3.connect(current_app.config["USERS_DB"])
        g.users.row_factory = sqlite3.Row
    return g.users


def ledger():
    if "ledger" not in g:
        g.ledger = psycopg2.connect(current_app.config["LEDGER_DSN"], cursor_factory=psycopg2.extras.DictCursor)
    return g.ledger


def close(_error=None):
    for name in ("users", "ledger"):
        connection = g.pop(name, None)
        if connection is not None:
            connection.close()
--- bank/security.py
import functools
import hashlib
import hmac
import random
import secrets

import bcrypt
import jwt
from Crypto.Cipher import AES
from flask import abort, current_app, g, request, session


def hash_password(password):
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=12))


def password_matches(password, stored):
    return bcrypt.checkpw(password.encode(), stored)


def hash_phone_password(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1000).hex()


def hash_teller_password(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000).hex()


def transfer_pin():
    pin = "".join(str(random.randint(0, 9)) for _ in range(6))
    return pin


def reset_token():
    return secrets.token_urlsafe(32)


def demo_balances(count):
    return [random.randint(100, 90_000) for _ in range(count)]


def sign_callback(key, body):
    return hashlib.sha1(key + body).hexdigest()


def sign_statement(key, body):
    return hmac.new(key, body, hashlib.sha256).hexdigest()


def cache_key(text):
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def seal_iban(key, iban):
    block = iban.encode().ljust(48)
    return AES.new(key, AES.MODE_ECB).encrypt(block)


def seal_note(key, note):
    cipher = AES.new(key, AES.MODE_GCM)
    text, tag = cipher.encrypt_and_digest(note.encode())
    return cipher.nonce + tag + text


def bearer():
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


def token_required(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        try:
            g.claims = jwt.decode(bearer(), current_app.config["JWT_KEY"], algorithms=["HS256"])
        except jwt.InvalidTokenError:
            abort(401)
        return view(*args, **kwargs)

    return wrapper


def partner_required(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        g.claims = jwt.decode(bearer(), options={"verify_signature": False})
        return view(*args, **kwargs)

    return wrapper


def login_required(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        if "user_id" not in session:
            abort(401)
        return view(*args, **kwargs)

    return wrapper


def admin_required(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        if session.get("role") != "admin":
            abort(403)
        return view(*args, **kwargs)

    return wrapper
--- bank/repositories/users.py
from bank.db import users


class UserRepository:
    FIELDS = {"name": "name", "mail": "email", "city": "city"}

    def by_name(self, name):
        return users().execute("select * from users where name = ?", (name,)).fetchone()

    def by_credentials(self, name, pin):
        statement = "select * from users where name = '%s' and pin = '%s'" % (name, pin)
        return users().execute(statement).fetchone()

    def by_id(self, user_id):
        return users().execute("select * from users where id = ?", [user_id]).fetchone()

    def rename(self, user_id, name):
        connection = users()
        connection.execute("update users set name = ? where id = ?", (name, user_id))
        connection.commit()

    def listed(self, field):
        column = self.FIELDS.get(field, "name")
        return users().execute(f"select id, name, email, city from users order by {column}").fetchall()

    def matching(self, terms):
        clauses = " and ".join(f"{key} like ?" for key in terms)
        values = [f"%{value}%" for value in terms.values()]
        return users().execute(f"select id, name, city from users where {clauses}", values).fetchall()

    def with_ids(self, ids):
        marks = ",".join("?" for _ in ids)
        return users().execute(f"select id, name from users where id in ({marks})", ids).fetchall()

    def set_field(self, user_id, field, value):
        if field not in self.FIELDS:
            raise ValueError("unknown field")
        connection = users()
        connection.execute(f"update users set {field} = ? where id = ?", (value, user_id))
        connection.commit()
--- bank/repositories/ledger.py
from psycopg2 import sql

from bank.db import ledger, users


class LedgerRepository:
    COLUMNS = ("booked_at", "amount", "counterparty")

    def entries(self, account_id, text):
        with ledger().cursor() as cur:
            cur.execute("select * from entries where account_id = %s and note ilike %s", (account_id, f"%{text}%"))
            return cur.fetchall()

    def sorted_entries(self, account_id, order):
        with ledger().cursor() as cur:
            cur.execute("select * from entries where account_id = %s order by {}".format(order), (account_id,))
            return cur.fetchall()

    def ordered_entries(self, account_id, column):
        if column not in self.COLUMNS:
            column = "booked_at"
        with ledger().cursor() as cur:
            statement = sql.SQL("select * from entries where account_id = %s order by {}").format(sql.Identifier(column))
            cur.execute(statement, (account_id,))
            return cur.fetchall()

    def since(self, account_id, days):
        with ledger().cursor() as cur:
            cur.execute(f"select * from entries where account_id = %s and booked_at > now() - interval '{int(days)} days'", (account_id,))
            return cur.fetchall()

    def activity_of(self, user_id):
        row = users().execute("select name from users where id = ?", (user_id,)).fetchone()
        with ledger().cursor() as cur:
            cur.execute(f"select * from audit where actor = '{row['name']}'")
            return cur.fetchall()

    def comments(self, account_id):
        with ledger().cursor() as cur:
            cur.execute("select author, text from comments where account_id = %s", (account_id,))
            return cur.fetchall()

    def add_comment(self, account_id, author, text):
        connection = ledger()
        with connection.cursor() as cur:
            cur.execute("insert into comments (account_id, author, text) values (%s, %s, %s)", (account_id, author, text))
        connection.commit()

    def callbacks(self, account_id):
        with ledger().cursor() as cur:
            cur.execute("select url from callbacks where account_id = %s", (account_id,))
            return [row["url"] for row in cur.fetchall()]

    def add_callback(self, account_id, url):
        connection = ledger()
        with connection.cursor() as cur:
            cur.execute("insert into callbacks (account_id, url) values (%s, %s)", (account_id, url))
        connection.commit()
--- bank/services/files.py
import os
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path

from flask import current_app


def statement_file(name):
    return os.path.join(current_app.config["STATEMENT_DIR"], name)


def document_file(name):
    folder = os.path.realpath(current_app.config["DOCUMENT_DIR"])
    path = os.path.realpath(os.path.join(folder, name))
    if not path.startswith(folder + os.sep):
        raise ValueError("not a document")
    return path


def read_statement(name):
    cleaned = name.replace("../", "")
    with open(statement_file(cleaned), "rb") as file:
        return file.read()


def read_document(name):
    with open(document_file(name), "rb") as file:
        return file.read()


def remove_document(name):
    folder = Path(current_app.config["DOCUMENT_DIR"]).resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        raise ValueError("not a document")
    path.unlink()


def unpack_documents(stream, customer_id):
    target = os.path.join(current_app.config["DOCUMENT_DIR"], str(int(customer_id)))
    with tarfile.open(fileobj=stream, mode="r:gz") as archive:
        archive.extractall(target, filter="fully_trusted")


def unpack_statements(stream):
    with tarfile.open(fileobj=stream, mode="r:gz") as archive:
        archive.extractall(current_app.config["STATEMENT_DIR"], filter="data")


def list_archive(stream):
    with zipfile.ZipFile(stream) as archive:
        return [entry.filename for entry in archive.infolist()]


def convert(name, style):
    source = document_file(name)
    command = "pandoc --highlight-style=%s -o /srv/bank/out.pdf /srv/bank/in.md" % style
    subprocess.run(command, shell=True, check=True)
    return os.path.getsize(source)


def page_count(name):
    result = subprocess.run(["pdfinfo", document_file(name)], capture_output=True, text=True, check=True)
    return result.stdout


def write_export(text):
    path = tempfile.mktemp(suffix=".csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, 0o640)
    return path


def write_report(text):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
        file.write(text)
    os.chmod(file.name, 0o640)
    return file.name
--- bank/services/remote.py
from urllib.parse import quote, urlsplit

import paramiko
import requests
from flask import current_app

from bank.repositories.ledger import LedgerRepository

repository = LedgerRepository()


def preview(url):
    answer = requests.get(url, timeout=5)
    return answer.headers.get("Content-Type", "")


def partner_status(url):
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname not in current_app.config["PARTNERS"]:
        raise ValueError("not a partner")
    return requests.get(url, timeout=5, allow_redirects=False).status_code


def notify(account_id, event):
    for url in repository.callbacks(account_id):
        requests.post(url, json={"event": event}, timeout=5)


def rate(currency):
    answer = requests.get("https://rates.bank.example.com/v1/" + quote(currency, safe=""), timeout=4)
    return answer.json()


def holidays():
    return requests.get("https://calendar.bank.example.com/holidays", timeout=6).json()


def branch_hours():
    return requests.get("https://calendar.bank.example.com/hours", timeout=6).json()


def mainframe(command):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect("mainframe.bank.example.com", username="batch", timeout=10)
    return client.exec_command(command)


def clearing(batch):
    answer = requests.post("https://clearing.bank.example.com/batch", json=batch, timeout=20, verify="/etc/bank/clearing.pem")
    return answer.status_code
--- bank/services/importing.py
import io
import json
import pickle
import re

import yaml
from lxml import etree

LINE = re.compile(r"^(\s*\w+\s*)+;$")
PLAIN_LINE = re.compile(r"^[\w ;,.-]{1,200}$")


def load_batch(data):
    return pickle.loads(data)


def load_plan(text):
    return yaml.load(text, Loader=yaml.UnsafeLoader)


def load_schedule(text):
    return yaml.safe_load(text)


def load_orders(data):
    return json.loads(data)


def read_sepa(data):
    parser = etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False)
    return etree.parse(io.BytesIO(data), parser).getroot()


def read_camt(data):
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.parse(io.BytesIO(data), parser).getroot()


def valid_line(line):
    return LINE.match(line) is not None


def valid_plain_line(line):
    return PLAIN_LINE.match(line) is not None


def payments_to(root, name):
    return root.xpath(f"//Payment[Creditor='{name}']/Amount/text()")


def payments_from(root, name):
    return root.xpath("//Payment[Debtor=$name]/Amount/text()", name=name)
--- bank/services/mail.py
import smtplib
from email.message import EmailMessage

SENDER = "service@bank.example.com"


def send_question(subject, text):
    message = f"From: {SENDER}\r\nTo: help@bank.example.com\r\nSubject: {subject}\r\n\r\n{text}"
    with smtplib.SMTP("localhost") as server:
        server.sendmail(SENDER, "help@bank.example.com", message)


def send_receipt(subject, text):
    mail = EmailMessage()
    mail["From"], mail["To"] = SENDER, "archive@bank.example.com"
    mail["Subject"] = subject
    mail.set_content(text)
    with smtplib.SMTP("localhost") as server:
        server.send_message(mail)
--- bank/blueprints/auth.py
import logging
from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for

from bank import security
from bank.repositories.users import UserRepository

auth = Blueprint("auth", __name__, url_prefix="/auth")
log = logging.getLogger(__name__)
users = UserRepository()
LANGUAGES = {"en", "de", "es"}


def next_page():
    target = request.args.get("next", "")
    return target or url_for("accounts.overview")


def safe_next_page():
    target = request.args.get("next", "").replace("\\", "/")
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//"):
        return "/"
    return target


@auth.get("/login")
def login_form():
    return render_template("auth/login.html", hint=request.args.get("hint", ""))


@auth.post("/login")
def login():
    name = request.form["name"]
    user = users.by_name(name)
    if user is None or not security.password_matches(request.form["password"], user["password"]):
        log.warning("login failed for %s", name)
        log.info("failed login: %r", name)
        return render_template("auth/login.html", hint="Wrong name or password"), 401
    session["user_id"] = user["id"]
    session["role"] = user["role"]
    return redirect(next_page())


@auth.post("/phone-login")
def phone_login():
    user = users.by_credentials(request.form["name"], request.form["pin"])
    if user is None:
        return {"ok": False}, 401
    answer = make_response({"ok": True})
    answer.set_cookie("session_token", security.reset_token())
    answer.set_cookie("device_session", security.reset_token(), secure=True, httponly=True, samesite="Lax")
    return answer


@auth.get("/continue")
def continue_():
    return redirect(safe_next_page())


@auth.get("/account/<int:account_id>")
def to_account(account_id):
    return redirect(f"/accounts/{account_id}")


@auth.post("/settings")
@security.login_required
def settings():
    language = request.form.get("language", "en")
    if language in LANGUAGES:
        session["language"] = language
    session["limit"] = request.form.get("limit")
    return {"ok": True}


@auth.post("/rename")
@security.login_required
def rename():
    users.rename(session["user_id"], request.form["name"])
    return {"ok": True}
--- bank/blueprints/accounts.py
import re

from flask import Blueprint, Response, render_template, render_template_string, request, session
from markupsafe import Markup, escape

from bank.repositories.ledger import LedgerRepository
from bank.repositories.users import UserRepository
from bank.security import login_required

accounts = Blueprint("accounts", __name__, url_prefix="/accounts")
ledger = LedgerRepository()
users = UserRepository()


@accounts.get("/")
@login_required
def overview():
    entries = ledger.entries(session["user_id"], request.args.get("text", ""))
    return render_template("accounts/overview.html", entries=entries, title=request.args.get("title", "Accounts"))


@accounts.get("/<int:account_id>/entries")
@login_required
def entries(account_id):
    options = {"order": request.args.get("order", "booked_at"), "account": account_id}
    rows = ledger.sorted_entries(options["account"], options["order"])
    return {"entries": [dict(row) for row in rows]}


@accounts.get("/<int:account_id>/recent")
@login_required
def recent(account_id):
    rows = ledger.since(account_id, request.args.get("days", 30))
    rows += ledger.ordered_entries(account_id, request.args.get("column", "amount"))
    return {"entries": [dict(row) for row in rows]}


@accounts.get("/search")
@login_required
def search():
    text = request.args.get("q", "")
    rows = ledger.entries(session["user_id"], text)
    if not rows:
        return f"<p>No entry holds <b>{text}</b>.</p>"
    return f"<p>{len(rows)} entries hold <b>{escape(text)}</b>.</p>"


@accounts.get("/search.txt")
@login_required
def search_text():
    text = "Results for " + request.args.get("q", "")
    return Response(text, mimetype="text/plain", headers={"X-Content-Type-Options": "nosniff"})


@accounts.get("/grep")
@login_required
def grep():
    pattern = re.compile(request.args.get("pattern", ""), re.IGNORECASE)
    found = [row["note"] for row in ledger.entries(session["user_id"], "") if pattern.search(row["note"])]
    return {"found": found}


@accounts.get("/find")
@login_required
def find():
    pattern = re.compile(re.escape(request.args.get("text", "")), re.IGNORECASE)
    found = [row["note"] for row in ledger.entries(session["user_id"], "") if pattern.search(row["note"])]
    return {"found": found}


@accounts.get("/<int:account_id>/comments")
@login_required
def comments(account_id):
    items = [f"<li><b>{escape(row['author'])}</b>: {row['text']}</li>" for row in ledger.comments(account_id)]
    return "<ul>" + "".join(items) + "</ul>"


@accounts.get("/<int:account_id>/notes")
@login_required
def notes(account_id):
    items = [Markup("<li>{}</li>").format(row["text"]) for row in ledger.comments(account_id)]
    return Markup("<ul>{}</ul>").format(Markup("").join(items))


@accounts.post("/<int:account_id>/comments")
@login_required
def comment(account_id):
    ledger.add_comment(account_id, request.form["author"], request.form["text"])
    return {"ok": True}


@accounts.get("/card")
@login_required
def card():
    greeting = request.args.get("greeting", "Dear customer")
    page = "<section><h2>" + greeting + "</h2>{{ user.name }}</section>"
    return render_template_string(page, user=users.by_id(session["user_id"]))


@accounts.get("/badge")
@login_required
def badge():
    return render_template_string("<b>{{ label }}</b>", label=request.args.get("label", ""))


@accounts.get("/activity")
@login_required
def activity():
    return {"activity": [dict(row) for row in ledger.activity_of(session["user_id"])]}
--- bank/blueprints/transfers.py
import ast

from flask import Blueprint, jsonify, request, session

from bank import security
from bank.services import importing, mail, remote

transfers = Blueprint("transfers", __name__, url_prefix="/transfers")


class Draft:
    def __init__(self, owner):
        self.owner = owner
        self.amount = 0
        self.note = ""
        self.approved = False


DRAFTS = {}


@transfers.post("/drafts")
@security.login_required
def create_draft():
    draft = Draft(session["user_id"])
    for key, value in request.get_json().items():
        setattr(draft, key, value)
    DRAFTS[session["user_id"]] = draft
    return {"pin": security.transfer_pin()}


@transfers.put("/drafts")
@security.login_required
def change_draft():
    draft = DRAFTS.setdefault(session["user_id"], Draft(session["user_id"]))
    body = request.get_json()
    for key in ("amount", "note"):
        if key in body:
            setattr(draft, key, body[key])
    return {"ok": True}


@transfers.post("/calculate")
@security.login_required
def calculate():
    formula = request.get_json()["formula"]
    return {"amount": eval(formula, {"__builtins__": {}})}


@transfers.post("/amounts")
@security.login_required
def amounts():
    values = ast.literal_eval(request.get_json()["amounts"])
    return {"total": sum(values)}


@transfers.post("/batch")
@security.login_required
def batch():
    orders = importing.load_batch(request.get_data())
    return {"count": len(orders)}


@transfers.post("/plan")
@security.login_required
def plan():
    steps = importing.load_plan(request.files["plan"].read())
    return {"count": len(steps)}


@transfers.post("/schedule")
@security.login_required
def schedule():
    steps = importing.load_schedule(request.get_data(as_text=True))
    return {"count": len(steps) + len(importing.load_orders(request.args.get("extra", "[]")))}


@transfers.post("/sepa")
@security.login_required
def sepa():
    root = importing.read_sepa(request.get_data())
    return {"amounts": importing.payments_to(root, request.args["creditor"])}


@transfers.post("/camt")
@security.login_required
def camt():
    root = importing.read_camt(request.get_data())
    return {"amounts": importing.payments_from(root, request.args["debtor"])}


@transfers.post("/lines")
@security.login_required
def lines():
    text = request.get_data(as_text=True)
    checks = [importing.valid_line(line) for line in text.split("\n")]
    plain = [importing.valid_plain_line(line) for line in text.split("\n")]
    return jsonify(valid=sum(checks), plain=sum(plain))


@transfers.post("/question")
@security.login_required
def question():
    mail.send_question(request.form["subject"], request.form["text"])
    mail.send_receipt(request.form["subject"], request.form["text"])
    return {"ok": True}


@transfers.get("/rate")
@security.login_required
def rate():
    return remote.rate(request.args["currency"])
--- bank/blueprints/documents.py
import os
import secrets

from flask import Blueprint, Response, abort, request, send_file, send_from_directory

from bank.security import login_required
from bank.services import files, remote

documents = Blueprint("documents", __name__, url_prefix="/documents")
ENDINGS = {".pdf", ".png", ".jpg"}


@documents.get("/statement")
@login_required
def statement():
    return Response(files.read_statement(request.args["name"]), mimetype="application/pdf")


@documents.get("/document")
@login_required
def document():
    return Response(files.read_document(request.args["name"]), mimetype="application/pdf")


@documents.get("/form/<path:name>")
@login_required
def form(name):
    return send_from_directory("/srv/bank/forms", name)


@documents.get("/receipt")
@login_required
def receipt():
    name = request.args.get("name", "")
    return send_file("/srv/bank/receipts/" + name, as_attachment=True)


@documents.get("/tax/<int:year>")
@login_required
def tax(year):
    return send_file(f"/srv/bank/tax/{year}.pdf")


@documents.delete("/document")
@login_required
def delete():
    files.remove_document(request.args["name"])
    return {"ok": True}


@documents.post("/proof")
@login_required
def proof():
    upload = request.files["proof"]
    upload.save(os.path.join("static", "proofs", upload.filename))
    return {"ok": True}


@documents.post("/identity")
@login_required
def identity():
    upload = request.files["identity"]
    ending = os.path.splitext(upload.filename)[1].lower()
    if ending not in ENDINGS:
        abort(400)
    upload.save(os.path.join("/srv/bank/identities", secrets.token_hex(16) + ending))
    return {"ok": True}


@documents.post("/archive")
@login_required
def archive():
    files.unpack_documents(request.files["archive"].stream, request.form["customer"])
    return {"ok": True}


@documents.post("/archive/statements")
@login_required
def archive_statements():
    files.unpack_statements(request.files["archive"].stream)
    return {"names": files.list_archive(request.files["index"].stream)}


@documents.post("/convert")
@login_required
def convert():
    size = files.convert(request.form["name"], request.form["style"])
    return {"size": size, "pages": files.page_count(request.form["name"])}


@documents.post("/preview")
@login_required
def preview():
    return {"type": remote.preview(request.form["url"])}
--- bank/blueprints/admin.py
import csv
import io
import os
import shlex

from flask import Blueprint, Response, abort, render_template, request

from bank import reports
from bank.repositories.users import UserRepository
from bank.security import admin_required
from bank.services import files, remote

admin = Blueprint("admin", __name__, url_prefix="/admin")
users = UserRepository()
REPORTS = {"daily": reports.daily, "weekly": reports.weekly}


def cell(value):
    text = str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


@admin.get("/users")
@admin_required
def list_users():
    return render_template("admin/users.html", users=users.listed(request.args.get("order", "")), filter=request.args.get("filter", ""))


@admin.get("/users/match")
@admin_required
def match_users():
    return {"users": [dict(row) for row in users.matching(request.args.to_dict())]}


@admin.get("/users.csv")
@admin_required
def export_users():
    out = io.StringIO()
    writer = csv.writer(out)
    for row in users.listed("name"):
        writer.writerow([row["id"], cell(row["name"]), cell(row["city"])])
    files.write_report(out.getvalue())
    return Response(out.getvalue(), mimetype="text/csv")


@admin.get("/addresses.csv")
@admin_required
def export_addresses():
    out = io.StringIO()
    writer = csv.writer(out)
    for row in users.listed("city"):
        writer.writerow([row["id"], row["name"], row["city"]])
    files.write_export(out.getvalue())
    return Response(out.getvalue(), mimetype="text/csv")


@admin.post("/report")
@admin_required
def report():
    render = REPORTS.get(request.form["kind"])
    if render is None:
        abort(404)
    return render()


@admin.post("/report/custom")
@admin_required
def custom_report():
    build = getattr(reports, request.form["kind"])
    return build()


@admin.get("/host")
@admin_required
def host():
    return {"code": os.system("host " + request.args["name"])}


@admin.get("/whois")
@admin_required
def whois():
    with os.popen("whois -- " + shlex.quote(request.args["name"])) as output:
        return {"text": output.read()}


@admin.get("/batch")
@admin_required
def batch():
    _in, out, _err = remote.mainframe("show batches")
    return {"output": out.read().decode(), "holidays": remote.holidays(), "hours": remote.branch_hours()}
--- bank/reports.py
import os


def daily():
    return {"kind": "daily", "rows": []}


def weekly():
    return {"kind": "weekly", "rows": []}


def purge():
    for name in os.listdir("/srv/bank/reports"):
        os.unlink(os.path.join("/srv/bank/reports", name))
    return {"kind": "purge"}
--- bank/blueprints/api.py
import logging
import traceback

from flask import Blueprint, g, request

from bank.repositories.ledger import LedgerRepository
from bank.repositories.users import UserRepository
from bank.security import partner_required, token_required
from bank.services import remote

api = Blueprint("api", __name__, url_prefix="/api")
partner_api = Blueprint("partner_api", __name__, url_prefix="/partner")
ledger = LedgerRepository()
users = UserRepository()


@api.get("/entries")
@token_required
def entries():
    try:
        return {"entries": [dict(row) for row in ledger.entries(g.claims["account"], request.args.get("q", ""))]}
    except Exception:
        logging.exception("entries could not be loaded")
        return {"error": "The entries cannot be shown now."}, 500


@api.get("/names")
@token_required
def names():
    ids = [int(part) for part in request.args.get("ids", "0").split(",")]
    return {"names": [row["name"] for row in users.with_ids(ids)]}


@api.patch("/profile")
@token_required
def profile():
    body = request.get_json()
    users.set_field(g.claims["sub"], body["field"], str(body["value"]))
    return {"ok": True}


@partner_api.get("/entries")
@partner_required
def partner_entries():
    try:
        return {"entries": [dict(row) for row in ledger.entries(g.claims["account"], "")]}
    except Exception:
        return {"error": traceback.format_exc()}, 500


@partner_api.post("/callbacks")
@partner_required
def callbacks():
    ledger.add_callback(g.claims["account"], request.get_json()["url"])
    remote.notify(g.claims["account"], "callback.added")
    return {"ok": True}


@partner_api.get("/status")
@partner_required
def status():
    return {"status": remote.partner_status(request.args["url"])}
--- bank/templates/base.html
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{% block title %}Bank{% endblock %}</title></head>
<body>{% block main %}{% endblock %}</body>
</html>
--- bank/templates/auth/login.html
{% extends "base.html" %}
{% block main %}
<p class="hint">{{ hint }}</p>
<form method="post">
  <input name="name"><input name="password" type="password"><button>Sign in</button>
</form>
{% endblock %}
--- bank/templates/accounts/overview.html
{% extends "base.html" %}
{% block main %}
<h1>{{ title|safe }}</h1>
<ul>
{% for entry in entries %}
  <li>{{ entry.booked_at }} {{ entry.note }} {{ entry.amount }}</li>
{% endfor %}
</ul>
{% endblock %}
--- bank/templates/admin/users.html
{% extends "base.html" %}
{% block main %}
<p>Filter: <b>{{ filter|e }}</b></p>
<table>
{% for user in users %}
  <tr><td>{{ user.id }}</td><td>{% autoescape false %}{{ user.name }}{% endautoescape %}</td></tr>
{% endfor %}
</table>
{% endblock %}
