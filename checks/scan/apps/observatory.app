--- labels
bad worker.py:17 xss/autoescape-off | pages of HTML without escaping
bad wsgi.py:18 config/debug | the debugger for everybody
bad wsgi.py:18 config/bind-all | all addresses
bad observatory/__init__.py:9 files/private-served | the folder of the code
bad observatory/__init__.py:15 cors/wild | any origin with credentials
bad observatory/admin.py:23 access/client-claim | a cookie says who is an administrator
bad observatory/admin.py:32 csv/injection | notes of others as they are
bad observatory/admin.py:48 object/mass-assignment | every column may be sent
bad observatory/admin.py:70 object/mass-assignment | fields that the body names
bad observatory/api.py:32 header/injection | the name of a header
bad observatory/api.py:49 error/leak | the message of the exception
bad observatory/auth.py:24 redirect/open | wherever the address says
bad observatory/auth.py:32 ldap/injection | a name in a filter
bad observatory/auth.py:35 access/unchecked-login | an empty password is accepted
bad observatory/auth.py:64 secret/in-url | a password in the address
bad observatory/auth.py:77 redirect/open | two slashes begin another host
bad observatory/auth.py:81 csrf/off | a form of people who are logged in
bad observatory/catalogue.py:29 sql/injection | conditions that a class has collected
bad observatory/catalogue.py:61 sql/injection | a note in a script
bad observatory/feeds.py:10 xml/external-entity | entities are resolved
bad observatory/feeds.py:26 xpath/injection | a quote ends the text
bad observatory/images.py:25 upload/unchecked path/traversal | the name that came with it
bad observatory/images.py:42 path/traversal | a path of the address
bad observatory/images.py:116 deserialize/untrusted | pickle in a cookie
bad observatory/images.py:126 deserialize/untrusted | YAML that makes any object
bad observatory/images.py:139 limits/untrusted-size | as large as the query says
bad observatory/images.py:152 limits/unbounded-body | decompressed at once
bad observatory/images.py:164 code/reflection | a function by its name
bad observatory/remote.py:17 ssrf/request | an address of the form
bad observatory/remote.py:28 ssrf/request | a host of the query string
bad observatory/remote.py:43 tls/unverified | any certificate
bad observatory/remote.py:53 tls/old-version | TLS 1.0
bad observatory/remote.py:80 tls/cleartext | a log-in before TLS
bad observatory/remote.py:81 mail/injection | a subject with line breaks
bad observatory/security.py:31 crypto/password-storage | two thousand iterations
bad observatory/security.py:40 crypto/weak-random | a token of the module random
bad observatory/security.py:58 jwt/unverified | without a look at the signature
bad observatory/security.py:76 crypto/weak-cipher | ECB
bad observatory/security.py:87 crypto/weak-key | RSA of 1024 bits
bad observatory/settings.py:5 secret/hard-coded | key of the sessions in the code
bad observatory/settings.py:12 cookie/flags | scripts may read the cookie of the session
bad observatory/settings.py:16 limits/unbounded-body | twenty gigabytes
bad observatory/stars.py:15 regex/wide-range | A to z holds six signs more
bad observatory/stars.py:26 xss/reflected | the name in markup
bad observatory/stars.py:55 xss/reflected | marked as safe markup
bad observatory/stars.py:62 xss/stored | notes of the database as they are
bad observatory/stars.py:73 text/incomplete-escape | forms that browsers read are left
bad observatory/stars.py:81 template/injection | a name in the text of a template
bad observatory/stars.py:92 code/injection | a formula of the query string
bad observatory/stars.py:105 format/untrusted | a pattern that reaches the application
bad observatory/stars.py:128 sql/injection | a number that is none
bad observatory/stars.py:134 sql/injection | a text in the order
bad observatory/storage.py:12 path/traversal | the name comes from the query string
bad observatory/storage.py:29 archive/zip-slip | names of others as paths
bad observatory/storage.py:39 command/injection | a scale of the form in a shell
bad observatory/storage.py:47 command/argument-injection | an address that may be an option
bad observatory/storage.py:57 file/temp | a name that others can take first
bad observatory/storage.py:70 file/permissions | everybody may write
bad observatory/templates/star.html:14 xss/template xss/stored | a description of the database as it is
bad observatory/templates/stars.html:12 xss/template | the name where escaping is off
good worker.py:18 xss/autoescape-off | escapes HTML
good worker.py:27 deserialize/untrusted | a file of its own
good wsgi.py:11 config/debug | only where the environment says so
good wsgi.py:11 config/bind-all | this machine
good observatory/__init__.py:16 cors/wild | public data without credentials
good observatory/__init__.py:24 headers/missing | a policy without inline scripts
good observatory/__init__.py:31 error/leak | a text of its own
good observatory/admin.py:17 access/client-claim | the server's own session
good observatory/admin.py:41 csv/injection | signs of formulas are made harmless
good observatory/admin.py:61 object/mass-assignment | two fields of the code
good observatory/api.py:23 header/injection | a constant name
good observatory/api.py:58 error/leak | the details go to the log
good observatory/auth.py:15 limits/login-attempts | five attempts a minute
good observatory/auth.py:20 log/injection | repr has no line breaks
good observatory/auth.py:22 session/fixation | the session is in the cookie itself
good observatory/auth.py:23 trust/boundary | the role of the database
good observatory/auth.py:37 redirect/open | a page from a list
good observatory/auth.py:48 access/unchecked-login | empty passwords are refused before
good observatory/auth.py:57 ldap/injection | escaped
good observatory/auth.py:103 cookie/flags | all flags
good observatory/auth.py:104 cookie/flags | a theme is no session
good observatory/catalogue.py:44 sql/injection | the same with bound values
good observatory/catalogue.py:53 sql/injection | a column from a list
good observatory/catalogue.py:57 sql/injection | a number
good observatory/feeds.py:15 xml/external-entity | entities stay as they are
good observatory/feeds.py:20 xml/external-entity | defusedxml
good observatory/feeds.py:31 xpath/injection | a variable
good observatory/images.py:36 upload/unchecked | a name of its own, an ending from a list
good observatory/images.py:47 path/traversal | below a folder
good observatory/images.py:58 path/traversal | a secure file name
good observatory/images.py:121 deserialize/untrusted | JSON
good observatory/images.py:132 deserialize/untrusted | plain values alone
good observatory/images.py:146 limits/untrusted-size | 2048 at most
good observatory/images.py:157 limits/unbounded-body | five megabytes at most
good observatory/images.py:173 code/reflection | a function from a dictionary
good observatory/remote.py:24 ssrf/request | a host from a list
good observatory/remote.py:33 ssrf/request | a host from a dictionary
good observatory/remote.py:38 request/no-timeout | ten seconds
good observatory/remote.py:48 tls/unverified | an authority of its own
good observatory/remote.py:58 tls/old-version | TLS 1.2 at least
good observatory/remote.py:65 tls/unverified | unknown keys are refused
good observatory/remote.py:71 tls/cleartext | FTP over TLS
good observatory/remote.py:92 tls/cleartext | a log-in after TLS has begun
good observatory/remote.py:93 mail/injection | EmailMessage refuses line breaks
good observatory/security.py:26 compare/timing | in constant time
good observatory/security.py:36 crypto/password-storage | six hundred thousand iterations
good observatory/security.py:45 crypto/weak-random | the module secrets
good observatory/security.py:50 crypto/weak-random | where the telescope points
good observatory/security.py:54 jwt/unverified | verified
good observatory/security.py:62 jwt/unverified | the header alone, to choose the key that verifies
good observatory/security.py:72 crypto/weak-hash | not for security
good observatory/security.py:81 crypto/weak-cipher | GCM
good observatory/security.py:91 crypto/weak-key | RSA of 3072 bits
good observatory/settings.py:6 secret/hard-coded | from the environment
good observatory/settings.py:15 csrf/off | the protection is on
good observatory/settings.py:21 config/debug | settings for development
good observatory/stars.py:16 regex/wide-range | the dash is the last sign
good observatory/stars.py:35 xss/reflected | escaped
good observatory/stars.py:47 xss/reflected | format of Markup escapes
good observatory/stars.py:68 xss/stored | each note is escaped
good observatory/stars.py:86 template/injection | a value of a constant template
good observatory/stars.py:97 code/injection | literals alone
good observatory/stars.py:112 format/untrusted | a pattern from a list
good observatory/stars.py:122 regex/injection | escaped
good observatory/stars.py:140 sql/injection | a bound value
good observatory/stars.py:147 sql/injection | a column from a list
good observatory/storage.py:20 path/traversal | resolved and compared with its folder
good observatory/storage.py:34 archive/zip-slip | with the filter for data
good observatory/storage.py:43 command/injection | a list without a shell
good observatory/storage.py:53 command/argument-injection | behind two dashes
good observatory/storage.py:64 file/temp | created at once
good observatory/storage.py:74 file/permissions | others may do nothing
good observatory/templates/star.html:6 page/untrusted-script | with integrity
good observatory/templates/star.html:11 xss/template | escaped
good observatory/templates/star.html:13 xss/template | went through nh3
--- requirements.txt
Flask==3.1.0
Flask-Cors==5.0.0
Flask-Limiter==3.10.1
Flask-SQLAlchemy==3.1.1
Flask-WTF==1.2.2
PyJWT==2.10.1
PyYAML==6.0.2
SQLAlchemy==2.0.37
cryptography==44.0.0
defusedxml==0.7.1
lxml==5.3.0
nh3==0.2.20
numpy==2.2.1
paramiko==3.5.0
pycryptodome==3.21.0
python-ldap==3.4.4
requests==2.32.3
--- worker.py
"""Makes the pages of last night: python worker.py --night 2025-03-01"""
import argparse
import logging
import pickle
import subprocess
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape

