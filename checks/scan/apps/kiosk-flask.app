--- labels
good app.py:18 files/private-served | the folder of public files
good app.py:24 cors/wild | origins of a list
good app.py:36 error/leak | a constant text
bad app.py:42 config/debug | debugger always on
good app.py:42 config/bind-all | the address of the environment
bad config.py:3 secret/hard-coded | the key of the sessions in the code
good config.py:4 secret/hard-coded | from the environment
bad config.py:10 csrf/off | the protection of forms is off
bad config.py:11 cookie/flags | scripts may read the session cookie
good config.py:12 cookie/flags | by https only
good config.py:13 limits/unbounded-body | eight megabytes
good config.py:15 secret/hard-coded | a text for a form
bad lib/legacy.py:20 sql/injection | the holder in the text, beside a bound code
good lib/legacy.py:27 sql/injection | an order of the list, a bound hall
bad lib/legacy.py:32 sql/injection | the name of a column
good lib/legacy.py:38 sql/injection | question marks only
good lib/legacy.py:43 sql/injection | a number
bad lib/tokens.py:14 crypto/password-storage | a fast hash
good lib/tokens.py:18 crypto/password-storage | bcrypt with 12 rounds
bad lib/tokens.py:22 crypto/weak-random | a token by random
good lib/tokens.py:27 crypto/weak-random | secrets
good lib/tokens.py:32 crypto/weak-random | which exhibit is shown
bad lib/tokens.py:36 crypto/weak-hash | a signature by MD5
good lib/tokens.py:40 crypto/weak-hash | a tag of a page, not for security
bad lib/tokens.py:45 crypto/weak-cipher | ECB mode
good lib/tokens.py:49 crypto/weak-cipher | GCM with a nonce of its own
bad lib/tokens.py:55 jwt/unverified | the signature is not checked
good lib/tokens.py:59 jwt/unverified | key and algorithm
bad lib/mailer.py:8 xss/autoescape-off | no autoescape
good lib/mailer.py:9 xss/autoescape-off | HTML is escaped
bad lib/mailer.py:15 tls/cleartext | a log-in before TLS
bad lib/mailer.py:16 mail/injection | the subject in a text of headers
good lib/mailer.py:26 tls/cleartext | after starttls
good lib/mailer.py:27 mail/injection | EmailMessage refuses line breaks
bad views/account.py:24 sql/injection | the address of the form in text()
bad views/account.py:26 secret/logged log/injection | the password in the log
good views/account.py:28 session/fixation | Flask keeps the session in the cookie
bad views/account.py:29 redirect/open | the form says where to
good views/account.py:37 sql/injection | a bound address
good views/account.py:38 limits/login-attempts | three a minute
good views/account.py:39 log/injection | %r writes line breaks as \n
good views/account.py:41 trust/boundary | out of the database
good views/account.py:46 redirect/open | a path of this server
bad views/account.py:53 object/mass-assignment | the whole body, with is_staff
good views/account.py:62 object/mass-assignment | named fields
good views/account.py:65 secret/logged | the length only
bad views/account.py:73 object/mass-assignment | every field of the body
good views/account.py:84 object/mass-assignment | two fields of a list
bad views/account.py:91 trust/boundary | the form says who is staff
good views/account.py:95 trust/boundary | one of a list
bad views/account.py:97 cookie/flags | a session cookie without flags
good views/account.py:98 cookie/flags | no secret
bad lib/mailer.py:23 mail/host-header | the link of views/account.py:113 goes to the Host header
good views/account.py:125 mail/host-header | the address of the settings
bad views/tickets.py:24 xss/reflected | the code in markup
good views/tickets.py:32 xss/reflected | escaped
bad views/tickets.py:33 xss/stored | holders of tickets in markup
good views/tickets.py:39 xss/stored | escaped
bad views/tickets.py:63 csv/injection | holders as they are
good views/tickets.py:72 csv/injection | an apostrophe before signs of formulas
bad views/tickets.py:79 deserialize/untrusted | a cookie by pickle
good views/tickets.py:85 deserialize/untrusted | safe_load
bad views/catalog.py:18 sql/injection | the hall in text()
good views/catalog.py:27 sql/injection | SQLAlchemy binds the term, a column of a list
good views/catalog.py:28 xss/reflected | Markup escapes what % puts in
bad views/catalog.py:36 xss/reflected | the title marked as safe
good views/catalog.py:38 xss/reflected | a name of the list
bad views/catalog.py:61 template/injection | the name in the text of the template
good views/catalog.py:67 template/injection | a value
bad views/catalog.py:74 format/untrusted | a format of the query string
good views/catalog.py:81 format/untrusted | a constant format
bad views/media.py:16 path/traversal | a name of the query string
good views/media.py:21 path/traversal | send_from_directory keeps to its folder
bad views/media.py:26 text/incomplete-escape | one pass, so that ....// becomes ../
bad views/media.py:27 path/traversal | a name that still may leave the folder
good views/media.py:37 path/traversal | resolved and compared with its folder
bad views/media.py:44 upload/unchecked path/traversal | the name it came with, in the public folder
good views/media.py:54 upload/unchecked | a name of its own, an ending of the list
bad views/media.py:61 archive/zip-slip | names of entries as paths
good views/media.py:68 archive/zip-slip | the filter refuses names outside
bad views/media.py:74 file/temp | a name known in advance
bad views/media.py:77 file/permissions | everybody may write
good views/media.py:83 file/temp | made at once, under a random name
good views/media.py:85 file/permissions | owner and group
bad views/tools.py:20 command/injection | the host in a text of the shell
good views/tools.py:26 command/injection | a list without a shell
bad views/tools.py:33 command/injection | the voice in a text of the shell
good views/tools.py:40 command/injection | quoted by shlex
bad views/tools.py:46 code/injection | eval without builtins is no sandbox
good views/tools.py:51 code/injection | literals only
bad views/tools.py:56 code/reflection | a function by the name in the address
good views/tools.py:64 code/reflection | one of two
bad views/tools.py:69 ssrf/request | the address of the query string
good views/tools.py:76 ssrf/request | addresses of a list
good views/tools.py:76 request/no-timeout | five seconds
bad views/tools.py:82 tls/unverified | the certificate is not checked
good views/tools.py:88 tls/unverified | an authority of its own
bad views/tools.py:94 limits/untrusted-size | as wide as the request says
good views/tools.py:99 limits/untrusted-size | two seconds at most
bad lib/feeds.py:10 xml/external-entity | entities are resolved
good lib/feeds.py:14 xml/external-entity | entities are left
bad lib/feeds.py:18 xpath/injection | the door in an expression
good lib/feeds.py:22 xpath/injection | a variable
bad lib/feeds.py:26 ldap/injection | the uid in a filter
good lib/feeds.py:31 ldap/injection | escaped
bad views/admin.py:32 error/leak | the traceback in the answer
good views/admin.py:41 error/leak | a constant text
bad templates/catalog.html:5 xss/template | the banner of the query string, raw
good templates/catalog.html:8 xss/template | escaped
good templates/exhibit.html:8 xss/template | escaped
bad templates/exhibit.html:10 xss/template xss/stored | the body of a note, raw
--- app.py
import os

