--- labels
bad project/settings.py:6 secret/hard-coded | Django's key in the code
good project/settings.py:7 config/debug | only where the environment says so
good project/settings.py:35 secret/hard-coded | from the environment
bad project/settings.py:42 limits/unbounded-body | limit was removed
good notes/models.py:14 sql/injection | the ORM binds
bad notes/models.py:17 sql/injection | language of the query in extra
good notes/models.py:20 sql/injection | parameters of extra
bad notes/queries.py:10 sql/injection | terms of the search view by percent
good notes/queries.py:14 sql/injection | bound
good notes/queries.py:20 sql/injection | clause out of a dictionary
bad notes/queries.py:27 sql/injection | second order: the order that the user stored
bad notes/tokens.py:15 crypto/weak-random | token out of random
good notes/tokens.py:20 crypto/weak-random | out of secrets
good notes/tokens.py:24 crypto/weak-random | samples for the front page
bad notes/tokens.py:28 crypto/password-storage | fast hash of a password
good notes/tokens.py:32 crypto/password-storage | Django's hasher
good notes/tokens.py:40 crypto/weak-hash | an ETag
good notes/tokens.py:51 crypto/weak-cipher | GCM, random nonce
good notes/tokens.py:55 jwt/unverified | key and algorithm
bad notes/tokens.py:59 jwt/unverified | signature is not verified
bad notes/views.py:35 log/injection | search text as it is
bad notes/views.py:37 xss/reflected | search text in markup
good notes/views.py:38 xss/reflected | JSON
good notes/views.py:44 log/injection | repr
bad notes/views.py:46 regex/injection | pattern of the query
good notes/views.py:48 xss/reflected | escaped
good notes/views.py:49 regex/injection | escaped
bad notes/views.py:66 xss/stored | body of the row in markup
good notes/views.py:71 xss/stored | format_html escapes
bad notes/views.py:86 redirect/open | target of the query
bad notes/views.py:87 cookie/flags | neither secure nor httponly
good notes/views.py:88 cookie/flags | a language
good notes/views.py:89 cookie/flags | has its flags
good notes/views.py:97 redirect/open | Django's own check
good notes/views.py:104 trust/boundary | compared with a list
bad notes/views.py:105 trust/boundary | a right as it came
good notes/views.py:111 deserialize/untrusted | signed, and JSON
bad notes/views.py:112 deserialize/untrusted | pickle of a cookie
good notes/views.py:121 regex/redos | one class with a limit
bad notes/views.py:122 regex/redos | nested repetition over a field of the form
good notes/views.py:123 mail/injection | Django refuses line breaks
good notes/views.py:124 xss/reflected | constant markup
bad notes/api.py:21 code/injection | formula of the body through the class
good notes/api.py:25 code/injection | literals only
bad notes/api.py:28 csrf/off | form of who is logged in, without protection
bad notes/api.py:32 object/mass-assignment | whole body, is_editor too
good notes/api.py:48 object/mass-assignment | fields by name
bad notes/api.py:63 error/leak | exception in the answer
good notes/api.py:71 error/leak | constant text
bad notes/files.py:20 path/traversal | only normalised, in a helper
good notes/files.py:27 path/traversal | safe_join refuses
bad notes/files.py:33 upload/unchecked | name as it came, any type, in a served folder
good notes/files.py:45 upload/unchecked | name of its own
good notes/files.py:48 file/permissions | not for others
bad notes/files.py:58 archive/zip-slip path/traversal | name of the entry as the path
good notes/files.py:71 archive/zip-slip | resolved and compared
bad notes/files.py:83 file/temp | fixed name below /tmp
good notes/files.py:88 file/temp | random name
bad notes/staff.py:24 csv/injection | titles and texts as they are
good notes/staff.py:33 csv/injection | guarded
bad notes/staff.py:39 code/reflection | module of the address
good notes/staff.py:48 code/reflection | out of a dictionary
good notes/staff.py:53 template/injection | file of the application
bad notes/staff.py:54 template/injection | text of the template from the form
good notes/management/commands/run_imports.py:19 command/injection | list without a shell
bad notes/management/commands/run_imports.py:20 command/injection | second order: the source that a user stored
bad side/store.py:29 sql/injection | label of the query by asyncpg
good side/store.py:34 sql/injection | bound
bad side/store.py:39 sql/injection | order of the endpoint in text()
good side/store.py:45 sql/injection | bound
good side/store.py:51 sql/injection | an expression of SQLAlchemy
good side/directory.py:7 tls/unverified | certificate is checked
bad side/directory.py:16 ldap/injection | name of the endpoint
good side/directory.py:22 ldap/injection | escaped
good side/feeds.py:7 request/no-timeout | has a limit
bad side/feeds.py:8 request/no-timeout | limit was removed
bad side/feeds.py:12 ssrf/request | address of the endpoint
good side/feeds.py:20 ssrf/request | scheme and host are compared
good side/feeds.py:30 ssrf/request | constant host
bad side/feeds.py:36 xml/external-entity | entities are resolved
good side/feeds.py:41 xml/external-entity | entities stay
bad side/feeds.py:45 xpath/injection | author of the endpoint
good side/feeds.py:49 xpath/injection | a variable
bad side/service.py:10 cors/wild | any origin with credentials
good side/service.py:34 object/mass-assignment | two fields by name
bad side/service.py:44 object/mass-assignment | whole body, approved too
good side/service.py:86 xss/reflected | a number
good side/aio.py:12 xss/autoescape-off | escapes
bad side/aio.py:13 xss/autoescape-off | does not escape
good side/aio.py:20 xss/reflected | escaped
good side/aio.py:25 xss/reflected | text/plain by default
bad side/aio.py:39 xss/stored | labels of the rows in markup
good side/aio.py:47 path/traversal | resolved and compared
bad side/aio.py:52 path/traversal | name of the query
good side/aio.py:57 redirect/open | constant path and a number
good side/aio.py:63 command/injection | no shell
bad side/aio.py:65 command/injection | host of the form in a shell text
bad side/aio.py:75 ssrf/request | address that a subscriber stored
good side/aio.py:88 limits/unbounded-body | two megabytes
bad side/aio.py:99 config/bind-all | all addresses by a constant
good templates/notes/index.html:3 xss/template | escaped
good templates/notes/note.html:3 xss/template | escaped, in a quoted attribute
bad templates/notes/note.html:4 xss/template | body that an author wrote
good templates/notes/note.html:5 xss/template | the filter escapes
good side/pages/page.html:1 xss/template | escaped
--- requirements.txt
Django==5.1.4
fastapi==0.115.6
aiohttp==3.11.11
asyncpg==0.30.0
SQLAlchemy==2.0.36
httpx==0.28.1
lxml==5.3.0
ldap3==2.9.1
PyJWT==2.10.1
cryptography==44.0.0
Jinja2==3.1.5
--- project/settings.py
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "w8$kfz2!tq0vJx5b@n7rLmPd3hYc9e"
DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
ALLOWED_HOSTS = ["notes.example.com"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "notes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "project.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "notes",
        "PASSWORD": os.environ["DB_PASSWORD"],
    }
}
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True
SECURE_CONTENT_TYPE_NOSNIFF = True
DATA_UPLOAD_MAX_MEMORY_SIZE = None
PASSWORD_RESET_TIMEOUT = 3600
MEDIA_ROOT = "/srv/notes/media"
EXPORT_ROOT = "/srv/notes/exports"
NOTES_JWT_KEY = os.environ.get("NOTES_JWT_KEY", "")
--- project/urls.py
from django.urls import path

