--- labels
good core/base.py:24 deserialize/untrusted | signed cookie with JSON
bad core/base.py:41 xss/reflected | some callers give request values that are not escaped
good core/base.py:45 xss/reflected | each value is escaped
good core/base.py:49 error/leak | only the number of the status
bad core/base.py:55 error/leak | stack trace goes to the client
good core/db.py:18 secret/hard-coded | from the environment
bad core/db.py:46 sql/injection | order column of the query is part of the statement
good core/db.py:52 sql/injection | value is a parameter
good core/db.py:59 sql/injection | columns are filtered by a list, serial is a parameter
bad core/db.py:67 sql/injection | names and values of the query are joined to the statement
good core/db.py:75 sql/injection | identifier is quoted by psycopg, value is a parameter
bad core/db.py:81 sql/injection | f-string inside of sql.SQL
good core/security.py:12 crypto/password-storage | scrypt with a random salt
bad core/security.py:16 crypto/password-storage crypto/weak-hash | password as SHA-1 without a salt
bad core/security.py:20 crypto/weak-random | code that pairs a device comes from the random module
good core/security.py:24 crypto/weak-random | secrets module
good core/security.py:28 crypto/weak-random | jitter, no secret
bad core/security.py:32 crypto/weak-cipher | 3DES in ECB mode
good core/security.py:38 crypto/weak-cipher | AES-GCM with a fresh nonce
good core/security.py:42 crypto/weak-hash | SHA-256
bad core/shell.py:6 command/injection | some callers build the line of request values
good core/shell.py:12 command/injection | fixed programs and argument list without a shell
good core/shell.py:19 command/injection | a number and a quoted path
good handlers/devices.py:18 sql/injection | named parameters
good handlers/devices.py:34 sql/injection | both values are cast to integers
bad handlers/devices.py:48 nosql/injection | filter of the body is spread into the query
good handlers/devices.py:54 nosql/injection | text of the route and two numbers
good handlers/devices.py:60 nosql/injection | insert of plain text
good handlers/devices.py:73 code/reflection | name is in a set of three
bad handlers/devices.py:80 code/reflection | any method of any collection can be called
good handlers/devices.py:99 sql/injection | one of three constants
good handlers/files.py:29 path/traversal | folder is checked after resolve
bad handlers/files.py:33 path/traversal | route value is joined without a check
bad handlers/files.py:43 path/traversal | the check sets a status and goes on
bad handlers/files.py:59 upload/unchecked path/traversal | client's file name and any type in a public folder
good handlers/files.py:68 path/traversal | generated name
good handlers/files.py:68 upload/unchecked | suffix is checked with a tuple
bad handlers/files.py:74 archive/zip-slip | members are unpacked without a check
bad handlers/files.py:80 deserialize/untrusted | loader that builds objects
good handlers/files.py:84 deserialize/untrusted | safe loader
bad handlers/live.py:30 sql/injection | serial of the message is part of the statement
good handlers/live.py:35 sql/injection | value is a parameter
bad handlers/live.py:39 code/injection | text of the message is evaluated
good handlers/live.py:42 code/injection | literal_eval reads only literals
bad handlers/proxy.py:15 ssrf/request | any address of the query is requested
good handlers/proxy.py:25 ssrf/request | host is in the set
bad handlers/proxy.py:34 ssrf/request | prefix has no end, api.vendor.example.evil.org and user@host pass
good handlers/proxy.py:42 ssrf/request | constant host, encoded value
bad handlers/proxy.py:50 tls/unverified | certificate is not checked
good handlers/proxy.py:55 tls/unverified | certificate is checked
good handlers/users.py:16 nosql/injection | get_argument() gives only text
bad handlers/users.py:18 log/injection | name with line breaks in the log
good handlers/users.py:20 cookie/flags | flags set
bad handlers/users.py:21 redirect/open | argument is the target
bad handlers/users.py:25 nosql/injection | JSON values may be operators
good handlers/users.py:27 log/injection | %r encodes line breaks
bad handlers/users.py:30 cookie/flags | token cookie without HttpOnly and Secure
good handlers/users.py:39 redirect/open | full match of local paths
bad handlers/users.py:45 object/mass-assignment nosql/injection | whole body is written, roles too
good handlers/users.py:51 object/mass-assignment | two named fields
good handlers/users.py:59 regex/injection | text is escaped
good handlers/users.py:60 regex/injection | text is escaped
bad handlers/users.py:65 regex/injection | pattern of the form is compiled
good handlers/users.py:71 template/injection | constant template, value is data
bad handlers/users.py:75 template/injection | form text is compiled as a template
bad legacy/hook_server.py:19 header/injection | decoded query value with line breaks goes to a header
bad legacy/hook_server.py:21 xss/reflected | one caller gives a query value that is not escaped
good legacy/hook_server.py:34 xss/reflected | escaped
good legacy/hook_server.py:43 limits/unbounded-body | size is checked first
good legacy/hook_server.py:43 deserialize/untrusted | JSON
good legacy/hook_server.py:48 command/injection | one of two constants
bad legacy/hook_server.py:52 limits/unbounded-body | size of the client without a limit
bad legacy/hook_server.py:54 command/injection | branch of the body is part of a shell line
good legacy/hook_server.py:59 config/bind-all | loopback only
bad legacy/status_bottle.py:11 xss/reflected | route value is not escaped
good legacy/status_bottle.py:16 xss/reflected | the route gives an integer
good legacy/status_bottle.py:21 xss/reflected | escaped
good legacy/status_bottle.py:26 template/injection | constant template, escaped by {{ }}
bad legacy/status_bottle.py:32 template/injection | form text is compiled as a template
good legacy/status_bottle.py:37 path/traversal | static_file checks the folder
bad legacy/status_bottle.py:43 path/traversal | route value is joined without a check
good legacy/status_bottle.py:49 redirect/open | constants of a dict
bad legacy/status_bottle.py:53 config/bind-all | status pages without login on all interfaces
bad server.py:37 secret/hard-coded | key that signs cookies is in the source
good server.py:38 csrf/off | check of the XSRF token is on
good server.py:49 secret/hard-coded | from the environment
bad server.py:50 csrf/off | forms with cookie login without an XSRF check
bad server.py:51 config/debug | debug mode with stack traces is on
good server.py:57 config/bind-all | loopback only
good server.py:57 limits/unbounded-body | size limit set
good templates/device.html:5 xss/template | escaped by default
bad templates/device.html:6 xss/template xss/stored | stored text of the device without escape
--- core/__init__.py
--- core/base.py
import functools
import json
import logging
import traceback

