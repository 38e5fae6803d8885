--- labels
bad academy/settings.py:6 secret/hard-coded | key of all signatures in the source
bad academy/settings.py:7 config/debug | always on
good academy/settings.py:8 config/debug | by the environment
good academy/settings.py:10 secret/hard-coded | a number of seconds
good academy/settings.py:51 secret/hard-coded | from the environment
good academy/settings.py:58 cookie/flags | encrypted connections alone
good academy/settings.py:59 cookie/flags | not for scripts
good academy/settings.py:60 cookie/flags | a script of the page reads the CSRF token
good academy/settings.py:61 headers/missing | nosniff on
bad academy/settings.py:63 cors/wild | any origin, with credentials below
good academy/settings.py:66 limits/unbounded-body | a limit
good academy/settings.py:67 limits/unbounded-body | a limit
good academy/settings.py:68 file/permissions | nothing for others
bad labs/access.py:24 deserialize/untrusted | a cookie by pickle
good labs/access.py:25 deserialize/untrusted | JSON
good labs/access.py:28 cookie/flags | all flags
bad labs/access.py:29 cookie/flags | a session's key, neither Secure nor HttpOnly
good labs/access.py:30 cookie/flags | a theme
good labs/access.py:37 access/client-claim | of the session
bad labs/access.py:40 access/client-claim | a cookie that anybody may set
good labs/access.py:48 trust/boundary | one of two
bad labs/access.py:49 trust/boundary | role of the form in the session
bad labs/accounts.py:26 secret/logged | password in the log
good labs/accounts.py:28 secret/logged | not the password itself
bad labs/accounts.py:36 object/mass-assignment | is_staff and is_superuser as well
good labs/accounts.py:44 object/mass-assignment | fields of the form alone
good labs/accounts.py:50 object/mass-assignment | one field
good labs/accounts.py:64 mail/host-header | link to the configured address
bad labs/accounts.py:66 mail/host-header | link to the host that X-Forwarded-Host names
bad labs/crypto.py:14 crypto/password-storage crypto/weak-hash | SHA-1 of a password
good labs/crypto.py:18 crypto/password-storage | 600,000 rounds
good labs/crypto.py:22 crypto/weak-hash | key of a cache
bad labs/crypto.py:26 crypto/weak-hash | MAC made by MD5 of key and text
good labs/crypto.py:30 crypto/weak-hash | HMAC with SHA-256
bad labs/crypto.py:34 compare/timing | MAC compared by ==
good labs/crypto.py:38 compare/timing | in constant time
bad labs/crypto.py:42 crypto/weak-random | code of one use by random
good labs/crypto.py:47 crypto/weak-random | from the system's generator
good labs/crypto.py:51 crypto/weak-random | a lab to show
bad labs/crypto.py:55 crypto/weak-random | UUID of time and machine
good labs/crypto.py:60 crypto/weak-cipher | GCM with a fresh nonce
bad labs/crypto.py:66 jwt/unverified | signature not checked
good labs/crypto.py:70 jwt/unverified | checked with one algorithm
bad labs/files.py:20 regex/wide-range | holds the backslash and five others
good labs/files.py:21 regex/wide-range | a minus at the end
good labs/files.py:30 path/traversal | resolved and compared with its folder
bad labs/files.py:31 path/traversal | name of the query
bad labs/files.py:41 path/traversal | a text of the form, checked for its length alone
good labs/files.py:48 path/traversal | letters, digits, _ and - alone
bad labs/files.py:52 csrf/off | a form of who is logged in without protection
good labs/files.py:57 deserialize/untrusted | safe loader
bad labs/files.py:58 deserialize/untrusted | any object of an upload
good labs/files.py:64 file/temp | folder of a random name
bad labs/files.py:67 archive/zip-slip path/traversal | names of the entries as paths
good labs/files.py:69 archive/zip-slip | zipfile takes .. and leading slashes out
good labs/files.py:83 path/traversal upload/unchecked | a random name or the user's number
good labs/files.py:93 xml/external-entity | entities stay as they are
bad labs/files.py:94 xml/external-entity | entities of others are resolved
good labs/files.py:101 xpath/injection | a variable
bad labs/files.py:103 xpath/injection | group of the query in the expression
bad labs/injection.py:39 sql/injection | name of the form in the statement
good labs/injection.py:40 log/injection | %r escapes them
bad labs/injection.py:49 sql/injection | term in the text of extra
good labs/injection.py:57 sql/injection | a parameter
good labs/injection.py:64 sql/injection | order of a list, slug as a parameter
bad labs/injection.py:67 sql/injection | limit put in by %
good labs/injection.py:73 sql/injection | a number, by the route
bad labs/injection.py:96 command/injection | host of the query
good labs/injection.py:104 command/injection | a number, and a host among the choices
bad labs/injection.py:111 code/injection | expression of the form
bad labs/injection.py:113 error/leak | the exception in the answer
good labs/injection.py:119 code/injection | parsed, never run
good labs/injection.py:120 code/injection | literals alone
good labs/injection.py:123 error/leak | a text of its own
bad labs/injection.py:129 code/reflection | module named by the query
good labs/injection.py:130 code/reflection | function of a list
bad labs/network.py:15 ssrf/request | address of the form, file: as well
bad labs/network.py:22 url/incomplete-check | the name may stand anywhere in the address
bad labs/network.py:24 ssrf/request | the check can be passed
good labs/network.py:30 url/incomplete-check | host as a whole
good labs/network.py:32 ssrf/request | host of a list
good labs/network.py:39 ssrf/request | configured host
good labs/network.py:40 request/no-timeout | three seconds
good labs/network.py:41 tls/unverified | checked by an own authority
bad labs/templates/labs/search.html:5 xss/template | the query is written with safe
good labs/pages.py:27 xss/template | found.html escapes
bad labs/pages.py:32 text/incomplete-escape | other tags, other cases, nested ones stay
good labs/pages.py:34 xss/reflected | plain text
good labs/pages.py:36 xss/reflected | escaped
bad labs/pages.py:37 xss/reflected | what the filter leaves is markup
bad labs/pages.py:48 xss/reflected xss/template | title of the query marked as safe
good labs/pages.py:49 xss/reflected xss/template | format_html escapes
good labs/pages.py:58 xss/stored | numbers
bad labs/pages.py:59 xss/stored | mottos of others in markup
good labs/pages.py:65 format/untrusted | a format of a list
good labs/pages.py:68 template/injection | constant text
bad labs/pages.py:71 format/untrusted | format of the form over the user
bad labs/pages.py:73 template/injection | name in the text of the template
good labs/pages.py:81 redirect/open | checked by Django
bad labs/pages.py:83 redirect/open | to where the query says
bad labs/shell.py:5 command/injection | line with the domain of the form, from injection.lookup
good labs/shell.py:10 command/injection | a list without a shell, of a fixed program
bad labs/templates/labs/wall.html:6 page/untrusted-script | of a public network without a hash
good labs/templates/labs/wall.html:7 page/untrusted-script | of the own server
good scorer/main.py:14 secret/hard-coded | from the environment
bad scorer/main.py:32 regex/redos | exponential in letters
good scorer/main.py:34 regex/redos | one way for each text
good scorer/main.py:44 xss/reflected | escaped
bad scorer/main.py:45 xss/reflected | name of the query in markup
good scorer/main.py:53 path/traversal | resolved and compared with its folder
bad scorer/main.py:58 path/traversal | file of the query
good scorer/main.py:64 regex/injection | escaped
good scorer/main.py:66 command/injection | quoted for the shell
bad scorer/main.py:75 command/injection | lines of the query in a shell's text
good scorer/main.py:84 ssrf/request | constant address
bad scorer/main.py:86 ssrf/request | address of the body
good scorer/main.py:90 limits/unbounded-body | 200 kB
good scorer/main.py:94 config/bind-all | this machine, if nobody says otherwise
bad scorer/store.py:8 sql/injection | lab of the path, from main.best
good scorer/store.py:14 sql/injection | a parameter
good scorer/store.py:21 sql/injection | parameters
good shop/views.py:30 sql/injection | a column of a list
bad shop/views.py:31 sql/injection | rate in the text of RawSQL
good shop/views.py:35 sql/injection | a parameter of RawSQL
good shop/views.py:43 xss/template | the remark is escaped, the raw teaser is constant
bad shop/templates/shop/card.html:4 xss/template | teaser of the query where autoescape is off
bad shop/views.py:52 csv/injection | notes of others as they are
good shop/views.py:61 csv/injection | formulas get an apostrophe
bad shop/views.py:69 upload/unchecked | name of the sender, any type, in a served folder
good shop/views.py:77 limits/untrusted-size | 500 at most
bad shop/views.py:78 limits/untrusted-size | as many as the query says
--- academy/settings.py
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "django-x7!pq0vz-2m9w_k5rt8yb3nc6hd1sg4jf"
DEBUG = True
TEMPLATE_DEBUG = os.environ.get("ACADEMY_TEMPLATE_DEBUG") == "1"
ALLOWED_HOSTS = ["academy.example", "localhost"]
PASSWORD_RESET_TIMEOUT = 3600

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "corsheaders",
    "labs",
    "shop",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "academy.urls"
