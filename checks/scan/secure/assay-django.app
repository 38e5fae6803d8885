--- labels
--- assay/accounts/__init__.py

--- assay/accounts/ldap_backend.py
"""Log-in against the company directory: search as the service, then bind as the person."""

import logging
import re
import ssl

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend
from ldap3 import NONE, SUBTREE, Connection, Server, Tls
from ldap3.core.exceptions import LDAPException
from ldap3.utils.conv import escape_filter_chars

log = logging.getLogger(__name__)

PERSON_FILTER = "(&(objectClass=inetOrgPerson)(!(accountLocked=TRUE))(uid={uid}))"
GROUP_FILTER = "(&(objectClass=groupOfNames)(cn={group})(member={member}))"
ACCESS_GROUP = "assay-users"
LOGIN_NAME = re.compile(r"[A-Za-z0-9._@-]{1,64}")
MAX_PASSWORD = 256


def directory() -> Server:
    tls = Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=settings.LDAP_CA_FILE)
    return Server(settings.LDAP_HOST, port=636, use_ssl=True, tls=tls, get_info=NONE, connect_timeout=5)


class DirectoryBackend(BaseBackend):
    def authenticate(self, request, username: str | None = None, password: str | None = None):
        # An empty password would make an anonymous bind, which always succeeds.
        if not username or not password:
            return None
        if LOGIN_NAME.fullmatch(username) is None or len(password) > MAX_PASSWORD:
            return None
        try:
            entry = self._find(username)
            if entry is None or not self._bind(entry["dn"], password):
                return None
        except LDAPException:
            log.exception("directory cannot be reached")
            return None
        return self._local_user(entry)

    def get_user(self, user_id):
        return get_user_model().objects.filter(pk=user_id, is_active=True).first()

    def _find(self, username: str) -> dict | None:
        with Connection(
            directory(),
            user=settings.LDAP_BIND_DN,
            password=settings.LDAP_BIND_PASSWORD,
            read_only=True,
            receive_timeout=10,
            raise_exceptions=True,
        ) as service:
            service.search(
                settings.LDAP_BASE,
                PERSON_FILTER.format(uid=escape_filter_chars(username)),
                search_scope=SUBTREE,
                attributes=["uid", "mail", "givenName", "sn"],
                size_limit=2,
            )
            people = [item for item in service.response if item.get("type") == "searchResEntry"]
            if len(people) != 1:
                return None
            person = people[0]
            service.search(
                settings.LDAP_BASE,
                GROUP_FILTER.format(group=ACCESS_GROUP, member=escape_filter_chars(person["dn"])),
                attributes=["cn"],
                size_limit=1,
            )
            if not any(item.get("type") == "searchResEntry" for item in service.response):
                return None
        return {"dn": person["dn"], **person["attributes"]}

    def _bind(self, dn: str, password: str) -> bool:
        connection = Connection(directory(), user=dn, password=password, receive_timeout=10)
        try:
            return connection.bind()
        finally:
            connection.unbind()

    def _local_user(self, entry: dict):
        uid = entry["uid"][0] if isinstance(entry["uid"], list) else entry["uid"]
        user, created = get_user_model().objects.get_or_create(username=uid.lower())
        if created:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        elif user.has_usable_password():
            return None  # a local account of the same name is somebody else
        return user if user.is_active else None
--- assay/accounts/views.py
"""The log-in page, with a limit on attempts by name and by address."""

import hashlib
import unicodedata

from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

WINDOW = 15 * 60
LIMITS = {"name": 8, "address": 40}


def counter_key(kind: str, value: str) -> str:
    return f"login:{kind}:{hashlib.sha256(value.lower().encode()).hexdigest()}"


def as_the_form_reads_it(name: str) -> str:
    return unicodedata.normalize("NFKC", name.strip())[:150]


class Attempts:
    def __init__(self, request: HttpRequest) -> None:
        self.keys = {
            "name": counter_key("name", as_the_form_reads_it(request.POST.get("username", ""))),
            "address": counter_key("address", request.META.get("REMOTE_ADDR", "")),
        }

    def count(self) -> bool:
        """Counts one more attempt; false when a limit is passed."""
        allowed = True
        for kind, key in self.keys.items():
            cache.add(key, 0, timeout=WINDOW)
            allowed = cache.incr(key) <= LIMITS[kind] and allowed
        return allowed

    def forget(self) -> None:
        cache.delete(self.keys["name"])


@method_decorator([sensitive_post_parameters("password"), csrf_protect, never_cache], name="dispatch")
class DirectoryLoginView(LoginView):
    """LoginView cycles the session key, and checks "next" against the request's host."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = False

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.attempts = Attempts(request)
        if not self.attempts.count():
            response = HttpResponse("Too many attempts, wait a while.", content_type="text/plain", status=429)
            response["Retry-After"] = str(WINDOW)
            return response
        return super().post(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        self.attempts.forget()
        response = super().form_valid(form)
        membership = form.get_user().membership_set.order_by("pk").first()
        if membership is not None:
            self.request.session["laboratory"] = membership.laboratory_id
        return response
--- assay/accounts/templates/accounts/login.html
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Log in</title></head>
<body>
<form method="post">
  {% csrf_token %}
  {{ form.as_div }}
  <input type="hidden" name="next" value="{{ next }}">
  <button>Log in</button>
</form>
</body>
</html>
--- assay/assay_site/__init__.py
from .celery import app as celery_app

__all__ = ("celery_app",)
--- assay/assay_site/celery.py
"""Celery application. Only JSON crosses the broker."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assay_site.settings")

app = Celery("assay")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
--- assay/assay_site/json_serde.py
"""What memcached holds is JSON: a foreign writer can at worst give us wrong numbers."""

import json
from typing import Any

FLAG_TEXT = 0
FLAG_JSON = 1


class JsonSerde:
    def serialize(self, key: str, value: Any) -> tuple[bytes, int]:
        if isinstance(value, str):
            return value.encode("utf-8"), FLAG_TEXT
        return json.dumps(value, separators=(",", ":")).encode("utf-8"), FLAG_JSON

    def deserialize(self, key: str, value: bytes, flags: int) -> Any:
        if flags == FLAG_TEXT:
            return value.decode("utf-8")
        if flags == FLAG_JSON:
            return json.loads(value)
        raise ValueError("unknown cache flag")
--- assay/assay_site/settings.py
"""Settings of the assay tracker. Everything secret comes from the environment."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .json_serde import JsonSerde

BASE_DIR = Path(__file__).resolve().parent.parent


def required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"set the environment variable {name}")
    return value


def names(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


SECRET_KEY = required("ASSAY_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = names("ASSAY_HOSTS") or [required("ASSAY_PUBLIC_HOST")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "accounts",
    "samples.apps.SamplesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samples.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "samples.middleware.ContentSecurityPolicyMiddleware",
    "samples.middleware.LaboratoryMiddleware",
]

ROOT_URLCONF = "assay_site.urls"
WSGI_APPLICATION = "assay_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("ASSAY_DB_NAME", "assay"),
        "USER": os.environ.get("ASSAY_DB_USER", "assay"),
        "PASSWORD": required("ASSAY_DB_PASSWORD"),
        "HOST": required("ASSAY_DB_HOST"),
        "OPTIONS": {"sslmode": "verify-full", "connect_timeout": 5},
        "CONN_MAX_AGE": 60,
    }
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.memcached.PyMemcacheCache",
        "LOCATION": required("ASSAY_CACHE"),
        "OPTIONS": {
            "serde": JsonSerde(),
            "timeout": 1.0,
            "connect_timeout": 1.0,
        },
    }
}

AUTHENTICATION_BACKENDS = [
    "accounts.ldap_backend.DirectoryBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"

LDAP_HOST = required("ASSAY_LDAP_HOST")
LDAP_BASE = required("ASSAY_LDAP_BASE")
LDAP_BIND_DN = required("ASSAY_LDAP_BIND_DN")
LDAP_BIND_PASSWORD = required("ASSAY_LDAP_BIND_PASSWORD")
LDAP_CA_FILE = os.environ.get("ASSAY_LDAP_CA_FILE", "/etc/ssl/certs/ca-certificates.crt")

SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_SAMESITE = "Strict"
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_PERMISSIONS = 0o640
MEDIA_ROOT = Path(os.environ.get("ASSAY_MEDIA", "/srv/assay/media"))
ACCEL_PREFIX = "/protected/"
STATIC_URL = "/static/"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "samples.filters.BoundedPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"user": "300/min", "import": "10/hour"},
}

CELERY_BROKER_URL = required("ASSAY_BROKER_URL")
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 300

WEBHOOK_INBOUND_SECRET = required("ASSAY_WEBHOOK_SECRET")
WEBHOOK_OUTBOUND_SECRET = required("ASSAY_OUTBOUND_SECRET")
WEBHOOK_HOSTS = frozenset(names("ASSAY_WEBHOOK_HOSTS"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "samples.middleware.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
USE_TZ = True
--- assay/assay_site/urls.py
from django.contrib.auth.views import LogoutView
from django.urls import include, path
from rest_framework.routers import DefaultRouter

from accounts.views import DirectoryLoginView
from samples import api, downloads, exporting, importing, webhooks

router = DefaultRouter()
router.register("samples", api.SampleViewSet, basename="sample")
router.register("results", api.ResultViewSet, basename="result")

urlpatterns = [
    path("login/", DirectoryLoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("api/", include(router.urls)),
    path("api/import/", importing.ImportView.as_view(), name="import"),
    path("attachments/<uuid:key>/", downloads.attachment, name="attachment"),
    path("reports/<str:name>", downloads.report, name="report"),
    path("export/<str:kind>/", exporting.export, name="export"),
    path("hooks/instrument/", webhooks.instrument, name="hook-instrument"),
]
--- assay/assay_site/wsgi.py
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assay_site.settings")
application = get_wsgi_application()
--- assay/samples/__init__.py

--- assay/samples/api.py
"""The REST views."""

import hashlib
import logging
from datetime import date

from django.core.cache import cache
from django.db import connection, transaction
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.response import Response

from .filters import NamedSort, ResultFilter, SampleFilter
from .models import Result, Sample
from .permissions import LaboratoryRole
from .serializers import AttachmentSerializer, ResultSerializer, SampleSerializer, TransitionSerializer

log = logging.getLogger(__name__)

BUCKETS = {"day": "day", "week": "week", "month": "month"}
MEASURES = {
    "mean": "avg(r.value)",
    "median": "percentile_cont(0.5) within group (order by r.value)",
    "count": "count(*)",
}
TREND_SQL = """
    select date_trunc(%s, r.measured_at) as bucket, {measure} as figure
      from samples_result r
      join samples_sample s on s.id = r.sample_id
      join samples_membership m on m.laboratory_id = s.laboratory_id
     where m.user_id = %s
       and r.analyte = %s
       and r.measured_at >= %s
  group by bucket
  order by bucket {direction}
     limit 400