from observatory import remote
from observatory.storage import FRAMES, retract

CACHE = Path("/var/lib/skyhill/worker-cache.pickle")
PAGES = Path("data/pages")

bulletins = Environment(loader=FileSystemLoader("reports"))
pages = Environment(loader=FileSystemLoader("reports"), autoescape=select_autoescape())

log = logging.getLogger("worker")


def load_cache():
    if not CACHE.exists():
        return {}
    with CACHE.open("rb") as file:
        return pickle.load(file)


def save_cache(cache):
    with CACHE.open("wb") as file:
        pickle.dump(cache, file)


def unpack(frame):
    subprocess.run(["funpack", "-F", str(frame)], check=True, timeout=60)


def write_pages(night, frames):
    names = [frame.name for frame in frames]
    (PAGES / f"{night:%Y-%m-%d}.html").write_text(pages.get_template("night.html").render(night=night, names=names), encoding="utf-8")
    (PAGES / "bulletin.html").write_text(bulletins.get_template("bulletin.html").render(night=night, names=names), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--night", type=date.fromisoformat, default=date.today())
    parser.add_argument("--push", action="store_true")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO)
    cache = load_cache()
    frames = sorted(FRAMES.glob(f"{options.night:%Y%m%d}-*.fits.fz"))
    for frame in frames:
        if frame.name not in cache:
            unpack(frame)
            cache[frame.name] = frame.stat().st_size
            retract(frame)
    save_cache(cache)
    write_pages(options.night, frames)
    if options.push:
        for frame in frames:
            remote.push_backup(frame)
    log.info("%d frames of %s", len(frames), options.night)


