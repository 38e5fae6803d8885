--- labels
bad wsgi.py:8 config/debug | Werkzeug debugger on all interfaces
good library/__init__.py:32 cors/wild | two named origins
bad library/__init__.py:33 cors/wild | any origin with credentials
good library/__init__.py:40 error/leak | fixed page, detail only in the log
good library/config.py:7 config/debug | off
good library/config.py:8 secret/hard-coded | from the environment
good library/config.py:11 limits/unbounded-body | bodies bounded to 16 MB
good library/config.py:13 cookie/flags | secure set
good library/config.py:14 cookie/flags | httponly set
bad library/config.py:23 secret/hard-coded | password in the source
good library/config.py:24 secret/hard-coded | from the environment
good library/config.py:25 secret/hard-coded | name of a form field
bad library/config.py:29 cookie/flags | session cookie over plain http
good library/models.py:21 crypto/password-storage | scrypt with salt
bad library/models.py:27 crypto/password-storage crypto/weak-hash | unsalted md5 of the PIN
good library/models.py:40 crypto/weak-hash | cache tag, no security
bad library/helpers.py:25 text/incomplete-escape | ....// becomes ../ after one pass
bad library/helpers.py:35 regex/redos | nested quantifier on the user's address
good library/helpers.py:39 regex/redos | bounded repeats on 20 characters
bad library/helpers.py:55 crypto/weak-random | password reset code from random
good library/helpers.py:59 crypto/weak-random | secrets module
good library/helpers.py:63 crypto/weak-random | choice of books to show
bad library/helpers.py:76 url/incomplete-check | substring anywhere in the URL
good library/helpers.py:81 url/incomplete-check | exact host of the parsed URL
bad library/helpers.py:85 text/incomplete-escape | backslash itself not escaped
good library/auth.py:22 limits/login-attempts | limiter on POST
good library/auth.py:27 sql/injection | ORM filter
good library/auth.py:29 log/injection | line breaks replaced
good library/auth.py:31 redirect/open | own route
good library/auth.py:35 redirect/open | only a path of this site
bad library/auth.py:38 limits/login-attempts | password tried without any limit
bad library/auth.py:42 secret/logged | password in the log
bad library/auth.py:47 redirect/open | next unchecked
good library/auth.py:52 log/injection | the peer's address
bad library/auth.py:53 redirect/open | form value unchecked
good library/auth.py:66 object/mass-assignment | three fixed field names
good library/auth.py:66 code/reflection | three fixed field names
bad library/auth.py:71 csrf/off | state change by the session cookie without a token
bad library/auth.py:75 object/mass-assignment | role and fines settable
good library/auth.py:84 object/mass-assignment | named fields only
good library/auth.py:88 log/injection | number only
good library/auth.py:88 secret/logged | number only
bad library/auth.py:98 mail/host-header | link from the Host header
good library/auth.py:105 mail/host-header | base from the configuration
good library/auth.py:112 compare/timing | constant time
good library/auth.py:119 trust/boundary | one of four values
bad library/auth.py:124 trust/boundary | role taken from the request
good library/auth.py:131 cookie/flags | all flags set
bad library/auth.py:137 deserialize/untrusted | pickle from a cookie
bad library/auth.py:144 cookie/flags | login token without flags
good library/auth.py:148 jwt/unverified | key and algorithm given
bad library/auth.py:152 jwt/unverified | signature off
bad library/directory.py:22 ldap/injection | login into the filter raw
good library/directory.py:31 ldap/injection | filter characters escaped
good library/catalog.py:30 log/injection | repr escapes line breaks
bad library/catalog.py:37 log/injection | query value may hold line breaks
bad library/catalog.py:65 regex/injection regex/redos | the user's own pattern
good library/catalog.py:70 regex/injection | escaped
bad library/catalog.py:86 xss/reflected | value into HTML raw
good library/catalog.py:89 xss/reflected | escaped
good library/catalog.py:95 template/injection | fixed template, escaped value
good library/catalog.py:95 xss/reflected | fixed template, escaped value
bad library/catalog.py:101 template/injection xss/reflected | value becomes template text
bad library/catalog.py:106 xss/stored | review text into HTML raw
bad library/catalog.py:119 limits/untrusted-size | list as long as the client says
good library/catalog_repo.py:17 sql/injection | sort tested before the route, text bound
bad library/catalog_repo.py:21 sql/injection | name into the text
bad library/catalog_repo.py:24 sql/injection | only the value's beginning is tested
bad library/catalog_repo.py:27 sql/injection | the test only logs
good library/catalog_repo.py:30 sql/injection | same value tested by before_request
bad library/catalog_repo.py:37 sql/injection | keys are the client's
good library/catalog_repo.py:43 sql/injection | column from a map
good library/catalog_repo.py:48 sql/injection | constants
good library/catalog_repo.py:52 sql/injection | bound through the wrapper
bad library/catalog_repo.py:55 sql/injection | text through the wrapper
bad library/loans.py:30 sql/injection | the backslash helper does not escape for SQL
bad library/loans.py:37 sql/injection | stored note into the text
bad library/loans.py:44 nosql/injection | objects with operators pass
good library/loans.py:50 nosql/injection | string
bad library/loans.py:56 nosql/injection | text in $where
bad library/loans.py:65 csv/injection | note may begin with =
good library/loans.py:74 csv/injection | leading sign quoted
bad library/loans.py:85 error/leak | stack to the client
bad library/files.py:21 path/traversal | one pass over ../ is not enough
good library/files.py:30 path/traversal | real path tested to be below the root
bad library/files.py:35 path/traversal | name unchecked
bad library/files.py:40 files/private-served | the application's own folder served
bad library/files.py:46 upload/unchecked path/traversal | any name and kind into static
good library/files.py:56 upload/unchecked | kind tested, own name
good library/files.py:56 path/traversal | kind tested, own name
bad library/files.py:65 upload/unchecked | any kind, html too, into static
good library/files.py:65 path/traversal | secure_filename
bad library/files.py:66 file/permissions | writable by all
good library/files.py:72 file/temp | made private at once
bad library/files.py:75 archive/zip-slip path/traversal | entry name joined raw
good library/files.py:87 archive/zip-slip | tested below the folder
good library/files.py:87 path/traversal | tested below the folder
bad library/files.py:94 file/temp | name made before the file
bad library/files.py:97 archive/zip-slip | members with ../ leave the folder
bad library/imports.py:19 xml/external-entity | entities and DTD on
good library/imports.py:26 xml/external-entity | entities off
bad library/imports.py:33 xpath/injection | name into the expression
good library/imports.py:40 xpath/injection | XPath variable
bad library/imports.py:46 deserialize/untrusted | unsafe loader
bad library/imports.py:53 code/injection | expression of the client
bad library/imports.py:58 code/reflection | module named by the client
bad library/notify.py:12 xss/autoescape-off | HTML letters without escaping
good library/notify.py:13 xss/autoescape-off | on for html
good library/notify.py:27 tls/cleartext | own machine
good library/notify.py:28 mail/injection | EmailMessage refuses line breaks in headers
bad library/notify.py:33 mail/injection | subject of the form into the header text
bad library/notify.py:38 ssrf/request | the test is a substring
good library/notify.py:38 request/no-timeout | 5 seconds
good library/notify.py:43 ssrf/request | exact host from a list
good library/notify.py:46 ssrf/request | fixed host, quoted segment
good library/notify.py:46 tls/cleartext | fixed host, quoted segment
bad library/notify.py:49 tls/unverified | certificate not tested
good library/notify.py:52 tls/unverified | own CA file
bad library/notify.py:57 tls/cleartext | password over http
bad library/notify.py:60 request/no-timeout | may hang for ever
good library/kiosk.py:20 command/injection | header tested with fullmatch before the route
bad library/kiosk.py:25 command/injection | this header is not tested
good library/kiosk.py:29 csrf/off | no cookie, the body is signed
good library/kiosk.py:33 compare/timing | constant time
bad library/kiosk.py:40 compare/timing | plain comparison of a MAC
bad library/kiosk.py:45 crypto/weak-cipher | ECB
good library/kiosk.py:48 crypto/weak-cipher | authenticated mode
bad library/reports.py:21 command/injection | title into the shell
good library/reports.py:24 command/injection | shlex.quote
good library/reports.py:27 command/injection | list, no shell
good library/reports.py:30 command/injection | text from a fixed map
bad library/reports.py:33 code/reflection | method named by the client
good library/reports.py:68 command/injection | slug tested
good library/reports.py:69 file/permissions | not for others
good library/templates/search.html:3 xss/template | escaped by Jinja
bad library/templates/search.html:4 xss/template | attribute without quotes
good library/templates/search.html:10 xss/template | tojson escapes for scripts
good library/templates/book.html:4 xss/template | cleaned by nh3 in the route
bad library/templates/book.html:7 xss/template | readers' text raw
good library/templates/book.html:8 xss/template | escaped in a quoted attribute
bad library/templates/profile.html:5 xss/template | escaping switched off around user text
good library/templates/profile.html:9 xss/template | escaped in quotes
bad library/static/js/search.js:6 xss/dom | query into innerHTML
good library/static/js/search.js:7 xss/dom | text only
bad library/static/js/search.js:14 object/prototype-pollution | __proto__ passes
bad library/static/js/search.js:22 message/origin | sender not tested
good library/static/js/search.js:27 message/origin | exact origin tested
bad library/static/js/search.js:35 secret/stored | token kept in localStorage
good library/static/js/search.js:36 secret/stored | no secret
bad scripts/status_server.py:14 header/injection | decoded line breaks pass
good scripts/status_server.py:15 header/injection | percent-coded
--- wsgi.py
import os

