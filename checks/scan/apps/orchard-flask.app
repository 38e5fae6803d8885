--- labels
good run.py:9 config/bind-all | this machine only
good run.py:9 config/debug | the environment says it
bad run.py:11 config/debug config/bind-all | the debugger is on, for everybody
good orchard/__init__.py:19 cors/wild | one origin
bad orchard/__init__.py:26 headers/missing | inline scripts run
bad orchard/config.py:3 secret/hard-coded | the key of the sessions is in the code
good orchard/config.py:4 secret/hard-coded | comes from the environment
good orchard/config.py:8 secret/hard-coded | comes from the environment
bad orchard/config.py:15 cookie/flags | scripts read the session's cookie
bad orchard/config.py:16 csrf/off | the protection is off
good orchard/db.py:19 sql/injection | all callers bring numbers, listed names or parameters
bad orchard/security.py:15 crypto/password-storage crypto/weak-hash | a password hashed by SHA-1
good orchard/security.py:19 crypto/password-storage | bcrypt with twelve rounds
bad orchard/security.py:28 crypto/weak-random | a token that can be predicted
good orchard/security.py:33 crypto/weak-random | a secure generator
good orchard/security.py:37 crypto/weak-random | a text to show
good orchard/security.py:41 crypto/weak-cipher | AES in GCM
good orchard/security.py:47 crypto/weak-hash | an ETag
bad orchard/security.py:52 jwt/unverified | the signature is not looked at
good orchard/security.py:57 jwt/unverified | verified, one algorithm
bad orchard/mailer.py:12 tls/cleartext | the log-in goes before TLS has begun
bad orchard/mailer.py:13 mail/injection | the text's header has the subject of a request
good orchard/mailer.py:23 tls/cleartext | TLS has begun before
good orchard/mailer.py:24 mail/injection | EmailMessage refuses line breaks
bad orchard/views/account.py:24 sql/injection | the name is formatted into the statement
bad orchard/views/account.py:26 log/injection | line breaks of the name
good orchard/views/account.py:27 redirect/open | an own address
good orchard/views/account.py:28 log/injection | repr keeps line breaks out
bad orchard/views/account.py:29 secret/logged log/injection | the password is written to the log
bad orchard/views/account.py:31 redirect/open | the query says where to
good orchard/views/account.py:36 redirect/open | from a list
bad orchard/views/account.py:42 regex/redos | exponential
bad orchard/views/account.py:44 regex/wide-range | A-z holds signs between
good orchard/views/account.py:46 regex/redos | one way through only
good orchard/views/account.py:49 sql/injection | parameters
good orchard/views/account.py:50 secret/logged | the length alone
good orchard/views/account.py:58 trust/boundary | compared with a list
bad orchard/views/account.py:59 trust/boundary | the client chooses its role
bad orchard/views/trees.py:17 sql/injection | the order is formatted in
good orchard/views/trees.py:24 sql/injection | a column from the list in the code
bad orchard/views/trees.py:33 sql/injection | the search is pasted in
bad orchard/views/trees.py:35 xss/reflected | the search is shown as markup
good orchard/views/trees.py:43 sql/injection | a parameter
good orchard/views/trees.py:45 xss/reflected | escaped
good orchard/views/trees.py:50 sql/injection | a number
good orchard/views/trees.py:52 xss/reflected | a number
bad orchard/views/trees.py:53 xss/reflected | markup of the request
good orchard/views/trees.py:62 xss/reflected | Markup's format escapes
bad orchard/views/trees.py:71 xss/stored | what visitors wrote is shown as markup
good orchard/views/trees.py:77 xss/stored | each name is escaped
bad orchard/views/trees.py:82 object/mass-assignment | is_admin can be set
good orchard/views/trees.py:91 object/mass-assignment | two named fields
bad orchard/views/trees.py:101 object/mass-assignment | any field of the record
bad orchard/views/shop.py:10 xss/autoescape-off | no escaping in this environment
good orchard/views/shop.py:11 xss/autoescape-off | HTML is escaped
bad orchard/views/shop.py:29 deserialize/untrusted | a pickle of the cookie
good orchard/views/shop.py:36 deserialize/untrusted | JSON makes plain values only
good orchard/views/shop.py:43 deserialize/untrusted | a file of the application
bad orchard/views/shop.py:53 template/injection | the name is part of the template
good orchard/views/shop.py:59 template/injection | a constant template
bad orchard/views/shop.py:64 format/untrusted | the request brings the format
good orchard/views/shop.py:70 format/untrusted | a format of the list
bad orchard/views/files.py:21 path/traversal | the name can leave the folder
good orchard/views/files.py:31 path/traversal | a base name
good orchard/views/files.py:34 error/leak | a constant text
bad orchard/views/files.py:39 path/traversal text/incomplete-escape | one pass leaves ../ of ..././
good orchard/views/files.py:44 path/traversal | stays in its folder
good orchard/views/files.py:53 path/traversal | resolved and compared with its folder
bad orchard/views/files.py:59 upload/unchecked path/traversal | any type, under the name it came with
good orchard/views/files.py:70 upload/unchecked | an own name, and an ending from a list
good orchard/views/files.py:71 file/permissions | nothing for others
bad orchard/views/files.py:78 archive/zip-slip | names of the archive can leave the folder
bad orchard/views/files.py:79 file/permissions | everybody may write
good orchard/views/files.py:89 archive/zip-slip | an own name, and an ending from a list
bad orchard/views/imports.py:16 xml/external-entity | entities are resolved
good orchard/views/imports.py:23 xml/external-entity | entities stay as they are
good orchard/views/imports.py:29 xml/external-entity | defusedxml refuses entities
bad orchard/views/imports.py:35 xpath/injection | a quote ends the literal
good orchard/views/imports.py:41 xpath/injection | a variable
bad orchard/views/imports.py:47 deserialize/untrusted | YAML that makes any object
good orchard/views/imports.py:53 deserialize/untrusted | plain values only
bad orchard/views/imports.py:54 file/temp | a known name below /tmp
good orchard/views/imports.py:56 file/temp | a name of tempfile
bad orchard/views/tools.py:18 command/injection | the host is part of a shell's text
good orchard/views/tools.py:24 command/injection | a list of arguments, no shell
bad orchard/views/tools.py:31 command/injection | the size is part of a shell's text
good orchard/views/tools.py:38 command/injection | a number
good orchard/views/tools.py:39 command/injection | quoted
bad orchard/views/tools.py:45 code/injection | a formula of the request is run
good orchard/views/tools.py:51 code/injection | literals alone
bad orchard/views/tools.py:57 ssrf/request | any address of the request
bad orchard/views/tools.py:64 tls/unverified | the certificate is not checked
good orchard/views/tools.py:64 ssrf/request | an address from a list
bad orchard/views/tools.py:70 request/no-timeout | no limit of time
good orchard/views/tools.py:70 ssrf/request | a constant host
bad orchard/views/tools.py:77 url/incomplete-check | no slash ends the host
bad orchard/views/tools.py:79 ssrf/request | the check lets other hosts pass
good orchard/views/tools.py:86 url/incomplete-check | the whole host is compared
good orchard/views/tools.py:88 ssrf/request | a host that was compared
good orchard/views/tools.py:88 request/no-timeout | five seconds
good orchard/views/admin.py:38 code/reflection | looked up in a list
bad orchard/views/admin.py:43 code/reflection | any module that is installed
bad orchard/views/admin.py:50 ldap/injection | the filter holds the request
good orchard/views/admin.py:57 ldap/injection | escaped
good orchard/views/api.py:20 cookie/flags | both flags
bad orchard/views/api.py:30 error/leak | the exception's text goes out
good orchard/views/api.py:36 xss/reflected | JSON is no markup
bad orchard/templates/login.html:3 xss/template | the hint of the query is written raw
good orchard/templates/login.html:5 xss/template | escaped, in quotes
good orchard/templates/trees.html:3 xss/template | escaped
bad orchard/templates/trees.html:7 xss/template xss/stored | a stored remark is written raw
--- run.py
import os