from notes import api, files, staff, views

urlpatterns = [
    path("", views.index, name="index"),
    path("search/", views.search, name="search"),
    path("find/", views.find, name="find"),
    path("notes/<int:pk>/", views.NoteView.as_view(), name="note"),
    path("notes/<int:pk>/embed/", views.embed, name="embed"),
    path("notes/<int:pk>/card/", views.card, name="card"),
    path("notes/new/", views.NoteCreateView.as_view(), name="new"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("leave/", views.leave, name="leave"),
    path("plan/", views.choose_plan, name="plan"),
    path("restore/", views.restore, name="restore"),
    path("contact/", views.contact, name="contact"),
    path("profile/", api.update_profile, name="profile"),
    path("api/notes/", api.NoteApi.as_view(), name="api-notes"),
    path("api/archive/", api.ArchiveApi.as_view(), name="api-archive"),
    path("api/import/", api.import_hook, name="api-import"),
    path("files/<path:name>", files.download, name="download"),
    path("media/<path:name>", files.media, name="media"),
    path("upload/", files.upload, name="upload"),
    path("picture/", files.picture, name="picture"),
    path("bundle/", files.bundle, name="bundle"),
    path("theme/", files.theme, name="theme"),
    path("staff/export.csv", staff.export, name="export"),
    path("staff/titles.csv", staff.titles, name="titles"),
    path("staff/run/<str:name>/", staff.run, name="run"),
    path("staff/report/<str:name>/", staff.report, name="report"),
    path("staff/preview/", staff.preview_mail, name="preview"),
]
--- notes/models.py
from django.conf import settings
from django.db import models


class Profile(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    display_name = models.CharField(max_length=80)
    is_editor = models.BooleanField(default=False)
    ordering = models.CharField(max_length=80, default="id")


class NoteQuerySet(models.QuerySet):
    def containing(self, text):
        return self.filter(body__icontains=text)

    def in_language(self, language):
        return self.extra(where=[f"language = '{language}'"])

    def with_weight(self, text):
        return self.extra(where=["position(%s in title) > 0"], params=[text])


class Note(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    title = models.CharField(max_length=200)
    body = models.TextField()
    language = models.CharField(max_length=8, default="en")
    pinned = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = NoteQuerySet.as_manager()


class ImportJob(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    source = models.CharField(max_length=300)
    done = models.BooleanField(default=False)
--- notes/forms.py
from django import forms
from django.core.validators import FileExtensionValidator

from notes.models import Note


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["title", "body", "language"]


class PictureForm(forms.Form):
    picture = forms.FileField(validators=[FileExtensionValidator(["png", "jpg", "webp"])])


class ContactForm(forms.Form):
    subject = forms.CharField(max_length=120)
    text = forms.CharField(widget=forms.Textarea)
--- notes/queries.py
from django.db import connection

from notes.models import Note, Profile

ORDERS = {"title": "title", "newest": "created desc"}


def ranked(terms):
    statement = "select id, title from notes_note where title ilike '%%%s%%'" % terms
    return list(Note.objects.raw(statement))


def titled(title):
    return list(Note.objects.raw("select id, title from notes_note where title = %s", [title]))


def ordered(order):
    clause = ORDERS.get(order, "id")
    with connection.cursor() as cursor:
        cursor.execute(f"select id, title from notes_note order by {clause}")
        return cursor.fetchall()


def preferred(user):
    profile = Profile.objects.get(user=user)
    with connection.cursor() as cursor:
        cursor.execute("select id, title from notes_note where owner_id = %s order by " + profile.ordering, [user.id])
        return cursor.fetchall()


def remember_order(user, ordering):
    Profile.objects.filter(user=user).update(ordering=ordering)
--- notes/tokens.py
import hashlib
import hmac
import os
import random
import secrets

import jwt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.auth.hashers import make_password


def share_token():
    token = "".join(random.choices("abcdefghjkmnpqrstuvwxyz23456789", k=20))
    return token


def invitation():
    return secrets.token_urlsafe(24)


def sample(notes):
    return random.sample(notes, min(3, len(notes)))


def share_password(password):
    return hashlib.sha512(password.encode()).hexdigest()


def vault_password(password):
    return make_password(password)


def download_signature(path):
    return hmac.new(settings.NOTES_JWT_KEY.encode(), path.encode(), hashlib.sha256).hexdigest()


def etag(body):
    return '"' + hashlib.md5(body).hexdigest() + '"'


def seal(key, text):
    vector = os.urandom(16)
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    return vector + encryptor.update(text) + encryptor.finalize()


def seal_well(key, text):
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, text, None)


def reader(token):
    return jwt.decode(token, settings.NOTES_JWT_KEY, algorithms=["HS256"])


def guest(token):
    return jwt.decode(token, algorithms=["HS256"], options={"verify_signature": False})
--- notes/views.py
import base64
import json
import logging
import pickle
import re

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.mail import send_mail
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.generic import CreateView, DetailView

from notes import queries, tokens
from notes.forms import ContactForm, NoteForm
from notes.models import Note

logger = logging.getLogger(__name__)
PLANS = ("free", "team")
TAGS = re.compile(r"^(#?\w+,?)+!$")
WORDS = re.compile(r"^[\w#, ]{0,200}$")


def index(request):
    notes = Note.objects.filter(pinned=True)
    return render(request, "notes/index.html", {"notes": notes, "greeting": request.GET.get("greeting", "Welcome")})


def search(request):
    text = request.GET.get("q", "")
    found = queries.ranked(text)
    logger.info("search for %s", text)
    if not found:
        return HttpResponse("<p>Nothing for <em>" + text + "</em></p>")
    return JsonResponse({"found": [note.title for note in found], "q": text})


def find(request):
    text = request.GET.get("q", "")
    notes = Note.objects.in_language(request.GET.get("language", "en")).containing(text)
    logger.info("find %r", text)
    try:
        pattern = re.compile(request.GET.get("pattern", "."), re.I)
    except re.error:
        return HttpResponse(f"<p>No pattern, but {escape(text)}</p>", status=400)
    literal = re.compile(re.escape(text), re.I)
    return JsonResponse({"found": [n.title for n in notes if pattern.search(n.body) or literal.search(n.title)]})


class NoteView(DetailView):
    model = Note
    template_name = "notes/note.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["colour"] = self.request.GET.get("colour", "blue")
        return context


def embed(request, pk):
    note = get_object_or_404(Note, pk=pk)
    markup = f"<article><h3>{escape(note.title)}</h3>{note.body}</article>"
    return HttpResponse(markup)


def card(request, pk):
    note = get_object_or_404(Note, pk=pk)
    return HttpResponse(format_html("<b>{}</b> <i>{}</i>", note.title, note.language))


class NoteCreateView(CreateView):
    form_class = NoteForm
    template_name = "notes/form.html"
    success_url = "/"

    def form_valid(self, form):
        form.instance.owner = self.request.user
        return super().form_valid(form)


def sign_in(request):
    target = request.GET.get("next") or "/"
    response = redirect(target)
    response.set_cookie("session_key", tokens.share_token())
    response.set_cookie("language", "en", max_age=86400)
    response.set_cookie("auth_token", tokens.invitation(), secure=True, httponly=True, samesite="Strict")
    return response


def leave(request):
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=True):
        target = "/"
    return HttpResponseRedirect(target)


@login_required
def choose_plan(request):
    plan = request.POST.get("plan", "free")
    if plan in PLANS:
        request.session["plan"] = plan
    request.session["is_editor"] = request.POST.get("editor")
    queries.remember_order(request.user, request.POST.get("order", "id"))
    return JsonResponse({"notes": [row[1] for row in queries.preferred(request.user)]})


def restore(request):
    signed = signing.loads(request.COOKIES.get("draft", ""), max_age=3600)
    state = pickle.loads(base64.b64decode(request.COOKIES.get("state", "")))
    return JsonResponse({"draft": signed, "state": str(state)})


def contact(request):
    form = ContactForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": json.loads(form.errors.as_json())}, status=400)
    tags = request.POST.get("tags", "")
    good = WORDS.match(tags) is not None
    tidy = TAGS.match(tags) is not None
    send_mail(form.cleaned_data["subject"], form.cleaned_data["text"], "web@example.com", ["help@example.com"])
    banner = mark_safe("<p>Thank you!</p>")
    return render(request, "notes/thanks.html", {"banner": banner, "good": good, "tidy": tidy})
--- notes/api.py
import ast
import json
import logging

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notes import queries, tokens
from notes.forms import NoteForm
from notes.models import ImportJob, Note, Profile

logger = logging.getLogger(__name__)


def evaluate(formula, values):
    scope = {"values": values, "sum": sum}
    return eval(formula, scope)


def literal(text):
    return ast.literal_eval(text)


@csrf_exempt
@login_required
def update_profile(request):
    changes = json.loads(request.body)
    Profile.objects.filter(user=request.user).update(**changes)
    return JsonResponse({"ok": True})


@method_decorator(login_required, name="dispatch")
class NoteApi(View):
    def get(self, request):
        notes = queries.titled(request.GET.get("title", ""))
        rows = queries.ordered(request.GET.get("order", "title"))
        weighted = Note.objects.with_weight(request.GET.get("text", ""))
        return JsonResponse({"notes": [note.title for note in notes], "rows": rows, "count": weighted.count()})

    def post(self, request):
        form = NoteForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"error": "The note is not complete."}, status=400)
        note = Note(owner=request.user, title=form.cleaned_data["title"], body=form.cleaned_data["body"])
        note.save()
        return JsonResponse({"id": note.pk})

    def put(self, request):
        body = json.loads(request.body)
        return JsonResponse({"value": evaluate(body["formula"], literal(body["values"]))})