from library import create_app

app = create_app(os.environ.get("LIBRARY_ENV", "production"))

if __name__ == "__main__":
    app.run(host="0.0.0.0", port=int(os.environ.get("PORT", "5000")), debug=True)
--- library/__init__.py
import logging

from flask import Flask, render_template
from flask_cors import CORS
from werkzeug.exceptions import HTTPException

from .config import CONFIGS
from .extensions import csrf, db, limiter, login_manager

def create_app(env="production"):
    app = Flask(__name__)
    app.config.from_object(CONFIGS[env])
    logging.basicConfig(level=logging.INFO)

    db.init_app(app)
    login_manager.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)

    from .auth import auth
    from .catalog import catalog
    from .files import files
    from .imports import imports
    from .kiosk import kiosk
    from .loans import loans
    from .reports import reports

    for bp in (auth, catalog, files, imports, loans, reports):
        app.register_blueprint(bp)
    app.register_blueprint(kiosk, url_prefix="/kiosk")

    CORS(catalog, origins=["https://partners.citylibrary.example", "https://www.citylibrary.example"])
    CORS(loans, origins="*", supports_credentials=True)

    @app.errorhandler(Exception)
    def broken(exc):
        if isinstance(exc, HTTPException):
            return exc
        app.logger.exception("unhandled")
        return render_template("error.html"), 500

    @app.after_request
    def harden(resp):
        resp.headers.setdefault("X-Content-Type-Options", "nosniff")
        resp.headers.setdefault("X-Frame-Options", "DENY")
        resp.headers.setdefault("Content-Security-Policy", "default-src 'self'")
        return resp

    return app
--- library/config.py
import os
from datetime import timedelta

BASE = os.path.abspath(os.path.dirname(__file__))

class Base:
    DEBUG = False
    SECRET_KEY = os.environ.get("LIBRARY_SECRET")
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", "sqlite:////var/lib/library/app.db")
    RAW_DB = "/var/lib/library/catalog.db"
    MAX_CONTENT_LENGTH = 16 * 1024 * 1024
    PERMANENT_SESSION_LIFETIME = timedelta(hours=8)
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    PUBLIC_URL = "https://www.citylibrary.example"

    UPLOAD_DIR = "/var/lib/library/uploads"
    COVER_DIR = os.path.join(BASE, "static", "covers")
    SCAN_DIR = "/var/lib/library/scans"

    CONSORTIUM_USER = "citylib"
    CONSORTIUM_PASSWORD = "uV7k!qLw29-xTz"
    MAIL_PASSWORD = os.getenv("MAIL_PASSWORD", "")
    PASSWORD_FIELD = "password"
    JWT_KEY = os.environ.get("LIBRARY_JWT", "")