from tornado.escape import json_decode, xhtml_escape
from tornado.web import HTTPError, RequestHandler

log = logging.getLogger("fleet")


class BaseHandler(RequestHandler):
    def initialize(self):
        self.pools = self.settings["pools"]

    def set_default_headers(self):
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "DENY")
        self.set_header("Content-Security-Policy", "default-src 'self'")
        self.set_header("Strict-Transport-Security", "max-age=31536000")

    def get_current_user(self):
        raw = self.get_signed_cookie("user")
        return json.loads(raw) if raw else None

    @property
    def mongo(self):
        return self.pools.mongo.fleet

    def body(self):
        try:
            return json_decode(self.request.body)
        except ValueError:
            raise HTTPError(400)

    def text(self, name, default=""):
        return self.get_argument(name, default)

    def page(self, *parts):
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish("<html><body>" + "".join(parts) + "</body></html>")

    def escaped_page(self, title, *items):
        rows = "".join(f"<li>{xhtml_escape(str(i))}</li>" for i in items)
        self.finish(f"<h1>{xhtml_escape(title)}</h1><ul>{rows}</ul>")

    def write_error(self, status_code, **kwargs):
        log.error("failed with %s", status_code, exc_info=kwargs.get("exc_info"))
        self.finish({"error": status_code})


class ServiceHandler(BaseHandler):
    def write_error(self, status_code, **kwargs):
        lines = traceback.format_exception(*kwargs["exc_info"]) if "exc_info" in kwargs else []
        self.finish({"error": status_code, "trace": "".join(lines)})


def json_fields(**casts):
    """Gives the named fields of the body, each cast, to the handler method."""

    def decorate(method):
        @functools.wraps(method)
        async def wrapper(self, *args, **kwargs):
            body = self.body()
            try:
                values = {name: cast(body[name]) for name, cast in casts.items()}
            except (KeyError, TypeError, ValueError):
                raise HTTPError(422)
            return await method(self, *args, **kwargs, **values)

        return wrapper

    return decorate