"""


def parse_day(text: str | None, fallback: date) -> date:
    if not text:
        return fallback
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValidationError({"since": "expected YYYY-MM-DD"}) from None


def fetch_dicts(sql: str, params: list) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row)) for row in cursor.fetchall()]


class SampleViewSet(viewsets.ModelViewSet):
    serializer_class = SampleSerializer
    permission_classes = [LaboratoryRole]
    filter_backends = [DjangoFilterBackend, NamedSort]
    filterset_class = SampleFilter
    parser_classes = [JSONParser]

    def get_queryset(self):
        return (
            Sample.objects.visible_to(self.request.user)
            .select_related("laboratory", "created_by")
            .prefetch_related("results")
        )

    @action(detail=True, methods=["post"])
    def transition(self, request, pk=None):
        sample = self.get_object()
        form = TransitionSerializer(data=request.data, context={"sample": sample})
        form.is_valid(raise_exception=True)
        with transaction.atomic():
            moved = Sample.objects.filter(pk=sample.pk, state=sample.state).update(state=form.validated_data["to"])
        if not moved:
            return Response({"detail": "changed meanwhile"}, status=status.HTTP_409_CONFLICT)
        log.info("sample moved", extra={"sample_id": sample.pk, "to": form.validated_data["to"]})
        return Response({"state": form.validated_data["to"]})

    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def attach(self, request, pk=None):
        sample = self.get_object()
        form = AttachmentSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        form.save(sample=sample)
        return Response(form.data, status=status.HTTP_201_CREATED)


class ResultViewSet(
    mixins.ListModelMixin, mixins.CreateModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    serializer_class = ResultSerializer
    permission_classes = [LaboratoryRole]
    filterset_class = ResultFilter

    def get_queryset(self):
        visible = Sample.objects.visible_to(self.request.user)
        return Result.objects.filter(sample__in=visible).order_by("-measured_at")

    @action(detail=False)
    def trend(self, request):
        query = request.query_params
        bucket = BUCKETS.get(query.get("bucket", "week"))
        measure = MEASURES.get(query.get("measure", "mean"))
        analyte = query.get("analyte", "")
        if bucket is None or measure is None or not 0 < len(analyte) <= 60:
            raise ValidationError("bucket, measure or analyte is not known")
        since = parse_day(query.get("since"), date(date.today().year, 1, 1))
        direction = "desc" if query.get("order") == "desc" else "asc"

        parts = (request.user.pk, bucket, measure, analyte, since, direction)
        key = "trend:" + hashlib.sha256(repr(parts).encode()).hexdigest()
        rows = cache.get(key)
        if rows is None:
            sql = TREND_SQL.format(measure=measure, direction=direction)
            found = fetch_dicts(sql, [bucket, request.user.pk, analyte, since])
            rows = [{"bucket": row["bucket"].isoformat(), "figure": float(row["figure"])} for row in found]
            cache.set(key, rows, timeout=120)
        return Response({"analyte": analyte, "rows": rows})

    @action(detail=False)
    def latest(self, request):
        ids = query_ids(request.query_params.getlist("sample"))
        if not ids:
            return Response([])
        marks = ", ".join(["%s"] * len(ids))
        rows = Result.objects.raw(
            "select distinct on (r.sample_id, r.analyte) r.* from samples_result r"
            " join samples_sample s on s.id = r.sample_id"
            " join samples_membership m on m.laboratory_id = s.laboratory_id and m.user_id = %s"
            f" where r.sample_id in ({marks})"
            " order by r.sample_id, r.analyte, r.measured_at desc",
            [request.user.pk, *ids],
        )
        return Response(self.get_serializer(rows, many=True).data)


def query_ids(values: list[str], most: int = 100) -> list[int]:
    if len(values) > most:
        raise ValidationError("too many samples")
    if not all(value.isascii() and value.isdigit() and len(value) < 12 for value in values):
        raise ValidationError("samples are numbers")
    return [int(value) for value in values]
--- assay/samples/apps.py
from django.apps import AppConfig


class SamplesConfig(AppConfig):
    name = "samples"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import signals  # noqa: F401
--- assay/samples/downloads.py
"""Files leave through nginx: we check the right to see them and answer with X-Accel-Redirect."""

import re
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from .models import Attachment, Membership, Sample
from .permissions import laboratory_required

REPORT_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}\.(?:pdf|csv)")
REPORT_TYPES = {".pdf": "application/pdf", ".csv": "text/csv; charset=utf-8"}
UNSAFE_IN_NAME = re.compile(r"[^A-Za-z0-9 ._-]+")


def shown_name(title: str, suffix: str) -> str:
    clean = UNSAFE_IN_NAME.sub("_", title).strip(" ._")[:80]
    return (clean or "file") + suffix


def accelerated(relative: str, content_type: str, download_name: str) -> HttpResponse:
    response = HttpResponse(content_type=content_type)
    response["X-Accel-Redirect"] = settings.ACCEL_PREFIX + quote(relative)
    response["Content-Disposition"] = content_disposition_header(True, download_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@login_required
def attachment(request: HttpRequest, key) -> HttpResponse:
    found = get_object_or_404(
        Attachment.objects.filter(sample__in=Sample.objects.visible_to(request.user)), pk=key
    )
    stored = found.file.name
    return accelerated(stored, found.content_type, shown_name(found.title, Path(stored).suffix))


def below(folder: Path, name: str) -> Path:
    root = folder.resolve()
    target = (root / name).resolve()
    if not target.is_relative_to(root) or not target.is_file():
        raise Http404
    return target


@require_safe
@login_required
@laboratory_required(Membership.Role.READER)
def report(request: HttpRequest, name: str) -> FileResponse:
    """Monthly reports are written by a task into one folder for each laboratory."""
    if REPORT_NAME.fullmatch(name) is None:
        raise Http404
    folder = settings.MEDIA_ROOT / "reports" / str(request.laboratory.pk)
    target = below(folder, name)
    response = FileResponse(
        target.open("rb"), as_attachment=True, filename=target.name, content_type=REPORT_TYPES[target.suffix]
    )
    response["Cache-Control"] = "private, no-store"
    return response
--- assay/samples/exporting.py
"""Exports of a laboratory's samples. Cells that a spreadsheet would run are quoted."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import XMLGenerator

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from .models import Membership, Sample
from .permissions import laboratory_required

COLUMNS = ("code", "matrix", "state", "received_on", "note")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MAX_ROWS = 50_000


def cell_text(value: object) -> str:
    text = "" if value is None else str(value)
    return "'" + text if text.lstrip(" ").startswith(FORMULA_STARTS) else text


class Echo:
    def write(self, value: str) -> str:
        return value


def csv_lines(rows: Iterable[tuple]) -> Iterator[str]:
    writer = csv.writer(Echo(), quoting=csv.QUOTE_ALL)
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([cell_text(value) for value in row])


def as_csv(rows: Iterable[tuple]) -> HttpResponse:
    return StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")


def as_xlsx(rows: Iterable[tuple]) -> HttpResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("samples")
    sheet.append(list(COLUMNS))
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", cell_text(value)))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return HttpResponse(
        buffer.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )


def as_xml(rows: Iterable[tuple]) -> HttpResponse:
    buffer = io.StringIO()
    xml = XMLGenerator(buffer, encoding="utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("samples", {})
    for row in rows:
        xml.startElement("sample", {"code": str(row[0])})
        for name, value in zip(COLUMNS[1:], row[1:]):
            xml.startElement(name, {})
            xml.characters(str(value))
            xml.endElement(name)
        xml.endElement("sample")
    xml.endElement("samples")
    xml.endDocument()
    return HttpResponse(buffer.getvalue(), content_type="application/xml; charset=utf-8")


def as_zip(rows: Iterable[tuple]) -> HttpResponse:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("samples.csv", "".join(csv_lines(rows)))
    return HttpResponse(buffer.getvalue(), content_type="application/zip")


WRITERS: dict[str, Callable[[Iterable[tuple]], HttpResponse]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "xml": as_xml,
    "zip": as_zip,
}


@require_GET
@login_required
@laboratory_required(Membership.Role.READER)
def export(request: HttpRequest, kind: str) -> HttpResponse:
    writer = WRITERS.get(kind)
    if writer is None:
        raise Http404
    chosen = Sample.objects.filter(laboratory=request.laboratory)
    state = request.GET.get("state")
    if state in Sample.State.values:
        chosen = chosen.filter(state=state)
    rows = chosen.order_by("code").values_list(*COLUMNS)[:MAX_ROWS]
    response = writer(rows.iterator(chunk_size=1000))
    response["Content-Disposition"] = f'attachment; filename="samples-{request.laboratory.pk}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
--- assay/samples/filters.py
"""Query parameters of the lists."""

import django_filters
from django.db.models import F, Q, QuerySet
from rest_framework.filters import BaseFilterBackend
from rest_framework.pagination import PageNumberPagination

from .models import Result, Sample

SORTS: dict[str, tuple] = {
    "code": ("code",),
    "received": ("received_on", "code"),
    "state": ("state", "-received_on"),
    "lab": ("laboratory__name", "code"),
}


class BoundedPagination(PageNumberPagination):
    page_size_query_param = "size"
    max_page_size = 200


class SampleFilter(django_filters.FilterSet):
    received_after = django_filters.DateFilter(field_name="received_on", lookup_expr="gte")
    received_before = django_filters.DateFilter(field_name="received_on", lookup_expr="lt")
    state = django_filters.MultipleChoiceFilter(choices=Sample.State.choices)
    q = django_filters.CharFilter(method="search", max_length=60)

    class Meta:
        model = Sample
        fields = ["matrix"]

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        condition = Q()
        for word in value.split()[:5]:
            condition &= Q(code__istartswith=word) | Q(matrix__icontains=word) | Q(note__icontains=word)
        return queryset.filter(condition)


class ResultFilter(django_filters.FilterSet):
    min_value = django_filters.NumberFilter(field_name="value", lookup_expr="gte")
    max_value = django_filters.NumberFilter(field_name="value", lookup_expr="lte")

    class Meta:
        model = Result
        fields = {"analyte": ["exact", "startswith"], "sample": ["exact"]}


class NamedSort(BaseFilterBackend):
    """?sort=received or ?sort=-received; the names are ours, not the columns'."""

    def filter_queryset(self, request, queryset, view):
        wanted = request.query_params.get("sort", "")
        descending = wanted.startswith("-")
        columns = SORTS.get(wanted.removeprefix("-"))
        if columns is None:
            return queryset
        return queryset.order_by(*(self._term(column, descending) for column in columns))

    @staticmethod
    def _term(column: str, flip: bool):
        downwards = column.startswith("-") != flip
        field = F(column.removeprefix("-"))
        return field.desc(nulls_last=True) if downwards else field.asc(nulls_last=True)
--- assay/samples/importing.py
"""Uploads of samples: CSV, XLSX, XML, or a ZIP of those."""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.db import transaction
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import CODE, Sample
from .permissions import CanImport

MAX_UPLOAD = 5 * 1024 * 1024
MAX_UNPACKED = 40 * 1024 * 1024
MAX_MEMBERS = 200
MAX_ROWS = 20_000
COLUMNS = ("code", "matrix", "received_on", "note")

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    csv.Error,
    InvalidFileException,
    ElementTree.ParseError,
    LookupError,
    ValueError,
    RuntimeError,
    EOFError,
)

