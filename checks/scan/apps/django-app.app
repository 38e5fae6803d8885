--- labels
bad helpdesk/settings.py:6 secret/hard-coded | the signing key is a literal
bad helpdesk/settings.py:7 config/debug | debug pages are on
good helpdesk/settings.py:43 xss/autoescape-off | the templates escape
good helpdesk/settings.py:53 secret/hard-coded | the password comes from the environment
good helpdesk/settings.py:59 crypto/password-storage | Argon2
bad helpdesk/settings.py:63 cookie/flags | the session cookie also goes over plain HTTP
good helpdesk/settings.py:64 cookie/flags | scripts cannot read the session cookie
good helpdesk/settings.py:65 cookie/flags | HTTPS only
good helpdesk/settings.py:66 headers/missing | nosniff is sent
bad helpdesk/settings.py:69 cors/wild | each origin is allowed, and credentials too
good helpdesk/settings.py:72 limits/unbounded-body | 5 MB
good helpdesk/settings.py:77 secret/hard-coded | a number of seconds
good tickets/management/commands/import_tickets.py:19 deserialize/untrusted | JSON makes plain data only
good tickets/management/commands/import_tickets.py:20 object/mass-assignment | named fields
good tickets/management/commands/import_tickets.py:23 deserialize/untrusted | a file beside the program's own code
good tickets/middleware.py:15 log/injection | ascii() escapes control characters and the full path is percent-encoded
bad tickets/middleware.py:21 error/leak | the traceback is part of the answer
good tickets/middleware.py:23 error/leak | a constant text
bad tickets/models.py:11 sql/injection | the word of the request is concatenated into extra()
good tickets/models.py:14 sql/injection | extra() with params binds the value
good tickets/models.py:17 sql/injection | RawSQL with parameters
bad tickets/models.py:20 sql/injection | the unit of the request is formatted into RawSQL
good tickets/services.py:43 sql/injection | the values are bound and the columns are constants
bad tickets/services.py:50 sql/injection | the subject is formatted into the condition
good tickets/services.py:56 sql/injection | the identifier is stripped of quotes and quoted
bad tickets/services.py:63 sql/injection | two parameters are formatted into the statement
good tickets/services.py:70 sql/injection | bound integers
bad tickets/services.py:76 ssrf/request | the address of the form is opened by the server
good tickets/services.py:86 ssrf/request | a base address of a constant table and an encoded segment
bad tickets/services.py:92 ssrf/request | a stored address of a user is requested
bad tickets/services.py:92 request/no-timeout | no timeout is given
bad tickets/services.py:96 tls/unverified | certificates are not verified
good tickets/services.py:103 tls/unverified | the default context verifies
good tickets/services.py:110 mail/injection | Django refuses line breaks in headers and the form removed them
good tickets/services.py:114 mail/injection | a constant subject
bad tickets/services.py:119 xml/external-entity | entities of an uploaded document are resolved
good tickets/services.py:124 xml/external-entity | entities are not resolved
bad tickets/templates/tickets/detail.html:6 xss/template xss/autoescape-off | the note of the address is written in a block without escaping
good tickets/templates/tickets/detail.html:8 xss/template | linebreaks escapes its input
good tickets/templates/tickets/detail.html:9 xss/template | json_script escapes
bad tickets/templates/tickets/list.html:3 xss/template | the search word is written raw
good tickets/templates/tickets/list.html:4 xss/template | escaped in a quoted attribute
good tickets/templates/tickets/list.html:7 xss/template | stored subjects are escaped
bad tickets/templatetags/ticket_tags.py:13 xss/template xss/stored | stored ticket texts are marked as safe without escaping
good tickets/templatetags/ticket_tags.py:18 xss/template | escaped before the line breaks are added
good tickets/templatetags/ticket_tags.py:23 xss/template | cleaned with a list of two tags
good tickets/templatetags/ticket_tags.py:28 xss/template | format_html escapes its arguments
good tickets/templatetags/ticket_tags.py:33 xss/template | one of the constants of a table
bad tickets/templatetags/ticket_tags.py:38 xss/template xss/reflected | a parameter of the address is marked as safe
good tickets/utils.py:36 crypto/weak-random | a display number that protects nothing
bad tickets/utils.py:40 crypto/weak-random | a pin that resets a password is made by the random module
good tickets/utils.py:44 crypto/weak-random | Django's helper uses the secrets module
bad tickets/utils.py:48 crypto/weak-hash | a signature made with SHA-1 over key and payload
good tickets/utils.py:52 crypto/weak-hash | BLAKE2
bad tickets/utils.py:57 command/injection | the title of the request is part of a shell command
good tickets/utils.py:62 command/injection | a list without a shell, the flag is a constant
good tickets/utils.py:68 command/injection | the whole name is limited to letters and digits
good tickets/utils.py:72 file/temp | mkstemp makes a private file
bad tickets/utils.py:79 file/permissions | every local user may change the file
good tickets/utils.py:84 file/permissions | owner and group only
good tickets/views/api.py:33 sql/injection | two allowed lookups, the values are bound
good tickets/views/api.py:40 object/mass-assignment | the form has three fields
bad tickets/views/api.py:44 object/mass-assignment | all the keys of the JSON body become columns
bad tickets/views/api.py:53 object/mass-assignment | any attribute can be set by the body
good tickets/views/api.py:60 object/mass-assignment | two named fields
bad tickets/views/api.py:70 jwt/unverified | the signature is not verified
good tickets/views/api.py:77 jwt/unverified | verified with key and algorithm
good tickets/views/api.py:80 crypto/password-storage | make_password uses the configured hashers
bad tickets/views/api.py:81 object/mass-assignment | is_agent can be set by the body
good tickets/views/api.py:90 code/reflection | a function of a constant table
bad tickets/views/api.py:93 code/injection | a rule of the body is compiled and run
bad tickets/views/api.py:101 code/reflection | the form picks the function that is called
good tickets/views/files.py:29 path/traversal | the storage keeps the path of the stored upload
good tickets/views/files.py:30 header/injection | the helper encodes the name
bad tickets/views/files.py:37 path/traversal | two parameters of the address are joined to the path
good tickets/views/files.py:42 path/traversal | safe_join refuses paths outside
bad tickets/views/files.py:58 upload/unchecked | every type of file is stored under its own name in the static directory
good tickets/views/files.py:67 upload/unchecked | suffix and size are checked and the name is generated
bad tickets/views/files.py:73 path/traversal | the name of the address chooses the file that is deleted
good tickets/views/files.py:87 upload/unchecked | the form checks that it is an image, its suffix and its size
good tickets/views/files.py:101 archive/zip-slip | members outside of the root are refused
bad tickets/views/files.py:105 archive/zip-slip path/traversal | the names of the members are joined without a check
bad tickets/views/files.py:116 deserialize/untrusted | an uploaded pickle is loaded
good tickets/views/files.py:119 deserialize/untrusted | signed JSON of Django's own signing module
bad tickets/views/files.py:123 deserialize/untrusted | yaml.Loader makes any object
good tickets/views/files.py:125 deserialize/untrusted | safe_load
good tickets/views/pages.py:31 sql/injection | the order is one of three constants
good tickets/views/pages.py:49 log/injection | a number
bad tickets/views/pages.py:59 log/injection | the name of the form is logged with its line breaks
good tickets/views/pages.py:62 redirect/open | the name of a route
bad tickets/views/pages.py:67 redirect/open | the target of the address is followed
good tickets/views/pages.py:74 redirect/open | checked by Django's helper
bad tickets/views/pages.py:87 xss/stored | the stored text is written without escaping
good tickets/views/pages.py:93 xss/stored | content and attribute are escaped
bad tickets/views/pages.py:98 xss/reflected | a parameter of the address is written as HTML
good tickets/views/pages.py:103 xss/reflected | format_html escapes
good tickets/views/pages.py:108 xss/reflected | plain text
good tickets/views/pages.py:113 xss/reflected | digits only
bad tickets/views/pages.py:120 template/injection | the template source comes from the form
good tickets/views/pages.py:127 template/injection | a constant template
good tickets/views/pages.py:128 xss/reflected | the template escapes the name
bad tickets/views/pages.py:138 mail/injection | the sender gets into the header block with its line breaks
good tickets/views/pages.py:145 trust/boundary | two constants
good tickets/views/pages.py:147 cookie/flags | all the flags
bad tickets/views/pages.py:151 csrf/off | a view that changes the session is exempt from the CSRF check
bad tickets/views/pages.py:155 trust/boundary | the role in the session is set from the form
bad tickets/views/pages.py:157 cookie/flags | the session key in a cookie that scripts can read
good tickets/views/reports.py:20 sql/injection | the ORM with constant fields
bad tickets/views/reports.py:30 sql/injection | the needle is part of a raw query
good tickets/views/reports.py:37 sql/injection | raw() with parameters
good tickets/views/reports.py:38 sql/injection | lookups bind their values
good tickets/views/reports.py:65 sql/injection | a choice of the form and an integer
bad tickets/views/reports.py:74 sql/injection | the order of the form is concatenated
bad tickets/views/reports.py:94 csv/injection | stored subjects may start with a formula
good tickets/views/reports.py:103 csv/injection | formula characters get an apostrophe
bad tickets/views/reports.py:122 regex/injection | the pattern of the address is compiled
good tickets/views/reports.py:123 regex/injection | the word is escaped
--- helpdesk/__init__.py
--- helpdesk/settings.py
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "django-hd-0q7v!x2m$w9e4k_c8z1u6y3t5r"
DEBUG = True
ALLOWED_HOSTS = ["desk.example.org"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "tickets",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tickets.middleware.ProblemMiddleware",
]