WSGI_APPLICATION = "academy.wsgi.application"
AUTH_USER_MODEL = "labs.Learner"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "academy",
        "USER": "academy",
        "PASSWORD": os.environ.get("ACADEMY_DB_PASSWORD", ""),
        "HOST": os.environ.get("ACADEMY_DB_HOST", "127.0.0.1"),
    },
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False
SECURE_CONTENT_TYPE_NOSNIFF = True

CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o640

LABS_DIR = BASE_DIR / "labdata"
MEDIA_ROOT = BASE_DIR / "media"
MEDIA_URL = "media/"
STATIC_URL = "static/"
LOGIN_URL = "/login/"
PUBLIC_URL = "https://academy.example"
SCORER_URL = os.environ.get("SCORER_URL", "http://127.0.0.1:8055")
SCORER_KEY = os.environ.get("SCORER_KEY", "")
DEFAULT_FROM_EMAIL = "desk@academy.example"
--- academy/urls.py
from django.urls import include, path

from labs import accounts
from shop import views as shop

urlpatterns = [
    path("", include("labs.urls")),
    path("shop/courses/", shop.CourseList.as_view()),
    path("shop/courses/<int:pk>/", shop.CourseCard.as_view()),
    path("shop/bookings.csv", shop.export_bookings),
    path("shop/bookings-safe.csv", shop.export_checked),
    path("shop/homework/", shop.Homework.as_view()),
    path("shop/certificate/", shop.certificate),
    path("login/", accounts.SignIn.as_view(), name="login"),
    path("register/", accounts.register, name="register"),
    path("forgot/", accounts.forgot, name="forgot"),
    path("logout/", accounts.sign_out, name="logout"),
    path("profile/", accounts.Profile.as_view(), name="profile"),
]
--- labs/access.py
import base64
import json
import pickle
from dataclasses import asdict, dataclass

