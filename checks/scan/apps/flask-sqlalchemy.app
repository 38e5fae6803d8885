--- labels
good labnotes/__init__.py:21 error/leak | a constant text
good labnotes/__init__.py:27 log/injection | %r escapes line breaks
bad labnotes/__init__.py:30 error/leak | the traceback is sent to the client
bad labnotes/__init__.py:43 cors/wild | each origin is reflected, with credentials
good labnotes/services/archive.py:52 sql/injection | the author is bound and the order is a column of a constant table
bad labnotes/services/archive.py:59 sql/injection | the text and the order of the query string are part of the statement
good labnotes/services/archive.py:65 sql/injection | only question marks are generated, the ids are bound
bad labnotes/services/archive.py:72 sql/injection | the tags of the query string are formatted into the statement
good labnotes/services/archive.py:77 sql/injection | the year is an integer
good labnotes/services/archive.py:82 sql/injection | the script is a file of the application
good labnotes/services/instruments.py:22 ssrf/request | the address is looked up in a constant table
good labnotes/services/instruments.py:22 request/no-timeout | a timeout is given
bad labnotes/services/instruments.py:27 ssrf/request | the address of the form is requested
good labnotes/services/instruments.py:34 ssrf/request | scheme and host are checked against a list and redirects are off
bad labnotes/services/instruments.py:39 ssrf/request | the stored address was chosen by a user
bad labnotes/services/instruments.py:39 request/no-timeout | no timeout is given
bad labnotes/services/instruments.py:44 tls/unverified | the certificate is not verified
good labnotes/services/instruments.py:48 tls/unverified | verified against the own authority
bad labnotes/services/instruments.py:53 command/injection | the title of the form is part of a shell command
good labnotes/services/instruments.py:58 command/injection | a list without a shell, the width is an integer
good labnotes/services/instruments.py:62 command/injection | the name is quoted for the shell
bad labnotes/services/instruments.py:69 command/injection | the hosts of the JSON body are joined into a shell command
good labnotes/services/instruments.py:75 command/injection | a constant command
bad labnotes/services/instruments.py:79 log/injection | the name of the form is logged with its line breaks
good labnotes/services/instruments.py:83 log/injection | line breaks are removed
good labnotes/services/secrets_.py:15 crypto/password-storage | scrypt with a random salt
bad labnotes/services/secrets_.py:19 crypto/password-storage | a password is kept as a fast unsalted hash
bad labnotes/services/secrets_.py:27 crypto/weak-random | the token of a shared link is made by the random module
good labnotes/services/secrets_.py:31 crypto/weak-random | the secrets module
good labnotes/services/secrets_.py:35 crypto/weak-random | sample data for a plot
bad labnotes/services/secrets_.py:40 crypto/weak-hash | links are signed with MD5 over key and path
good labnotes/services/secrets_.py:45 crypto/weak-hash | HMAC with SHA-256
good labnotes/services/secrets_.py:49 crypto/weak-hash | declared as not used for security, a key of a cache
bad labnotes/services/secrets_.py:53 crypto/weak-cipher | RC4
good labnotes/services/secrets_.py:57 crypto/weak-cipher | AES-GCM with a random nonce
bad labnotes/services/secrets_.py:63 jwt/unverified | the signature is not verified
good labnotes/services/secrets_.py:67 jwt/unverified | verified with key and algorithm
bad labnotes/settings.py:3 secret/hard-coded | the key of the session signature is a literal
good labnotes/settings.py:4 secret/hard-coded | read from the environment
good labnotes/settings.py:7 cookie/flags | scripts cannot read the session cookie
bad labnotes/settings.py:8 cookie/flags | the session cookie also goes over plain HTTP
bad labnotes/settings.py:10 csrf/off | the CSRF protection of the forms is off
good labnotes/settings.py:11 limits/unbounded-body | request bodies are limited to 16 MB
good labnotes/settings.py:13 secret/hard-coded | the name of a form field
bad labnotes/templates/experiment.html:3 xss/template | the flash parameter of the address is written raw
good labnotes/templates/experiment.html:5 xss/template | escaped output
bad labnotes/templates/experiment.html:7 xss/template xss/autoescape-off | stored notes are written in a block without escaping
good labnotes/templates/experiment.html:9 xss/template | tojson is safe within a script element
good labnotes/templates/experiments.html:6 xss/template | stored titles are escaped
good labnotes/templates/login.html:5 xss/template | escaped in a quoted attribute
good labnotes/views/auth.py:26 redirect/open | a route of the own application
good labnotes/views/auth.py:42 sql/injection | filter_by binds the value
bad labnotes/views/auth.py:44 log/injection | the e-mail field is logged with its line breaks
good labnotes/views/auth.py:46 trust/boundary | the id comes from the database after the check
bad labnotes/views/auth.py:47 redirect/open | the target of the form is followed
good labnotes/views/auth.py:54 redirect/open | only local paths pass the check
bad labnotes/views/auth.py:61 sql/injection | the e-mail and the group are formatted into the statement
good labnotes/views/auth.py:71 sql/injection | a bound parameter
bad labnotes/views/auth.py:78 object/mass-assignment | every column can be set by the JSON body, is_admin too
good labnotes/views/auth.py:91 object/mass-assignment | only two attributes are allowed
good labnotes/views/auth.py:99 object/mass-assignment | named fields
good labnotes/views/auth.py:103 cookie/flags | all the flags are set
bad labnotes/views/auth.py:110 trust/boundary | a right in the session is set from the form
bad labnotes/views/auth.py:119 ldap/injection | the uid is not escaped
good labnotes/views/auth.py:128 ldap/injection | the uid is escaped for a filter
bad labnotes/views/auth.py:139 mail/injection | sender and subject get into the header block with their line breaks
good labnotes/views/auth.py:151 mail/injection | EmailMessage refuses line breaks in a header
good labnotes/views/experiments.py:22 sql/injection | the column object is looked up in a constant table
bad labnotes/views/experiments.py:30 sql/injection | the sort column is raw text of the query string
good labnotes/views/experiments.py:37 sql/injection | ilike binds the pattern
good labnotes/views/experiments.py:38 xss/reflected | Markup escapes the operands of %
bad labnotes/views/experiments.py:67 sql/injection | the state of the path is put between quotes
good labnotes/views/experiments.py:75 sql/injection | only three constant words can be in the list
good labnotes/views/experiments.py:82 sql/injection | the key is parsed to a UUID
good labnotes/views/experiments.py:90 xss/stored | stored states are escaped and the rest are numbers
bad labnotes/views/experiments.py:99 xss/stored | the stored notes are written without escaping
bad labnotes/views/experiments.py:111 xss/reflected | the name is sent back as HTML
good labnotes/views/experiments.py:117 xss/reflected | the name is escaped
bad labnotes/views/experiments.py:124 template/injection | the name is part of the template source
good labnotes/views/experiments.py:129 template/injection | a constant template, the name is data
good labnotes/views/experiments.py:136 object/mass-assignment | named fields
bad labnotes/views/experiments.py:147 object/mass-assignment | any attribute of the model can be set by the body
bad labnotes/views/experiments.py:168 csv/injection | stored titles may start with a formula
good labnotes/views/experiments.py:178 csv/injection | formula characters get an apostrophe
bad labnotes/views/files.py:23 path/traversal | folder and name are joined without a check
good labnotes/views/files.py:29 path/traversal | the resolved path must lie below the upload directory
good labnotes/views/files.py:34 path/traversal | send_from_directory refuses paths outside
good labnotes/views/files.py:39 path/traversal | the number is an integer
bad labnotes/views/files.py:48 path/traversal | the names of the body choose the files to delete
bad labnotes/views/files.py:57 upload/unchecked path/traversal | the upload is stored under its own name in the static directory
good labnotes/views/files.py:69 upload/unchecked | the extension is allow-listed and the name generated
good labnotes/views/files.py:69 path/traversal | a generated name
bad labnotes/views/files.py:78 archive/zip-slip | members of an uploaded tar are extracted without a filter
good labnotes/views/files.py:87 archive/zip-slip | the data filter refuses members outside
bad labnotes/views/files.py:97 archive/zip-slip path/traversal | the names of the zip entries are joined without a check
bad labnotes/views/files.py:105 deserialize/untrusted | an uploaded pickle is loaded
bad labnotes/views/files.py:112 deserialize/untrusted | the unsafe loader makes any object
good labnotes/views/files.py:119 deserialize/untrusted | the safe loader
good labnotes/views/files.py:126 deserialize/untrusted | a file that is shipped with the application
bad labnotes/views/files.py:132 file/temp | mktemp leaves a race between name and file
bad labnotes/views/files.py:135 file/permissions | everybody may change the file
good labnotes/views/files.py:142 file/temp | created safely with a random name
good labnotes/views/files.py:144 file/permissions | owner only
bad labnotes/views/tools.py:18 xss/autoescape-off | the environment renders HTML pages without escaping
good labnotes/views/tools.py:19 xss/autoescape-off | escaping is on
bad labnotes/views/tools.py:30 xss/reflected xss/template | rendered by the environment that does not escape
good labnotes/views/tools.py:35 xss/reflected | rendered by the environment that escapes
bad labnotes/views/tools.py:43 code/injection | eval of the form field, removing builtins is no sandbox
good labnotes/views/tools.py:49 code/injection | literal_eval makes literals only
good labnotes/views/tools.py:56 code/reflection | the function is looked up in a constant table
bad labnotes/views/tools.py:63 code/reflection | the body chooses the module that is imported
good labnotes/views/tools.py:72 code/reflection | one of two constant names
good labnotes/views/tools.py:111 error/leak | a constant message
bad labnotes/views/tools.py:131 xml/external-entity | entities of the body are resolved
bad labnotes/views/tools.py:133 xpath/injection | the name is put into the expression
good labnotes/views/tools.py:140 xml/external-entity | defusedxml refuses entities
good labnotes/views/tools.py:148 xml/external-entity | entities are not resolved
good labnotes/views/tools.py:149 xpath/injection | a variable of the expression
bad labnotes/views/tools.py:156 regex/injection | the pattern of the query string is compiled
good labnotes/views/tools.py:163 regex/injection | the word is escaped
bad wsgi.py:6 config/debug | the debugger of Werkzeug is switched on
bad wsgi.py:6 config/bind-all | the server is bound to every interface
--- labnotes/__init__.py
import logging