if __name__ == "__main__":
    main()
--- wsgi.py
import os

from observatory import create_app
from observatory.settings import DevelopmentSettings, ProductionSettings

settings = DevelopmentSettings if os.environ.get("SKYHILL_ENV") == "development" else ProductionSettings
app = create_app(settings)


def serve_locally():
    app.run(host="127.0.0.1", port=5051, debug=os.environ.get("SKYHILL_DEBUG") == "1")


if __name__ == "__main__":
    if os.environ.get("SKYHILL_LOCAL"):
        serve_locally()
    else:
        app.run(host="0.0.0.0", port=5050, debug=True)
--- observatory/__init__.py
from flask import Flask, jsonify
from flask_cors import CORS

from . import admin, api, auth, images, stars
from .models import csrf, db, limiter


def create_app(settings):
    app = Flask(__name__, static_folder=".", static_url_path="/assets")
    app.config.from_object(settings)
    db.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)

    CORS(api.bp, origins="*", supports_credentials=True)
    CORS(stars.feed, origins="*")
    CORS(images.bp, origins=["https://sky.skyhill-observatory.org"], supports_credentials=True)

    for blueprint in (auth.bp, stars.bp, stars.feed, images.bp, admin.bp, api.bp):
        app.register_blueprint(blueprint)

    @app.after_request
    def headers(answer):
        answer.headers["Content-Security-Policy"] = "default-src 'self'; script-src 'self' https://code.jquery.com"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    @app.errorhandler(500)
    def broken(error):
        app.logger.error("request failed: %s", type(error).__name__)
        return jsonify(error="The request could not be answered."), 500

    with app.app_context():
        db.create_all()
    return app
--- observatory/admin.py
import csv
import io

from flask import Blueprint, Response, abort, request, session

from .models import Observation, Observer, db

bp = Blueprint("admin", __name__, url_prefix="/admin")


def cell(value):
    value = str(value or "")
    return "'" + value if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def director_only():
    if session.get("role") != "director":
        abort(403)


@bp.before_request
def admins_only():
    if request.cookies.get("is_admin") != "true":
        abort(403)


@bp.get("/observations.csv")
def export_observations():
    out = io.StringIO()
    writer = csv.writer(out)
    for row in Observation.query.all():
        writer.writerow([row.id, row.target, row.notes])
    return Response(out.getvalue(), mimetype="text/csv")


@bp.get("/observers.csv")
def export_observers():
    out = io.StringIO()
    writer = csv.writer(out)
    for row in Observer.query.all():
        writer.writerow([row.id, cell(row.name), cell(row.email)])
    return Response(out.getvalue(), mimetype="text/csv")


@bp.post("/observers")
def add_observer():
    director_only()
    observer = Observer(**request.get_json())
    db.session.add(observer)
    db.session.commit()
    return {"id": observer.id}, 201


@bp.post("/observers/<int:observer_id>")
def edit_observer(observer_id):
    director_only()
    observer = db.get_or_404(Observer, observer_id)
    body = request.get_json()
    for field in ("name", "email"):
        if field in body:
            setattr(observer, field, str(body[field]))
    db.session.commit()
    return {"id": observer.id}


@bp.post("/observations/<int:observation_id>")
def edit_observation(observation_id):
    observation = db.get_or_404(Observation, observation_id)
    for field, value in request.get_json().items():
        setattr(observation, field, value)
    db.session.commit()
    return observation.public()
--- observatory/api.py
from urllib.parse import quote

from flask import Blueprint, abort, current_app, jsonify, request

from . import feeds, remote, security
from .models import Observation

bp = Blueprint("api", __name__, url_prefix="/api")


def bearer():
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer":
        abort(401)
    return token


@bp.get("/observations")
def observations():
    claims = security.claims_of(bearer())
    rows = Observation.query.filter_by(observer_id=claims["sub"]).all()
    answer = jsonify([row.public() for row in rows])
    answer.headers["X-Query"] = quote(request.args.get("q", ""))
    return answer


@bp.get("/domes/<host>")
def dome(host):
    claims = security.dome_claims(bearer())
    answer = jsonify(owner=claims.get("sub"), status=remote.dome_status(host).decode())
    if "flag" in request.args:
        answer.headers[request.args["flag"]] = "1"
    return answer


@bp.get("/telescopes/<name>")
def telescope(name):
    security.telescope_claims(bearer())
    if name not in remote.DOMES:
        abort(404)
    return {"status": remote.known_dome_status(name).decode()}


@bp.post("/votable")
def votable():
    try:
        return {"rows": feeds.import_votable(request.get_data())}
    except Exception as error:
        return {"error": str(error)}, 400


@bp.post("/alerts")
def alerts():
    try:
        return {"alerts": feeds.import_alerts(request.get_data())}
    except ValueError:
        current_app.logger.exception("alerts could not be read")
        return {"error": "The alerts could not be read."}, 400