from django.http import HttpResponseForbidden, JsonResponse
from django.shortcuts import render

from .crypto import claims_of, verified_claims
from .models import Learner

THEMES = {"light", "dark"}


@dataclass
class Progress:
    lab: str = "sql"
    points: int = 0


def state(request):
    raw = request.COOKIES.get("progress")
    plain = request.COOKIES.get("progress_json")
    progress = pickle.loads(base64.b64decode(raw)) if raw else Progress()
    options = json.loads(base64.b64decode(plain)) if plain else {}
    response = JsonResponse({"lab": progress.lab, "options": options})
    own = base64.b64encode(pickle.dumps(Progress())).decode()
    response.set_cookie("progress", own, httponly=True, secure=True, samesite="Lax")
    response.set_cookie("auth_token", request.session.session_key)
    response.set_cookie("theme", "dark")
    response.set_cookie("progress_json", base64.b64encode(json.dumps(asdict(Progress())).encode()).decode())
    return response


def admin_page(request):
    if request.GET.get("lab") == "strict":
        if not request.user.is_staff:
            return HttpResponseForbidden("Staff only.")
        return render(request, "labs/result.html", {"rows": Learner.objects.values_list("username", flat=True)})
    if request.COOKIES.get("is_admin") != "1":
        return HttpResponseForbidden("Staff only.")
    return render(request, "labs/result.html", {"rows": Learner.objects.values_list("email", flat=True)})


def role(request):
    theme = request.POST.get("theme", "light")
    if theme in THEMES:
        request.session["theme"] = theme
    request.session["role"] = request.POST.get("role", "learner")
    return JsonResponse({"theme": request.session.get("theme")})


def token_page(request):
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    claims = verified_claims(token) if request.GET.get("lab") == "strict" else claims_of(token)
    learner = Learner.objects.filter(username=claims.get("sub")).first()
    if learner is None:
        return HttpResponseForbidden("Nobody of this name.")
    return JsonResponse({"level": learner.level, "motto": learner.motto})
--- labs/accounts.py
import logging

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.mail import send_mail
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from .crypto import hash_password, one_time_code, reset_token
from .forms import ProfileForm
from .models import Learner

log = logging.getLogger("academy.accounts")


class SignIn(View):
    def get(self, request):
        return render(request, "labs/login.html")

    def post(self, request):
        name, password = request.POST["username"], request.POST["password"]
        user = authenticate(request, username=name, password=password)
        if user is None:
            log.warning("sign in of %r with %s failed", name, password)
            return HttpResponse("Wrong name or password.", status=401)
        log.info("sign in of %r, password %s", name, "given" if password else "missing")
        login(request, user)
        return redirect("profile")


def register(request):
    fields = {key: value for key, value in request.POST.items() if key != "csrfmiddlewaretoken"}
    fields["password"] = hash_password(fields.get("password", ""))
    learner = Learner.objects.create(**fields)
    return JsonResponse({"id": learner.pk}, status=201)


class Profile(LoginRequiredMixin, View):
    def post(self, request):
        form = ProfileForm(request.POST, instance=request.user)
        if form.is_valid():
            form.save()
        return redirect("profile")

    def put(self, request):
        learner = get_object_or_404(Learner, pk=request.user.pk)
        learner.motto = request.GET.get("motto", "")[:200]
        learner.save(update_fields=["motto"])
        return JsonResponse({"motto": learner.motto})


def forgot(request):
    learner = Learner.objects.filter(email=request.POST.get("email", "")).first()
    if learner is None:
        return HttpResponse(status=204)
    learner.reset_token = reset_token()
    learner.save(update_fields=["reset_token"])
    host = request.META.get("HTTP_X_FORWARDED_HOST") or request.get_host()
    link = f"https://{host}/reset/?token={learner.reset_token}"
    if request.POST.get("lab") == "strict":
        code_text = f"Your code is {one_time_code()}: {settings.PUBLIC_URL}/reset/"
        send_mail("Your code", code_text, settings.DEFAULT_FROM_EMAIL, [learner.email])
    else:
        send_mail("Your password", link, settings.DEFAULT_FROM_EMAIL, [learner.email])
    return HttpResponse(status=204)