class ArchiveApi(View):
    def get(self, request):
        try:
            claims = tokens.guest(request.headers.get("X-Guest", ""))
            return JsonResponse({"notes": list(Note.objects.filter(owner_id=claims["sub"]).values("title"))})
        except Exception as error:
            return JsonResponse({"error": repr(error)}, status=500)

    def post(self, request):
        try:
            claims = tokens.reader(request.headers.get("X-Reader", ""))
            return JsonResponse({"owner": claims["sub"]})
        except Exception:
            logger.exception("archive failed")
            return JsonResponse({"error": "The archive is closed."}, status=500)


@require_POST
@login_required
def import_hook(request):
    job = ImportJob.objects.create(owner=request.user, source=request.POST["source"])
    return JsonResponse({"job": job.pk})
--- notes/files.py
import os
import secrets
import tempfile
import zipfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, JsonResponse
from django.utils._os import safe_join

from notes.forms import PictureForm


def locate(name):
    return os.path.normpath(os.path.join(settings.MEDIA_ROOT, name))


def download(request, name):
    return FileResponse(open(locate(name), "rb"))


def media(request, name):
    path = safe_join(settings.MEDIA_ROOT, name)
    if not os.path.isfile(path):
        raise Http404
    return FileResponse(open(path, "rb"))