ROOT_URLCONF = "helpdesk.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ],
            "autoescape": True,
        },
    },
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "helpdesk",
        "USER": "helpdesk",
        "PASSWORD": os.environ.get("DB_PASSWORD", ""),
        "HOST": "127.0.0.1",
    }
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

SESSION_COOKIE_SECURE = False
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MEDIA_ROOT = BASE_DIR / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
LOGIN_URL = "/login/"
PASSWORD_RESET_TIMEOUT = 3600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
--- helpdesk/urls.py
from django.urls import path

from tickets.views import api, files, pages, reports

urlpatterns = [
    path("", pages.TicketList.as_view(), name="tickets"),
    path("login/", pages.sign_in, name="login"),
    path("next/", pages.onward),
    path("next/checked/", pages.onward_checked),
    path("ticket/<int:pk>/", pages.ticket, name="ticket"),
    path("ticket/<int:pk>/print/", pages.printable),
    path("ticket/<int:pk>/card/", pages.card),
    path("ticket/<int:pk>/edit/", pages.TicketEdit.as_view()),
    path("hello/", pages.hello),
    path("hello/plain/", pages.hello_plain),
    path("hint/", pages.hint),
    path("banner/", pages.banner),
    path("letter/", pages.letter),
    path("letter/fixed/", pages.letter_fixed),
    path("contact/", pages.contact),
    path("theme/", pages.theme),
    path("role/", pages.role),
    path("reports/by/<str:field>/", reports.grouped),
    path("reports/search/", reports.search),
    path("reports/search/bound/", reports.search_bound),
    path("reports/recent/", reports.recent),
    path("reports/between/", reports.between),
    path("reports/queue/", reports.QueueReport.as_view()),
    path("reports/export/", reports.export),
    path("reports/export/plain/", reports.export_plain),
    path("reports/chart/", reports.chart),
    path("reports/convert/", reports.convert),
    path("reports/archive/", reports.archive),
    path("files/<int:pk>/", files.attachment),
    path("files/raw/", files.raw),
    path("files/checked/", files.checked),
    path("files/upload/", files.UploadView.as_view()),
    path("files/avatar/", files.avatar),
    path("files/unpack/", files.unpack),
    path("files/restore/", files.restore),
    path("files/remote/", files.remote),
    path("api/tickets/", api.TicketApi.as_view()),
    path("api/tickets/<int:pk>/", api.TicketDetail.as_view()),
    path("api/hook/", api.hook),
    path("api/profile/", api.profile),
    path("api/rules/", api.rules),
    path("api/session/", api.session_state),
]
--- manage.py
#!/usr/bin/env python3
import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
--- tickets/__init__.py
--- tickets/forms.py
import re

