--- labels
bad shop/__init__.py:5 secret/hard-coded | app.config.from_mapping(SECRET_KEY="dev", DATABASE="shop.sql
good shop/__init__.py:9 secret/hard-coded | app.config.from_mapping(SECRET_KEY=os.environ["SECRET_KEY"])
bad shop/guard.py:42 ssrf/request | return requests.get(url, timeout=10)
good shop/views.py:25 ssrf/request | return jsonify({"data": requests.get(url, timeout=10, allow_
bad shop/views.py:28 sql/injection | row = get_db().execute("select * from product where id = %s"
good shop/views.py:32 sql/injection | row = get_db().execute("select * from product where id = ?",
bad shop/views.py:37 sql/injection | return jsonify({"rows": get_db().execute("select * from prod
good shop/views.py:43 sql/injection | return jsonify({"rows": get_db().execute("select * from prod
bad shop/views.py:47 xss/reflected | return f"<h1>Results for: {query}</h1>"
good shop/views.py:51 xss/reflected | return f"<h1>Results for: {escape(query)}</h1>"
bad shop/views.py:54 deserialize/untrusted | return jsonify(pickle.loads(request.get_data()))
good shop/views.py:57 deserialize/untrusted | return jsonify(json.loads(request.get_data()))
bad shop/views.py:60 deserialize/untrusted | return jsonify(yaml.load(request.get_data(), Loader=yaml.Loa
good shop/views.py:63 deserialize/untrusted | return jsonify(yaml.safe_load(request.get_data()))
bad shop/views.py:67 command/injection | subprocess.run(f"convert {name} out.jpg", shell=True)
good shop/views.py:72 command/injection | subprocess.run(["convert", f"uploads/{name}", "out.jpg"], ti
bad shop/views.py:77 path/traversal upload/unchecked | file.save(os.path.join("/var/uploads", file.filename))
good shop/views.py:85 path/traversal | file.save(os.path.join("/var/uploads", f"{uuid.uuid4()}{endi
bad shop/views.py:89 path/traversal | return open("/srv/files/" + request.args["name"]).read()
good shop/views.py:92 path/traversal | return send_from_directory("/srv/files", request.args["name"
bad templates/profile.html:1 xss/template | <a href='{{ site }}'>site</a>
good templates/profile.html:2 xss/template | <p title="{{ bio }}">{{ bio }}</p>
--- shop/__init__.py
import os
from flask import Flask
def create_app(test_config=None):
    app = Flask(__name__, instance_relative_config=True)
    app.config.from_mapping(SECRET_KEY="dev", DATABASE="shop.sqlite")
    return app
def create_production_app():
    app = Flask(__name__)
    app.config.from_mapping(SECRET_KEY=os.environ["SECRET_KEY"])
    return app
--- shop/db.py
import sqlite3
from flask import g
def get_db():
    if "db" not in g:
        g.db = sqlite3.connect("shop.sqlite")
    return g.db
--- shop/guard.py
import ipaddress
import socket
from urllib.parse import urlparse
import requests
class SSRFProtection:
    def __init__(self):
        self.blocked_networks = [
            ipaddress.ip_network("127.0.0.0/8"),
            ipaddress.ip_network("10.0.0.0/8"),
            ipaddress.ip_network("169.254.0.0/16"),
        ]
        self.allowed_schemes = {"http", "https"}
    def validate_url(self, url, allowed_hosts=None):
        try:
            parsed = urlparse(url)
        except Exception as e:
            return False, f"Invalid URL: {e}"
        if parsed.scheme not in self.allowed_schemes:
            return False, "scheme"
        hostname = parsed.hostname
        if not hostname:
            return False, "no host"
        if allowed_hosts and hostname not in allowed_hosts:
            return False, "host"
        try:
            addr_info = socket.getaddrinfo(hostname, None)
            for family, type, proto, canonname, sockaddr in addr_info:
                ip = ipaddress.ip_address(sockaddr[0])
                for blocked_net in self.blocked_networks:
                    if ip in blocked_net:
                        return False, "blocked"
                if str(ip) == "169.254.169.254":
                    return False, "metadata"
        except socket.gaierror:
            return False, "dns"
        return True, "OK"
ssrf_protection = SSRFProtection()
def safe_fetch(url):
    is_safe, error = ssrf_protection.validate_url(url)
    if not is_safe:
        raise ValueError(error)
    return requests.get(url, timeout=10)
--- shop/views.py
import os
import pickle
import subprocess
import uuid
import json
import requests
import yaml
from urllib.parse import urlsplit
from flask import Blueprint, abort, jsonify, redirect, render_template, request, send_from_directory, session
from markupsafe import escape
from werkzeug.utils import secure_filename
from .db import get_db
from .guard import safe_fetch
bp = Blueprint("shop", __name__)
HOSTS = {"api.github.com", "httpbin.org"}
COLUMNS = {"name", "price"}
@bp.post("/fetch")
def fetch():
    return jsonify({"data": safe_fetch(request.json.get("url")).text})
@bp.post("/fetch-listed")
def fetch_listed():
    url = request.json.get("url")
    if urlsplit(url).hostname not in HOSTS:
        abort(400)
    return jsonify({"data": requests.get(url, timeout=10, allow_redirects=False).text})
@bp.get("/product")
def product():
    row = get_db().execute("select * from product where id = %s" % request.args["id"]).fetchone()
    return jsonify({"row": row})
@bp.get("/product-safe")
def product_safe():
    row = get_db().execute("select * from product where id = ?", (request.args["id"],)).fetchone()
    return jsonify({"row": row})
@bp.get("/list")
def listed():
    order = request.args.get("order", "name")
    return jsonify({"rows": get_db().execute("select * from product order by " + order).fetchall()})
@bp.get("/list-safe")
def listed_safe():
    order = request.args.get("order", "name")
    if order not in COLUMNS:
        order = "name"
    return jsonify({"rows": get_db().execute("select * from product order by " + order).fetchall()})
@bp.get("/search")
def search():
    query = request.args.get("q", "")
    return f"<h1>Results for: {query}</h1>"
@bp.get("/search-safe")
def search_safe():
    query = request.args.get("q", "")
    return f"<h1>Results for: {escape(query)}</h1>"
@bp.post("/load")
def load():
    return jsonify(pickle.loads(request.get_data()))
@bp.post("/load-safe")
def load_safe():
    return jsonify(json.loads(request.get_data()))
@bp.post("/yaml")
def load_yaml():
    return jsonify(yaml.load(request.get_data(), Loader=yaml.Loader))
@bp.post("/yaml-safe")
def load_yaml_safe():
    return jsonify(yaml.safe_load(request.get_data()))
@bp.post("/convert")
def convert():
    name = request.form.get("filename")
    subprocess.run(f"convert {name} out.jpg", shell=True)
    return "ok"
@bp.post("/convert-safe")
def convert_safe():
    name = secure_filename(request.files["image"].filename)
    subprocess.run(["convert", f"uploads/{name}", "out.jpg"], timeout=30)
    return "ok"
@bp.post("/upload")
def upload():
    file = request.files["file"]
    file.save(os.path.join("/var/uploads", file.filename))
    return "ok"
@bp.post("/upload-safe")
def upload_safe():
    file = request.files["file"]
    ending = os.path.splitext(file.filename)[1].lower()
    if ending not in {".png", ".jpg"}:
        abort(400)
    file.save(os.path.join("/var/uploads", f"{uuid.uuid4()}{ending}"))
    return "ok"
@bp.get("/file")
def file():
    return open("/srv/files/" + request.args["name"]).read()
@bp.get("/file-safe")
def file_safe():
    return send_from_directory("/srv/files", request.args["name"])
@bp.get("/profile")
def profile():
    return render_template("profile.html", site=request.args.get("site"), bio=request.args.get("bio"))
--- templates/profile.html
<a href='{{ site }}'>site</a>
<p title="{{ bio }}">{{ bio }}</p>