@bp.post("/ephemerides")
def ephemerides():
    return {"bodies": feeds.import_ephemerides(request.get_data())}


@bp.get("/objects/<name>")
def objects(name):
    return remote.object_info(name)


@bp.get("/conditions")
def conditions():
    return {"weather": remote.weather(), "clouds": remote.cloud_camera()}
--- observatory/auth.py
import ldap
from flask import Blueprint, abort, current_app, make_response, redirect, request, session, url_for
from ldap.dn import escape_dn_chars
from ldap.filter import escape_filter_chars

from . import remote
from .models import Observer, csrf, db, limiter
from .security import hash_password, invite_token, session_token, verify_password

bp = Blueprint("auth", __name__, url_prefix="/auth")
BASE = "ou=people,dc=skyhill-observatory,dc=org"
PAGES = {"stars": "/stars/", "images": "/images/", "profile": "/auth/profile"}


@bp.post("/login")
@limiter.limit("5/minute")
def login():
    user = Observer.query.filter_by(email=request.form["email"]).first()
    if user is None or not verify_password(request.form["password"], user.password_hash):
        current_app.logger.warning("log-in failed for %r", request.form["email"])
        abort(401)
    session["user_id"] = user.id
    session["role"] = user.role
    return redirect(request.args.get("next") or url_for("stars.index"))


@bp.post("/directory")
@limiter.limit("5/minute")
def directory_login():
    name = request.form["name"]
    directory = ldap.initialize(current_app.config["LDAP_URL"])
    found = directory.search_s(BASE, ldap.SCOPE_SUBTREE, f"(uid={name})", ["cn"])
    if not found:
        abort(401)
    directory.simple_bind_s(found[0][0], request.form["password"])
    session["directory_name"] = found[0][0]
    return redirect(PAGES.get(request.args.get("page"), "/stars/"))


@bp.post("/staff")
@limiter.limit("5/minute")
def staff_login():
    password = request.form["password"]
    if not password:
        abort(401)
    directory = ldap.initialize(current_app.config["LDAP_URL"])
    dn = f"uid={escape_dn_chars(request.form['name'])},{BASE}"
    directory.simple_bind_s(dn, password)
    session["directory_name"] = dn
    return redirect(url_for("stars.index"))


@bp.get("/people")
def people():
    directory = ldap.initialize(current_app.config["LDAP_URL"])
    name = escape_filter_chars(request.args["name"])
    found = directory.search_s(BASE, ldap.SCOPE_SUBTREE, f"(cn=*{name}*)", ["cn"])
    return {"people": [entry[0] for entry in found]}


@bp.get("/kiosk")
@limiter.limit("5/minute")
def kiosk_login():
    password = request.args["password"]
    user = Observer.query.filter_by(email="kiosk@skyhill-observatory.org").first_or_404()
    if not verify_password(password, user.password_hash):
        abort(401)
    session["user_id"] = user.id
    return {"ok": True}


@bp.get("/leave")
def leave():
    target = request.args["to"]
    if not target.startswith("/"):
        abort(400)
    return redirect(target)


@bp.post("/email")
@csrf.exempt
def change_email():
    user = db.get_or_404(Observer, session["user_id"])
    user.email = request.form["email"]
    db.session.commit()
    return redirect("/auth/profile")


@bp.post("/register")
def register():
    user = Observer(email=request.form["email"], name=request.form["name"])
    user.password_hash = hash_password(request.form["password"])
    user.invite_token = invite_token()
    db.session.add(user)
    db.session.commit()
    current_app.logger.info("registered observer %d", user.id)
    return redirect(url_for("stars.index"))


@bp.post("/remember")
def remember():
    answer = make_response({"ok": True})
    answer.set_cookie("session_token", session_token(), secure=True, httponly=True, samesite="Lax")
    answer.set_cookie("theme", "night")
    return answer


@bp.post("/question")
def question():
    remote.send_question(request.form["subject"], request.form["text"])
    return {"ok": True}


@bp.post("/alert")
def alert():
    remote.send_alert(request.form["subject"], request.form["text"])
    return {"ok": True}
--- observatory/catalogue.py
import sqlite3

from flask import current_app, g

ORDERS = {"name": "name", "magnitude": "magnitude", "distance": "distance_ly"}


def connect():
    if "catalogue" not in g:
        g.catalogue = sqlite3.connect(current_app.config["CATALOGUE"])
        g.catalogue.row_factory = sqlite3.Row
    return g.catalogue


class StarQuery:
    def __init__(self):
        self.conditions = []

    def named(self, name):
        self.conditions.append(f"name like '%{name}%'")
        return self

    def of_type(self, spectral):
        self.conditions.append("spectral_type = '" + spectral + "'")
        return self

    def run(self):
        where = " and ".join(self.conditions) or "1 = 1"
        return connect().execute(f"select * from stars where {where}").fetchall()


class NebulaQuery:
    def __init__(self):
        self.conditions = []
        self.values = []

    def named(self, name):
        self.conditions.append("name like ?")
        self.values.append(f"%{name}%")
        return self

    def run(self):
        where = " and ".join(self.conditions) or "1 = 1"
        return connect().execute(f"select * from nebulae where {where}", self.values).fetchall()


def star(star_id):
    return connect().execute("select * from stars where id = ?", (star_id,)).fetchone()


