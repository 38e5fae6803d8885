--- labels
bad portal/settings.py:6 secret/hard-coded | signing key in the source
bad portal/settings.py:7 config/debug | debug pages in the only settings file
good portal/settings.py:34 secret/hard-coded | from the environment
bad portal/settings.py:38 crypto/password-storage crypto/weak-hash | one round of md5
good portal/settings.py:39 cookie/flags | secure
bad portal/settings.py:40 cookie/flags | scripts may read the session cookie
good portal/settings.py:41 cookie/flags | secure
good portal/settings.py:42 limits/unbounded-body | 5 MB
good portal/settings.py:45 secret/hard-coded | a duration
bad portal/models.py:11 sql/injection | name formatted in
good portal/models.py:14 sql/injection | parameter
good portal/models.py:17 sql/injection | tested by the middleware with fullmatch
bad portal/models.py:20 sql/injection | where text from the query
good portal/models.py:23 sql/injection | params
good portal/models.py:26 sql/injection | bound in RawSQL
bad portal/models.py:29 sql/injection | text into RawSQL
good portal/models.py:35 sql/injection | only with a name of the set
bad portal/models.py:42 sql/injection | the flag of the middleware is not asked
good portal/models.py:64 crypto/weak-random | secrets module
bad portal/forms.py:11 object/mass-assignment | approved and owner settable
good portal/forms.py:17 object/mass-assignment | three named fields
bad portal/tools.py:18 crypto/weak-random | voucher worth money
good portal/tools.py:22 crypto/weak-random | decoration
bad portal/tools.py:34 text/incomplete-escape | one spelling, once
bad portal/tools.py:38 url/incomplete-check | no slash: tickets.townhall.example.evil passes
good portal/tools.py:42 url/incomplete-check | exact host
bad portal/tools.py:46 regex/redos | nested repeat
good portal/tools.py:50 regex/redos | bounded
good portal/views.py:35 sql/injection | ORM lookup
bad portal/views.py:70 xss/reflected | raw into HTML
good portal/views.py:75 xss/reflected | escaped
bad portal/views.py:80 xss/stored | stored name raw
good portal/views.py:85 xss/stored | format_html escapes
bad portal/views.py:90 template/injection | template text of the client
good portal/views.py:95 template/injection | constant
good portal/views.py:103 log/injection | repr
good portal/views.py:108 redirect/open | Django's own test
bad portal/views.py:116 log/injection | raw form value
bad portal/views.py:118 session/fixation | same session key after sign-in
bad portal/views.py:119 redirect/open | unchecked
good portal/views.py:125 deserialize/untrusted | signed json
good portal/views.py:129 session/fixation | new key before, signed number
good portal/views.py:129 trust/boundary | new key before, signed number
bad portal/views.py:134 trust/boundary | client sets its discount
good portal/views.py:135 trust/boundary | a boolean
bad portal/views.py:143 mail/host-header | ALLOWED_HOSTS holds a star
bad portal/views.py:144 secret/logged | reset token in the log
good portal/views.py:150 mail/injection | Django refuses line breaks, base from settings
good portal/views.py:150 mail/host-header | Django refuses line breaks, base from settings
bad portal/views.py:157 mail/injection | subject into raw headers
bad portal/views.py:161 csrf/off | session user's change without a token
good portal/views.py:183 object/mass-assignment | two fixed names
good portal/views.py:183 code/reflection | two fixed names
bad portal/views.py:190 object/mass-assignment | paid settable
bad portal/views.py:198 csv/injection | wish may begin with =
good portal/views.py:206 csv/injection | leading sign quoted
bad portal/views.py:212 path/traversal | name unchecked
good portal/views.py:220 path/traversal | resolved and compared
good portal/views.py:230 upload/unchecked | form tests the ending, own name
good portal/views.py:230 path/traversal | form tests the ending, own name
good portal/views.py:233 command/injection | list, own name
bad portal/views.py:240 upload/unchecked | any kind of file into media
bad portal/views.py:242 command/injection | title into the shell
bad portal/views.py:247 deserialize/untrusted | pickle of a cookie
good portal/views.py:251 deserialize/untrusted | safe loader
bad portal/views.py:258 error/leak | stack to the client
good portal/views.py:265 cookie/flags | all flags
bad portal/views.py:266 cookie/flags | login token without flags
bad portal/views.py:272 limits/untrusted-size | list of any length
good portal/views.py:277 limits/untrusted-size | at most 400
bad portal/cbv.py:25 sql/injection | query value into where
good portal/cbv.py:27 sql/injection | a number
bad portal/cbv.py:42 xml/external-entity | entities and network on for posted XML
good portal/cbv.py:48 xml/external-entity | defusedxml
good portal/cbv.py:57 code/reflection | from a fixed map
bad portal/cbv.py:63 code/injection | empty builtins are no sandbox
good portal/cbv.py:72 path/traversal | number of the database
bad portal/cbv.py:78 xss/reflected | the helper removes one spelling only
good portal/cbv.py:80 csrf/off | no session, signed body
good portal/cbv.py:86 compare/timing | constant time
good portal/urls.py:16 limits/login-attempts | view under ratelimit
good portal/templates/event.html:3 xss/template | escaped by Django
bad portal/templates/event.html:4 xss/template | owner's text raw
good portal/templates/event.html:5 xss/template | linebreaks escapes
bad portal/templates/event.html:7 xss/template | escaping off around a query value
good portal/templates/event.html:9 xss/template | json_script escapes
good portal/templates/index.html:3 xss/template | quoted and escaped
bad portal/templates/index.html:7 xss/template | attribute without quotes
good portal/templates/index.html:12 xss/dom | text
bad portal/templates/index.html:13 xss/dom | hash into document.write
bad portal/management/commands/sync_events.py:17 tls/unverified | certificate not tested
good portal/management/commands/sync_events.py:17 request/no-timeout | 30 seconds, https
good portal/management/commands/sync_events.py:17 tls/cleartext | 30 seconds, https
bad portal/management/commands/sync_events.py:18 request/no-timeout | none given
good portal/management/commands/sync_events.py:20 sql/injection | ORM, one column
good portal/management/commands/sync_events.py:20 object/mass-assignment | ORM, one column
bad portal/management/commands/sync_events.py:21 file/temp | name before the file
bad portal/management/commands/sync_events.py:24 file/permissions | writable by all
good portal/management/commands/sync_events.py:25 file/temp | opened at once
good portal/management/commands/sync_events.py:27 file/permissions | owner only
bad portal/management/commands/sync_events.py:28 tls/cleartext | plain FTP with a login
good portal/management/commands/sync_events.py:29 secret/hard-coded | from the environment
good api/main.py:12 config/debug | off
bad api/main.py:14 cors/wild | any origin with credentials
good api/main.py:15 files/private-served | the public folder
bad api/main.py:16 files/private-served | the whole project
good api/main.py:28 error/leak | fixed text
bad api/main.py:33 error/leak | exception with paths to the client
good api/db.py:10 secret/hard-coded | from the environment
bad api/db.py:21 sql/injection | f-string
good api/db.py:25 sql/injection | bound
good api/db.py:29 sql/injection | value of an Enum
bad api/db.py:33 sql/injection | string of the client
good api/db.py:36 sql/injection | %d takes a number only
good api/db.py:39 sql/injection | anchored pattern and Literal
bad api/db.py:42 sql/injection | pattern without anchors
good api/db.py:47 sql/injection | keys are the model's fields
good api/db.py:47 object/mass-assignment | keys are the model's fields
good api/db.py:50 sql/injection | bound
bad api/deps.py:8 secret/hard-coded | signing key in the source
good api/deps.py:12 jwt/unverified | key and algorithm
bad api/deps.py:17 jwt/unverified | signature off
good api/routers/search.py:15 xss/autoescape-off | on
bad api/routers/search.py:16 xss/autoescape-off | off by default, HTML mails
bad api/routers/search.py:47 xss/reflected | raw
good api/routers/search.py:52 xss/reflected | escaped
good api/routers/search.py:57 xss/reflected | json
good api/routers/search.py:62 template/injection | constant template, escaping on
good api/routers/search.py:62 xss/reflected | constant template, escaping on
bad api/routers/search.py:67 template/injection | template text of the client
bad api/routers/search.py:72 nosql/injection | operators pass
good api/routers/search.py:77 nosql/injection | a string by its type
bad api/routers/search.py:82 regex/injection regex/redos | the client's pattern
good api/routers/search.py:87 regex/injection | escaped
bad api/routers/users.py:20 limits/login-attempts | no limit on the password route
good api/routers/users.py:22 sql/injection | bound
good api/routers/users.py:26 crypto/weak-random | secrets module
good api/routers/users.py:27 cookie/flags | all flags
good api/routers/users.py:30 limits/login-attempts | limiter
bad api/routers/users.py:34 crypto/password-storage crypto/weak-hash | unsalted sha1 of the PIN
good api/routers/users.py:35 compare/timing | constant time
good api/routers/users.py:41 crypto/password-storage | argon2
good api/routers/users.py:53 redirect/open | from a fixed map
bad api/routers/users.py:57 redirect/open | any target
bad api/routers/users.py:62 compare/timing | plain comparison of a key
good api/routers/bookings.py:20 limits/untrusted-size | at most 8 by the model
good api/routers/bookings.py:32 path/traversal | dependency tests the code
bad api/routers/bookings.py:36 path/traversal | this dependency only strips
good api/routers/bookings.py:40 path/traversal | a number
bad api/routers/bookings.py:44 upload/unchecked path/traversal | client's name and kind
bad api/routers/bookings.py:53 archive/zip-slip path/traversal | entry name raw
good api/routers/bookings.py:61 archive/zip-slip | own names
good api/routers/bookings.py:61 path/traversal | own names
good api/routers/bookings.py:70 ssrf/request | exact host, httpx has 5 seconds by default
good api/routers/bookings.py:70 request/no-timeout | exact host, httpx has 5 seconds by default
bad api/routers/bookings.py:76 request/no-timeout | switched off
bad api/routers/bookings.py:77 ssrf/request | only the beginning is tested
good api/routers/bookings.py:82 ssrf/request | fixed host, number
good api/routers/bookings.py:87 limits/unbounded-body | counted and cut at 1 MB
good api/routers/admin.py:20 code/reflection | fixed map
bad api/routers/admin.py:24 code/reflection | any attribute of the module
bad api/routers/admin.py:28 code/injection | the partner's text runs
good api/routers/admin.py:32 code/injection | literals only
good api/routers/admin.py:37 ldap/injection | escaped
bad api/routers/admin.py:39 ldap/injection | raw
good api/routers/admin.py:45 xpath/injection | variable
bad api/routers/admin.py:46 xpath/injection | raw
good api/routers/admin.py:52 deserialize/untrusted | the service's own file
bad api/routers/admin.py:56 crypto/weak-cipher | DES
good api/routers/admin.py:57 crypto/weak-cipher | AES-GCM
good api/jobs.py:13 command/injection | constant
good api/jobs.py:18 crypto/weak-hash | cache key
bad api/tasks.py:9 log/injection | address of the body raw
good api/tasks.py:12 log/injection | line breaks removed
good api/tasks.py:20 tls/cleartext | own machine
good api/tasks.py:21 mail/injection | EmailMessage refuses line breaks
bad api/tasks.py:24 command/injection | quote in the name
good api/tasks.py:28 command/injection | dependency tests the code
good api/tasks.py:32 command/injection | no shell
--- portal/settings.py
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent

SECRET_KEY = "pq8#Zr!0d-7vTn2kWm4xLs6y"
DEBUG = True
ALLOWED_HOSTS = ["*"]
PUBLIC_URL = "https://events.townhall.example"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.VenueMiddleware",
    "portal.middleware.OrderMiddleware",
]
ROOT_URLCONF = "portal.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "events",
        "USER": "portal",
        "PASSWORD": os.environ.get("EVENTS_DB_PASSWORD", ""),
    }
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = False
CSRF_COOKIE_SECURE = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MEDIA_ROOT = "/srv/events/media"
PRIVATE_ROOT = "/srv/events/private"
PASSWORD_RESET_TIMEOUT = 3600
--- portal/middleware.py
import re

from django.http import HttpResponseBadRequest

ORDERS = {"title", "starts", "venue"}

class VenueMiddleware:
    """Every request may carry ?venue=; anything but a short code is refused."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        venue = request.GET.get("venue", "hall")
        if not re.fullmatch(r"[a-z0-9_]{1,20}", venue):
            return HttpResponseBadRequest("venue")
        request.venue = venue
        return self.get_response(request)

class OrderMiddleware:

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        order = request.GET.get("order", "starts")
        request.order_ok = order in ORDERS
        request.order = order
        return self.get_response(request)
--- portal/models.py
import secrets

from django.contrib.auth.models import User
from django.db import connection, models
from django.db.models.expressions import RawSQL


class EventManager(models.Manager):

    def named(self, name):
        return self.raw("SELECT * FROM portal_event WHERE title = '%s'" % name)

    def named_like(self, name):
        return self.raw("SELECT * FROM portal_event WHERE title LIKE %s", ["%" + name + "%"])

    def in_venue(self, venue):
        return self.raw("SELECT * FROM portal_event WHERE venue = '" + venue + "'")

    def near(self, zipcode):
        return self.extra(where=["zip LIKE '%s%%%%'" % zipcode])

    def at_zip(self, zipcode):
        return self.extra(where=["zip = %s"], params=[zipcode])

    def ranked(self, term):
        return self.annotate(rank=RawSQL("similarity(title, %s)", (term,)))

    def scored(self, term):
        return self.annotate(score=RawSQL("similarity(title, '" + term + "')", ()))

    def ordered(self, order, ok):
        sql = "SELECT id, title, starts FROM portal_event ORDER BY "
        with connection.cursor() as cur:
            if ok:
                cur.execute(sql + order)
            else:
                cur.execute(sql + "starts")
            return cur.fetchall()

    def grouped(self, order):
        with connection.cursor() as cur:
            cur.execute("SELECT venue, COUNT(*) FROM portal_event GROUP BY venue ORDER BY %s" % order)
            return cur.fetchall()


class Event(models.Model):
    title = models.CharField(max_length=200)
    venue = models.CharField(max_length=20)
    zip = models.CharField(max_length=10)
    starts = models.DateTimeField()
    teaser = models.TextField(blank=True)
    homepage = models.URLField(blank=True)
    approved = models.BooleanField(default=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE)

    objects = EventManager()


class Guest(models.Model):
    event = models.ForeignKey(Event, on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    wish = models.CharField(max_length=300, blank=True)
    ticket = models.CharField(max_length=64, default=secrets.token_hex)
    paid = models.BooleanField(default=False)
--- portal/forms.py
from django import forms

from .models import Event, Guest

POSTER_TYPES = {"png", "jpg", "jpeg"}


class EventForm(forms.ModelForm):
    class Meta:
        model = Event
        fields = "__all__"


class GuestForm(forms.ModelForm):
    class Meta:
        model = Guest
        fields = ["name", "email", "wish"]


class SearchForm(forms.Form):
    q = forms.CharField(max_length=80, required=False)
    page = forms.IntegerField(min_value=1, max_value=500, required=False)
    venue = forms.ChoiceField(choices=[("hall", "Hall"), ("park", "Park")], required=False)


class PosterForm(forms.Form):
    poster = forms.FileField()

    def clean_poster(self):
        poster = self.cleaned_data["poster"]
        ext = poster.name.rsplit(".", 1)[-1].lower()
        if ext not in POSTER_TYPES:
            raise forms.ValidationError("Only pictures")
        return poster
--- portal/tools.py
import logging
import random
import re
import string
import uuid
from pathlib import Path
from urllib.parse import urlsplit

logger = logging.getLogger("portal")


def shorten(text, size=40):
    return text if len(text) <= size else text[: size - 1] + "…"


def voucher():
    chars = string.ascii_uppercase + string.digits
    return "".join(random.choices(chars, k=10))


def banner_colour():
    return random.choice(["teal", "plum", "sand"])


def media_file(root, name):
    base = Path(root).resolve()
    full = (base / name).resolve()
    if not full.is_relative_to(base):
        raise ValueError(name)
    return full


def strip_tags_quick(text):
    return text.replace("<script>", "")


def trusted(url):
    return url.startswith("https://tickets.townhall.example")


def trusted_host(url):
    return urlsplit(url).hostname == "tickets.townhall.example"


def looks_like_phone(text):
    return re.match(r"^(\d+[ -]?)+$", text) is not None


def looks_like_zip(text):
    return re.match(r"^\d{4,5}(?:-\d{4})?$", text) is not None


def new_name(ext):
    return f"{uuid.uuid4().hex}.{ext}"


def csv_safe(value):
    text = str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
--- portal/views.py
import csv
import json
import os
import pickle
import smtplib
import subprocess
import traceback

import yaml
from django.conf import settings
from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.mail import send_mail
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template import Context, Template
from django.utils.html import escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django_ratelimit.decorators import ratelimit

from .forms import EventForm, GuestForm, PosterForm, SearchForm
from .models import Event, Guest
from .tools import csv_safe, logger, looks_like_phone, media_file, new_name, voucher


def index(request):
    form = SearchForm(request.GET)
    events = Event.objects.filter(approved=True)
    if form.is_valid() and form.cleaned_data["q"]:
        events = events.filter(title__icontains=form.cleaned_data["q"])
    return render(request, "index.html", {"events": events, "q": request.GET.get("q", "")})


def lookup(request):
    name = request.GET.get("name", "")
    how = request.GET.get("how")
    if how == "like":
        found = Event.objects.named_like(name)
    elif how == "zip":
        found = Event.objects.near(name)
    elif how == "exact-zip":
        found = Event.objects.at_zip(name)
    elif how == "rank":
        found = Event.objects.ranked(name)
    elif how == "score":
        found = Event.objects.scored(name)
    else:
        found = Event.objects.named(name)
    return JsonResponse({"events": [e.title for e in found]})


def venue_page(request):
    events = Event.objects.in_venue(request.venue)
    return render(request, "index.html", {"events": events, "q": ""})


def table(request):
    rows = Event.objects.ordered(request.order, request.order_ok)
    sums = Event.objects.grouped(request.order)
    return JsonResponse({"rows": rows, "sums": sums}, json_dumps_params={"default": str})


def not_found_note(request):
    q = request.GET.get("q", "")
    return HttpResponse("<p>No event called " + q + "</p>")


def not_found_line(request):
    q = request.GET.get("q", "")
    return HttpResponse("<p>No event called %s</p>" % escape(q))


def badge(request, pk):
    guest = get_object_or_404(Guest, pk=pk)
    return HttpResponse(mark_safe(f"<b class='badge'>{guest.name}</b>"))


def badge_small(request, pk):
    guest = get_object_or_404(Guest, pk=pk)
    return HttpResponse(format_html("<b class='badge'>{}</b>", guest.name))


def greeting(request):
    text = request.POST.get("text", "")
    tpl = Template("Dear {{ name }}, " + text)
    return HttpResponse(tpl.render(Context({"name": request.user.username})), content_type="text/plain")


def greeting_fixed(request):
    tpl = Template("Dear {{ name }}, {{ text }}")
    return HttpResponse(tpl.render(Context({"name": "guest", "text": request.POST.get("text", "")})))


@ratelimit(key="ip", rate="10/m", method="POST", block=True)
def sign_in(request):
    user = authenticate(request, username=request.POST.get("u"), password=request.POST.get("p"))
    if user is None:
        logger.info("failed sign-in for %r", request.POST.get("u"))
        return redirect("sign-in")
    login(request, user)
    target = request.POST.get("next", "/")
    if url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=True):
        return HttpResponseRedirect(target)
    return HttpResponseRedirect("/")


def guest_sign_in(request):
    ticket = request.POST.get("ticket", "")
    guest = Guest.objects.filter(ticket=ticket).first()
    if guest is None:
        logger.warning("unknown ticket of guest " + request.POST.get("name", ""))
        return redirect("/")
    request.session["guest_id"] = guest.pk
    return HttpResponseRedirect(request.GET.get("next", "/"))


def crew_sign_in(request):
    badge_no = request.POST.get("badge", "")
    try:
        crew = signing.loads(badge_no, salt="crew", max_age=86400)
    except signing.BadSignature:
        raise Http404
    request.session.cycle_key()
    request.session["crew_id"] = int(crew["id"])
    return redirect("/")


def kiosk_mode(request):
    request.session["discount"] = request.GET.get("discount", "0")
    request.session["big"] = request.GET.get("big") == "1"
    return redirect("/")


def forgot(request):
    user = User.objects.filter(email=request.POST.get("email", "")).first()
    if user:
        token = default_token_generator.make_token(user)
        send_mail("Your password", "https://" + request.get_host() + f"/reset/{user.pk}/{token}", None, [user.email])
        logger.info("reset token %s for user %s", token, user.pk)
    return render(request, "sent.html")


def invite(request):
    link = settings.PUBLIC_URL + "/join"
    send_mail("Invitation from " + request.POST.get("from", ""), link, None, [request.POST["to"]])
    return redirect("/")


def complain(request):
    subject = request.POST.get("subject", "")
    with smtplib.SMTP("localhost") as smtp:
        smtp.sendmail("portal@townhall.example", "desk@townhall.example", f"Subject: {subject}\n\n" + request.POST.get("text", ""))
    return redirect("/")


@csrf_exempt
@login_required
def change_mail(request):
    request.user.email = request.POST["email"]
    request.user.save()
    return JsonResponse({"ok": True})


@login_required
def save_event(request):
    form = EventForm(request.POST)
    if form.is_valid():
        form.save()
    return redirect("/")


@login_required
def edit_guest(request, pk):
    guest = get_object_or_404(Guest, pk=pk, event__owner=request.user)
    data = json.loads(request.body)
    for key in ("name", "wish"):
        if key in data:
            setattr(guest, key, str(data[key]))
    guest.save()
    return JsonResponse({"ok": True})


@login_required
def patch_guest(request, pk):
    Guest.objects.filter(pk=pk).update(**json.loads(request.body))
    return JsonResponse({"ok": True})


def guests_csv(request, pk):
    resp = HttpResponse(content_type="text/csv")
    out = csv.writer(resp)
    for g in Guest.objects.filter(event_id=pk):
        out.writerow([g.name, g.wish])
    return resp


def wishes_csv(request, pk):
    resp = HttpResponse(content_type="text/csv")
    out = csv.writer(resp)
    for g in Guest.objects.filter(event_id=pk):
        out.writerow([csv_safe(g.name), csv_safe(g.wish)])
    return resp


def programme(request):
    path = os.path.join(settings.MEDIA_ROOT, request.GET.get("file", "today.pdf"))
    return FileResponse(open(path, "rb"))


def leaflet(request):
    try:
        full = media_file(settings.MEDIA_ROOT, request.GET.get("file", "today.pdf"))
    except ValueError:
        raise Http404
    return FileResponse(open(full, "rb"))


@login_required
def poster(request):
    form = PosterForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse(form.errors, status=400)
    up = form.cleaned_data["poster"]
    target = os.path.join(settings.MEDIA_ROOT, new_name(up.name.rsplit(".", 1)[-1].lower()))
    with open(target, "wb") as fh:
        for chunk in up.chunks():
            fh.write(chunk)
    subprocess.run(["/usr/bin/convert", target, "-resize", "800x", target + ".thumb.png"], timeout=30)
    return JsonResponse({"ok": True})


@login_required
def flyer(request):
    up = request.FILES["flyer"]
    with open(os.path.join(settings.MEDIA_ROOT, "flyers", os.path.basename(up.name)), "wb") as fh:
        fh.write(up.read())
    os.system("pdftoppm -png '" + request.POST.get("title", "") + "' /srv/events/media/flyers/out")
    return JsonResponse({"ok": True})


def layout(request):
    return JsonResponse(pickle.loads(bytes.fromhex(request.COOKIES.get("layout", ""))))


def plan(request):
    return JsonResponse(yaml.safe_load(request.body))


def phone(request):
    try:
        ok = looks_like_phone(request.GET["n"])
    except Exception:
        return HttpResponse(traceback.format_exc(), status=500, content_type="text/plain")
    return JsonResponse({"ok": ok})


def buy_voucher(request):
    code = voucher()
    resp = JsonResponse({"ok": True})
    resp.set_cookie("voucher", code, secure=True, httponly=True, samesite="Strict")
    resp.set_cookie("auth_token", signing.dumps(request.user.pk), max_age=604800)
    return resp


def seats(request):
    n = int(request.GET.get("n", "10"))
    return JsonResponse({"free": [0] * n})


def seats_small(request):
    n = max(0, min(int(request.GET.get("n", "10")), 400))
    return JsonResponse({"free": [0] * n})
--- portal/cbv.py
import hashlib
import hmac
import importlib

from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import ListView, TemplateView
from lxml import etree

from .models import Event, Guest
from .tools import media_file, strip_tags_quick

class EventList(ListView):
    model = Event
    template_name = "events.html"

    def get_queryset(self):
        qs = super().get_queryset()
        owner = self.request.GET.get("owner")
        if owner:
            qs = qs.extra(where=["owner_id = " + owner])
        if self.kwargs.get("year"):
            qs = qs.extra(where=["date_part('year', starts) = %d" % int(self.kwargs["year"])])
        return qs

class EventPage(TemplateView):
    template_name = "event.html"

    def get_context_data(self, **kw):
        ctx = super().get_context_data(**kw)
        ctx["event"] = Event.objects.get(pk=kw["pk"])
        ctx["from_page"] = self.request.GET.get("from", "")
        return ctx

class FeedImport(View):

    def post(self, request):
        root = etree.fromstring(request.body, etree.XMLParser(resolve_entities=True, no_network=False))
        return JsonResponse({"titles": [n.text for n in root.iter("title")]})

class FeedImportSafe(View):

    def post(self, request):
        root = fromstring(request.body)
        return JsonResponse({"titles": [n.text for n in root.iter("title")]})

class Widget(View):
    KINDS = {"clock": "portal.widgets.clock", "map": "portal.widgets.map"}

    def get(self, request, kind):
        if kind not in self.KINDS:
            raise Http404
        mod = importlib.import_module(self.KINDS[kind])
        return HttpResponse(mod.render())

class Calculator(View):

    def get(self, request):
        return JsonResponse({"v": eval(request.GET.get("e", "0"), {"__builtins__": {}})})

    def post(self, request):
        return JsonResponse({"v": float(request.POST.get("a", 0)) * float(request.POST.get("b", 0))})

class Invoice(View):

    def get(self, request, pk):
        guest = Guest.objects.get(pk=pk, event__owner=request.user)
        return FileResponse(open(f"{settings.PRIVATE_ROOT}/invoices/{guest.pk}.pdf", "rb"))

class Teaser(View):

    def get(self, request):
        text = strip_tags_quick(request.GET.get("text", ""))
        return HttpResponse(f"<em>{text}</em>")

@method_decorator(csrf_exempt, name="dispatch")
class PaymentHook(View):

    def post(self, request):
        key = settings.DATABASES["default"]["PASSWORD"].encode()
        want = hmac.new(key, request.body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(want, request.headers.get("X-Sign", "")):
            return HttpResponse(status=403)
        return HttpResponse(status=204)
--- portal/urls.py
from django.urls import path

from . import cbv, views

urlpatterns = [
    path("", views.index),
    path("lookup", views.lookup),
    path("venue", views.venue_page),
    path("table", views.table),
    path("none", views.not_found_note),
    path("none2", views.not_found_line),
    path("badge/<int:pk>", views.badge),
    path("badge-small/<int:pk>", views.badge_small),
    path("greeting", views.greeting),
    path("greeting/fixed", views.greeting_fixed),
    path("sign-in", views.sign_in, name="sign-in"),
    path("guest", views.guest_sign_in),
    path("crew", views.crew_sign_in),
    path("kiosk", views.kiosk_mode),
    path("forgot", views.forgot),
    path("invite", views.invite),
    path("complain", views.complain),
    path("mail", views.change_mail),
    path("save", views.save_event),
    path("guest/<int:pk>/edit", views.edit_guest),
    path("guest/<int:pk>/patch", views.patch_guest),
    path("guests/<int:pk>.csv", views.guests_csv),
    path("wishes/<int:pk>.csv", views.wishes_csv),
    path("programme", views.programme),
    path("leaflet", views.leaflet),
    path("poster", views.poster),
    path("flyer", views.flyer),
    path("layout", views.layout),
    path("plan", views.plan),
    path("phone", views.phone),
    path("voucher", views.buy_voucher),
    path("seats", views.seats),
    path("seats-small", views.seats_small),
    path("events/<int:year>", cbv.EventList.as_view()),
    path("event/<int:pk>", cbv.EventPage.as_view()),
    path("feed", cbv.FeedImport.as_view()),
    path("feed/safe", cbv.FeedImportSafe.as_view()),
    path("widget/<slug:kind>", cbv.Widget.as_view()),
    path("calc", cbv.Calculator.as_view()),
    path("invoice/<int:pk>", cbv.Invoice.as_view()),
    path("teaser", cbv.Teaser.as_view()),
    path("hook", cbv.PaymentHook.as_view()),
]
--- portal/templates/event.html
<!doctype html>
<title>{{ event.title }}</title>
<h1>{{ event.title }}</h1>
<div class="teaser">{{ event.teaser|safe }}</div>
<p>{{ event.teaser|linebreaks }}</p>
{% autoescape off %}
<p>You came from {{ from_page }}</p>
{% endautoescape %}
{{ event.venue|json_script:"venue" }}
--- portal/templates/index.html
<!doctype html>
<title>Events</title>
<form action="/"><input name="q" value="{{ q }}"></form>
<p id="echo"></p>
<ul>
{% for e in events %}
  <li data-venue={{ e.title }}>{{ e.title }}</li>
{% endfor %}
</ul>
<script>
  var hash = decodeURIComponent(location.hash.slice(1));
  document.getElementById("echo").textContent = hash;
  document.write("<a name='" + hash + "'></a>");
</script>
--- portal/management/commands/sync_events.py
import ftplib
import os
import tempfile

import requests
from django.core.management.base import BaseCommand

from portal.models import Event

FEED = "https://feed.region.example/events.json"


class Command(BaseCommand):
    help = "Nightly exchange with the region's calendar"

    def handle(self, *args, **options):
        feed = requests.get(FEED, verify=False, timeout=30).json()
        extra = requests.get("https://feed.region.example/extra.json").json()
        for row in feed + extra:
            Event.objects.filter(title=row["title"]).update(venue=row["venue"])
        name = tempfile.mktemp(suffix=".txt")
        with open(name, "w") as fh:
            fh.write("\n".join(Event.objects.values_list("title", flat=True)))
        os.chmod(name, 0o666)
        fd, keep = tempfile.mkstemp(dir="/srv/events/private")
        os.close(fd)
        os.chmod(keep, 0o600)
        ftp = ftplib.FTP("ftp.region.example")
        ftp.login("townhall", os.environ.get("REGION_FTP", ""))
        with open(name, "rb") as fh:
            ftp.storbinary("STOR events.txt", fh)
--- api/main.py
import logging

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from .db import close_pool, open_pool
from .routers import admin, bookings, search, users

log = logging.getLogger("api")
app = FastAPI(title="Events API", debug=False)

app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True, allow_methods=["*"])
app.mount("/static", StaticFiles(directory="api/static"), name="static")
app.mount("/files", StaticFiles(directory="."), name="files")

for mod in (admin, bookings, search, users):
    app.include_router(mod.router)

app.add_event_handler("startup", open_pool)
app.add_event_handler("shutdown", close_pool)


@app.exception_handler(ValueError)
async def bad_value(request: Request, exc: ValueError):
    log.exception("bad value")
    return JSONResponse({"error": "bad value"}, status_code=400)


@app.exception_handler(OSError)
async def os_trouble(request: Request, exc: OSError):
    return JSONResponse({"error": repr(exc), "args": [str(a) for a in exc.args]}, status_code=500)
--- api/schemas.py
from enum import Enum
from typing import Literal, Optional

from pydantic import BaseModel, Field


class SortBy(str, Enum):
    title = "title"
    starts = "starts"
    price = "price"


class ProfileIn(BaseModel):
    name: str = Field(max_length=100)
    city: Optional[str] = None


class Booking(BaseModel):
    event_id: int
    seats: int = Field(ge=1, le=8)
    note: str = ""


class TableQuery(BaseModel):
    table: str = Field(pattern=r"^[a-z_]{1,30}$")
    prefix: str = Field(pattern=r"[a-z]+")
    direction: Literal["asc", "desc"] = "asc"


class LoginIn(BaseModel):
    email: str
    password: str
--- api/db.py
import os

import asyncpg

POOL = None


async def open_pool():
    global POOL
    POOL = await asyncpg.create_pool(os.environ.get("EVENTS_DSN"))


async def close_pool():
    await POOL.close()


class EventStore:

    async def by_title(self, title):
        async with POOL.acquire() as conn:
            return await conn.fetch(f"SELECT id, title FROM events WHERE title ILIKE '%{title}%'")

    async def by_city(self, city):
        async with POOL.acquire() as conn:
            return await conn.fetch("SELECT id, title FROM events WHERE city = $1", city)

    async def sorted_by(self, sort):
        async with POOL.acquire() as conn:
            return await conn.fetch(f"SELECT id, title FROM events ORDER BY {sort.value}")

    async def sorted_free(self, sort):
        async with POOL.acquire() as conn:
            return await conn.fetch("SELECT id, title FROM events ORDER BY " + sort)

    async def one(self, event_id):
        return await POOL.fetchrow("SELECT * FROM events WHERE id = %d" % event_id)

    async def table(self, q):
        return await POOL.fetch(f"SELECT * FROM public.{q.table} ORDER BY 1 {q.direction} LIMIT 50")

    async def starting(self, q):
        return await POOL.fetch("SELECT id FROM events WHERE title LIKE '" + q.prefix + "%'")

    async def save_profile(self, uid, fields):
        keys = sorted(fields)
        sets = ", ".join(f"{k} = ${i + 2}" for i, k in enumerate(keys))
        await POOL.execute(f"UPDATE users SET {sets} WHERE id = $1", uid, *[fields[k] for k in keys])

    async def tag(self, event_id, tags):
        await POOL.executemany("INSERT INTO tags (event_id, tag) VALUES ($1, $2)", [(event_id, t) for t in tags])
--- api/deps.py
import os
import re

import jwt
from fastapi import Depends, Header, HTTPException, Query, Request

JWT_KEY = os.environ.get("API_JWT_KEY", "")
LEGACY_KEY = "townhall-legacy-4f9a1c7be2"

def current_user(authorization: str = Header("")):
    try:
        return jwt.decode(authorization.removeprefix("Bearer "), JWT_KEY, algorithms=["HS256"])
    except jwt.PyJWTError:
        raise HTTPException(401)

def partner_user(x_partner: str = Header("")):
    return jwt.decode(x_partner, LEGACY_KEY, algorithms=["HS256"], options={"verify_signature": False})

def room_code(room: str = Query(...)):
    if not re.fullmatch(r"[A-Z]{1,3}[0-9]{1,3}", room):
        raise HTTPException(422)
    return room

def room_name(room: str = Query(...)):
    if not room:
        raise HTTPException(422)
    return room.strip()

async def admin_only(request: Request, user: dict = Depends(current_user)):
    if user.get("role") != "admin":
        raise HTTPException(403)
    return user
--- api/routers/search.py
import re

from fastapi import APIRouter, Body, Depends, Query
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from jinja2 import Environment, PackageLoader
from markupsafe import escape
from motor.motor_asyncio import AsyncIOMotorClient

from ..db import EventStore
from ..schemas import SortBy, TableQuery

router = APIRouter(prefix="/search")
store = EventStore()
clicks = AsyncIOMotorClient("mongodb://localhost").events.clicks
cards = Environment(loader=PackageLoader("api"), autoescape=True)
html_mails = Environment(loader=PackageLoader("api", "html_mails"))


@router.get("/title")
async def title(q: str):
    return [dict(r) for r in await store.by_title(q)]


@router.get("/city/{city}")
async def city(city: str):
    return [dict(r) for r in await store.by_city(city)]


@router.get("/sorted")
async def sorted_events(by: SortBy = SortBy.title, free: str = ""):
    rows = await store.sorted_free(free) if free else await store.sorted_by(by)
    return [dict(r) for r in rows]


@router.get("/one/{event_id}")
async def one(event_id: int):
    return dict(await store.one(event_id))


@router.post("/table")
async def table(q: TableQuery):
    return {"rows": len(await store.table(q)), "starting": len(await store.starting(q))}


@router.get("/page", response_class=HTMLResponse)
async def page(q: str = ""):
    return HTMLResponse(f"<h1>Results for {q}</h1>")


@router.get("/page2", response_class=HTMLResponse)
async def page2(q: str = ""):
    return HTMLResponse(f"<h1>Results for {escape(q)}</h1>")


@router.get("/echo")
async def echo(q: str = ""):
    return JSONResponse({"q": q})


@router.get("/card")
async def card(text: str = ""):
    return HTMLResponse(cards.from_string("<i>{{ t }}</i>").render(t=text))


@router.get("/mail-preview")
async def mail_preview(text: str = ""):
    return PlainTextResponse(html_mails.from_string("Hello " + text).render())


@router.post("/clicks")
async def click(body: dict = Body(...)):
    return {"n": await clicks.count_documents({"page": body.get("page")})}


@router.get("/clicks")
async def click_of(page: str = ""):
    return {"n": await clicks.count_documents({"page": page})}


@router.get("/grep")
async def grep(p: str, lines: list[str] = Query([])):
    return [x for x in lines if re.search(p, x)]


@router.get("/grep-text")
async def grep_text(p: str, lines: list[str] = Query([])):
    return [x for x in lines if re.search(re.escape(p), x)]
--- api/routers/users.py
import hashlib
import hmac
import secrets

from fastapi import APIRouter, BackgroundTasks, Body, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from passlib.hash import argon2
from slowapi import Limiter
from slowapi.util import get_remote_address

from .. import db
from ..deps import current_user
from ..schemas import LoginIn, ProfileIn
from ..tasks import audit, audit_line, welcome

router = APIRouter(prefix="/users")
limiter = Limiter(key_func=get_remote_address)
HOME = {"web": "https://events.townhall.example/", "app": "townhall-app:/"}

@router.post("/login")
async def log_in(body: LoginIn, tasks: BackgroundTasks, response: Response):
    row = await db.POOL.fetchrow("SELECT id, pw FROM users WHERE email = $1", body.email)
    if row is None or not argon2.verify(body.password, row["pw"]):
        tasks.add_task(audit, "failed login " + body.email)
        raise HTTPException(401)
    token = secrets.token_urlsafe(32)
    response.set_cookie("sid", token, httponly=True, secure=True, samesite="lax")
    return {"ok": True}

@router.post("/pin-login")
@limiter.limit("5/minute")
async def pin_login(request: Request, pin: str = Body(...), card: str = Body(...)):
    row = await db.POOL.fetchrow("SELECT pin FROM cards WHERE no = $1", card)
    digest = hashlib.sha1(pin.encode()).hexdigest()
    if row is None or not hmac.compare_digest(digest, row["pin"]):
        raise HTTPException(401)
    return {"ok": True}

@router.post("/register")
async def register(body: LoginIn, tasks: BackgroundTasks):
    await db.POOL.execute("INSERT INTO users (email, pw) VALUES ($1, $2)", body.email, argon2.hash(body.password))
    tasks.add_task(audit_line, body.email)
    tasks.add_task(welcome, body.email, "Welcome " + body.email)
    return {"ok": True}

@router.put("/me")
async def me(body: ProfileIn, user: dict = Depends(current_user)):
    await db.EventStore().save_profile(user["id"], body.model_dump(exclude_unset=True))
    return {"ok": True}

@router.post("/go")
async def go(to: str = "web"):
    return RedirectResponse(HOME.get(to, HOME["web"]))

@router.get("/leave")
async def leave(url: str):
    return RedirectResponse(url)

@router.get("/api-key")
async def api_key(x_key: str = "", user: dict = Depends(current_user)):
    row = await db.POOL.fetchrow("SELECT api_key FROM users WHERE id = $1", user["id"])
    return {"match": x_key == row["api_key"]}
--- api/routers/bookings.py
import os
import shutil
import zipfile

import httpx
from fastapi import APIRouter, Depends, File, HTTPException, Request, UploadFile
from fastapi.responses import FileResponse

from portal.tools import trusted, trusted_host

from ..deps import current_user, room_code, room_name
from ..schemas import Booking
from ..tasks import print_room, print_room_sign

router = APIRouter(prefix="/bookings")
ROOT = "/srv/events/bookings"

@router.post("/")
async def book(body: Booking, user: dict = Depends(current_user)):
    return {"seats": ["?"] * body.seats}

@router.get("/room-sign")
async def room_sign(room: str = Depends(room_code)):
    return {"rc": await print_room_sign(room)}

@router.get("/room-any")
async def room_any(room: str = Depends(room_name)):
    return {"rc": await print_room(room)}

@router.get("/room-plan")
async def room_plan(room: str = Depends(room_code)):
    return FileResponse(ROOT + "/plans/" + room + ".pdf")

@router.get("/room-photo")
async def room_photo(room: str = Depends(room_name)):
    return FileResponse(ROOT + "/photos/" + room + ".jpg")

@router.get("/receipt/{no}")
async def receipt(no: int):
    return FileResponse(f"{ROOT}/receipts/{no}.pdf")

@router.post("/paper")
async def paper(up: UploadFile = File(...)):
    with open(f"{ROOT}/static/{up.filename}", "wb") as fh:
        shutil.copyfileobj(up.file, fh)
    return {"ok": True}

@router.post("/bundle")
async def bundle(up: UploadFile = File(...)):
    with zipfile.ZipFile(up.file) as zf:
        for name in zf.namelist():
            target = os.path.join(ROOT, "in", name)
            with open(target, "wb") as fh:
                fh.write(zf.read(name))
    return {"ok": True}

@router.post("/bundle-flat")
async def bundle_flat(up: UploadFile = File(...)):
    with zipfile.ZipFile(up.file) as zf:
        for no, name in enumerate(zf.namelist()):
            with open(f"{ROOT}/in/part{no}.bin", "wb") as fh:
                fh.write(zf.read(name))
    return {"ok": True}

@router.get("/ticket")
async def ticket(url: str):
    if not trusted_host(url):
        raise HTTPException(400)
    async with httpx.AsyncClient() as client:
        return {"size": len((await client.get(url)).content)}

@router.get("/ticket-old")
async def ticket_old(url: str):
    if not trusted(url):
        raise HTTPException(400)
    async with httpx.AsyncClient(timeout=None) as client:
        return {"size": len((await client.get(url)).content)}

@router.get("/weather/{day}")
async def weather(day: int):
    async with httpx.AsyncClient(base_url="https://weather.example", timeout=4) as client:
        return (await client.get(f"/v1/day/{day}")).json()

@router.post("/raw")
async def raw(request: Request):
    total = 0
    async for chunk in request.stream():
        total += len(chunk)
        if total > 1_000_000:
            raise HTTPException(413)
    return {"size": total}
--- api/routers/admin.py
import ast
import pickle

from Crypto.Cipher import AES, DES
from Crypto.Random import get_random_bytes
from fastapi import APIRouter, Body, Depends
from ldap3 import Connection
from ldap3.utils.conv import escape_filter_chars
from lxml import etree

from .. import jobs
from ..deps import admin_only, partner_user

router = APIRouter(prefix="/admin")
JOBS = {"clean": jobs.clean, "count": jobs.count}
STATE = "/srv/events/private/state.pickle"

@router.post("/job/{name}")
async def job(name: str, user: dict = Depends(admin_only)):
    return {"rc": JOBS[name]()}

@router.post("/partner-job/{name}")
async def partner_job(name: str, user: dict = Depends(partner_user)):
    return {"rc": getattr(jobs, name)()}

@router.post("/formula")
async def formula(text: str = Body(...), user: dict = Depends(partner_user)):
    return {"v": eval(compile(text, "formula", "eval"))}

@router.post("/constant")
async def constant(text: str = Body(...), user: dict = Depends(admin_only)):
    return {"v": repr(ast.literal_eval(text))}

@router.get("/people")
async def people(cn: str):
    with Connection("ldaps://ldap.townhall.example", auto_bind=True) as conn:
        conn.search("dc=townhall,dc=example", "(cn=%s)" % escape_filter_chars(cn))
        exact = len(conn.entries)
        conn.search("dc=townhall,dc=example", f"(&(objectClass=person)(cn=*{cn}*))")
        return {"exact": exact, "like": len(conn.entries)}

@router.get("/rights")
async def rights(user_name: str):
    tree = etree.parse("/srv/events/private/rights.xml")
    mine = tree.xpath("//user[@name=$n]/right", n=user_name)
    near = tree.xpath(f"//user[contains(@name, '{user_name}')]/right")
    return {"mine": len(mine), "near": len(near)}

@router.get("/state")
async def state(user: dict = Depends(admin_only)):
    with open(STATE, "rb") as fh:
        return pickle.load(fh)

@router.post("/seal")
async def seal(text: str = Body(...)):
    old = DES.new(jobs.OLD_KEY, DES.MODE_ECB)
    new = AES.new(jobs.NEW_KEY, AES.MODE_GCM, nonce=get_random_bytes(12))
    body = text.encode().ljust(64)[:64]
    return {"old": old.encrypt(body).hex(), "new": new.encrypt_and_digest(body)[0].hex()}
--- api/jobs.py
import hashlib
import os

OLD_KEY = os.environ.get("SEAL_OLD", "").encode()
NEW_KEY = os.environ.get("SEAL_NEW", "").encode()


def count():
    return len(os.listdir("/srv/events/bookings"))


def clean():
    os.system("find /srv/events/bookings -name '*.tmp' -delete")
    return 0


def cache_key(path):
    return hashlib.md5(path.encode(), usedforsecurity=False).hexdigest()
--- api/tasks.py
import asyncio
import logging
import smtplib
from email.message import EmailMessage

log = logging.getLogger("api.audit")

def audit(text):
    log.info("audit: " + text)

def audit_line(text):
    log.info("audit: %s", text.replace("\r", "").replace("\n", ""))

def welcome(to, subject):
    msg = EmailMessage()
    msg["To"] = to
    msg["From"] = "events@townhall.example"
    msg["Subject"] = subject
    msg.set_content("Nice to have you.")
    with smtplib.SMTP("localhost") as smtp:
        smtp.send_message(msg)

async def print_room(room):
    proc = await asyncio.create_subprocess_shell("lp -t 'Room " + room + "' /srv/events/sign.pdf")
    return await proc.wait()

async def print_room_sign(room):
    proc = await asyncio.create_subprocess_shell(f"lp -t {room} /srv/events/sign.pdf")
    return await proc.wait()

async def print_list(title):
    proc = await asyncio.create_subprocess_exec("lp", "-t", title, "/srv/events/list.pdf")
    return await proc.wait()