def sign_out(request):
    logout(request)
    return redirect("/")
--- labs/crypto.py
import hashlib
import hmac
import random
import secrets
import string
import uuid

import jwt
from Crypto.Cipher import AES
from django.conf import settings


def hash_password(password):
    return hashlib.sha1(password.encode()).hexdigest()


def hash_passphrase(passphrase, salt):
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, 600_000).hex()


def cache_key(path):
    return "page-" + hashlib.md5(path.encode(), usedforsecurity=False).hexdigest()


def sign_certificate(learner, lab):
    return hashlib.md5(f"{settings.SECRET_KEY}:{learner}:{lab}".encode()).hexdigest()


def sign_badge(learner, lab):
    return hmac.new(settings.SECRET_KEY.encode(), f"{learner}:{lab}".encode(), "sha256").hexdigest()


def certificate_holds(learner, lab, signature):
    return sign_badge(learner, lab) == signature


def badge_holds(learner, lab, signature):
    return hmac.compare_digest(sign_badge(learner, lab), signature)


def one_time_code():
    code = "".join(random.choice(string.digits) for _ in range(6))
    return code


def api_token():
    return secrets.token_urlsafe(32)


def lab_of_the_day(labs):
    return random.choice(labs)


def reset_token():
    token = uuid.uuid1().hex
    return token


def seal_solution(key, text):
    cipher = AES.new(key, AES.MODE_GCM)
    data, tag = cipher.encrypt_and_digest(text)
    return cipher.nonce + tag + data


def claims_of(token):
    return jwt.decode(token, options={"verify_signature": False})


def verified_claims(token):
    return jwt.decode(token, settings.SECRET_KEY, algorithms=["HS256"], audience="academy")
--- labs/files.py
import os
import re
import secrets
import tempfile
import zipfile
from pathlib import Path

import yaml
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from lxml import etree

from .forms import NoteForm

DOCS = Path(settings.LABS_DIR, "docs").resolve()
PICTURES = {".png", ".jpg", ".gif"}
NAME = re.compile(r"^[A-z0-9]+$")
SLUG = re.compile(r"[A-Za-z0-9_-]{1,40}")


def read(request):
    name = request.GET.get("doc", "welcome.txt")
    if request.GET.get("lab") == "strict":
        path = (DOCS / name).resolve()
        if not path.is_relative_to(DOCS):
            raise Http404
        return FileResponse(path.open("rb"))
    with open(os.path.join(settings.LABS_DIR, "docs", name)) as doc:
        return HttpResponse(doc.read(), content_type="text/plain")


class Notes(View):
    def post(self, request):
        form = NoteForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("The form is not complete.")
        target = DOCS / f"{form.cleaned_data['name']}.txt"
        target.write_text(form.cleaned_data["body"])
        return JsonResponse({"saved": True})

    def put(self, request):
        name = request.GET.get("name", "")
        if not SLUG.fullmatch(name):
            return HttpResponseBadRequest("This is no name.")
        (DOCS / f"{name}.md").write_bytes(request.body)
        return JsonResponse({"saved": True})


@csrf_exempt
@login_required
def settings_upload(request):
    upload = request.FILES["settings"]
    if request.POST.get("lab") == "strict":
        return JsonResponse({"settings": yaml.safe_load(upload)})
    data = yaml.load(upload, Loader=yaml.UnsafeLoader)
    return JsonResponse({"settings": str(data)})


@login_required
def archive(request):
    folder = tempfile.mkdtemp(prefix="academy-")
    with zipfile.ZipFile(request.FILES["archive"]) as bundle:
        for info in bundle.infolist():
            with open(os.path.join(folder, info.filename), "wb") as out:
                out.write(bundle.read(info))
        bundle.extractall(folder)
    return JsonResponse({"files": len(os.listdir(folder))})


@login_required
def picture(request):
    upload = request.FILES["picture"]
    if request.POST.get("lab") == "strict":
        ending = os.path.splitext(upload.name)[1].lower()
        if ending not in PICTURES:
            return HttpResponseBadRequest("Only pictures, please.")
        target = os.path.join(settings.MEDIA_ROOT, secrets.token_hex(12) + ending)
    else:
        target = os.path.join(settings.MEDIA_ROOT, f"{request.user.pk}.img")
    with open(target, "wb") as out:
        for chunk in upload.chunks():
            out.write(chunk)
    return JsonResponse({"saved": True})


def feed(request):
    strict = etree.XMLParser(resolve_entities=False, no_network=True)
    loose = etree.XMLParser(resolve_entities=True, no_network=False)
    if request.GET.get("lab") == "strict":
        return JsonResponse({"title": etree.fromstring(request.body, strict).findtext("title")})
    return JsonResponse({"title": etree.fromstring(request.body, loose).findtext("title")})