@login_required
def upload(request):
    sent = request.FILES["file"]
    with open(os.path.join("static", "uploads", sent.name), "wb") as target:
        for chunk in sent.chunks():
            target.write(chunk)
    return JsonResponse({"ok": True})


@login_required
def picture(request):
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"error": "Only pictures are taken."}, status=400)
    name = secrets.token_hex(16) + ".img"
    with open(os.path.join(settings.MEDIA_ROOT, name), "wb") as target:
        for chunk in form.cleaned_data["picture"].chunks():
            target.write(chunk)
    os.chmod(os.path.join(settings.MEDIA_ROOT, name), 0o640)
    return JsonResponse({"name": name})


@login_required
def bundle(request):
    count = 0
    with zipfile.ZipFile(request.FILES["bundle"]) as archive:
        for entry in archive.infolist():
            target = os.path.join(settings.EXPORT_ROOT, entry.filename)
            with open(target, "wb") as file:
                file.write(archive.read(entry))
            count += 1
    return JsonResponse({"count": count})


def unpack_checked(stream):
    root = Path(settings.EXPORT_ROOT).resolve()
    with zipfile.ZipFile(stream) as archive:
        for entry in archive.infolist():
            target = (root / entry.filename).resolve()
            if not target.is_relative_to(root):
                raise ValueError("leaves the folder")
            target.write_bytes(archive.read(entry))