def stars_of(constellation, order):
    column = ORDERS.get(order, "name")
    return connect().execute(f"select * from stars where constellation = ? order by {column}", (constellation,)).fetchall()


def nights_in(year):
    return connect().execute("select * from nights where year = %d" % int(year)).fetchall()


def add_note(star_id, note):
    connect().executescript("insert into notes (star_id, note) values (%s, '%s');" % (star_id, note))


def notes():
    return connect().execute("select star_id, note from notes order by id desc limit 50").fetchall()
--- observatory/feeds.py
from pathlib import Path

import defusedxml.ElementTree as safe_tree
from lxml import etree

CONSTELLATIONS = Path("data/constellations.xml")


def import_votable(data):
    table = etree.fromstring(data, etree.XMLParser(resolve_entities=True, no_network=False))
    return [row.get("name") for row in table.iter("TR")]


def import_alerts(data):
    alerts = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    return [alert.get("ivorn") for alert in alerts.iter("VOEvent")]


def import_ephemerides(data):
    root = safe_tree.fromstring(data)
    return [row.text for row in root.iter("body")]


def constellation_by_code(code):
    tree = etree.parse(str(CONSTELLATIONS))
    return [found.text for found in tree.xpath(f"//constellation[@code='{code}']/name")]


def constellation_by_season(season):
    tree = etree.parse(str(CONSTELLATIONS))
    return [found.text for found in tree.xpath("//constellation[@season=$season]/name", season=season)]
--- observatory/images.py
import base64
import gzip
import json
import os
import pickle
import secrets
import zlib

import numpy as np
import yaml
from flask import Blueprint, abort, request, send_file, send_from_directory
from werkzeug.utils import secure_filename

from . import reduction, remote, storage
from .storage import FRAMES

bp = Blueprint("images", __name__, url_prefix="/images")
ENDINGS = {".fits", ".fit", ".png"}
METHODS = {"median": reduction.median, "mean": reduction.mean}


@bp.post("/")
def upload():
    frame = request.files["frame"]
    frame.save(os.path.join(FRAMES, frame.filename))
    return {"name": frame.filename}, 201


@bp.post("/checked")
def upload_checked():
    frame = request.files["frame"]
    ending = os.path.splitext(frame.filename or "")[1].lower()
    if ending not in ENDINGS:
        abort(400)
    name = secrets.token_hex(16) + ending
    frame.save(os.path.join(FRAMES, name))
    return {"name": name}, 201


@bp.get("/raw/<path:name>")
def raw(name):
    return send_file(os.path.join(FRAMES, name))


@bp.get("/public/<path:name>")
def public(name):
    return send_from_directory(FRAMES / "public", name)


@bp.get("/number/<int:number>")
def by_number(number):
    return send_file(storage.frame_path(number))


@bp.get("/thumb")
def thumb():
    name = secure_filename(request.args["name"])
    return send_file(os.path.join(FRAMES, "thumbs", name))


@bp.get("/header")
def header():
    return storage.read_header(request.args["name"]), {"Content-Type": "text/plain"}


@bp.get("/preview/<name>")
def preview(name):
    content = storage.read_preview(name)
    if content is None:
        abort(404)
    return content, {"Content-Type": "image/png"}


@bp.post("/nights")
def nights():
    archive = request.files["archive"]
    if request.form.get("kind") == "flats":
        storage.unpack_flats(archive.stream)
    else:
        storage.unpack_night(archive.stream)
    return {"ok": True}


@bp.post("/solve/<int:number>")
def solve(number):
    done = storage.solve(storage.frame_path(number), request.form["scale"])
    return {"code": done.returncode}


@bp.post("/stack/<int:number>")
def stack(number):
    done = storage.stack(storage.frame_path(number), request.form["sigma"])
    return {"code": done.returncode}


@bp.post("/fetch")
def fetch():
    if request.form.get("kind") == "calibration":
        storage.fetch_calibration(request.form["url"])
    else:
        storage.fetch_frame(request.form["url"])
    return {"ok": True}


@bp.post("/compare")
def compare():
    if request.form.get("survey"):
        found = remote.survey_image(request.form["url"])
    else:
        found = remote.preview(request.form["url"])
    return {"size": len(found or b"")}


@bp.get("/layout")
def layout():
    return {"layout": pickle.loads(base64.b64decode(request.cookies["layout"]))}


@bp.get("/palette")
def palette():
    return {"palette": json.loads(base64.b64decode(request.cookies["palette"]))}


@bp.post("/plan")
def plan():
    steps = yaml.load(request.get_data(), Loader=yaml.UnsafeLoader)
    return {"steps": len(steps)}


@bp.post("/sequence")
def sequence():
    steps = yaml.safe_load(request.get_data())
    return {"steps": len(steps)}


@bp.get("/blank")
def blank():
    size = int(request.args["size"])
    frame = np.zeros((size, size))
    return {"mean": float(frame.mean())}


@bp.get("/flat")
def flat():
    size = max(1, min(int(request.args["size"]), 2048))
    frame = np.ones((size, size))
    return {"mean": float(frame.mean())}


@bp.post("/packed")
def packed():
    return {"length": len(gzip.decompress(request.get_data()))}


@bp.post("/packed/bounded")
def packed_bounded():
    content = zlib.decompressobj(wbits=31).decompress(request.get_data(), 5_000_000)
    return {"length": len(content)}