def find_learner(request):
    tree = etree.parse(str(DOCS / "learners.xml"))
    name = request.GET.get("name", "")
    if NAME.match(name) is None:
        found = tree.xpath("//learner[@name=$name]/level", name=name)
    else:
        found = tree.xpath(f"//learner[@group='{request.GET.get('group')}']/level")
    return JsonResponse({"levels": [level.text for level in found]})
--- labs/forms.py
from django import forms

from .models import Comment, Learner

HOSTS = [("one.lab.example", "One"), ("two.lab.example", "Two")]


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["lab", "text"]


class ProfileForm(forms.ModelForm):
    class Meta:
        model = Learner
        fields = ["first_name", "last_name", "motto"]


class LookupForm(forms.Form):
    domain = forms.CharField(max_length=120)
    kind = forms.ChoiceField(choices=[("A", "A"), ("MX", "MX"), ("TXT", "TXT")])


class HostForm(forms.Form):
    host = forms.ChoiceField(choices=HOSTS)
    count = forms.IntegerField(min_value=1, max_value=5)


class NoteForm(forms.Form):
    name = forms.CharField(max_length=80)
    body = forms.CharField(widget=forms.Textarea)
--- labs/injection.py
import ast
import importlib
import logging
import operator
import os
import re

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View

from .forms import HostForm, LookupForm
from .models import Comment, Hint, Learner
from .shell import capture, run_plain

log = logging.getLogger(__name__)
ORDERS = {"new": "created DESC", "old": "created ASC"}
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}


def easy():
    return {"hints": 3, "seconds": 600}


def hard():
    return {"hints": 0, "seconds": 300}


LEVELS = {"easy": easy, "hard": hard}


def sql_one(request):
    name = request.POST.get("name", "")
    password = request.POST.get("password", "")
    statement = "SELECT * FROM labs_learner WHERE username='" + name + "' AND password='" + password + "'"
    found = list(Learner.objects.raw(statement))
    log.info("sql lab one, found %d for %r", len(found), name)
    return render(request, "labs/result.html", {"rows": [learner.username for learner in found]})


class SqlTwo(View):
    template_name = "labs/result.html"

    def get_queryset(self):
        term = self.request.GET.get("q", "")
        return Comment.objects.extra(where=[f"text LIKE '%%{term}%%'"])

    def get(self, request):
        return render(request, self.template_name, {"rows": [comment.text for comment in self.get_queryset()]})

    @method_decorator(login_required)
    def post(self, request):
        term = request.POST.get("q", "")
        rows = Comment.objects.extra(where=["text LIKE %s"], params=[f"%{term}%"])
        return render(request, self.template_name, {"rows": [comment.text for comment in rows]})


def sql_three(request, slug):
    order = ORDERS.get(request.GET.get("order"), ORDERS["new"])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM labs_comment WHERE lab = %s ORDER BY {order}", [slug])
        rows = cursor.fetchall()
        limit = request.GET.get("limit", "10")
        cursor.execute("SELECT text FROM labs_hint WHERE lab = '%s' LIMIT %s" % (slug, limit))
        rows += cursor.fetchall()
    return JsonResponse({"rows": rows})


def sql_four(request, pk):
    hint = Hint.objects.raw(f"SELECT * FROM labs_hint WHERE id = {pk}")[0]
    return JsonResponse({"text": hint.text})


def lookup(request):
    domain = request.POST.get("domain", "").replace("https://www.", "")
    command = f"nslookup {domain}" if request.POST.get("os") == "win" else f"dig {domain}"
    return render(request, "labs/output.html", {"output": capture(command)})


class LookupLab(View):
    def post(self, request):
        form = LookupForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("The form is not complete.")
        domain, kind = form.cleaned_data["domain"], form.cleaned_data["kind"]
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", domain):
            return HttpResponseBadRequest("This is no name of a domain.")
        return render(request, "labs/output.html", {"output": run_plain("dig", "-t", kind, domain)})


def ping(request):
    host = request.GET.get("host", "localhost")
    with os.popen("ping -c 1 " + host) as pipe:
        return render(request, "labs/output.html", {"output": pipe.read()})


def ping_form(request):
    form = HostForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("The form is not complete.")
    with os.popen(f"ping -c {form.cleaned_data['count']} {form.cleaned_data['host']}") as pipe:
        return render(request, "labs/output.html", {"output": pipe.read()})


def calc(request):
    expression = request.POST.get("expression", "0")
    try:
        result = eval(expression, {"__builtins__": {}})
    except Exception as error:
        return JsonResponse({"error": repr(error)}, status=400)
    return JsonResponse({"result": str(result)})


def table(request):
    try:
        tree = ast.parse(request.POST.get("expression", "0"), mode="eval").body
        value = OPERATORS[type(tree.op)](ast.literal_eval(tree.left), ast.literal_eval(tree.right))
    except (AttributeError, KeyError, SyntaxError, TypeError, ValueError):
        log.exception("table lab")
        return JsonResponse({"error": "This cannot be calculated."}, status=400)
    return JsonResponse({"result": value})


