--- labels
bad clinic/__init__.py:16 secret/hard-coded | key that signs sessions is in the source
good clinic/__init__.py:17 cookie/flags | the session cookie is only sent by TLS
good clinic/__init__.py:20 limits/unbounded-body | size of a request is limited
good clinic/__init__.py:21 secret/hard-coded | from the environment
good clinic/__init__.py:23 cors/wild | one fixed origin
good clinic/__init__.py:39 error/leak | constant text
good clinic/auth.py:22 jwt/unverified | signature checked with a fixed algorithm
bad clinic/auth.py:34 jwt/unverified | the check of the signature is off
good clinic/auth.py:56 crypto/password-storage | scrypt with a salt
bad clinic/auth.py:62 crypto/password-storage crypto/weak-hash | password as MD5 without a salt
bad clinic/auth.py:67 crypto/weak-random | invitation token of the random module
good clinic/auth.py:71 crypto/weak-random | token of the secrets module
good clinic/filters.py:9 xss/template | each line is escaped before Markup
bad clinic/filters.py:13 xss/template xss/stored | text round the links is marked as safe without escape
good clinic/filters.py:17 xss/template | Markup.format escapes its arguments
good clinic/remote.py:11 tls/unverified | unknown host keys are refused
bad clinic/remote.py:21 tls/unverified | any host key is taken
good clinic/remote.py:28 command/injection | enum and integer of the schema, the path is quoted
bad clinic/remote.py:34 command/injection | search term is part of the remote shell line
good clinic/remote.py:40 command/injection | term is quoted for the shell
bad clinic/store.py:37 nosql/injection | the criteria carry a $where script with a request value in it
good clinic/store.py:45 nosql/injection | an insert of two plain values
bad clinic/tasks.py:16 file/temp | mktemp gives a name that another process can take
bad clinic/tasks.py:17 command/injection | the task's title comes from a request and is part of a shell line
good clinic/tasks.py:23 file/temp | file is created by the library
good clinic/tasks.py:25 command/injection | argument list without a shell
good clinic/tasks.py:33 command/injection | quality is one of three words
good clinic/tasks.py:35 command/injection | the branch is never taken, the constant is false
good clinic/tasks.py:47 mail/injection | EmailMessage refuses line breaks in headers
bad clinic/tasks.py:55 mail/injection | headers are made of form fields with line breaks
good clinic/tasks.py:64 csv/injection | cells with a formula character at the start are prefixed
good clinic/templates/macros.html:2 xss/template | autoescape is on for html templates
bad clinic/templates/macros.html:10 xss/template xss/stored | stored text of the patient is marked as safe
good clinic/views/admin.py:22 code/reflection | function of a fixed dict
bad clinic/views/admin.py:29 code/reflection | any name of the module can be called
bad clinic/views/admin.py:38 code/injection | formula of the form is evaluated, the empty builtins can be got round
good clinic/views/admin.py:44 code/injection | literal_eval reads only literals
bad clinic/views/admin.py:61 error/leak | stack trace goes to the client
good clinic/views/admin.py:68 xss/stored | not HTML
bad clinic/views/appointments.py:30 nosql/injection | the body's filter is used as the query
good clinic/views/appointments.py:39 nosql/injection | cast to an ObjectId
good clinic/views/appointments.py:47 nosql/injection | a query string gives only text, the sort key is looked up
good clinic/views/appointments.py:55 regex/injection | prefix is escaped
bad clinic/views/appointments.py:62 regex/injection | pattern of the query is compiled
good clinic/views/appointments.py:72 object/mass-assignment | schema keeps only its fields
bad clinic/views/appointments.py:80 object/mass-assignment | all fields but _id are taken, patient and price too
bad clinic/views/documents.py:23 path/traversal | an absolute name replaces the folder in join
good clinic/views/documents.py:29 path/traversal | the function checks the folder
good clinic/views/documents.py:38 path/traversal | checked after resolve
good clinic/views/documents.py:48 path/traversal | generated name
good clinic/views/documents.py:48 upload/unchecked | suffix is checked with a set
bad clinic/views/documents.py:57 path/traversal upload/unchecked | client's file name decides the place
good clinic/views/documents.py:65 path/traversal | secure_filename takes out folders
bad clinic/views/documents.py:73 archive/zip-slip | members of an uploaded archive are unpacked without a filter
good clinic/views/documents.py:81 archive/zip-slip | the data filter refuses paths outside
bad clinic/views/integrations.py:22 xml/external-entity | entities and network access are on
good clinic/views/integrations.py:29 xml/external-entity | defusedxml refuses entities
good clinic/views/integrations.py:36 xml/external-entity | entities are off
good clinic/views/integrations.py:38 xpath/injection | XPath variable
bad clinic/views/integrations.py:39 xpath/injection | value is part of the expression
bad clinic/views/integrations.py:46 deserialize/untrusted | loader that builds any object
good clinic/views/integrations.py:53 deserialize/untrusted | safe loader
bad clinic/views/integrations.py:61 deserialize/untrusted | cookie is unpickled
good clinic/views/integrations.py:68 deserialize/untrusted | JSON builds only data
good clinic/views/integrations.py:70 cookie/flags | flags set
good clinic/views/integrations.py:81 ssrf/request | host is in the set
bad clinic/views/integrations.py:89 ssrf/request | any address of the query is requested
good clinic/views/integrations.py:95 ssrf/request | fixed host, encoded part of the path
bad clinic/views/integrations.py:101 tls/unverified | certificate is not checked
bad clinic/views/integrations.py:108 request/no-timeout | call without a timeout
good clinic/views/patients.py:21 nosql/injection | schema allows only a mail address as text
bad clinic/views/patients.py:28 redirect/open | //host passes the check of the first character
bad clinic/views/patients.py:35 nosql/injection | JSON values may be operators such as $ne
bad clinic/views/patients.py:37 log/injection | body value with line breaks in the log
good clinic/views/patients.py:48 nosql/injection | only text passes the type check
good clinic/views/patients.py:49 log/injection | line breaks are taken out
good clinic/views/patients.py:56 redirect/open | address of an own view
bad clinic/views/patients.py:63 trust/boundary | role of the form is put into the session without a check
good clinic/views/patients.py:70 template/injection | constant template, the value is data
bad clinic/views/patients.py:78 template/injection xss/reflected | query value becomes part of the template
good clinic/views/patients.py:84 regex/redos | linear pattern
good clinic/views/patients.py:85 xss/reflected | escaped
bad clinic/views/patients.py:86 regex/redos | nested repeat takes exponential time
bad clinic/views/patients.py:87 xss/reflected | query value is put into the page without escape
good clinic/views/patients.py:94 nosql/injection | the route gives an integer
good manage.py:8 config/debug | debug is off
good manage.py:12 command/injection | argument list without a shell
bad manage.py:16 config/debug config/bind-all | debugger reachable on all interfaces
--- clinic/__init__.py
import logging
import os

