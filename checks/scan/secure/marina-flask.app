--- labels
--- library_site/catalog/api.py
"""The interface for the app and for self-check-out machines: Django REST framework."""

from __future__ import annotations

from typing import Any

from django.db import connection
from rest_framework import filters, mixins, permissions, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import DefaultRouter
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from .models import Loan, Note, Title

SHELF_COLUMNS = {"author": "t.author", "lent": "t.times_lent", "open": "open_loans"}
SHELF_DIRECTIONS = {"asc": "ASC", "desc": "DESC"}


class Pages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "size"
    max_page_size = 200


class TitleSerializer(serializers.ModelSerializer):
    has_cover = serializers.SerializerMethodField()

    class Meta:
        model = Title
        fields = ("id", "isbn", "name", "author", "summary", "language", "published", "has_cover")

    def get_has_cover(self, title: Title) -> bool:
        return bool(title.cover)


class LoanSerializer(serializers.ModelSerializer):
    title = TitleSerializer(read_only=True)

    class Meta:
        model = Loan
        fields = ("id", "title", "lent_on", "due_on", "returned_on", "renewals")
        read_only_fields = fields


class NoteSerializer(serializers.ModelSerializer):
    title = serializers.PrimaryKeyRelatedField(queryset=Title.objects.all())

    class Meta:
        model = Note
        fields = ("id", "title", "text", "public", "created_at")
        read_only_fields = ("created_at",)

    def validate_text(self, value: str) -> str:
        if "\0" in value:
            raise serializers.ValidationError("Only text, please.")
        return value.strip()

    def update(self, instance: Note, validated_data: dict[str, Any]) -> Note:
        for name in ("text", "public"):
            if name in validated_data:
                setattr(instance, name, validated_data[name])
        instance.save(update_fields=["text", "public"])
        return instance


class ShelfQuery(serializers.Serializer):
    """What may be asked of the shelf report."""

    language = serializers.RegexField(r"\A[a-z]{3}\Z", default="eng")
    order = serializers.ChoiceField(choices=sorted(SHELF_COLUMNS), default="author")
    direction = serializers.ChoiceField(choices=sorted(SHELF_DIRECTIONS), default="asc")
    limit = serializers.IntegerField(min_value=1, max_value=500, default=100)


class TitleViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Title.objects.order_by("name", "pk")
    serializer_class = TitleSerializer
    pagination_class = Pages
    filter_backends = [filters.SearchFilter, filters.OrderingFilter]
    search_fields = ["name", "author", "=isbn"]
    ordering_fields = ["name", "author", "published"]


class LoanViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    serializer_class = LoanSerializer
    pagination_class = Pages

    def get_queryset(self):
        return Loan.objects.of(self.request.user).select_related("title").order_by("due_on", "pk")

    def get_throttles(self):
        if self.action == "renew":
            self.throttle_scope = "renew"
            return [ScopedRateThrottle()]
        return super().get_throttles()

    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: str | None = None) -> Response:
        loan = self.get_object()
        if not loan.renew():
            return Response({"detail": "This cannot be renewed any more."}, status=status.HTTP_409_CONFLICT)
        loan.refresh_from_db()
        return Response(self.get_serializer(loan).data)


class NoteViewSet(viewsets.ModelViewSet):
    serializer_class = NoteSerializer
    pagination_class = Pages

    def get_queryset(self):
        return Note.objects.filter(reader=self.request.user).order_by("-created_at")

    def perform_create(self, serializer: NoteSerializer) -> None:
        serializer.save(reader=self.request.user)


class ShelfReport(APIView):
    permission_classes = [permissions.IsAdminUser]

    def get(self, request: Request) -> Response:
        query = ShelfQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = query.validated_data
        order = f"{SHELF_COLUMNS[wanted['order']]} {SHELF_DIRECTIONS[wanted['direction']]}"
        statement = f"""
            SELECT t.id, t.name, t.author, t.times_lent, count(l.id) AS open_loans
            FROM catalog_title t
            LEFT JOIN catalog_loan l ON l.title_id = t.id AND l.returned_on IS NULL
            WHERE t.language = %(language)s
            GROUP BY t.id
            ORDER BY {order}, t.id
            LIMIT %(limit)s
        """
        with connection.cursor() as cursor:
            cursor.execute(statement, {"language": wanted["language"], "limit": wanted["limit"]})
            names = [column[0] for column in cursor.description]
            return Response([dict(zip(names, row, strict=True)) for row in cursor.fetchall()])


router = DefaultRouter(trailing_slash=False)
router.register("titles", TitleViewSet, basename="api-title")
router.register("loans", LoanViewSet, basename="api-loan")
router.register("notes", NoteViewSet, basename="api-note")
--- library_site/catalog/apps.py
"""The application's configuration, with what is done when something is saved, removed, or somebody signs in."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django.apps import AppConfig
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

log = logging.getLogger(__name__)


def remove_file(storage: Any, name: str) -> None:
    """Called when the transaction is through, so that a rollback does not leave a title without its cover."""
    try:
        storage.delete(name)
    except OSError:
        log.exception("cover_not_removed", extra={"file": name})


def remember_old_cover(sender: type, instance: Any, **_kwargs: Any) -> None:
    if instance.pk is None:
        return
    old = sender.objects.filter(pk=instance.pk).values_list("cover", flat=True).first()
    if old and old != instance.cover.name:
        transaction.on_commit(partial(remove_file, instance.cover.storage, old))


def forget_cover(sender: type, instance: Any, **_kwargs: Any) -> None:
    if instance.cover:
        transaction.on_commit(partial(remove_file, instance.cover.storage, instance.cover.name))


def count_loan(sender: type, instance: Any, created: bool, raw: bool, **_kwargs: Any) -> None:
    from django.db.models import F

    if created and not raw:
        type(instance.title).objects.filter(pk=instance.title_id).update(times_lent=F("times_lent") + 1)
        transaction.on_commit(partial(cache.delete, f"title:{instance.title_id}"))


def tell_login(sender: type, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    log.info("login", extra={"reader": user.pk, "remote": request.META.get("REMOTE_ADDR")})


def tell_failure(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_kwargs: Any) -> None:
    """Which name it was is written as a fingerprint: people type their passwords there by mistake."""
    name = str(credentials.get("username", ""))[:150]
    fingerprint = salted_hmac("catalog.login", name, algorithm="sha256").hexdigest()[:16]
    remote = request.META.get("REMOTE_ADDR") if request else None
    log.warning("login_refused", extra={"name_fingerprint": fingerprint, "remote": remote})


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_login_failed
        from django.db.models.signals import post_delete, post_save, pre_save

        title = self.get_model("Title")
        pre_save.connect(remember_old_cover, sender=title, dispatch_uid="catalog.cover.old")
        post_delete.connect(forget_cover, sender=title, dispatch_uid="catalog.cover.gone")
        post_save.connect(count_loan, sender=self.get_model("Loan"), dispatch_uid="catalog.loan.count")
        user_logged_in.connect(tell_login, dispatch_uid="catalog.login")
        user_login_failed.connect(tell_failure, dispatch_uid="catalog.login.failed")
--- library_site/catalog/class_views.py
"""Views that are classes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin, UserPassesTestMixin
from django.contrib.auth.views import LoginView, PasswordResetView
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import CreateView, DeleteView, DetailView, FormView, ListView, UpdateView

from .forms import CoverForm, NoteForm
from .guards import rate_limited
from .models import Loan, Note, Title


@method_decorator(rate_limited("login", limit=6, per=60, field="username"), name="dispatch")
class ThrottledLogin(LoginView):
    template_name = "catalog/login.html"
    redirect_authenticated_user = False


@method_decorator(rate_limited("reset", limit=4, per=3600, field="email"), name="dispatch")
class ThrottledReset(PasswordResetView):
    template_name = "catalog/reset.html"
    email_template_name = "catalog/reset_mail.txt"
    success_url = reverse_lazy("login")


class TitleView(DetailView):
    model = Title
    template_name = "catalog/title.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = Q(public=True)
        if self.request.user.is_authenticated:
            shown |= Q(reader=self.request.user)
        context["notes"] = self.object.notes.filter(shown).select_related("reader").order_by("-created_at")[:50]
        return context


@method_decorator(never_cache, name="dispatch")
class LoanList(LoginRequiredMixin, ListView):
    template_name = "catalog/loans.html"
    paginate_by = 25
    allow_empty = True
    STATES = {"open": {"returned_on": None}, "returned": {"returned_on__isnull": False}, "all": {}}

    def get_queryset(self) -> QuerySet[Loan]:
        state = self.STATES.get(self.request.GET.get("state", "open"), self.STATES["open"])
        return Loan.objects.of(self.request.user).filter(**state).select_related("title").order_by("due_on", "pk")


class OwnNotes(LoginRequiredMixin):
    """Only those notes can be found that belong to whoever is signed in."""

    model = Note
    form_class = NoteForm
    template_name = "catalog/note.html"

    def get_queryset(self) -> QuerySet[Note]:
        return Note.objects.filter(reader=self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "reader": self.request.user}

    def get_success_url(self) -> str:
        return reverse("title", kwargs={"pk": self.object.title_id})


@method_decorator(rate_limited("notes", limit=30, per=3600), name="dispatch")
class NoteCreate(OwnNotes, CreateView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "title": get_object_or_404(Title, pk=self.kwargs["pk"])}


class NoteUpdate(OwnNotes, UpdateView):
    pass


class NoteDelete(LoginRequiredMixin, DeleteView):
    template_name = "catalog/confirm.html"
    success_url = reverse_lazy("loans")

    def get_queryset(self) -> QuerySet[Note]:
        return Note.objects.filter(reader=self.request.user)


class CoverUpload(UserPassesTestMixin, FormView):
    form_class = CoverForm
    template_name = "catalog/cover.html"
    raise_exception = True

    def test_func(self) -> bool:
        return self.request.user.is_authenticated and self.request.user.is_staff

    def form_valid(self, form: CoverForm) -> HttpResponse:
        form.store(get_object_or_404(Title, pk=self.kwargs["pk"]))
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return reverse("title", kwargs={"pk": self.kwargs["pk"]})
--- library_site/catalog/forms.py
"""Forms of the catalogue."""

from __future__ import annotations

import io
import warnings

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.mail import EmailMessage
from django.core.validators import FileExtensionValidator
from PIL import Image, UnidentifiedImageError

from .models import Note, Reader, Title

MAX_COVER = 4 * 1024 * 1024
Image.MAX_IMAGE_PIXELS = 30_000_000


def one_line(value: str) -> None:
    if not value.isprintable():
        raise ValidationError("Only one line of text, please.")


class SearchForm(forms.Form):
    q = forms.CharField(max_length=80, required=False, strip=True)
    order = forms.ChoiceField(choices=[(key, key) for key in ("name", "author", "newest", "popular")], required=False)
    language = forms.RegexField(regex=r"\A[a-z]{3}\Z", required=False)
    page = forms.IntegerField(min_value=1, max_value=1000, required=False)


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ("text", "public")
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "maxlength": 2000})}

    def __init__(self, *args, reader: Reader, title: Title | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Whose note it is, and on what, is not for the form to say.
        self.instance.reader = reader
        if title is not None:
            self.instance.title = title


class CoverForm(forms.Form):
    cover = forms.FileField(max_length=120, validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])])

    def clean_cover(self) -> ContentFile:
        """The picture, written anew: what is stored was made here, pixel by pixel, whatever was sent."""
        upload: UploadedFile = self.cleaned_data["cover"]
        if upload.size is None or upload.size > MAX_COVER:
            raise ValidationError("The picture is too large.")
        target = io.BytesIO()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(upload, formats=["JPEG", "PNG", "WEBP"]) as picture:
                    picture.thumbnail((800, 1200))
                    picture.convert("RGB").save(target, "WEBP", quality=82)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
            raise ValidationError("This is not a picture that we can read.") from None
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise ValidationError("The picture is too large.") from None
        return ContentFile(target.getvalue(), name="cover.webp")

    def store(self, title: Title) -> None:
        title.cover.save("cover.webp", self.cleaned_data["cover"], save=False)
        title.save(update_fields=["cover"])


class ContactForm(forms.Form):
    subject = forms.CharField(max_length=100, validators=[one_line])
    message = forms.CharField(max_length=4000, widget=forms.Textarea)

    def send(self, reader: Reader) -> None:
        EmailMessage(
            subject=f"[Desk] {self.cleaned_data['subject']}",
            body=f"{self.cleaned_data['message']}\n\n-- \nCard {reader.card}",
            to=[settings.DESK_ADDRESS],
            reply_to=[reader.email] if reader.email else None,
        ).send()


class ReturnForm(forms.Form):
    """A list of loans that the desk has got back."""

    loans = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args, open_loans, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["loans"].choices = [(loan.pk, str(loan.title)) for loan in open_loans]
--- library_site/catalog/guards.py
"""Middleware, decorators and the format of the log."""

from __future__ import annotations

import contextvars
import datetime as dt
import functools
import json
import logging
import re
import secrets
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import salted_hmac

View = Callable[..., HttpResponse]
GetResponse = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger(__name__)
request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")

GIVEN_ID = re.compile(r"\A[A-Za-z0-9-]{8,64}\Z")
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class JsonFormatter(logging.Formatter):
    """One object per line. What is passed as ``extra`` becomes fields; json.dumps escapes line breaks."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
            "request_id": request_id.get(),
        }
        entry.update({name: value for name, value in vars(record).items() if name not in STANDARD})
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, default=str)


class RequestIdMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        token = request_id.set(given if GIVEN_ID.match(given) else secrets.token_hex(12))
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


def security_headers(get_response: GetResponse) -> GetResponse:
    """A policy for scripts, with a nonce for those that stand in our own pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        response = get_response(request)
        policy = (
            f"default-src 'self'; script-src 'self' 'nonce-{request.csp_nonce}'; object-src 'none'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return middleware


def caller(request: HttpRequest) -> str:
    """Who is counted: the reader, or the address that the connection comes from.

    Behind the proxy the application server puts the visitor's address there, from the PROXY protocol.
    """
    if request.user.is_authenticated:
        return f"reader:{request.user.pk}"
    return f"address:{request.META['REMOTE_ADDR']}"


def count_call(bucket: str, who: str, per: int) -> int:
    key = "rate:" + salted_hmac("catalog.guards", f"{bucket}|{who}", algorithm="sha256").hexdigest()
    cache.add(key, 0, per)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, per)
        return 1