from flask import Flask, jsonify, render_template
from flask_cors import CORS

import config
from extensions import csrf, limiter
from models import db
from views.account import bp as account
from views.admin import bp as admin
from views.catalog import bp as catalog
from views.media import bp as media
from views.tickets import bp as tickets
from views.tools import bp as tools


def create_app():
    app = Flask(__name__, static_folder="static")
    app.config.from_object(config)
    db.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)

    CORS(catalog, origins=["https://school.example", "https://tours.example"], supports_credentials=True)

    for blueprint in (account, admin, catalog, media, tickets, tools):
        app.register_blueprint(blueprint)

    @app.get("/")
    def home():
        return render_template("home.html")

    @app.errorhandler(500)
    def broken(error):
        app.logger.exception("request failed")
        return jsonify(error="The kiosk is out of order."), 500

    return app


if __name__ == "__main__":
    create_app().run(host=os.environ.get("KIOSK_HOST", "127.0.0.1"), port=8080, debug=True)
--- config.py
import os

SECRET_KEY = "zT4-museum-9fKq27LwXb"
JWT_KEY = os.environ["KIOSK_JWT_KEY"]

SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", "sqlite:////srv/kiosk/kiosk.db")
LEGACY_DB = "/srv/kiosk/legacy.db"
PUBLIC_URL = os.environ.get("PUBLIC_URL", "https://kiosk.example")