from orchard import create_app

app = create_app()

if __name__ == "__main__":
    if os.environ.get("ORCHARD_LOCAL"):
        app.run(host="127.0.0.1", port=5001, debug=os.environ.get("ORCHARD_DEBUG") == "1")
    else:
        app.run(host="0.0.0.0", port=5000, debug=True)
--- orchard/__init__.py
import logging

from flask import Flask
from flask_cors import CORS
from flask_wtf.csrf import CSRFProtect

from orchard import config, models
from orchard.views import account, admin, api, files, imports, shop, tools, trees

csrf = CSRFProtect()


def create_app():
    app = Flask(__name__, static_folder="static")
    app.config.from_object(config)
    logging.basicConfig(filename="orchard.log", format="%(asctime)s %(message)s", level=logging.INFO)
    csrf.init_app(app)
    models.db.init_app(app)
    CORS(trees.bp, origins=["https://partner.example.org"], supports_credentials=True)
    for module in (account, admin, api, files, imports, shop, tools, trees):
        app.register_blueprint(module.bp)

    @app.after_request
    def policy(response):
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Content-Security-Policy"] = "default-src 'self'; script-src 'self' 'unsafe-inline'"
        return response

    return app
--- orchard/config.py
import os

SECRET_KEY = "p3Arw00d-9fK2mXq7Ls"
JWT_KEY = os.environ.get("ORCHARD_JWT_KEY")
MYSQL = {
    "host": "127.0.0.1",
    "user": "orchard",
    "password": os.environ.get("ORCHARD_DB_PASSWORD"),
    "db": "orchard",
}
SQLALCHEMY_DATABASE_URI = "sqlite:///orchard.db"
SQLALCHEMY_TRACK_MODIFICATIONS = False

SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = False
WTF_CSRF_ENABLED = False

PUBLIC_URL = os.environ.get("ORCHARD_URL", "https://orchard.example.org")
UPLOADS = "/srv/orchard/uploads"
LABELS = "/srv/orchard/labels"
SMTP_HOST = "smtp.mailer.example.net"
--- orchard/db.py
import sqlite3

import pymysql

from orchard import config

_path = "orchard.db"


def connect():
    con = sqlite3.connect(_path)
    con.row_factory = sqlite3.Row
    return con


def rows(sql, args=()):
    con = connect()
    try:
        return con.execute(sql, args).fetchall()
    finally:
        con.close()


def one(sql, args=()):
    found = rows(sql, args)
    return found[0] if found else None


def write(sql, args=()):
    con = connect()
    with con:
        con.execute(sql, args)
    con.close()


def stock():
    return pymysql.connect(cursorclass=pymysql.cursors.DictCursor, **config.MYSQL)
--- orchard/models.py
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Grower(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))
    town = db.Column(db.String(80))
    bio = db.Column(db.Text)
    is_admin = db.Column(db.Boolean, default=False)
    credit = db.Column(db.Integer, default=0)


class Tree(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    sort = db.Column(db.String(40))
    planted = db.Column(db.Integer)
    grower_id = db.Column(db.Integer, db.ForeignKey("grower.id"))
--- orchard/security.py
import base64
import hashlib
import random
import secrets
import string

import bcrypt
import jwt
from Crypto.Cipher import AES

from orchard import config


def old_hash(password):
    return hashlib.sha1(password.encode("utf-8")).hexdigest()


def new_hash(password):
    return bcrypt.hashpw(password.encode("utf-8"), bcrypt.gensalt(12))


def matches(password, stored):
    return bcrypt.checkpw(password.encode("utf-8"), stored)


def reset_token():
    letters = string.ascii_letters + string.digits
    token = "".join(random.choice(letters) for _ in range(24))
    return token


def api_key():
    return secrets.token_urlsafe(32)


def banner():
    return random.choice(["Apples", "Pears", "Quinces"])


def seal_phone(key, phone):
    box = AES.new(key, AES.MODE_GCM)
    text, tag = box.encrypt_and_digest(phone.encode("utf-8"))
    return base64.b64encode(box.nonce + tag + text)


def file_etag(data):
    return hashlib.md5(data).hexdigest()


def claims(header):
    token = header.replace("Bearer ", "", 1)
    return jwt.decode(token, options={"verify_signature": False})


def verified(header):
    token = header.replace("Bearer ", "", 1)
    return jwt.decode(token, config.JWT_KEY, algorithms=["HS256"])
--- orchard/mailer.py
import os
import smtplib
from email.message import EmailMessage

from orchard import config

OFFICE = "office@orchard.example.org"


def send_raw(to, text):
    server = smtplib.SMTP(config.SMTP_HOST, 587)
    server.login("orchard", os.environ["SMTP_PASSWORD"])
    server.sendmail(OFFICE, to, text)
    server.quit()


def send(to, subject, text):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = OFFICE, to, subject
    mail.set_content(text)
    with smtplib.SMTP(config.SMTP_HOST, 587) as server:
        server.starttls()
        server.login("orchard", os.environ["SMTP_PASSWORD"])
        server.send_message(mail)
--- orchard/views/__init__.py
--- orchard/views/account.py
import logging
import re

from flask import Blueprint, redirect, render_template, request, session, url_for

from orchard import config, db, mailer, security

bp = Blueprint("account", __name__)
log = logging.getLogger("orchard.account")

LANGUAGES = ("en", "de", "pl")
PAGES = {"cart": "/shop/cart", "trees": "/trees/"}


@bp.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "GET":
        return render_template("login.html", hint=request.args.get("hint", ""), user=request.args.get("user", ""))
    name = request.form["name"]
    password = request.form["password"]
    digest = security.old_hash(password)
    con = db.connect()
    sql = "SELECT * FROM users WHERE name = '%s' AND hash = '%s'" % (name, digest)
    user = con.execute(sql).fetchone()
    if user is None:
        log.warning("login failed for %s" % name)
        return redirect(url_for("account.login", user=name))
    log.info("login of %r", name)
    log.info("login with password " + password)
    session["user_id"] = user["id"]
    return redirect(request.args.get("next") or "/")


@bp.route("/jump")
def jump():
    return redirect(PAGES.get(request.args.get("to"), "/"))


@bp.route("/register", methods=["POST"])
def register():
    name = request.form["name"]
    if not re.match(r"^(\w+[ .]?)+$", name):
        return "Please choose another name.", 400
    if not re.match(r"^[A-z]{2,30}$", request.form["town"]):
        return "Please tell us your town.", 400
    if not re.match(r"^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$", request.form["postcode"]):
        return "Please tell us your postcode.", 400
    digest = security.new_hash(request.form["password"])
    db.write("INSERT INTO growers (name, town, hash) VALUES (?, ?, ?)", (name, request.form["town"], digest))
    log.info("new grower, password of %d signs", len(request.form["password"]))
    return redirect("/login")


@bp.route("/settings", methods=["POST"])
def settings():
    language = request.form["language"]
    if language in LANGUAGES:
        session["language"] = language
    session["role"] = request.form.get("role", "grower")
    return redirect("/")


@bp.route("/forgot", methods=["POST"])
def forgot():
    user = db.one("SELECT id, email FROM users WHERE email = ?", (request.form["email"],))
    if user is None:
        return "", 204
    token = security.reset_token()
    db.write("UPDATE users SET reset = ? WHERE id = ?", (token, user["id"]))
    mailer.send(user["email"], "Your password", "%s/reset?token=%s" % (config.PUBLIC_URL, token))
    return "", 204


@bp.route("/contact", methods=["POST"])
def contact():
    text = "From: %s\r\nSubject: %s\r\n\r\n%s" % (mailer.OFFICE, request.form["subject"], request.form["text"])
    mailer.send_raw(mailer.OFFICE, text)
    return redirect("/")


@bp.route("/invite", methods=["POST"])
def invite():
    link = config.PUBLIC_URL + "/register"
    mailer.send(mailer.OFFICE, request.form["subject"], link + "\n" + request.form["text"])
    return "", 204
--- orchard/views/trees.py
from flask import Blueprint, Markup, abort, jsonify, render_template, request
from markupsafe import escape

from orchard import db
from orchard.models import Grower, Tree
from orchard.models import db as orm

bp = Blueprint("trees", __name__, url_prefix="/trees")

ORDERS = {"sort": "sort", "year": "planted"}


@bp.route("/")
def index():
    order = request.args.get("order", "planted")
    con = db.connect()
    found = con.execute("SELECT id, sort, planted, remark FROM trees ORDER BY {}".format(order)).fetchall()
    return render_template("trees.html", trees=found, title=request.args.get("title", "Trees"))


@bp.route("/ordered")
def ordered():
    column = ORDERS.get(request.args.get("order"), "planted")
    found = db.rows("SELECT id, sort, planted FROM trees ORDER BY " + column)
    return jsonify([dict(row) for row in found])


@bp.route("/search")
def search():
    q = request.args.get("q", "")
    con = db.stock()
    with con.cursor() as cur:
        cur.execute("SELECT id, sort FROM stock WHERE sort LIKE '%" + q + "%'")
        found = cur.fetchall()
    return "<h1>%d trees like %s</h1>" % (len(found), q)


@bp.route("/find")
def find():
    q = request.args.get("q", "")
    con = db.stock()
    with con.cursor() as cur:
        cur.execute("SELECT id, sort FROM stock WHERE sort LIKE %s", ("%" + q + "%",))
        found = cur.fetchall()
    return "<h1>%d trees like %s</h1>" % (len(found), escape(q))


@bp.route("/<int:tree_id>")
def show(tree_id):
    tree = db.one("SELECT * FROM trees WHERE id = %d" % tree_id)
    if tree is None:
        return "<p>There is no tree %d.</p>" % tree_id, 404
    badge = Markup("<b>" + request.args.get("badge", "new") + "</b>")
    return render_template("tree.html", tree=tree, badge=badge)


@bp.route("/<int:tree_id>/card")
def card(tree_id):
    tree = db.one("SELECT sort FROM trees WHERE id = ?", (tree_id,))
    if tree is None:
        abort(404)
    badge = Markup("<b>{}</b>").format(request.args.get("badge", "new"))
    return render_template("tree.html", tree=tree, badge=badge)


@bp.route("/<int:tree_id>/remarks")
def remarks(tree_id):
    page = "<ul>"
    for row in db.rows("SELECT author, remark FROM remarks WHERE tree = ?", (tree_id,)):
        page += "<li>" + row["author"] + ": " + row["remark"] + "</li>"
    return page + "</ul>"


@bp.route("/<int:tree_id>/authors")
def authors(tree_id):
    found = db.rows("SELECT author FROM remarks WHERE tree = ?", (tree_id,))
    return "<ul>" + "".join("<li>%s</li>" % escape(row["author"]) for row in found) + "</ul>"


@bp.route("/growers", methods=["POST"])
def add_grower():
    grower = Grower(**request.get_json())
    orm.session.add(grower)
    orm.session.commit()
    return jsonify(id=grower.id)


@bp.route("/", methods=["POST"])
def add_tree():
    body = request.get_json()
    tree = Tree(sort=str(body["sort"]), planted=int(body["planted"]))
    orm.session.add(tree)
    orm.session.commit()
    return jsonify(id=tree.id)


@bp.route("/growers/<int:grower_id>", methods=["POST"])
def change_grower(grower_id):
    grower = Grower.query.get_or_404(grower_id)
    for field, value in request.form.items():
        setattr(grower, field, value)
    orm.session.commit()
    return "", 204
--- orchard/views/shop.py
import base64
import json
import pickle

from flask import Blueprint, render_template_string, request, session
from jinja2 import Environment, FileSystemLoader, select_autoescape

bp = Blueprint("shop", __name__, url_prefix="/shop")

raw_pages = Environment(loader=FileSystemLoader("orchard/templates"))
pages = Environment(loader=FileSystemLoader("orchard/templates"), autoescape=select_autoescape(["html"]))

GREETINGS = {"short": "Hi {name}", "long": "Good morning, {name}, how are your trees?"}


class Customer(object):
    def __init__(self, name, town):
        self.name = name
        self.town = town


def current():
    return Customer(session.get("name", "guest"), session.get("town", ""))


@bp.route("/cart")
def cart():
    cookie = request.cookies.get("cart")
    items = pickle.loads(base64.b64decode(cookie)) if cookie else []
    return raw_pages.get_template("cart.html").render(items=items)


@bp.route("/wishes")
def wishes():
    cookie = request.cookies.get("wishes")
    items = json.loads(base64.b64decode(cookie)) if cookie else []
    return pages.get_template("cart.html").render(items=items)


@bp.route("/season")
def season():
    with open("data/season.pickle", "rb") as file:
        return {"season": pickle.load(file)["name"]}


@bp.route("/thanks")
def thanks():
    name = request.args.get("name", "friend")
    page = """
    <h1>Thank you, %s!</h1>
    <p>Your {{ fruit }} is on its way.</p>
    """ % name
    return render_template_string(page, fruit="box of apples")


@bp.route("/sorry")
def sorry():
    page = "<h1>Sorry, {{ name }}!</h1><p>{{ fruit }} is sold out.</p>"
    return render_template_string(page, name=request.args.get("name"), fruit="Quince")


@bp.route("/greeting")
def greeting():
    return {"text": request.args["format"].format(customer=current())}


@bp.route("/welcome")
def welcome():
    pattern = GREETINGS.get(request.args.get("kind"), GREETINGS["short"])
    return {"text": pattern.format(name=current().name)}
--- orchard/views/files.py
import io
import os
import secrets
import tarfile
import zipfile

from flask import Blueprint, Response, abort, request, send_file, send_from_directory
from werkzeug.utils import secure_filename

from orchard import config

bp = Blueprint("files", __name__, url_prefix="/files")

ENDINGS = (".jpg", ".png")


@bp.route("/label")
def label():
    name = request.args.get("name", "apple.txt")
    try:
        with open(os.path.join(config.LABELS, name)) as file:
            return Response(file.read(), mimetype="text/plain")
    except IOError:
        return Response("There is no such label.", status=404, mimetype="text/plain")


@bp.route("/leaflet")
def leaflet():
    name = secure_filename(request.args.get("name", "apple.txt"))
    try:
        with open(os.path.join(config.LABELS, name)) as file:
            return Response(file.read(), mimetype="text/plain")
    except IOError:
        return Response("There is no such leaflet.", status=404, mimetype="text/plain")


@bp.route("/photo/<path:name>")
def photo(name):
    return send_file(config.UPLOADS + "/" + name.replace("../", ""))


@bp.route("/thumb/<path:name>")
def thumb(name):
    return send_from_directory(config.UPLOADS, name)


@bp.route("/plan")
def plan():
    root = os.path.realpath(config.LABELS)
    full = os.path.realpath(os.path.join(root, request.args["file"]))
    if not full.startswith(root + os.sep):
        abort(403)
    return send_file(full)


@bp.route("/upload", methods=["POST"])
def upload():
    sent = request.files["file"]
    sent.save(os.path.join("orchard/static/photos", sent.filename))
    return "", 204


@bp.route("/upload/photo", methods=["POST"])
def upload_photo():
    sent = request.files["file"]
    ending = os.path.splitext(sent.filename)[1].lower()
    if ending not in ENDINGS:
        abort(400)
    target = os.path.join(config.UPLOADS, secrets.token_hex(16) + ending)
    sent.save(target)
    os.chmod(target, 0o640)
    return "", 204


@bp.route("/archive", methods=["POST"])
def archive():
    with tarfile.open(fileobj=io.BytesIO(request.files["tar"].read())) as tar:
        tar.extractall(config.LABELS)
    os.chmod(config.LABELS, 0o777)
    return "", 204


@bp.route("/album", methods=["POST"])
def album():
    with zipfile.ZipFile(request.files["zip"].stream) as bundle:
        for entry in bundle.namelist():
            ending = os.path.splitext(entry)[1].lower()
            if ending in ENDINGS:
                with open(os.path.join(config.UPLOADS, secrets.token_hex(8) + ending), "wb") as out:
                    out.write(bundle.read(entry))
    return "", 204
--- orchard/views/imports.py
import tempfile

import yaml
from defusedxml import ElementTree
from flask import Blueprint, jsonify, request
from lxml import etree

bp = Blueprint("imports", __name__, url_prefix="/import")

catalogue = etree.parse("data/catalogue.xml")


@bp.route("/harvest", methods=["POST"])
def harvest():
    parser = etree.XMLParser(resolve_entities=True, no_network=False)
    doc = etree.fromstring(request.data, parser)
    return jsonify([node.text for node in doc.iter("crate")])


@bp.route("/weights", methods=["POST"])
def weights():
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    doc = etree.fromstring(request.data, parser)
    return jsonify([node.text for node in doc.iter("weight")])


@bp.route("/bees", methods=["POST"])
def bees():
    doc = ElementTree.fromstring(request.data)
    return jsonify(hives=len(doc.findall("hive")))


@bp.route("/price")
def price():
    hits = catalogue.xpath("//fruit[@name='%s']/price/text()" % request.args["fruit"])
    return jsonify([str(hit) for hit in hits])


@bp.route("/weight")
def weight():
    hits = catalogue.xpath("//fruit[@name=$name]/weight/text()", name=request.args["fruit"])
    return jsonify([str(hit) for hit in hits])


@bp.route("/plan", methods=["POST"])
def plan():
    beds = yaml.load(request.data, Loader=yaml.UnsafeLoader)
    return jsonify(beds=len(beds))


@bp.route("/calendar", methods=["POST"])
def calendar():
    entries = yaml.safe_load(request.data)
    with open("/tmp/orchard-calendar.txt", "w") as file:
        file.write("\n".join(str(entry) for entry in entries))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as copy:
        copy.write(str(len(entries)))
    return "", 204
--- orchard/views/tools.py
import ast
import os
import shlex
import subprocess
from urllib.parse import quote, urlparse

import requests
from flask import Blueprint, Response, abort, jsonify, request

bp = Blueprint("tools", __name__, url_prefix="/tools")

STATIONS = {"hill": "https://hill.weather.example.org/now", "valley": "https://valley.weather.example.org/now"}


@bp.route("/ping", methods=["POST"])
def ping():
    host = request.form["host"]
    text = subprocess.check_output("ping -c 1 " + host, shell=True)
    return Response(text, mimetype="text/plain")


@bp.route("/lookup", methods=["POST"])
def lookup():
    text = subprocess.check_output(["host", "--", request.form["host"]])
    return Response(text, mimetype="text/plain")


@bp.route("/thumbs")
def thumbs():
    size = request.args.get("size", "200x200")
    os.system("mogrify -resize %s /srv/orchard/uploads/*.jpg" % size)
    return "", 204


@bp.route("/rotate")
def rotate():
    degrees = int(request.args.get("degrees", "90"))
    os.system("mogrify -rotate %d /srv/orchard/uploads/*.jpg" % degrees)
    lines = os.popen("grep -c -- " + shlex.quote(request.args.get("word", "")) + " orchard.log").read()
    return jsonify(lines=lines)


@bp.route("/yield")
def expected():
    total = eval(request.args["formula"])
    return jsonify(total=total)


@bp.route("/rows")
def rows():
    numbers = ast.literal_eval(request.args["rows"])
    return jsonify(total=sum(numbers))


@bp.route("/preview")
def preview():
    answer = requests.get(request.args["url"], timeout=5)
    return jsonify(status=answer.status_code, size=len(answer.content))


@bp.route("/weather")
def weather():
    url = STATIONS.get(request.args.get("at"), STATIONS["hill"])
    answer = requests.get(url, verify=False, timeout=5)
    return jsonify(answer.json())


@bp.route("/plant/<name>")
def plant(name):
    answer = requests.get("https://plants.example.org/api/" + quote(name, safe=""))
    return jsonify(answer.json())


@bp.route("/picture")
def picture():
    url = request.args["url"]
    if not url.startswith("https://pictures.example.org"):
        abort(400)
    return Response(requests.get(url, timeout=5).content, mimetype="image/jpeg")


@bp.route("/logo")
def logo():
    url = request.args["url"]
    parts = urlparse(url)
    if parts.scheme != "https" or parts.hostname != "pictures.example.org":
        abort(400)
    answer = requests.get(url, timeout=5, allow_redirects=False)
    return Response(answer.content, mimetype="image/png")
--- orchard/views/admin.py
import importlib

import ldap3
from flask import Blueprint, abort, jsonify, request, session
from ldap3.utils.conv import escape_filter_chars

from orchard import db

bp = Blueprint("admin", __name__, url_prefix="/admin")

server = ldap3.Server("ldaps://ldap.orchard.example.org")


class Reports(object):
    def harvest(self):
        return db.rows("SELECT COUNT(*) AS total FROM harvest")[0]["total"]

    def orders(self):
        return db.rows("SELECT COUNT(*) AS total FROM orders")[0]["total"]


reports = Reports()
JOBS = {"harvest": reports.harvest, "orders": reports.orders}


@bp.before_request
def admins_only():
    user = db.one("SELECT role FROM users WHERE id = ?", (session.get("user_id"),))
    if user is None or user["role"] != "admin":
        abort(403)


@bp.route("/report/<name>")
def report(name):
    job = JOBS.get(name)
    if job is None:
        abort(404)
    return jsonify(total=job())


@bp.route("/plugin", methods=["POST"])
def plugin():
    module = importlib.import_module(request.form["module"])
    return jsonify(name=module.__name__)


@bp.route("/people")
def people():
    con = ldap3.Connection(server, auto_bind=True)
    con.search("ou=people,dc=orchard", "(&(objectClass=person)(uid=%s))" % request.args["uid"])
    return jsonify(count=len(con.entries))


@bp.route("/person")
def person():
    con = ldap3.Connection(server, auto_bind=True)
    con.search("ou=people,dc=orchard", "(uid=%s)" % escape_filter_chars(request.args["uid"]))
    return jsonify(count=len(con.entries))
--- orchard/views/api.py
from flask import Blueprint, jsonify, make_response, request

from orchard import db, security

bp = Blueprint("api", __name__, url_prefix="/api")


@bp.route("/me")
def me():
    user = security.claims(request.headers.get("Authorization", ""))
    return jsonify(user)


@bp.route("/key", methods=["POST"])
def key():
    user = security.verified(request.headers.get("Authorization", ""))
    fresh = security.api_key()
    db.write("UPDATE users SET api_key = ? WHERE id = ?", (fresh, user["id"]))
    answer = make_response(jsonify(ok=True))
    answer.set_cookie("session_id", fresh, secure=True, httponly=True, samesite="Lax")
    return answer


@bp.route("/prices")
def prices():
    try:
        low = float(request.args["from"])
        found = db.rows("SELECT sort, price FROM prices WHERE price > ?", (low,))
    except Exception as error:
        return jsonify(error=str(error)), 400
    return jsonify([dict(row) for row in found])


@bp.route("/echo")
def echo():
    return jsonify(q=request.args.get("q"))
--- orchard/templates/login.html
<!doctype html>
<title>Log in</title>
<p class="hint">{{ hint|safe }}</p>
<form method="post">
  <input name="name" value="{{ user }}">
  <input name="password" type="password">
  <button>Log in</button>
</form>
--- orchard/templates/trees.html
<!doctype html>
<title>Trees</title>
<h1>{{ title|title }}</h1>
<ul>
{% for tree in trees %}
  <li><a href="/trees/{{ tree.id }}">{{ tree.sort }}</a>, planted {{ tree.planted }}
    <div>{{ tree.remark|safe }}</div></li>
{% endfor %}
</ul>
--- orchard/templates/tree.html
<!doctype html>
<title>{{ tree.sort }}</title>
<h1>{{ tree.sort }} {{ badge }}</h1>
--- orchard/templates/cart.html
<!doctype html>
<title>Cart</title>
<ul>
{% for item in items %}
  <li>{{ item.name }}, {{ item.count }} crates</li>
{% endfor %}
</ul>