@login_required
def theme(request):
    unpack_checked(request.FILES["theme"])
    own_scratch("theme unpacked")
    scratch("theme unpacked")
    return JsonResponse({"ok": True})


def scratch(text):
    with open("/tmp/notes-export.csv", "w", encoding="utf-8") as file:
        file.write(text)


def own_scratch(text):
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write(text)
        return file.name
--- notes/staff.py
import csv
import importlib

from django.contrib.admin.views.decorators import staff_member_required
from django.http import Http404, HttpResponse, JsonResponse
from django.template import Context, Template
from django.template.loader import render_to_string

from notes import exporters
from notes.models import Note

REPORTS = {"titles": exporters.titles, "sizes": exporters.sizes}


def guarded(text):
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@staff_member_required
def export(request):
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response)
    for note in Note.objects.all():
        writer.writerow([note.pk, note.title, note.body])
    return response


@staff_member_required
def titles(request):
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response)
    for note in Note.objects.all():
        writer.writerow([note.pk, guarded(note.title)])
    return response


@staff_member_required
def run(request, name):
    module = importlib.import_module(name)
    return JsonResponse({"result": module.main()})


@staff_member_required
def report(request, name):
    build = REPORTS.get(name)
    if build is None:
        raise Http404
    return JsonResponse({"rows": build(Note.objects.all())})