def plugin(request):
    level = LEVELS.get(request.GET.get("level"), easy)
    module = importlib.import_module(request.GET.get("module", "labs.shell"))
    return JsonResponse({"level": level(), "plugin": module.__doc__})
--- labs/models.py
from django.contrib.auth.models import AbstractUser
from django.db import models


class Learner(AbstractUser):
    motto = models.CharField(max_length=200, blank=True)
    level = models.IntegerField(default=1)
    api_token = models.CharField(max_length=64, blank=True)
    reset_token = models.CharField(max_length=64, blank=True)


class Comment(models.Model):
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE)
    lab = models.SlugField()
    text = models.TextField()
    created = models.DateTimeField(auto_now_add=True)


class Hint(models.Model):
    lab = models.SlugField()
    text = models.TextField()
    price = models.IntegerField(default=5)
--- labs/network.py
import urllib.request
from urllib.parse import quote, urlsplit

import requests
from django.conf import settings
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.text import slugify
from django.views import View

HOSTS = {"docs.academy.example", "images.academy.example"}


def preview(request):
    url = request.POST.get("url", "")
    page = urllib.request.urlopen(url, timeout=5)
    return HttpResponse(page.read(), content_type="text/plain")


class Mirror(View):
    def post(self, request):
        url = request.POST.get("url", "")
        if "academy.example" not in url:
            return HttpResponseBadRequest("Not one of ours.")
        answer = requests.get(url, timeout=5, allow_redirects=False)
        return HttpResponse(answer.content, content_type="application/octet-stream")

    def get(self, request):
        url = request.GET.get("url", "")
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.hostname not in HOSTS:
            return HttpResponseBadRequest("Not one of ours.")
        answer = requests.get(url, timeout=5, allow_redirects=False)
        return HttpResponse(answer.content, content_type="application/octet-stream")


def score(request):
    lab = slugify(request.GET.get("lab", "sql"))
    headers = {"X-Scorer-Key": settings.SCORER_KEY}
    best = requests.get(f"{settings.SCORER_URL}/best/{quote(lab, safe='')}", headers=headers, timeout=3)
    mean = requests.get(f"{settings.SCORER_URL}/mean", params={"lab": lab}, headers=headers, timeout=3)
    board = requests.get("https://board.partner.example/top", timeout=3, verify="/etc/ssl/partner-ca.pem")
    return JsonResponse({"best": best.json(), "mean": mean.json(), "board": board.json()})
--- labs/pages.py
import re

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template import Context, Template
from django.utils.html import escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.generic import ListView

from .crypto import lab_of_the_day
from .models import Comment, Learner

LABS = ["sql", "command", "xss", "files", "ssrf"]
LETTERS = {"short": "Dear {name},", "long": "Dear {name}, welcome to the academy."}


def index(request):
    return render(request, "labs/index.html", {"labs": LABS, "today": lab_of_the_day(LABS)})


def search(request):
    query = request.GET.get("q", "")
    if request.GET.get("mode") == "raw":
        return render(request, "labs/search.html", {"query": query})
    return render(request, "labs/found.html", {"query": query})


def echo(request):
    name = request.GET.get("name", "nobody")
    greeting = re.sub(r"<script.*?>.*?</script>", "", name)
    if request.GET.get("mode") == "plain":
        return HttpResponse(f"Hello {name}", content_type="text/plain")
    if request.GET.get("mode") == "safe":
        return HttpResponse(f"<p>Hello {escape(name)}</p>")
    return HttpResponse(f"<p>Hello {greeting}</p>")


class Wall(LoginRequiredMixin, ListView):
    model = Comment
    template_name = "labs/wall.html"
    context_object_name = "comments"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        title = self.request.GET.get("title", "Wall")
        context["title"] = mark_safe(f"<h1>{title}</h1>")
        context["subtitle"] = format_html("<h2>{}</h2>", self.request.GET.get("subtitle", ""))
        return context


def hall(request):
    learners = Learner.objects.order_by("-level")[:20]
    items = "".join(f"<li>{learner.username}: {learner.motto}</li>" for learner in learners)
    numbers = "".join(f"<li>{int(learner.level)}</li>" for learner in learners)
    if request.GET.get("mode") == "levels":
        return HttpResponse(f"<ol>{numbers}</ol>")
    return HttpResponse(f"<ol>{items}</ol>")


def letter(request):
    name = request.POST.get("name", "")
    if request.POST.get("kind") in LETTERS:
        text = LETTERS[request.POST["kind"]].format(name=name)
        return HttpResponse(text, content_type="text/plain")
    if request.POST.get("kind") == "card":
        card = Template("<p>Dear {{ name }}</p>")
        return HttpResponse(card.render(Context({"name": name})))
    if request.POST.get("kind") == "own":
        text = request.POST.get("pattern", "").format(user=request.user)
        return HttpResponse(text, content_type="text/plain")
    body = Template("<p>Dear " + name + "</p>{% load static %}")
    return HttpResponse(body.render(Context({"user": request.user})))