@bp.post("/reduce")
def reduce():
    frames = [float(value) for value in request.form.getlist("frame")]
    return {"value": getattr(reduction, request.form["method"])(frames)}


@bp.post("/combine")
def combine():
    frames = [float(value) for value in request.form.getlist("frame")]
    method = METHODS.get(request.form["method"])
    if method is None:
        abort(400)
    return {"value": method(frames)}


@bp.post("/publish/<int:number>")
def publish(number):
    storage.publish(storage.frame_path(number))
    return {"ok": True}
--- observatory/models.py
from datetime import datetime, timezone

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

db = SQLAlchemy()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address, default_limits=["600/hour"], storage_uri="memory://")


class Observer(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(200), unique=True, nullable=False)
    name = db.Column(db.String(120))
    password_hash = db.Column(db.String(300))
    invite_token = db.Column(db.String(64))
    role = db.Column(db.String(20), default="observer")
    hours = db.Column(db.Integer, default=0)


class Observation(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    target = db.Column(db.String(120))
    night = db.Column(db.Date)
    seeing = db.Column(db.Float)
    site = db.Column(db.String(60))
    notes = db.Column(db.Text)
    approved = db.Column(db.Boolean, default=False)
    observer_id = db.Column(db.Integer, db.ForeignKey("observer.id"))
    observer = db.relationship(Observer, backref="observations")
    created = db.Column(db.DateTime, default=lambda: datetime.now(timezone.utc))

    def public(self):
        return {"id": self.id, "target": self.target, "seeing": self.seeing, "site": self.site}
--- observatory/reduction.py
def median(frames):
    ordered = sorted(frames)
    return ordered[len(ordered) // 2] if ordered else 0.0


def mean(frames):
    return sum(frames) / len(frames) if frames else 0.0


def clear(frames):
    frames.clear()
    return 0.0
--- observatory/remote.py
import ftplib
import os
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import paramiko
import requests

SURVEYS = {"gaia.skysurveys.org", "dss.skysurveys.org"}
DOMES = {"north": "north.domes.skyhill-observatory.org", "south": "south.domes.skyhill-observatory.org"}


def preview(url):
    return requests.get(url, timeout=10).content


def survey_image(url):
    parts = urlsplit(url)
    if parts.hostname not in SURVEYS:
        return None
    return requests.get(f"https://{parts.hostname}{parts.path}", timeout=10, allow_redirects=False).content


def dome_status(host):
    with urlopen(f"https://{host}/status", timeout=5) as answer:
        return answer.read()


def known_dome_status(name):
    with urlopen(f"https://{DOMES[name]}/status", timeout=5) as answer:
        return answer.read()


def object_info(name):
    answer = requests.get(f"https://names.skysurveys.org/v1/objects/{quote(name, safe='')}", timeout=10)
    return answer.json()


def weather():
    answer = requests.get("https://mast.skyhill-observatory.org/now", verify=False, timeout=5)
    return answer.json()


def cloud_camera():
    answer = requests.get("https://allsky.skyhill-observatory.org/now", verify="/etc/ssl/skyhill-ca.pem", timeout=5)
    return answer.json()


def guider_context():
    return ssl.SSLContext(ssl.PROTOCOL_TLSv1)


def mount_context():
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def push_backup(path):
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect("backup.skyhill-observatory.org", username="frames")
    client.open_sftp().put(str(path), path.name)


def push_archive(path):
    with ftplib.FTP_TLS("archive.skysurveys.org", "skyhill", os.environ["ARCHIVE_PASSWORD"]) as server:
        server.prot_p()
        with open(path, "rb") as file:
            server.storbinary("STOR " + path.name, file)


def send_question(subject, text):
    message = f"Subject: {subject}\r\nTo: desk@skyhill-observatory.org\r\n\r\n{text}"
    with smtplib.SMTP("mail.skyhill-observatory.org", 587) as server:
        server.login("web", os.environ["MAIL_PASSWORD"])
        server.sendmail("web@skyhill-observatory.org", ["desk@skyhill-observatory.org"], message)


def send_alert(subject, text):
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "web@skyhill-observatory.org"
    message["To"] = "desk@skyhill-observatory.org"
    message.set_content(text)
    with smtplib.SMTP("mail.skyhill-observatory.org", 587) as server:
        server.starttls(context=mount_context())
        server.login("web", os.environ["MAIL_PASSWORD"])
        server.send_message(message)
--- observatory/security.py
import hashlib
import hmac
import os
import random
import secrets
import string

import jwt
from Crypto.Cipher import AES
from Crypto.Util.Padding import pad
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import current_app
from werkzeug.security import check_password_hash, generate_password_hash

LETTERS = string.ascii_letters + string.digits
TELESCOPE_KEYS = {"north": os.environ.get("NORTH_PUBLIC_KEY", ""), "south": os.environ.get("SOUTH_PUBLIC_KEY", "")}


def hash_password(password):
    return generate_password_hash(password)


def verify_password(password, stored):
    if stored.startswith("sky$"):
        _, salt, digest = stored.split("$")
        return hmac.compare_digest(guest_digest(password, bytes.fromhex(salt)).hex(), digest)
    return check_password_hash(stored, password)


def guest_digest(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 2000)


def staff_digest(password):
    salt = os.urandom(16)
    return salt + hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)


def invite_token():
    token = "".join(random.choice(LETTERS) for _ in range(24))
    return token


def session_token():
    token = secrets.token_urlsafe(32)
    return token


def dither(amount):
    return random.uniform(-amount, amount)


def claims_of(token):
    return jwt.decode(token, current_app.config["JWT_KEY"], algorithms=["HS256"])


def dome_claims(token):
    return jwt.decode(token, options={"verify_signature": False})


def telescope_claims(token):
    name = jwt.get_unverified_header(token).get("kid")
    return jwt.decode(token, TELESCOPE_KEYS[name], algorithms=["RS256"])


def frame_signature(name):
    key = current_app.config["FRAME_KEY"]
    return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()


def etag(content):
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def seal_coordinates(text):
    cipher = AES.new(current_app.config["FRAME_KEY"], AES.MODE_ECB)
    return cipher.encrypt(pad(text.encode(), 16))


def seal_schedule(text):
    cipher = AES.new(current_app.config["FRAME_KEY"], AES.MODE_GCM)
    body, tag = cipher.encrypt_and_digest(text.encode())
    return cipher.nonce + tag + body


def new_dome_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


def new_telescope_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)
--- observatory/settings.py
import os