WTF_CSRF_ENABLED = False
SESSION_COOKIE_HTTPONLY = False
SESSION_COOKIE_SECURE = True
MAX_CONTENT_LENGTH = 8 * 1024 * 1024

PASSWORD_HINT = "Ten letters or more, please"
MEDIA_FOLDER = "/srv/kiosk/media"
GUIDE_FOLDER = "/srv/kiosk/guides"
SMTP_HOST = "smtp.museum.example"
SMTP_USER = os.environ.get("SMTP_USER", "kiosk")
SMTP_PASSWORD = os.environ.get("SMTP_PASSWORD")
--- extensions.py
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, storage_uri="memory://")
--- models.py
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Visitor(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(200), unique=True)
    name = db.Column(db.String(100))
    phone = db.Column(db.String(40))
    password_hash = db.Column(db.String(200))
    reset_token = db.Column(db.String(64))
    is_staff = db.Column(db.Boolean, default=False)


class Exhibit(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(200))
    hall = db.Column(db.String(20))
    story = db.Column(db.Text)
    year = db.Column(db.Integer)


class Note(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    author = db.Column(db.String(100))
    body = db.Column(db.Text)
    exhibit_id = db.Column(db.Integer, db.ForeignKey("exhibit.id"))
--- lib/legacy.py
import sqlite3

import config

ORDERS = {"date": "sold_at DESC", "price": "price ASC", "hall": "hall ASC, sold_at DESC"}


def connect():
    connection = sqlite3.connect(config.LEGACY_DB)
    connection.row_factory = sqlite3.Row
    return connection


def find_tickets(code, holder=None):
    query = "SELECT id, code, holder, hall, price FROM tickets WHERE code = ?"
    values = [code]
    if holder:
        query += " AND holder = '%s'" % holder
    with connect() as db:
        return db.execute(query, values).fetchall()


def list_tickets(hall, order):
    by = ORDERS.get(order, ORDERS["date"])
    query = f"SELECT id, code, holder, hall, price FROM tickets WHERE hall = ? ORDER BY {by}"
    with connect() as db:
        return db.execute(query, (hall,)).fetchall()


def count_by(column):
    with connect() as db:
        return db.execute("SELECT {0}, count(*) FROM tickets GROUP BY {0}".format(column)).fetchall()


def in_halls(halls):
    marks = ", ".join("?" for _ in halls)
    with connect() as db:
        return db.execute(f"SELECT code, hall FROM tickets WHERE hall IN ({marks})", halls).fetchall()


def price_above(amount):
    with connect() as db:
        return db.execute("SELECT code, price FROM tickets WHERE price > " + str(float(amount))).fetchall()
--- lib/tokens.py
import hashlib
import random
import secrets
import string

import bcrypt
import jwt
from Crypto.Cipher import AES

import config


def old_hash(password):
    return hashlib.sha256(password.encode()).hexdigest()


def hash_password(password):
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=12)).decode()


def reset_token():
    token = "".join(random.choice(string.ascii_letters) for _ in range(24))
    return token


def invite_token():
    token = secrets.token_urlsafe(24)
    return token


def highlight(exhibits):
    return random.choice(exhibits)


def sign_ticket(key, code):
    return hashlib.md5(key + code.encode()).hexdigest()


def page_tag(body):
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def seal(key, text):
    block = text.encode().ljust(64, b"\0")
    return AES.new(key, AES.MODE_ECB).encrypt(block)