from flask import Flask, jsonify, request

from . import settings
from .models import db
from .views import auth, experiments, files, tools


def create_app(config=None):
    app = Flask(__name__)
    app.config.from_object(settings)
    app.config.update(config or {})
    db.init_app(app)

    for module, prefix in ((auth, "/auth"), (experiments, "/experiments"), (files, "/files"), (tools, "/tools")):
        app.register_blueprint(module.bp, url_prefix=prefix)

    @app.errorhandler(404)
    def not_found(_error):
        return jsonify(error="not found"), 404

    @app.errorhandler(500)
    def failed(error):
        import traceback

        app.logger.error("request failed: %r", request.path)
        original = getattr(error, "original_exception", error)
        details = "".join(traceback.format_exception(original))
        return jsonify(error=str(original), details=details), 500

    @app.after_request
    def harden(response):
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Content-Security-Policy"] = "default-src 'self'"
        return response

    @app.after_request
    def allow_origin(response):
        origin = request.headers.get("Origin")
        if origin:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Credentials"] = "true"
        return response

    logging.basicConfig(level=logging.INFO)
    return app
--- labnotes/models.py
from datetime import datetime

from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Member(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(120), unique=True, nullable=False)
    name = db.Column(db.String(80))
    password = db.Column(db.String(200))
    is_admin = db.Column(db.Boolean, default=False)
    group = db.Column(db.String(40))