from django import forms
from django.core.validators import FileExtensionValidator, RegexValidator

from .models import Ticket

QUEUES = [("general", "General"), ("billing", "Billing"), ("network", "Network")]


class TicketForm(forms.ModelForm):
    class Meta:
        model = Ticket
        fields = ["subject", "body", "queue"]


class ReportForm(forms.Form):
    queue = forms.ChoiceField(choices=QUEUES)
    days = forms.IntegerField(min_value=1, max_value=366)
    code = forms.CharField(validators=[RegexValidator(r"\A[A-Z]{3}-\d{1,6}\Z")], required=False)


class AvatarForm(forms.Form):
    image = forms.ImageField(validators=[FileExtensionValidator(["png", "jpg"])])

    def clean_image(self):
        image = self.cleaned_data["image"]
        if image.size > 512 * 1024:
            raise forms.ValidationError("too large")
        return image


class ContactForm(forms.Form):
    email = forms.EmailField()
    subject = forms.CharField(max_length=100)
    text = forms.CharField()

    def clean_subject(self):
        return re.sub(r"\s+", " ", self.cleaned_data["subject"])
--- tickets/management/__init__.py
--- tickets/management/commands/__init__.py
--- tickets/management/commands/import_tickets.py
import json
import pickle
from pathlib import Path

from django.core.management.base import BaseCommand

from tickets.models import Ticket


class Command(BaseCommand):
    help = "Import tickets that customers uploaded to the drop directory"

    def add_arguments(self, parser):
        parser.add_argument("--author", type=int, required=True)

    def handle(self, *args, **options):
        drop = Path("media/attachments/drop")
        for source in sorted(drop.glob("*.json")):
            for item in json.loads(source.read_text()):
                Ticket.objects.create(subject=item["subject"][:200], body=item["body"], author_id=options["author"])
        state = Path(__file__).with_name("state.pickle")
        if state.exists():
            self.stdout.write(str(len(pickle.loads(state.read_bytes()))))
--- tickets/middleware.py
import logging
import traceback

from django.http import JsonResponse

log = logging.getLogger("helpdesk.requests")


class ProblemMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        agent = request.META.get("HTTP_USER_AGENT", "-")
        log.info("%s %s by %s", request.method, request.get_full_path(), ascii(agent))
        return self.get_response(request)

    def process_exception(self, request, exception):
        if request.path.startswith("/api/"):
            body = {"error": type(exception).__name__, "trace": traceback.format_exc()}
            return JsonResponse(body, status=500)
        log.exception("view failed")
        return JsonResponse({"error": "internal error"}, status=500)