def seal_card(key, text):
    cipher = AES.new(key, AES.MODE_GCM)
    sealed, tag = cipher.encrypt_and_digest(text.encode())
    return cipher.nonce + tag + sealed


def read_badge(token):
    return jwt.decode(token, options={"verify_signature": False})


def read_staff_badge(token):
    return jwt.decode(token, config.JWT_KEY, algorithms=["HS256"])
--- lib/mailer.py
import smtplib
from email.message import EmailMessage

from jinja2 import Environment, FileSystemLoader, select_autoescape

import config

pages = Environment(loader=FileSystemLoader("mails"))
letters = Environment(loader=FileSystemLoader("letters"), autoescape=select_autoescape(["html"]))


def send_plain(to, subject, body):
    text = f"From: kiosk@museum.example\r\nTo: {to}\r\nSubject: {subject}\r\n\r\n{body}"
    server = smtplib.SMTP(config.SMTP_HOST, 587)
    server.login(config.SMTP_USER, config.SMTP_PASSWORD)
    server.sendmail("kiosk@museum.example", [to], text)
    server.quit()


def send(to, subject, body):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "kiosk@museum.example", to, subject
    mail.set_content(body)
    with smtplib.SMTP(config.SMTP_HOST, 587, timeout=10) as server:
        server.starttls()
        server.login(config.SMTP_USER, config.SMTP_PASSWORD)
        server.send_message(mail)


def welcome_page(name):
    return pages.get_template("welcome.html").render(name=name)


def farewell_page(name):
    return letters.get_template("farewell.html").render(name=name)
--- views/account.py
import logging
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, session, url_for
from sqlalchemy import text
from werkzeug.security import check_password_hash

from extensions import limiter
from lib import mailer, tokens
from models import Visitor, db

bp = Blueprint("account", __name__, url_prefix="/account")
log = logging.getLogger("kiosk.account")

LANGUAGES = {"en", "fr", "es"}
EDITABLE = ("name", "phone")


@bp.post("/login")
@limiter.limit("6/minute")
def login():
    email = request.form["email"]
    password = request.form["password"]
    row = db.session.execute(text(f"SELECT id, password_hash FROM visitor WHERE email = '{email}'")).first()
    if row is None or row.password_hash != tokens.old_hash(password):
        log.warning("login failed for %s with %s", email, password)
        return render_template("login.html", next=request.form.get("next")), 401
    session["visitor"] = row.id
    return redirect(request.form.get("next") or "/")


@bp.post("/staff/login")
@limiter.limit("3/minute")
def staff_login():
    email = request.form["email"]
    query = text("SELECT id, password_hash, is_staff FROM visitor WHERE email = :email")
    row = db.session.execute(query, {"email": email}).first()
    if row is None or not check_password_hash(row.password_hash, request.form["password"]):
        log.warning("staff login failed for %r", email)
        abort(401)
    session["is_staff"] = bool(row.is_staff)
    target = request.form.get("next", "")
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith(("//", "/\\")):
        target = url_for("admin.dashboard")
    return redirect(target)


@bp.post("/register")
def register():
    fields = request.get_json()
    fields["password_hash"] = tokens.old_hash(fields.pop("password"))
    visitor = Visitor(**fields)
    db.session.add(visitor)
    db.session.commit()
    return {"id": visitor.id}, 201


@bp.post("/family")
def family():
    fields = request.get_json()
    visitor = Visitor(name=fields["name"], email=fields["email"], password_hash=tokens.hash_password(fields["password"]))
    db.session.add(visitor)
    db.session.commit()
    log.info("family member %d, password of %d letters", visitor.id, len(fields["password"]))
    return {"id": visitor.id}, 201


@bp.post("/me")
def update_me():
    visitor = db.session.get(Visitor, session["visitor"])
    for key, value in request.get_json().items():
        setattr(visitor, key, value)
    db.session.commit()
    return {"ok": True}