class Staging(Base):
    SESSION_COOKIE_SECURE = False

CONFIGS = {"production": Base, "staging": Staging}
--- library/extensions.py
import sqlite3

from flask import current_app, g
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

db = SQLAlchemy()
csrf = CSRFProtect()
login_manager = LoginManager()
login_manager.login_view = "auth.login"
limiter = Limiter(key_func=get_remote_address)

def raw_db():
    if "raw_db" not in g:
        g.raw_db = sqlite3.connect(current_app.config["RAW_DB"])
        g.raw_db.row_factory = sqlite3.Row
    return g.raw_db

class SqlLog:
    """Thin wrapper kept from the old code base: same call, counts queries."""

    def __init__(self, conn):
        self.conn = conn
        self.count = 0

    def rows(self, sql, args=()):
        self.count += 1
        return [dict(r) for r in self.conn.execute(sql, args)]
--- library/models.py
import hashlib
from datetime import datetime

from flask_login import UserMixin
from werkzeug.security import check_password_hash, generate_password_hash

from .extensions import db, login_manager

class User(UserMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(200), unique=True)
    name = db.Column(db.String(120))
    phone = db.Column(db.String(40))
    bio = db.Column(db.Text)
    role = db.Column(db.String(20), default="reader")
    fines = db.Column(db.Integer, default=0)
    pw = db.Column(db.String(255))
    card_pin = db.Column(db.String(64))

    def set_password(self, raw):
        self.pw = generate_password_hash(raw)

    def check_password(self, raw):
        return check_password_hash(self.pw, raw)

    def set_pin(self, pin):
        self.card_pin = hashlib.md5(pin.encode()).hexdigest()