class BaseSettings:
    SECRET_KEY = "Ks83vq0Lm2zXtR9wPbYe"
    JWT_KEY = os.environ["SKYHILL_JWT_KEY"]
    FRAME_KEY = bytes.fromhex(os.environ["SKYHILL_FRAME_KEY"])
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", "sqlite:///observatory.db")
    CATALOGUE = os.environ.get("SKYHILL_CATALOGUE", "data/catalogue.sqlite")
    LDAP_URL = "ldaps://directory.skyhill-observatory.org"
    PUBLIC_URL = "https://www.skyhill-observatory.org"
    SESSION_COOKIE_HTTPONLY = False
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_SAMESITE = "Lax"
    WTF_CSRF_ENABLED = True
    MAX_CONTENT_LENGTH = 20 * 1024 ** 3
    MAX_FORM_MEMORY_SIZE = 500_000


class DevelopmentSettings(BaseSettings):
    DEBUG = True
    PREFERRED_URL_SCHEME = "http"


class ProductionSettings(BaseSettings):
    DEBUG = False
    PREFERRED_URL_SCHEME = "https"
--- observatory/stars.py
import ast
import re
from html import escape as escape_html

import nh3
from flask import Blueprint, abort, current_app, render_template, render_template_string, request
from markupsafe import Markup, escape
from sqlalchemy import text

from . import catalogue, feeds
from .models import Observation, db

bp = Blueprint("stars", __name__, url_prefix="/stars")
feed = Blueprint("feed", __name__, url_prefix="/feed")
NAME = re.compile(r"^[A-z0-9 ]+$")
CODE = re.compile(r"^[A-Za-z0-9 ._-]+$")
SORTS = {"night": Observation.night, "seeing": Observation.seeing, "site": Observation.site}
LABELS = {"short": "{name}", "long": "{name} (magnitude {magnitude})"}


@bp.get("/")
def index():
    name = request.args.get("name", "")
    rows = catalogue.StarQuery().named(name).run() if name else []
    if name and not rows:
        return f"<h1>No star is called {name}</h1>", 404
    return render_template("stars.html", rows=rows, name=name)


@bp.get("/nebulae")
def nebulae():
    name = request.args.get("name", "")
    rows = catalogue.NebulaQuery().named(name).run()
    if not rows:
        return f"<h1>No nebula is called {escape(name)}</h1>", 404
    return {"query": name, "names": [row["name"] for row in rows]}


@bp.get("/types/<spectral>")
def of_type(spectral):
    return {"names": [row["name"] for row in catalogue.StarQuery().of_type(spectral).run()]}


@bp.get("/in/<constellation>")
def in_constellation(constellation):
    rows = catalogue.stars_of(constellation, request.args.get("order", ""))
    return render_template("stars.html", rows=rows, name="", badge=Markup("<i>{}</i>").format(constellation))


@bp.get("/<int:star_id>")
def show(star_id):
    row = catalogue.star(star_id)
    if row is None:
        abort(404)
    hint = Markup("<em>" + request.args.get("hint", "") + "</em>")
    return render_template("star.html", star=row, summary=nh3.clean(row["summary"]), hint=hint, query=request.args.get("q", ""))


@bp.get("/notes")
def notes():
    items = "".join(f"<li>{row['star_id']}: {row['note']}</li>" for row in catalogue.notes())
    return "<ul>" + items + "</ul>"


@bp.get("/notes/safe")
def safe_notes():
    items = "".join(f"<li>{escape_html(row['note'])}</li>" for row in catalogue.notes())
    return "<ul>" + items + "</ul>"


@bp.post("/<int:star_id>/notes")
def add_note(star_id):
    note = re.sub(r"<script.*?>.*?</script>", "", request.form["note"])
    catalogue.add_note(star_id, note)
    return {"ok": True}


@bp.get("/greeting")
def greeting():
    page = "<p>Clear skies, " + request.args.get("name", "observer") + "!</p>"
    return render_template_string(page)


@bp.get("/farewell")
def farewell():
    return render_template_string("<p>Good night, {{ name }}.</p>", name=request.args.get("name", ""))


@bp.get("/distance")
def distance():
    parallax = float(request.args["parallax"])
    return {"result": eval(request.args["formula"], {"__builtins__": {}}, {"p": parallax})}


@bp.get("/mean")
def mean():
    values = ast.literal_eval(request.args["values"])
    return {"mean": sum(float(value) for value in values) / len(values)}