--- tickets/models.py
from django.conf import settings
from django.db import models
from django.db.models.expressions import RawSQL


class TicketQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed=False)

    def mentioning(self, word):
        return self.extra(where=["body LIKE '%%" + word + "%%'"])

    def mentioning_bound(self, word):
        return self.extra(where=["body LIKE %s"], params=[f"%{word}%"])

    def with_rank(self, words):
        return self.annotate(rank=RawSQL("ts_rank(search, plainto_tsquery(%s))", (words,)))

    def with_age(self, unit):
        return self.annotate(age=RawSQL("date_part('%s', now() - created)" % unit, []))


class Ticket(models.Model):
    subject = models.CharField(max_length=200)
    body = models.TextField()
    queue = models.CharField(max_length=40, default="general")
    priority = models.IntegerField(default=3)
    closed = models.BooleanField(default=False)
    callback = models.URLField(blank=True)
    created = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    objects = TicketQuerySet.as_manager()

    @property
    def body_html(self):
        return self.body.replace("\n", "<br>")


class Attachment(models.Model):
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="attachments/")
    title = models.CharField(max_length=100)


class Profile(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    signature = models.TextField(blank=True)
    is_agent = models.BooleanField(default=False)
    phone = models.CharField(max_length=30, blank=True)
--- tickets/services.py
import socket
import ssl
import urllib.request
from urllib.parse import quote, urlsplit

import requests
from django.core.cache import cache
from django.core.mail import EmailMessage, send_mail
from django.db import connection
from lxml import etree

PARTNERS = {"acme": "https://acme.example/api", "globex": "https://globex.example/api"}


def dictfetch(cursor):
    names = [c[0] for c in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


class Report:
    def __init__(self, table="tickets_ticket"):
        self.table = table
        self.filters = []
        self.params = []

    def add(self, column, value):
        self.filters.append(column + " = %s")
        self.params.append(value)
        return self

    def add_text(self, column, value):
        self.filters.append("%s LIKE '%%%%%s%%%%'" % (column, value))
        return self

    def sql(self, fields="*"):
        where = " AND ".join(self.filters) or "TRUE"
        return f"SELECT {fields} FROM {self.table} WHERE {where}"


def queue_report(queue, closed):
    report = Report().add("queue", queue).add("closed", closed)
    with connection.cursor() as cursor:
        cursor.execute(report.sql("id, subject"), report.params)
        return dictfetch(cursor)


def text_report(subject, queue="general"):
    report = Report().add("queue", queue).add_text("subject", subject)
    with connection.cursor() as cursor:
        cursor.execute(report.sql("id, subject"), report.params)
        return dictfetch(cursor)


def group_counts(field):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s, COUNT(*) FROM tickets_ticket GROUP BY 1" % connection.ops.quote_name(field.replace('"', "")))
        return cursor.fetchall()


def window(start, end):
    statement = "SELECT id FROM tickets_ticket WHERE created BETWEEN '{}' AND '{}'".format(start, end)
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor]


def mark_closed(ids):
    rows = [(int(i),) for i in ids]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE tickets_ticket SET closed = TRUE WHERE id = %s", rows)


def fetch_remote(url):
    known = cache.get(url)
    if known is None:
        with urllib.request.urlopen(url, timeout=5) as answer:
            known = answer.read(1 << 20)
        cache.set(url, known, 60)
    return known


def fetch_partner(name, path):
    base = PARTNERS.get(name)
    if base is None:
        return None
    return requests.get(f"{base}/{quote(path, safe='')}", timeout=5).text


def notify(ticket):
    if not ticket.callback:
        return None
    return requests.post(ticket.callback, json={"id": ticket.pk})


def probe(host, port=443):
    context = ssl._create_unverified_context()
    with socket.create_connection((host, port), timeout=3) as raw, context.wrap_socket(raw) as conn:
        return conn.version()


def partner_version(name):
    host = urlsplit(PARTNERS[name]).hostname
    context = ssl.create_default_context()
    with socket.create_connection((host, 443), timeout=3) as raw, context.wrap_socket(raw, server_hostname=host) as conn:
        return conn.version()


def send_contact(email, subject, text):
    message = EmailMessage(subject=subject, body=text, from_email="desk@example.org", to=["desk@example.org"], reply_to=[email])
    return message.send()


def send_digest(user, count):
    return send_mail("Open tickets", f"{count} tickets are open", "desk@example.org", [user.email])


def parse_import(data):
    parser = etree.XMLParser(load_dtd=True, resolve_entities=True, no_network=False)
    return etree.fromstring(data, parser=parser)


def parse_import_strict(data):
    parser = etree.XMLParser(load_dtd=False, resolve_entities=False)
    return etree.fromstring(data, parser=parser)
--- tickets/templates/tickets/contact.html
<form method="post">{% csrf_token %}{{ form.as_p }}<button>Send</button></form>
--- tickets/templates/tickets/detail.html
{% load ticket_tags %}
<h1>{{ ticket.subject }}</h1>
<div>{{ ticket.body|rich }}</div>
<div>{{ ticket.body|lines }}</div>
{% autoescape off %}
<p>{{ note }}</p>
{% endautoescape %}
<p>{{ ticket.body|linebreaks }}</p>
{{ ticket.queue|json_script:"queue" }}
{% echo "from" %}
--- tickets/templates/tickets/edit.html
<form method="post">{% csrf_token %}{{ form.as_p }}<button>Send</button></form>
--- tickets/templates/tickets/list.html
{% load ticket_tags %}
<h1>Tickets</h1>
<p>Search: {{ query|safe }}</p>
<input name="word" value="{{ query }}">
<ul>
{% for ticket in tickets %}
  <li><a href="{% url 'ticket' ticket.pk %}">{{ ticket.subject }}</a> {% badge ticket.queue 1 %}</li>
{% endfor %}
</ul>
--- tickets/templates/tickets/login.html
{% if failed %}<p>Sign-in failed</p>{% endif %}
<form method="post">{% csrf_token %}<input name="name"><input name="password" type="password"><button>Sign in</button></form>
--- tickets/templatetags/__init__.py
--- tickets/templatetags/ticket_tags.py
import bleach
from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

register = template.Library()

ICONS = {"open": "<b class='open'>o</b>", "closed": "<b class='closed'>x</b>"}


@register.filter
def rich(value):
    return mark_safe(str(value).replace("\n", "<br>"))


@register.filter
def lines(value):
    return mark_safe(conditional_escape(value).replace("\n", "<br>"))


@register.filter
def limited(value):
    return mark_safe(bleach.clean(value, tags={"b", "i"}, attributes={}))


@register.simple_tag
def badge(queue, count):
    return format_html("<span class='badge'>{} ({})</span>", queue, count)


@register.simple_tag
def icon(state):
    return mark_safe(ICONS.get(state, ""))


@register.simple_tag(takes_context=True)
def echo(context, name):
    return mark_safe("<em>" + context["request"].GET.get(name, "") + "</em>")
--- tickets/utils.py
import hashlib
import os
import random
import re
import subprocess
import tempfile
from functools import wraps

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404
from django.utils.crypto import get_random_string
from django.utils.html import escape
from django.utils._os import safe_join

FORMATS = {"pdf": "--pdf", "png": "--png"}


def media(*parts):
    return os.path.join(settings.MEDIA_ROOT, *parts)


def media_checked(name):
    try:
        return safe_join(settings.MEDIA_ROOT, name)
    except SuspiciousFileOperation:
        raise Http404


def tag(name, content, **attrs):
    attributes = "".join(f' {k}="{escape(v)}"' for k, v in attrs.items())
    return f"<{name}{attributes}>{content}</{name}>"


def ticket_code():
    return "T-%06d" % random.randint(0, 999999)


def reset_pin():
    return "".join(str(random.randrange(10)) for _ in range(6))


def api_key():
    return get_random_string(40)


def signature(payload, key):
    return hashlib.sha1(key + payload).hexdigest()


def digest(data):
    return hashlib.blake2b(data).hexdigest()


def render_chart(title, kind="pdf"):
    parts = ["chartgen", FORMATS.get(kind, "--pdf"), "--title", f'"{title}"']
    return os.popen(" ".join(parts)).read()


def convert_file(path, kind):
    flag = FORMATS.get(kind, "--pdf")
    return subprocess.run(["soffice", "--headless", flag, path], timeout=60, check=False).returncode


def disk_free(volume):
    if not re.fullmatch(r"[a-z]{1,8}[0-9]{0,2}", volume):
        raise ValueError("unknown volume")
    return subprocess.check_output(f"df -k /mnt/{volume}", shell=True)


def spool(data):
    handle, path = tempfile.mkstemp(suffix=".eml")
    with os.fdopen(handle, "wb") as out:
        out.write(data)
    return path


def publish(path):
    os.chmod(path, 0o666)
    return path


def restrict(path):
    os.chmod(path, 0o640)
    return path


def with_params(*names):
    def decorate(view):
        @wraps(view)
        def inner(request, *args, **kwargs):
            picked = {n: request.GET.get(n, "") for n in names}
            return view(request, *args, **picked, **kwargs)

        return inner

    return decorate
--- tickets/views/__init__.py
--- tickets/views/api.py
import json
from types import SimpleNamespace

import jwt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views import View
from django.views.decorators.http import require_POST

from .. import services
from ..forms import TicketForm
from ..models import Profile, Ticket

RULES = {
    "urgent": lambda t: t.priority <= 1,
    "old": lambda t: not t.closed,
}


class JsonMixin:
    @property
    def payload(self):
        return json.loads(self.request.body or b"{}")


class TicketApi(LoginRequiredMixin, JsonMixin, View):
    def get(self, request):
        filters = {k: v for k, v in request.GET.items() if k in {"queue", "closed"}}
        return JsonResponse({"tickets": list(Ticket.objects.filter(**filters).values("id", "subject"))})

    def post(self, request):
        form = TicketForm(self.payload)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        form.instance.author = request.user
        return JsonResponse({"id": form.save().pk}, status=201)

    def put(self, request):
        data = {"author": request.user, **self.payload}
        ticket = Ticket.objects.create(**data)
        services.notify(ticket)
        return JsonResponse({"id": ticket.pk}, status=201)


class TicketDetail(LoginRequiredMixin, JsonMixin, View):
    def patch(self, request, pk):
        ticket = get_object_or_404(Ticket, pk=pk)
        for name, value in self.payload.items():
            setattr(ticket, name, value)
        ticket.save()
        return JsonResponse({"id": pk})

    def put(self, request, pk):
        ticket = get_object_or_404(Ticket, pk=pk)
        ticket.subject, ticket.body = (str(self.payload.get(k, "")) for k in ("subject", "body"))
        ticket.save(update_fields=["subject", "body"])
        return JsonResponse({"id": pk})


def token_of(request):
    return request.headers.get("Authorization", "").partition(" ")[2]


@require_POST
def hook(request):
    claims = SimpleNamespace(**jwt.decode(token_of(request), options={"verify_signature": False, "verify_exp": True}))
    tree = services.parse_import(request.body)
    return JsonResponse({"sub": claims.sub, "items": len(tree)})


@require_POST
def profile(request):
    claims = jwt.decode(token_of(request), settings.SECRET_KEY, algorithms=["HS256"])
    data = json.loads(request.body)
    if data.get("password"):
        get_user_model().objects.filter(pk=claims["sub"]).update(password=make_password(data["password"]))
    Profile.objects.filter(user_id=claims["sub"]).update(**data["profile"])
    tree = services.parse_import_strict(data.get("xml", "<r/>").encode())
    return JsonResponse({"items": len(tree)})


@require_POST
def rules(request):
    data = json.loads(request.body)
    chosen = RULES.get(data.get("rule"), RULES["urgent"])
    matches = [t.pk for t in Ticket.objects.all() if chosen(t)]
    if data.get("custom"):
        source = "lambda t: " + data["custom"]
        custom = eval(compile(source, "<rule>", "eval"))
        matches = list(filter(lambda pk: custom(Ticket.objects.get(pk=pk)), matches))
    return JsonResponse({"matches": matches})


@require_POST
def session_state(request):
    name, argument = request.POST.get("call", "queue_report"), request.POST.get("argument")
    result = getattr(services, name)(argument)
    return HttpResponse(repr(result), content_type="text/plain")
--- tickets/views/files.py
import os
import pickle
import shutil
import uuid
import zipfile
from pathlib import Path

import yaml
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.core.signing import BadSignature, loads
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views import View
from django.views.decorators.http import require_POST

from ..forms import AvatarForm
from ..models import Attachment
from ..services import fetch_partner, fetch_remote
from ..utils import media, media_checked, publish


@login_required
def attachment(request, pk):
    item = get_object_or_404(Attachment, pk=pk)
    response = FileResponse(item.file.open("rb"))
    response["Content-Disposition"] = content_disposition_header(True, item.title)
    return response


@login_required
def raw(request):
    path = media("attachments", request.GET.get("dir", ""), request.GET["name"])
    return FileResponse(open(path, "rb"))


@login_required
def checked(request):
    with open(media_checked(request.GET["name"]), "rb") as handle:
        return HttpResponse(handle.read(), content_type="application/octet-stream")


@method_decorator(login_required, name="dispatch")
class UploadView(View):
    folder = "attachments"

    def post(self, request):
        saved = [self.store(f) for f in request.FILES.getlist("files")]
        if request.POST.get("strict"):
            saved = [self.store_strict(f) for f in request.FILES.getlist("files")]
        return JsonResponse({"saved": [s for s in saved if s]})

    def store(self, upload):
        target = os.path.join(settings.BASE_DIR, "static", self.folder, request_name(upload))
        with open(target, "wb+") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        return publish(target)

    def store_strict(self, upload):
        suffix = Path(upload.name).suffix.lower()
        if suffix not in (".pdf", ".txt") or upload.size > 2_000_000:
            return None
        return default_storage.save(f"{self.folder}/{uuid.uuid4()}{suffix}", upload)

    def delete(self, request):
        name = request.GET.get("name", "")
        target = Path(settings.MEDIA_ROOT, self.folder, name)
        if target.exists():
            target.unlink()
        return HttpResponse(status=204)


def request_name(upload):
    return upload.name


@login_required
@require_POST
def avatar(request):
    form = AvatarForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"error": "not an image"}, status=400)
    name = default_storage.save(f"avatars/{request.user.pk}.png", form.cleaned_data["image"])
    return JsonResponse({"name": name})