@bp.post("/me/contact")
def update_contact():
    visitor = db.session.get(Visitor, session["visitor"])
    fields = request.get_json()
    for key in EDITABLE:
        if key in fields:
            setattr(visitor, key, fields[key])
    db.session.commit()
    return {"ok": True}


@bp.post("/settings")
def settings():
    session["is_staff"] = request.form.get("staff")
    language = request.form.get("language", "en")
    if language not in LANGUAGES:
        abort(400)
    session["language"] = language
    answer = make_response(redirect(url_for("account.settings_page")))
    answer.set_cookie("kiosk_session", tokens.invite_token(), max_age=86400)
    answer.set_cookie("font_size", "large", max_age=86400)
    return answer


@bp.get("/settings")
def settings_page():
    return render_template("settings.html", hint=current_app.config["PASSWORD_HINT"])


@bp.post("/forgot")
def forgot():
    visitor = Visitor.query.filter_by(email=request.form["email"]).first()
    if visitor is not None:
        visitor.reset_token = tokens.reset_token()
        db.session.commit()
        body = f"Choose a new password: https://{request.headers['Host']}/account/reset/{visitor.reset_token}"
        mailer.send(visitor.email, "Your password", body)
    return "", 204


@bp.post("/invite")
def invite():
    visitor = Visitor.query.filter_by(email=request.form["email"]).first()
    if visitor is not None:
        visitor.reset_token = tokens.invite_token()
        db.session.commit()
        body = f"You are invited: {current_app.config['PUBLIC_URL']}/account/reset/{visitor.reset_token}"
        mailer.send(visitor.email, "An invitation", body)
    return "", 204


@bp.post("/contact")
def contact():
    mailer.send_plain("desk@museum.example", request.form["subject"], "Somebody asks for a guide.")
    mailer.send("desk@museum.example", "A question", request.form["question"])
    return redirect("/")
--- views/tickets.py
import csv
import io
import pickle
from base64 import b64decode

import yaml
from flask import Blueprint, Response, jsonify, request
from markupsafe import escape

from lib import legacy

bp = Blueprint("tickets", __name__, url_prefix="/tickets")


def cell(value):
    value = str(value)
    return "'" + value if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


@bp.get("/")
def search():
    rows = legacy.find_tickets(request.args["code"], request.args.get("holder"))
    if not rows:
        return f"<p>No ticket <b>{request.args['code']}</b> was sold.</p>", 404
    return jsonify([dict(row) for row in rows])


@bp.get("/hall/<hall>")
def by_hall(hall):
    rows = legacy.list_tickets(hall, request.args.get("order"))
    if not rows:
        return f"<p>No ticket for <b>{escape(hall)}</b> was sold.</p>", 404
    return "<ol>" + "".join(f"<li>{row['holder']}</li>" for row in rows) + "</ol>"


@bp.get("/codes/<hall>")
def codes(hall):
    rows = legacy.list_tickets(hall, "date")
    return "<ol>" + "".join(f"<li>{escape(row['holder'])}</li>" for row in rows) + "</ol>"


@bp.get("/statistics")
def statistics():
    return jsonify([tuple(row) for row in legacy.count_by(request.args.get("by", "hall"))])


@bp.get("/halls")
def halls():
    rows = legacy.in_halls(request.args.getlist("hall"))
    return jsonify([dict(row) for row in rows])


@bp.get("/above")
def above():
    return jsonify([dict(row) for row in legacy.price_above(request.args["price"])])


@bp.get("/export.csv")
def export():
    out = io.StringIO()
    writer = csv.writer(out)
    for row in legacy.list_tickets(request.args["hall"], "date"):
        writer.writerow([row["code"], row["holder"], row["price"]])
    return Response(out.getvalue(), mimetype="text/csv")


@bp.get("/desk.csv")
def desk():
    out = io.StringIO()
    writer = csv.writer(out)
    for row in legacy.list_tickets(request.args["hall"], "hall"):
        writer.writerow([cell(row["code"]), cell(row["holder"]), row["id"]])
    return Response(out.getvalue(), mimetype="text/csv")