class Experiment(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(200))
    notes = db.Column(db.Text, default="")
    state = db.Column(db.String(20), default="draft")
    instrument_url = db.Column(db.String(300))
    owner_id = db.Column(db.Integer, db.ForeignKey("member.id"))
    created = db.Column(db.DateTime, default=datetime.utcnow)

    owner = db.relationship(Member)

    def to_dict(self):
        return {c.name: getattr(self, c.name) for c in self.__table__.columns}
--- labnotes/services/__init__.py
--- labnotes/services/archive.py
"""Access to the old notes, which live in a SQLite file of their own."""
import sqlite3
from contextlib import contextmanager

from flask import current_app

COLUMNS = {"title": "title", "year": "year", "author": "author_name"}


@contextmanager
def connection():
    conn = sqlite3.connect(current_app.config["ARCHIVE_DB"])
    conn.row_factory = sqlite3.Row
    try:
        yield conn
    finally:
        conn.close()


class Select:
    def __init__(self, table):
        self.table = table
        self._where = []
        self._params = []
        self._order = None

    def eq(self, column, value):
        self._where.append(f"{column} = ?")
        self._params.append(value)
        return self

    def having(self, text):
        self._where.append(text)
        return self

    def order(self, column):
        self._order = column
        return self

    def build(self):
        sql = "SELECT * FROM " + self.table
        if self._where:
            sql += " WHERE " + " AND ".join(self._where)
        if self._order:
            sql += " ORDER BY " + self._order
        return sql, tuple(self._params)


def rows_by_author(author, order="title"):
    sql, params = Select("notes").eq("author_name", author).order(COLUMNS.get(order, "title")).build()
    with connection() as conn:
        return [dict(r) for r in conn.execute(sql, params)]


def rows_matching(text, order="title"):
    query = Select("notes").having("title LIKE '%" + text + "%'").order(order)
    sql, params = query.build()
    with connection() as conn:
        return [dict(r) for r in conn.execute(sql, params)]


def rows_in(ids):
    marks = ", ".join("?" for _ in ids)
    with connection() as conn:
        return conn.execute(f"SELECT id, title FROM notes WHERE id IN ({marks})", list(ids)).fetchall()


def rows_tagged(tags):
    clauses = ["tags LIKE '%{}%'".format(tag) for tag in tags]
    statement = "SELECT id, title FROM notes WHERE %s" % " OR ".join(clauses)
    with connection() as conn:
        return conn.execute(statement).fetchall()


def count_year(year):
    with connection() as conn:
        return conn.execute("SELECT COUNT(*) FROM notes WHERE year = %d" % int(year)).fetchone()[0]


def load_script(path="schema.sql"):
    with connection() as conn, current_app.open_resource("schema.sql") as script:
        conn.executescript(script.read().decode())
--- labnotes/services/instruments.py
import logging
import shlex
import subprocess
from functools import lru_cache
from urllib.parse import urlsplit

import requests

log = logging.getLogger(__name__)