@login_required
@require_POST
def unpack(request):
    root = Path(settings.MEDIA_ROOT).resolve() / "unpacked"
    with zipfile.ZipFile(request.FILES["zip"]) as archive:
        for member in archive.infolist():
            if request.POST.get("strict"):
                target = (root / member.filename).resolve()
                if root not in target.parents:
                    raise Http404
                with archive.open(member) as src, open(target, "wb") as dst:
                    shutil.copyfileobj(src, dst)
            else:
                path = os.path.join(root, member.filename)
                with archive.open(member) as src, open(path, "wb") as dst:
                    shutil.copyfileobj(src, dst)
    return HttpResponse(status=201)


@login_required
@require_POST
def restore(request):
    kind = request.POST.get("kind", "yaml")
    upload = request.FILES["state"]
    if kind == "pickle":
        state = pickle.load(upload)
    elif kind == "token":
        try:
            state = loads(upload.read().decode())
        except BadSignature:
            return HttpResponse(status=400)
    elif kind == "full":
        state = yaml.load(upload, Loader=yaml.Loader)
    else:
        state = yaml.safe_load(upload)
    return JsonResponse({"entries": len(state)})


@login_required
@require_POST
def remote(request):
    partner = request.POST.get("partner")
    if partner:
        return HttpResponse(fetch_partner(partner, request.POST.get("path", "")), content_type="text/plain")
    return HttpResponse(fetch_remote(request.POST["url"]), content_type="application/octet-stream")