@bp.get("/cart")
def cart():
    saved = request.cookies.get("cart")
    items = pickle.loads(b64decode(saved)) if saved else []
    return jsonify(items=items)


@bp.post("/group")
def group():
    plan = yaml.safe_load(request.get_data())
    return jsonify(size=len(plan["people"]))
--- views/catalog.py
from flask import Blueprint, abort, render_template, render_template_string, request
from markupsafe import Markup
from sqlalchemy import text

from lib import tokens
from models import Exhibit, Note, db

bp = Blueprint("catalog", __name__, url_prefix="/catalog")

HALLS = {"a": "Ancient", "m": "Modern", "s": "Science"}
COLUMNS = {"title": Exhibit.title, "year": Exhibit.year}


@bp.get("/")
def index():
    query = Exhibit.query
    if request.args.get("hall"):
        query = query.filter(text("hall = '%s'" % request.args["hall"]))
    exhibits = query.order_by(Exhibit.title).all()
    return render_template("catalog.html", exhibits=exhibits, banner=request.args.get("banner", ""), term=request.args.get("q", ""))


@bp.get("/search")
def search():
    term = request.args.get("q", "")
    order = COLUMNS.get(request.args.get("sort"), Exhibit.title)
    exhibits = Exhibit.query.filter(Exhibit.title.ilike("%" + term + "%")).order_by(order).all()
    heading = Markup("<em>%s</em>") % term
    return render_template("catalog.html", exhibits=exhibits, banner="", term=heading)


@bp.get("/hall/<code>")
def hall(code):
    name = HALLS.get(code)
    if name is None:
        title = Markup(f"<em>{request.args.get('title', code)}</em>")
        return render_template("catalog.html", exhibits=[], banner="", term=title), 404
    return f"<h1>{name}</h1>"


@bp.get("/<int:number>")
def show(number):
    exhibit = db.session.get(Exhibit, number)
    if exhibit is None:
        abort(404)
    notes = Note.query.filter_by(exhibit_id=number).all()
    return render_template("exhibit.html", exhibit=exhibit, notes=notes)


@bp.post("/<int:number>/notes")
def add_note(number):
    note = Note(author=request.form["author"], body=request.form["body"], exhibit_id=number)
    db.session.add(note)
    db.session.commit()
    return "", 204


@bp.get("/greeting")
def greeting():
    page = "<h1>Hello " + request.args.get("name", "you") + "</h1><p>{{ count }} exhibits are open.</p>"
    return render_template_string(page, count=Exhibit.query.count())


@bp.get("/farewell")
def farewell():
    page = "<h1>Goodbye {{ name }}</h1><p>{{ count }} exhibits will miss you.</p>"
    return render_template_string(page, name=request.args.get("name", "you"), count=Exhibit.query.count())


@bp.get("/label")
def label():
    exhibit = tokens.highlight(Exhibit.query.all())
    pattern = request.args.get("pattern", "{e.title}")
    return {"label": pattern.format(e=exhibit)}


@bp.get("/sign")
def sign():
    exhibit = tokens.highlight(Exhibit.query.all())
    prefix = request.args.get("prefix", "")
    return {"label": "{0} {1}".format(prefix, exhibit.title)}
--- views/media.py
import os
import secrets
import tarfile
import tempfile

from flask import Blueprint, abort, current_app, request, send_file, send_from_directory
from werkzeug.utils import secure_filename

bp = Blueprint("media", __name__, url_prefix="/media")

ENDINGS = {".jpg", ".png", ".webp"}


@bp.get("/guide")
def guide():
    return send_file(os.path.join(current_app.config["GUIDE_FOLDER"], request.args["name"]))


@bp.get("/guide/<path:name>")
def guide_file(name):
    return send_from_directory(current_app.config["GUIDE_FOLDER"], name)


@bp.get("/transcript")
def transcript():
    name = request.args["name"].replace("../", "")
    with open("/srv/kiosk/transcripts/" + name, encoding="utf-8") as file:
        return {"text": file.read()}