def leave(request):
    target = request.GET.get("next", "/")
    if request.GET.get("lab") == "strict":
        if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=True):
            return redirect(target)
        return redirect("/")
    return HttpResponseRedirect(target)
--- labs/shell.py
import subprocess


def capture(line, seconds=5):
    done = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=seconds)
    return done.stdout or done.stderr


def run_plain(*words, seconds=5):
    done = subprocess.run(list(words), capture_output=True, text=True, timeout=seconds)
    return done.stdout or done.stderr
--- labs/templates/labs/found.html
<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Search</title></head>
  <body>
    <h1>Results for {{ query }}</h1>
    <p>There is nothing yet.</p>
  </body>
</html>
--- labs/templates/labs/search.html
<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Search</title></head>
  <body>
    <h1>Results for {{ query|safe }}</h1>
    <p>There is nothing yet.</p>
  </body>
</html>
--- labs/templates/labs/wall.html
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Wall</title>
    <script src="https://cdn.jsdelivr.net/npm/bootstrap@5.3.3/dist/js/bootstrap.bundle.min.js"></script>
    <script src="/static/wall.js"></script>
  </head>
  <body>
    {{ title }}
    {{ subtitle }}
    {% for comment in comments %}
      <article><b>{{ comment.learner.username }}</b> {{ comment.text|linebreaksbr }}</article>
    {% endfor %}
  </body>
</html>
--- labs/urls.py
from django.urls import path

from . import access, files, injection, network, pages

urlpatterns = [
    path("", pages.index),
    path("labs/sql/one", injection.sql_one),
    path("labs/sql/two", injection.SqlTwo.as_view()),
    path("labs/sql/three/<slug:slug>", injection.sql_three),
    path("labs/sql/four/<int:pk>", injection.sql_four),
    path("labs/command/lookup", injection.lookup),
    path("labs/command/lookup/form", injection.LookupLab.as_view()),
    path("labs/command/ping", injection.ping),
    path("labs/command/ping/form", injection.ping_form),
    path("labs/code/calc", injection.calc),
    path("labs/code/table", injection.table),
    path("labs/code/plugin", injection.plugin),
    path("labs/xss/search", pages.search),
    path("labs/xss/echo", pages.echo),
    path("labs/xss/wall", pages.Wall.as_view()),
    path("labs/xss/hall", pages.hall),
    path("labs/template", pages.letter),
    path("labs/redirect", pages.leave),
    path("labs/files/read", files.read),
    path("labs/files/note", files.Notes.as_view()),
    path("labs/files/yaml", files.settings_upload),
    path("labs/files/archive", files.archive),
    path("labs/files/picture", files.picture),
    path("labs/files/xml", files.feed),
    path("labs/files/find", files.find_learner),
    path("labs/state", access.state),
    path("labs/access/admin", access.admin_page),
    path("labs/access/role", access.role),
    path("labs/access/token", access.token_page),
    path("labs/ssrf/one", network.preview),
    path("labs/ssrf/two", network.Mirror.as_view()),
    path("labs/ssrf/score", network.score),
]
--- scorer/main.py
import asyncio
import html
import os
import re
import shlex
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, web

import store

REPORTS = Path("reports").resolve()
API_KEY = os.environ.get("SCORER_KEY", "")
BOARD_TOKEN = os.environ.get("BOARD_TOKEN", "")
routes = web.RouteTableDef()


@routes.get("/best/{lab}")
async def best(request):
    rows = await store.best_of(request.match_info["lab"])
    return web.json_response(rows)


@routes.get("/mean")
async def mean(request):
    return web.json_response({"mean": await store.mean_of(request.query.get("lab", "sql"))})


@routes.post("/scores")
async def add(request):
    body = await request.json()
    if not re.match(r"^(\w+\s?)+$", str(body["learner"])):
        raise web.HTTPBadRequest(text="learner")
    if not re.match(r"^\w+(?:-\w+)*$", str(body["lab"])):
        raise web.HTTPBadRequest(text="lab")
    await store.add(str(body["learner"]), str(body["lab"]), int(body["points"]))
    return web.json_response({"stored": True}, status=201)


@routes.get("/board")
async def board(request):
    name = request.query.get("name", "")
    if request.query.get("lab") == "strict":
        return web.Response(text=f"<h1>{html.escape(name)}</h1>", content_type="text/html")
    return web.Response(text=f"<h1>{name}</h1>", content_type="text/html")


@routes.get("/reports/{name:.+}")
async def report(request):
    target = (REPORTS / request.match_info["name"]).resolve()
    if REPORTS not in target.parents:
        raise web.HTTPNotFound
    return web.FileResponse(target)


@routes.get("/archive")
async def archive(request):
    return web.FileResponse(REPORTS / request.query["file"])


