--- labels
bad garden/settings.py:6 secret/hard-coded | Django key in the source
bad garden/settings.py:7 config/debug | on without a condition
good garden/settings.py:25 csrf/off | the check is on for all views
good garden/settings.py:38 xss/autoescape-off | stays on
bad garden/settings.py:47 secret/hard-coded | database password
bad garden/settings.py:52 crypto/password-storage crypto/weak-hash | unsalted MD5 for passwords
bad garden/settings.py:54 cookie/flags | session cookie over http
bad garden/settings.py:55 cookie/flags | readable by scripts
bad garden/settings.py:56 headers/missing | nosniff switched off
bad garden/settings.py:57 cors/wild | any origin
bad garden/settings.py:59 limits/unbounded-body | no limit for bodies
bad garden/settings.py:60 file/permissions | uploads writable by all
good garden/settings.py:67 secret/hard-coded | a header's name
good garden/settings.py:68 secret/hard-coded | from the environment
good garden/settings.py:69 secret/hard-coded | from the environment
good garden/settings_prod.py:3 secret/hard-coded | from the environment
good garden/settings_prod.py:4 config/debug | only on the developers' stage
good garden/settings_prod.py:7 secret/hard-coded | from the environment
good garden/settings_prod.py:9 crypto/password-storage | Argon2
good garden/settings_prod.py:11 cookie/flags | https only
good garden/settings_prod.py:12 cookie/flags | not for scripts
good garden/settings_prod.py:13 headers/missing | on
good garden/settings_prod.py:15 cors/wild | off
good garden/settings_prod.py:16 cors/wild | fixed list
good garden/settings_prod.py:17 limits/unbounded-body | one megabyte
good garden/settings_prod.py:18 file/permissions | not for others
bad garden/urls.py:18 limits/login-attempts | no limit on attempts
good garden/urls.py:19 limits/login-attempts | five a minute
good garden/urls.py:42 files/private-served | the public media only
bad garden/urls.py:43 files/private-served | the whole project with sources and keys
bad shop/forms.py:10 object/mass-assignment | form of ordinary users, with is_moderator
good shop/forms.py:16 object/mass-assignment | three harmless fields
bad shop/helpers.py:19 crypto/password-storage crypto/weak-hash | plain SHA-1 of a password
good shop/helpers.py:23 crypto/password-storage | Django's hasher, Argon2
good shop/helpers.py:27 crypto/weak-hash | SHA-256
good shop/helpers.py:31 crypto/weak-hash | cache tag, declared as not for security
bad shop/helpers.py:35 crypto/weak-random | token from random
good shop/helpers.py:39 crypto/weak-random | secrets
good shop/helpers.py:43 crypto/weak-random | no secret
bad shop/helpers.py:47 crypto/weak-cipher | RC4
bad shop/helpers.py:51 crypto/weak-cipher | ECB
good shop/helpers.py:58 crypto/weak-cipher | GCM, new nonce
good shop/helpers.py:68 compare/timing | constant time
bad shop/helpers.py:72 compare/timing | MAC compared by ==
good shop/helpers.py:76 compare/timing | constant time
good shop/helpers.py:80 jwt/unverified | signature and algorithm checked
bad shop/helpers.py:84 jwt/unverified | signature not checked, used for authorisation
bad shop/helpers.py:88 text/incomplete-escape | other tags and nested ones remain
bad shop/middleware.py:28 deserialize/untrusted | pickle from a cookie
good shop/middleware.py:33 deserialize/untrusted | JSON only
good shop/middleware.py:35 log/injection | constant text
good shop/middleware.py:40 deserialize/untrusted | signed JSON
bad shop/repositories.py:11 sql/injection | statement built by search_text with request text
good shop/repositories.py:21 sql/injection | bound
bad shop/repositories.py:26 sql/injection | f-string in raw
good shop/repositories.py:30 sql/injection | parameter of raw
bad shop/repositories.py:34 sql/injection | text in extra
good shop/repositories.py:38 sql/injection | params of extra
good shop/repositories.py:42 sql/injection | parameter of RawSQL
good shop/repositories.py:48 sql/injection | value of a fixed table
good shop/repositories.py:54 sql/injection | digits only, by the middleware
good shop/repositories.py:59 sql/injection | ORM condition
bad shop/views/plants.py:20 log/injection | line breaks of the query reach the log
good shop/views/plants.py:26 log/injection | line breaks removed
good shop/views/plants.py:31 xss/reflected | JSON answer
bad shop/views/plants.py:60 xss/stored | stored description raw
good shop/views/plants.py:67 xss/stored | format_html escapes
good shop/views/plants.py:68 xss/stored | cleaned by bleach
good shop/views/plants.py:72 object/mass-assignment | named fields
bad shop/views/plants.py:79 xss/reflected | the filter is not enough
bad shop/views/plants.py:81 xss/reflected | query value in HTML
good shop/views/plants.py:83 xss/reflected | plain text
good shop/views/plants.py:84 xss/reflected | escaped
good shop/views/plants.py:89 regex/redos | linear pattern
good shop/views/plants.py:91 xss/reflected | letters and blanks only
bad shop/views/account.py:23 csrf/off | exempt log-in that sets the session
good shop/views/account.py:27 sql/injection | ORM condition
bad shop/views/account.py:29 secret/logged | password in the log
bad shop/views/account.py:31 session/fixation | key of the session not changed
bad shop/views/account.py:34 cookie/flags | log-in cookie without flags
bad shop/views/account.py:35 secret/stored | password in a cookie
good shop/views/account.py:42 secret/logged | name only
good shop/views/account.py:42 log/injection | repr escapes line breaks
good shop/views/account.py:44 session/fixation | Django renews the key
good shop/views/account.py:46 cookie/flags | all flags
good shop/views/account.py:55 session/fixation | after cycle_key
bad shop/views/account.py:61 object/mass-assignment | is_staff and is_superuser can be sent
good shop/views/account.py:62 crypto/password-storage | set_password hashes
bad shop/views/account.py:84 object/mass-assignment | any attribute by name
good shop/views/account.py:92 object/mass-assignment | two fixed names
good shop/views/account.py:110 secret/logged | only the length
bad shop/views/account.py:117 redirect/open | any address
bad shop/views/account.py:119 url/incomplete-check | a longer host name passes
bad shop/views/account.py:120 redirect/open | prefix test can be passed
good shop/views/account.py:123 redirect/open | host checked by Django's helper
good shop/views/account.py:124 redirect/open | constant
bad shop/views/account.py:128 trust/boundary | the right is taken from the request
good shop/views/account.py:131 trust/boundary | one of two values
good shop/views/account.py:133 header/injection | Django refuses line breaks
bad shop/views/tools.py:19 xss/autoescape-off | backend without escaping, used for HTML
good shop/views/tools.py:20 xss/autoescape-off | escaping on
bad shop/views/tools.py:21 xss/autoescape-off | Jinja's default is off
good shop/views/tools.py:22 template/injection | constant template
bad shop/views/tools.py:29 command/injection | shell line from the form
bad shop/views/tools.py:31 command/injection | shell=True with the form's text
good shop/views/tools.py:34 command/injection | quoted by shlex
good shop/views/tools.py:38 command/injection | list, no shell, matched whole
good shop/views/tools.py:45 command/injection | an int
bad shop/views/tools.py:47 error/leak | stack in the answer
bad shop/views/tools.py:66 code/injection | eval of a parameter
bad shop/views/tools.py:69 code/injection | empty builtins are no barrier
bad shop/views/tools.py:72 code/reflection | module by request
bad shop/views/tools.py:73 code/reflection | function by request
good shop/views/tools.py:75 code/injection | literals only
good shop/views/tools.py:77 code/reflection | function of a fixed table
bad shop/views/tools.py:85 template/injection | form text as template
bad shop/views/tools.py:87 template/injection | form text as Jinja template
good shop/views/tools.py:89 template/injection | constant template
bad shop/views/tools.py:90 xss/reflected | name raw in HTML
good shop/views/tools.py:92 xss/reflected | the environment escapes
good shop/views/tools.py:93 template/injection | fixed template name
bad shop/views/tools.py:113 regex/injection | pattern from the request
good shop/views/tools.py:115 regex/injection | escaped
bad shop/views/tools.py:116 regex/redos | nested repetition on a parameter
bad shop/views/tools.py:118 limits/untrusted-size | size from the request
good shop/views/tools.py:119 limits/untrusted-size | capped
bad shop/views/tools.py:127 header/injection | parameter in a raw header
good shop/views/tools.py:130 header/injection | letters and digits only
bad shop/services/feeds.py:8 tls/unverified | certificates not checked
good shop/services/feeds.py:9 tls/unverified | default checks
bad shop/services/feeds.py:13 ssrf/request request/no-timeout | any address, no timeout
bad shop/services/feeds.py:17 url/incomplete-check | the name may stand anywhere
bad shop/services/feeds.py:19 ssrf/request | the check can be passed
good shop/services/feeds.py:24 url/incomplete-check | whole host name compared
good shop/services/feeds.py:26 ssrf/request | host of a fixed set, no redirects
good shop/services/feeds.py:26 request/no-timeout | timeout given
good shop/services/feeds.py:30 ssrf/request | fixed host, quoted part
bad shop/services/feeds.py:34 tls/unverified | verify=False
bad shop/services/feeds.py:38 tls/cleartext | token over http
good shop/services/feeds.py:42 tls/cleartext | https
good shop/services/feeds.py:42 tls/unverified | verification is the default
good shop/services/feeds.py:46 tls/cleartext | own machine
bad shop/services/feeds.py:50 request/no-timeout tls/unverified | no timeout, unchecked context
bad shop/services/mail.py:12 mail/host-header | link built with the request's host, all hosts allowed
good shop/services/mail.py:16 mail/host-header | address of the settings
bad shop/services/mail.py:22 mail/injection | header lines from the form
good shop/services/mail.py:26 mail/injection | Django refuses line breaks in headers
good shop/services/mail.py:32 mail/injection | line breaks removed
bad shop/services/directory.py:13 ldap/injection | uid not escaped
good shop/services/directory.py:18 ldap/injection | escaped
good shop/services/directory.py:22 xml/external-entity | own file
bad shop/services/directory.py:23 xpath/injection | name in the expression
good shop/services/directory.py:28 xpath/injection | XPath variable
bad shop/views/files.py:30 upload/unchecked | any type into the served media
good shop/views/files.py:36 upload/unchecked | ending tested by the form, own name
bad shop/views/files.py:43 deserialize/untrusted | objects from YAML
good shop/views/files.py:45 deserialize/untrusted | safe_load
good shop/views/files.py:47 deserialize/untrusted | SafeLoader
bad shop/views/files.py:49 deserialize/untrusted | uploaded pickle
bad shop/views/files.py:51 xml/external-entity | entities are resolved
good shop/views/files.py:54 xml/external-entity | entities stay unresolved
good shop/views/files.py:57 xml/external-entity | defusedxml
bad shop/views/files.py:62 xml/external-entity | external entities switched on
good shop/views/files.py:67 deserialize/untrusted | own file under a constant name
bad shop/views/files.py:78 archive/zip-slip | names of members not checked
good shop/views/files.py:81 archive/zip-slip | the data filter refuses such names
bad shop/views/files.py:85 archive/zip-slip path/traversal | entry name not checked
good shop/views/files.py:93 archive/zip-slip | real path stays inside
bad shop/views/files.py:101 path/traversal | name not checked
bad shop/views/files.py:103 path/traversal | the replacement can be passed
good shop/views/files.py:105 path/traversal | basename
good shop/views/files.py:106 path/traversal | safe_join refuses outside names
bad shop/views/files.py:114 csv/injection | note may begin with a formula sign
good shop/views/files.py:116 csv/injection | neutralised
bad shop/views/files.py:117 file/temp | name only, race before opening
bad shop/views/files.py:120 file/permissions | writable by all
good shop/views/files.py:121 file/temp | opened safely
good shop/views/files.py:123 file/permissions | owner only
good shop/views/api.py:20 cors/wild | origin of a fixed set
good shop/views/api.py:25 csrf/off | protection demanded
good shop/views/api.py:33 limits/unbounded-body | at most 64 KB
good shop/views/api.py:33 deserialize/untrusted | JSON
good shop/views/api.py:34 object/mass-assignment | named fields
good shop/views/api.py:35 log/injection | numbers
bad shop/views/api.py:46 csrf/off | changes data for the session's user, exempt
bad shop/views/api.py:50 object/mass-assignment | any field of the order, the total too
bad shop/views/api.py:52 error/leak | details of the exception
bad shop/views/api.py:54 cors/wild | any origin mirrored, with credentials
good shop/views/api.py:59 csrf/off | call of a machine, by MAC, no cookies used
bad shop/views/api.py:64 secret/logged | token in the log
good shop/views/api.py:70 error/leak | fixed text
bad templates/plants/search.html:3 xss/template xss/reflected | query raw
good templates/plants/search.html:4 xss/template | escaped
good templates/plants/search.html:5 xss/template | json_script escapes
good templates/plants/search.html:7 xss/template | escaped for a string
good templates/plants/search.html:9 xss/template | percent-encoded
good templates/plants/detail.html:3 xss/template | escaped
good templates/plants/detail.html:4 xss/template | tags removed, still escaped
bad templates/plants/detail.html:7 xss/template xss/stored | comment raw
bad templates/plants/detail.html:10 xss/autoescape-off | block without escaping around a request value
bad templates/plants/detail.html:11 xss/template xss/reflected | inside the block without escaping
good templates/plants/detail.html:13 xss/template | escaped
good templates/account/profile.html:3 csrf/off | token in the form
good templates/account/profile.html:4 xss/template | escaped in a quoted attribute
good templates/account/profile.html:5 xss/template | escaped
good templates/account/profile.html:7 xss/template | linebreaks escapes
bad templates/account/profile.html:8 xss/template xss/stored | text of the member raw
good templates/account/profile.html:9 xss/autoescape-off | on
bad static/js/garden.js:9 object/prototype-pollution | path from the address, no key check
good static/js/garden.js:14 object/prototype-pollution | two fixed keys
bad static/js/garden.js:21 xss/dom | parameter as HTML
good static/js/garden.js:22 xss/dom | text
good static/js/garden.js:23 xss/dom | data attribute
bad static/js/garden.js:25 message/origin | origin not checked
good static/js/garden.js:29 message/origin | origin compared
bad static/js/garden.js:35 secret/stored | password in localStorage
good static/js/garden.js:36 secret/stored | a number of rows
bad static/js/garden.js:40 text/incomplete-escape | only the first quote
good static/js/garden.js:44 text/incomplete-escape | all, backslash first
bad scripts/nightly.py:7 secret/hard-coded | password in the source
good scripts/nightly.py:11 file/permissions | owner only
good scripts/nightly.py:12 command/injection | constant
bad scripts/nightly.py:13 file/permissions | writable by all
bad scripts/nightly.py:17 tls/cleartext | FTP without TLS
good scripts/nightly.py:24 tls/cleartext | FTP with TLS
good scripts/nightly.py:25 secret/hard-coded | from the environment
bad scripts/nightly.py:31 secret/logged | password printed
--- garden/settings.py
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "g4rd3n-u9#kz!0p=3v_1kd82ma+xq5"
DEBUG = True
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "shop",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shop.middleware.CookieUserMiddleware",
    "shop.middleware.PlantNumberMiddleware",
]