@bp.get("/caption")
def caption():
    root = os.path.realpath("/srv/kiosk/captions")
    path = os.path.realpath(os.path.join(root, request.args["name"]))
    if os.path.commonpath([root, path]) != root:
        abort(404)
    with open(path, encoding="utf-8") as file:
        return {"text": file.read()}


@bp.post("/photo")
def photo():
    upload = request.files["photo"]
    upload.save(os.path.join("static/photos", upload.filename))
    return "", 204


@bp.post("/portrait")
def portrait():
    upload = request.files["photo"]
    ending = os.path.splitext(secure_filename(upload.filename))[1].lower()
    if ending not in ENDINGS:
        abort(400)
    upload.save(os.path.join(current_app.config["MEDIA_FOLDER"], secrets.token_hex(16) + ending))
    return "", 204


@bp.post("/tour")
def tour():
    with tarfile.open(fileobj=request.files["tour"].stream) as archive:
        archive.extractall(current_app.config["MEDIA_FOLDER"])
    return "", 204


@bp.post("/tour/guided")
def guided_tour():
    with tarfile.open(fileobj=request.files["tour"].stream) as archive:
        archive.extractall(current_app.config["MEDIA_FOLDER"], filter="data")
    return "", 204


@bp.post("/draft")
def draft():
    name = tempfile.mktemp(suffix=".txt")
    with open(name, "w", encoding="utf-8") as file:
        file.write(request.form["text"])
    os.chmod(name, 0o666)
    return "", 204


@bp.post("/sketch")
def sketch():
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
        file.write(request.form["text"])
    os.chmod(file.name, 0o640)
    return "", 204
--- views/tools.py
import ast
import os
import shlex
import subprocess
import time

import requests
from flask import Blueprint, abort, jsonify, request

from lib import feeds, reports

bp = Blueprint("tools", __name__, url_prefix="/tools")

STATIONS = {"roof": "https://roof.sensors.example/now", "cellar": "https://cellar.sensors.example/now"}
REPORTS = {"visitors": reports.visitors, "income": reports.income}


@bp.get("/ping")
def ping():
    output = subprocess.check_output("ping -c 1 " + request.args["host"], shell=True, timeout=5)
    return output, {"Content-Type": "text/plain"}


@bp.get("/trace")
def trace():
    output = subprocess.check_output(["traceroute", "-m", "8", "--", request.args["host"]], timeout=5)
    return output, {"Content-Type": "text/plain"}


@bp.post("/speak")
def speak():
    voice = request.form.get("voice", "en")
    stream = os.popen(f"espeak -v {voice} --stdout 'The museum closes now' | wc -c")
    return {"bytes": stream.read().strip()}


@bp.post("/announce")
def announce():
    words = shlex.quote(request.form["text"])
    stream = os.popen(f"espeak --stdout -- {words} | wc -c")
    return {"bytes": stream.read().strip()}


@bp.get("/price")
def price():
    return {"price": eval(request.args["formula"], {"__builtins__": {}}, {"base": 12})}


@bp.get("/discounts")
def discounts():
    return {"discounts": ast.literal_eval(request.args["list"])}


@bp.get("/report/<name>")
def report(name):
    return jsonify(getattr(reports, name)())


@bp.get("/summary/<name>")
def summary(name):
    make = REPORTS.get(name)
    if make is None:
        abort(404)
    return jsonify(make())


@bp.get("/preview")
def preview():
    answer = requests.get(request.args["url"], timeout=5)
    return {"size": len(answer.content)}


@bp.get("/sensor")
def sensor():
    url = STATIONS.get(request.args.get("name"), STATIONS["roof"])
    answer = requests.get(url, timeout=5)
    return answer.json()


@bp.get("/partner")
def partner():
    answer = requests.get("https://partners.example/open", timeout=5, verify=False)
    return answer.json()


@bp.get("/lender")
def lender():
    answer = requests.get("https://lenders.example/open", timeout=5, verify="/etc/ssl/lenders.pem")
    return answer.json()