--- tickets/views/pages.py
import logging
import smtplib

from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template import Context, Engine, Template
from django.utils.html import escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import ListView, UpdateView

from ..forms import ContactForm, TicketForm
from ..models import Ticket
from ..services import send_contact
from ..utils import tag, with_params

log = logging.getLogger(__name__)
ORDERINGS = ("created", "-created", "priority")


class TicketList(LoginRequiredMixin, ListView):
    template_name = "tickets/list.html"
    context_object_name = "tickets"

    def get_queryset(self):
        order = self.request.GET.get("order")
        queryset = Ticket.objects.open().order_by(order if order in ORDERINGS else "created")
        word = self.request.GET.get("word")
        if word:
            queryset = queryset.mentioning(word)
        exact = self.request.GET.get("exact")
        return queryset.mentioning_bound(exact) if exact else queryset

    def get_context_data(self, **kwargs):
        return super().get_context_data(query=self.request.GET.get("word", ""), **kwargs)


class TicketEdit(LoginRequiredMixin, UpdateView):
    model = Ticket
    form_class = TicketForm
    template_name = "tickets/edit.html"
    success_url = "/"

    def form_valid(self, form):
        log.info("ticket %d edited", self.object.pk)
        return super().form_valid(form)


def sign_in(request):
    if request.method != "POST":
        return render(request, "tickets/login.html")
    name = request.POST.get("name", "")
    user = authenticate(request, username=name, password=request.POST.get("password"))
    if user is None:
        log.warning("sign-in failed for %s", name)
        return render(request, "tickets/login.html", {"failed": True}, status=401)
    login(request, user)
    return redirect("tickets")