from flask import Flask, jsonify
from flask_cors import CORS

from . import filters
from .views import admin, appointments, documents, integrations, patients

log = logging.getLogger(__name__)


def create_app():
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY="b81e6f0c-clinic-5a2d9e7714",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=8 * 1024 * 1024,
        JWT_KEY=os.environ["CLINIC_JWT_KEY"],
    )
    CORS(app, resources={r"/api/public/*": {"origins": ["https://www.clinic.example"]}})
    filters.register(app)
    for module in (admin, appointments, documents, integrations, patients):
        app.register_blueprint(module.bp)

    @app.after_request
    def harden(response):
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Content-Security-Policy"] = "default-src 'self'"
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    @app.errorhandler(500)
    def failed(error):
        log.error("request failed", exc_info=error)
        return jsonify(error="internal error"), 500

    return app
--- clinic/auth.py
import functools
import hashlib
import random
import secrets

import jwt
from flask import abort, current_app, g, request
from werkzeug.security import check_password_hash, generate_password_hash

from .store import db


def _bearer():
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else ""


def login_required(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        try:
            claims = jwt.decode(_bearer(), current_app.config["JWT_KEY"], algorithms=["HS256"])
        except jwt.PyJWTError:
            abort(401)
        g.user_id, g.role = claims["sub"], claims.get("role", "patient")
        return view(*args, **kwargs)

    return wrapper


def device_required(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        claims = jwt.decode(_bearer(), options={"verify_signature": False})
        g.user_id, g.role = claims["sub"], "device"
        return view(*args, **kwargs)

    return wrapper


def role_required(*roles):
    def decorate(view):
        @login_required
        @functools.wraps(view)
        def wrapper(*args, **kwargs):
            if g.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        return wrapper

    return decorate


def set_password(user_id, password):
    digest = generate_password_hash(password, method="scrypt")
    db.users.update_one({"_id": user_id}, {"$set": {"password": digest}})


def password_ok(user, password):
    if user.get("scheme") == "v1":
        return user["password"] == hashlib.md5(password.encode()).hexdigest()
    return check_password_hash(user["password"], password)


def new_invite():
    return "".join(random.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(12))


def new_api_key():
    return secrets.token_urlsafe(32)
--- clinic/filters.py
import re

from markupsafe import Markup, escape

LINK = re.compile(r"https://[\w./-]+")


def nl2br(text):
    return Markup("<br>".join(str(escape(line)) for line in text.splitlines()))


def linkify(text):
    return Markup(LINK.sub(lambda m: f'<a href="{m[0]}">{m[0]}</a>', text))


def badge(label, tone="info"):
    return Markup('<span class="badge {}">{}</span>').format(tone, label)


def register(app):
    app.jinja_env.filters.update(nl2br=nl2br, linkify=linkify, badge=badge)
--- clinic/remote.py
import shlex
from contextlib import contextmanager

import paramiko


@contextmanager
def printer_host(host="print.clinic.internal"):
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect(host, username="clinic", timeout=5)
    try:
        yield client
    finally:
        client.close()


def archive_host():
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect("archive.clinic.internal", username="clinic", timeout=5)
    return client


def print_file(path, *, tray, copies):
    with printer_host() as host:
        host.exec_command(f"lpr -o tray={tray} -# {copies} -- {shlex.quote(path)}")


def find_in_archive(term):
    client = archive_host()
    command = "grep -rl -- {pattern} /srv/archive".format(pattern=term)
    _, stdout, _ = client.exec_command(command)
    return [line.strip() for line in stdout]


def count_in_archive(term):
    client = archive_host()
    _, stdout, _ = client.exec_command("grep -rc -- %s /srv/archive" % shlex.quote(term))
    return stdout.read().decode()
--- clinic/schemas.py
import functools

from flask import g, jsonify, request
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate


class LoginSchema(Schema):
    email = fields.Email(required=True)
    password = fields.String(required=True)


class AppointmentSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    doctor = fields.String(required=True, validate=validate.Regexp(r"^[a-z0-9_]{2,30}\Z"))
    room = fields.Integer(load_default=1)
    reason = fields.String(validate=validate.Length(max=500))


class PrintSchema(Schema):
    tray = fields.String(validate=validate.OneOf(["upper", "lower", "manual"]), load_default="upper")
    copies = fields.Integer(validate=validate.Range(1, 20), load_default=1)


def validated(schema_class):
    """Loads the body with the schema and puts the result into g.data."""

    def decorate(view):
        @functools.wraps(view)
        def wrapper(*args, **kwargs):
            try:
                g.data = schema_class().load(request.get_json(silent=True) or {})
            except ValidationError as error:
                return jsonify(errors=error.messages), 422
            return view(*args, **kwargs)

        return wrapper

    return decorate
--- clinic/store.py
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from celery import Celery
from pymongo import MongoClient

client = MongoClient(os.environ.get("MONGO_URL", "mongodb://localhost:27017"))
db = client.clinic
celery = Celery("clinic", broker=os.environ.get("BROKER_URL", "redis://localhost"))


class Window(NamedTuple):
    skip: int
    limit: int

    @classmethod
    def of(cls, args):
        return cls(int(args.get("skip", 0)), min(int(args.get("limit", 20)), 100))


@dataclass
class Criteria:
    conditions: dict[str, Any] = field(default_factory=dict)

    def add(self, **pairs):
        self.conditions.update({k: v for k, v in pairs.items() if v is not None})
        return self

    def script(self, text):
        self.conditions["$where"] = text
        return self


def find(collection, criteria, window):
    cursor = db[collection].find(criteria.conditions)
    return list(cursor.skip(window.skip).limit(window.limit))


@contextmanager
def audited(action, user_id):
    with client.start_session() as session:
        yield session
    db.audit.insert_one({"action": action, "user": user_id})
--- clinic/tasks.py
import csv
import io
import os
import smtplib
import subprocess
import tempfile
from email.message import EmailMessage

from .store import celery, db

SHELL_COPY = False


@celery.task
def render_letter(source, title):
    out = tempfile.mktemp(suffix=".pdf")
    subprocess.run(f"wkhtmltopdf --title '{title}' {source} {out}", shell=True, check=True)
    return out


@celery.task
def merge_letters(names, title):
    with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as handle:
        command = ["pdfunite", *names, handle.name]
        subprocess.run(command, check=True, env={**os.environ, "PDF_TITLE": title})
    return handle.name


@celery.task
def shrink_letter(path, quality):
    if quality not in {"screen", "ebook", "printer"}:
        return path
    subprocess.run(f"gs -q -sDEVICE=pdfwrite -dPDFSETTINGS=/{quality} -o /srv/clinic/letters/small.pdf /srv/clinic/letters/a.pdf", shell=True, check=True)
    if SHELL_COPY:
        subprocess.run("cp %s /srv/clinic/letters/" % path, shell=True, check=True)
    return "/srv/clinic/letters/small.pdf"


@celery.task
def send_reminder(recipient, doctor):
    message = EmailMessage()
    message["To"] = recipient
    message["From"] = "clinic@clinic.example"
    message["Subject"] = f"Your appointment with {doctor}"
    message.set_content("See you soon.")
    with smtplib.SMTP("localhost") as smtp:
        smtp.send_message(message)


@celery.task
def send_feedback(sender, topic, text):
    headers = {"From": sender, "To": "desk@clinic.example", "Subject": topic}
    raw = "\r\n".join("%s: %s" % pair for pair in headers.items()) + "\r\n\r\n" + text
    with smtplib.SMTP("localhost") as smtp:
        smtp.sendmail("clinic@clinic.example", ["desk@clinic.example"], raw)


@celery.task
def export_patients():
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for patient in db.patients.find({}, {"name": 1, "city": 1}):
        cells = (str(patient.get(k, "")) for k in ("name", "city"))
        writer.writerow(["'" + c if c[:1] in "=+-@\t\r" else c for c in cells])
    return buffer.getvalue()
--- clinic/templates/macros.html
{% macro field(label, value) -%}
<div class="field"><label>{{ label }}</label><span>{{ value }}</span></div>
{%- endmacro %}

{% macro note(entry) -%}
<article><h3>{{ entry.author }}</h3>{{ entry.text | linkify }}</article>
{%- endmacro %}

{% macro letterhead(text) -%}
<header>{{ text | safe }}</header>
{%- endmacro %}
--- clinic/templates/patient.html
{% from "macros.html" import field, note, letterhead %}
<!doctype html>
<html>
  <body>
    {{ letterhead(patient.headline) }}
    {{ field("Name", patient.name) }}
    {{ field("City", patient.city) }}
    <p>{{ patient.history | nl2br }}</p>
    {% for entry in notes %}{{ note(entry) }}{% endfor %}
  </body>
</html>
--- clinic/views/__init__.py
--- clinic/views/admin.py
import ast
import traceback

from flask import Blueprint, Response, jsonify, request

from .. import tasks
from ..auth import role_required, new_api_key, new_invite
from ..store import db

bp = Blueprint("admin", __name__, url_prefix="/admin")

REPORTS = {
    "patients": lambda: db.patients.count_documents({}),
    "doctors": lambda: db.doctors.count_documents({}),
}


@bp.get("/report/<name>")
@role_required("admin")
def report(name):
    make = REPORTS.get(name)
    return jsonify(value=make() if make else None)


@bp.post("/run/<task>")
@role_required("admin")
def run(task):
    arguments = request.get_json(silent=True) or {}
    outcome = getattr(tasks, task)(**arguments)
    return jsonify(outcome=str(outcome))


@bp.post("/score")
@role_required("admin")
def score():
    formula = request.form.get("formula", "0")
    values = {k: float(v) for k, v in request.form.items() if k.startswith("v_")}
    return jsonify(score=eval(formula, {"__builtins__": {}}, values))


@bp.post("/weights")
@role_required("admin")
def weights():
    return jsonify(weights=ast.literal_eval(request.form.get("weights", "[]")))


@bp.post("/invite")
@role_required("admin")
def invite():
    code, key = new_invite(), new_api_key()
    db.invites.insert_one({"code": code, "key": key})
    return jsonify(code=code)


@bp.get("/health")
@role_required("admin")
def health():
    try:
        db.command("ping")
    except Exception:
        return jsonify(error=traceback.format_exc()), 500
    return jsonify(ok=True)


@bp.get("/export")
@role_required("admin")
def export():
    return Response(tasks.export_patients(), mimetype="text/csv")
--- clinic/views/appointments.py
import re

from bson import ObjectId
from flask import Blueprint, abort, g, jsonify, request

from ..auth import login_required
from ..schemas import AppointmentSchema, validated
from ..store import Criteria, Window, audited, db, find

bp = Blueprint("appointments", __name__, url_prefix="/appointments")

SORTABLE = {"date": "starts_at", "doctor": "doctor"}


@bp.get("/")
@login_required
def index():
    args = request.args
    criteria = Criteria().add(status=args.get("status"))
    if term := args.get("reason"):
        criteria.script("this.reason.indexOf('%s') >= 0" % term)
    rows = find("appointments", criteria, Window.of(args))
    return jsonify([{**row, "_id": str(row["_id"])} for row in rows])


@bp.post("/search")
@login_required
def search():
    query, *_ = [request.get_json(force=True).get("filter", {})]
    rows = db.appointments.find(query).limit(50)
    return jsonify([str(r["_id"]) for r in rows])


@bp.get("/<appointment_id>")
@login_required
def show(appointment_id):
    if not ObjectId.is_valid(appointment_id):
        abort(404)
    row = db.appointments.find_one({"_id": ObjectId(appointment_id), "patient": g.user_id})
    return jsonify(found=row is not None)


@bp.get("/by-doctor")
@login_required
def by_doctor():
    doctor = request.args.get("doctor", "")
    rows = db.appointments.find({"doctor": doctor}).sort(SORTABLE.get(request.args.get("sort"), "starts_at"))
    return jsonify(count=len(list(rows)))


@bp.get("/suggest")
@login_required
def suggest():
    prefix = request.args.get("q", "")
    rows = db.doctors.find({"name": {"$regex": "^" + re.escape(prefix), "$options": "i"}})
    return jsonify([r["name"] for r in rows.limit(10)])


@bp.get("/grep")
@login_required
def grep():
    pattern = re.compile(request.args.get("pattern", ".*"), re.I)
    reasons = (r.get("reason", "") for r in db.appointments.find({"patient": g.user_id}))
    return jsonify([reason for reason in reasons if pattern.search(reason)])


@bp.post("/")
@login_required
@validated(AppointmentSchema)
def create():
    with audited("create", g.user_id) as session:
        db.appointments.insert_one({**g.data, "patient": g.user_id}, session=session)
    return jsonify(ok=True), 201


@bp.patch("/<appointment_id>")
@login_required
def change(appointment_id):
    changes = {k: v for k, v in (request.get_json() or {}).items() if k != "_id"}
    db.appointments.update_one({"_id": ObjectId(appointment_id)}, {"$set": changes})
    return jsonify(ok=True)
--- clinic/views/documents.py
import os
import tarfile
import uuid
from pathlib import Path

from flask import Blueprint, abort, g, jsonify, request, send_file, send_from_directory
from werkzeug.utils import secure_filename

from ..auth import device_required, login_required
from ..remote import count_in_archive, find_in_archive, print_file
from ..schemas import PrintSchema, validated
from ..tasks import merge_letters, render_letter, shrink_letter

bp = Blueprint("documents", __name__, url_prefix="/documents")
ROOT = Path("/srv/clinic/documents").resolve()
ALLOWED = {".pdf", ".png", ".jpg"}


@bp.get("/file")
@login_required
def file():
    name = request.args.get("name", "").replace("..", "")
    return send_file(os.path.join(ROOT, name))


@bp.get("/scan/<path:name>")
@login_required
def scan(name):
    return send_from_directory(ROOT / "scans", name)


@bp.get("/letter")
@login_required
def letter():
    full = (ROOT / request.args.get("name", "")).resolve()
    if not full.is_relative_to(ROOT):
        abort(404)
    return send_file(full)


@bp.post("/")
@login_required
def upload():
    incoming = request.files["document"]
    suffix = Path(incoming.filename or "").suffix.lower()
    if suffix not in ALLOWED:
        abort(415)
    incoming.save(ROOT / "inbox" / f"{uuid.uuid4().hex}{suffix}")
    return jsonify(ok=True), 201


@bp.post("/photo")
@login_required
def photo():
    for _, part in request.files.items(multi=True):
        target = "/".join((str(ROOT), "photos", part.filename))
        part.save(target)
    return jsonify(ok=True), 201


@bp.post("/fax")
@device_required
def fax():
    part = request.files["fax"]
    part.save(ROOT / "fax" / secure_filename(part.filename or "fax"))
    return jsonify(ok=True), 201


@bp.post("/bundle")
@login_required
def bundle():
    with tarfile.open(fileobj=request.files["bundle"].stream, mode="r:gz") as archive:
        archive.extractall(ROOT / "bundles")
    return jsonify(ok=True)


@bp.post("/package")
@login_required
def package():
    with tarfile.open(fileobj=request.files["package"].stream, mode="r:gz") as archive:
        archive.extractall(ROOT / "packages", filter="data")
    return jsonify(ok=True)


@bp.post("/print")
@login_required
@validated(PrintSchema)
def print_document():
    print_file(request.args.get("path", ""), **g.data)
    return jsonify(ok=True)


@bp.get("/archive")
@login_required
def archive_search():
    term = request.args.get("term", "")
    mode = request.args.get("mode", "files")
    return jsonify(result=find_in_archive(term) if mode == "files" else count_in_archive(term))


@bp.post("/render")
@login_required
def render():
    options = dict(request.form.items())
    render_letter.delay("/srv/clinic/letters/default.html", options.pop("title", "Letter"))
    merge_letters.delay(["/srv/clinic/letters/a.pdf", "/srv/clinic/letters/b.pdf"], options.get("bundle_title", ""))
    shrink_letter.delay(options.get("path", ""), options.get("quality", "ebook"))
    return jsonify(ok=True), 202
--- clinic/views/integrations.py
import base64
import json
import pickle
from urllib.parse import quote, urlsplit

import requests
import yaml
from defusedxml import ElementTree as DefusedTree
from flask import Blueprint, abort, jsonify, make_response, request
from lxml import etree

from ..auth import login_required, role_required

bp = Blueprint("integrations", __name__, url_prefix="/integrations")
PARTNERS = frozenset({"labs.partner.example", "imaging.partner.example"})
http = requests.Session()


@bp.post("/hl7")
@login_required
def hl7():
    root = etree.fromstring(request.get_data(), etree.XMLParser(resolve_entities=True, no_network=False))
    return jsonify(tag=root.tag)


@bp.post("/cda")
@login_required
def cda():
    root = DefusedTree.fromstring(request.get_data())
    return jsonify(tag=root.tag)


@bp.post("/find")
@login_required
def find():
    root = etree.fromstring(request.get_data(), etree.XMLParser(resolve_entities=False, no_network=True))
    code = request.args.get("code", "")
    named = root.xpath("//observation[@id=$id]", id=request.args.get("id", ""))
    coded = root.xpath(f"//observation[@code='{code}']")
    return jsonify(named=len(named), coded=len(coded))


@bp.post("/rules")
@role_required("admin")
def rules():
    loaded = yaml.load(request.data, Loader=yaml.UnsafeLoader)
    return jsonify(count=len(loaded))


@bp.post("/plan")
@login_required
def plan():
    loaded = yaml.load(request.data, Loader=yaml.SafeLoader)
    return jsonify(count=len(loaded or []))


@bp.get("/wizard")
@login_required
def wizard():
    state = request.cookies.get("wizard")
    step = pickle.loads(base64.b64decode(state)) if state else {}
    return jsonify(step=step.get("number", 1))


@bp.get("/layout")
@login_required
def layout():
    state = json.loads(base64.b64decode(request.cookies.get("layout", "e30=")))
    response = make_response(jsonify(columns=int(state.get("columns", 2))))
    response.set_cookie("seen", "1", secure=True, httponly=True, samesite="Lax")
    return response


@bp.get("/lab")
@login_required
def lab():
    address = request.args["url"]
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.netloc not in PARTNERS:
        abort(400)
    return http.get(address, timeout=5, allow_redirects=False).json()


@bp.get("/image")
@login_required
def image():
    options = {"timeout": 5, **{k: v for k, v in request.args.items() if k == "url"}}
    url = options.pop("url", "https://imaging.partner.example/blank.png")
    return http.get(url, **options).content


@bp.get("/drug/<name>")
@login_required
def drug(name):
    return http.get(f"https://labs.partner.example/drugs/{quote(name, safe='')}", timeout=5).json()


@bp.post("/insurance")
@login_required
def insurance():
    answer = requests.post("https://insurance.partner.example/check", json={"id": request.form["id"]}, verify=False, timeout=5)
    return jsonify(ok=answer.ok)


@bp.get("/rates")
@login_required
def rates():
    return jsonify(requests.get("https://rates.partner.example/today").json())
--- clinic/views/patients.py
import re

from flask import Blueprint, abort, current_app, g, jsonify, redirect, render_template, render_template_string, request, session, url_for
from markupsafe import escape

from ..auth import login_required, password_ok
from ..schemas import LoginSchema, validated
from ..store import db
from ..tasks import send_feedback, send_reminder

bp = Blueprint("patients", __name__)

NAME = re.compile(r"^(\w+[ '-]?)+$")
ZIP = re.compile(r"^[0-9]{5}$")


@bp.post("/login")
@validated(LoginSchema)
def login():
    email, password = g.data["email"], g.data["password"]
    user = db.users.find_one({"email": email})
    if not user or not password_ok(user, password):
        abort(401)
    session["user"] = str(user["_id"])
    target = request.args.get("next", "/")
    if not target.startswith("/"):
        target = "/"
    return redirect(target)


@bp.post("/kiosk/login")
def kiosk_login():
    body = request.get_json()
    pin, card = body.get("pin"), body.get("card")
    user = db.kiosk_users.find_one({"card": card, "pin": pin})
    if user is None:
        current_app.logger.warning(f"kiosk login refused for {card}")
        abort(401)
    session["user"] = str(user["_id"])
    return jsonify(name=user["name"])


@bp.post("/kiosk/recall")
def kiosk_recall():
    number = (request.get_json() or {}).get("number")
    if not isinstance(number, str):
        abort(400)
    entry = db.queue.find_one({"number": number})
    current_app.logger.info("recall of %s", number.replace("\r", "").replace("\n", ""))
    return jsonify(found=bool(entry))


@bp.get("/logout")
def logout():
    session.clear()
    return redirect(url_for("patients.welcome"))


@bp.post("/role")
@login_required
def switch_role():
    wanted = request.form.get("role", "patient")
    session["role"] = wanted
    return jsonify(role=wanted)


@bp.get("/welcome")
def welcome():
    name = request.args.get("name", "guest")
    return render_template_string("<h1>Welcome {{ name }}</h1>", name=name)


@bp.get("/preview")
@login_required
def preview():
    greeting = request.args.get("greeting", "Dear patient")
    page = "<html><body><p>{}</p>".format(greeting) + "{{ clinic }}</body></html>"
    return render_template_string(page, clinic="Clinic")


@bp.get("/lookup")
def lookup():
    zip_code, name = request.args.get("zip", ""), request.args.get("name", "")
    if not ZIP.match(zip_code):
        return f"<p>{escape(zip_code)} is no zip code</p>", 400
    if not NAME.match(name):
        return "<p>%s is no name</p>" % name, 400
    return jsonify(zip=zip_code)


@bp.get("/patients/<int:number>")
@login_required
def patient(number):
    row = db.patients.find_one({"number": number}) or {}
    return render_template("patient.html", patient=row, notes=row.get("notes", []))


@bp.post("/feedback")
def feedback():
    form = request.form
    send_feedback.delay(form.get("mail"), form.get("topic"), form.get("text", ""))
    return jsonify(ok=True), 202


@bp.post("/remind")
@login_required
def remind():
    send_reminder.delay(request.form["mail"], request.form["doctor"])
    return jsonify(ok=True), 202
--- manage.py
import argparse
import subprocess

from clinic import create_app


def serve(options):
    create_app().run(host=options.host, port=options.port, debug=False)


def dump(options):
    subprocess.run(["mongodump", "--db", "clinic", "--out", options.out], check=True, timeout=600)


def preview(options):
    create_app().run(host="0.0.0.0", port=options.port, debug=True)


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    for name, function in {"serve": serve, "dump": dump, "preview": preview}.items():
        sub = commands.add_parser(name)
        sub.add_argument("--host", default="127.0.0.1")
        sub.add_argument("--port", type=int, default=8000)
        sub.add_argument("--out", default="dump")
        sub.set_defaults(run=function)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
--- requirements.txt
Flask==3.0.2
pymongo==4.6.1
celery==5.3.6
marshmallow==3.20.2
PyJWT==2.8.0
paramiko==3.4.0
lxml==5.1.0
defusedxml==0.7.1
requests==2.31.0
PyYAML==6.0.1
flask-cors==4.0.0