def rate_limited(bucket: str, *, limit: int, per: int, field: str | None = None) -> Callable[[View], View]:
    """At most ``limit`` POSTs in ``per`` seconds for a caller and, with ``field``, for each value of that field."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                counted = [caller(request)]
                if field is not None:
                    counted.append("value:" + request.POST.get(field, "")[:200].strip().lower())
                if any([count_call(bucket, who, per) > limit for who in counted]):
                    log.warning("rate_limited", extra={"bucket": bucket})
                    return JsonResponse({"error": "Too many attempts."}, status=429, headers={"Retry-After": str(per)})
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def desk_only(view: View) -> View:
    """For people who work at the desk, as the database says."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.is_active and request.user.is_staff):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
--- library_site/catalog/models.py
"""What the library has, and who has borrowed it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.auth.models import AbstractUser
from django.core.files.storage import FileSystemStorage
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

LOAN_DAYS = 28
MAX_RENEWALS = 3


def cover_name(_title: Title, _given: str) -> str:
    """Covers are stored under names of ours; the one that came with the file is not looked at."""
    return f"covers/{uuid.uuid4().hex}.webp"


def private_storage() -> FileSystemStorage:
    """Below MEDIA_ROOT, which no web server shows; files are sent by the views."""
    return FileSystemStorage(base_url=None)


class Reader(AbstractUser):
    card = models.CharField(max_length=12, unique=True, validators=[RegexValidator(r"\A[0-9]{8,12}\Z")])
    newsletter = models.BooleanField(default=False)


class TitleQuerySet(models.QuerySet["Title"]):
    ORDERS = {
        "name": ("name", "pk"),
        "author": ("author", "name"),
        "newest": ("-published", "name"),
        "popular": ("-times_lent", "name"),
    }

    def ordered(self, key: str) -> TitleQuerySet:
        """By one of the orders that there are; a key that is none means the first."""
        return self.order_by(*self.ORDERS.get(key, self.ORDERS["name"]))

    def matching(self, words: str) -> TitleQuerySet:
        found = self
        for word in words.split()[:6]:
            found = found.filter(Q(name__icontains=word) | Q(author__icontains=word) | Q(isbn__startswith=word))
        return found

    def with_similarity(self, words: str) -> TitleQuerySet:
        """Needs pg_trgm. The words are a parameter of the expression."""
        return self.annotate(similarity=RawSQL("similarity(catalog_title.name, %s)", (words,)))

    def in_language(self, code: str) -> TitleQuerySet:
        return self.extra(where=["lower(catalog_title.language) = lower(%s)"], params=[code])


class Title(models.Model):
    isbn = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=300)
    author = models.CharField(max_length=200)
    summary = models.TextField(max_length=5000, blank=True)
    language = models.CharField(max_length=3, default="eng")
    published = models.DateField(null=True, blank=True)
    times_lent = models.PositiveIntegerField(default=0)
    cover = models.FileField(upload_to=cover_name, storage=private_storage, blank=True)

    objects = TitleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class LoanQuerySet(models.QuerySet["Loan"]):
    def of(self, reader: Reader) -> LoanQuerySet:
        return self.filter(reader=reader)

    def open(self) -> LoanQuerySet:
        return self.filter(returned_on=None)

    def overdue(self) -> LoanQuerySet:
        return self.open().filter(due_on__lt=timezone.localdate())

    def oldest_first(self, reader: Reader, limit: int) -> models.query.RawQuerySet[Loan]:
        return self.model.objects.raw(
            """
            SELECT l.* FROM catalog_loan l
            WHERE l.reader_id = %(reader)s AND l.returned_on IS NULL
            ORDER BY l.due_on LIMIT %(limit)s
            """,
            {"reader": reader.pk, "limit": min(max(limit, 1), 100)},
        )


class Loan(models.Model):
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="loans")
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="loans")
    lent_on = models.DateField(default=timezone.localdate)
    due_on = models.DateField()
    returned_on = models.DateField(null=True, blank=True)
    renewals = models.PositiveSmallIntegerField(default=0)

    objects = LoanQuerySet.as_manager()

    def renew(self) -> bool:
        """Counts in the database, so that two clicks at once are not two renewals too many."""
        renewable = Loan.objects.filter(pk=self.pk, returned_on=None, renewals__lt=MAX_RENEWALS)
        due = timezone.localdate() + dt.timedelta(days=LOAN_DAYS)
        return bool(renewable.update(renewals=F("renewals") + 1, due_on=due))


class Note(models.Model):
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="notes")
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=2000)
    public = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
--- library_site/catalog/views.py
"""Views that are functions."""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import connection, transaction
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST, require_http_methods

from .forms import ContactForm, ReturnForm, SearchForm
from .guards import desk_only, rate_limited
from .models import Loan, Title

log = logging.getLogger(__name__)

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
CARD = re.compile(r"[0-9]{8,12}")
GROUPINGS = {"month": "month", "year": "year"}


class Echo:
    """A file that hands back what is written, for csv.writer."""

    def write(self, line: str) -> str:
        return line


def text_cell(value: object) -> str:
    text = str(value if value is not None else "")
    return f"'{text}" if text.startswith(FORMULA) else text


def safe_target(request: HttpRequest, default: str) -> str:
    target = request.POST.get("next") or ""
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return target
    return reverse(default)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "catalog/titles.html", {"form": form, "page": None}, status=400)
    wanted = form.cleaned_data
    titles = Title.objects.matching(wanted["q"]).ordered(wanted["order"])
    if wanted["language"]:
        titles = titles.in_language(wanted["language"])
    page = Paginator(titles, 30).get_page(wanted["page"])
    return render(request, "catalog/titles.html", {"form": form, "page": page, "words": wanted["q"]})


@require_GET
@cache_control(public=True, max_age=3600)
def cover(request: HttpRequest, pk: int) -> FileResponse:
    title = get_object_or_404(Title.objects.exclude(cover=""), pk=pk)
    try:
        file = title.cover.open("rb")
    except FileNotFoundError:
        log.warning("cover_missing", extra={"title": pk})
        raise Http404 from None
    return FileResponse(file, content_type="image/webp")


@require_GET
def suggestions(request: HttpRequest) -> JsonResponse:
    """Names that begin as what was typed. LIKE's own signs are escaped, and the pattern is a parameter."""
    typed = request.GET.get("q", "").replace("\0", "")[:40]
    if len(typed) < 2:
        return JsonResponse({"names": []})
    pattern = typed.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM catalog_title WHERE name ILIKE %s ORDER BY times_lent DESC LIMIT 10",
            [pattern],
        )
        names = [row[0] for row in cursor.fetchall()]
    return JsonResponse({"names": names})