INSTRUMENTS = {
    "spectrometer": "http://10.2.0.11/status",
    "furnace": "http://10.2.0.12/status",
}
ALLOWED_HOSTS = frozenset({"data.lab.example", "mirror.lab.example"})


def status(name):
    url = INSTRUMENTS.get(name)
    if url is None:
        return None
    return requests.get(url, timeout=3).json()


def fetch_dataset(url, **options):
    params = {"timeout": 10, "stream": True, **options}
    return requests.get(url, **params).content


def fetch_listed(url):
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname not in ALLOWED_HOSTS:
        raise ValueError("host not allowed")
    return requests.get(url, timeout=10, allow_redirects=False).content


def readings(experiment):
    session = requests.Session()
    response = session.get(experiment.instrument_url)
    return response.json()


def push(payload):
    return requests.post("https://lims.lab.example/api", json=payload, timeout=5, verify=False)


def push_checked(payload):
    return requests.post("https://lims.lab.example/api", json=payload, timeout=5, verify="/etc/ssl/lab-ca.pem")


def plot(source, title, fmt="png"):
    command = f"gnuplot -e \"set terminal {fmt}; set title '{title}'\" {shlex.quote(source)}"
    return subprocess.run(command, shell=True, capture_output=True, timeout=30).stdout


def plot_list(source, width):
    argv = ["gnuplot", "-e", f"set terminal png size {int(width)},400", "--", source]
    return subprocess.run(argv, capture_output=True, timeout=30, check=False).stdout


def checksum(name):
    return subprocess.check_output("sha256sum " + shlex.quote(name), shell=True, cwd="/srv/data")


def ping(hosts):
    results = {}
    for host in hosts:
        line = " ".join(["ping", "-c", "1", host])
        results[host] = subprocess.call(line, shell=True)
    return results


@lru_cache(maxsize=32)
def version(tool="gnuplot"):
    return subprocess.getoutput("gnuplot --version")


def note_failure(name, reason):
    log.warning("instrument %s failed: %s" % (name, reason))


def note_success(name):
    log.info("instrument %s ok", name.replace("\r", "").replace("\n", " "))
--- labnotes/services/paths.py
import os
from pathlib import Path

from flask import abort, current_app


def root():
    return Path(current_app.config["UPLOAD_DIR"]).resolve()


def below(name):
    target = (root() / name).resolve()
    if not target.is_relative_to(root()):
        abort(404)
    return target


def joined(*parts):
    return os.path.join(current_app.config["UPLOAD_DIR"], *[p for p in parts if p])
--- labnotes/services/secrets_.py
import hashlib
import hmac
import random
import secrets
import string

import jwt
from Crypto.Cipher import AES, ARC4
from Crypto.Random import get_random_bytes
from flask import current_app
from werkzeug.security import check_password_hash, generate_password_hash


def store_password(plain):
    return generate_password_hash(plain)


def store_guest_password(plain):
    return hashlib.sha256(plain.encode()).hexdigest()


def matches(stored, plain):
    return check_password_hash(stored, plain)


def share_token(length=24):
    return "".join(random.choice(string.ascii_letters) for _ in range(length))


def invite_token():
    return secrets.token_urlsafe(24)


def demo_series(n):
    return [random.gauss(0, 1) for _ in range(n)]


def sign_link(path):
    key = current_app.config["SECRET_KEY"]
    return hashlib.md5((key + path).encode()).hexdigest()


def sign_link_hmac(path):
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, path.encode(), hashlib.sha256).hexdigest()


def cache_key(text):
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def seal(data, key):
    return ARC4.new(key).encrypt(data)


def seal_gcm(data, key):
    cipher = AES.new(key, AES.MODE_GCM, nonce=get_random_bytes(12))
    body, tag = cipher.encrypt_and_digest(data)
    return cipher.nonce + tag + body


def claims_of(token):
    return jwt.decode(token, options={"verify_signature": False})


def checked_claims(token):
    return jwt.decode(token, current_app.config["JWT_KEY"], algorithms=["HS256"])
--- labnotes/settings.py
import os

SECRET_KEY = "lab-7d1f0c93e2b84a5f-notes"
JWT_KEY = os.environ.get("LABNOTES_JWT_KEY")

SQLALCHEMY_DATABASE_URI = os.environ.get("LABNOTES_DB", "sqlite:///labnotes.db")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_SAMESITE = "Lax"
WTF_CSRF_ENABLED = False
MAX_CONTENT_LENGTH = 16 * 1024 * 1024