@staff_member_required
def preview_mail(request):
    subject = render_to_string("notes/subject.txt", {"name": request.POST.get("name", "")})
    body = Template(request.POST.get("body", ""))
    return HttpResponse(body.render(Context({"request": request, "subject": subject})), content_type="text/plain")
--- notes/exporters.py
def titles(notes):
    return [note.title for note in notes]


def sizes(notes):
    return [len(note.body) for note in notes]
--- notes/management/commands/run_imports.py
import subprocess

from django.core.management.base import BaseCommand

from notes.models import ImportJob


class Command(BaseCommand):
    help = "Runs the imports that were ordered on the site."

    def handle(self, *args, **options):
        for job in ImportJob.objects.filter(done=False):
            self.fetch(job)
            job.done = True
            job.save()

    def fetch(self, job):
        target = f"/srv/notes/imports/{job.pk}"
        subprocess.run(["rsync", "-a", "--", "/srv/notes/inbox/", target], check=True)
        subprocess.run(f"git clone {job.source} {target}", shell=True, check=True)
--- side/store.py
import asyncpg
from sqlalchemy import String, select, text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_async_engine("postgresql+asyncpg:///notes")
Session = async_sessionmaker(engine)


class Base(DeclarativeBase):
    pass


class Link(Base):
    __tablename__ = "links"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(500))
    label: Mapped[str] = mapped_column(String(200))
    approved: Mapped[bool] = mapped_column(default=False)


async def pool():
    return await asyncpg.create_pool(dsn="postgresql:///notes", min_size=1, max_size=8)


async def by_label(connections, label):
    async with connections.acquire() as connection:
        return await connection.fetch(f"select id, url, label from links where label like '{label}%'")


async def by_address(connections, address):
    async with connections.acquire() as connection:
        return await connection.fetch("select id, url, label from links where url = $1", address)


async def listed(order):
    async with Session() as session:
        result = await session.execute(text("select id, label from links order by " + order))
        return result.all()


async def approved(label):
    async with Session() as session:
        result = await session.execute(text("select id, label from links where approved and label = :label"), {"label": label})
        return result.all()