Reader = Callable[[bytes], Iterator[dict]]


class BadUpload(Exception):
    """Its text is shown to the person who sent the file."""


def check_archive(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) > MAX_MEMBERS:
        raise BadUpload("too many files in the archive")
    if sum(info.file_size for info in members) > MAX_UNPACKED:
        raise BadUpload("the archive unpacks to too much")
    return members


def read_csv(data: bytes) -> Iterator[dict]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadUpload("the CSV is not UTF-8") from None
    for row in csv.DictReader(io.StringIO(text)):
        yield {name: row.get(name) or "" for name in COLUMNS}


def read_xlsx(data: bytes) -> Iterator[dict]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_archive(archive)
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        rows = book.worksheets[0].iter_rows(values_only=True, max_row=MAX_ROWS + 1, max_col=20)
        header = [str(cell or "").strip().lower() for cell in next(rows, ())]
        for row in rows:
            cells = dict(zip(header, row))
            yield {name: "" if cells.get(name) is None else str(cells[name])[:2000] for name in COLUMNS}
    finally:
        book.close()


def read_xml(data: bytes) -> Iterator[dict]:
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException):
        raise BadUpload("the XML cannot be read") from None
    for node in root.iterfind("sample"):
        yield {name: (node.findtext(name) or "").strip() for name in COLUMNS}


def read_zip(data: bytes) -> Iterator[dict]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in check_archive(archive):
            reader = PLAIN.get(PurePosixPath(info.filename).suffix.lower())
            if reader is None:
                continue
            with archive.open(info) as member:
                content = member.read(MAX_UPLOAD + 1)
            if len(content) > MAX_UPLOAD:
                raise BadUpload("a file in the archive is too large")
            yield from reader(content)


PLAIN: dict[str, Reader] = {".csv": read_csv, ".xml": read_xml}
READERS: dict[str, Reader] = {**PLAIN, ".xlsx": read_xlsx, ".zip": read_zip}


class RowSerializer(serializers.Serializer):
    code = serializers.CharField(max_length=13, validators=[CODE])
    matrix = serializers.CharField(max_length=40)
    received_on = serializers.DateField(input_formats=["%Y-%m-%d", "%Y-%m-%d %H:%M:%S"])
    note = serializers.CharField(max_length=2000, allow_blank=True)


def valid_rows(reader: Reader, data: bytes) -> Iterator[dict]:
    for number, raw in enumerate(reader(data), start=1):
        if number > MAX_ROWS:
            raise BadUpload(f"more than {MAX_ROWS} rows")
        row = RowSerializer(data=raw)
        if not row.is_valid():
            raise BadUpload(f"row {number}: check {', '.join(sorted(row.errors))}")
        yield row.validated_data


class ImportView(APIView):
    parser_classes = [MultiPartParser]
    permission_classes = [CanImport]
    throttle_scope = "import"

    def post(self, request):
        upload = request.FILES.get("file")
        if upload is None or upload.size > MAX_UPLOAD:
            return Response({"detail": "send one file of at most 5 MB"}, status=status.HTTP_400_BAD_REQUEST)
        reader = READERS.get(PurePosixPath(upload.name).suffix.lower())
        if reader is None:
            return Response({"detail": "unknown kind of file"}, status=status.HTTP_415_UNSUPPORTED_MEDIA_TYPE)
        try:
            rows = list(valid_rows(reader, upload.read()))
        except BadUpload as problem:
            return Response({"detail": problem.args[0]}, status=status.HTTP_400_BAD_REQUEST)
        except DAMAGED:
            return Response({"detail": "the file is damaged"}, status=status.HTTP_400_BAD_REQUEST)
        with transaction.atomic():
            Sample.objects.bulk_create(
                [Sample(laboratory=request.laboratory, created_by=request.user, **row) for row in rows],
                batch_size=500,
                ignore_conflicts=True,
            )
        return Response({"rows": len(rows)}, status=status.HTTP_201_CREATED)
--- assay/samples/middleware.py
"""Request ids, the content security policy, the current laboratory, JSON logs."""

import contextvars
import json
import logging
import re
import secrets
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

from .models import Laboratory

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")
Handler = Callable[[HttpRequest], HttpResponse]

GIVEN_ID = re.compile(r"[0-9a-f]{32}")
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request"}


class JsonFormatter(logging.Formatter):
    """One JSON object a line, so that nothing in a value can begin a new entry."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": request_id.get(),
        }
        entry.update({key: value for key, value in vars(record).items() if key not in STANDARD})
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, default=str)


class RequestIdMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        chosen = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(chosen)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-Id"] = chosen
        return response


class ContentSecurityPolicyMiddleware:
    BASE = {
        "default-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.csp_nonce = secrets.token_urlsafe(16)
        response = self.get_response(request)
        policy = {**self.BASE, "script-src": f"'self' 'nonce-{request.csp_nonce}'"}
        response.headers.setdefault(
            "Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in policy.items())
        )
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class LaboratoryMiddleware:
    """X-Laboratory or the session names the laboratory; membership is looked up each time."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.laboratory = None
        if request.user.is_authenticated:
            wanted = request.headers.get("X-Laboratory") or str(request.session.get("laboratory", ""))
            if wanted:
                if not re.fullmatch(r"[0-9]{1,9}", wanted):
                    return HttpResponseBadRequest("bad laboratory", content_type="text/plain")
                request.laboratory = Laboratory.objects.filter(
                    pk=int(wanted), membership__user=request.user
                ).first()
        return self.get_response(request)
--- assay/samples/models.py
"""Samples, their results and the files that belong to them."""

import secrets
import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

CODE = RegexValidator(r"\A[A-Z]{2,4}-[0-9]{4,8}\Z", "codes look like AB-12345")
KEPT_SUFFIXES = {".pdf": "application/pdf", ".csv": "text/csv", ".png": "image/png"}


def storage_name(instance: "Attachment", filename: str) -> str:
    """The client's name gives us the suffix at most; the rest is drawn at random."""
    suffix = PurePosixPath(filename).suffix.lower()
    if suffix not in KEPT_SUFFIXES:
        raise ValueError("suffix not kept")
    token = secrets.token_hex(16)
    return f"attachments/{token[:2]}/{token}{suffix}"


class Laboratory(models.Model):
    name = models.CharField(max_length=80, unique=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    class Role(models.TextChoices):
        READER = "reader"
        ANALYST = "analyst"
        MANAGER = "manager"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    laboratory = models.ForeignKey(Laboratory, on_delete=models.CASCADE)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.READER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "laboratory"], name="one_role")]


class SampleQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(laboratory__membership__user=user)

    def editable_by(self, user):
        return self.visible_to(user).filter(
            laboratory__membership__user=user,
            laboratory__membership__role__in=[Membership.Role.ANALYST, Membership.Role.MANAGER],
        )


class Sample(models.Model):
    class State(models.TextChoices):
        RECEIVED = "received"
        RUNNING = "running"
        DONE = "done"
        REJECTED = "rejected"

    laboratory = models.ForeignKey(Laboratory, on_delete=models.PROTECT, related_name="samples")
    code = models.CharField(max_length=13, validators=[CODE])
    matrix = models.CharField(max_length=40)
    note = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    received_on = models.DateField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    objects = SampleQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "code"]
        constraints = [models.UniqueConstraint(fields=["laboratory", "code"], name="code_in_lab")]


class Result(models.Model):
    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="results")
    analyte = models.CharField(max_length=60)
    value = models.FloatField(validators=[MinValueValidator(0), MaxValueValidator(1e9)])
    unit = models.CharField(max_length=12)
    measured_at = models.DateTimeField()


class Attachment(models.Model):
    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=storage_name)
    title = models.CharField(max_length=120)

    @property
    def content_type(self) -> str:
        return KEPT_SUFFIXES.get(PurePosixPath(self.file.name).suffix, "application/octet-stream")


class Delivery(models.Model):
    """One event that has been handed to, or received from, another system."""

    event_id = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=40)
    status = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
--- assay/samples/permissions.py
"""Who may do what. Object checks come on top of the queryset's own restriction."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from rest_framework.permissions import SAFE_METHODS, BasePermission

from .models import Laboratory, Membership, Sample

Role = Membership.Role
RANK = {Role.READER: 1, Role.ANALYST: 2, Role.MANAGER: 3}
NEEDED = {"POST": Role.ANALYST, "PUT": Role.ANALYST, "PATCH": Role.ANALYST, "DELETE": Role.MANAGER}


def role_in(user, laboratory: Laboratory) -> str | None:
    row = Membership.objects.filter(user=user, laboratory=laboratory).only("role").first()
    return row.role if row else None


def at_least(user, laboratory: Laboratory, role: str) -> bool:
    held = role_in(user, laboratory)
    return held is not None and RANK[held] >= RANK[role]


class LaboratoryRole(BasePermission):
    message = "your role in this laboratory does not allow it"

    def has_permission(self, request, view) -> bool:
        return bool(request.user and request.user.is_authenticated)

    def has_object_permission(self, request, view, obj) -> bool:
        sample = obj if isinstance(obj, Sample) else obj.sample
        if request.method in SAFE_METHODS:
            return role_in(request.user, sample.laboratory) is not None
        needed = NEEDED.get(request.method)
        return needed is not None and at_least(request.user, sample.laboratory, needed)


class CanImport(BasePermission):
    def has_permission(self, request, view) -> bool:
        laboratory = getattr(request, "laboratory", None)
        if laboratory is None or not request.user.is_authenticated:
            return False
        return at_least(request.user, laboratory, Role.ANALYST)


def laboratory_required(role: str) -> Callable:
    """Decorator for the plain Django views."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            laboratory = getattr(request, "laboratory", None)
            if not request.user.is_authenticated or laboratory is None:
                raise PermissionDenied
            if not at_least(request.user, laboratory, role):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