PASSWORD_FIELD = "password"
UPLOAD_DIR = os.environ.get("LABNOTES_UPLOADS", "/var/lib/labnotes/uploads")
ARCHIVE_DB = os.environ.get("LABNOTES_ARCHIVE", "/var/lib/labnotes/archive.sqlite")
--- labnotes/templates/experiment.html
<!doctype html>
<title>Experiment</title>
{% if flash %}<p class="flash">{{ flash|safe }}</p>{% endif %}
<h1>{{ item.title }}</h1>
<div>{{ item.notes | striptags | truncate(400) }}</div>
{% autoescape false %}
<section>{{ item.notes }}</section>
{% endautoescape %}
<script>var item = {{ item.to_dict() | tojson }};</script>
--- labnotes/templates/experiments.html
<!doctype html>
<title>Experiments</title>
<h1>{{ heading }}</h1>
<ul>
{% for item in items %}
  <li><a href="{{ url_for('experiments.show', ident=item.id) }}">{{ item.title }}</a></li>
{% endfor %}
</ul>
--- labnotes/templates/login.html
<!doctype html>
<title>Log in</title>
{% if error %}<p>Wrong e-mail or password</p>{% endif %}
<form method="post">
  <input type="hidden" name="next" value="{{ next }}">
  <input name="email"> <input name="password" type="password">
  <button>Log in</button>
</form>
--- labnotes/views/__init__.py
--- labnotes/views/auth.py
import functools
import logging
import smtplib
from email.message import EmailMessage
from urllib.parse import urlsplit

import ldap3
from flask import Blueprint, g, make_response, redirect, render_template, request, session, url_for
from ldap3.utils.conv import escape_filter_chars
from sqlalchemy import text

from ..models import Member, db
from ..services import secrets_

bp = Blueprint("auth", __name__)
log = logging.getLogger("labnotes.auth")
BASE = "ou=staff,dc=lab,dc=example"


def login_required(view):
    @functools.wraps(view)
    def wrapped(*args, **kwargs):
        member_id = session.get("member")
        g.member = db.session.get(Member, member_id) if member_id else None
        if g.member is None:
            return redirect(url_for("auth.login"))
        return view(*args, **kwargs)

    return wrapped


def is_local(target):
    parts = urlsplit(target.replace("\\", "/"))
    return not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith("//")


@bp.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "GET":
        return render_template("login.html", next=request.args.get("next", ""))
    form = request.form.to_dict()
    member = Member.query.filter_by(email=form.get("email")).first()
    if member is None or not secrets_.matches(member.password, form.get("password", "")):
        log.info(f"login failed: {form.get('email')}")
        return render_template("login.html", error=True), 401
    session["member"] = member.id
    return redirect(form.get("next") or "/")


@bp.route("/leave")
def leave():
    session.clear()
    target = request.args.get("next", "/")
    return redirect(target if is_local(target) else "/")


@bp.route("/legacy-login", methods=["POST"])
def legacy_login():
    email, group = (request.form.get(k, "") for k in ("email", "group"))
    sql = "SELECT id FROM member WHERE email = '{e}' AND \"group\" = '{g}'".format(e=email, g=group)
    row = db.session.execute(text(sql)).first()
    if row is None:
        return "", 401
    session["member"] = row.id
    return redirect(url_for("experiments.index"))


@bp.route("/lookup")
def lookup():
    statement = text("SELECT id, name FROM member WHERE email = :email")
    row = db.session.execute(statement, {"email": request.args.get("email")}).first()
    return {"known": row is not None}


@bp.route("/register", methods=["POST"])
def register():
    data = request.get_json()
    member = Member(**data)
    member.password = secrets_.store_password(data["password"])
    db.session.add(member)
    db.session.commit()
    return {"id": member.id}, 201


@bp.route("/me", methods=["PATCH"])
@login_required
def update_me():
    allowed = {"name", "group"}
    for key, value in request.get_json().items():
        if key in allowed:
            setattr(g.member, key, value)
    db.session.commit()
    return "", 204


@bp.route("/guest", methods=["POST"])
def guest():
    form = request.form
    member = Member(email=form["email"], name=form["name"], password=secrets_.store_guest_password(form["password"]))
    db.session.add(member)
    db.session.commit()
    response = make_response({"id": member.id})
    response.set_cookie("guest", secrets_.invite_token(), httponly=True, secure=True, samesite="Lax")
    return response


@bp.route("/group", methods=["POST"])
@login_required
def group():
    session["is_admin"] = request.form.get("is_admin")
    return "", 204


@bp.route("/directory")
@login_required
def directory():
    uid = request.args.get("uid", "*")
    conn = ldap3.Connection(ldap3.Server("ldaps://dir.lab.example"), auto_bind=True)
    conn.search(BASE, "(&(objectClass=person)(uid=%s))" % uid, attributes=["cn"])
    return {"names": [str(e.cn) for e in conn.entries]}


@bp.route("/directory/exact")
@login_required
def directory_exact():
    uid = escape_filter_chars(request.args.get("uid", ""))
    conn = ldap3.Connection(ldap3.Server("ldaps://dir.lab.example"), auto_bind=True)
    conn.search(BASE, f"(uid={uid})", attributes=["cn"])
    return {"names": [str(e.cn) for e in conn.entries]}


@bp.route("/contact", methods=["POST"])
def contact():
    subject = request.form["subject"]
    message = "From: {0}\r\nTo: desk@lab.example\r\nSubject: {1}\r\n\r\n{2}".format(
        request.form["from"], subject, request.form["text"]
    )
    with smtplib.SMTP("localhost", timeout=5) as smtp:
        smtp.sendmail("web@lab.example", ["desk@lab.example"], message)
    return "", 204