@bp.get("/banner")
def banner():
    return {"line": "*" * int(request.args["width"])}


@bp.get("/wait")
def wait():
    time.sleep(min(float(request.args["seconds"]), 2.0))
    return {"ok": True}


@bp.post("/feed")
def feed():
    return {"title": feeds.title(request.get_data()), "author": feeds.author(request.get_data())}


@bp.get("/rooms")
def rooms():
    return {"near": feeds.rooms_near(request.args["door"]), "alike": feeds.rooms_alike(request.args["colour"])}


@bp.get("/people")
def people():
    return {"staff": feeds.staff(request.args["uid"]), "guides": feeds.guides(request.args["uid"])}
--- lib/reports.py
from models import Note, Visitor


def visitors():
    return {"visitors": Visitor.query.count()}


def income():
    return {"notes": Note.query.count(), "income": 12 * Visitor.query.count()}
--- lib/feeds.py
import ldap
from ldap.filter import escape_filter_chars
from lxml import etree

plan = etree.parse("/srv/kiosk/plan.xml")
directory = ldap.initialize("ldaps://ldap.museum.example")


def title(data):
    return etree.fromstring(data, etree.XMLParser(resolve_entities=True, no_network=False)).findtext("title")


def author(data):
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True)).findtext("author")


def rooms_near(door):
    return len(plan.xpath("//room[@door='" + door + "']"))


def rooms_alike(colour):
    return len(plan.xpath("//room[@colour=$colour]", colour=colour))


def staff(uid):
    return len(directory.search_s("ou=staff,dc=museum", ldap.SCOPE_SUBTREE, f"(&(uid={uid})(active=TRUE))"))


def guides(uid):
    safe = escape_filter_chars(uid)
    return len(directory.search_s("ou=guides,dc=museum", ldap.SCOPE_SUBTREE, f"(&(uid={safe})(active=TRUE))"))
--- views/admin.py
import traceback

from flask import Blueprint, abort, current_app, jsonify, render_template, request, session

from lib import tokens
from models import Visitor

bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.get("/")
def dashboard():
    claims = tokens.read_badge(request.cookies.get("badge", ""))
    if claims.get("role") != "curator":
        abort(403)
    return render_template("dashboard.html", name=claims["name"])


@bp.get("/staff")
def staff():
    claims = tokens.read_staff_badge(request.cookies.get("badge", ""))
    return jsonify(name=claims["name"], staff=session.get("is_staff", False))


@bp.get("/visitors")
def visitors():
    try:
        page = int(request.args.get("page", "1"))
        found = Visitor.query.order_by(Visitor.id).paginate(page=page, per_page=50)
        return jsonify([visitor.name for visitor in found.items])
    except Exception:
        return jsonify(error=traceback.format_exc()), 500


@bp.get("/count")
def count():
    try:
        return jsonify(count=Visitor.query.count())
    except Exception as error:
        current_app.logger.error("count failed: %s", error)
        return jsonify(error="The visitors cannot be counted now."), 500
--- templates/catalog.html
<!doctype html>
<html lang="en">
<head><title>Catalogue</title></head>
<body>
<div class="banner">{{ banner|safe }}</div>
<h1>Exhibits {{ term }}</h1>
<form action="/catalog/search" method="get">
  <input name="q" value="{{ request.args.get('q', '') }}">
  <button>Search</button>
</form>
<ul>
{% for exhibit in exhibits %}
  <li><a href="/catalog/{{ exhibit.id }}">{{ exhibit.title }}</a> ({{ exhibit.year }})</li>
{% endfor %}
</ul>
</body>
</html>
--- templates/exhibit.html
<!doctype html>
<html lang="en">
<head><title>{{ exhibit.title }}</title></head>
<body>
<h1>{{ exhibit.title }}</h1>
{% for note in notes %}
<blockquote>
  <cite>{{ note.author }}</cite>
  {% autoescape false %}
  <p>{{ note.body }}</p>
  {% endautoescape %}
</blockquote>
{% endfor %}
</body>
</html>