--- core/db.py
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import NamedTuple

import aiomysql
import psycopg
from motor.motor_asyncio import AsyncIOMotorClient
from psycopg import sql


class Pools(NamedTuple):
    mysql: aiomysql.Pool
    mongo: AsyncIOMotorClient


async def connect():
    pool = await aiomysql.create_pool(host="localhost", user="fleet", password=os.environ["FLEET_DB_PASSWORD"], db="fleet")
    return Pools(pool, AsyncIOMotorClient("mongodb://localhost"))


@asynccontextmanager
async def cursor(pool):
    async with pool.acquire() as connection:
        async with connection.cursor(aiomysql.DictCursor) as cur:
            yield cur
            await connection.commit()


@dataclass
class Page:
    order: str = "id"
    size: int = 50

    @classmethod
    def from_handler(cls, handler):
        return cls(handler.get_query_argument("order", "id"), int(handler.get_query_argument("size", "50")))

    @property
    def suffix(self):
        return f"ORDER BY {self.order} LIMIT {self.size}"


async def devices_page(pool, page):
    async with cursor(pool) as cur:
        await cur.execute("SELECT id, name FROM devices " + page.suffix)
        return await cur.fetchall()


async def device(pool, number):
    async with cursor(pool) as cur:
        await cur.execute("SELECT * FROM devices WHERE id = %s", (number,))
        return await cur.fetchone()


async def stream_readings(pool, serial, *columns):
    allowed = [c for c in columns if c in ("taken_at", "value", "unit")] or ["value"]
    async with cursor(pool) as cur:
        await cur.execute(f"SELECT {', '.join(allowed)} FROM readings WHERE serial = %s", (serial,))
        async for row in cur:
            yield row


async def stream_alerts(pool, **filters):
    where = " AND ".join("{} = '{}'".format(k, v) for k, v in filters.items()) or "1 = 1"
    async with cursor(pool) as cur:
        await cur.execute(f"SELECT id, text FROM alerts WHERE {where}")
        async for row in cur:
            yield row


async def archive_rows(table, serial):
    async with await psycopg.AsyncConnection.connect("dbname=archive") as connection:
        statement = sql.SQL("SELECT * FROM {} WHERE serial = %s").format(sql.Identifier(table))
        result = await connection.execute(statement, (serial,))
        return await result.fetchall()


async def archive_count(serial):
    async with await psycopg.AsyncConnection.connect("dbname=archive") as connection:
        result = await connection.execute(sql.SQL(f"SELECT count(*) FROM readings WHERE serial = '{serial}'"))
        return await result.fetchone()
--- core/security.py
import hashlib
import os
import random
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def hash_password(password, salt=None):
    salt = salt or os.urandom(16)
    return salt, hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


def device_password_hash(password):
    return hashlib.new("sha1", password.encode()).hexdigest()


def pairing_code():
    return "-".join("%03d" % random.randrange(1000) for _ in range(3))


def device_token():
    return secrets.token_urlsafe(24)


def poll_interval():
    return 30 + random.uniform(0, 5)


def encrypt_legacy(key, data):
    encryptor = Cipher(algorithms.TripleDES(key), modes.ECB()).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def encrypt(key, data):
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, data, None)


def fingerprint(data):
    return hashlib.sha256(data).hexdigest()
--- core/shell.py
import asyncio
import shlex