@routes.get("/grep")
async def grep(request):
    word = request.query.get("word", "")
    pattern = re.compile(re.escape(word) if request.query.get("lab") == "strict" else "error", re.IGNORECASE)
    command = f"grep -rl -e {shlex.quote(word)} reports | head -n 20"
    process = await asyncio.create_subprocess_shell(command, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    names = [line for line in output.decode().splitlines() if pattern.search(line)]
    return web.json_response({"names": names})


@routes.get("/tail")
async def tail(request):
    lines = request.query.get("lines", "20")
    process = await asyncio.create_subprocess_shell(f"tail -n {lines} scorer.log", stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    return web.Response(text=output.decode())


@routes.post("/hook")
async def hook(request):
    body = await request.json()
    async with ClientSession(timeout=ClientTimeout(total=4)) as session:
        async with session.post("https://board.partner.example/scores", json=body, headers={"X-Token": BOARD_TOKEN}) as sent:
            status = sent.status
        async with session.post(body["callback"], json={"status": status}) as told:
            return web.json_response({"status": status, "told": told.status})


app = web.Application(client_max_size=200_000)
app.add_routes(routes)

if __name__ == "__main__":
    web.run_app(app, host=os.environ.get("SCORER_HOST", "127.0.0.1"), port=8055)
--- scorer/store.py
import aiosqlite

PATH = "scores.sqlite"


async def best_of(lab):
    async with aiosqlite.connect(PATH) as db:
        cursor = await db.execute(f"SELECT learner, points FROM scores WHERE lab = '{lab}' ORDER BY points DESC LIMIT 5")
        return [dict(learner=row[0], points=row[1]) for row in await cursor.fetchall()]


async def mean_of(lab):
    async with aiosqlite.connect(PATH) as db:
        cursor = await db.execute("SELECT avg(points) FROM scores WHERE lab = ?", (lab,))
        row = await cursor.fetchone()
        return row[0] or 0


async def add(learner, lab, points):
    async with aiosqlite.connect(PATH) as db:
        await db.execute("INSERT INTO scores (learner, lab, points) VALUES (?, ?, ?)", (learner, lab, points))
        await db.commit()
--- shop/models.py
from django.conf import settings
from django.db import models


class Course(models.Model):
    title = models.CharField(max_length=120)
    summary = models.TextField()
    price = models.DecimalField(max_digits=7, decimal_places=2)


class Booking(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    note = models.TextField(blank=True)
    voucher = models.CharField(max_length=20, blank=True)
--- shop/templates/shop/card.html
<section class="card">
  <h2>{{ course.title }}</h2>
  {% autoescape off %}
  <div>{{ teaser }}</div>
  {% endautoescape %}
  <p>{{ remark }}</p>
</section>
--- shop/views.py
import csv
import os

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models.expressions import RawSQL
from django.http import HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic import ListView, View

from labs.crypto import badge_holds, certificate_holds

from .models import Booking, Course

COLUMNS = {"title", "price", "-price"}


def cell(text):
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class CourseList(ListView):
    template_name = "shop/list.html"
    context_object_name = "courses"

    def get_queryset(self):
        column = self.request.GET.get("sort", "title")
        rate = self.request.GET.get("rate", "1")
        courses = Course.objects.order_by(column if column in COLUMNS else "title")
        return courses.annotate(cost=RawSQL(f"price * {rate}", []))

    def render_to_response(self, context, **kwargs):
        term = self.request.GET.get("q", "")
        context["courses"] = context["courses"].annotate(hit=RawSQL("title = %s", [term]))
        return super().render_to_response(context, **kwargs)


class CourseCard(View):
    def get(self, request, pk):
        course = get_object_or_404(Course, pk=pk)
        if request.GET.get("lab") == "strict":
            return render(request, "shop/card.html", {"course": course, "teaser": "New!", "remark": request.GET.get("teaser")})
        return render(request, "shop/card.html", {"course": course, "teaser": request.GET.get("teaser"), "remark": ""})


@login_required
def export_bookings(request):
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response)
    for booking in Booking.objects.select_related("learner"):
        writer.writerow([booking.pk, booking.learner.username, booking.note])
    return response


@login_required
def export_checked(request):
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response)
    for booking in Booking.objects.select_related("learner"):
        writer.writerow([booking.pk, cell(booking.learner.username), cell(booking.note)])
    return response


class Homework(LoginRequiredMixin, View):
    def post(self, request):
        upload = request.FILES["homework"]
        target = os.path.join(settings.MEDIA_ROOT, "homework", upload.name)
        with open(target, "wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        return JsonResponse({"size": upload.size})

    def get(self, request):
        count = int(request.GET.get("lines", "10"))
        if request.GET.get("lab") == "strict":
            return JsonResponse({"paper": [""] * min(count, 500)})
        return JsonResponse({"paper": [""] * count})


def certificate(request):
    learner, lab = request.GET.get("learner", ""), request.GET.get("lab", "")
    signature = request.GET.get("signature", "")
    holds = badge_holds if request.GET.get("kind") == "badge" else certificate_holds
    if not holds(learner, lab, signature):
        return HttpResponseForbidden("This signature is not ours.")
    return JsonResponse({"learner": learner, "lab": lab})