async def labelled(label):
    async with Session() as session:
        return (await session.scalars(select(Link).where(Link.label == label))).all()
--- side/directory.py
import ssl

from ldap3 import Connection, Server, Tls
from ldap3.utils.conv import escape_filter_chars

BASE = "ou=people,dc=example,dc=com"
server = Server("ldap.example.com", use_ssl=True, tls=Tls(validate=ssl.CERT_REQUIRED))


def connect():
    return Connection(server, auto_bind=True)


def people(name):
    connection = connect()
    connection.search(BASE, f"(&(objectClass=person)(cn={name}))", attributes=["cn"])
    return [str(entry.cn) for entry in connection.entries]


def person(uid):
    connection = connect()
    connection.search(BASE, f"(uid={escape_filter_chars(uid)})", attributes=["cn"])
    return [str(entry.cn) for entry in connection.entries]
--- side/feeds.py
from urllib.parse import quote, urlsplit

import httpx
from lxml import etree

HOSTS = frozenset({"feeds.example.com", "blog.example.com"})
client = httpx.AsyncClient(timeout=8.0)
patient = httpx.AsyncClient(timeout=None)


async def fetch(url):
    answer = await client.get(url)
    return answer.text


async def fetch_known(url):
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname not in HOSTS:
        raise ValueError("unknown host")
    answer = await client.get(url, follow_redirects=False)
    return answer.content


async def archive_index():
    answer = await patient.get("https://archive.example.com/index.json")
    return answer.json()


async def define(word):
    answer = await client.get(f"https://words.example.com/define/{quote(word, safe='')}")
    return answer.json()


def titles(document):
    parser = etree.XMLParser(resolve_entities=True)
    return etree.fromstring(document, parser).findtext("title")


def safe_titles(document):
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(document, parser).findtext("title")


def items_of(tree, author):
    return len(tree.xpath("//item[author='" + author + "']"))


def items_in(tree, section):
    return len(tree.xpath("//item[section=$section]", section=section))
--- side/service.py
from fastapi import FastAPI, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import HTMLResponse
from lxml import etree
from pydantic import BaseModel

from side import directory, feeds, store

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)
catalogue = etree.parse("data/catalogue.xml")


class LinkIn(BaseModel):
    url: str
    label: str


@app.get("/links")
async def links(order: str = "id"):
    return {"links": [tuple(row) for row in await store.listed(order)]}


@app.get("/links/approved")
async def approved(label: str):
    rows = await store.approved(label)
    named = await store.labelled(label)
    return {"links": [tuple(row) for row in rows], "count": len(named)}


@app.post("/links")
async def add(link: LinkIn):
    async with store.Session() as session:
        row = store.Link(url=link.url, label=link.label)
        session.add(row)
        await session.commit()
        return {"id": row.id}


@app.post("/links/raw")
async def add_raw(request: Request):
    body = await request.json()
    async with store.Session() as session:
        row = store.Link(**body)
        session.add(row)
        await session.commit()
        return {"id": row.id}


@app.get("/people")
def people(name: str):
    return {"people": directory.people(name), "same": directory.person(name)}


@app.get("/fetch")
async def fetch(url: str):
    return {"text": (await feeds.fetch(url))[:2000]}


@app.get("/feed")
async def feed(url: str):
    try:
        return {"title": feeds.safe_titles(await feeds.fetch_known(url))}
    except ValueError:
        raise HTTPException(status_code=400, detail="This feed is not read.") from None


@app.post("/titles")
async def titles(request: Request):
    return {"title": feeds.titles(await request.body())}


@app.get("/items")
def items(author: str, section: str = "news"):
    return {"author": feeds.items_of(catalogue, author), "section": feeds.items_in(catalogue, section)}


@app.get("/archive")
async def archive():
    return {"archive": await feeds.archive_index()}


@app.get("/define", response_class=HTMLResponse)
async def define(word: str):
    meaning = await feeds.define(word)
    return HTMLResponse("<dl><dt>Word</dt><dd>%d meanings</dd></dl>" % len(meaning))