--- assay/samples/serializers.py
"""Request and response shapes. Writable fields are named one by one."""

import math

from django.utils import timezone
from rest_framework import serializers

from .models import KEPT_SUFFIXES, Attachment, Laboratory, Membership, Result, Sample

MAX_FILE = 8 * 1024 * 1024
SIGNATURES = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n"}
UNITS = frozenset({"mg/l", "ug/l", "ng/l", "mg/kg", "%", "pH"})


class FiniteFloat(serializers.FloatField):
    """Neither "nan" nor "inf", which float() takes and JSON cannot hold."""

    def to_internal_value(self, data):
        number = super().to_internal_value(data)
        if not math.isfinite(number):
            self.fail("invalid")
        return number


class OwnLaboratory(serializers.PrimaryKeyRelatedField):
    """Only the laboratories in which the caller may write."""

    def get_queryset(self):
        user = self.context["request"].user
        return Laboratory.objects.filter(
            membership__user=user,
            membership__role__in=[Membership.Role.ANALYST, Membership.Role.MANAGER],
        )


class OwnSample(serializers.PrimaryKeyRelatedField):
    def get_queryset(self):
        return Sample.objects.editable_by(self.context["request"].user)


class ResultSerializer(serializers.ModelSerializer):
    sample = OwnSample()
    value = FiniteFloat(min_value=0, max_value=1e9)
    unit = serializers.ChoiceField(choices=sorted(UNITS))

    class Meta:
        model = Result
        fields = ["id", "sample", "analyte", "value", "unit", "measured_at"]
        read_only_fields = ["id"]

    def validate_measured_at(self, value):
        if value > timezone.now():
            raise serializers.ValidationError("lies in the future")
        return value

    def validate_sample(self, sample: Sample) -> Sample:
        if self.instance is not None and self.instance.sample_id != sample.pk:
            raise serializers.ValidationError("a result stays with its sample")
        return sample


class SampleSerializer(serializers.ModelSerializer):
    laboratory = OwnLaboratory()
    created_by = serializers.StringRelatedField(read_only=True)
    results = ResultSerializer(many=True, read_only=True)

    class Meta:
        model = Sample
        fields = ["id", "laboratory", "code", "matrix", "note", "state", "received_on", "created_by", "results"]
        read_only_fields = ["id", "state", "created_by", "results"]

    def create(self, validated: dict) -> Sample:
        return Sample.objects.create(created_by=self.context["request"].user, **validated)

    def update(self, instance: Sample, validated: dict) -> Sample:
        for name in ("matrix", "note", "received_on"):
            if name in validated:
                setattr(instance, name, validated[name])
        instance.save(update_fields=["matrix", "note", "received_on"])
        return instance


class TransitionSerializer(serializers.Serializer):
    ALLOWED = {
        Sample.State.RECEIVED: {Sample.State.RUNNING, Sample.State.REJECTED},
        Sample.State.RUNNING: {Sample.State.DONE, Sample.State.REJECTED},
    }

    to = serializers.ChoiceField(choices=Sample.State.choices)

    def validate_to(self, value: str) -> str:
        sample: Sample = self.context["sample"]
        if value not in self.ALLOWED.get(sample.state, set()):
            raise serializers.ValidationError("this step is not possible")
        return value


class AttachmentSerializer(serializers.ModelSerializer):
    file = serializers.FileField(write_only=True, max_length=120)

    class Meta:
        model = Attachment
        fields = ["key", "title", "file", "content_type"]
        read_only_fields = ["key", "content_type"]

    def validate_file(self, upload):
        if upload.size > MAX_FILE:
            raise serializers.ValidationError("too large")
        dot = upload.name.rfind(".")
        suffix = upload.name[dot:].lower() if dot > 0 else ""
        if suffix not in KEPT_SUFFIXES:
            raise serializers.ValidationError("this kind of file is not kept")
        head = upload.read(16)
        upload.seek(0)
        expected = SIGNATURES.get(suffix)
        if expected is not None and not head.startswith(expected):
            raise serializers.ValidationError("the contents do not match the name")
        if expected is None and b"\x00" in head:
            raise serializers.ValidationError("not a text file")
        return upload
--- assay/samples/signals.py
"""What follows from a change of a sample: cached figures go, partners are told."""

import logging

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import Signal, receiver

from .models import Attachment, Sample
from .tasks import deliver_event

log = logging.getLogger("assay.audit")
sample_finished = Signal()


@receiver(pre_save, sender=Sample)
def trim(sender, instance: Sample, **kwargs) -> None:
    instance.code = instance.code.strip().upper()
    instance.matrix = " ".join(instance.matrix.split())


@receiver(post_save, sender=Sample)
def announce(sender, instance: Sample, created: bool, raw: bool = False, **kwargs) -> None:
    if raw:
        return
    cache.delete(f"lab-counts:{instance.laboratory_id}")
    kind = "sample.created" if created else "sample.changed"
    payload = {"id": instance.pk, "code": instance.code, "state": instance.state}
    transaction.on_commit(lambda: deliver_event.delay(kind, payload))
    if instance.state == Sample.State.DONE:
        sample_finished.send_robust(sender=Sample, sample=instance)


@receiver(post_delete, sender=Attachment)
def drop_file(sender, instance: Attachment, **kwargs) -> None:
    # The name was drawn by storage_name(); the storage refuses anything outside MEDIA_ROOT.
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


@receiver(user_logged_in)
def note_login(sender, request, user, **kwargs) -> None:
    log.info("login", extra={"user_id": user.pk})


@receiver(user_login_failed)
def note_failure(sender, credentials: dict, **kwargs) -> None:
    log.warning("login failed", extra={"known_fields": sorted(credentials)})
--- assay/samples/tasks.py
"""Background work."""

import csv
import hashlib
import hmac
import json
import logging
import os
import tempfile
import time
import uuid
from datetime import date
from urllib.parse import urlsplit

import requests
from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from .exporting import cell_text
from .models import Delivery, Membership, Result

log = logging.getLogger(__name__)
TARGETS = tuple(part for part in os.environ.get("ASSAY_WEBHOOK_TARGETS", "").split() if part)