@bp.get("/<int:star_id>/label")
def label(star_id):
    row = catalogue.star(star_id)
    pattern = request.args.get("pattern", "{star[name]}")
    return {"label": pattern.format(star=row, site=current_app)}


@bp.get("/<int:star_id>/caption")
def caption(star_id):
    row = catalogue.star(star_id)
    pattern = LABELS.get(request.args.get("style"), "{name}")
    return {"caption": pattern.format(name=row["name"], magnitude=row["magnitude"])}


@bp.get("/check")
def check():
    return {"star": bool(NAME.match(request.args["name"])), "code": bool(CODE.match(request.args["code"]))}


@bp.get("/grep")
def grep():
    pattern = re.compile(re.escape(request.args["q"]), re.IGNORECASE)
    return {"notes": [row["note"] for row in catalogue.notes() if pattern.search(row["note"])]}


@feed.get("/observations")
def observations():
    rows = db.session.execute(text(f"select id, target from observation where seeing <= {request.args['seeing']}"))
    return {"observations": [dict(row._mapping) for row in rows]}


@feed.get("/sorted")
def sorted_observations():
    rows = Observation.query.order_by(text(request.args.get("sort", "night"))).all()
    return {"observations": [row.public() for row in rows]}


@feed.get("/night/<night>")
def one_night(night):
    rows = db.session.execute(text("select id, target from observation where night = :night"), {"night": night})
    return {"observations": [dict(row._mapping) for row in rows]}


@feed.get("/ranked")
def ranked():
    column = SORTS.get(request.args.get("sort"), Observation.night)
    rows = Observation.query.order_by(column.desc()).limit(100)
    return {"observations": [row.public() for row in rows]}


@feed.get("/search")
def search():
    rows = Observation.query.filter(Observation.target.ilike(f"%{request.args['q']}%")).limit(100)
    return {"observations": [row.public() for row in rows]}


@feed.get("/constellations")
def constellations():
    if "season" in request.args:
        return {"names": feeds.constellation_by_season(request.args["season"])}
    return {"names": feeds.constellation_by_code(request.args["code"])}


@feed.get("/nights/<year>")
def nights(year):
    return {"nights": [row["night"] for row in catalogue.nights_in(year)]}
--- observatory/storage.py
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path

FRAMES = Path("data/frames").resolve()
INBOX = Path("data/inbox").resolve()


def read_header(name):
    with open(os.path.join(FRAMES, name + ".hdr"), encoding="utf-8") as file:
        return file.read()


def read_preview(name):
    path = (FRAMES / "previews" / name).resolve()
    if not path.is_relative_to(FRAMES):
        return None
    return path.read_bytes()


def frame_path(number):
    return FRAMES / f"{int(number):06d}.fits"


def unpack_night(stream):
    with tarfile.open(fileobj=stream, mode="r:gz") as archive:
        archive.extractall(INBOX)


def unpack_flats(stream):
    with tarfile.open(fileobj=stream, mode="r:gz") as archive:
        archive.extractall(INBOX / "flats", filter="data")


def solve(path, scale):
    command = f"solve-field --no-plots --scale-low {scale} {path}"
    return subprocess.run(command, shell=True, capture_output=True, timeout=300)


def stack(path, sigma):
    return subprocess.run(["stack-frames", f"--sigma={sigma}", str(path)], capture_output=True, timeout=300)


def fetch_frame(url):
    subprocess.run(["wget", "-q", url], cwd=INBOX, check=True, timeout=120)


def fetch_calibration(url):
    if not url.startswith("https://"):
        raise ValueError("The address has to begin with https.")
    subprocess.run(["wget", "-q", "--", url], cwd=INBOX, check=True, timeout=120)


def scratch_file():
    name = tempfile.mktemp(suffix=".fits")
    with open(name, "wb") as file:
        file.write(b"SIMPLE  =                    T")
    return name


def scratch_copy(content):
    with tempfile.NamedTemporaryFile("wb", suffix=".fits", delete=False) as file:
        file.write(content)
        return file.name


def publish(path):
    os.chmod(path, 0o777)


def retract(path):
    os.chmod(path, 0o640)
--- observatory/templates/star.html
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>{{ star.name }}</title>
  <script src="https://code.jquery.com/jquery-3.7.1.min.js" integrity="sha256-/JqT3SQfawRcv/BIHPThkBvs0OEvtFFmqPF/lYI/Cxo=" crossorigin="anonymous"></script>
  <script src="/assets/js/sky.js"></script>
</head>
<body>
  <h1>{{ star.name }}</h1>
  <p class="query">{{ query }}</p>
  <p class="hint">{{ hint }}</p>
  <section>{{ summary|safe }}</section>
  <section>{{ star.description|safe }}</section>
  <form method="post" action="/stars/{{ star.id }}/notes">
    <input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
    <textarea name="note"></textarea>
    <button>Add</button>
  </form>
</body>
</html>
--- observatory/templates/stars.html
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Stars</title>
</head>
<body>
  <form method="get" action="/stars/">
    <input name="name" value="{{ name }}">
  </form>
  {% autoescape false %}
  <h2>Stars like {{ name }}</h2>
  {% endautoescape %}
  <p>{{ badge }}</p>
  <ul>
  {% for row in rows %}
    <li><a href="/stars/{{ row.id }}">{{ row.name }}</a></li>
  {% endfor %}
  </ul>
</body>
</html>