def onward(request):
    target = request.GET.get("to") or "/"
    return HttpResponseRedirect(target)


def onward_checked(request):
    target = request.GET.get("to", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=True):
        target = "/"
    return redirect(target)


@login_required
def ticket(request, pk):
    item = get_object_or_404(Ticket, pk=pk)
    return render(request, "tickets/detail.html", {"ticket": item, "note": request.GET.get("note", "")})


@login_required
def printable(request, pk):
    item = get_object_or_404(Ticket, pk=pk)
    page = tag("h1", escape(item.subject)) + tag("div", item.body_html, id=item.pk)
    return HttpResponse(page)


@login_required
def card(request, pk):
    item = get_object_or_404(Ticket, pk=pk)
    return HttpResponse(tag("h1", escape(item.subject), title=item.queue))


@with_params("name")
def hello(request, name):
    return HttpResponse("<h1>Hello %s</h1>" % name)


@with_params("name")
def hello_plain(request, name):
    return HttpResponse(format_html("<h1>Hello {}</h1>", name))


@with_params("topic")
def hint(request, topic):
    return HttpResponse(f"No hint for {topic}", content_type="text/plain")


def banner(request):
    count = request.GET.get("n", "0")
    return HttpResponse(tag("b", count if count.isdigit() else "0"))


@login_required
@require_POST
def letter(request):
    source = request.POST["template"]
    page = Template(source).render(Context({"user": request.user}))
    return HttpResponse(page)


@login_required
@require_POST
def letter_fixed(request):
    template = Engine.get_default().from_string("Dear {{ name }}, thank you.")
    return HttpResponse(template.render(Context({"name": request.POST["name"]})))