def checked_target(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.username is not None or parts.port not in (None, 443):
        raise ValueError("target must be plain https")
    if parts.hostname not in settings.WEBHOOK_HOSTS:
        raise ValueError("target host is not configured")
    return url


def sign(body: bytes, stamp: str) -> str:
    key = settings.WEBHOOK_OUTBOUND_SECRET.encode()
    return hmac.new(key, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def post_signed(session: requests.Session, url: str, body: bytes) -> int:
    stamp = str(int(time.time()))
    headers = {"Content-Type": "application/json", "X-Assay-Time": stamp, "X-Assay-Signature": sign(body, stamp)}
    with session.post(url, data=body, headers=headers, timeout=(3, 10), allow_redirects=False, stream=True) as answer:
        return answer.status_code


@shared_task(bind=True, max_retries=5, acks_late=True)
def deliver_event(self, kind: str, payload: dict, targets: list[str] | None = None) -> None:
    event_id = str(uuid.uuid5(uuid.NAMESPACE_URL, self.request.id))
    body = json.dumps({"id": event_id, "kind": kind, "data": payload}, sort_keys=True).encode()
    failed: list[str] = []
    with requests.Session() as session:
        for target in targets or TARGETS:
            try:
                code = post_signed(session, checked_target(target), body)
            except requests.RequestException:
                failed.append(target)
                continue
            if code >= 500:
                failed.append(target)
            log.info("event delivered", extra={"event_id": event_id, "status": code})
    if failed:
        raise self.retry(args=[kind, payload, failed], countdown=30 * 2**self.request.retries)
    Delivery.objects.get_or_create(event_id=event_id, defaults={"kind": kind[:40], "status": 200})


@shared_task
def monthly_report(laboratory_id: int, year: int, month: int) -> str:
    first = date(year, month, 1)
    folder = settings.MEDIA_ROOT / "reports" / str(int(laboratory_id))
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    target = folder / f"{first:%Y-%m}.csv"
    rows = (
        Result.objects.filter(
            sample__laboratory_id=laboratory_id, measured_at__year=first.year, measured_at__month=first.month
        )
        .order_by("sample__code", "analyte")
        .values_list("sample__code", "analyte", "value", "unit")
    )
    with tempfile.NamedTemporaryFile("w", dir=folder, newline="", encoding="utf-8", delete=False) as out:
        writer = csv.writer(out)
        writer.writerow(["sample", "analyte", "value", "unit"])
        for row in rows.iterator(chunk_size=2000):
            writer.writerow([cell_text(value) for value in row])
    os.replace(out.name, target)
    return target.name


@shared_task
def mail_managers(laboratory_id: int, report_name: str) -> int:
    managers = Membership.objects.filter(
        laboratory_id=laboratory_id, role=Membership.Role.MANAGER, user__is_active=True
    ).select_related("user", "laboratory")
    sent = 0
    for manager in managers.exclude(user__email=""):
        values = {"laboratory": manager.laboratory, "report": report_name}
        text = render_to_string("samples/report_mail.txt", values)
        message = EmailMessage(subject="Monthly report is ready", body=text, to=[manager.user.email])
        sent += message.send(fail_silently=False)
    return sent
--- assay/samples/webhooks.py
"""Events that the instruments' gateway sends us."""

import hashlib
import hmac
import json
import logging
import time

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from rest_framework import serializers

from .models import Delivery, Result, Sample
from .serializers import UNITS, FiniteFloat

log = logging.getLogger(__name__)
MAX_BODY = 64 * 1024
MAX_AGE = 300
MAX_A_MINUTE = 120


class Measurement(serializers.Serializer):
    event = serializers.UUIDField()
    kind = serializers.CharField(max_length=40)
    sample = serializers.IntegerField(min_value=1)
    analyte = serializers.CharField(max_length=60)
    value = FiniteFloat(min_value=0, max_value=1e9)
    unit = serializers.ChoiceField(choices=sorted(UNITS))


def signature_ok(request: HttpRequest, body: bytes) -> bool:
    stamp = request.headers.get("X-Gateway-Time", "")
    given = request.headers.get("X-Gateway-Signature", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        return False
    if abs(time.time() - int(stamp)) > MAX_AGE:
        return False
    key = settings.WEBHOOK_INBOUND_SECRET.encode()
    expected = hmac.new(key, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def over_limit() -> bool:
    key = f"hook-instrument:{int(time.time() // 60)}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) > MAX_A_MINUTE


def store_measurement(data: dict) -> None:
    sample = Sample.objects.get(pk=data["sample"], state=Sample.State.RUNNING)
    Result.objects.create(
        sample=sample,
        analyte=data["analyte"],
        value=data["value"],
        unit=data["unit"],
        measured_at=timezone.now(),
    )


HANDLERS = {"measurement": store_measurement}


# The gateway has no session and no cookie: the signature over the body takes the token's place.
@csrf_exempt
@require_POST
def instrument(request: HttpRequest) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()) or int(length) > MAX_BODY:
        return JsonResponse({"error": "too large"}, status=413)
    body = request.body
    if not signature_ok(request, body):
        return JsonResponse({"error": "bad signature"}, status=401)
    if over_limit():
        return JsonResponse({"error": "slow down"}, status=429)
    try:
        form = Measurement(data=json.loads(body))
    except ValueError:
        return JsonResponse({"error": "not JSON"}, status=400)
    if not form.is_valid():
        return JsonResponse({"error": "bad event", "fields": sorted(form.errors)}, status=400)
    data = form.validated_data
    handler = HANDLERS.get(data["kind"])
    if handler is None:
        return JsonResponse({"ignored": True})
    try:
        with transaction.atomic():
            Delivery.objects.create(event_id=str(data["event"]), kind=data["kind"])
            handler(data)
    except IntegrityError:
        return JsonResponse({"repeated": True})
    except Sample.DoesNotExist:
        return JsonResponse({"error": "no such running sample"}, status=404)
    log.info("instrument event stored", extra={"event_id": str(data["event"])})
    return JsonResponse({"stored": True}, status=201)
--- assay/samples/management/__init__.py

--- assay/samples/management/commands/__init__.py

--- assay/samples/management/commands/sync_instruments.py
"""manage.py sync_instruments LAB --since 2026-01-01 [--convert]"""

import os
import re
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import requests
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from samples.models import Laboratory

RUN_ID = re.compile(r"run-[0-9]{6,10}")
PLOT = "set terminal png; set output 'trace.png'; plot 'trace.dat' with lines"
MAX_BYTES = 20 * 1024 * 1024


class Command(BaseCommand):
    help = "Fetch the finished runs of a laboratory's gateway and mark their samples."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("laboratory", type=int)
        parser.add_argument("--since", type=date.fromisoformat, default=date.today())
        parser.add_argument("--convert", action="store_true", help="also convert the traces to PNG")
        parser.add_argument("--out", type=Path, default=Path("/srv/assay/traces"))

    def handle(self, *args, **options) -> None:
        base = os.environ.get("ASSAY_GATEWAY", "")
        token = os.environ.get("ASSAY_GATEWAY_TOKEN", "")
        if not base.startswith("https://") or not token:
            raise CommandError("ASSAY_GATEWAY (https) and ASSAY_GATEWAY_TOKEN must be set")
        laboratory = Laboratory.objects.filter(pk=options["laboratory"]).first()
        if laboratory is None:
            raise CommandError("no such laboratory")
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {token}"
            runs = self.runs(session, base, options["since"])
            changed = self.mark(laboratory, runs)
            if options["convert"]:
                for run in runs:
                    self.convert(session, base, run, options["out"])
        self.stdout.write(self.style.SUCCESS(f"{len(runs)} runs, {changed} samples changed"))

    def runs(self, session: requests.Session, base: str, since: date) -> list[str]:
        answer = session.get(f"{base}/runs", params={"since": since.isoformat()}, timeout=(5, 30))
        answer.raise_for_status()
        found = [str(item.get("id", "")) for item in answer.json()["runs"]]
        return [run for run in found if RUN_ID.fullmatch(run)]

    @transaction.atomic
    def mark(self, laboratory: Laboratory, runs: list[str]) -> int:
        if not runs:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(
                "update samples_sample set state = 'done'"
                " where laboratory_id = %s and state = 'running'"
                " and id in (select sample_id from samples_run where run_id = any(%s))",
                [laboratory.pk, runs],
            )
            return cursor.rowcount

    def convert(self, session: requests.Session, base: str, run: str, out: Path) -> None:
        tool = shutil.which("gnuplot")
        if tool is None:
            raise CommandError("gnuplot is not installed")
        with tempfile.TemporaryDirectory(prefix="traces-") as work:
            trace = Path(work) / "trace.dat"
            with session.get(f"{base}/runs/{run}/trace", timeout=(5, 60), stream=True) as answer:
                answer.raise_for_status()
                self.write_numbers(answer, trace)
            target = out / f"{run}.png"
            subprocess.run([tool, "-e", PLOT], cwd=work, check=True, timeout=60, capture_output=True)
            shutil.move(Path(work) / "trace.png", target)
        self.stdout.write(f"wrote {target.name}")

    @staticmethod
    def write_numbers(answer: requests.Response, trace: Path) -> None:
        total = 0
        with trace.open("w", encoding="ascii") as sink:
            for line in answer.iter_lines(chunk_size=8192):
                total += len(line)
                if total > MAX_BYTES:
                    raise CommandError("the trace is too long")
                left, _, right = line.decode("ascii", "replace").partition(",")
                sink.write(f"{float(left):.6g} {float(right):.6g}\n")
--- assay/samples/templates/samples/pager.html
<nav class="pager">
  {% if page.has_previous %}<a href="?page={{ page.previous_page_number }}&amp;{{ query }}">Back</a>{% endif %}
  <span>{{ page.number }} / {{ page.paginator.num_pages }}</span>
  {% if page.has_next %}<a href="?page={{ page.next_page_number }}&amp;{{ query }}">Next</a>{% endif %}
</nav>
--- assay/samples/templates/samples/report_mail.txt
The monthly report {{ report }} of {{ laboratory.name }} can be fetched from the reports page.
--- assay/samples/templatetags/__init__.py

--- assay/samples/templatetags/sample_tags.py
"""Tags and filters that give markup; all of it goes through format_html."""

from urllib.parse import urlencode, urlsplit

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from samples.models import Sample

register = template.Library()

STATE_CLASSES = {
    Sample.State.RECEIVED: "badge badge-grey",
    Sample.State.RUNNING: "badge badge-blue",
    Sample.State.DONE: "badge badge-green",
    Sample.State.REJECTED: "badge badge-red",
}
ICONS = {
    "ok": mark_safe('<svg class="icon" aria-hidden="true"><use href="/static/icons.svg#ok"/></svg>'),
    "warn": mark_safe('<svg class="icon" aria-hidden="true"><use href="/static/icons.svg#warn"/></svg>'),
}


@register.filter
def state_badge(sample: Sample) -> str:
    css = STATE_CLASSES.get(sample.state, "badge")
    return format_html('<span class="{}">{}</span>', css, sample.get_state_display())


@register.simple_tag
def icon(name: str) -> str:
    return ICONS.get(name, "")


@register.simple_tag
def sample_link(sample: Sample, text: str | None = None) -> str:
    url = reverse("sample-detail", args=[sample.pk])
    return format_html('<a href="{}" title="{}">{}</a>', url, sample.note[:80], text or sample.code)


@register.filter
def outside_link(url: str, label: str = "") -> str:
    """A link someone typed in: only http(s), else the bare text."""
    try:
        parts = urlsplit(str(url))
    except ValueError:
        return conditional_escape(label or url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return conditional_escape(label or url)
    return format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', url, label or parts.netloc)


@register.filter(needs_autoescape=True)
def emphasize(text: str, word: str, autoescape: bool = True) -> str:
    """Marks the first place where the word stands."""
    position = text.lower().find(word.lower()) if word else -1
    if position < 0:
        return conditional_escape(text)
    end = position + len(word)
    return format_html("{}<mark>{}</mark>{}", text[:position], text[position:end], text[end:])


@register.simple_tag
def tag_list(values) -> str:
    items = format_html_join("\n", '<li data-tag="{}">{}</li>', ((value, value) for value in values))
    return format_html('<ul class="tags">{}</ul>', items)


@register.simple_tag(takes_context=True)
def page_url(context, number: int) -> str:
    query = context["request"].GET.copy()
    query["page"] = str(int(number))
    return "?" + query.urlencode()


@register.inclusion_tag("samples/pager.html", takes_context=True)
def pager(context, page) -> dict:
    keep = {key: context["request"].GET[key] for key in ("q", "sort", "state") if key in context["request"].GET}
    return {"page": page, "query": urlencode(keep)}
--- fleetops/__init__.py
"""Tools for running the fleet."""
--- fleetops/agentd.py
"""The agents' TCP service: JSON lines over TLS with client certificates."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

log = logging.getLogger(__name__)
MAX_LINE = 16 * 1024
IDLE = 60.0
MAX_CLIENTS = 200

Command = Callable[["Peer", dict[str, Any]], Awaitable[dict[str, Any]]]
COMMANDS: dict[str, Command] = {}


class Refused(Exception):
    pass


@dataclass
class Peer:
    name: str
    facts: dict[str, str] = field(default_factory=dict)


def command(function: Command) -> Command:
    COMMANDS[function.__name__] = function
    return function


@command
async def ping(peer: Peer, message: dict[str, Any]) -> dict[str, Any]:
    return {"pong": True}


@command
async def report(peer: Peer, message: dict[str, Any]) -> dict[str, Any]:
    given = message.get("facts")
    if not isinstance(given, dict) or len(given) > 50:
        raise Refused("facts are an object of at most 50 entries")
    peer.facts = {str(key)[:60]: str(value)[:400] for key, value in given.items()}
    return {"stored": len(peer.facts)}


@command
async def load(peer: Peer, message: dict[str, Any]) -> dict[str, Any]:
    one, five, fifteen = await asyncio.to_thread(os.getloadavg)
    return {"load": [one, five, fifteen]}


def tls_context() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=os.environ["AGENTD_CLIENT_CA"])
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(os.environ["AGENTD_CERT"], os.environ["AGENTD_KEY"])
    return context


def peer_name(writer: asyncio.StreamWriter) -> str:
    certificate = writer.get_extra_info("peercert") or {}
    names = [value for kind, value in certificate.get("subjectAltName", ()) if kind == "DNS"]
    if len(names) != 1:
        raise Refused("certificate names no single host")
    return names[0]


class AgentServer:
    def __init__(self) -> None:
        self.slots = asyncio.Semaphore(MAX_CLIENTS)

    async def answer(self, peer: Peer, line: bytes) -> dict[str, Any]:
        try:
            message = json.loads(line)
        except ValueError:
            return {"error": "not JSON"}
        if not isinstance(message, dict) or not isinstance(message.get("do"), str):
            return {"error": "not a message"}
        handler = COMMANDS.get(message["do"])
        if handler is None:
            return {"error": "unknown command"}
        try:
            return await asyncio.wait_for(handler(peer, message), timeout=10)
        except Refused as problem:
            return {"error": problem.args[0]}
        except TimeoutError:
            return {"error": "took too long"}

    async def serve_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.slots.locked():
            writer.close()
            return
        async with self.slots:
            try:
                peer = Peer(peer_name(writer))
                while line := await asyncio.wait_for(reader.readline(), timeout=IDLE):
                    reply = await self.answer(peer, line)
                    writer.write(json.dumps(reply).encode() + b"\n")
                    await asyncio.wait_for(writer.drain(), timeout=IDLE)
            except (Refused, TimeoutError, ValueError, ConnectionError, asyncio.IncompleteReadError):
                log.info("connection dropped")
            except Exception:
                log.exception("connection failed")
            finally:
                writer.close()


async def main() -> None:
    server = AgentServer()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    host = os.environ.get("AGENTD_HOST", "127.0.0.1")
    listening = await asyncio.start_server(
        server.serve_client, host, int(os.environ.get("AGENTD_PORT", "7443")), ssl=tls_context(), limit=MAX_LINE
    )
    async with listening:
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
--- fleetops/cli.py
"""fleet: one command for the daily work."""

from __future__ import annotations

import argparse
import json
import logging
import os
import secrets
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from . import frames, inventory, manifests, plugins, remote, runner, s3store

Handler = Callable[[argparse.Namespace], int]


def play(options: argparse.Namespace) -> int:
    tasks = runner.load(options.playbook)
    return 0 if runner.Runner().play(tasks, dry=options.dry) else 1


def units(options: argparse.Namespace) -> int:
    with remote.connect(options.host) as client:
        outcome = remote.unit_action(client, options.action, options.unit)
    sys.stdout.write(outcome.out)
    return outcome.code


def deploy(options: argparse.Namespace) -> int:
    wanted = manifests.deployment(options.name, options.image, options.replicas)
    if options.patch:
        for patch in manifests.load_all(options.patch):
            wanted = manifests.overlay(wanted, patch)
    print(manifests.apply([wanted], options.namespace, dry=not options.yes), end="")
    return 0


def hosts(options: argparse.Namespace) -> int:
    filters = dict(pair.split("=", 1) for pair in options.filters if "=" in pair)
    engine = inventory.engine_from_env()
    try:
        rows = inventory.Inventory(engine).find(filters=filters, sort=options.sort, size=options.size)
    except inventory.BadQuery as problem:
        print(f"fleet: {problem}", file=sys.stderr)
        return 2
    finally:
        engine.dispose()
    json.dump([dict(row) for row in rows], sys.stdout, default=str, indent=2)
    return 0


def costs(options: argparse.Namespace) -> int:
    frame = frames.read(Path(os.environ["FLEET_REPORTS"]), options.report)
    frames.write_csv(frames.summarize(frame, options.by, options.aggregate), options.out)
    return 0


def publish(options: argparse.Namespace) -> int:
    print(s3store.ArtifactStore.from_env().put(options.file, options.key))
    return 0


def checks(options: argparse.Namespace) -> int:
    registry = plugins.Registry()
    registry.load(plugins.enabled_names(options.settings))
    findings = dict(registry.run({}))
    for name, lines in findings.items():
        print(name, len(lines))
    return 1 if any(findings.values()) else 0


def new_token(options: argparse.Namespace) -> int:
    """Written to a file that only its owner can read; an existing one is left alone."""
    handle = os.open(options.out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with closing(os.fdopen(handle, "w", encoding="ascii")) as sink:
        sink.write(secrets.token_urlsafe(32) + "\n")
    return 0


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fleet", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, handler: Handler) -> argparse.ArgumentParser:
        sub = commands.add_parser(name)
        sub.set_defaults(handler=handler)
        return sub

    sub = add("play", play)
    sub.add_argument("playbook", type=Path)
    sub.add_argument("--dry", action="store_true")
    sub = add("unit", units)
    sub.add_argument("host")
    sub.add_argument("action", choices=sorted(remote.ACTIONS))
    sub.add_argument("unit")
    sub = add("deploy", deploy)
    sub.add_argument("name")
    sub.add_argument("image")
    sub.add_argument("--replicas", type=int, default=2)
    sub.add_argument("--namespace", choices=sorted(manifests.NAMESPACES), default="staging")
    sub.add_argument("--patch", type=Path)
    sub.add_argument("--yes", action="store_true")
    sub = add("hosts", hosts)
    sub.add_argument("filters", nargs="*")
    sub.add_argument("--sort", default="name")
    sub.add_argument("--size", type=int, default=50)
    sub = add("costs", costs)
    sub.add_argument("report")
    sub.add_argument("--by", nargs="+", default=["team"])
    sub.add_argument("--aggregate", choices=sorted(frames.AGGREGATES), default="sum")
    sub.add_argument("--out", type=Path, required=True)
    sub = add("publish", publish)
    sub.add_argument("file", type=Path)
    sub.add_argument("key")
    sub = add("checks", checks)
    sub.add_argument("--settings", type=Path, default=Path("fleet.toml"))
    sub = add("new-token", new_token)
    sub.add_argument("out", type=Path)
    return parser


def main(argv: list[str] | None = None) -> int:
    logging.basicConfig(level=os.environ.get("FLEET_LOG", "WARNING"))
    options = build_parser().parse_args(argv)
    return options.handler(options)


if __name__ == "__main__":
    raise SystemExit(main())
--- fleetops/fileserver.py
"""Shows a folder of build logs on this machine: python -m fleetops.fileserver FOLDER"""

from __future__ import annotations

import argparse
import html
import logging
import shutil
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

log = logging.getLogger(__name__)
TYPES = {".log": "text/plain; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".json": "application/json"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}
LOCAL_NAMES = {"127.0.0.1", "localhost"}


class LogHandler(BaseHTTPRequestHandler):
    server_version = "logs"
    sys_version = ""
    timeout = 15

    def __init__(self, *args, root: Path, **kwargs) -> None:
        self.root = root
        super().__init__(*args, **kwargs)

    def locate(self) -> Path | None:
        raw = unquote(urlsplit(self.path).path).lstrip("/")
        if "\x00" in raw or "\\" in raw:
            return None
        target = (self.root / raw).resolve()
        if not target.is_relative_to(self.root):
            return None
        if any(part.startswith(".") for part in target.relative_to(self.root).parts):
            return None
        return target

    def do_GET(self) -> None:
        # A foreign page that points its own name at us (DNS rebinding) stops here.
        if self.headers.get("Host", "").rsplit(":", 1)[0] not in LOCAL_NAMES:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        target = self.locate()
        if target is None or not target.exists():
            self.send_error(HTTPStatus.NOT_FOUND)
        elif target.is_dir():
            self.folder(target)
        elif target.suffix in TYPES:
            self.file(target)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def start(self, content_type: str, length: int) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(length))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()

    def file(self, path: Path) -> None:
        with path.open("rb") as source:
            size = source.seek(0, 2)
            source.seek(0)
            self.start(TYPES[path.suffix], size)
            shutil.copyfileobj(source, self.wfile)

    def folder(self, path: Path) -> None:
        rows = []
        for child in sorted(path.iterdir()):
            if child.name.startswith("."):
                continue
            href = "/" + quote(child.relative_to(self.root).as_posix())
            rows.append(f'<li><a href="{html.escape(href)}">{html.escape(child.name)}</a></li>')
        title = html.escape(path.name)
        page = f"<!doctype html><title>{title}</title><h1>{title}</h1><ul>{''.join(rows)}</ul>"
        body = page.encode("utf-8", "replace")
        self.start("text/html; charset=utf-8", len(body))
        self.wfile.write(body)

    def log_message(self, template: str, *args) -> None:
        log.info("request", extra={"client": self.client_address[0], "line": repr(template % args)[:300]})


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8020)
    options = parser.parse_args(argv)
    root = options.folder.resolve(strict=True)
    if not root.is_dir():
        parser.error("not a folder")
    with ThreadingHTTPServer(("127.0.0.1", options.port), partial(LogHandler, root=root)) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
--- fleetops/frames.py
"""Cost figures with pandas: read from the reports folder, joined, written for people."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd

SUFFIXES = {".csv", ".parquet", ".json"}
AGGREGATES = {"sum", "mean", "max", "min"}
DIMENSIONS = {"site", "team", "service", "month"}
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
MAX_BYTES = 200 * 1024 * 1024


class ReportError(ValueError):
    pass


def report_file(folder: Path, name: str) -> Path:
    root = folder.resolve()
    path = (root / name).resolve()
    if root not in path.parents:
        raise ReportError("outside the reports folder")
    if path.suffix not in SUFFIXES or not path.is_file() or path.stat().st_size > MAX_BYTES:
        raise ReportError("not a report")
    return path


READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    ".csv": lambda path: pd.read_csv(path, dtype={"site": "string", "team": "string"}, parse_dates=["day"]),
    ".parquet": lambda path: pd.read_parquet(path, engine="pyarrow"),
    ".json": lambda path: pd.read_json(path, orient="records", lines=True),
}


def read(folder: Path, name: str) -> pd.DataFrame:
    path = report_file(folder, name)
    return READERS[path.suffix](path)


def summarize(frame: pd.DataFrame, by: list[str], aggregate: str = "sum") -> pd.DataFrame:
    unknown = set(by) - DIMENSIONS
    if unknown or not by:
        raise ReportError("unknown dimension")
    if aggregate not in AGGREGATES:
        raise ReportError("unknown aggregate")
    return frame.groupby(by, as_index=False, observed=True)["cost"].agg(aggregate)


def select_rows(frame: pd.DataFrame, wanted: dict[str, str]) -> pd.DataFrame:
    """Boolean masks instead of frame.query(): no expression is ever parsed."""
    mask = pd.Series(True, index=frame.index)
    for column, value in wanted.items():
        if column not in DIMENSIONS:
            raise ReportError("unknown column")
        mask &= frame[column].astype("string").eq(value).fillna(False)
    return frame.loc[mask]


def defuse(value: object) -> object:
    if isinstance(value, str) and value.lstrip(" ").startswith(RISKY):
        return "'" + value
    return value


def for_sheets(frame: pd.DataFrame) -> pd.DataFrame:
    safe = frame.copy()
    for column in safe.select_dtypes(include=["object", "string", "category"]).columns:
        safe[column] = safe[column].astype("object").map(defuse)
    return safe.rename(columns=lambda label: str(defuse(str(label))))


def write_csv(frame: pd.DataFrame, target: Path) -> None:
    for_sheets(frame).to_csv(target, index=False, lineterminator="\r\n")


def write_xlsx(frame: pd.DataFrame, target: Path) -> None:
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs=options) as writer:
        for_sheets(frame).to_excel(writer, sheet_name="costs", index=False)


def as_html(frame: pd.DataFrame) -> str:
    return frame.to_html(index=False, escape=True, border=0, classes="costs", max_rows=500)


def budget(database: Path, team: str, month: str) -> pd.DataFrame:
    connection = sqlite3.connect(database.resolve().as_uri() + "?mode=ro", uri=True, timeout=5)
    try:
        return pd.read_sql_query(
            "select service, amount from budgets where team = ? and month = ? order by service",
            connection,
            params=(team, month),
        )
    finally:
        connection.close()
--- fleetops/inventory.py
"""The inventory's tables and its searches, in SQLAlchemy Core."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column, DateTime, Engine, ForeignKey, Integer, MetaData, RowMapping, Select, String, Table,
    and_, bindparam, create_engine, func, insert, select, text, update,
)
from sqlalchemy.sql import ColumnElement

metadata = MetaData()

hosts = Table(
    "hosts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(120), unique=True, nullable=False),
    Column("site", String(20), nullable=False),
    Column("memory_mb", Integer, nullable=False),
    Column("seen_at", DateTime(timezone=True)),
)
facts = Table(
    "facts",
    metadata,
    Column("host_id", ForeignKey("hosts.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(60), primary_key=True),
    Column("value", String(400), nullable=False),
)

FIELDS: dict[str, Column] = {
    "name": hosts.c.name,
    "site": hosts.c.site,
    "memory": hosts.c.memory_mb,
    "seen": hosts.c.seen_at,
}
OPERATORS: dict[str, Callable[[Column, Any], ColumnElement[bool]]] = {
    "eq": lambda column, value: column == value,
    "ne": lambda column, value: column != value,
    "gte": lambda column, value: column >= value,
    "lt": lambda column, value: column < value,
    "has": lambda column, value: column.contains(value, autoescape=True),
}
PARSERS: dict[type, Callable[[str], Any]] = {int: int, datetime: datetime.fromisoformat}
GROUPINGS = {"site": "site", "size": "memory_mb / 1024"}


class BadQuery(ValueError):
    pass


def engine_from_env() -> Engine:
    return create_engine(os.environ["FLEET_DATABASE_URL"], pool_pre_ping=True, pool_size=5, hide_parameters=True)


def condition(name: str, raw: str) -> ColumnElement[bool]:
    """memory__gte=2048 and the like."""
    field, _, operator = name.partition("__")
    column = FIELDS.get(field)
    compare = OPERATORS.get(operator or "eq")
    if column is None or compare is None:
        raise BadQuery("unknown filter")
    parse = PARSERS.get(column.type.python_type, lambda given: given[:120])
    if operator == "has" and column.type.python_type is not str:
        raise BadQuery("only texts can be searched")
    try:
        return compare(column, parse(raw))
    except ValueError:
        raise BadQuery("the value does not fit the field") from None


def search(filters: Mapping[str, str], sort: str = "name", page: int = 1, size: int = 50) -> Select:
    order = FIELDS.get(sort.lstrip("-"))
    if order is None:
        raise BadQuery("unknown order")
    size = min(max(size, 1), 200)
    statement = select(hosts).where(and_(True, *(condition(name, raw) for name, raw in filters.items())))
    statement = statement.order_by(order.desc() if sort.startswith("-") else order.asc())
    return statement.limit(size).offset((max(page, 1) - 1) * size)


class Inventory:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def find(self, **arguments: Any) -> list[RowMapping]:
        with self.engine.connect() as connection:
            return list(connection.execute(search(**arguments)).mappings())

    def add_facts(self, host_id: int, found: Iterable[tuple[str, str]]) -> None:
        rows = [{"host_id": host_id, "key": key[:60], "value": value[:400]} for key, value in found]
        if not rows:
            return
        with self.engine.begin() as connection:
            connection.execute(insert(facts), rows)
            connection.execute(update(hosts).where(hosts.c.id == host_id).values(seen_at=func.now()))

    def totals(self, grouping: str, sites: list[str]) -> list[RowMapping]:
        expression = GROUPINGS.get(grouping)
        if expression is None:
            raise BadQuery("unknown grouping")
        statement = text(
            f"select {expression} as label, count(*) as hosts from hosts"
            " where site in :sites group by 1 order by 2 desc"
        ).bindparams(bindparam("sites", expanding=True))
        with self.engine.connect() as connection:
            return list(connection.execute(statement, {"sites": sites}).mappings())
--- fleetops/manifests.py
"""Kubernetes manifests: built as data, written with safe_dump, applied through kubectl's stdin."""

from __future__ import annotations

import copy
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
IMAGE = re.compile(r"registry\.example\.org/[a-z0-9/_-]{1,100}@sha256:[0-9a-f]{64}")
KINDS = frozenset({"Deployment", "Service", "ConfigMap", "Ingress"})
NAMESPACES = frozenset({"web", "jobs", "staging"})

HARDENED = {
    "runAsNonRoot": True,
    "readOnlyRootFilesystem": True,
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}


class ManifestError(ValueError):
    pass


def load_all(path: Path, most: int = 1_000_000) -> Iterator[dict[str, Any]]:
    if path.stat().st_size > most:
        raise ManifestError("manifest is too large")
    for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
        if document is None:
            continue
        if not isinstance(document, dict) or document.get("kind") not in KINDS:
            raise ManifestError("document of an unexpected kind")
        yield document


def deployment(name: str, image: str, replicas: int = 2, env: dict[str, str] | None = None) -> dict[str, Any]:
    if NAME.fullmatch(name) is None:
        raise ManifestError("bad name")
    if IMAGE.fullmatch(image) is None:
        raise ManifestError("images come from our registry, by digest")
    labels = {"app.kubernetes.io/name": name}
    container = {
        "name": name,
        "image": image,
        "env": [{"name": key, "value": str(value)} for key, value in sorted((env or {}).items())],
        "envFrom": [{"secretRef": {"name": f"{name}-settings"}}],
        "securityContext": copy.deepcopy(HARDENED),
        "resources": {"limits": {"memory": "512Mi"}, "requests": {"cpu": "100m", "memory": "128Mi"}},
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "labels": dict(labels)},
        "spec": {
            "replicas": min(max(int(replicas), 1), 20),
            "selector": {"matchLabels": dict(labels)},
            "template": {
                "metadata": {"labels": dict(labels)},
                "spec": {"automountServiceAccountToken": False, "containers": [container]},
            },
        },
    }


def overlay(base: Any, patch: Any) -> Any:
    """A deep merge that leaves both arguments as they were."""
    if isinstance(base, dict) and isinstance(patch, dict):
        merged = dict(base)
        for key, value in patch.items():
            merged[key] = overlay(base[key], value) if key in base else copy.deepcopy(value)
        return merged
    return copy.deepcopy(patch)


def render(documents: list[dict[str, Any]]) -> str:
    return yaml.safe_dump_all(documents, sort_keys=False, explicit_start=True)


def apply(documents: list[dict[str, Any]], namespace: str, *, dry: bool = True) -> str:
    if namespace not in NAMESPACES:
        raise ManifestError("namespace is not ours")
    argv = ["kubectl", "apply", f"--namespace={namespace}", "--filename=-", "--output=name"]
    if dry:
        argv.append("--dry-run=server")
    done = subprocess.run(argv, input=render(documents), text=True, capture_output=True, timeout=120, check=True)
    return done.stdout
--- fleetops/plugins.py
"""Plug-ins come from installed distributions' entry points, and only those that the settings name."""

from __future__ import annotations

import importlib
import logging
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

log = logging.getLogger(__name__)
GROUP = "fleetops.checks"
BUILT_IN = {
    "disk": ("fleetops.checks.disk", "DiskCheck"),
    "clock": ("fleetops.checks.clock", "ClockCheck"),
    "certificates": ("fleetops.checks.certificates", "CertificateCheck"),
}
HOOKS = frozenset({"before", "after", "failed"})


@runtime_checkable
class Check(Protocol):
    name: str

    def run(self, settings: dict[str, Any]) -> list[str]: ...


class PluginError(RuntimeError):
    pass


def enabled_names(path: Path) -> list[str]:
    with path.open("rb") as source:
        settings = tomllib.load(source)
    names = settings.get("checks", {}).get("enabled", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise PluginError("checks.enabled is a list of names")
    return names


def built_in(name: str) -> type:
    module_name, class_name = BUILT_IN[name]
    return getattr(importlib.import_module(module_name), class_name)


def external(name: str) -> type:
    found: tuple[EntryPoint, ...] = tuple(entry_points(group=GROUP, name=name))
    if len(found) != 1:
        raise PluginError("not exactly one plug-in of that name")
    return found[0].load()


class Registry:
    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}
        self._hooks: dict[str, list[Callable[..., None]]] = {name: [] for name in HOOKS}

    def load(self, names: list[str]) -> None:
        for name in names:
            factory = built_in(name) if name in BUILT_IN else external(name)
            check = factory()
            if not isinstance(check, Check):
                raise PluginError("plug-in does not implement Check")
            self._checks[name] = check

    def on(self, hook: str, callback: Callable[..., None]) -> None:
        if hook not in self._hooks:
            raise PluginError("no such hook")
        self._hooks[hook].append(callback)

    def emit(self, hook: str, **values: Any) -> None:
        for callback in self._hooks[hook]:
            try:
                callback(**values)
            except Exception:
                log.exception("hook failed")

    def run(self, settings: dict[str, dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
        for name, check in self._checks.items():
            self.emit("before", name=name)
            try:
                findings = check.run(dict(settings.get(name, {})))
            except Exception as problem:
                self.emit("failed", name=name, problem=type(problem).__name__)
                continue
            self.emit("after", name=name, count=len(findings))
            yield name, findings
--- fleetops/remote.py
"""SSH to hosts we know. A host whose key is not on file is refused."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import paramiko

HOST = re.compile(r"[a-z0-9][a-z0-9-]{0,40}(?:\.[a-z0-9][a-z0-9-]{0,40}){0,5}")
UNIT = re.compile(r"[a-z][a-z0-9-]{0,40}\.service")
ACTIONS = frozenset({"status", "restart", "reload"})
MAX_OUTPUT = 1_000_000


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    def check(self) -> Outcome:
        if self.code:
            raise RuntimeError(f"remote program ended with {self.code}")
        return self


@contextmanager
def connect(host: str, user: str = "deploy") -> Iterator[paramiko.SSHClient]:
    if HOST.fullmatch(host) is None:
        raise ValueError("not a host name")
    client = paramiko.SSHClient()
    client.load_host_keys(os.environ.get("FLEET_KNOWN_HOSTS", str(Path.home() / ".ssh" / "known_hosts")))
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect(
        host,
        username=user,
        key_filename=os.environ.get("FLEET_KEY_FILE"),
        timeout=10,
        banner_timeout=10,
        auth_timeout=10,
        allow_agent=True,
    )
    try:
        yield client
    finally:
        client.close()


def run(client: paramiko.SSHClient, argv: Sequence[str], timeout: float = 60) -> Outcome:
    """The remote side has a shell; every word is quoted for it."""
    stdin, stdout, stderr = client.exec_command(shlex.join(argv), timeout=timeout)
    stdin.close()
    out = stdout.read(MAX_OUTPUT).decode("utf-8", "replace")
    err = stderr.read(MAX_OUTPUT).decode("utf-8", "replace")
    return Outcome(stdout.channel.recv_exit_status(), out, err)


def unit_action(client: paramiko.SSHClient, action: str, unit: str) -> Outcome:
    if action not in ACTIONS:
        raise ValueError("action is not allowed")
    if UNIT.fullmatch(unit) is None:
        raise ValueError("not a unit")
    return run(client, ["sudo", "-n", "systemctl", "--no-pager", action, "--", unit])


def push(client: paramiko.SSHClient, source: Path, folder: PurePosixPath) -> PurePosixPath:
    if ".." in folder.parts or not folder.is_relative_to("/srv/releases"):
        raise ValueError("releases go below /srv/releases")
    target = folder / source.name
    staged = target.with_name(target.name + ".part")
    with client.open_sftp() as sftp:
        sftp.get_channel().settimeout(60)
        sftp.put(str(source), str(staged), confirm=True)
        sftp.chmod(str(staged), 0o640)
        sftp.posix_rename(str(staged), str(target))
    return target


def tail(client: paramiko.SSHClient, unit: str, lines: int = 100) -> list[str]:
    if UNIT.fullmatch(unit) is None:
        raise ValueError("not a unit")
    count = min(max(int(lines), 1), 2000)
    result = run(client, ["journalctl", "--no-pager", "-n", str(count), f"--unit={unit}"])
    return result.check().out.splitlines()
--- fleetops/runner.py
"""A small playbook runner: tasks name a module, a module builds an argument list."""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

log = logging.getLogger(__name__)
Argv = list[str]
Builder = Callable[[Mapping[str, Any]], Argv]
Execute = Callable[..., subprocess.CompletedProcess]

MODULES: dict[str, Builder] = {}
PACKAGE = re.compile(r"[a-z0-9][a-z0-9+.-]{0,80}")
BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,100}")
PASSED_ON = ("PATH", "HOME", "LANG")


class PlaybookError(Exception):
    pass


def module(name: str) -> Callable[[Builder], Builder]:
    def register(builder: Builder) -> Builder:
        MODULES[name] = builder
        return builder

    return register


def text(args: Mapping[str, Any], key: str, shape: re.Pattern[str]) -> str:
    value = args.get(key)
    if not isinstance(value, str) or shape.fullmatch(value) is None:
        raise PlaybookError(f"argument {key} is missing or malformed")
    return value


@module("package")
def package(args: Mapping[str, Any]) -> Argv:
    verb = {"present": "install", "absent": "remove"}.get(args.get("state", "present"))
    if verb is None:
        raise PlaybookError("state is present or absent")
    return ["apt-get", "-y", verb, "--", text(args, "name", PACKAGE)]


@module("checkout")
def checkout(args: Mapping[str, Any]) -> Argv:
    folder = Path("/srv/src") / text(args, "repository", PACKAGE)
    return ["git", "-C", str(folder), "switch", "--detach", text(args, "ref", BRANCH)]


@module("sync")
def sync(args: Mapping[str, Any]) -> Argv:
    name = text(args, "site", PACKAGE)
    return ["rsync", "--archive", "--delete", "--", f"/srv/build/{name}/", f"/srv/www/{name}/"]


@module("pip")
def pip(args: Mapping[str, Any]) -> Argv:
    lock = Path("/srv/src") / text(args, "repository", PACKAGE) / "requirements.lock"
    return [sys.executable, "-m", "pip", "install", "--require-hashes", "-r", str(lock)]


@dataclass
class Task:
    name: str
    module: str
    args: dict[str, Any] = field(default_factory=dict)
    retries: int = 0


def load(path: Path) -> list[Task]:
    with path.open(encoding="utf-8") as source:
        document = yaml.safe_load(source)
    if not isinstance(document, list):
        raise PlaybookError("a playbook is a list of tasks")
    tasks = []
    for item in document:
        if not isinstance(item, dict) or item.get("module") not in MODULES:
            raise PlaybookError("a task names a known module")
        retries = item.get("retries", 0)
        if not isinstance(retries, int) or not 0 <= retries <= 5:
            raise PlaybookError("retries is 0 to 5")
        tasks.append(Task(str(item.get("name", ""))[:80], item["module"], dict(item.get("args") or {}), retries))
    return tasks


def execute(argv: Argv, *, timeout: float = 300, dry: bool = False) -> subprocess.CompletedProcess:
    program = shutil.which(argv[0])
    if program is None:
        raise PlaybookError("program is not installed")
    if dry:
        return subprocess.CompletedProcess(argv, 0, "", "")
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return subprocess.run(
        [program, *argv[1:]],
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        stdin=subprocess.DEVNULL,
    )


class Runner:
    def __init__(self, run: Execute = execute, pause: Callable[[float], None] = time.sleep) -> None:
        self.run = run
        self.pause = pause

    def one(self, task: Task, **options: Any) -> bool:
        argv = MODULES[task.module](task.args)
        for attempt in range(task.retries + 1):
            done = self.run(argv, **options)
            log.info("task ran", extra={"task_module": task.module, "code": done.returncode, "attempt": attempt})
            if done.returncode == 0:
                return True
            self.pause(min(2**attempt, 20))
        return False

    def play(self, tasks: list[Task], **options: Any) -> bool:
        return all(self.one(task, **options) for task in tasks)

    def play_many(self, books: Mapping[str, list[Task]], workers: int = 4) -> dict[str, bool]:
        with ThreadPoolExecutor(max_workers=workers) as pool:
            pending = {name: pool.submit(self.play, tasks) for name, tasks in books.items()}
            return {name: future.result() for name, future in pending.items()}
--- fleetops/s3store.py
"""Artifacts in S3: uploads with server-side encryption, downloads below one folder."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

KEY = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*){0,6}")
CONFIG = Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 4, "mode": "standard"})
TYPES = {".json": "application/json", ".gz": "application/gzip", ".txt": "text/plain"}