ROOT_URLCONF = "garden.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"autoescape": True},
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "garden",
        "USER": "garden",
        "PASSWORD": "rhubarb-Kompost-77",
        "HOST": os.environ.get("DB_HOST", "localhost"),
    }
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.UnsaltedMD5PasswordHasher"]

SESSION_COOKIE_SECURE = False
SESSION_COOKIE_HTTPONLY = False
SECURE_CONTENT_TYPE_NOSNIFF = False
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = None
FILE_UPLOAD_PERMISSIONS = 0o666

MEDIA_ROOT = BASE_DIR / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
PRIVATE_ROOT = BASE_DIR / "private"
PUBLIC_URL = "https://garden.example.org"
API_TOKEN_HEADER = "X-Garden-Token"
HOOK_KEY = os.environ.get("HOOK_KEY", "").encode()
JWT_KEY = os.environ.get("JWT_KEY", "")
--- garden/settings_prod.py
from .settings import *  # noqa

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
DEBUG = os.environ.get("GARDEN_STAGE") == "dev"
ALLOWED_HOSTS = ["garden.example.org"]

DATABASES["default"]["PASSWORD"] = os.environ["DB_PASSWORD"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31536000
CORS_ALLOW_ALL_ORIGINS = False
CORS_ALLOWED_ORIGINS = ["https://www.garden.example.org"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
--- garden/urls.py
from django.conf import settings
from django.urls import path, re_path
from django.views.static import serve
from django_ratelimit.decorators import ratelimit

from shop.views import account, api, files, plants, tools

urlpatterns = [
    path("plants/search/", plants.search),
    path("plants/find/", plants.find),
    path("plants/list/", plants.PlantList.as_view()),
    path("plants/<int:pk>/", plants.detail),
    path("plants/<int:pk>/notes/", plants.notes),
    path("plants/<int:pk>/comments/", plants.Comments.as_view()),
    path("plants/none/", plants.nothing),
    path("plants/label/", plants.label),
    path("plants/number/", plants.by_number),
    path("account/login/", account.login_old),
    path("account/login/v2/", ratelimit(key="ip", rate="5/m", method="POST", block=True)(account.login_new)),
    path("account/register/", account.register),
    path("account/profile/", account.Profile.as_view()),
    path("account/forgot/", account.forgot),
    path("account/invite/", account.invite),
    path("account/leave/", account.leave),
    path("account/mode/", account.mode),
    path("tools/ping/", tools.ping),
    path("tools/trace/", tools.trace),
    path("tools/calc/", tools.calc),
    path("tools/card/", tools.card),
    path("tools/feed/", tools.feed),
    path("tools/match/", tools.match),
    path("tools/valve/", tools.valve),
    path("files/upload/", files.upload),
    path("files/beds/", files.beds),
    path("files/pack/", files.Pack.as_view()),
    path("files/get/", files.get_file),
    path("files/export/", files.export),
    path("api/plants/", api.PlantApi.as_view()),
    path("api/orders/", api.orders),
    path("api/hook/", api.hook),
    path("api/staff/", api.staff),
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    re_path(r"^download/(?P<path>.*)$", serve, {"document_root": settings.BASE_DIR}),
]
--- shop/models.py
from django.contrib.auth.models import User
from django.db import models


class Plant(models.Model):
    name = models.CharField(max_length=80)
    latin = models.CharField(max_length=80, blank=True)
    description = models.TextField(blank=True)
    price = models.IntegerField(default=0)
    hidden = models.BooleanField(default=False)


class Comment(models.Model):
    plant = models.ForeignKey(Plant, on_delete=models.CASCADE)
    author = models.CharField(max_length=80)
    text = models.TextField()


class Gardener(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    nickname = models.CharField(max_length=40)
    website = models.URLField(blank=True)
    about = models.TextField(blank=True)
    is_moderator = models.BooleanField(default=False)
    reset_token = models.CharField(max_length=80, blank=True)


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    note = models.TextField(blank=True)
    total = models.IntegerField(default=0)
--- shop/forms.py
from django import forms
from django.core.validators import FileExtensionValidator

from .models import Gardener


class GardenerAdminForm(forms.ModelForm):
    class Meta:
        model = Gardener
        fields = "__all__"


class GardenerForm(forms.ModelForm):
    class Meta:
        model = Gardener
        fields = ["nickname", "website", "about"]


class PhotoForm(forms.Form):
    photo = forms.FileField(validators=[FileExtensionValidator(["png", "jpg"])])
--- shop/helpers.py
import base64
import hashlib
import hmac
import random
import secrets
import string

import jwt
from Crypto.Cipher import AES, ARC4
from Crypto.Random import get_random_bytes
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.crypto import constant_time_compare

ALPHABET = string.ascii_letters + string.digits


def old_password(raw):
    return hashlib.sha1(raw.encode()).hexdigest()


def new_password(raw):
    return make_password(raw, hasher="argon2")


def digest(data):
    return hashlib.sha256(data).hexdigest()


def etag(data):
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def reset_token():
    return "".join(random.choice(ALPHABET) for _ in range(24))


def invite_token():
    return secrets.token_urlsafe(24)


def plant_of_the_day(names):
    return random.choice(names)


def seal_fast(text, key):
    return base64.b64encode(ARC4.new(key).encrypt(text.encode()))


def seal_card(text, key):
    cipher = AES.new(key, AES.MODE_ECB)
    padded = text.encode().ljust((len(text) // 16 + 1) * 16, b"\0")
    return cipher.encrypt(padded)


def seal(text, key):
    nonce = get_random_bytes(12)
    cipher = AES.new(key, AES.MODE_GCM, nonce=nonce)
    body, tag = cipher.encrypt_and_digest(text.encode())
    return base64.b64encode(nonce + tag + body)


def hook_mac(body):
    return hmac.new(settings.HOOK_KEY, body, hashlib.sha256).hexdigest()


def mac_ok(body, given):
    return hmac.compare_digest(hook_mac(body), given)


def mac_ok_old(body, given):
    return hook_mac(body) == given


def token_ok(stored, given):
    return bool(stored) and constant_time_compare(stored, given)


def read_claims(token):
    return jwt.decode(token, settings.JWT_KEY, algorithms=["HS256"])


def peek_claims(token):
    return jwt.decode(token, options={"verify_signature": False})


def strip_tags_simple(text):
    return text.replace("<script>", "").replace("</script>", "")


def one_line(text):
    return str(text).replace("\r", " ").replace("\n", " ")


def safe_cell(value):
    text = str(value)
    if text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + text
    return text
--- shop/middleware.py
import base64
import json
import logging
import pickle

from django.core import signing
from django.http import HttpResponseBadRequest

log = logging.getLogger("garden")


class Visitor:
    def __init__(self, name="guest", role="visitor"):
        self.name = name
        self.role = role


class CookieUserMiddleware:
    """Older pages know the visitor by a cookie of their own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.visitor = Visitor()
        raw = request.COOKIES.get("visitor")
        if raw:
            request.visitor = pickle.loads(base64.b64decode(raw))
        request.prefs = {}
        prefs = request.COOKIES.get("prefs")
        if prefs:
            try:
                request.prefs = json.loads(prefs)
            except ValueError:
                log.info("broken preferences cookie")
        signed = request.COOKIES.get("basket")
        request.basket = []
        if signed:
            try:
                request.basket = signing.loads(signed, salt="basket", max_age=86400)
            except signing.BadSignature:
                request.basket = []
        return self.get_response(request)


class PlantNumberMiddleware:
    """Pages under /plants/number/ get a tested number."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.plant_number = None
        if request.path.startswith("/plants/number/"):
            nr = request.GET.get("nr", "")
            if not (nr.isascii() and nr.isdigit() and len(nr) < 9):
                return HttpResponseBadRequest("number expected")
            request.plant_number = nr
        return self.get_response(request)
--- shop/repositories.py
from django.db import connection
from django.db.models.expressions import RawSQL

from .models import Plant

COLUMNS = {"name": "name", "price": "price", "new": "id DESC"}


def rows(sql, params=None):
    with connection.cursor() as cur:
        cur.execute(sql, params)
        return cur.fetchall()


def search_text(text):
    return rows("SELECT id, name FROM shop_plant WHERE name LIKE '%%%s%%'" % text)


def search_bound(text):
    with connection.cursor() as cur:
        cur.execute("SELECT id, name FROM shop_plant WHERE name LIKE %s", ["%" + text + "%"])
        return cur.fetchall()


def by_latin(latin):
    return Plant.objects.raw(f"SELECT * FROM shop_plant WHERE latin = '{latin}'")


def by_latin_bound(latin):
    return Plant.objects.raw("SELECT * FROM shop_plant WHERE latin = %s", [latin])


def cheaper(limit):
    return Plant.objects.extra(where=["price < " + limit])


def cheaper_bound(limit):
    return Plant.objects.extra(where=["price < %s"], params=[limit])


def with_score(word):
    return Plant.objects.annotate(score=RawSQL("similarity(name, %s)", (word,)))


def sorted_by(key):
    column = COLUMNS.get(key, "name")
    with connection.cursor() as cur:
        cur.execute(f"SELECT id, name, price FROM shop_plant ORDER BY {column}")
        return cur.fetchall()


def numbered(nr):
    with connection.cursor() as cur:
        cur.execute(f"SELECT id, name FROM shop_plant WHERE id = {nr}")
        return cur.fetchall()


def named(name):
    return Plant.objects.filter(name__icontains=name, hidden=False)
--- shop/views/plants.py
import logging
import re

import bleach
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.views import View

from .. import repositories
from ..helpers import one_line, strip_tags_simple
from ..models import Comment, Plant

log = logging.getLogger("garden.plants")


def search(request):
    q = request.GET.get("q", "")
    log.info("search %s by %s", q, request.META.get("REMOTE_ADDR"))
    return render(request, "plants/search.html", {"q": q, "rows": repositories.search_text(q)})


def find(request):
    q = request.GET.get("q", "")
    log.info("find %s", one_line(q))
    found = [r[1] for r in repositories.search_bound(q)]
    found += [p.name for p in repositories.by_latin_bound(q)]
    found += [p.name for p in repositories.with_score(q)]
    found += [p.name for p in repositories.named(q)]
    return JsonResponse({"q": q, "found": found})


class PlantList(View):
    def get(self, request):
        by = request.GET.get("by", "name")
        if "latin" in request.GET:
            data = [p.name for p in repositories.by_latin(request.GET["latin"])]
        elif "limit" in request.GET:
            data = [p.name for p in repositories.cheaper(request.GET["limit"])]
        elif "max" in request.GET:
            data = [p.name for p in repositories.cheaper_bound(request.GET["max"])]
        else:
            data = repositories.sorted_by(by)
        return JsonResponse({"plants": data})


def by_number(request):
    return JsonResponse({"plants": repositories.numbered(request.plant_number)})


def detail(request, pk):
    plant = get_object_or_404(Plant, pk=pk)
    comments = Comment.objects.filter(plant=plant)
    return render(request, "plants/detail.html", {"plant": plant, "comments": comments, "ref": request.GET.get("ref", "")})


def notes(request, pk):
    plant = get_object_or_404(Plant, pk=pk)
    return HttpResponse("<article>" + plant.description + "</article>")


class Comments(View):
    def get(self, request, pk):
        parts = []
        for c in Comment.objects.filter(plant_id=pk):
            parts.append(format_html("<li><b>{}</b></li>", c.author))
            parts.append(mark_safe("<li>%s</li>" % bleach.clean(c.text)))
        return HttpResponse("<ul>" + "".join(parts) + "</ul>")

    def post(self, request, pk):
        Comment.objects.create(plant_id=pk, author=request.POST["author"], text=request.POST["text"])
        return JsonResponse({"ok": True})


def nothing(request):
    q = request.GET.get("q", "")
    if request.GET.get("style") == "old":
        return HttpResponse("<p>No plant %s</p>" % strip_tags_simple(q))
    if request.GET.get("style") == "bare":
        return HttpResponse(f"<p>No plant {q}</p>")
    if request.GET.get("style") == "text":
        return HttpResponse("No plant " + q, content_type="text/plain")
    return HttpResponse("<p>No plant %s</p>" % escape(q))


def label(request):
    name = request.GET.get("name", "")
    if not re.fullmatch(r"[A-Za-z ]{1,40}", name):
        return HttpResponse("bad name", status=400)
    return HttpResponse(f"<h1>{name}</h1>")
--- shop/views/account.py
import base64
import logging
import pickle

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from ..forms import GardenerAdminForm, GardenerForm
from ..helpers import invite_token, old_password, reset_token, token_ok
from ..middleware import Visitor
from ..models import Gardener
from ..services import mail

log = logging.getLogger("garden.account")


@csrf_exempt
def login_old(request):
    name = request.POST.get("name", "")
    password = request.POST.get("password", "")
    user = User.objects.filter(username=name, password=old_password(password)).first()
    if user is None:
        log.warning("login failed with password %r", password)
        return HttpResponse("wrong", status=403)
    request.session["user_id"] = user.pk
    response = redirect("/plants/search/")
    cookie = base64.b64encode(pickle.dumps(Visitor(name, "member"))).decode()
    response.set_cookie("visitor", cookie)
    response.set_cookie("pw", password, httponly=True, secure=True, samesite="Lax")
    return response


def login_new(request):
    user = authenticate(request, username=request.POST.get("name"), password=request.POST.get("password"))
    if user is None:
        log.warning("login failed for %r", request.POST.get("name"))
        return HttpResponse("wrong", status=403)
    login(request, user)
    response = redirect("/plants/search/")
    response.set_cookie("member", str(user.pk), httponly=True, secure=True, samesite="Strict")
    return response


def login_token(request):
    g = Gardener.objects.filter(nickname=request.POST.get("nick")).first()
    if g is None or not token_ok(g.reset_token, request.POST.get("token", "")):
        return HttpResponse("wrong", status=403)
    request.session.cycle_key()
    request.session["user_id"] = g.user_id
    return redirect("/plants/search/")


def register(request):
    fields = {k: v for k, v in request.POST.items() if k != "csrfmiddlewaretoken"}
    user = User(**fields)
    user.set_password(request.POST["password"])
    user.save()
    return JsonResponse({"id": user.pk})


class Profile(View):
    def get(self, request):
        g = Gardener.objects.get(user_id=request.session["user_id"])
        return render(request, "account/profile.html", {"gardener": g, "tab": request.GET.get("tab", "")})

    def post(self, request):
        g = Gardener.objects.get(user_id=request.session["user_id"])
        form = GardenerForm(request.POST, instance=g)
        if request.POST.get("layout") == "long":
            form = GardenerAdminForm(request.POST, instance=g)
        if form.is_valid():
            form.save()
        return redirect("/account/profile/")

    def put(self, request):
        g = Gardener.objects.get(user_id=request.session["user_id"])
        for key, value in request.GET.items():
            setattr(g, key, value)
        g.save()
        return JsonResponse({"ok": True})

    def patch(self, request):
        g = Gardener.objects.get(user_id=request.session["user_id"])
        for key in ("nickname", "about"):
            if key in request.GET:
                setattr(g, key, request.GET[key])
        g.save()
        return JsonResponse({"ok": True})


def forgot(request):
    g = Gardener.objects.get(user__email=request.POST["email"])
    g.reset_token = reset_token()
    g.save()
    mail.reset(g.user.email, f"https://{request.get_host()}/reset/{g.reset_token}")
    return JsonResponse({"ok": True})


def invite(request):
    token = invite_token()
    mail.invite(request.POST["email"], token)
    mail.to_neighbour(request.POST["email"], request.POST.get("subject", ""), "Come and see my garden")
    mail.tell_friend(request.POST["email"], request.POST.get("subject", ""), "Come and see my garden")
    log.info("invitation sent, token of %d characters", len(token))
    return JsonResponse({"ok": True})


def leave(request):
    to = request.GET.get("next", "/")
    if request.GET.get("v") == "1":
        return HttpResponseRedirect(to)
    if request.GET.get("v") == "2":
        if to.startswith(settings.PUBLIC_URL):
            return redirect(to)
        return redirect("/")
    if url_has_allowed_host_and_scheme(to, allowed_hosts={"garden.example.org"}, require_https=True):
        return redirect(to)
    return redirect("/account/profile/?from=1")


def mode(request):
    request.session["role"] = request.POST.get("role", "member")
    theme = request.POST.get("theme")
    if theme in ("light", "dark"):
        request.session["theme"] = theme
    response = JsonResponse({"ok": True})
    response["X-Garden-Theme"] = request.POST.get("theme", "")
    return response
--- shop/views/tools.py
import ast
import importlib
import os
import re
import shlex
import socket
import subprocess
import traceback

import jinja2
from django.http import HttpResponse, JsonResponse
from django.template import Context, Template
from django.template.backends.django import DjangoTemplates
from django.template.loader import render_to_string

from ..services import feeds

HOST = re.compile(r"[a-z0-9][a-z0-9.-]{0,60}")
PLAIN = DjangoTemplates({"NAME": "plain", "DIRS": [], "APP_DIRS": False, "OPTIONS": {"autoescape": False}})
STRICT = jinja2.Environment(autoescape=True)
LOOSE = jinja2.Environment()
CARD = STRICT.from_string("<p>{{ name }} from {{ town }}</p>")


def ping(request):
    host = request.POST.get("host", "")
    how = request.POST.get("how")
    if how == "popen":
        return HttpResponse(os.popen("ping -c 1 " + host).read(), content_type="text/plain")
    if how == "shell":
        out = subprocess.run(f"ping -c 1 {host}", shell=True, capture_output=True, timeout=10)
        return HttpResponse(out.stdout, content_type="text/plain")
    if how == "quoted":
        out = subprocess.run("ping -c 1 -- " + shlex.quote(host), shell=True, capture_output=True, timeout=10)
        return HttpResponse(out.stdout, content_type="text/plain")
    if not HOST.fullmatch(host):
        return HttpResponse("bad host", status=400)
    out = subprocess.run(["ping", "-c", "1", host], capture_output=True, timeout=10)
    return HttpResponse(out.stdout, content_type="text/plain")


def trace(request):
    count = int(request.POST.get("count", "3"))
    try:
        out = subprocess.check_output(f"traceroute -m {count} garden.example.org", shell=True, timeout=20)
    except subprocess.SubprocessError:
        return HttpResponse(traceback.format_exc(), status=500, content_type="text/plain")
    return HttpResponse(out, content_type="text/plain")


def total(a, b):
    return a + b


def area(a, b):
    return a * b


OPERATIONS = {"total": total, "area": area}


def calc(request):
    text = request.GET.get("expr", "0")
    kind = request.GET.get("kind")
    if kind == "free":
        return JsonResponse({"value": eval(text)})
    if kind == "script":
        scope = {}
        exec(text, {"__builtins__": {}}, scope)
        return JsonResponse({"value": str(scope)})
    if kind == "module":
        mod = importlib.import_module(request.GET["module"])
        return JsonResponse({"value": str(getattr(mod, request.GET["name"])())})
    if kind == "literal":
        return JsonResponse({"value": ast.literal_eval(text)})
    fn = OPERATIONS.get(kind, total)
    return JsonResponse({"value": fn(int(request.GET["a"]), int(request.GET["b"]))})


def card(request):
    text = request.POST.get("text", "")
    name = request.POST.get("name", "")
    style = request.POST.get("style")
    if style == "django":
        return HttpResponse(Template("<p>" + text + "</p>").render(Context({"name": name})))
    if style == "jinja":
        return HttpResponse(LOOSE.from_string(text).render(name=name))
    if style == "plain":
        tpl = PLAIN.from_string("<p>Dear {{ name }}</p>")
        return HttpResponse(tpl.render({"name": name}))
    if style == "strict":
        return HttpResponse(CARD.render(name=name, town=text))
    html = render_to_string("account/profile.html", {"tab": text})
    return HttpResponse(html)


def feed(request):
    url = request.POST.get("url", "")
    kind = request.POST.get("kind")
    if kind == "any":
        return HttpResponse(feeds.load(url), content_type="text/plain")
    if kind == "partner":
        return HttpResponse(feeds.load_partner(url), content_type="text/plain")
    if kind == "weather":
        return JsonResponse(feeds.weather(request.POST.get("zip", "")))
    return HttpResponse(feeds.load_listed(url), content_type="text/plain")


def match(request):
    words = ["rose", "tulip", "oak", "beech", "fern"]
    q = request.GET.get("q", "")
    if request.GET.get("free"):
        found = [w for w in words if re.search(q, w)]
    else:
        found = [w for w in words if re.search(re.escape(q), w)]
    if not re.match(r"^(\w+\s?)+$", request.GET.get("title", "x")):
        return HttpResponse("bad title", status=400)
    beds = bytearray(int(request.GET.get("beds", "1")))
    rows = "." * min(int(request.GET.get("rows", "1")), 200)
    return JsonResponse({"found": found, "beds": len(beds), "rows": rows})


def valve(request):
    who = request.GET.get("who", "")
    with socket.create_connection(("127.0.0.1", 8901), timeout=3) as s:
        if request.GET.get("old"):
            s.sendall(("GET /valve HTTP/1.0\r\nX-User: %s\r\n\r\n" % who).encode())
        else:
            name = re.sub(r"[^A-Za-z0-9]", "", who)
            s.sendall(("GET /valve HTTP/1.0\r\nX-User: %s\r\n\r\n" % name).encode())
    return HttpResponse("ok")
--- shop/services/feeds.py
import ssl
import urllib.request
from urllib.parse import quote, urlsplit

import requests

HOSTS = {"feeds.example.org", "news.example.net"}
UNCHECKED = ssl._create_unverified_context()
CHECKED = ssl.create_default_context()


def load(url):
    return requests.get(url).text


def load_partner(url):
    if "feeds.example.org" not in url:
        return ""
    return urllib.request.urlopen(url, timeout=5, context=CHECKED).read()


def load_listed(url):
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname not in HOSTS:
        return ""
    return requests.get(url, timeout=5, allow_redirects=False).text


def weather(zip_code):
    return requests.get("https://weather.example.net/v1/" + quote(zip_code, safe=""), timeout=5).json()


def push_stock(items):
    requests.post("https://stock.example.net/in", json=items, verify=False, timeout=5)


def push_orders(items, token):
    requests.post("http://orders.example.net/in", json=items, headers={"Authorization": token}, timeout=5)


def push_invoice(items, token):
    requests.post("https://books.example.net/in", json=items, headers={"Authorization": token}, timeout=5)


def reindex():
    requests.post("http://127.0.0.1:9200/plants/_refresh", timeout=2)


def nightly_ping():
    urllib.request.urlopen("https://status.example.net/garden", context=UNCHECKED)
--- shop/services/mail.py
import smtplib

from django.conf import settings
from django.core.mail import send_mail

from ..helpers import one_line

SENDER = "garden@example.org"


def reset(to, link):
    send_mail("Your password", "Open " + link, SENDER, [to])


def invite(to, token):
    send_mail("Join us", f"{settings.PUBLIC_URL}/join/{token}", SENDER, [to])


def tell_friend(to, subject, text):
    message = f"From: {SENDER}\r\nTo: {to}\r\nSubject: {subject}\r\n\r\n{text}"
    with smtplib.SMTP("localhost", timeout=5) as s:
        s.sendmail(SENDER, [to], message)


def to_neighbour(to, subject, text):
    send_mail(subject, text, SENDER, [to])


def complain(subject, text):
    message = f"From: {SENDER}\r\nTo: office@example.org\r\nSubject: {one_line(subject)}\r\n\r\n{text}"
    with smtplib.SMTP("localhost", timeout=5) as s:
        s.sendmail(SENDER, ["office@example.org"], message)
--- shop/services/directory.py
import ldap
from ldap.filter import escape_filter_chars
from lxml import etree

BASE = "ou=gardeners,dc=example,dc=org"


def connect():
    return ldap.initialize("ldaps://ldap.example.org")


def by_uid(uid):
    return connect().search_s(BASE, ldap.SCOPE_SUBTREE, "(uid=%s)" % uid)


def by_mail(mail):
    flt = "(&(objectClass=person)(mail=%s))" % escape_filter_chars(mail)
    return connect().search_s(BASE, ldap.SCOPE_SUBTREE, flt)


def garden_of(name):
    tree = etree.parse("data/gardens.xml")
    return tree.xpath("//garden[owner='" + name + "']/@nr")


def garden_of_owner(name):
    tree = etree.parse("data/gardens.xml")
    return tree.xpath("//garden[owner=$owner]/@nr", owner=name)
--- shop/views/files.py
import csv
import io
import os
import pickle
import tarfile
import tempfile
import xml.sax
import zipfile

import defusedxml.ElementTree
import yaml
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, HttpResponse, JsonResponse
from django.utils._os import safe_join
from django.views import View
from lxml import etree

from ..forms import PhotoForm
from ..helpers import digest, safe_cell
from ..models import Order

STORE = FileSystemStorage(settings.MEDIA_ROOT)
MODEL = os.path.join(settings.BASE_DIR, "data", "season.bin")


def upload(request):
    f = request.FILES["photo"]
    if request.POST.get("quick"):
        return JsonResponse({"name": STORE.save(f.name, f)})
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse(form.errors, status=400)
    name = digest(f.read()) + os.path.splitext(f.name)[1].lower()
    f.seek(0)
    return JsonResponse({"name": STORE.save(name, f)})


def beds(request):
    data = request.FILES["beds"].read()
    kind = request.POST.get("kind")
    if kind == "yaml":
        plan = yaml.load(data, Loader=yaml.UnsafeLoader)
    elif kind == "yaml2":
        plan = yaml.safe_load(data)
    elif kind == "yaml3":
        plan = yaml.load(data, Loader=yaml.SafeLoader)
    elif kind == "pickle":
        plan = pickle.loads(data)
    elif kind == "xml":
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False))
        plan = [b.text for b in root]
    elif kind == "xml2":
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        plan = [b.text for b in root]
    elif kind == "xml3":
        plan = [b.text for b in defusedxml.ElementTree.fromstring(data)]
    elif kind == "sax":
        handler = xml.sax.ContentHandler()
        parser = xml.sax.make_parser()
        parser.setContentHandler(handler)
        parser.setFeature(xml.sax.handler.feature_external_ges, True)
        parser.parse(io.BytesIO(data))
        plan = []
    else:
        with open(MODEL, "rb") as m:
            plan = pickle.load(m)
    return JsonResponse({"plan": str(plan)})


class Pack(View):
    def post(self, request):
        f = request.FILES["pack"]
        dest = os.path.realpath(settings.MEDIA_ROOT)
        how = request.POST.get("how")
        if how == "tar":
            with tarfile.open(fileobj=f) as t:
                t.extractall(dest, filter="fully_trusted")
        elif how == "tar2":
            with tarfile.open(fileobj=f) as t:
                t.extractall(dest, filter="data")
        elif how == "zip":
            with zipfile.ZipFile(f) as z:
                for info in z.infolist():
                    with open(os.path.join(dest, info.filename), "wb") as out:
                        out.write(z.read(info))
        else:
            with zipfile.ZipFile(f) as z:
                for info in z.infolist():
                    target = os.path.realpath(os.path.join(dest, info.filename))
                    if os.path.commonpath([dest, target]) != dest:
                        continue
                    with open(target, "wb") as out:
                        out.write(z.read(info))
        return JsonResponse({"ok": True})


def get_file(request):
    name = request.GET.get("name", "")
    if request.GET.get("v") == "1":
        return FileResponse(open(os.path.join(settings.PRIVATE_ROOT, name), "rb"))
    if request.GET.get("v") == "2":
        return FileResponse(open(os.path.join(settings.PRIVATE_ROOT, name.replace("../", "")), "rb"))
    if request.GET.get("v") == "3":
        return FileResponse(open(os.path.join(settings.MEDIA_ROOT, os.path.basename(name)), "rb"))
    return FileResponse(open(safe_join(settings.MEDIA_ROOT, name), "rb"))


def export(request):
    buf = io.StringIO()
    w = csv.writer(buf)
    for o in Order.objects.filter(user_id=request.session["user_id"]):
        if request.GET.get("raw"):
            w.writerow([o.pk, o.note, o.total])
        else:
            w.writerow([o.pk, safe_cell(o.note), o.total])
    path = tempfile.mktemp(suffix=".csv")
    with open(path, "w") as out:
        out.write(buf.getvalue())
    os.chmod(path, 0o777)
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as out:
        out.write(buf.getvalue())
        os.chmod(out.name, 0o600)
    return HttpResponse(buf.getvalue(), content_type="text/csv")
--- shop/views/api.py
import json
import logging

from django.http import HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from ..helpers import mac_ok, mac_ok_old, peek_claims, read_claims
from ..models import Order, Plant
from ..services import directory

log = logging.getLogger("garden.api")
ORIGINS = {"https://www.garden.example.org"}


def with_cors(request, response):
    origin = request.headers.get("Origin", "")
    if origin in ORIGINS:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Credentials"] = "true"
    return response


@method_decorator(csrf_protect, name="dispatch")
class PlantApi(View):
    def get(self, request):
        names = list(Plant.objects.values_list("name", flat=True))
        return with_cors(request, JsonResponse({"names": names}))

    def post(self, request):
        claims = read_claims(request.headers.get("X-Garden-Token", ""))
        body = json.loads(request.read(65536))
        plant = Plant.objects.create(name=body["name"], price=int(body["price"]))
        log.info("plant %d by %d", plant.pk, int(claims["sub"]))
        return JsonResponse({"id": plant.pk})

    def delete(self, request):
        claims = peek_claims(request.headers.get("X-Garden-Token", ""))
        if claims.get("role") != "admin":
            return HttpResponse(status=403)
        Plant.objects.filter(pk=int(request.GET["id"])).delete()
        return JsonResponse({"ok": True})


@csrf_exempt
def orders(request):
    try:
        body = json.loads(request.body)
        o = Order.objects.create(user_id=request.session["user_id"], **body)
    except Exception as e:
        return JsonResponse({"error": repr(e), "args": [str(a) for a in e.args]}, status=500)
    response = JsonResponse({"id": o.pk})
    response["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")
    response["Access-Control-Allow-Credentials"] = "true"
    return response


@csrf_exempt
def hook(request):
    body = request.body
    mac = request.headers.get("X-Mac", "")
    if not (mac_ok_old(body, mac) if request.GET.get("v") == "1" else mac_ok(body, mac)):
        log.warning("hook refused, token %s", request.headers.get("Authorization"))
        return HttpResponse(status=403)
    try:
        json.loads(body)
    except ValueError:
        log.exception("broken hook")
        return JsonResponse({"error": "broken body"}, status=400)
    return HttpResponse(status=204)


def staff(request):
    out = []
    if "uid" in request.GET:
        out.append(str(directory.by_uid(request.GET["uid"])))
    if "mail" in request.GET:
        out.append(str(directory.by_mail(request.GET["mail"])))
    if "owner" in request.GET:
        out.append(str(directory.garden_of(request.GET["owner"])))
        out.append(str(directory.garden_of_owner(request.GET["owner"])))
    return JsonResponse({"found": out})
--- templates/plants/search.html
{% extends "base.html" %}
{% block main %}
<h2>Results for {{ q|safe }}</h2>
<p title="{{ q }}">You searched for {{ q }}</p>
{{ rows|json_script:"rows" }}
<script>
  var last = "{{ q|escapejs }}";
</script>
<a href="/plants/list/?by={{ q|urlencode }}">all</a>
{% endblock %}
--- templates/plants/detail.html
{% extends "base.html" %}
{% block main %}
<h1>{{ plant.name }}</h1>
<div>{{ plant.description|striptags }}</div>
<ul>
  {% for c in comments %}
  <li><b>{{ c.author }}</b> {{ c.text|safe }}</li>
  {% endfor %}
</ul>
{% autoescape off %}
<p>You came from {{ ref }}</p>
{% endautoescape %}
<p>Seen from {{ ref|escape }}</p>
{% endblock %}
--- templates/account/profile.html
{% extends "base.html" %}
{% block main %}
<form method="post">{% csrf_token %}
  <input name="nickname" value="{{ gardener.nickname }}">
  <textarea name="about">{{ gardener.about }}</textarea>
</form>
<div class="about">{{ gardener.about|linebreaks }}</div>
<div class="intro">{{ gardener.about|safe }}</div>
{% autoescape on %}<i>{{ tab }}</i>{% endautoescape %}
{% endblock %}
--- static/js/garden.js
(function () {
  var info = document.getElementById('info');
  var params = new URLSearchParams(window.location.search);

  function setPath(target, path, value) {
    var keys = path.split('.');
    var last = keys.pop();
    keys.forEach(function (k) { target = target[k] = target[k] || {}; });
    target[last] = value;
  }

  function setKnown(target, key, value) {
    if (key !== 'theme' && key !== 'rows') return;
    target[key] = value;
  }

  var prefs = {};
  params.forEach(function (v, k) { setPath(prefs, k, v); });
  params.forEach(function (v, k) { setKnown(prefs, k, v); });

  info.innerHTML = 'Bed ' + params.get('bed');
  info.textContent = 'Bed ' + params.get('bed');
  info.dataset.bed = params.get('bed');

  window.addEventListener('message', function (e) {
    document.getElementById('frame').src = e.data.src;
  });

  window.addEventListener('message', function (e) {
    if (e.origin !== 'https://garden.example.org') { return; }
    info.textContent = e.data.text;
  });

  function saveLogin(form) {
    localStorage.setItem('gardenPassword', form.password.value);
    localStorage.setItem('gardenRows', form.rows.value);
  }

  function quoteName(s) {
    return "'" + s.replace("'", "\\'") + "'";
  }

  function quoteAll(s) {
    return "'" + s.replace(/\\/g, '\\\\').replace(/'/g, "\\'") + "'";
  }

  window.garden = { saveLogin: saveLogin, quoteName: quoteName, quoteAll: quoteAll };
})();
--- scripts/nightly.py
#!/usr/bin/env python3
import ftplib
import os
import subprocess

TARGET = "/var/backups/garden"
FTP_PASSWORD = "Gieskanne#2017"


def dump():
    os.makedirs(TARGET, mode=0o700, exist_ok=True)
    subprocess.run("pg_dump garden | gzip > %s/garden.sql.gz" % TARGET, shell=True, check=True)
    os.chmod(TARGET + "/garden.sql.gz", 0o666)


def send():
    ftp = ftplib.FTP("backup.example.org", timeout=30)
    ftp.login("garden", FTP_PASSWORD)
    with open(TARGET + "/garden.sql.gz", "rb") as f:
        ftp.storbinary("STOR garden.sql.gz", f)


def send_tls():
    ftp = ftplib.FTP_TLS("backup.example.org", timeout=30)
    ftp.login("garden", os.environ["FTP_PASSWORD"])
    ftp.prot_p()


if __name__ == "__main__":
    dump()
    print("sending with", FTP_PASSWORD)
    send()