@desk_only
@require_GET
def lending_figures(request: HttpRequest, grouping: str) -> JsonResponse:
    unit = GROUPINGS.get(grouping)
    if unit is None:
        raise Http404
    query = (
        f"SELECT date_trunc('{unit}', lent_on)::date, count(*) FROM catalog_loan "
        "WHERE lent_on >= %s GROUP BY 1 ORDER BY 1"
    )
    since = timezone.localdate().replace(month=1, day=1)

    def load() -> list[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(query, [since])
            return [(day.isoformat(), count) for day, count in cursor.fetchall()]

    return JsonResponse({"figures": cache.get_or_set(f"figures:{unit}:{since}", load, 600)})


def loan_rows(loans: Iterable[Loan]) -> Iterator[list[str]]:
    yield ["card", "title", "lent", "due"]
    for loan in loans:
        yield [text_cell(v) for v in (loan.reader.card, loan.title.name, loan.lent_on, loan.due_on)]


@desk_only
@require_GET
def overdue_csv(request: HttpRequest) -> StreamingHttpResponse:
    loans = Loan.objects.overdue().select_related("reader", "title").order_by("due_on").iterator(chunk_size=500)
    writer = csv.writer(Echo(), quoting=csv.QUOTE_ALL)
    return StreamingHttpResponse(
        map(writer.writerow, loan_rows(loans)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="overdue-{timezone.localdate():%Y-%m-%d}.csv"'},
    )


@desk_only
@require_POST
@transaction.atomic
def take_back(request: HttpRequest) -> HttpResponse:
    card = request.POST.get("card", "")
    if not CARD.fullmatch(card):
        return HttpResponseBadRequest("A card has a number of 8 to 12 digits.", content_type="text/plain")
    open_loans = Loan.objects.open().filter(reader__card=card).select_related("title")
    form = ReturnForm(request.POST, open_loans=open_loans)
    if form.is_valid():
        open_loans.filter(pk__in=form.cleaned_data["loans"]).update(returned_on=timezone.localdate())
        back = [loan.title for loan in open_loans.model.objects.filter(pk__in=form.cleaned_data["loans"])]
        items = format_html_join("", "<li>{}</li>", ((title.name,) for title in back))
        messages.success(request, format_html("Back: <ul>{}</ul>", items))
    else:
        messages.error(request, "These loans are not open.")
    return redirect(safe_target(request, "loans"))


@login_required
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    loan = get_object_or_404(Loan.objects.of(request.user).open(), pk=pk)
    if loan.renew():
        messages.success(request, format_html("<b>{}</b> may stay a little longer.", loan.title.name))
    else:
        messages.error(request, "This cannot be renewed any more.")
    return redirect(safe_target(request, "loans"))


@login_required
@require_http_methods(["GET", "POST"])
@rate_limited("contact", limit=5, per=3600)
def contact(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.send(request.user)
        messages.success(request, "The desk will answer soon.")
        return redirect("contact")
    return render(request, "catalog/contact.html", {"form": form, "desk": settings.DESK_ADDRESS})
--- library_site/catalog/management/commands/import_onix.py
"""``manage.py import_onix novelties`` or ``manage.py import_onix --file feed.xml``: titles from an ONIX file."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

import requests
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from catalog.models import Title

MAX_FEED = 200 * 1024 * 1024
BATCH = 500


def valid_isbn(text: str) -> bool:
    if len(text) != 13 or not text.isascii() or not text.isdigit():
        return False
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(text))
    return total % 10 == 0


def text_of(product: Element, path: str, limit: int) -> str:
    return " ".join((product.findtext(path) or "").split())[:limit]


def day_of(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        return None


def products(source: IO[bytes]) -> Iterator[Title]:
    """Title by title, whatever the size of the file. Entities and document types are refused by the parser."""
    for _event, element in iterparse(source, events=("end",), forbid_dtd=True):
        if element.tag != "Product":
            continue
        isbn = text_of(element, "ProductIdentifier/IDValue", 13)
        name = text_of(element, "DescriptiveDetail/TitleDetail/TitleElement/TitleText", 300)
        if valid_isbn(isbn) and name:
            yield Title(
                isbn=isbn,
                name=name,
                author=text_of(element, "DescriptiveDetail/Contributor/PersonName", 200),
                summary=text_of(element, "CollateralDetail/TextContent/Text", 5000),
                language=text_of(element, "DescriptiveDetail/Language/LanguageCode", 3).lower() or "eng",
                published=day_of(text_of(element, "PublishingDetail/PublishingDate/Date", 8)),
            )
        element.clear()


def fetch(address: str, target: IO[bytes]) -> None:
    """Fetches one of the feeds that are in the settings."""
    with requests.get(address, timeout=(5, 60), stream=True, allow_redirects=False) as answer:
        answer.raise_for_status()
        left = MAX_FEED
        for chunk in answer.iter_content(64 * 1024):
            left -= len(chunk)
            if left < 0:
                raise CommandError("The feed is too large.")
            target.write(chunk)
    target.seek(0)


class Command(BaseCommand):
    help = "Takes titles over from an ONIX file."

    def add_arguments(self, parser: CommandParser) -> None:
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("feed", nargs="?", choices=sorted(settings.ONIX_FEEDS))
        source.add_argument("--file", type=Path)
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["file"]:
                with options["file"].open("rb") as source:
                    count = self.take_over(source, dry_run=options["dry_run"])
            else:
                with tempfile.TemporaryFile() as source:
                    fetch(settings.ONIX_FEEDS[options["feed"]], source)
                    count = self.take_over(source, dry_run=options["dry_run"])
        except (OSError, ParseError, DefusedXmlException) as problem:
            raise CommandError(f"The file cannot be read: {type(problem).__name__}") from problem
        self.stdout.write(self.style.SUCCESS(f"{count} titles"))

    @transaction.atomic
    def take_over(self, source: IO[bytes], *, dry_run: bool) -> int:
        batch: dict[str, Title] = {}
        count = 0
        for title in products(source):
            batch[title.isbn] = title
            if len(batch) >= BATCH:
                count += self.store(batch)
        count += self.store(batch)
        if dry_run:
            transaction.set_rollback(True)
        return count

    def store(self, batch: dict[str, Title]) -> int:
        stored = Title.objects.bulk_create(
            batch.values(),
            update_conflicts=True,
            unique_fields=["isbn"],
            update_fields=["name", "author", "summary", "language", "published"],
        )
        batch.clear()
        return len(stored)
--- library_site/catalog/management/commands/loan_report.py
"""``manage.py loan_report 2025-03 --by author --encrypt-to FINGERPRINT``: loans of a month, for the municipality."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
FINGERPRINT = re.compile(r"[0-9A-F]{40}")

#: How the loans may be grouped: the name on the command line, and the columns.
GROUPINGS: dict[str, tuple[str, ...]] = {
    "author": ("t.author",),
    "language": ("t.language",),
    "title": ("t.isbn", "t.name"),
}


def month(text: str) -> tuple[dt.date, dt.date]:
    match = MONTH.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError("a month looks like 2025-03")
    first = dt.date(int(match[1]), int(match[2]), 1)
    return first, (first + dt.timedelta(days=32)).replace(day=1)


def fingerprint(text: str) -> str:
    plain = text.replace(" ", "").upper()
    if not FINGERPRINT.fullmatch(plain):
        raise argparse.ArgumentTypeError("not the full fingerprint of a key")
    return plain


def figures(columns: Sequence[str], since: dt.date, until: dt.date, languages: Sequence[str]) -> Iterator[tuple]:
    selected = ", ".join(columns)
    conditions = ["l.lent_on >= %s", "l.lent_on < %s"]
    values: list[Any] = [since, until]
    if languages:
        conditions.append(f"t.language IN ({', '.join(['%s'] * len(languages))})")
        values.extend(languages)
    query = (
        f"SELECT {selected}, count(*) FROM catalog_loan l JOIN catalog_title t ON t.id = l.title_id "
        f"WHERE {' AND '.join(conditions)} GROUP BY {selected} ORDER BY count(*) DESC, {selected}"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        while rows := cursor.fetchmany(500):
            yield from rows


def plain(value: Any) -> str:
    text = str(value)
    return "'" + text if text and text[0] in "=+-@\t\r" else text


def encrypt(file: Path, recipient: str) -> Path:
    gpg = shutil.which("gpg", path="/usr/bin:/usr/local/bin")
    if gpg is None:
        raise CommandError("gpg is not installed")
    target = file.with_suffix(".csv.gpg")
    argv = [gpg, "--batch", "--yes", "--trust-model", "always", "--recipient", recipient]
    argv += ["--output", str(target), "--encrypt", str(file)]
    try:
        subprocess.run(argv, check=True, timeout=120, stdin=subprocess.DEVNULL, capture_output=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        raise CommandError("gpg did not encrypt the report") from problem
    finally:
        file.unlink(missing_ok=True)
    return target


class Command(BaseCommand):
    help = "Writes the loans of a month into a table."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", type=month)
        parser.add_argument("--by", choices=sorted(GROUPINGS), default="author")
        parser.add_argument("--language", action="append", default=[], help="three letters; may be given repeatedly")
        parser.add_argument("--encrypt-to", type=fingerprint, default=os.environ.get("LIBRARY_REPORT_KEY"))
        parser.add_argument("--mail", action="store_true", help="send it to the desk")

    def handle(self, *args: Any, **options: Any) -> None:
        since, until = options["month"]
        columns = GROUPINGS[options["by"]]
        file: Path = settings.REPORT_DIR / f"loans-{since:%Y-%m}-{options['by']}.csv"
        file.unlink(missing_ok=True)
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow([*(column.partition(".")[2] for column in columns), "loans"])
            for row in figures(columns, since, until, options["language"][:20]):
                writer.writerow([plain(value) for value in row])
        if options["encrypt_to"]:
            file = encrypt(file, options["encrypt_to"])
        if options["mail"]:
            message = EmailMessage(subject=f"Loans in {since:%B %Y}", body="See the table.", to=[settings.DESK_ADDRESS])
            message.attach(file.name, file.read_bytes(), "application/octet-stream")
            message.send()
        self.stdout.write(str(file))
--- library_site/catalog/templates/catalog/titles.html
{% load i18n static %}
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>{% if words %}{{ words }} – {% endif %}{% translate "Catalogue" %}</title>
  <link rel="stylesheet" href="{% static 'catalog/site.css' %}">
  <script nonce="{{ request.csp_nonce }}" src="{% static 'catalog/suggest.js' %}" defer></script>
</head>
<body>
<header>
  {% if user.is_authenticated %}
    <p>{% blocktranslate with name=user.get_short_name %}Hello {{ name }}{% endblocktranslate %}</p>
    <form method="post" action="{% url 'logout' %}">{% csrf_token %}<button>{% translate "Sign out" %}</button></form>
  {% else %}
    <a href="{% url 'login' %}?next={{ request.get_full_path|urlencode }}">{% translate "Sign in" %}</a>
  {% endif %}
</header>

{% for message in messages %}
  <div class="message {{ message.level_tag }}">{{ message }}</div>
{% endfor %}

<form method="get" action="{% url 'search' %}" role="search">
  <input type="search" name="q" value="{{ words|default:'' }}" maxlength="80" data-suggest="{% url 'suggestions' %}">
  {% if form %}
    {{ form.order }}
    {{ form.non_field_errors }}
  {% endif %}
  <button>{% translate "Search" %}</button>
</form>

<main>
  {% for title in page %}
    <article id="title-{{ title.pk }}" data-isbn="{{ title.isbn }}">
      <h2><a href="{% url 'title' title.pk %}">{{ title.name }}</a></h2>
      {% if title.cover %}
        <img src="{% url 'cover' title.pk %}" alt="{{ title.name }}" loading="lazy" width="120">
      {% endif %}
      <p class="author">{{ title.author }}{% if title.published %}, {{ title.published|date:"Y" }}{% endif %}</p>
      <div>{{ title.summary|truncatechars:300|linebreaks }}</div>
      {% if user.is_staff %}
        <a href="{% url 'cover-upload' title.pk %}">{% translate "New cover" %}</a>
      {% endif %}
    </article>
  {% empty %}
    <p>{% blocktranslate %}Nothing was found for “{{ words }}”.{% endblocktranslate %}</p>
  {% endfor %}
</main>

{% if page.has_other_pages %}
  <nav>
    {% if page.has_previous %}<a href="?q={{ words|urlencode }}&amp;page={{ page.previous_page_number }}">‹</a>{% endif %}
    {{ page.number }} / {{ page.paginator.num_pages }}
    {% if page.has_next %}<a href="?q={{ words|urlencode }}&amp;page={{ page.next_page_number }}">›</a>{% endif %}
  </nav>
{% endif %}
{{ words|default:""|json_script:"search-words" }}
</body>
</html>
--- library_site/site_config/settings.py
"""Settings of the library's site. What differs between installations, and every secret, comes from the environment."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


def required(name: str) -> str:
    try:
        return os.environ[name]
    except KeyError:
        raise RuntimeError(f"{name} is not set") from None


def listed(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


SECRET_KEY = required("LIBRARY_SECRET_KEY")
SECRET_KEY_FALLBACKS = listed("LIBRARY_OLD_SECRET_KEYS")
DEBUG = False
ALLOWED_HOSTS = listed("LIBRARY_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
PUBLIC_URL = required("LIBRARY_PUBLIC_URL")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "rest_framework.authtoken",
    "catalog.apps.CatalogConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "catalog.guards.RequestIdMiddleware",
    "catalog.guards.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "site_config.urls"
WSGI_APPLICATION = "site_config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": required("LIBRARY_DB_HOST"),
        "NAME": os.environ.get("LIBRARY_DB_NAME", "library"),
        "USER": os.environ.get("LIBRARY_DB_USER", "library"),
        "PASSWORD": required("LIBRARY_DB_PASSWORD"),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"sslmode": "verify-full", "connect_timeout": 5, "options": "-c statement_timeout=20000"},
    },
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": required("LIBRARY_REDIS")}}

AUTH_USER_MODEL = "catalog.Reader"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "loans"
PASSWORD_RESET_TIMEOUT = 60 * 60
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of those who have not been here for a while
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_NAME = "__Host-library"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("LIBRARY_BEHIND_PROXY") == "yes":
    # The proxy strips this header from what comes in, and is the only one that reaches this process.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 2
FILE_UPLOAD_PERMISSIONS = 0o640
MEDIA_ROOT = Path(required("LIBRARY_MEDIA")).resolve()
REPORT_DIR = Path(required("LIBRARY_REPORTS")).resolve()
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "collected"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("es", "Español")]
TIME_ZONE = "UTC"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

EMAIL_HOST = os.environ.get("LIBRARY_SMTP_HOST", "localhost")
EMAIL_PORT = 587
EMAIL_HOST_USER = os.environ.get("LIBRARY_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LIBRARY_SMTP_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = "library@example.org"
DESK_ADDRESS = os.environ.get("LIBRARY_DESK_ADDRESS", "desk@example.org")

# Where descriptions of books may be fetched from, by name.
ONIX_FEEDS = {
    "novelties": "https://onix.example.org/feeds/novelties.xml",
    "changes": "https://onix.example.org/feeds/changes.xml",
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        "rest_framework.authentication.TokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "600/hour", "renew": "30/hour"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "catalog.guards.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
--- library_site/site_config/urls.py
"""Addresses of the site."""

from __future__ import annotations

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path, register_converter
from django.utils.html import format_html

from catalog import api, class_views, views
from catalog.models import Title


class IsbnConverter:
    """Thirteen digits, with or without hyphens between them."""

    regex = r"97[89](?:-?[0-9]){10}"

    def to_python(self, value: str) -> str:
        return value.replace("-", "")

    def to_url(self, value: str) -> str:
        return value


register_converter(IsbnConverter, "isbn")


def by_isbn(request: HttpRequest, isbn: str) -> HttpResponse:
    page = Title.objects.filter(isbn=isbn)[:1]
    return render(request, "catalog/titles.html", {"page": page, "words": isbn, "form": None})


def page_failed(request: HttpRequest, status: int, text: str) -> HttpResponse:
    """A page that needs neither a template nor the database, since those may be what failed."""
    path_shown = request.path[:200]
    page = format_html("<!doctype html><title>{}</title><h1>{}</h1><p><code>{}</code></p>", status, text, path_shown)
    return HttpResponse(page, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page_failed(request, 404, "There is nothing here.")


def failed(request: HttpRequest) -> HttpResponse:
    return page_failed(request, 500, "Something went wrong.")


handler404 = not_found
handler500 = failed

notes = [
    path("<int:pk>/edit/", class_views.NoteUpdate.as_view(), name="note-edit"),
    path("<int:pk>/delete/", class_views.NoteDelete.as_view(), name="note-delete"),
]
desk = [
    path("take-back/", views.take_back, name="take-back"),
    path("overdue.csv", views.overdue_csv, name="overdue"),
    path("figures/<slug:grouping>/", views.lending_figures, name="figures"),
    path("titles/<int:pk>/cover/", class_views.CoverUpload.as_view(), name="cover-upload"),
]
urlpatterns = [
    path("", views.search, name="search"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("isbn/<isbn:isbn>/", by_isbn, name="isbn"),
    path("titles/<int:pk>/", class_views.TitleView.as_view(), name="title"),
    path("titles/<int:pk>/cover.webp", views.cover, name="cover"),
    path("titles/<int:pk>/notes/", class_views.NoteCreate.as_view(), name="note-add"),
    path("notes/", include(notes)),
    path("loans/", class_views.LoanList.as_view(), name="loans"),
    path("loans/<int:pk>/renew/", views.renew, name="renew"),
    path("contact/", views.contact, name="contact"),
    path("desk/", include(desk)),
    path("login/", class_views.ThrottledLogin.as_view(), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("password/", class_views.ThrottledReset.as_view(), name="password_reset"),
    path(
        "password/<uidb64>/<token>/",
        auth_views.PasswordResetConfirmView.as_view(template_name="catalog/reset.html", success_url="/login/"),
        name="password_reset_confirm",
    ),
    path("api/v1/", include(api.router.urls)),
    path("api/v1/shelf", api.ShelfReport.as_view(), name="api-shelf"),
]
--- marina_app/marina/__init__.py
"""The marina: berths, bookings and papers. ``create_app`` makes the application."""

from __future__ import annotations

import logging
from datetime import timedelta
from http import HTTPStatus
from importlib import import_module
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from .config import Settings
from .web import csrf, db, install_hooks, limiter, login_manager, make_pool

log = structlog.get_logger(__name__)

#: The modules whose ``bp`` is registered, and where. Written here, never taken from outside.
BLUEPRINTS: dict[str, str] = {
    "auth": "/account",
    "oauth": "/account/oidc",
    "berths": "/berths",
    "documents": "/documents",
    "reports": "/reports",
    "webhooks": "/hooks",
}


def configure_logging(level: int = logging.INFO) -> None:
    """One JSON object per line, with the id of the request that it belongs to."""

    def add_request(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        if g and "request_id" in g:
            event["request_id"] = g.request_id
        return event

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            add_request,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )


def wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def problem(status: int, text: str) -> tuple[Response | str, int]:
    if wants_json():
        return jsonify(status=status, title=text, request_id=g.get("request_id")), status
    return render_template("form.html", form=None, heading=HTTPStatus(status).phrase, message=text), status


def install_error_pages(app: Flask) -> None:
    @app.errorhandler(CSRFError)
    def forged(error: CSRFError):
        log.warning("csrf_refused", path=request.path, reason=error.description)
        return problem(400, "The form has expired. Please load the page again.")

    @app.errorhandler(RateLimitExceeded)
    def too_often(_error: RateLimitExceeded):
        return problem(429, "Too many attempts. Please wait a little.")

    @app.errorhandler(SecurityError)
    def wrong_host(_error: SecurityError):
        # For a host that is not ours there are no addresses, so none of the pages can be shown.
        return Response("This is another host.", status=400, mimetype="text/plain")

    @app.errorhandler(HTTPException)
    def known(error: HTTPException):
        if error.code is None or error.code < 400:
            return error
        return problem(error.code, HTTPStatus(error.code).phrase)

    @app.errorhandler(Exception)
    def unknown(_error: Exception):
        log.exception("request_failed", path=request.path, method=request.method)
        return problem(500, "Something went wrong. We have been told.")


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    settings = settings or Settings.from_env()
    app = Flask(__name__, instance_relative_config=False)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True, "pool_timeout": 5},
        RATELIMIT_STORAGE_URI=settings.redis_url,
        SESSION_COOKIE_NAME="__Host-marina",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=8),
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=200_000,
        MAX_FORM_PARTS=50,
        TRUSTED_HOSTS=[settings.public_host],
        PREFERRED_URL_SCHEME="https",
        WTF_CSRF_TIME_LIMIT=3600,
    )
    app.config.update(overrides)
    app.extensions["marina_settings"] = settings
    app.extensions["marina_pool"] = make_pool(settings.database_url.replace("+psycopg", "", 1))

    if settings.trusted_proxies:
        # Only as many entries of X-Forwarded-For are believed as there are proxies of our own in front.
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]

    configure_logging()
    db.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    login_manager.init_app(app)
    login_manager.login_view = "auth.login"
    login_manager.session_protection = "strong"

    for name, prefix in BLUEPRINTS.items():
        module = import_module(f".{name}", __package__)
        app.register_blueprint(module.bp, url_prefix=prefix)
    app.cli.add_command(import_module(".cli", __package__).marina)

    install_hooks(app)
    install_error_pages(app)
    return app
--- marina_app/marina/auth.py
"""Log-in, log-out, passwords and settings of the person."""

from __future__ import annotations

import hmac

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_required, login_user, logout_user
from flask_wtf import FlaskForm
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField, SubmitField
from wtforms.validators import DataRequired, EqualTo, Length, Regexp, ValidationError

from .jobs import enqueue, job
from .mailer import send_template
from .models import User
from .web import db, limiter, safe_next, settings

bp = Blueprint("auth", __name__)
log = structlog.get_logger(__name__)
hasher = PasswordHasher()

RESET_SECONDS = 30 * 60
LANGUAGES = {"en": "English", "nl": "Nederlands", "de": "Deutsch"}
MAIL_SHAPE = r"^[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}\Z"

# Checked for people who do not exist, so that they take as long as those who do.
NOBODY = hasher.hash("nobody has this password")


class LoginForm(FlaskForm):
    email = EmailField("E-mail", validators=[DataRequired(), Length(max=254), Regexp(MAIL_SHAPE)])
    password = PasswordField("Password", validators=[DataRequired(), Length(max=128)])
    next = HiddenField()
    submit = SubmitField("Sign in")


class ForgotForm(FlaskForm):
    email = EmailField("E-mail", validators=[DataRequired(), Length(max=254), Regexp(MAIL_SHAPE)])
    submit = SubmitField("Send me a link")


class ResetForm(FlaskForm):
    password = PasswordField("New password", validators=[DataRequired(), Length(min=12, max=128)])
    again = PasswordField("Once more", validators=[EqualTo("password", "The passwords differ.")])
    submit = SubmitField("Change password")


class ProfileForm(FlaskForm):
    name = StringField("Name", validators=[DataRequired(), Length(max=120)])
    language = SelectField("Language", choices=list(LANGUAGES.items()))
    submit = SubmitField("Save")

    def validate_name(self, field: StringField) -> None:
        if not field.data.isprintable():
            raise ValidationError("Only one line of text, please.")


def password_matches(user: User | None, password: str) -> bool:
    stored = user.password_hash if user and user.password_hash else NOBODY
    try:
        hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not NOBODY


def start_session(user: User) -> None:
    """A new session for whoever has just proved who they are; nothing of the old one is left."""
    language = session.get("language", "en")
    session.clear()
    session.permanent = True
    session["language"] = language
    login_user(user)


def account_key() -> str:
    return "login:" + request.form.get("email", "")[:254].strip().lower()


@bp.route("/login", methods=["GET", "POST"])
@limiter.limit("20 per minute", methods=["POST"])
@limiter.limit("5 per minute; 30 per hour", key_func=account_key, methods=["POST"])
def login():
    form = LoginForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        user = db.session.scalar(select(User).where(User.email == form.email.data.strip().lower()))
        if password_matches(user, form.password.data) and user.is_active:
            if hasher.check_needs_rehash(user.password_hash):
                user.password_hash = hasher.hash(form.password.data)
                db.session.commit()
            start_session(user)
            log.info("login", user_id=user.id)
            return redirect(safe_next(form.next.data))
        log.warning("login_refused", remote=request.remote_addr)
        form.password.errors = ["E-mail or password is wrong."]
    return render_template("form.html", form=form, heading="Sign in", message=None)


@bp.post("/logout")
@login_required
def logout():
    logout_user()
    session.clear()
    return redirect(url_for("auth.login"))


def reset_tokens(user_state: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer([settings().secret_key], salt=f"reset:{user_state}")


def state_of(user: User) -> str:
    """Changes with the password, so that a link works once."""
    material = f"{user.id}:{user.password_hash}:{user.session_epoch}".encode()
    return hmac.new(settings().secret_key.encode(), material, "sha256").hexdigest()


@job("auth.reset")
def mail_reset_link(email: str) -> None:
    user = db.session.scalar(select(User).where(User.email == email, User.active))
    if user is None or user.password_hash is None:
        return
    token = reset_tokens(state_of(user)).dumps(user.id)
    link = f"{settings().public_url}/account/reset/{user.id}/{token}"
    send_template("reset", to=user.email, name=user.name, link=link, minutes=RESET_SECONDS // 60)


@bp.route("/forgot", methods=["GET", "POST"])
@limiter.limit("5 per hour", methods=["POST"])
def forgot():
    form = ForgotForm()
    if form.validate_on_submit():
        # Found out by the worker: the answer is the same, and as quick, for everybody.
        enqueue("auth.reset", email=form.email.data.strip().lower())
        flash("If we know this address, a link is on its way.")
        return redirect(url_for("auth.login"))
    return render_template("form.html", form=form, heading="Forgotten password", message=None)


@bp.route("/reset/<int:user_id>/<token>", methods=["GET", "POST"])
@limiter.limit("10 per minute")
def reset(user_id: int, token: str):
    user = db.session.get(User, user_id)
    if user is None or not user.active or user.password_hash is None:
        abort(404)
    try:
        claimed = reset_tokens(state_of(user)).loads(token, max_age=RESET_SECONDS)
    except BadData:
        abort(404)
    if claimed != user.id:
        abort(404)
    form = ResetForm()
    if form.validate_on_submit():
        user.password_hash = hasher.hash(form.password.data)
        user.end_sessions()
        db.session.commit()
        session.clear()
        flash("Your password has been changed. Please sign in.")
        return redirect(url_for("auth.login"))
    return render_template("form.html", form=form, heading="New password", message=None)


@bp.route("/profile", methods=["GET", "POST"])
@login_required
def profile():
    form = ProfileForm(name=current_user.name, language=session.get("language", "en"))
    if form.validate_on_submit():
        current_user.name = form.name.data.strip()
        db.session.commit()
        if form.language.data in LANGUAGES:
            session["language"] = form.language.data
        return redirect(url_for("auth.profile"))
    return render_template("form.html", form=form, heading="Profile", message=None)
--- marina_app/marina/berths.py
"""Berths and bookings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from flask_wtf import FlaskForm
from sqlalchemy import Select, or_, select
from sqlalchemy.exc import IntegrityError
from wtforms import DateField, IntegerField, SelectField, SubmitField
from wtforms.validators import DataRequired, NumberRange

from .jobs import enqueue
from .models import Berth, Boat, Booking
from .web import choice_arg, db, int_arg, like_pattern, limiter, role_required

bp = Blueprint("berths", __name__)

ORDERS = {
    "code": Berth.code.asc(),
    "length": Berth.length_cm.desc(),
    "cheapest": Berth.price_cents.asc(),
    "dearest": Berth.price_cents.desc(),
}
POWER = {"any": None, "yes": True, "no": False}
LONGEST_STAY = dt.timedelta(days=120)
FURTHEST_AHEAD = dt.timedelta(days=730)


class BookingForm(FlaskForm):
    boat = SelectField("Boat", coerce=int)
    starts_on = DateField("From", validators=[DataRequired()])
    nights = IntegerField("Nights", validators=[DataRequired(), NumberRange(1, LONGEST_STAY.days)])
    submit = SubmitField("Book")

    @classmethod
    def for_person(cls, boats: list[Boat]) -> BookingForm:
        form = cls()
        form.boat.choices = [(boat.id, boat.name) for boat in boats]
        return form


class Edit:
    """A change to a berth, as JSON brings it. Each field has its own check; others do not exist."""

    def __init__(self, body: Any) -> None:
        if not isinstance(body, dict):
            raise ValueError("body")
        self.changes: dict[str, Any] = {}
        for name, value in body.items():
            check = self.CHECKS.get(name)
            if check is None or not check(value):
                raise ValueError("field")
            self.changes[name] = value

    @staticmethod
    def _short(value: Any) -> bool:
        return isinstance(value, str) and 1 <= len(value) <= 80 and value.isprintable()

    @staticmethod
    def _long(value: Any) -> bool:
        return isinstance(value, str) and len(value) <= 2000 and "\0" not in value

    @staticmethod
    def _price(value: Any) -> bool:
        return type(value) is int and 0 <= value <= 1_000_000

    @staticmethod
    def _flag(value: Any) -> bool:
        return type(value) is bool

    CHECKS = {"name": _short, "notes": _long, "price_cents": _price, "has_power": _flag}

    def apply(self, berth: Berth) -> Berth:
        for name, value in self.changes.items():
            setattr(berth, name, value)
        return berth


def search(words: str, power: bool | None) -> Select[tuple[Berth]]:
    query = select(Berth)
    if words:
        pattern = like_pattern(words)
        query = query.where(or_(Berth.name.ilike(pattern, escape="\\"), Berth.code.ilike(pattern, escape="\\")))
    if power is not None:
        query = query.where(Berth.has_power.is_(power))
    return query


@bp.get("/")
@login_required
def index():
    words = request.args.get("q", "").replace("\0", "").strip()[:60]
    order = choice_arg("order", ORDERS, "code")
    page = db.paginate(
        search(words, choice_arg("power", POWER, "any")).order_by(order, Berth.id),
        page=int_arg("page", 1, low=1, high=500),
        per_page=int_arg("size", 25, low=5, high=100),
        error_out=False,
    )
    return render_template("berths.html", page=page, words=words, orders=ORDERS.keys())


@bp.get("/<int:berth_id>")
@login_required
def show(berth_id: int):
    berth = db.get_or_404(Berth, berth_id)
    return jsonify(id=berth.id, code=berth.code, name=berth.name, notes=berth.notes, price_cents=berth.price_cents)


@bp.patch("/<int:berth_id>")
@role_required("harbourmaster")
def change(berth_id: int):
    berth = db.get_or_404(Berth, berth_id)
    try:
        edit = Edit(request.get_json())
    except ValueError:
        abort(422)
    edit.apply(berth)
    db.session.commit()
    enqueue("webhooks.fanout", event="berth.changed", subject_id=berth.id)
    return "", 204


@bp.route("/<int:berth_id>/book", methods=["GET", "POST"])
@login_required
@limiter.limit("30 per hour", methods=["POST"])
def book(berth_id: int):
    berth = db.get_or_404(Berth, berth_id)
    fitting = [boat for boat in current_user.boats if boat.length_cm <= berth.length_cm]
    form = BookingForm.for_person(fitting)
    message = None if fitting else "None of your boats fits in."
    if form.validate_on_submit():
        starts_on: dt.date = form.starts_on.data
        if not dt.timedelta(0) <= starts_on - dt.date.today() <= FURTHEST_AHEAD:
            return render_template("form.html", form=form, heading="Booking", message="Not on this day, please.")
        ends_on = starts_on + dt.timedelta(days=form.nights.data)
        if db.session.scalar(Booking.overlapping(berth.id, starts_on, ends_on).limit(1)):
            message = "The berth is taken on these days."
        else:
            db.session.add(Booking(berth=berth, boat_id=form.boat.data, starts_on=starts_on, ends_on=ends_on))
            try:
                db.session.commit()
            except IntegrityError:  # the exclusion constraint: somebody was quicker
                db.session.rollback()
                return render_template("form.html", form=form, heading="Booking", message="The berth has been taken.")
            return redirect(url_for("berths.index"))
    return render_template("form.html", form=form, heading=f"Book {berth.code}", message=message)


@bp.post("/bookings/<int:booking_id>/cancel")
@login_required
def cancel(booking_id: int):
    mine = select(Booking).join(Boat).where(Booking.id == booking_id, Boat.owner_id == current_user.id)
    booking = db.session.scalar(mine)
    if booking is None:
        abort(404)
    if booking.paid_at is not None or booking.starts_on <= dt.date.today():
        abort(409)
    db.session.delete(booking)
    db.session.commit()
    return redirect(url_for("berths.index"))
--- marina_app/marina/cli.py
"""Commands for who runs the marina: ``flask --app marina marina backup`` and others."""

from __future__ import annotations

import datetime as dt
import os
import stat
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from .auth import hasher
from .jobs import run_workers
from .models import ROLES, Document, User
from .web import db, settings

marina = AppGroup("marina", help="Looks after the marina.")

MAX_ENTRIES = 2_000
MAX_UNPACKED = 500 * 1024 * 1024
MANUAL_SUFFIXES = {".pdf", ".txt"}


@marina.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, exists=True, writable=True, path_type=Path))
@click.option("--table", "tables", multiple=True, type=click.Choice(["users", "boats", "berths", "bookings"]))
@click.option("--jobs", type=click.IntRange(1, 4), default=1)
def backup(folder: Path, tables: tuple[str, ...], jobs: int) -> None:
    """Writes a dump of the database. Host and password are in pg_service.conf, not on the command line."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    target = folder.resolve() / f"marina-{stamp}.dump"
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    argv = ["/usr/bin/pg_dump", "--format=custom", f"--compress={5 + jobs}"]
    argv += [f"--table={name}" for name in tables]
    with os.fdopen(descriptor, "wb") as file:
        environment = {
            "PATH": "/usr/bin:/bin",
            "PGSERVICE": settings().backup_service,
            "PGSERVICEFILE": os.environ.get("PGSERVICEFILE", "/etc/marina/pg_service.conf"),
        }
        done = subprocess.run(argv, stdout=file, stdin=subprocess.DEVNULL, env=environment, timeout=3600, check=False)
    if done.returncode:
        target.unlink()
        raise click.ClickException(f"pg_dump ended with {done.returncode}")
    click.echo(f"{target.name}: {target.stat().st_size} bytes")


def checked_entries(archive: zipfile.ZipFile, root: Path) -> Iterator[tuple[zipfile.ZipInfo, Path]]:
    """The files of the archive with where they go; raises before anything is written if one goes elsewhere."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise click.ClickException("The archive is too large.")
    checked = []
    for entry in entries:
        name = PurePosixPath(entry.filename)
        if entry.is_dir():
            continue
        if stat.S_ISLNK(entry.external_attr >> 16) or "\\" in entry.filename or "\0" in entry.filename:
            raise click.ClickException("The archive has an entry that is no file.")
        target = (root / name).resolve()
        if name.is_absolute() or ".." in name.parts or not target.is_relative_to(root):
            raise click.ClickException("The archive has an entry that leads out of the folder.")
        if name.suffix.lower() in MANUAL_SUFFIXES:
            checked.append((entry, target))
    yield from checked


@marina.command("import-manuals")
@click.argument("archive", type=click.Path(dir_okay=False, exists=True, path_type=Path))
def import_manuals(archive: Path) -> None:
    """Unpacks a ZIP archive with manuals into the folder for them."""
    root = settings().manual_dir
    left = MAX_UNPACKED
    with zipfile.ZipFile(archive) as opened:
        for entry, target in checked_entries(opened, root):
            target.parent.mkdir(parents=True, exist_ok=True)
            with opened.open(entry) as source, target.open("wb") as sink:
                while chunk := source.read(64 * 1024):
                    left -= len(chunk)
                    if left < 0:
                        raise click.ClickException("The archive says less than it holds.")
                    sink.write(chunk)
            click.echo(repr(entry.filename))


@marina.command("create-user")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=click.Choice(ROLES), default="guest")
@click.password_option(help="Asked for, so that it is not in the history of the shell.")
def create_user(email: str, name: str, role: str, password: str) -> None:
    """Adds a person."""
    if len(password) < 12:
        raise click.BadParameter("At least 12 characters, please.")
    db.session.add(User(email=email, name=name, role=role, password_hash=hasher.hash(password)))
    db.session.commit()
    click.echo("Done.")


@marina.command("prune-uploads")
@click.option("--dry-run/--delete", default=True)
def prune_uploads(dry_run: bool) -> None:
    """Removes files that no paper belongs to, from uploads that were broken off."""
    known = {Path(name).stem for name in db.session.scalars(select(Document.stored_name))}
    yesterday = dt.datetime.now().timestamp() - 86_400
    for file in settings().upload_dir.iterdir():
        owner = file.name.partition(".")[0]
        if owner in known or file.is_symlink() or file.stat().st_mtime > yesterday:
            continue
        click.echo(f"{'would remove' if dry_run else 'removing'} {file.name}")
        if not dry_run:
            file.unlink(missing_ok=True)


@marina.command("work")
@click.option("--count", type=click.IntRange(1, 16), default=2, envvar="MARINA_WORKERS")
def work(count: int) -> None:
    """Does the background jobs until it is stopped."""
    run_workers(current_app._get_current_object(), count)
--- marina_app/marina/config.py
"""Settings of the marina application, read once from the environment.

Secrets may be given directly (``MARINA_SECRET_KEY``) or, as container platforms do it, in a file whose path is in the
variable with ``_FILE`` behind it (``MARINA_SECRET_KEY_FILE=/run/secrets/secret_key``).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+")
SERVICE_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
MIN_SECRET_LENGTH = 32


class ConfigError(RuntimeError):
    """A variable is missing or has a value that the application cannot work with."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name


class Reader:
    """Reads variables with a common prefix and turns them into typed values."""

    def __init__(self, environ: Mapping[str, str], prefix: str = "MARINA_") -> None:
        self._environ = environ
        self._prefix = prefix

    def text(self, name: str, default: str | None = None) -> str:
        value = self._environ.get(self._prefix + name, default)
        if value is None:
            raise ConfigError(self._prefix + name, "is not set")
        return value.strip()

    def parsed(self, name: str, parse: Callable[[str], T], default: str | None = None) -> T:
        raw = self.text(name, default)
        try:
            return parse(raw)
        except ValueError as error:
            raise ConfigError(self._prefix + name, str(error)) from None

    def secret(self, name: str) -> str:
        file_name = self._environ.get(f"{self._prefix}{name}_FILE")
        value = Path(file_name).read_text(encoding="utf-8").strip() if file_name else self.text(name)
        if len(value) < MIN_SECRET_LENGTH:
            raise ConfigError(self._prefix + name, f"needs at least {MIN_SECRET_LENGTH} characters")
        return value


def https_url(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme != "https" or not HOST.fullmatch(parts.hostname or ""):
        raise ValueError("is not an https address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("must be an address without credentials, query and fragment")
    return raw.rstrip("/")


def host_name(raw: str) -> str:
    if not HOST.fullmatch(raw):
        raise ValueError("is not the name of a host")
    return raw


def port(raw: str) -> int:
    number = int(raw)
    if not 1 <= number <= 65535:
        raise ValueError("is not a port")
    return number


def small_count(raw: str) -> int:
    number = int(raw)
    if not 0 <= number <= 16:
        raise ValueError("must be between 0 and 16")
    return number


def absolute_folder(raw: str) -> Path:
    folder = Path(raw)
    if not folder.is_absolute():
        raise ValueError("is not an absolute path")
    return folder.resolve(strict=True)


def service_name(raw: str) -> str:
    if not SERVICE_NAME.fullmatch(raw):
        raise ValueError("is not the name of a service in pg_service.conf")
    return raw


def flags(raw: str) -> frozenset[str]:
    return frozenset(part.strip() for part in raw.split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations. Secrets stay out of ``repr`` and so out of logs."""

    public_url: str
    upload_dir: Path
    manual_dir: Path
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    payment_key: str = field(repr=False)
    webhook_key: str = field(repr=False)
    oidc_issuer: str = "https://login.example.org"
    oidc_client_id: str = "marina"
    oidc_client_secret: str = field(default="", repr=False)
    smtp_host: str = "smtp.example.org"
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    mail_from: str = "harbour@example.org"
    backup_service: str = "marina_backup"
    trusted_proxies: int = 0
    features: frozenset[str] = frozenset()

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        env = Reader(os.environ if environ is None else environ)
        return cls(
            public_url=env.parsed("PUBLIC_URL", https_url),
            upload_dir=env.parsed("UPLOAD_DIR", absolute_folder),
            manual_dir=env.parsed("MANUAL_DIR", absolute_folder),
            database_url=env.text("DATABASE_URL"),
            redis_url=env.text("REDIS_URL"),
            secret_key=env.secret("SECRET_KEY"),
            payment_key=env.secret("PAYMENT_KEY"),
            webhook_key=env.secret("WEBHOOK_KEY"),
            oidc_issuer=env.parsed("OIDC_ISSUER", https_url),
            oidc_client_id=env.text("OIDC_CLIENT_ID"),
            oidc_client_secret=env.secret("OIDC_CLIENT_SECRET"),
            smtp_host=env.parsed("SMTP_HOST", host_name),
            smtp_port=env.parsed("SMTP_PORT", port, "587"),
            smtp_user=env.text("SMTP_USER"),
            smtp_password=env.secret("SMTP_PASSWORD"),
            mail_from=env.text("MAIL_FROM"),
            backup_service=env.parsed("BACKUP_SERVICE", service_name, "marina_backup"),
            trusted_proxies=env.parsed("TRUSTED_PROXIES", small_count, "0"),
            features=env.parsed("FEATURES", flags, ""),
        )

    @property
    def public_host(self) -> str:
        return urlsplit(self.public_url).hostname or ""
--- marina_app/marina/documents.py
"""Papers of the owners, and the manuals of the harbour."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import BinaryIO

import structlog
from flask import Blueprint, Response, abort, jsonify, request, send_file, send_from_directory
from flask_login import current_user, login_required
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename

from .imaging import NotReadable, page_count, pdf_preview, picture_preview, recognise
from .jobs import PermanentError, enqueue, job
from .mailer import send_template
from .models import Document, User
from .web import db, int_arg, limiter, settings

bp = Blueprint("documents", __name__)
log = structlog.get_logger(__name__)

KINDS = {".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg"}
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
MANUAL_KINDS = frozenset({".pdf", ".txt"})
MAX_PER_PERSON = 40
CHUNK = 64 * 1024


class Store:
    """The folder with the uploads. Names in it are made here; nobody outside has a say in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, stream: BinaryIO, kind: str) -> tuple[str, bytes]:
        name = f"{secrets.token_hex(16)}.{kind}"
        digest = hashlib.sha256()
        descriptor = os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                target.write(chunk)
        return name, digest.digest()

    def path(self, name: str) -> Path:
        found = (self._folder / name).resolve()
        if found.parent != self._folder:
            raise ValueError("outside of the store")
        return found

    def preview(self, name: str) -> Path:
        return self.path(f"{Path(name).stem}.preview.webp")

    def remove(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)
        self.preview(name).unlink(missing_ok=True)


def store() -> Store:
    return Store(settings().upload_dir)


def owned(document_id: int) -> Document:
    """The paper, if it belongs to whoever asks. That of somebody else is as if it were not there."""
    document = db.session.scalar(
        select(Document).where(Document.id == document_id, Document.owner_id == current_user.id)
    )
    if document is None:
        abort(404)
    return document


def accepted_kind(upload: FileStorage) -> str:
    named = KINDS.get(os.path.splitext(upload.filename or "")[1].lower())
    if named is None:
        abort(415)
    try:
        found = recognise(upload.stream)
    except NotReadable:
        abort(415)
    if found != named:
        abort(415)
    return found


@bp.get("/")
@login_required
def index():
    mine = select(Document).where(Document.owner_id == current_user.id).order_by(Document.created_at.desc())
    rows = db.session.scalars(mine.limit(int_arg("limit", 20, low=1, high=MAX_PER_PERSON)))
    return jsonify([{"id": row.id, "title": row.title, "kind": row.kind, "pages": row.pages} for row in rows])


@bp.post("/")
@login_required
@limiter.limit("20 per hour")
def upload():
    file = request.files.get("paper")
    if file is None or not file.filename:
        abort(400)
    count = db.session.scalar(select(func.count(Document.id)).where(Document.owner_id == current_user.id))
    if count >= MAX_PER_PERSON:
        abort(409)
    kind = accepted_kind(file)
    title = secure_filename(Path(file.filename).stem)[:100] or "paper"
    name, digest = store().save(file.stream, kind)
    document = Document(owner_id=current_user.id, title=title, stored_name=name, kind=kind, digest=digest)
    db.session.add(document)
    db.session.commit()
    enqueue("documents.inspect", document_id=document.id)
    log.info("document_stored", document_id=document.id, kind=kind)
    return jsonify(id=document.id, title=title), 201


@bp.get("/<int:document_id>/file")
@login_required
def download(document_id: int) -> Response:
    document = owned(document_id)
    return send_from_directory(
        settings().upload_dir,
        document.stored_name,
        mimetype=TYPES[document.kind],
        as_attachment=True,
        download_name=f"{document.title}.{document.kind}",
    )


@bp.get("/<int:document_id>/preview")
@login_required
def preview(document_id: int) -> Response:
    try:
        return send_file(store().preview(owned(document_id).stored_name), mimetype="image/webp", max_age=0)
    except FileNotFoundError:
        abort(404)


@bp.delete("/<int:document_id>")
@login_required
def remove(document_id: int):
    document = owned(document_id)
    name = document.stored_name
    db.session.delete(document)
    db.session.commit()
    store().remove(name)
    return "", 204


@bp.get("/manuals/<path:name>")
@login_required
def manual(name: str) -> Response:
    """A manual from the shared folder, in which there are folders for each maker of pumps and cranes."""
    root = settings().manual_dir
    try:
        wanted = (root / name).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        abort(404)
    if not wanted.is_relative_to(root) or wanted.suffix.lower() not in MANUAL_KINDS or not wanted.is_file():
        abort(404)
    return send_file(wanted, as_attachment=True, download_name=wanted.name)


@job("documents.inspect")
def inspect_document(document_id: int) -> None:
    document = db.session.get(Document, document_id)
    if document is None:
        return
    file = store().path(document.stored_name)
    try:
        document.pages = page_count(file) if document.kind == "pdf" else 1
        make = pdf_preview if document.kind == "pdf" else picture_preview
        make(file).save(store().preview(document.stored_name), "WEBP", quality=80)
    except NotReadable as problem:
        owner = db.session.get(User, document.owner_id)
        send_template("rejected", to=owner.email, name=owner.name, title=document.title)
        raise PermanentError("paper cannot be read") from problem
    db.session.commit()
--- marina_app/marina/imaging.py
"""Looks at uploaded files: recognises them by their content, and has poppler's tools read PDFs."""

from __future__ import annotations

import re
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import structlog
from PIL import Image, UnidentifiedImageError

log = structlog.get_logger(__name__)

Image.MAX_IMAGE_PIXELS = 40_000_000

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
)
FORMATS = {"png": "PNG", "jpg": "JPEG"}
TOOLS = {"pdfinfo": "/usr/bin/pdfinfo", "pdftoppm": "/usr/bin/pdftoppm"}
PAGES = re.compile(r"^Pages:[ ]{1,20}([0-9]{1,6})$", re.MULTILINE)
#: At most 1 GiB of memory, 20 seconds of a processor, files of 20 MB.
LIMITED = ("/usr/bin/prlimit", "--as=1073741824", "--cpu=20", "--fsize=20000000", "--")
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


BROKEN_PICTURE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    ValueError,
)


class NotReadable(Exception):
    """The file is none of those that we take, or is damaged."""


@dataclass(frozen=True, slots=True)
class ToolResult:
    stdout: str
    seconds_allowed: int


def run_tool(name: str, arguments: Sequence[str], *, timeout: int = 30, cwd: Path | None = None) -> ToolResult:
    """Runs one of the tools, without a shell. Files are given by absolute paths, so none looks like an option."""
    argv = [*LIMITED, TOOLS[name], *arguments]
    try:
        done = subprocess.run(
            argv,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            cwd=cwd,
            env=CLEAN_ENVIRONMENT,
            timeout=timeout,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        raise NotReadable(f"{name} took too long") from None
    except subprocess.CalledProcessError as error:
        log.warning("tool_failed", tool=name, code=error.returncode, stderr=error.stderr[-500:])
        raise NotReadable(f"{name} gave up") from None
    return ToolResult(done.stdout, timeout)


def sniff(stream: BinaryIO) -> str:
    head = stream.read(16)
    stream.seek(0)
    for magic, kind in SIGNATURES:
        if head.startswith(magic):
            return kind
    raise NotReadable("unknown type")


def check_image(stream: BinaryIO, kind: str) -> None:
    """Decodes the picture once; bombs and damaged files do not get through."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(stream, formats=[FORMATS[kind]]) as picture:
                picture.load()
    except BROKEN_PICTURE:
        raise NotReadable("damaged picture") from None
    finally:
        stream.seek(0)


def check_pdf(stream: BinaryIO) -> None:
    stream.seek(-min(1024, stream.seek(0, 2)), 2)
    tail = stream.read(1024)
    stream.seek(0)
    if b"%%EOF" not in tail:
        raise NotReadable("PDF is cut off")


Check = Callable[[BinaryIO], None]
CHECKS: dict[str, Check] = {
    "pdf": check_pdf,
    "png": lambda stream: check_image(stream, "png"),
    "jpg": lambda stream: check_image(stream, "jpg"),
}


def recognise(stream: BinaryIO) -> str:
    kind = sniff(stream)
    CHECKS[kind](stream)
    return kind


def page_count(file: Path) -> int:
    match = PAGES.search(run_tool("pdfinfo", [str(file.resolve(strict=True))]).stdout)
    if match is None:
        raise NotReadable("no number of pages")
    return int(match.group(1))


def pdf_preview(file: Path, width: int = 400) -> Image.Image:
    with tempfile.TemporaryDirectory(prefix="marina-") as folder:
        target = Path(folder) / "page"
        options = ["-png", "-singlefile", "-f", "1", "-l", "1", "-scale-to", str(width)]
        run_tool("pdftoppm", [*options, str(file.resolve(strict=True)), str(target)], cwd=Path(folder))
        with Image.open(target.with_suffix(".png"), formats=["PNG"]) as page:
            return page.convert("RGB")


def picture_preview(file: Path, width: int = 400) -> Image.Image:
    with Image.open(file, formats=["PNG", "JPEG"]) as picture:
        picture.thumbnail((width, width))
        return picture.convert("RGB")
--- marina_app/marina/jobs.py
"""Background jobs, kept in PostgreSQL: a table as the queue, and workers that take from it.

Handlers are registered by name with :func:`job`; a job in the table is such a name with arguments as JSON.
"""

from __future__ import annotations

import functools
import inspect
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask
from psycopg.types.json import Jsonb

from .web import db, pool

log = structlog.get_logger(__name__)

Handler = Callable[..., None]
MAX_ATTEMPTS = 6
MAX_DELAY_SECONDS = 3600
SCALARS = (str, int, bool, type(None))

_handlers: dict[str, Handler] = {}

INSERT = """
    INSERT INTO jobs (name, payload, state, run_at)
    VALUES (%(name)s, %(payload)s, 'queued', now() + make_interval(secs => %(delay)s))
    RETURNING id
"""
CLAIM = """
    UPDATE jobs SET state = 'running', attempts = attempts + 1, locked_at = now()
    WHERE id = (
        SELECT id FROM jobs
        WHERE (state = 'queued' AND run_at <= now())
           OR (state = 'running' AND locked_at < now() - interval '15 minutes')
        ORDER BY run_at
        FOR UPDATE SKIP LOCKED
        LIMIT 1
    )
    RETURNING id, name, payload, attempts
"""
DONE = "DELETE FROM jobs WHERE id = %s"
RETRY = "UPDATE jobs SET state = 'queued', run_at = now() + make_interval(secs => %s) WHERE id = %s"
FAILED = "UPDATE jobs SET state = 'failed', failed_at = now() WHERE id = %s"


class PermanentError(Exception):
    """Trying again would not help."""


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    name: str
    payload: dict[str, Any]
    attempts: int


def job(name: str) -> Callable[[Handler], Handler]:
    """Registers a function as what does the jobs of this name."""

    def register(function: Handler) -> Handler:
        if name in _handlers:
            raise RuntimeError(f"two handlers for {name}")

        @functools.wraps(function)
        def checked(**arguments: Any) -> None:
            bound = inspect.signature(function).bind(**arguments)
            function(*bound.args, **bound.kwargs)

        _handlers[name] = checked
        return function

    return register


def enqueue(name: str, *, delay: float = 0, **arguments: str | int | bool | None) -> int:
    if name not in _handlers:
        raise LookupError(name)
    for value in arguments.values():
        if not isinstance(value, SCALARS):
            raise TypeError("arguments of jobs are plain values")
    wait = max(0.0, min(float(delay), MAX_DELAY_SECONDS))
    with pool().connection() as connection:
        row = connection.execute(INSERT, {"name": name, "payload": Jsonb(arguments), "delay": wait}).fetchone()
    return row["id"]


def backoff(attempt: int) -> float:
    """2, 4, 8 ... seconds and up to a third more; no secret, so the ordinary generator will do."""
    base = min(2.0**attempt, MAX_DELAY_SECONDS)
    return base * (1 + random.random() / 3)


@contextmanager
def timed(task: Job) -> Iterator[None]:
    began = time.monotonic()
    try:
        yield
    finally:
        log.info("job_ended", job_id=task.id, job=task.name, seconds=round(time.monotonic() - began, 3))


class Worker:
    """Takes one job after the other until it is told to stop."""

    def __init__(self, app: Flask, stopping: threading.Event, idle_seconds: float = 2.0) -> None:
        self._app = app
        self._stopping = stopping
        self._idle_seconds = idle_seconds

    def __call__(self) -> None:
        while not self._stopping.is_set():
            with self._app.app_context():
                try:
                    busy = self._step()
                except Exception:
                    log.exception("worker_step_failed")
                    busy = False
            if not busy:
                self._stopping.wait(self._idle_seconds)

    def _step(self) -> bool:
        with pool().connection() as connection:
            row = connection.execute(CLAIM).fetchone()
        if row is None:
            return False
        task = Job(**row)
        outcome = self._run(task)
        with pool().connection() as connection:
            connection.execute(*outcome)
        return True

    def _run(self, task: Job) -> tuple[str, tuple[Any, ...]]:
        handler = _handlers.get(task.name)
        if handler is None:
            log.error("job_unknown", job_id=task.id)
            return FAILED, (task.id,)
        try:
            with timed(task):
                handler(**task.payload)
            return DONE, (task.id,)
        except (PermanentError, TypeError):
            log.exception("job_refused", job_id=task.id)
            return FAILED, (task.id,)
        except Exception:
            log.exception("job_failed", job_id=task.id, attempt=task.attempts)
            if task.attempts >= MAX_ATTEMPTS:
                return FAILED, (task.id,)
            return RETRY, (backoff(task.attempts), task.id)
        finally:
            db.session.remove()


def run_workers(app: Flask, count: int) -> None:
    stopping = threading.Event()

    def stop(_number: int, _frame: object) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    with ThreadPoolExecutor(max_workers=count, thread_name_prefix="worker") as executor:
        futures = [executor.submit(Worker(app, stopping)) for _ in range(count)]
        for future in futures:
            future.result()
--- marina_app/marina/mailer.py
"""Mails: texts from templates, messages by email.message, delivery by smtplib over TLS."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, localtime, make_msgid
from pathlib import Path
from typing import Any

import structlog
from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape

from .jobs import PermanentError
from .web import settings

log = structlog.get_logger(__name__)

TIMEOUT = 15
MAX_ATTACHMENT = 5 * 1024 * 1024
LOCAL_PART = re.compile(r"[A-Za-z0-9_.+-]{1,64}")
DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")

TEXTS = {
    "reset.txt": "Hello {{ name }},\n\nset a new password here within {{ minutes }} minutes:\n\n{{ link }}\n",
    "reset.html": (
        "<p>Hello {{ name }},</p><p><a href=\"{{ link }}\">Set a new password</a> within {{ minutes }} minutes.</p>"
    ),
    "paid.txt": "Hello {{ name }},\n\nberth {{ berth }} is paid: {{ amount }}.\n\nThe harbour office\n",
    "paid.html": "<p>Hello {{ name }},</p><p>berth <b>{{ berth }}</b> is paid: {{ amount }}.</p>",
    "rejected.txt": "Hello {{ name }},\n\nwe could not read your paper \"{{ title }}\". Please send it again.\n",
    "rejected.html": "<p>Hello {{ name }},</p><p>we could not read your paper <i>{{ title }}</i>.</p>",
}
SUBJECTS = {
    "reset": "Your new password",
    "paid": "Your berth is paid",
    "rejected": "Your paper could not be read",
}

# Only the texts above are ever compiled; what people wrote comes in as values, escaped in the HTML parts.
_templates = Environment(
    loader=DictLoader(TEXTS),
    autoescape=select_autoescape(enabled_extensions=("html",), default=False),
    undefined=StrictUndefined,
)


@dataclass(frozen=True, slots=True)
class Attachment:
    path: Path
    name: str
    maintype: str = "application"
    subtype: str = "pdf"

    def read(self) -> bytes:
        with self.path.open("rb") as file:
            content = file.read(MAX_ATTACHMENT + 1)
        if len(content) > MAX_ATTACHMENT:
            raise PermanentError("attachment is too large")
        return content


def one_line(text: str, limit: int = 120) -> str:
    """Text for a header: no line breaks, no control characters, not too long."""
    visible = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(visible.split())[:limit]


def parse_address(text: str) -> tuple[str, str]:
    local, at, domain = text.rpartition("@")
    if not at or not LOCAL_PART.fullmatch(local) or not DOMAIN.fullmatch(domain):
        raise PermanentError("address cannot be used")
    return local, domain


def address(text: str, display_name: str = "") -> Address:
    local, domain = parse_address(text)
    return Address(display_name=one_line(display_name, 60), username=local, domain=domain)


class MessageBuilder:
    """Puts a message together step by step: ``MessageBuilder(...).to(...).template(...).build()``."""

    def __init__(self, sender: str) -> None:
        self._message = EmailMessage()
        self._message["From"] = address(sender, "Harbour office")
        self._message["Date"] = format_datetime(localtime())
        self._message["Message-ID"] = make_msgid(domain=parse_address(sender)[1])
        self._message["Auto-Submitted"] = "auto-generated"

    def to(self, recipient: str, name: str = "") -> MessageBuilder:
        self._message["To"] = address(recipient, name)
        return self

    def subject(self, text: str) -> MessageBuilder:
        self._message["Subject"] = one_line(text)
        return self

    def template(self, name: str, values: dict[str, Any]) -> MessageBuilder:
        self._message.set_content(_templates.get_template(f"{name}.txt").render(values))
        self._message.add_alternative(_templates.get_template(f"{name}.html").render(values), subtype="html")
        return self

    def attach(self, attachments: Sequence[Attachment]) -> MessageBuilder:
        for item in attachments:
            self._message.add_attachment(
                item.read(), maintype=item.maintype, subtype=item.subtype, filename=one_line(item.name, 80)
            )
        return self

    def build(self) -> EmailMessage:
        return self._message


@contextmanager
def connection() -> Iterator[smtplib.SMTP]:
    conf = settings()
    context = ssl.create_default_context()
    with smtplib.SMTP(conf.smtp_host, conf.smtp_port, timeout=TIMEOUT) as server:
        server.starttls(context=context)
        server.login(conf.smtp_user, conf.smtp_password)
        yield server


def send_template(name: str, *, to: str, attachments: Sequence[Attachment] = (), **values: Any) -> None:
    """Renders and sends one of the mails. Called by jobs, which are tried again when the server is away."""
    if name not in SUBJECTS:
        raise LookupError(name)
    message = (
        MessageBuilder(settings().mail_from)
        .to(to, str(values.get("name", "")))
        .subject(SUBJECTS[name])
        .template(name, values)
        .attach(attachments)
        .build()
    )
    try:
        with connection() as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused:
        raise PermanentError("recipient refused") from None
    log.info("mail_sent", template=name, message_id=message["Message-ID"])
--- marina_app/marina/models.py
"""Tables of the marina."""

from __future__ import annotations

import datetime as dt
import secrets

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, LargeBinary, String, UniqueConstraint, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from .web import Base, db, login_manager

ROLES = ("guest", "owner", "harbourmaster")


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class User(UserMixin, Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(Enum(*ROLES, name="user_role"), default="guest")
    password_hash: Mapped[str | None] = mapped_column(String(255))
    oidc_issuer: Mapped[str | None] = mapped_column(String(255))
    oidc_subject: Mapped[str | None] = mapped_column(String(255))
    session_epoch: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_hex(16))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())

    boats: Mapped[list[Boat]] = relationship(back_populates="owner")

    __table_args__ = (UniqueConstraint("oidc_issuer", "oidc_subject"),)

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        """The epoch changes with the password, which ends all sessions that began before."""
        return f"{self.id}:{self.session_epoch}"

    def end_sessions(self) -> None:
        self.session_epoch = secrets.token_hex(16)

    @validates("email")
    def _lower(self, _key: str, value: str) -> str:
        return value.strip().lower()


@login_manager.user_loader
def load_user(session_value: str) -> User | None:
    number, _, epoch = session_value.partition(":")
    if not number.isascii() or not number.isdigit():
        return None
    user = db.session.get(User, int(number))
    if user is None or not secrets.compare_digest(user.session_epoch.encode(), epoch.encode()):
        return None
    return user


class Boat(Base):
    __tablename__ = "boats"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    length_cm: Mapped[int]

    owner: Mapped[User] = relationship(back_populates="boats")


class Berth(Base):
    __tablename__ = "berths"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    notes: Mapped[str] = mapped_column(String(2000), default="")
    length_cm: Mapped[int]
    price_cents: Mapped[int]
    has_power: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (CheckConstraint("length_cm BETWEEN 100 AND 10000"), CheckConstraint("price_cents >= 0"))


class Booking(Base):
    __tablename__ = "bookings"

    id: Mapped[int] = mapped_column(primary_key=True)
    berth_id: Mapped[int] = mapped_column(ForeignKey("berths.id"))
    boat_id: Mapped[int] = mapped_column(ForeignKey("boats.id"))
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    paid_at: Mapped[dt.datetime | None]

    berth: Mapped[Berth] = relationship()
    boat: Mapped[Boat] = relationship()

    __table_args__ = (CheckConstraint("starts_on < ends_on"), Index("bookings_by_time", "berth_id", "starts_on"))

    @classmethod
    def overlapping(cls, berth_id: int, starts_on: dt.date, ends_on: dt.date):
        return select(cls.id).where(cls.berth_id == berth_id, cls.starts_on < ends_on, cls.ends_on > starts_on)


class Document(Base):
    """A paper of an owner: insurance, registration. The file lies under ``stored_name``, which nobody chose."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    stored_name: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(8))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    pages: Mapped[int | None]
    created_at: Mapped[dt.datetime] = mapped_column(default=now)


class WebhookTarget(Base):
    __tablename__ = "webhook_targets"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    url: Mapped[str] = mapped_column(String(400))
    events: Mapped[list[str]] = mapped_column(JSONB, default=list)
    failures: Mapped[int] = mapped_column(default=0)
--- marina_app/marina/oauth.py
"""Sign-in by the club's identity provider: OpenID Connect, authorization code with PKCE, state and nonce."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import secrets
import time
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
import structlog
from flask import Blueprint, abort, redirect, request, session, url_for
from jwt import PyJWKClient
from sqlalchemy import select

from .auth import start_session
from .models import User
from .web import db, feature_required, limiter, safe_next, settings

bp = Blueprint("oauth", __name__)
log = structlog.get_logger(__name__)

TIMEOUT = (3.05, 10)
PENDING_SECONDS = 600
MAX_ANSWER = 64 * 1024


class ProviderError(Exception):
    """The provider said something that does not prove who is there."""


def limited_json(answer: requests.Response) -> dict[str, Any]:
    with answer:
        answer.raise_for_status()
        text = answer.raw.read(MAX_ANSWER + 1, decode_content=True)
    if len(text) > MAX_ANSWER:
        raise ProviderError("answer is too long")
    try:
        data = json.loads(text)
    except ValueError:
        raise ProviderError("answer is no JSON") from None
    if not isinstance(data, dict):
        raise ProviderError("answer is no object")
    return data


@functools.lru_cache(maxsize=1)
def discovery(issuer: str) -> dict[str, str]:
    """The provider's own description. The issuer is configured, and what it names has to lie below it."""
    address = f"{issuer}/.well-known/openid-configuration"
    answer = requests.get(address, timeout=TIMEOUT, allow_redirects=False, stream=True)
    document = limited_json(answer)
    if document.get("issuer") != issuer:
        raise ProviderError("issuer differs")
    endpoints: dict[str, str] = {}
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        endpoint = document.get(name)
        if not isinstance(endpoint, str) or not endpoint.startswith(issuer + "/"):
            raise ProviderError(f"{name} is elsewhere")
        endpoints[name] = endpoint
    return endpoints


@functools.lru_cache(maxsize=1)
def keys(jwks_uri: str) -> PyJWKClient:
    return PyJWKClient(jwks_uri, cache_keys=True, lifespan=3600, timeout=10)


def callback_url() -> str:
    return settings().public_url + url_for("oauth.callback", _external=False)


def challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


@bp.get("/start")
@feature_required("oidc")
@limiter.limit("20 per minute")
def start():
    verifier = secrets.token_urlsafe(48)
    pending = {
        "state": secrets.token_urlsafe(24),
        "nonce": secrets.token_urlsafe(24),
        "verifier": verifier,
        "next": safe_next(request.args.get("next")),
        "since": int(time.time()),
    }
    session["oidc"] = pending
    query = urlencode(
        {
            "response_type": "code",
            "client_id": settings().oidc_client_id,
            "redirect_uri": callback_url(),
            "scope": "openid email profile",
            "state": pending["state"],
            "nonce": pending["nonce"],
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
    )
    return redirect(f"{discovery(settings().oidc_issuer)['authorization_endpoint']}?{query}")


def exchange(code: str, verifier: str) -> dict[str, Any]:
    conf = settings()
    answer = requests.post(
        discovery(conf.oidc_issuer)["token_endpoint"],
        data={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": callback_url(),
            "code_verifier": verifier,
        },
        auth=(conf.oidc_client_id, conf.oidc_client_secret),
        headers={"Accept": "application/json"},
        timeout=TIMEOUT,
        allow_redirects=False,
        stream=True,
    )
    return limited_json(answer)


def verified_claims(id_token: str, nonce: str) -> dict[str, Any]:
    conf = settings()
    key = keys(discovery(conf.oidc_issuer)["jwks_uri"]).get_signing_key_from_jwt(id_token)
    claims = jwt.decode(
        id_token,
        key.key,
        algorithms=["RS256", "ES256"],
        audience=conf.oidc_client_id,
        issuer=conf.oidc_issuer,
        leeway=30,
        options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
    )
    if not secrets.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise ProviderError("nonce differs")
    return claims


@bp.get("/callback")
@feature_required("oidc")
@limiter.limit("20 per minute")
def callback():
    pending = session.pop("oidc", None)
    state = request.args.get("state", "")
    if pending is None or time.time() - pending["since"] > PENDING_SECONDS:
        abort(400)
    if not secrets.compare_digest(state.encode(), pending["state"].encode()):
        abort(400)
    code = request.args.get("code", "")
    if not 1 <= len(code) <= 2048:
        abort(403)
    try:
        token = exchange(code, pending["verifier"]).get("id_token")
        claims = verified_claims(token if isinstance(token, str) else "", pending["nonce"])
    except (ProviderError, requests.RequestException, jwt.PyJWTError):
        log.exception("oidc_refused")
        abort(403)

    # Found by issuer and subject alone: an address of mail can change hands.
    known = select(User).where(User.oidc_issuer == claims["iss"], User.oidc_subject == claims["sub"], User.active)
    user = db.session.scalar(known)
    if user is None:
        log.info("oidc_unknown_subject")
        abort(403)
    start_session(user)
    return redirect(pending["next"])
--- marina_app/marina/outbound.py
"""Requests to addresses that customers gave us. They may lead to public hosts only, never into our own network."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import certifi
import structlog
import urllib3
from urllib3.util import Timeout

log = structlog.get_logger(__name__)

HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}")
PATH = re.compile(r"/[A-Za-z0-9_.~/%-]{0,300}")
BLOCKED_SUFFIXES = (".local", ".internal", ".localhost", ".home.arpa", ".test")
PORT = 443


class TargetRefused(Exception):
    """The address cannot be called, now or ever."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address whose form has been checked. Where the host leads is found out when it is called."""

    host: str
    path: str

    @classmethod
    def parse(cls, url: object) -> Target:
        if not isinstance(url, str) or len(url) > 400:
            raise TargetRefused("form")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise TargetRefused("form") from None
        host = (parts.hostname or "").lower()
        if parts.scheme != "https" or port not in (None, PORT):
            raise TargetRefused("scheme or port")
        if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
            raise TargetRefused("extra parts")
        if not HOST.fullmatch(host) or host.endswith(BLOCKED_SUFFIXES):
            raise TargetRefused("host")
        path = parts.path or "/"
        if not PATH.fullmatch(path):
            raise TargetRefused("path")
        return cls(host, path)

    def __str__(self) -> str:
        return f"https://{self.host}{self.path}"


def is_public(address: str) -> bool:
    ip = ipaddress.IPv4Address(address)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local)


def resolve(host: str) -> str:
    """One IPv4 address of the host. All of them have to be public, or none is used."""
    try:
        found = socket.getaddrinfo(host, PORT, family=socket.AF_INET, type=socket.SOCK_STREAM)
    except OSError:
        raise TargetRefused("name is not known") from None
    addresses = sorted({entry[4][0] for entry in found})
    if not addresses or not all(is_public(address) for address in addresses):
        raise TargetRefused("address is not public")
    return addresses[0]


class PinnedClient:
    """Connects to the very address that was checked, while TLS still asks for the certificate of the host."""

    def __init__(self, *, connect: float = 3.0, read: float = 6.0, user_agent: str = "marina-hooks/1") -> None:
        self._timeout = Timeout(connect=connect, read=read)
        self._headers = {"User-Agent": user_agent, "Content-Type": "application/json", "Accept": "application/json"}

    def _connection(self, host: str) -> urllib3.HTTPSConnectionPool:
        return urllib3.HTTPSConnectionPool(
            host=resolve(host),
            port=PORT,
            server_hostname=host,
            assert_hostname=host,
            cert_reqs="CERT_REQUIRED",
            ca_certs=certifi.where(),
            timeout=self._timeout,
            retries=False,
            maxsize=1,
        )

    def post(self, target: Target, body: bytes, headers: Mapping[str, str]) -> int:
        """Sends the body and says the status. What else the other side answers is of no interest, and not read."""
        connection = self._connection(target.host)
        try:
            response = connection.request(
                "POST",
                target.path,
                body=body,
                headers={**self._headers, **headers, "Host": target.host},
                redirect=False,
                preload_content=False,
            )
            response.close()
        finally:
            connection.close()
        log.info("outbound_call", host=target.host, status=response.status)
        return response.status
--- marina_app/marina/reports.py
"""Figures for the harbour office, in SQL written by hand."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, stream_with_context
from psycopg import sql
from psycopg_pool import ConnectionPool

from .web import choice_arg, int_arg, limiter, pool, role_required

bp = Blueprint("reports", __name__)

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BERTH_CODE = re.compile(r"[A-Z]{1,2}[0-9]{1,4}")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

#: What may be asked for, and the column that it is.
COLUMNS = {
    "berth": sql.Identifier("be", "code"),
    "boat": sql.Identifier("bo", "name"),
    "owner": sql.Identifier("u", "name"),
    "from": sql.Identifier("b", "starts_on"),
    "to": sql.Identifier("b", "ends_on"),
    "paid": sql.Identifier("b", "paid_at"),
}
DIRECTIONS = {"up": sql.SQL("ASC"), "down": sql.SQL("DESC")}

BOOKINGS = sql.SQL("""
    SELECT {columns}
    FROM bookings b
    JOIN berths be ON be.id = b.berth_id
    JOIN boats bo ON bo.id = b.boat_id
    JOIN users u ON u.id = bo.owner_id
    WHERE b.starts_on >= %(since)s AND b.starts_on < %(until)s {extra}
    ORDER BY {order} {direction}, b.id
    LIMIT %(limit)s
""")

# The periods are parts of the statement, so they are chosen from here.
PERIODS = {"day": "day", "week": "week", "month": "month", "quarter": "quarter"}


def day_arg(name: str, default: dt.date) -> dt.date:
    raw = request.args.get(name)
    if raw is None:
        return default
    if not DAY.fullmatch(raw):
        abort(400)
    try:
        return dt.date.fromisoformat(raw)
    except ValueError:
        abort(400)


def period_args() -> dict[str, Any]:
    today = dt.date.today()
    since = day_arg("since", today - dt.timedelta(days=30))
    until = day_arg("until", today)
    if not dt.timedelta(0) < until - since <= dt.timedelta(days=800):
        abort(400)
    return {"since": since, "until": until}


def berth_args() -> list[str]:
    return [code for code in request.args.getlist("berth")[:50] if BERTH_CODE.fullmatch(code)]


def wanted_columns() -> dict[str, sql.Identifier]:
    names = request.args.get("columns", ",".join(COLUMNS)).split(",")
    chosen = {name: COLUMNS[name] for name in names if name in COLUMNS}
    if not chosen:
        abort(400)
    return chosen


def bookings_query(columns: Mapping[str, sql.Identifier], berths: Sequence[str]) -> sql.Composed:
    selected = [sql.SQL("{} AS {}").format(column, sql.Identifier(name)) for name, column in columns.items()]
    return BOOKINGS.format(
        columns=sql.SQL(", ").join(selected),
        extra=sql.SQL("AND be.code = ANY(%(berths)s)") if berths else sql.SQL(""),
        order=choice_arg("order", COLUMNS, "from"),
        direction=choice_arg("direction", DIRECTIONS, "up"),
    )


def cell(value: Any) -> str:
    """A value for a spreadsheet: what would be a formula there is made text with an apostrophe."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def csv_lines(header: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(row[name]) for name in header])
        if buffer.tell() > 16_384:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def stream_rows(connections: ConnectionPool, query: sql.Composed, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    with connections.connection() as connection, connection.cursor(name="bookings_export") as cursor:
        cursor.itersize = 500
        cursor.execute(query, values)
        yield from cursor


@bp.get("/bookings")
@role_required("harbourmaster")
def bookings():
    berths = berth_args()
    values = {**period_args(), "berths": berths, "limit": int_arg("limit", 100, low=1, high=1000)}
    with pool().connection() as connection:
        rows = connection.execute(bookings_query(wanted_columns(), berths), values).fetchall()
    return jsonify(rows)


@bp.get("/bookings.csv")
@role_required("harbourmaster")
@limiter.limit("10 per minute")
def bookings_csv() -> Response:
    columns = wanted_columns()
    berths = berth_args()
    values = {**period_args(), "berths": berths, "limit": 100_000}
    rows = stream_rows(pool(), bookings_query(columns, berths), values)
    response = Response(stream_with_context(csv_lines(list(columns), rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="bookings.csv"'
    return response


@bp.get("/income/<period>")
@role_required("harbourmaster")
def income(period: str):
    unit = PERIODS.get(period)
    if unit is None:
        abort(404)
    query = f"""
        SELECT date_trunc('{unit}', b.paid_at) AS start, sum(be.price_cents * (b.ends_on - b.starts_on)) AS cents
        FROM bookings b JOIN berths be ON be.id = b.berth_id
        WHERE b.paid_at >= %s AND b.paid_at < %s
        GROUP BY 1 ORDER BY 1
    """
    span = period_args()
    with pool().connection() as connection, connection.cursor() as cursor:
        cursor.execute(query, (span["since"], span["until"]))
        rows = cursor.fetchall()
    return jsonify([{"start": row["start"].date().isoformat(), "cents": int(row["cents"])} for row in rows])


@bp.get("/owners")
@role_required("harbourmaster")
def owners():
    ids = [int(part) for part in request.args.get("ids", "").split(",")[:100] if re.fullmatch(r"[0-9]{1,9}", part)]
    if not ids:
        return jsonify([])
    marks = ", ".join(["%s"] * len(ids))
    with pool().connection() as connection:
        rows = connection.execute(f"SELECT id, name FROM users WHERE id IN ({marks}) ORDER BY name", ids).fetchall()
    return jsonify(rows)
--- marina_app/marina/web.py
"""What all blueprints share: extensions, headers, decorators and helpers for arguments."""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from flask import Flask, Response, abort, current_app, g, request, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool
from sqlalchemy.orm import DeclarativeBase

from .config import Settings

P = ParamSpec("P")
R = TypeVar("R")

LOCAL_TARGET = re.compile(r"/(?![/\\])[A-Za-z0-9_.~/?=&%+-]{0,400}")
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
csrf = CSRFProtect()
login_manager = LoginManager()
limiter = Limiter(key_func=get_remote_address, default_limits=["300 per minute"], headers_enabled=True)


def settings() -> Settings:
    return current_app.extensions["marina_settings"]


def pool() -> ConnectionPool:
    """The pool for queries that are written by hand. It is opened at its first use, after a server has forked."""
    shared: ConnectionPool = current_app.extensions["marina_pool"]
    shared.open()
    return shared


def make_pool(url: str) -> ConnectionPool:
    return ConnectionPool(
        url,
        min_size=1,
        max_size=8,
        timeout=5,
        kwargs={"row_factory": dict_row, "options": "-c statement_timeout=15000"},
        open=False,
    )


def content_security_policy(nonce: str) -> str:
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'", f"'nonce-{nonce}'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def install_hooks(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        g.csp_nonce = secrets.token_urlsafe(16)
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(16)

    @app.after_request
    def finish(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = content_security_policy(g.get("csp_nonce") or secrets.token_urlsafe(16))
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if "request_id" in g:
            headers["X-Request-ID"] = g.request_id
        if current_user.is_authenticated:
            headers.setdefault("Cache-Control", "private, no-store")
        return response

    @app.context_processor
    def page_values() -> dict[str, Any]:
        return {"csp_nonce": g.get("csp_nonce", ""), "features": settings().features}


def role_required(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Lets only people with one of the roles in. The role comes from the database, with the person."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(view)
        @login_required
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if current_user.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return decorate


def feature_required(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if name not in settings().features:
                abort(404)
            return view(*args, **kwargs)

        return guarded

    return decorate


def safe_next(target: str | None, fallback: str = "berths.index") -> str:
    """Where to go after a form: a path of this application, or the fallback."""
    if target and LOCAL_TARGET.fullmatch(target):
        return target
    return url_for(fallback)


def int_arg(name: str, default: int, *, low: int, high: int) -> int:
    raw = request.args.get(name)
    if raw is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", raw):
        abort(400, description="A number was expected.")
    return max(low, min(int(raw), high))


def choice_arg(name: str, choices: dict[str, R], default: str) -> R:
    """The value that belongs to the key in the query; keys that are not known count as the default."""
    return choices.get(request.args.get(name, default), choices[default])


def like_pattern(words: str) -> str:
    """A pattern for LIKE ... ESCAPE '\\' in which the words stand for themselves."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
--- marina_app/marina/webhooks.py
"""Events from the payment service, and events of ours for customers' systems. Both are signed."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
import urllib3
from flask import Blueprint, abort, jsonify, request
from flask_login import current_user, login_required
from sqlalchemy import func, select, update

from .jobs import PermanentError, enqueue, job
from .mailer import send_template
from .models import Booking, WebhookTarget, now
from .outbound import PinnedClient, Target, TargetRefused
from .web import csrf, db, limiter, pool, settings

bp = Blueprint("webhooks", __name__)
log = structlog.get_logger(__name__)

SIGNATURE = re.compile(r"t=([0-9]{10}),v1=([0-9a-f]{64})")
EVENT_ID = re.compile(r"evt_[A-Za-z0-9]{10,40}")
MAX_AGE_SECONDS = 300
MAX_EVENT = 64 * 1024
MAX_FAILURES = 20
OUR_EVENTS = frozenset({"berth.changed", "booking.paid"})


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    type: str
    data: dict[str, Any]

    @classmethod
    def parse(cls, body: bytes) -> Event:
        try:
            raw = json.loads(body)
        except ValueError:
            abort(400)
        match raw:
            case {"id": str(event_id), "type": str(kind), "data": dict(data)} if EVENT_ID.fullmatch(event_id):
                return cls(event_id, kind, data)
            case _:
                abort(400)

    def number(self, name: str) -> int:
        value = self.data.get(name)
        if type(value) is not int or not 0 < value < 2**31:
            abort(400)
        return value


def sign(key: bytes, timestamp: int, body: bytes) -> str:
    return hmac.new(key, b"%d." % timestamp + body, hashlib.sha256).hexdigest()


def signed_body() -> bytes:
    """The body, if the payment service signed it within the last minutes."""
    if (request.content_length or MAX_EVENT + 1) > MAX_EVENT:
        abort(413)
    match = SIGNATURE.fullmatch(request.headers.get("X-Payment-Signature", ""))
    if match is None:
        abort(401)
    timestamp, given = int(match.group(1)), match.group(2)
    body = request.get_data(cache=False)
    expected = sign(settings().payment_key.encode(), timestamp, body)
    if not hmac.compare_digest(expected, given) or abs(time.time() - timestamp) > MAX_AGE_SECONDS:
        log.warning("webhook_refused", remote=request.remote_addr)
        abort(401)
    return body


def payment_succeeded(event: Event) -> None:
    booking = db.session.get(Booking, event.number("booking_id"))
    if booking is None or booking.paid_at is not None:
        return
    if event.number("amount_cents") != booking.berth.price_cents * (booking.ends_on - booking.starts_on).days:
        log.error("payment_differs", booking_id=booking.id, event_id=event.id)
        return
    booking.paid_at = now()
    db.session.commit()
    enqueue("bookings.confirm", booking_id=booking.id)
    enqueue("webhooks.fanout", event="booking.paid", subject_id=booking.id, owner_id=booking.boat.owner_id)


def payment_failed(event: Event) -> None:
    log.info("payment_failed", booking_id=event.number("booking_id"))


HANDLERS: dict[str, Callable[[Event], None]] = {
    "payment.succeeded": payment_succeeded,
    "payment.failed": payment_failed,
}


@bp.post("/payments")
@csrf.exempt  # a machine calls; the signature over the body takes the place of a form's token
@limiter.limit("120 per minute")
def payments():
    event = Event.parse(signed_body())
    handler = HANDLERS.get(event.type)
    if handler is None:
        return "", 204
    with pool().connection() as connection:
        # In one transaction with the work, so that an event counts once, and again if the work failed.
        seen = "INSERT INTO payment_events (id) VALUES (%s) ON CONFLICT DO NOTHING RETURNING id"
        if connection.execute(seen, (event.id,)).fetchone() is not None:
            handler(event)
    return "", 204


@bp.post("/targets")
@login_required
@limiter.limit("10 per hour")
def add_target():
    body = request.get_json()
    if not isinstance(body, dict) or not isinstance(body.get("events"), list):
        abort(422)
    events = [name for name in body["events"] if isinstance(name, str) and name in OUR_EVENTS]
    try:
        target = Target.parse(body.get("url"))
    except TargetRefused:
        abort(422)
    count = db.session.scalar(select(func.count(WebhookTarget.id)).where(WebhookTarget.owner_id == current_user.id))
    if count >= 5:
        abort(409)
    row = WebhookTarget(owner_id=current_user.id, url=str(target), events=events)
    db.session.add(row)
    db.session.commit()
    # The key is shown once. It is derived from ours, so it does not have to be stored.
    return jsonify(id=row.id, signing_key=target_key(row.id).hex()), 201


def target_key(target_id: int) -> bytes:
    return hmac.new(settings().webhook_key.encode(), b"target:%d" % target_id, hashlib.sha256).digest()


@job("webhooks.fanout")
def fan_out(event: str, subject_id: int, owner_id: int | None = None) -> None:
    """Tells all who asked for it or, of what belongs to somebody, that person's systems alone."""
    asked_for = WebhookTarget.events.contains([event])
    wanted = select(WebhookTarget.id).where(asked_for, WebhookTarget.failures < MAX_FAILURES)
    if owner_id is not None:
        wanted = wanted.where(WebhookTarget.owner_id == owner_id)
    for target_id in db.session.scalars(wanted):
        enqueue("webhooks.deliver", target_id=target_id, event=event, subject_id=subject_id)


@job("webhooks.deliver")
def deliver(target_id: int, event: str, subject_id: int) -> None:
    row = db.session.get(WebhookTarget, target_id)
    if row is None:
        return
    timestamp = int(time.time())
    body = json.dumps({"event": event, "subject": subject_id}, separators=(",", ":")).encode()
    headers = {"X-Marina-Signature": f"t={timestamp},v1={sign(target_key(row.id), timestamp, body)}"}
    try:
        status = PinnedClient().post(Target.parse(row.url), body, headers)
    except TargetRefused as problem:
        raise PermanentError("target refused") from problem
    except urllib3.exceptions.HTTPError:
        status = 0
    failed = not 200 <= status < 300
    failures = WebhookTarget.failures + 1 if failed else 0
    db.session.execute(update(WebhookTarget).where(WebhookTarget.id == row.id).values(failures=failures))
    db.session.commit()
    if failed:
        raise RuntimeError("delivery failed")


@job("bookings.confirm")
def confirm(booking_id: int) -> None:
    booking = db.session.get(Booking, booking_id)
    if booking is None or booking.paid_at is None:
        return
    owner = booking.boat.owner
    euros = booking.berth.price_cents * (booking.ends_on - booking.starts_on).days / 100
    send_template("paid", to=owner.email, name=owner.name, berth=booking.berth.name, amount=f"{euros:.2f} EUR")
--- marina_app/marina/templates/base.html
<!doctype html>
<html lang="{{ session.get('language', 'en') }}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="csrf-token" content="{{ csrf_token() }}">
  <title>{% block title %}Marina{% endblock %}</title>
  <link rel="stylesheet" href="{{ url_for('static', filename='marina.css') }}">
  <script nonce="{{ csp_nonce }}" src="{{ url_for('static', filename='marina.js') }}" defer></script>
</head>
<body>
{% macro nav_link(endpoint, text) %}
  <a href="{{ url_for(endpoint) }}"{% if request.endpoint == endpoint %} aria-current="page"{% endif %}>{{ text }}</a>
{% endmacro %}
<header>
  <nav>
    {{ nav_link('berths.index', 'Berths') }}
    {% if current_user.is_authenticated %}
      {{ nav_link('documents.index', 'Papers') }}
      {% if current_user.role == 'harbourmaster' %}
        {{ nav_link('reports.bookings', 'Bookings') }}
        <a href="{{ url_for('reports.bookings_csv') }}" download>Export</a>
      {% endif %}
      {{ nav_link('auth.profile', current_user.name) }}
      <form method="post" action="{{ url_for('auth.logout') }}">
        <input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
        <button>Sign out</button>
      </form>
    {% else %}
      {{ nav_link('auth.login', 'Sign in') }}
      {% if 'oidc' in features %}
        {{ nav_link('oauth.start', 'Sign in with the club') }}
      {% endif %}
    {% endif %}
  </nav>
</header>
<main>
  {% with messages = get_flashed_messages(with_categories=true) %}
    {% if messages %}
      <ul class="messages">
        {% for category, message in messages %}
          <li class="{{ 'error' if category == 'error' else 'note' }}">{{ message }}</li>
        {% endfor %}
      </ul>
    {% endif %}
  {% endwith %}
  {% block content %}{% endblock %}
</main>
<footer>
  <p>Harbour office, channel 31. <a href="https://www.example.org/tides" rel="noopener noreferrer" target="_blank">Tides</a></p>
  {% block footer %}{% endblock %}
  {% if current_user.is_authenticated %}
    <ul>
      {% for boat in current_user.boats %}
        <li>{{ boat.name }} <small>{{ '%.1f' | format(boat.length_cm / 100) }} m</small></li>
      {% endfor %}
    </ul>
  {% endif %}
</footer>
</body>
</html>
--- marina_app/marina/templates/berths.html
{% extends "base.html" %}

{% block title %}Berths{% if words %}: {{ words }}{% endif %}{% endblock %}

{% macro price(cents) %}{{ '%.2f' | format(cents / 100) }} EUR{% endmacro %}

{% macro page_link(number, text) %}
  <a href="{{ url_for('berths.index', q=words, order=request.args.get('order', 'code'), page=number) }}">{{ text }}</a>
{% endmacro %}

{% block content %}
  <h1>Berths</h1>
  <form method="get" action="{{ url_for('berths.index') }}" role="search">
    <input type="search" name="q" value="{{ words }}" maxlength="60" placeholder="Name or code">
    <select name="order">
      {% for order in orders %}
        <option value="{{ order }}"{% if request.args.get('order') == order %} selected{% endif %}>{{ order }}</option>
      {% endfor %}
    </select>
    <button>Search</button>
  </form>

  {% if not page.items %}
    <p>There is no berth for “{{ words }}”.</p>
  {% else %}
    <table data-total="{{ page.total }}">
      <thead>
        <tr><th>Code</th><th>Name</th><th>Notes</th><th>Length</th><th>A night</th><th></th></tr>
      </thead>
      <tbody>
        {% for berth in page.items %}
          <tr id="berth-{{ berth.id }}" title="{{ berth.name }}">
            <td>{{ berth.code }}</td>
            <td>{{ berth.name }}{% if berth.has_power %} <abbr title="Power">⚡</abbr>{% endif %}</td>
            <td>{{ berth.notes | truncate(120) | urlize(nofollow=true, target='_blank', rel='noopener') }}</td>
            <td>{{ '%.1f m' | format(berth.length_cm / 100) }}</td>
            <td>{{ price(berth.price_cents) }}</td>
            <td><a href="{{ url_for('berths.book', berth_id=berth.id) }}">Book</a></td>
          </tr>
        {% endfor %}
      </tbody>
    </table>
    <nav class="pages">
      {% if page.has_prev %}{{ page_link(page.prev_num, 'Back') }}{% endif %}
      <span>{{ page.page }} of {{ page.pages }}</span>
      {% if page.has_next %}{{ page_link(page.next_num, 'On') }}{% endif %}
    </nav>
  {% endif %}
  {% if current_user.role == 'harbourmaster' %}
    <details>
      <summary>Change prices</summary>
      {% for berth in page.items %}
        <label>{{ berth.code }}
          <input type="number" min="0" step="50" value="{{ berth.price_cents }}" data-berth='{{ berth.id | tojson }}'>
        </label>
      {% endfor %}
    </details>
  {% endif %}
  <script type="application/json" id="search-state" nonce="{{ csp_nonce }}">
    {{ {'words': words, 'page': page.page, 'total': page.total} | tojson }}
  </script>
{% endblock %}
--- marina_app/marina/templates/form.html
{% extends "base.html" %}

{% block title %}{{ heading }} – Marina{% endblock %}

{% macro errors_of(field) %}
  {% if field.errors %}
    <ul class="errors" id="{{ field.id }}-errors">
      {% for error in field.errors %}
        <li>{{ error }}</li>
      {% endfor %}
    </ul>
  {% endif %}
{% endmacro %}

{% macro row(field) %}
  <div class="row{{ ' wrong' if field.errors else '' }}">
    {{ field.label }}
    {% if field.errors %}
      {{ field(**{'aria-invalid': 'true', 'aria-describedby': field.id ~ '-errors'}) }}
    {% else %}
      {{ field() }}
    {% endif %}
    {{ errors_of(field) }}
    {% if field.description %}
      <small>{{ field.description }}</small>
    {% endif %}
  </div>
{% endmacro %}

{% block content %}
  <h1>{{ heading }}</h1>
  {% if message %}
    <p class="message" role="alert">{{ message }}</p>
  {% endif %}
  {% if form %}
    <form method="post" novalidate{% if form.paper is defined %} enctype="multipart/form-data"{% endif %}>
      {{ form.hidden_tag() }}
      {% for field in form if field.widget.input_type not in ('hidden', 'submit') %}
        {{ row(field) }}
      {% endfor %}
      {{ form.submit(class_='primary') }}
    </form>
    {% if request.endpoint == 'auth.login' %}
      <ul class="ways">
        <li><a href="{{ url_for('auth.forgot') }}">Forgotten your password?</a></li>
        {% if 'oidc' in features %}
          {# The target is checked by safe_next on the way in. #}
          <li><a href="{{ url_for('oauth.start', next=form.next.data) }}">Sign in with the club</a></li>
        {% endif %}
      </ul>
    {% endif %}
  {% else %}
    <p>
      <a href="{{ url_for('berths.index') }}">To the berths</a>
    </p>
    {% if g.request_id %}
      <p><small>Number of the request: <code>{{ g.request_id }}</code></small></p>
    {% endif %}
  {% endif %}
{% endblock %}