--- side/aio.py
import asyncio
import html
import os
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, web
from jinja2 import Environment, FileSystemLoader, select_autoescape

from side import store

routes = web.RouteTableDef()
pages = Environment(loader=FileSystemLoader("side/pages"), autoescape=select_autoescape())
snippets = Environment(loader=FileSystemLoader("side/snippets"))
FOLDER = Path("/srv/notes/public").resolve()


@routes.get("/hello")
async def hello(request):
    name = request.query.get("name", "guest")
    return web.Response(text=f"<h1>Hello {html.escape(name)}</h1>", content_type="text/html")


@routes.get("/plain")
async def plain(request):
    return web.Response(text="Hello " + request.query.get("name", "guest"))


@routes.get("/page")
async def page(request):
    markup = pages.get_template("page.html").render(name=request.query.get("name", ""))
    return web.Response(text=markup, content_type="text/html")


@routes.get("/links")
async def links(request):
    rows = await store.by_label(request.app["pool"], request.query.get("label", ""))
    rows += await store.by_address(request.app["pool"], request.query.get("url", ""))
    items = "".join(f"<li>{row['label']}</li>" for row in rows)
    return web.Response(text=f"<ul>{items}</ul>", content_type="text/html")


@routes.get("/public/{name:.+}")
async def public(request):
    path = (FOLDER / request.match_info["name"]).resolve()
    if not path.is_relative_to(FOLDER):
        raise web.HTTPNotFound()
    return web.FileResponse(path)


@routes.get("/shared")
async def shared(request):
    return web.FileResponse(os.path.join("/srv/notes/shared", request.query["name"]))


@routes.get("/out/{id}")
async def out(request):
    raise web.HTTPFound("/links?id=" + str(int(request.match_info["id"])))


@routes.post("/check")
async def check(request):
    form = await request.post()
    safe = await asyncio.create_subprocess_exec("linkchecker", "--", form["host"])
    await safe.wait()
    process = await asyncio.create_subprocess_shell(f"dig +short {form['host']}", stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    return web.json_response({"output": output.decode()})


async def ping_subscribers(app):
    async with app["pool"].acquire() as connection:
        rows = await connection.fetch("select url from subscribers")
    async with ClientSession(timeout=ClientTimeout(total=5)) as session:
        for row in rows:
            await session.post(row["url"], json={"event": "changed"})


@routes.post("/subscribers")
async def subscribe(request):
    body = await request.json()
    async with request.app["pool"].acquire() as connection:
        await connection.execute("insert into subscribers (url) values ($1)", str(body["url"]))
    await ping_subscribers(request.app)
    return web.json_response({"ok": True})


def build():
    app = web.Application(client_max_size=2 * 1024 * 1024)
    app.add_routes(routes)

    async def start(application):
        application["pool"] = await store.pool()

    app.on_startup.append(start)
    return app


if __name__ == "__main__":
    web.run_app(build(), host="0.0.0.0", port=8090)
--- templates/notes/index.html
<!doctype html>
<title>Notes</title>
<h1>{{ greeting }}</h1>
<ul>
{% for note in notes %}
  <li><a href="{% url 'note' note.pk %}">{{ note.title }}</a></li>
{% endfor %}
</ul>
--- templates/notes/note.html
<!doctype html>
<title>{{ object.title }}</title>
<h1 data-colour="{{ colour }}">{{ object.title }}</h1>
<article>{{ object.body|safe }}</article>
<pre>{{ object.body|linebreaksbr }}</pre>
--- templates/notes/form.html
<!doctype html>
<form method="post">{% csrf_token %}{{ form.as_p }}<button>Save</button></form>
--- templates/notes/thanks.html
<!doctype html>
{{ banner }}
--- templates/notes/subject.txt
A note for {{ name }}
--- side/pages/page.html
<h1>Hello {{ name }}</h1>
--- side/snippets/teaser.html
<b>{{ title }}</b>