@bp.route("/feedback", methods=["POST"])
def feedback():
    message = EmailMessage()
    message["From"] = "web@lab.example"
    message["To"] = "desk@lab.example"
    message["Subject"] = request.form["subject"]
    message.set_content(request.form["text"])
    with smtplib.SMTP("localhost", timeout=5) as smtp:
        smtp.send_message(message)
    return "", 204


@bp.route("/api-claims")
def api_claims():
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    trusted = request.args.get("strict") == "1"
    return secrets_.checked_claims(token) if trusted else secrets_.claims_of(token)
--- labnotes/views/experiments.py
import csv
import io
import uuid

from flask import Blueprint, Response, g, render_template, render_template_string, request
from markupsafe import Markup, escape
from sqlalchemy import desc, func, text

from ..models import Experiment, db
from ..services import archive
from .auth import login_required

bp = Blueprint("experiments", __name__)

SORTABLE = {"title": Experiment.title, "created": Experiment.created}


@bp.get("/")
@login_required
def index():
    order = SORTABLE.get(request.args.get("sort"), Experiment.created)
    items = Experiment.query.order_by(desc(order)).all()
    return render_template("experiments.html", items=items, heading="Experiments")


@bp.get("/sorted")
@login_required
def sorted_list():
    column = request.args.get("sort", default="created")
    items = Experiment.query.order_by(text(f"{column} DESC")).all()
    return {"items": [i.to_dict() for i in items]}


@bp.get("/search")
def search():
    term = request.args.get("q", "")
    items = Experiment.query.filter(Experiment.title.ilike(f"%{term}%")).all()
    heading = Markup("Results for <i>%s</i>") % term
    return render_template("experiments.html", items=items, heading=heading)


@bp.get("/search/old")
def search_old():
    return {"rows": archive.rows_matching(request.args.get("q", ""), order=request.args.get("order", "title"))}


@bp.get("/author/<author>")
def by_author(author):
    return {"rows": archive.rows_by_author(author, request.args.get("order"))}


@bp.get("/tagged")
def tagged():
    return {"rows": [tuple(r) for r in archive.rows_tagged(request.args.getlist("tag"))]}


@bp.get("/some")
def some():
    ids = [i for i in request.args.get("ids", "").split(",") if i]
    return {"rows": [tuple(r) for r in archive.rows_in(ids)], "year": archive.count_year(request.args.get("year", 0))}


@bp.get("/state/<state>")
def by_state(state):
    where = {"state": state}
    clause = " AND ".join(f"{k} = '{v}'" for k, v in where.items())
    rows = db.session.execute(text("SELECT id, title FROM experiment WHERE " + clause))
    return {"rows": [dict(r._mapping) for r in rows]}


@bp.get("/count")
def count():
    states = {s for s in request.args.getlist("state") if s in ("draft", "open", "closed")}
    listed = ", ".join(f"'{s}'" for s in sorted(states)) or "''"
    n = db.session.execute(text(f"SELECT COUNT(*) FROM experiment WHERE state IN ({listed})")).scalar()
    return {"count": n}


@bp.get("/by-key/<key>")
def by_key(key):
    ident = uuid.UUID(key)
    row = db.session.execute(text(f"SELECT id FROM experiment WHERE public_key = '{ident}'")).first()
    return {"found": row is not None}


@bp.get("/stats")
def stats():
    rows = db.session.query(Experiment.state, func.count()).group_by(Experiment.state)
    body = "".join(f"<tr><td>{escape(s)}</td><td>{n}</td></tr>" for s, n in rows)
    return f"<table>{body}</table>"


@bp.get("/<int:ident>/print")
def printable(ident):
    item = db.get_or_404(Experiment, ident)
    parts = ["<h1>", str(escape(item.title)), "</h1><div>"]
    parts.append(item.notes)
    parts.append("</div>")
    return "".join(parts)


@bp.get("/<int:ident>")
def show(ident):
    item = db.get_or_404(Experiment, ident)
    return render_template("experiment.html", item=item, flash=request.args.get("flash", ""))


@bp.get("/missing")
def missing():
    name = request.args.get("name", "it")
    return "<p>We could not find " + name + "</p>", 404


@bp.get("/gone")
def gone():
    name = escape(request.args.get("name", "it"))
    return f"<p>{name} has been archived</p>", 410


@bp.get("/hello")
def hello():
    greeting = request.args.get("name", "colleague")
    template = "<h1>Hello %s</h1><p>{{ today }}</p>" % greeting
    return render_template_string(template, today="today")


@bp.get("/welcome")
def welcome():
    return render_template_string("<h1>Hello {{ name }}</h1>", name=request.args.get("name"))


@bp.post("/")
@login_required
def create():
    data = request.get_json()
    item = Experiment(title=data["title"], notes=data.get("notes", ""), owner_id=g.member.id)
    db.session.add(item)
    db.session.commit()
    return item.to_dict(), 201