def contact(request):
    form = ContactForm(request.POST or None)
    if form.is_valid():
        send_contact(**form.cleaned_data)
        return redirect("tickets")
    if request.POST.get("legacy"):
        head = "\r\n".join(["From: %s" % request.POST.get("email"), "To: desk@example.org", "Subject: Contact", ""])
        smtplib.SMTP("localhost", timeout=5).sendmail("web@example.org", ["desk@example.org"], head + request.POST["text"])
    return render(request, "tickets/contact.html", {"form": form})


@require_POST
def theme(request):
    chosen = request.POST.get("theme")
    request.session["theme"] = chosen if chosen in {"dark", "light"} else "light"
    response = JsonResponse({"ok": True})
    response.set_cookie("theme_seen", "1", secure=True, httponly=True, samesite="Lax")
    return response


@csrf_exempt
@login_required
@require_POST
def role(request):
    request.session["role"] = request.POST["role"]
    response = JsonResponse({"ok": True})
    response.set_cookie("desk_token", request.session.session_key, httponly=False)
    return response
--- tickets/views/reports.py
import csv
import re

from django.contrib.auth.decorators import login_required, permission_required
from django.db import connection
from django.db.models import Count, F, Q
from django.http import HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View

from .. import services
from ..forms import ReportForm
from ..models import Ticket
from ..utils import convert_file, disk_free, media_checked, render_chart


@login_required
def grouped(request, field):
    if request.GET.get("orm"):
        rows = list(Ticket.objects.values("queue").annotate(n=Count("id")).order_by(F("n").desc()))
    else:
        rows = services.group_counts(field)
    return JsonResponse({"rows": rows})


@login_required
def search(request):
    needle, queue = request.GET.get("q", ""), request.GET.get("queue", "general")
    query = f"SELECT * FROM tickets_ticket WHERE subject ILIKE '%%{needle}%%'"
    found = Ticket.objects.raw(query)
    return JsonResponse({"ids": [t.pk for t in found], "more": services.text_report(needle, queue)})


@login_required
def search_bound(request):
    needle = request.GET.get("q", "")
    found = Ticket.objects.raw("SELECT * FROM tickets_ticket WHERE subject ILIKE %s", [f"%{needle}%"])
    other = Ticket.objects.filter(Q(subject__icontains=needle) | Q(body__icontains=needle))
    ranked = Ticket.objects.with_rank(needle)[:5]
    return JsonResponse({"ids": [t.pk for t in found], "other": other.count(), "ranked": [t.pk for t in ranked]})


@login_required
def recent(request):
    unit = request.GET.get("unit", "day")
    tickets = Ticket.objects.with_age(unit).values("id", "age")
    return JsonResponse({"tickets": list(tickets)})


@login_required
def between(request):
    start, end = map(request.GET.get, ("start", "end"))
    return JsonResponse({"ids": services.window(start, end)})


@method_decorator(login_required, name="dispatch")
class QueueReport(View):
    def get(self, request):
        form = ReportForm(request.GET)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        queue, days = form.cleaned_data["queue"], form.cleaned_data["days"]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT COUNT(*) FROM tickets_ticket WHERE queue = '{queue}' AND created > now() - interval '{days} days'"
            )
            (count,) = cursor.fetchone()
        return JsonResponse({"count": count, "rows": services.queue_report(queue, False)})

    def post(self, request):
        services.mark_closed(request.POST.getlist("id"))
        order = request.POST.get("order", "id")
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, subject FROM tickets_ticket WHERE closed ORDER BY " + order)
            rows = cursor.fetchall()
        return JsonResponse({"rows": rows})


def neutral(value):
    text = str(value)
    return f"'{text}" if re.match(r"[=+\-@\t\r]", text) else text


def ticket_rows(convert=str):
    for item in Ticket.objects.all():
        yield [convert(v) for v in (item.pk, item.subject, item.body)]


@login_required
def export(request):
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response, delimiter=";")
    for row in ticket_rows():
        writer.writerow(row)
    return response


@login_required
def export_plain(request):
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response, delimiter=";")
    for item in Ticket.objects.all():
        writer.writerow([item.pk, neutral(item.subject), neutral(item.body)])
    return response


@permission_required("tickets.view_ticket")
def chart(request):
    settings = {"title": "Tickets", **request.GET.dict()}
    return HttpResponse(render_chart(settings["title"], kind=settings.get("kind", "pdf")), content_type="application/pdf")


@permission_required("tickets.view_ticket")
def convert(request):
    code = convert_file(media_checked(request.GET.get("name", "")), request.GET.get("kind"))
    return JsonResponse({"code": code})


@permission_required("tickets.view_ticket")
def archive(request):
    pattern = request.GET.get("pattern", "")
    expression = re.compile(pattern)
    literal = re.compile(re.escape(request.GET.get("word", "")), re.IGNORECASE)
    hits = [t.pk for t in Ticket.objects.all() if expression.search(t.subject) or literal.search(t.body)]
    return JsonResponse({"hits": hits, "disk": disk_free(request.GET.get("volume", "data")).decode()})