async def capture(command):
    process = await asyncio.create_subprocess_shell(command, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    return out.decode(errors="replace")


async def capture_list(program, *arguments):
    process = await asyncio.create_subprocess_exec(program, *arguments, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    return out.decode(errors="replace")


async def tail(path, lines):
    line = f"tail -n {int(lines)} {shlex.quote(path)} | tac"
    process = await asyncio.create_subprocess_shell(line, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    return out.decode(errors="replace")
--- handlers/__init__.py
--- handlers/devices.py
from tornado.web import authenticated

from core import db
from core.base import BaseHandler, json_fields

METHODS = {"reboot", "locate", "sync"}


class DeviceList(BaseHandler):
    @authenticated
    async def get(self):
        self.finish({"devices": await db.devices_page(self.pools.mysql, db.Page.from_handler(self))})

    @authenticated
    @json_fields(name=str, interval=int)
    async def post(self, name, interval):
        async with db.cursor(self.pools.mysql) as cur:
            await cur.execute("INSERT INTO devices (name, poll) VALUES (%(name)s, %(poll)s)", {"name": name, "poll": interval})
        self.set_status(201)


class DeviceDetail(BaseHandler):
    @authenticated
    async def get(self, number):
        device = await db.device(self.pools.mysql, int(number))
        if device is None:
            return self.escaped_page("Unknown device", number)
        self.render("device.html", device=device, note=self.text("note"))

    @authenticated
    @json_fields(poll=int)
    async def patch(self, number, poll):
        async with db.cursor(self.pools.mysql) as cur:
            await cur.execute(f"UPDATE devices SET poll = {poll} WHERE id = {int(number)}")


class Readings(BaseHandler):
    @authenticated
    async def get(self, serial):
        columns = self.get_arguments("column")
        rows = [row async for row in db.stream_readings(self.pools.mysql, serial, *columns)]
        archived = await db.archive_rows("readings", serial)
        self.finish({"rows": rows, "archived": len(archived), "total": await db.archive_count(serial)})

    @authenticated
    async def post(self, serial):
        query = {"serial": serial, **self.body().get("filter", {})}
        found = self.mongo.readings.find(query)
        self.finish({"values": [r["value"] async for r in found]})

    @authenticated
    @json_fields(low=float, high=float)
    async def put(self, serial, low, high):
        found = self.mongo.readings.find({"serial": serial, "value": {"$gte": low, "$lte": high}})
        self.finish({"values": [r["value"] async for r in found]})


class Commands(BaseHandler):
    async def reboot(self, serial):
        await self.mongo.queue.insert_one({"serial": serial, "do": "reboot"})

    async def locate(self, serial):
        await self.mongo.queue.insert_one({"serial": serial, "do": "locate"})

    async def sync(self, serial):
        await self.mongo.queue.insert_one({"serial": serial, "do": "sync"})

    @authenticated
    async def post(self, serial):
        name = self.text("name")
        if name not in METHODS:
            return self.set_status(400)
        await getattr(self, name)(serial)
        self.finish({"queued": name})

    @authenticated
    async def put(self, serial):
        step = self.body()
        target = getattr(self.mongo, step["collection"])
        result = await getattr(target, step["operation"])({"serial": serial})
        self.finish({"result": str(result)})


class Alerts(BaseHandler):
    @authenticated
    async def get(self):
        filters = {k: self.decode_argument(v[-1]) for k, v in self.request.query_arguments.items() if k != "page"}
        self.finish({"alerts": [a async for a in db.stream_alerts(self.pools.mysql, **filters)]})

    @authenticated
    async def post(self):
        wanted = self.text("level", "info")
        match wanted:
            case "info" | "warning" | "error":
                level = wanted
            case _:
                level = "info"
        async with db.cursor(self.pools.mysql) as cur:
            await cur.execute("SELECT id, text FROM alerts WHERE level = '%s'" % level)
            self.finish({"alerts": await cur.fetchall()})
--- handlers/files.py
import os
import tarfile
import uuid
from html import escape
from io import BytesIO
from pathlib import Path

import yaml
from tornado.web import HTTPError, authenticated

from core import shell
from core.base import BaseHandler, ServiceHandler

ROOT = Path("/srv/fleet").resolve()
SUFFIXES = (".bin", ".hex")


def inside(folder, name):
    full = (folder / name).resolve()
    if not full.is_relative_to(folder):
        raise HTTPError(403)
    return full


class Firmware(BaseHandler):
    @authenticated
    async def get(self, name):
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(inside(ROOT / "firmware", name).read_bytes())

    @authenticated
    async def head(self, name):
        with open("%s/firmware/%s" % (ROOT, name), "rb") as image:
            self.set_header("X-Magic", image.read(16).hex())


class Logs(BaseHandler):
    @authenticated
    async def get(self):
        day = self.text("day", "today")
        if "../" in day:
            self.set_status(400)
        with open(os.path.join(ROOT, "logs", day + ".log")) as handle:
            self.set_header("Content-Type", "text/plain")
            self.finish(handle.read())

    @authenticated
    async def post(self):
        path = inside(ROOT / "logs", self.text("name"))
        self.set_header("Content-Type", "text/plain")
        self.finish(await shell.tail(str(path), self.text("lines", "50")))


class Upload(ServiceHandler):
    @authenticated
    async def post(self):
        for files in self.request.files.values():
            for upload in files:
                with open(os.path.join(ROOT, "www", "uploads", upload["filename"]), "wb") as out:
                    out.write(upload.body)

    @authenticated
    async def put(self):
        upload = self.request.files["image"][0]
        suffix = os.path.splitext(upload.filename)[1].lower()
        if suffix not in SUFFIXES:
            raise HTTPError(415)
        (ROOT / "firmware" / f"{uuid.uuid4()}{suffix}").write_bytes(upload.body)

    @authenticated
    async def patch(self):
        with tarfile.open(fileobj=BytesIO(self.request.body)) as archive:
            for member in archive.getmembers():
                archive.extract(member, path=ROOT / "bundles")


class ConfigImport(BaseHandler):
    @authenticated
    async def post(self):
        self.finish({"keys": list(yaml.load(self.request.body, Loader=yaml.Loader))})

    @authenticated
    async def put(self):
        self.finish({"keys": list(yaml.safe_load(self.request.body) or {})})


class Diagnose(BaseHandler):
    @authenticated
    async def get(self):
        host = escape(self.text("host", "localhost"))
        self.finish({"out": await shell.capture("ping -c 1 %s" % host)})

    @authenticated
    async def post(self):
        port = int(self.text("port", "80"))
        self.finish({"out": await shell.capture_list("nc", "-z", "localhost", str(port))})
--- handlers/live.py
import ast
import json

from tornado.websocket import WebSocketHandler

from core import db, shell


class LiveSocket(WebSocketHandler):
    watchers = set()

    def open(self):
        user = self.get_signed_cookie("user")
        if not user:
            return self.close()
        self.watchers.add(self)

    def on_close(self):
        self.watchers.discard(self)

    async def on_message(self, message):
        kind, payload = (lambda m: (m.get("kind"), m.get("payload", {})))(json.loads(message))
        step = {"last": self.last, "name": self.name, "calc": self.calc, "limits": self.limits, "trace": self.trace}.get(kind)
        if step:
            await step(**payload)

    async def last(self, serial, **_):
        statement = ["SELECT value FROM readings", "WHERE serial = '" + serial + "'", "ORDER BY taken_at DESC LIMIT 1"]
        async with db.cursor(self.settings["pools"].mysql) as cur:
            await cur.execute("\n".join(statement))
            await self.write_message({"last": await cur.fetchone()})

    async def name(self, serial, **_):
        async with db.cursor(self.settings["pools"].mysql) as cur:
            await cur.execute("SELECT name FROM devices WHERE serial = %s", [serial])
            await self.write_message({"name": await cur.fetchone()})

    async def calc(self, expression, **_):
        await self.write_message({"value": eval(expression)})

    async def limits(self, values, **_):
        await self.write_message({"limits": ast.literal_eval(values)})

    async def trace(self, hops=5, **_):
        await self.write_message(await shell.capture_list("traceroute", "-m", str(int(hops)), "gateway.local"))
--- handlers/proxy.py
from urllib.parse import urlencode, urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.web import HTTPError, authenticated

from core.base import BaseHandler

HOSTS = {"updates.vendor.example", "api.vendor.example"}


class Fetch(BaseHandler):
    @authenticated
    async def get(self):
        request = HTTPRequest(url=self.text("url"), request_timeout=5)
        answer = await AsyncHTTPClient().fetch(request)
        self.set_header("Content-Type", "text/plain")
        self.finish(answer.body)

    @authenticated
    async def post(self):
        url = self.text("url")
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.netloc not in HOSTS:
            raise HTTPError(400)
        answer = await AsyncHTTPClient().fetch(url, request_timeout=5, follow_redirects=False)
        self.set_header("Content-Type", "text/plain")
        self.finish(answer.body)

    @authenticated
    async def put(self):
        url = self.text("url")
        if not url.startswith("https://api.vendor.example"):
            raise HTTPError(400)
        answer = await AsyncHTTPClient().fetch(url, request_timeout=5)
        self.finish({"bytes": len(answer.body)})


class Weather(BaseHandler):
    @authenticated
    async def get(self):
        query = urlencode({"city": self.text("city"), "unit": "c"})
        answer = await AsyncHTTPClient().fetch(f"https://weather.example/now?{query}", request_timeout=5)
        self.set_header("Content-Type", "application/json")
        self.finish(answer.body)


class Vendor(BaseHandler):
    @authenticated
    async def get(self):
        answer = await AsyncHTTPClient().fetch("https://api.vendor.example/news", validate_cert=False, request_timeout=5)
        self.finish({"bytes": len(answer.body)})

    @authenticated
    async def post(self):
        answer = await AsyncHTTPClient().fetch("https://api.vendor.example/ack", method="POST", body="", validate_cert=True, request_timeout=5)
        self.finish({"code": answer.code})
--- handlers/users.py
import json
import re

from tornado.escape import xhtml_escape
from tornado.log import app_log
from tornado.template import Template
from tornado.web import authenticated

from core.base import BaseHandler
from core.security import device_password_hash, hash_password


class Login(BaseHandler):
    async def post(self):
        name, password = self.text("name"), self.text("password")
        user = await self.mongo.users.find_one({"name": name})
        if not user or hash_password(password, user["salt"])[1] != user["hash"]:
            app_log.warning("login of %s failed" % name)
            return self.set_status(401)
        self.set_signed_cookie("user", json.dumps({"id": str(user["_id"])}), httponly=True, secure=True, samesite="Lax")
        self.redirect(self.text("next", "/devices"))

    async def put(self):
        body = self.body()
        device = await self.mongo.devices.find_one({"serial": body["serial"], "secret": body["secret"]})
        if device is None:
            app_log.info("login of device %r refused", body["serial"])
            return self.set_status(401)
        await self.mongo.devices.update_one({"_id": device["_id"]}, {"$set": {"legacy": device_password_hash(str(body["secret"]))}})
        self.set_cookie("device", device["token"])


class Logout(BaseHandler):
    def get(self):
        self.clear_cookie("user")
        target = self.text("to", "/")
        if not re.fullmatch(r"/[a-z]+(/[a-z]+)*", target):
            target = "/"
        self.redirect(target)


class Profile(BaseHandler):
    @authenticated
    async def post(self):
        await self.mongo.users.update_one({"name": self.text("name")}, {"$set": self.body()})

    @authenticated
    async def patch(self):
        body = self.body()
        changes = {k: str(body[k]) for k in ("mail", "phone") if k in body}
        await self.mongo.users.update_one({"_id": self.current_user["id"]}, {"$set": changes})


class UserSearch(BaseHandler):
    @authenticated
    async def get(self):
        text = self.text("q")
        pattern = re.escape(text)
        found = await self.mongo.users.find({"name": {"$regex": pattern}}).to_list(20)
        names = [re.sub(f"({pattern})", r"<b>\1</b>", xhtml_escape(u["name"])) for u in found]
        self.page("<h1>Users</h1>", *names) if found else self.page("<p>No user ", text, "</p>")

    @authenticated
    async def post(self):
        matcher = re.compile(self.text("pattern"))
        self.finish({"names": [u["name"] async for u in self.mongo.users.find() if matcher.match(u["name"])]})


class Welcome(BaseHandler):
    def get(self):
        self.finish(Template("<p>Welcome {{ name }}</p>").generate(name=self.text("name")))

    def post(self):
        layout = self.text("layout", "{{ name }}")
        self.finish(Template(layout).generate(name="operator"))
--- legacy/__init__.py
--- legacy/hook_server.py
import html
import json
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

LIMIT = 64 * 1024
SERVICES = {"mqtt": "mosquitto", "web": "nginx"}


class HookHandler(BaseHTTPRequestHandler):
    def query(self):
        return {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}

    def reply(self, text, kind="text/html", **headers):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        query = self.query()
        route = urlsplit(self.path).path
        if route == "/hello":
            self.reply("<p>Hello " + query.get("name", "you") + "</p>")
        elif route == "/trace":
            self.reply("{}", kind="application/json", X_Trace=query.get("trace", "none"))
        elif route == "/echo":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<p>{html.escape(query.get('text', ''))}</p>".encode())
        else:
            self.send_error(404)

    def do_POST(self):
        size = int(self.headers.get("Content-Length", 0))
        if not 0 <= size <= LIMIT:
            self.send_error(413)
            return
        payload = json.loads(self.rfile.read(size))
        service = SERVICES.get(payload.get("service"))
        if service is None:
            self.send_error(404)
            return
        subprocess.run(f"systemctl restart {service}", shell=True, check=False)
        self.reply("{}", kind="application/json")

    def do_PUT(self):
        payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        branch, *_ = payload.get("ref", "refs/heads/main").rsplit("/", 1)[::-1]
        subprocess.check_call(f"cd /srv/fleet/site && git fetch origin {branch}", shell=True)
        self.reply("{}", kind="application/json")


def main():
    ThreadingHTTPServer(("127.0.0.1", 8891), HookHandler).serve_forever()


if __name__ == "__main__":
    main()
--- legacy/status_bottle.py
from html import escape

from bottle import Bottle, SimpleTemplate, redirect, request, response, static_file, template

app = Bottle()
PAGES = {"devices": "/devices", "alerts": "/alerts"}


@app.get("/status/<name>")
def status(name):
    return f"<h1>Status of {name}</h1>"


@app.get("/uptime/<days:int>")
def uptime(days):
    return f"<p>Up for {days} days</p>"


@app.get("/find")
def find():
    return "<p>Nothing found for {}</p>".format(escape(request.query.q or ""))


@app.get("/card")
def card():
    return template("<b>{{owner}}</b>", owner=request.query.owner)


@app.post("/layout")
def layout():
    source = request.forms.get("source", "")
    return SimpleTemplate(source).render(owner="fleet")


@app.get("/static/<path:path>")
def static(path):
    return static_file(path, root="/srv/fleet/www")


@app.get("/dump/<path:path>")
def dump(path):
    response.content_type = "text/plain"
    with open("/srv/fleet/dumps/" + path, encoding="utf-8") as handle:
        return handle.read()


@app.get("/go/<page>")
def go(page):
    redirect(PAGES.get(page, "/"))


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8890)
--- requirements.txt
tornado==6.4
aiomysql==0.2.0
psycopg[binary]==3.1.18
motor==3.3.2
bottle==0.12.25
cryptography==42.0.2
PyYAML==6.0.1
--- server.py
import asyncio
import os

from tornado.web import Application

from core.db import connect
from handlers import devices, files, live, proxy, users


def routes():
    return [
        (r"/devices", devices.DeviceList),
        (r"/devices/(\d+)", devices.DeviceDetail),
        (r"/devices/([^/]+)/readings", devices.Readings),
        (r"/devices/([^/]+)/commands", devices.Commands),
        (r"/alerts", devices.Alerts),
        (r"/login", users.Login),
        (r"/logout", users.Logout),
        (r"/profile", users.Profile),
        (r"/users", users.UserSearch),
        (r"/welcome", users.Welcome),
        (r"/firmware/(.+)", files.Firmware),
        (r"/logs", files.Logs),
        (r"/upload", files.Upload),
        (r"/config", files.ConfigImport),
        (r"/diagnose", files.Diagnose),
        (r"/fetch", proxy.Fetch),
        (r"/weather", proxy.Weather),
        (r"/vendor", proxy.Vendor),
        (r"/live", live.LiveSocket),
    ]


def make_app(pools):
    settings = {
        "template_path": os.path.join(os.path.dirname(__file__), "templates"),
        "cookie_secret": "9rT4kQ0-fleet-Zm7xLw2PvN8s",
        "xsrf_cookies": True,
        "login_url": "/login",
        "debug": os.environ.get("FLEET_ENV") == "dev",
    }
    return Application(routes(), pools=pools, **settings)


def make_admin_app(pools):
    return Application(
        [(r"/users", users.UserSearch), (r"/profile", users.Profile)],
        pools=pools,
        cookie_secret=os.environ["FLEET_COOKIE_SECRET"],
        xsrf_cookies=False,
        debug=True,
    )


async def main():
    pools = await connect()
    make_app(pools).listen(8888, address="127.0.0.1", max_body_size=4 * 1024 * 1024)
    make_admin_app(pools).listen(8889, address="127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
--- templates/device.html
<!doctype html>
<html>
  <body>
    <h1>{{ device["name"] }}</h1>
    <p class="note">{{ note }}</p>
    <div>{% raw device["description"] %}</div>
  </body>
</html>