class StoreError(RuntimeError):
    pass


@dataclass(frozen=True)
class Entry:
    key: str
    size: int


def check_key(key: str) -> str:
    if len(key) > 300 or KEY.fullmatch(key) is None:
        raise StoreError("bad key")
    return key


def digest_of(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


class ArtifactStore:
    def __init__(self, bucket: str, prefix: str = "artifacts/", client=None) -> None:
        self.bucket = bucket
        self.prefix = prefix
        self.client = client or boto3.client("s3", config=CONFIG)

    @classmethod
    def from_env(cls) -> ArtifactStore:
        return cls(os.environ["FLEET_BUCKET"], os.environ.get("FLEET_PREFIX", "artifacts/"))

    def put(self, path: Path, key: str) -> str:
        digest = digest_of(path)
        self.client.upload_file(
            str(path),
            self.bucket,
            self.prefix + check_key(key),
            ExtraArgs={
                "ServerSideEncryption": "aws:kms",
                "ContentType": TYPES.get(path.suffix, "application/octet-stream"),
                "Metadata": {"sha256": digest},
            },
        )
        return digest

    def entries(self, below: str = "") -> Iterator[Entry]:
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=self.prefix + below
        )
        for page in pages:
            for item in page.get("Contents", ()):
                yield Entry(item["Key"].removeprefix(self.prefix), item["Size"])

    def fetch(self, key: str, folder: Path, expected: str) -> Path:
        root = folder.resolve()
        target = root.joinpath(*check_key(key).split("/")).resolve()
        if not target.is_relative_to(root):
            raise StoreError("key leaves the folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as sink:
                self.client.download_fileobj(self.bucket, self.prefix + key, sink)
            if digest_of(partial) != expected:
                raise StoreError("the digest does not match")
            partial.replace(target)
        except ClientError as problem:
            raise StoreError(problem.response["Error"]["Code"]) from problem
        finally:
            partial.unlink(missing_ok=True)
        return target

    def link(self, key: str, seconds: int = 300) -> str:
        return self.client.generate_presigned_url(
            "get_object",
            Params={"Bucket": self.bucket, "Key": self.prefix + check_key(key)},
            ExpiresIn=min(max(seconds, 30), 3600),
        )
--- fleetops/templating.py
"""Templates that customers write are rendered in a sandbox; ours come from the package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

HERE = Path(__file__).resolve().parent
MAX_SOURCE = 8_000
MAX_OUTPUT = 64_000
PAGES = {"status": "status.html", "hosts": "hosts.html", "report": "report.html"}


class NoticeError(ValueError):
    pass


def day(value: datetime) -> str:
    return value.strftime("%Y-%m-%d")


def trusted() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(["html", "xml"], default_for_string=True, default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["day"] = day
    return environment


class NoticeSandbox(ImmutableSandboxedEnvironment):
    """No calls, no loops worth the name: values and filters from a short list."""

    KEPT = ("lower", "upper", "title", "default", "length", "escape", "e", "trim")

    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in self.KEPT}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError("no arithmetic in notices")

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not attr.startswith("_") and super().is_safe_attribute(obj, attr, value)


PAGE_ENVIRONMENT = trusted()


def page(name: str, values: Mapping[str, Any]) -> str:
    template = PAGES.get(name)
    if template is None:
        raise KeyError("no such page")
    return PAGE_ENVIRONMENT.get_template(template).render(values)


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what JSON can hold goes into a customer's template."""
    return json.loads(json.dumps(dict(values), default=str))


def notice(template_name: str, values: Mapping[str, Any], sources: Mapping[str, str]) -> str:
    source = sources[template_name]
    if len(source) > MAX_SOURCE or "{%" in source:
        raise NoticeError("the template is too long or too clever")
    try:
        text = NoticeSandbox().from_string(source).render(plain(values))
    except (TemplateError, TypeError, ValueError, RecursionError) as problem:
        raise NoticeError("the template cannot be rendered") from problem
    if len(text) > MAX_OUTPUT:
        raise NoticeError("the notice is too long")
    return text