@bp.put("/<int:ident>")
@login_required
def update(ident):
    item = db.get_or_404(Experiment, ident)
    for key, value in request.get_json().items():
        setattr(item, key, value)
    db.session.commit()
    return item.to_dict()


def cells(item):
    for value in (item.id, item.title, item.notes):
        yield value


def plain_cell(value):
    value = str(value)
    return "'" + value if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


@bp.get("/export.csv")
@login_required
def export():
    out = io.StringIO()
    writer = csv.writer(out)
    for item in Experiment.query:
        writer.writerow(list(cells(item)))
    return Response(out.getvalue(), mimetype="text/csv")


@bp.get("/export-plain.csv")
@login_required
def export_plain():
    out = io.StringIO()
    writer = csv.writer(out)
    for item in Experiment.query:
        writer.writerow([plain_cell(c) for c in cells(item)])
    return Response(out.getvalue(), mimetype="text/csv")
--- labnotes/views/files.py
import os
import pickle
import tarfile
import tempfile
import uuid
import zipfile

import yaml
from flask import Blueprint, Response, current_app, request, send_file, send_from_directory
from werkzeug.utils import secure_filename

from ..services import paths
from .auth import login_required

bp = Blueprint("files", __name__)

EXTENSIONS = {".csv", ".txt", ".png"}


@bp.get("/raw")
def raw():
    name, folder = request.args["name"], request.args.get("folder")
    with open(paths.joined(folder, name), "rb") as handle:
        return Response(handle.read(), mimetype="application/octet-stream")


@bp.get("/checked")
def checked():
    return send_file(paths.below(request.args["name"]))


@bp.get("/plain/<path:name>")
def plain(name):
    return send_from_directory(current_app.config["UPLOAD_DIR"], name)


@bp.get("/log/<int:number>")
def log_file(number):
    with open("/var/log/labnotes/run-%d.log" % number) as handle:
        return Response(handle.read(), mimetype="text/plain")


@bp.delete("/")
@login_required
def delete():
    removed = 0
    for path in map(lambda n: os.path.join(current_app.config["UPLOAD_DIR"], n), request.get_json()["names"]):
        os.remove(path)
        removed += 1
    return {"removed": removed}


@bp.post("/any")
@login_required
def upload_any():
    upload = request.files["file"]
    upload.save(os.path.join(current_app.static_folder, upload.filename))
    return {"name": upload.filename}


@bp.post("/data")
@login_required
def upload_data():
    upload = request.files["file"]
    extension = os.path.splitext(secure_filename(upload.filename))[1].lower()
    if extension not in EXTENSIONS:
        return {"error": "type not allowed"}, 415
    name = uuid.uuid4().hex + extension
    upload.save(paths.root() / name)
    return {"name": name}


@bp.post("/bundle")
@login_required
def bundle():
    upload = request.files["bundle"]
    with tarfile.open(fileobj=upload.stream) as tar:
        tar.extractall(paths.root())
    return "", 201


@bp.post("/bundle/strict")
@login_required
def bundle_strict():
    upload = request.files["bundle"]
    with tarfile.open(fileobj=upload.stream) as tar:
        tar.extractall(paths.root(), filter="data")
    return "", 201


@bp.post("/zip")
@login_required
def unzip():
    with zipfile.ZipFile(request.files["zip"]) as archive:
        for info in archive.infolist():
            target = paths.joined(info.filename)
            with open(target, "wb") as out:
                out.write(archive.read(info))
    return "", 201


@bp.post("/notebook")
@login_required
def notebook():
    state = pickle.loads(request.files["state"].read())
    return {"cells": len(state)}


@bp.post("/protocol")
@login_required
def protocol():
    document = yaml.load(request.get_data(as_text=True), Loader=yaml.UnsafeLoader)
    return {"steps": len(document)}


@bp.post("/protocol/plain")
@login_required
def protocol_plain():
    document = yaml.load(request.data, Loader=yaml.SafeLoader)
    return {"steps": len(document or [])}


@bp.get("/defaults")
def defaults():
    with open(os.path.join(current_app.root_path, "defaults.pickle"), "rb") as handle:
        return {"defaults": len(pickle.load(handle))}


@bp.post("/scratch")
@login_required
def scratch():
    path = tempfile.mktemp(suffix=".csv")
    with open(path, "wb") as out:
        out.write(request.get_data())
    os.chmod(path, 0o777)
    return {"size": os.path.getsize(path)}


@bp.post("/scratch/private")
@login_required
def scratch_private():
    with tempfile.NamedTemporaryFile(suffix=".csv", delete=False) as out:
        out.write(request.get_data())
    os.chmod(out.name, 0o600)
    return {"size": os.path.getsize(out.name)}
--- labnotes/views/tools.py
import ast
import importlib
import math
import operator
import re

from defusedxml import ElementTree as SafeTree
from flask import Blueprint, jsonify, request
from jinja2 import Environment, select_autoescape
from lxml import etree