class Book(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    isbn = db.Column(db.String(17))
    title = db.Column(db.String(300))
    author = db.Column(db.String(200))
    year = db.Column(db.Integer)
    blurb = db.Column(db.Text)
    shelf = db.Column(db.String(20))

    def etag(self):
        basis = "%s:%s:%s" % (self.id, self.title, self.year)
        return hashlib.md5(basis.encode(), usedforsecurity=False).hexdigest()

class Review(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    book_id = db.Column(db.Integer, db.ForeignKey("book.id"))
    user_id = db.Column(db.Integer, db.ForeignKey("user.id"))
    text = db.Column(db.Text)
    stars = db.Column(db.Integer)

class Loan(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    book_id = db.Column(db.Integer, db.ForeignKey("book.id"))
    user_id = db.Column(db.Integer, db.ForeignKey("user.id"))
    note = db.Column(db.String(300))
    due = db.Column(db.DateTime, default=datetime.utcnow)

@login_manager.user_loader
def load_user(uid):
    return db.session.get(User, int(uid))
--- library/helpers.py
import logging
import os
import random
import re
import secrets
import string
from urllib.parse import urlsplit

log = logging.getLogger("library")

PARTNER_HOSTS = {"covers.openshelf.example", "api.openshelf.example"}
_SLUG = re.compile(r"[a-z0-9-]{1,40}")
_MAIL = re.compile(r"^([a-zA-Z0-9]+[._-]?)+@[a-z0-9.-]+$")


def below(root, name):
    base = os.path.realpath(root)
    full = os.path.realpath(os.path.join(base, name))
    if os.path.commonpath([base, full]) != base:
        raise ValueError("outside of " + base)
    return full


def drop_dots(name):
    return name.replace("../", "")


def slug(value):
    if not _SLUG.fullmatch(value or ""):
        raise ValueError("not a slug")
    return value


def mail_ok(addr):
    return bool(_MAIL.match(addr))


def isbn_ok(value):
    return re.fullmatch(r"(?:97[89]-?)?\d{1,5}-?\d{1,7}-?\d{1,6}-?[\dX]", value[:20]) is not None


def one_line(value):
    return str(value).replace("\r", " ").replace("\n", " ")


def cell(value):
    text = "" if value is None else str(value)
    if text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + text
    return text


def reset_code(n=24):
    alphabet = string.ascii_letters + string.digits
    return "".join(random.choice(alphabet) for _ in range(n))


def api_key():
    return secrets.token_urlsafe(32)


def featured(books, n=3):
    return random.sample(books, min(n, len(books)))


def local_target(target):
    if not target or "\\" in target:
        return False
    if any(ord(c) < 33 for c in target):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith("//")


def ours(url):
    return "citylibrary.example" in url


def partner(url):
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.hostname in PARTNER_HOSTS


def old_quote(value):
    return value.replace("'", "\\'")
--- library/middleware.py
import re

from flask import abort, g, request

from .helpers import log

SORTS = ("title", "author", "year")

def check_sort():
    wanted = request.args.get("sort", "title")
    if wanted not in SORTS:
        abort(400)
    g.sort = wanted

def check_branch():
    branch = request.args.get("branch", "main")
    if not re.match(r"[a-z]{2,8}", branch):
        abort(400)
    g.branch = branch

def note_shelf():
    shelf = request.args.get("shelf")
    if shelf and not shelf.isalnum():
        log.warning("odd shelf in %s", request.endpoint)
    g.shelf = shelf

def check_kiosk():
    printer = request.headers.get("X-Kiosk-Printer", "")
    if not re.fullmatch(r"[a-z0-9]{1,12}", printer):
        abort(403)
    g.printer = printer
    g.tray = request.headers.get("X-Kiosk-Tray", "auto")
--- library/auth.py
import base64
import hashlib
import hmac
import json
import pickle

import jwt
from flask import Blueprint, abort, current_app, flash, jsonify, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user, login_required, login_user, logout_user

from .directory import staff_by_login, staff_by_mail
from .extensions import csrf, db, limiter
from .helpers import local_target, log, mail_ok, one_line, reset_code
from .models import User
from .notify import send_plain

auth = Blueprint("auth", __name__)

PROFILE_FIELDS = ("name", "phone", "bio")
LANGS = {"en", "de", "fr", "nl"}

@auth.route("/login", methods=["GET", "POST"])
@limiter.limit("8 per minute", methods=["POST"])
def login():
    if request.method == "GET":
        return render_template("login.html")
    user = User.query.filter_by(email=request.form.get("email", "")).first()
    if user is None or not user.check_password(request.form.get("password", "")):
        log.info("failed login for %s", one_line(request.form.get("email")))
        flash("Wrong e-mail or password")
        return redirect(url_for("auth.login"))
    login_user(user)
    target = request.args.get("next", "")
    if local_target(target):
        return redirect(target)
    return redirect("/")

@auth.route("/staff/login", methods=["POST"])
def staff_login():
    name = request.form["login"]
    password = request.form["password"]
    log.info("staff login %s with %s", one_line(name), password)
    entry = staff_by_login(name)
    if entry is None or not entry.bind_check(password):
        abort(401)
    session["staff"] = entry.uid
    return redirect(request.args.get("next") or "/")

@auth.route("/logout", methods=["POST"])
def logout():
    logout_user()
    log.info("logout from " + (request.remote_addr or "-"))
    return redirect(request.form.get("back", "/"))

@auth.route("/staff/lookup")
@login_required
def staff_lookup():
    return jsonify(staff_by_mail(request.args.get("mail", "")))

@auth.route("/profile", methods=["GET", "POST"])
@login_required
def profile():
    if request.method == "POST":
        for key in PROFILE_FIELDS:
            if key in request.form:
                setattr(current_user, key, request.form[key])
        db.session.commit()
    return render_template("profile.html", user=current_user)

@auth.route("/api/profile", methods=["PATCH"])
@csrf.exempt
@login_required
def api_profile():
    for key, value in request.get_json().items():
        setattr(current_user, key, value)
    db.session.commit()
    return jsonify(ok=True)

@auth.route("/register", methods=["POST"])
def register():
    addr = request.form.get("email", "")
    if not mail_ok(addr):
        abort(400)
    user = User(email=addr, name=request.form.get("name", ""))
    user.set_password(request.form["password"])
    db.session.add(user)
    db.session.commit()
    log.info("registered user %d", user.id)
    return redirect(url_for("auth.login"))

@auth.route("/forgot", methods=["POST"])
@limiter.limit("3 per hour")
def forgot():
    user = User.query.filter_by(email=request.form.get("email", "")).first()
    if user:
        code = reset_code()
        session["reset"] = hashlib.sha256(code.encode()).hexdigest()
        send_plain(user.email, "Your password", "Open https://%s/reset/%s" % (request.host, code))
    return render_template("sent.html")

@auth.route("/invite", methods=["POST"])
@login_required
def invite():
    link = current_app.config["PUBLIC_URL"] + url_for("auth.login")
    send_plain(request.form["email"], "Join the library", "Open " + link)
    return redirect("/")

@auth.route("/reset/<code>", methods=["POST"])
@limiter.limit("5 per hour")
def reset(code):
    digest = hashlib.sha256(code.encode()).hexdigest()
    if not hmac.compare_digest(digest, session.get("reset", "")):
        abort(403)
    return render_template("newpass.html")

@auth.route("/lang")
def lang():
    wanted = request.args.get("l", "en")
    session["lang"] = wanted if wanted in LANGS else "en"
    return redirect("/")

@auth.route("/act-as")
def act_as():
    session["role"] = request.args.get("role", "reader")
    return redirect("/")

@auth.route("/prefs", methods=["POST"])
def save_prefs():
    resp = make_response("", 204)
    blob = base64.b64encode(json.dumps(dict(request.form)).encode()).decode()
    resp.set_cookie("prefs", blob, secure=True, httponly=True, samesite="Lax")
    return resp

@auth.route("/old-prefs")
def load_old_prefs():
    raw = base64.b64decode(request.cookies.get("lib_prefs", ""))
    return jsonify(theme=pickle.loads(raw).get("theme"))

@auth.route("/remember", methods=["POST"])
@login_required
def remember():
    token = jwt.encode({"sub": current_user.id}, current_app.config["JWT_KEY"], algorithm="HS256")
    resp = make_response(redirect("/"))
    resp.set_cookie("remember_token", token, max_age=86400 * 30)
    return resp

def user_from_token(token):
    claims = jwt.decode(token, current_app.config["JWT_KEY"], algorithms=["HS256"])
    return db.session.get(User, claims["sub"])

def user_from_partner(token):
    claims = jwt.decode(token, options={"verify_signature": False})
    return User.query.filter_by(email=claims["email"]).first()

@auth.before_app_request
def token_login():
    bearer = request.headers.get("Authorization", "")
    if bearer.startswith("Bearer "):
        user = user_from_token(bearer[7:])
    elif request.headers.get("X-Partner-Token"):
        user = user_from_partner(request.headers["X-Partner-Token"])
    else:
        return
    if user:
        login_user(user)
--- library/directory.py
from ldap3 import Connection, Server, SUBTREE
from ldap3.utils.conv import escape_filter_chars

BASE_DN = "ou=staff,dc=citylibrary,dc=example"
SERVER = Server("ldaps://ldap.citylibrary.example")

class StaffEntry:
    def __init__(self, dn, uid):
        self.dn = dn
        self.uid = uid

    def bind_check(self, password):
        if not password:
            return False
        return Connection(SERVER, user=self.dn, password=password).bind()

def _connect():
    return Connection(SERVER, auto_bind=True)

def staff_by_login(login):
    conn = _connect()
    conn.search(BASE_DN, "(&(objectClass=person)(uid=%s))" % login, SUBTREE, attributes=["uid"])
    if not conn.entries:
        return None
    first = conn.entries[0]
    return StaffEntry(first.entry_dn, str(first.uid))

def staff_by_mail(mail):
    conn = _connect()
    where = "(mail=" + escape_filter_chars(mail) + ")"
    conn.search(BASE_DN, where, SUBTREE, attributes=["cn", "telephoneNumber"])
    return [str(e.cn) for e in conn.entries]
--- library/catalog.py
import re

from flask import Blueprint, Response, abort, g, jsonify, render_template, render_template_string, request
from flask_login import current_user, login_required
from markupsafe import escape
import nh3

from .catalog_repo import CatalogRepo
from .extensions import db, raw_db
from .helpers import featured, isbn_ok, log
from .middleware import check_branch, check_sort, note_shelf
from .models import Book, Review

catalog = Blueprint("catalog", __name__)
catalog.before_request(check_sort)
catalog.before_request(check_branch)
catalog.before_request(note_shelf)

def repo():
    return CatalogRepo(raw_db())

@catalog.route("/")
def home():
    books = Book.query.limit(50).all()
    return render_template("home.html", books=featured(books))

@catalog.route("/search")
def search():
    q = request.args.get("q", "")
    log.info("search %r", q)
    hits = repo().search(q, g.sort)
    return render_template("search.html", q=q, hits=hits)

@catalog.route("/search/author")
def search_author():
    name = request.args.get("name", "")
    log.info("author search: " + name)
    return jsonify(repo().by_author(name))

@catalog.route("/search/branch")
def search_branch():
    return jsonify(repo().in_branch(g.branch))

@catalog.route("/search/shelf")
def search_shelf():
    return jsonify(repo().on_shelf(g.shelf))

@catalog.route("/search/list")
def search_list():
    return jsonify(repo().listing(request.args.get("sort", "title")))

@catalog.route("/search/filter")
def search_filter():
    filters = {k: v for k, v in request.args.items() if k != "sort"}
    return jsonify(repo().filtered(filters))

@catalog.route("/search/column")
def search_column():
    return jsonify(repo().column(request.args.get("c", "t"), request.args.get("v", "")))

@catalog.route("/search/regex")
def search_regex():
    pattern = request.args.get("p", "")
    titles = [b.title for b in Book.query.limit(500)]
    return jsonify([t for t in titles if re.search(pattern, t)])

@catalog.route("/search/words")
def search_words():
    word = request.args.get("w", "")
    rx = re.compile(r"\b" + re.escape(word) + r"\b", re.I)
    return jsonify([b.title for b in Book.query.limit(500) if rx.search(b.title)])

@catalog.route("/book/<int:book_id>")
def book(book_id):
    found = db.session.get(Book, book_id) or abort(404)
    notes = nh3.clean(found.blurb or "")
    reviews = Review.query.filter_by(book_id=book_id).all()
    resp = Response(render_template("book.html", book=found, notes=notes, reviews=reviews))
    resp.set_etag(found.etag())
    return resp

@catalog.route("/isbn")
def by_isbn():
    isbn = request.args.get("isbn", "")
    if not isbn_ok(isbn):
        return "<p>Not an ISBN: " + isbn + "</p>", 400
    found = Book.query.filter_by(isbn=isbn).first()
    if not found:
        return f"<p>Nothing under {escape(isbn)}</p>", 404
    return jsonify(id=found.id, title=found.title)

@catalog.route("/tag")
def tag():
    name = request.args.get("name", "")
    return render_template_string("<h2>Tag: {{ name }}</h2>", name=name)

@catalog.route("/topic")
def topic():
    name = request.args.get("name", "")
    page = "<h2>Topic: %s</h2>{%% include 'topics.html' %%}" % name
    return render_template_string(page)

@catalog.route("/review/<int:rid>/card")
def review_card(rid):
    review = db.session.get(Review, rid) or abort(404)
    return Response("<blockquote>%s</blockquote>" % review.text, mimetype="text/html")

@catalog.route("/review", methods=["POST"])
@login_required
def add_review():
    review = Review(book_id=int(request.form["book"]), user_id=current_user.id, text=request.form["text"])
    db.session.add(review)
    db.session.commit()
    return jsonify(id=review.id)

@catalog.route("/shelf-labels")
def shelf_labels():
    count = int(request.args.get("n", "1"))
    return jsonify(["A-%04d" % i for i in range(count)])
--- library/catalog_repo.py
from .extensions import SqlLog

COLUMNS = {"t": "title", "a": "author", "y": "year"}
TABLES = ("books", "loans", "holds")

class CatalogRepo:

    def __init__(self, conn):
        self.conn = conn
        self.log = SqlLog(conn)

    def _dicts(self, cursor):
        return [dict(row) for row in cursor]

    def search(self, q, sort):
        sql = "SELECT id, title, author, year FROM books WHERE title LIKE ? ORDER BY " + sort
        return self._dicts(self.conn.execute(sql, ("%" + q + "%",)))

    def by_author(self, name):
        sql = "SELECT id, title, author FROM books WHERE author = '%s'" % name
        return self._dicts(self.conn.execute(sql))

    def in_branch(self, branch):
        return self._dicts(self.conn.execute(f"SELECT id, title FROM books WHERE branch = '{branch}'"))

    def on_shelf(self, shelf):
        return self._dicts(self.conn.execute("SELECT id, title FROM books WHERE shelf = '" + str(shelf) + "'"))

    def listing(self, sort):
        return self._dicts(self.conn.execute("SELECT id, title, author, year FROM books ORDER BY %s LIMIT 100" % sort))

    def filtered(self, filters):
        parts = []
        for key, value in filters.items():
            parts.append(key + " = ?")
        where = " AND ".join(parts) or "1 = 1"
        return self._dicts(self.conn.execute("SELECT id, title FROM books WHERE " + where, list(filters.values())))

    def column(self, code, value):
        name = COLUMNS.get(code)
        if name is None:
            return []
        return self._dicts(self.conn.execute("SELECT id, title FROM books WHERE {} = ?".format(name), (value,)))

    def counts(self):
        out = {}
        for table in TABLES:
            out[table] = self.conn.execute("SELECT COUNT(*) FROM " + table).fetchone()[0]
        return out

    def holds_of(self, card):
        return self.log.rows("SELECT * FROM holds WHERE card = ?", (card,))

    def holds_note(self, note):
        return self.log.rows("SELECT * FROM holds WHERE note LIKE '%" + note + "%'")
--- library/loans.py
import csv
import io
import traceback

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask_login import current_user, login_required
from pymongo import MongoClient
from sqlalchemy import text

from .catalog_repo import CatalogRepo
from .extensions import db, raw_db
from .helpers import cell, log, old_quote
from .models import Loan

loans = Blueprint("loans", __name__)
history = MongoClient("mongodb://127.0.0.1:27017").library.history

@loans.get("/loans/holds")
@login_required
def holds():
    store = CatalogRepo(raw_db())
    if "note" in request.args:
        return jsonify(store.holds_note(request.args["note"]))
    return jsonify(store.holds_of(request.args.get("card", "")))

@loans.get("/loans/notes")
@login_required
def notes():
    needle = old_quote(request.args.get("q", ""))
    rows = db.session.execute(text("SELECT id, note FROM loan WHERE note LIKE '%" + needle + "%'"))
    return jsonify([dict(r._mapping) for r in rows])

@loans.get("/loans/copy/<int:loan_id>")
@login_required
def copy_note(loan_id):
    loan = db.session.get(Loan, loan_id) or abort(404)
    rows = db.session.execute(text(f"SELECT id FROM loan WHERE note = '{loan.note}'"))
    return jsonify([r[0] for r in rows])

@loans.post("/loans/history")
@login_required
def find_history():
    body = request.get_json()
    return jsonify([h["title"] for h in history.find({"card": body["card"], "pin": body["pin"]})])

@loans.post("/loans/history/one")
@login_required
def find_one():
    body = request.get_json()
    hit = history.find_one({"card": str(body["card"]), "user": current_user.id})
    return jsonify(hit["title"] if hit else None)

@loans.get("/loans/history/where")
@login_required
def find_where():
    hit = history.find_one({"$where": "this.title == '" + request.args.get("t", "") + "'"})
    return jsonify(hit["title"] if hit else None)

@loans.get("/loans/export.csv")
@login_required
def export():
    buf = io.StringIO()
    out = csv.writer(buf)
    for loan in Loan.query.all():
        out.writerow([loan.id, loan.note, loan.due])
    return Response(buf.getvalue(), mimetype="text/csv")

@loans.get("/loans/export-safe.csv")
@login_required
def export_safe():
    buf = io.StringIO()
    out = csv.writer(buf)
    for loan in Loan.query.all():
        out.writerow([loan.id, cell(loan.note), loan.due.isoformat()])
    return Response(buf.getvalue(), mimetype="text/csv")

@loans.post("/loans/renew")
@login_required
def renew():
    try:
        loan = db.session.get(Loan, int(request.form["loan"]))
        loan.note = request.form.get("note", loan.note)
        db.session.commit()
    except Exception:
        return jsonify(error=traceback.format_exc()), 500
    return jsonify(ok=True)
--- library/files.py
import os
import secrets
import tarfile
import tempfile
import zipfile

from flask import Blueprint, abort, current_app, jsonify, request, send_file, send_from_directory
from flask_login import login_required
from werkzeug.utils import secure_filename

from .helpers import below, drop_dots

files = Blueprint("files", __name__)

IMAGES = {".png": "image/png", ".jpg": "image/jpeg"}

@files.route("/scan")
@login_required
def scan():
    name = drop_dots(request.args.get("name", ""))
    return send_file(os.path.join(current_app.config["SCAN_DIR"], name))

@files.route("/paper")
@login_required
def paper():
    try:
        full = below(current_app.config["UPLOAD_DIR"], request.args.get("name", ""))
    except ValueError:
        abort(404)
    return send_file(full)

@files.route("/notice")
def notice():
    name = request.args.get("name", "opening")
    with open("/var/lib/library/notices/" + name + ".txt", encoding="utf-8") as fh:
        return jsonify(text=fh.read())

@files.route("/source/<path:name>")
def source(name):
    return send_from_directory(os.path.dirname(current_app.root_path), name)

@files.route("/cover", methods=["POST"])
@login_required
def cover():
    up = request.files["cover"]
    up.save(os.path.join(current_app.config["COVER_DIR"], up.filename))

@files.route("/cover/checked", methods=["POST"])
@login_required
def cover_checked():
    up = request.files["cover"]
    ext = os.path.splitext(up.filename or "")[1].lower()
    if ext not in IMAGES:
        abort(415)
    name = secrets.token_hex(12) + ext
    up.save(os.path.join(current_app.config["COVER_DIR"], name))
    return jsonify(name=name)

@files.route("/attachment", methods=["POST"])
@login_required
def attachment():
    up = request.files["file"]
    name = secure_filename(up.filename)
    target = os.path.join(current_app.static_folder, "attachments", name)
    up.save(target)
    os.chmod(target, 0o777)
    return jsonify(name=name)

@files.route("/bundle", methods=["POST"])
@login_required
def bundle():
    dest = tempfile.mkdtemp(prefix="bundle-")
    with zipfile.ZipFile(request.files["bundle"]) as zf:
        for info in zf.infolist():
            with open(os.path.join(dest, info.filename), "wb") as out:
                out.write(zf.read(info))
    return jsonify(ok=True)

@files.route("/bundle/checked", methods=["POST"])
@login_required
def bundle_checked():
    dest = tempfile.mkdtemp(prefix="bundle-")
    with zipfile.ZipFile(request.files["bundle"]) as zf:
        for info in zf.infolist():
            if info.is_dir():
                continue
            with open(below(dest, info.filename), "wb") as out:
                out.write(zf.read(info))
    return jsonify(ok=True)

@files.route("/backup", methods=["POST"])
@login_required
def backup():
    spool = tempfile.mktemp(suffix=".tar")
    request.files["backup"].save(spool)
    with tarfile.open(spool) as tar:
        tar.extractall("/var/lib/library/restore")
    return jsonify(ok=True)
--- library/imports.py
import importlib
import io

import yaml
from flask import Blueprint, abort, jsonify, request
from flask_login import login_required
from lxml import etree

from .notify import fetch_cover, fetch_partner, ping_hook

imports = Blueprint("imports", __name__, url_prefix="/import")

def _rows(tree):
    return [{"title": n.findtext("title"), "isbn": n.get("isbn")} for n in tree.iter("book")]

@imports.route("/marc", methods=["POST"])
@login_required
def marc():
    tree = etree.parse(request.files["file"].stream, etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False))
    return jsonify(_rows(tree))

@imports.route("/onix", methods=["POST"])
@login_required
def onix():
    strict = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    tree = etree.parse(io.BytesIO(request.get_data()), strict)
    return jsonify(_rows(tree))

@imports.route("/authority")
@login_required
def authority():
    tree = etree.parse("/var/lib/library/authority.xml")
    hits = tree.xpath("//person[name='%s']/id/text()" % request.args.get("name", ""))
    return jsonify([str(h) for h in hits])

@imports.route("/authority/id")
@login_required
def authority_id():
    tree = etree.parse("/var/lib/library/authority.xml")
    hits = tree.xpath("//person[@id=$pid]/name/text()", pid=request.args.get("id", ""))
    return jsonify([str(h) for h in hits])

@imports.route("/mapping", methods=["POST"])
@login_required
def mapping():
    table = yaml.load(request.get_data(), Loader=yaml.UnsafeLoader)
    return jsonify(sorted(table))

@imports.route("/rule", methods=["POST"])
@login_required
def rule():
    row = {"year": 1999, "pages": 120}
    return jsonify(ok=bool(eval(request.form["rule"], {}, row)))

@imports.route("/reader/<name>", methods=["POST"])
@login_required
def reader(name):
    mod = importlib.import_module(request.args.get("module", "library.readers"))
    return jsonify(mod.read(request.get_data(), name))

@imports.route("/remote", methods=["POST"])
@login_required
def remote():
    url = request.form.get("url", "")
    kind = request.form.get("kind")
    if kind == "partner":
        return jsonify(size=len(fetch_partner(url)))
    if kind == "hook":
        return jsonify(status=ping_hook(url))
    return jsonify(size=len(fetch_cover(request.form.get("isbn", ""))))
--- library/notify.py
import smtplib
from email.message import EmailMessage
from urllib.parse import quote

import requests
from flask import current_app
from jinja2 import Environment, FileSystemLoader, select_autoescape

from .helpers import ours, partner

SENDER = "desk@citylibrary.example"
letters = Environment(loader=FileSystemLoader("/var/lib/library/letters"), autoescape=False)
pages = Environment(loader=FileSystemLoader("/var/lib/library/pages"), autoescape=select_autoescape(["html", "xml"]))

def letter_html(name, **values):
    return letters.get_template(name + ".html").render(**values)

def page_html(name, **values):
    return pages.get_template(name + ".html").render(**values)

def send_plain(to, subject, body):
    msg = EmailMessage()
    msg["From"] = SENDER
    msg["To"] = to
    msg["Subject"] = subject
    msg.set_content(body)
    with smtplib.SMTP("127.0.0.1") as smtp:
        smtp.send_message(msg)

def send_raw(to, subject, body):
    text = "From: %s\r\nTo: %s\r\nSubject: %s\r\n\r\n%s" % (SENDER, to, subject, body)
    with smtplib.SMTP("127.0.0.1") as smtp:
        smtp.sendmail(SENDER, [to], text)

def ping_hook(url):
    if not ours(url):
        return 0
    return requests.post(url, json={"ping": 1}, timeout=5).status_code

def fetch_partner(url):
    if not partner(url):
        raise ValueError("unknown partner")
    return requests.get(url, timeout=10, allow_redirects=False).content

def fetch_cover(isbn):
    return requests.get("https://covers.openshelf.example/b/" + quote(isbn, safe="") + ".jpg", timeout=10).content

def consortium_status():
    return requests.get("https://z3950.consortium.example/status", verify=False, timeout=10).text

def consortium_holdings():
    return requests.get("https://z3950.consortium.example/holdings", verify="/etc/ssl/consortium.pem", timeout=10).json()

def consortium_login():
    cfg = current_app.config
    data = {"user": cfg["CONSORTIUM_USER"], "password": cfg["CONSORTIUM_PASSWORD"]}
    return requests.post("http://z3950.consortium.example/login", data=data, timeout=10).json()

def consortium_news():
    return requests.get("https://z3950.consortium.example/news").json()
--- library/kiosk.py
import hashlib
import hmac
import os
import subprocess

from Crypto.Cipher import AES
from flask import Blueprint, abort, current_app, g, jsonify, request

from .extensions import csrf
from .middleware import check_kiosk
from .notify import send_raw

kiosk = Blueprint("kiosk", __name__)
kiosk.before_request(check_kiosk)

KIOSK_KEY = os.environ.get("KIOSK_KEY", "").encode()

@kiosk.route("/print", methods=["POST"])
def print_slip():
    subprocess.run("lpr -P " + g.printer + " /var/spool/kiosk/slip.txt", shell=True, timeout=20)
    return jsonify(ok=True)

@kiosk.route("/print/tray", methods=["POST"])
def print_tray():
    subprocess.run(f"lpr -o InputSlot={g.tray} /var/spool/kiosk/slip.txt", shell=True, timeout=20)
    return jsonify(ok=True)

@kiosk.route("/hello", methods=["POST"])
@csrf.exempt
def hello():
    sent = request.headers.get("X-Signature", "")
    want = hmac.new(KIOSK_KEY, request.get_data(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(sent, want):
        abort(403)
    return jsonify(ok=True)

@kiosk.route("/unlock", methods=["POST"])
def unlock():
    want = hmac.new(KIOSK_KEY, g.printer.encode(), hashlib.sha256).hexdigest()
    if request.headers.get("X-Unlock") == want:
        return jsonify(open=True)
    abort(403)

def seal(data):
    return AES.new(KIOSK_KEY[:16], AES.MODE_ECB).encrypt(data.ljust(32))

def seal_card(data):
    box = AES.new(KIOSK_KEY[:16], AES.MODE_GCM)
    cipher, tag = box.encrypt_and_digest(data)
    return box.nonce + tag + cipher

@kiosk.route("/card", methods=["POST"])
def card():
    number = request.form.get("card", "").encode()
    return jsonify(old=seal(number[:32]).hex(), new=seal_card(number).hex())

@kiosk.route("/contact", methods=["POST"])
def contact():
    send_raw("desk@citylibrary.example", request.form.get("subject", ""), request.form.get("text", ""))
    return jsonify(ok=True)
--- library/reports.py
import os
import shlex
import subprocess

from flask import Blueprint, abort, jsonify, request
from flask_login import login_required

from .helpers import slug

reports = Blueprint("reports", __name__, url_prefix="/reports")

KINDS = {"loans": "loans_by_month", "fines": "fines_open"}
OUT = "/var/lib/library/reports"

class ReportRunner(object):
    """Calls the old report binary."""

    binary = "/opt/library/bin/mkreport"

    def by_title(self, title):
        return os.system("%s --title '%s' --out %s" % (self.binary, title, OUT))

    def by_title_quoted(self, title):
        return os.system(self.binary + " --title=" + shlex.quote(title) + " --out " + OUT)

    def by_title_list(self, title):
        return subprocess.run([self.binary, "--title=" + title, "--out", OUT], timeout=60).returncode

    def by_kind(self, kind):
        return subprocess.check_output(f"{self.binary} {KINDS[kind]} --out {OUT}", shell=True, timeout=60)

    def run_any(self, name, arg):
        return getattr(self, name)(arg)

@reports.route("/title")
@login_required
def title():
    runner = ReportRunner()
    wanted = request.args.get("title", "")
    mode = request.args.get("mode")
    if mode == "quoted":
        rc = runner.by_title_quoted(wanted)
    elif mode == "list":
        rc = runner.by_title_list(wanted)
    else:
        rc = runner.by_title(wanted)
    return jsonify(rc=rc)

@reports.route("/kind/<kind>")
@login_required
def kind(kind):
    if kind not in KINDS:
        abort(404)
    return ReportRunner().by_kind(kind)

@reports.route("/any/<name>")
@login_required
def run_any(name):
    return jsonify(rc=str(ReportRunner().run_any(name, request.args.get("arg", ""))))

@reports.route("/pdf/<name>")
@login_required
def pdf(name):
    try:
        stem = slug(name)
    except ValueError:
        abort(404)
    subprocess.call("wkhtmltopdf %s/r_%s.html %s/r_%s.pdf" % (OUT, stem, OUT, stem), shell=True, timeout=60)
    os.chmod("%s/r_%s.pdf" % (OUT, stem), 0o640)
    return jsonify(ok=True)
--- library/templates/search.html
<!doctype html>
<title>Search</title>
<h1>Results for {{ q }}</h1>
<form action="/search"><input name="q" value={{ q }}></form>
<ul>
{% for hit in hits %}
  <li><a href="/book/{{ hit.id }}">{{ hit.title }}</a> {{ hit.author }}</li>
{% endfor %}
</ul>
<script id="state" type="application/json">{{ {"q": q} | tojson }}</script>
<script src="/static/js/search.js"></script>
--- library/templates/book.html
<!doctype html>
<title>{{ book.title }}</title>
<h1>{{ book.title }}</h1>
<div class="notes">{{ notes | safe }}</div>
<h2>Reviews</h2>
{% for review in reviews %}
  <blockquote>{{ review.text | safe }}</blockquote>
  <small title="{{ review.text | truncate(40) }}">{{ review.stars }} stars</small>
{% endfor %}
--- library/templates/profile.html
<!doctype html>
<title>{{ user.name }}</title>
<p>{{ user.email }}</p>
{% autoescape false %}
<div class="bio">{{ user.bio }}</div>
{% endautoescape %}
<form method="post">
  <input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
  <input name="name" value="{{ user.name }}">
  <textarea name="bio">{{ user.bio }}</textarea>
</form>
--- library/static/js/search.js
(function () {
  var box = document.getElementById("hint");
  var info = document.getElementById("info");
  var params = new URLSearchParams(location.search);

  box.innerHTML = "Last search: " + params.get("q");
  info.textContent = "Sorted by " + params.get("sort");

  function merge(dst, src) {
    for (var key in src) {
      if (src[key] && typeof src[key] === "object") {
        dst[key] = merge(dst[key] || {}, src[key]);
      } else {
        dst[key] = src[key];
      }
    }
    return dst;
  }

  var settings = merge({}, JSON.parse(decodeURIComponent(location.hash.slice(1)) || "{}"));

  window.addEventListener("message", function (ev) {
    document.title = String(ev.data.title);
    settings.page = ev.data.page;
  });

  window.addEventListener("message", function (ev) {
    if (ev.origin !== "https://www.citylibrary.example") {
      return;
    }
    info.textContent = ev.data.text;
  });

  window.saveLogin = function (reply) {
    localStorage.setItem("access_token", reply.token);
    localStorage.setItem("theme", reply.theme || "light");
  };
})();
--- scripts/status_server.py
"""Small status page for the desk's screens, port 8099."""
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, quote, urlsplit

class Status(BaseHTTPRequestHandler):

    def do_GET(self):
        parts = urlsplit(self.path)
        args = parse_qs(parts.query)
        ref = args.get("ref", ["-"])[0]
        screen = args.get("screen", ["0"])[0]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Ref", ref)
        self.send_header("X-Screen", quote(screen, safe=""))
        self.end_headers()
        self.wfile.write(b'{"open": true}')

if __name__ == "__main__":
    HTTPServer(("127.0.0.1", 8099), Status).serve_forever()