from ..models import Experiment
from ..services import instruments, secrets_
from .auth import login_required

bp = Blueprint("tools", __name__)

env = Environment(autoescape=False)
page_env = Environment(autoescape=select_autoescape(["html", "xml"], default_for_string=True))

CARD = env.from_string("<div class=card>{{ text }}</div>")
PAGE = page_env.from_string("<div class=page>{{ text }}</div>")

OPERATIONS = {"add": operator.add, "sub": operator.sub, "mul": operator.mul}
MODULES = ("statistics", "fractions")


@bp.get("/card")
def card():
    return CARD.render(text=request.args.get("text", ""))


@bp.get("/page")
def page():
    return PAGE.render(text=request.args.get("text", ""))


@bp.post("/calculate")
@login_required
def calculate():
    expression = request.form.get("expression", "0")
    names = {"__builtins__": {}, "sqrt": math.sqrt}
    return jsonify(value=eval(expression, names))


@bp.post("/literal")
@login_required
def literal():
    return jsonify(value=repr(ast.literal_eval(request.form.get("value", "0"))))


@bp.post("/operation/<name>")
@login_required
def operation(name):
    func = OPERATIONS.get(name, operator.add)
    return jsonify(value=func(float(request.form["a"]), float(request.form["b"])))


@bp.post("/plugin")
@login_required
def plugin():
    data = request.get_json()
    module = importlib.import_module(data["module"])
    return jsonify(name=module.__name__)


@bp.post("/module")
@login_required
def module():
    wanted = request.get_json().get("module")
    chosen = wanted if wanted in MODULES else MODULES[0]
    return jsonify(doc=importlib.import_module(chosen).__doc__)


@bp.post("/plot")
@login_required
def plot():
    form = {k: v.strip() for k, v in request.form.items()}
    image = instruments.plot("/srv/data/current.dat", form["title"], form.get("fmt", "png"))
    return image, 200, {"Content-Type": "image/png"}


@bp.post("/plot/list")
@login_required
def plot_list():
    image = instruments.plot_list("/srv/data/current.dat", request.form.get("width", 600))
    return image, 200, {"Content-Type": "image/png"}


@bp.get("/checksum")
@login_required
def checksum():
    return {"sum": instruments.checksum(request.args["name"]).decode().split()[0]}


@bp.post("/ping")
@login_required
def ping():
    return instruments.ping(request.get_json().get("hosts", []))


@bp.post("/dataset")
@login_required
def dataset():
    try:
        if request.form.get("listed"):
            return {"size": len(instruments.fetch_listed(request.form["url"]))}
        return {"size": len(instruments.fetch_dataset(request.form["url"], headers={"Accept": "text/csv"}))}
    except ValueError as error:
        instruments.note_failure(request.form["url"], error)
        return {"error": "could not fetch"}, 400


@bp.get("/status/<name>")
@login_required
def status(name):
    instruments.note_success(name)
    return jsonify(instruments.status(name))


@bp.get("/readings/<int:ident>")
@login_required
def readings(ident):
    return jsonify(instruments.readings(Experiment.query.get_or_404(ident)))


@bp.post("/import")
@login_required
def import_xml():
    parser = etree.XMLParser(resolve_entities=True, no_network=False)
    tree = etree.fromstring(request.get_data(), parser)
    name = request.args.get("name", "")
    hits = tree.xpath(f"//sample[@name='{name}']")
    return {"samples": len(hits)}


@bp.post("/import/strict")
@login_required
def import_strict():
    tree = SafeTree.fromstring(request.get_data())
    return {"samples": len(tree.findall("sample"))}


@bp.post("/samples")
@login_required
def samples():
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    tree = etree.fromstring(request.get_data(), parser)
    hits = tree.xpath("//sample[@name=$name]", name=request.args.get("name"))
    return {"samples": [h.get("id") for h in hits]}


@bp.get("/grep")
@login_required
def grep():
    pattern = re.compile(request.args.get("pattern", ""))
    return {"titles": [e.title for e in Experiment.query if pattern.search(e.title)]}


@bp.get("/find")
@login_required
def find():
    pattern = re.compile(r"\b" + re.escape(request.args.get("word", "")) + r"\b", re.I)
    return {"titles": [e.title for e in Experiment.query if pattern.search(e.title)]}


@bp.get("/share")
@login_required
def share():
    path = f"/experiments/{int(request.args['id'])}"
    return {"link": f"{path}?t={secrets_.share_token()}&s={secrets_.sign_link(path)}"}
--- requirements.txt
Flask==3.0.0
Flask-SQLAlchemy==3.1.1
Flask-WTF==1.2.1
defusedxml==0.7.1
ldap3==2.9.1
lxml==4.9.4
PyJWT==2.8.0
PyYAML==6.0.1
pycryptodome==3.19.0
requests==2.31.0
--- wsgi.py
from labnotes import create_app

app = create_app()

if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000, debug=True)
