--- labels
bad catalog/api.py:47 sql/injection | % operator puts the values into the statement
good catalog/api.py:52 sql/injection | value is a parameter
good catalog/api.py:58 sql/injection | RawSQL with parameters
bad catalog/api.py:64 sql/injection | formula of the query is SQL text
good catalog/api.py:79 sql/injection | a choice and an integer after validation
good catalog/api.py:87 code/reflection | functions of a fixed dict
bad catalog/api.py:93 code/reflection | any method of the model can be called
good catalog/api.py:104 object/mass-assignment | fee is read-only, reader is the user
bad catalog/api.py:108 object/mass-assignment | items of the body may set fee and reader
bad catalog/api.py:115 sql/injection | condition that a user saved is part of the statement
good catalog/api.py:128 ssrf/request | host checked by the serializer
bad catalog/api.py:135 ssrf/request | URLField checks only the form of the address
bad catalog/api.py:144 code/reflection | query value decides on the module that is loaded
bad catalog/api.py:147 error/leak | stack trace goes to the client
good catalog/api.py:162 ldap/injection | special characters are escaped
bad catalog/api.py:164 ldap/injection | value is part of the filter
bad catalog/api.py:192 xml/external-entity | external entities are switched on
good catalog/api.py:196 xml/external-entity | defusedxml
bad catalog/files.py:28 path/traversal | rest of the route is joined without a check
good catalog/files.py:30 path/traversal | safe_join refuses paths outside
good catalog/files.py:37 path/traversal | a number
bad catalog/files.py:43 deserialize/untrusted | cookie is unpickled
good catalog/files.py:44 deserialize/untrusted | signed JSON
bad catalog/files.py:48 csv/injection | labels of readers go to a spreadsheet as they are
good catalog/files.py:59 upload/unchecked | type and size are checked by the form
good catalog/files.py:67 file/temp | private folder
bad catalog/files.py:72 archive/zip-slip path/traversal | name of the member is joined without a check
good catalog/files.py:84 archive/zip-slip | folder is checked after resolve
bad catalog/files.py:90 upload/unchecked | any type of file goes to a public folder
bad catalog/files.py:93 file/permissions | everyone may write and run the file
good catalog/management/commands/importbooks.py:17 deserialize/untrusted | safe loader
good catalog/management/commands/importbooks.py:19 sql/injection | values are parameters
good catalog/management/commands/importbooks.py:21 sql/injection | constant of a dict
bad catalog/models.py:7 sql/injection | search text is part of the condition
good catalog/models.py:10 sql/injection | value is given as a parameter
good catalog/models.py:16 sql/injection | order_by() with a field of the set
bad catalog/models.py:43 sql/injection | some callers build the statement of request values
good catalog/pages.py:27 sql/injection | the ORM binds the value
bad catalog/pages.py:29 xss/reflected | query value is not escaped
good catalog/pages.py:30 xss/reflected | escaped
good catalog/pages.py:53 xss/reflected | constants of a dict
bad catalog/pages.py:66 redirect/open | query value is the target
good catalog/pages.py:73 redirect/open | checked by Django's own function
bad catalog/pages.py:76 csrf/off | a form of the signed-in reader is changed without a CSRF check
good catalog/pages.py:89 template/injection | constant template, value is data
bad catalog/pages.py:90 template/injection xss/reflected | form text is part of the template
good catalog/pages.py:96 crypto/weak-hash | HMAC with SHA-256
good catalog/pages.py:100 deserialize/untrusted | JSON
good catalog/pages.py:101 xss/reflected | format_html escapes
bad catalog/permissions.py:9 jwt/unverified | check of the signature is off
good catalog/permissions.py:16 jwt/unverified | signature, algorithm and audience are checked
good catalog/serializers.py:15 object/mass-assignment | named fields
bad catalog/serializers.py:21 object/mass-assignment | a reader can set is_staff and is_superuser of the own account
bad catalog/services.py:20 command/injection | label text between quotes of a shell line
good catalog/services.py:25 command/injection | text is quoted, printer passed a full match
bad catalog/services.py:30 command/injection | HTML escape leaves $() and backticks
good catalog/services.py:34 command/injection | a number in an argument list
bad catalog/services.py:38 crypto/weak-random | PIN that hands out books comes from the random module
good catalog/services.py:42 crypto/weak-random | secrets module
good catalog/services.py:47 mail/injection | Django refuses line breaks in headers
good catalog/services.py:51 log/injection | repr() encodes line breaks
bad catalog/services.py:55 log/injection | request text with line breaks in the log
bad catalog/signals.py:12 command/injection | label saved by a reader is part of the shell line
good catalog/signals.py:19 path/traversal | the primary key is a number
bad catalog/templatetags/catalog_tags.py:10 xss/template xss/stored xss/reflected | blurb and query word are marked as safe
good catalog/templatetags/catalog_tags.py:15 xss/template | each part is escaped
good catalog/templatetags/catalog_tags.py:20 xss/template | format_html escapes
good catalog/templatetags/catalog_tags.py:25 xss/template | format_html_join escapes
bad catalog/templatetags/catalog_tags.py:30 xss/template xss/reflected | the f-string is filled before format_html can escape
good library/settings.py:6 secret/hard-coded | from the environment
bad library/settings.py:7 config/debug | debug pages are on
good library/settings.py:35 xss/autoescape-off | escaping is on
bad library/settings.py:44 secret/hard-coded | password of the database in the source
bad library/settings.py:49 crypto/password-storage crypto/weak-hash | new passwords are stored as MD5
bad library/settings.py:51 cors/wild | all origins, together with credentials
bad library/settings.py:54 cookie/flags | the session cookie goes over plain connections too
good library/settings.py:55 cookie/flags | flag is set
good library/settings.py:56 cookie/flags | flag is set
good library/settings.py:60 headers/missing | header is set
good library/settings.py:61 limits/unbounded-body | limit is set
good templates/catalog/book.html:8 xss/template | escaped by default
bad templates/catalog/book.html:10 xss/autoescape-off xss/template xss/stored | stored text is shown with escaping off
--- catalog/__init__.py
--- catalog/api.py
import importlib
import traceback

import defusedxml.ElementTree as ET
import requests
from django.db import connection
from django.db.models.expressions import RawSQL
from ldap3 import Connection, Server
from ldap3.utils.conv import escape_filter_chars
from rest_framework import generics, mixins, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import BaseParser
from rest_framework.response import Response
from rest_framework.views import APIView
from xml.sax import ContentHandler, handler, make_parser
from io import BytesIO

from . import services
from .models import Book, Loan, SavedFilter, rows
from .permissions import PartnerToken, StaffToken
from .serializers import AccountSerializer, BookSerializer, CoverRequest, LabelRequest, LoanSerializer, StatisticsQuery, TrustedCoverRequest


class XmlParser(BaseParser):
    media_type = "application/xml"

    def parse(self, stream, media_type=None, parser_context=None):
        return stream.read()


class BookViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = BookSerializer

    def get_queryset(self):
        params = self.request.query_params
        books = super().get_queryset()
        if title := params.get("title"):
            books = books.titled(title)
        if signature := params.get("signature"):
            books = books.by_signature(signature)
        return books.sorted_by(params.get("sort", "title"))

    @action(detail=False)
    def near(self, request):
        lo, hi = (request.query_params.get(k, d) for k, d in (("from", "1900"), ("to", "2100")))
        found = Book.objects.raw("select * from catalog_book where year between %s and %s" % (lo, hi))
        return Response(BookSerializer(found, many=True).data)

    @action(detail=False)
    def exact(self, request):
        found = Book.objects.raw("select * from catalog_book where title = %s", [request.query_params.get("title")])
        return Response(BookSerializer(found, many=True).data)

    @action(detail=False)
    def ranked(self, request):
        weight = request.query_params.get("weight", "1")
        found = Book.objects.annotate(rank=RawSQL("year * %s", (weight,))).order_by("-rank")
        return Response(BookSerializer(found[:20], many=True).data)

    @action(detail=False)
    def scored(self, request):
        formula = request.query_params.get("formula") or "year"
        found = Book.objects.annotate(score=RawSQL(f"({formula})", ()))
        return Response(BookSerializer(found[:20], many=True).data)

    @action(detail=False)
    def statistics(self, request):
        query = StatisticsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(rows(services.statistics_sql(**query.validated_data)))

    @action(detail=False)
    def yearly(self, request):
        query = StatisticsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        unit, year = query.validated_data["unit"], query.validated_data["year"]
        with connection.cursor() as cursor:
            cursor.execute(f"select date_trunc('{unit}', due), count(*) from catalog_loan where extract(year from due) = {year} group by 1")
            return Response(cursor.fetchall())

    @action(detail=True, methods=["post"])
    def label(self, request, pk=None):
        wanted = LabelRequest(data=request.data)
        wanted.is_valid(raise_exception=True)
        kind = request.query_params.get("kind")
        {"sign": services.print_sign}.get(kind, services.print_label)(**wanted.validated_data)
        return Response(status=202)

    @action(detail=True, methods=["post"])
    def call(self, request, pk=None):
        book = self.get_object()
        result = getattr(book, request.data.get("method", "full_clean"))()
        return Response({"result": str(result)})


class LoanViewSet(mixins.CreateModelMixin, mixins.ListModelMixin, viewsets.GenericViewSet):
    serializer_class = LoanSerializer

    def get_queryset(self):
        return Loan.objects.filter(reader=self.request.user)

    def perform_create(self, serializer):
        serializer.save(reader=self.request.user)

    @action(detail=False, methods=["post"])
    def bulk(self, request):
        made = [Loan.objects.create(**{"reader": request.user, **item}) for item in request.data]
        return Response({"count": len(made)})

    @action(detail=False)
    def saved(self, request):
        chosen = SavedFilter.objects.get(pk=int(request.query_params["id"]))
        with connection.cursor() as cursor:
            cursor.execute("select id, due from catalog_loan where reader_id = %s and " + chosen.condition, [request.user.pk])
            return Response(cursor.fetchall())

    @action(detail=False, methods=["post"])
    def keep(self, request):
        SavedFilter.objects.create(owner=request.user, condition=str(request.data.get("condition", "true")))
        return Response(status=201)


class CoverImport(APIView):
    def post(self, request):
        data = TrustedCoverRequest(data=request.data)
        data.is_valid(raise_exception=True)
        answer = requests.get(data.validated_data["url"], timeout=5, allow_redirects=False)
        return Response({"bytes": len(answer.content)})

    def put(self, request):
        data = CoverRequest(data=request.data)
        data.is_valid(raise_exception=True)
        book, url = data.validated_data.values()
        answer = requests.get(url, timeout=5)
        return Response({"book": book, "bytes": len(answer.content)})


class ReportView(APIView):
    permission_classes = [StaffToken]

    def get(self, request, kind):
        try:
            module = importlib.import_module(request.query_params.get("module") or f"catalog.reports.{kind}")
            return Response(module.build())
        except Exception as error:
            return Response({"error": str(error), "trace": traceback.format_exc()}, status=500)


class ProfileView(generics.RetrieveUpdateAPIView):
    serializer_class = AccountSerializer

    def get_object(self):
        return self.request.user


class StaffSearch(APIView):
    def get(self, request):
        directory = Connection(Server("ldaps://ldap.library.example"), auto_bind=True)
        name = request.query_params.get("name", "")
        if request.query_params.get("exact"):
            directory.search("ou=staff,dc=library,dc=example", f"(cn={escape_filter_chars(name)})", attributes=["cn", "mail"])
        else:
            directory.search("ou=staff,dc=library,dc=example", "(cn=*%s*)" % name, attributes=["cn", "mail"])
        return Response([entry.entry_attributes_as_dict for entry in directory.entries])


class PartnerView(APIView):
    permission_classes = [PartnerToken]

    def get(self, request):
        return Response({"books": Book.objects.count()})


class Titles(ContentHandler):
    def __init__(self):
        super().__init__()
        self.found = []

    def characters(self, content):
        self.found.append(content)


class MarcImport(APIView):
    parser_classes = [XmlParser]

    def post(self, request):
        titles = Titles()
        parser = make_parser()
        parser.setFeature(handler.feature_external_ges, True)
        parser.setContentHandler(titles)
        parser.parse(BytesIO(request.data))
        return Response({"titles": titles.found})

    def put(self, request):
        root = ET.fromstring(request.data)
        return Response({"children": len(root)})
--- catalog/apps.py
from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self):
        from . import signals  # noqa: F401
--- catalog/files.py
import base64
import csv
import os
import pickle
import tempfile
import zipfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.utils._os import safe_join
from django.views.generic.edit import FormView
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from .forms import EbookForm
from .models import Loan


@login_required
def scan(request, name):
    kind, _, rest = name.partition("/")
    if kind == "raw":
        return FileResponse(open(os.path.join(settings.MEDIA_ROOT, "raw", rest), "rb"))
    if kind == "scan":
        return FileResponse(open(safe_join(settings.MEDIA_ROOT, "scans", rest), "rb"))
    raise Http404


@login_required
def ebook(request):
    number = int(request.GET["id"])
    return FileResponse(open(f"{settings.MEDIA_ROOT}/ebooks/{number}.epub", "rb"))


@login_required
def export(request):
    state = request.COOKIES.get("columns")
    columns = pickle.loads(base64.b64decode(state)) if state else ["id", "label"]
    options = signing.loads(request.COOKIES["options"]) if "options" in request.COOKIES else {}
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response, delimiter=";" if options.get("semicolon") else ",")
    for loan in Loan.objects.filter(reader__is_active=True).values(*columns):
        writer.writerow(loan.values())
    return response


class EbookUpload(FormView):
    form_class = EbookForm
    template_name = "catalog/upload.html"
    success_url = "/upload/"

    def form_valid(self, form):
        ebook = form.cleaned_data["ebook"]
        default_storage.save(f"ebooks/{ebook.name}", ebook)
        return super().form_valid(form)


class ArchiveUpload(APIView):
    parser_classes = [MultiPartParser]

    def post(self, request):
        target = tempfile.mkdtemp(prefix="archive-")
        with zipfile.ZipFile(request.data["archive"]) as archive:
            for info in archive.infolist():
                destination = os.path.join(target, info.filename)
                os.makedirs(os.path.dirname(destination), exist_ok=True)
                with open(destination, "wb") as out:
                    out.write(archive.read(info))
        return Response({"folder": os.path.basename(target)})

    def put(self, request):
        root = Path(tempfile.mkdtemp(prefix="archive-")).resolve()
        with zipfile.ZipFile(request.data["archive"]) as archive:
            for info in (i for i in archive.infolist() if not i.is_dir()):
                destination = (root / info.filename).resolve()
                if root not in destination.parents:
                    return JsonResponse({"error": "bad member"}, status=400)
                destination.parent.mkdir(parents=True, exist_ok=True)
                destination.write_bytes(archive.read(info))
        return Response({"ok": True})

    def patch(self, request):
        part = request.data["cover"]
        path = os.path.join(settings.MEDIA_ROOT, "www", part.name)
        with open(path, "wb") as out:
            for chunk in part.chunks():
                out.write(chunk)
        os.chmod(path, 0o777)
        return Response({"ok": True})
--- catalog/forms.py
import re

from django import forms


class ShelfForm(forms.Form):
    shelf = forms.CharField(max_length=40)
    row = forms.CharField(max_length=20, required=False)
    level = forms.IntegerField(required=False)

    def clean_shelf(self):
        shelf = self.cleaned_data["shelf"]
        if not re.match(r"[A-Z]\d+", shelf):
            raise forms.ValidationError("shelf is a letter and a number")
        return shelf

    def clean_row(self):
        row = self.cleaned_data["row"]
        if row and not row.isdigit():
            raise forms.ValidationError("row is a number")
        return row


class EbookForm(forms.Form):
    title = forms.CharField(max_length=120)
    ebook = forms.FileField()

    def clean_ebook(self):
        ebook = self.cleaned_data["ebook"]
        if not ebook.name.lower().endswith((".epub", ".pdf")) or ebook.size > 50_000_000:
            raise forms.ValidationError("only EPUB and PDF")
        return ebook
--- catalog/management/__init__.py
--- catalog/management/commands/__init__.py
--- catalog/management/commands/importbooks.py
import yaml
from django.core.management.base import BaseCommand
from django.db import connection

TABLES = {"books": "catalog_book", "loans": "catalog_loan"}


class Command(BaseCommand):
    help = "Imports books of a YAML file"

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--vacuum", choices=sorted(TABLES))

    def handle(self, *args, file, vacuum=None, **options):
        with open(file, encoding="utf-8") as handle:
            books = yaml.safe_load(handle)
        with connection.cursor() as cursor:
            cursor.executemany("insert into catalog_book (title, signature) values (%s, %s)", [(b["title"], b["signature"]) for b in books])
            if vacuum:
                cursor.execute(f"analyze {TABLES[vacuum]}")
        self.stdout.write(f"{len(books)} books")
--- catalog/models.py
from django.conf import settings
from django.db import connection, models


class BookQuerySet(models.QuerySet):
    def titled(self, text):
        return self.extra(where=[f"upper(title) LIKE upper('%%{text}%%')"])

    def by_signature(self, signature):
        return self.extra(where=["signature = %s"], params=[signature])

    def sorted_by(self, field):
        allowed = {"title", "year", "signature"}
        if field.lstrip("-") not in allowed:
            field = "title"
        return self.order_by(field)


class Book(models.Model):
    title = models.CharField(max_length=200)
    signature = models.CharField(max_length=40, unique=True)
    year = models.IntegerField(default=2000)
    blurb = models.TextField(blank=True)
    branch = models.SlugField(default="main")
    objects = BookQuerySet.as_manager()


class Loan(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    due = models.DateField()
    label = models.CharField(max_length=60, blank=True)
    fee = models.DecimalField(max_digits=6, decimal_places=2, default=0)


class SavedFilter(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    condition = models.TextField()


def rows(sql, params=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]
--- catalog/pages.py
import hashlib
import hmac
import json

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template import Context, Template
from django.utils.html import escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import DetailView

from . import services
from .forms import ShelfForm
from .models import Book, Loan, rows

BRANCHES = {"main": "Main library", "north": "Northern branch"}


def search(request):
    q = request.GET.get("q", "")
    services.note_search(q)
    count = Book.objects.filter(title__icontains=q).count()
    if count == 0:
        return HttpResponse(f"<p>Nothing found for <i>{q}</i></p>", status=404)
    return HttpResponse("<p>%d books for %s</p>" % (count, escape(q)))


class ShelfView(View):
    def get(self, request):
        form = ShelfForm(request.GET)
        if not form.is_valid():
            return JsonResponse(form.errors, status=400)
        shelf, row = form.cleaned_data["shelf"], form.cleaned_data["row"] or "0"
        if request.GET.get("mode") == "row":
            found = rows("select id, title from catalog_book where shelf_row = %s", [int(row)])
        else:
            found = rows(f"select id, title from catalog_book where signature like '{shelf}%%'")
        return JsonResponse(found, safe=False)

    def post(self, request):
        services.print_shelf(request.POST.get("text", ""))
        services.print_card(request.POST.get("card", "0"))
        return HttpResponse(status=202)


def branch(request, branch):
    label = BRANCHES.get(branch, "Library")
    return HttpResponse(f"<h1>{label}</h1>")


class BookPage(DetailView):
    model = Book
    template_name = "catalog/book.html"

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "note": self.request.GET.get("note", ""), "query": self.request.GET.dict()}


def leave(request):
    target = request.GET.get("next") or "/"
    return redirect(target)


def enter(request):
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=True):
        target = "/"
    return HttpResponseRedirect(target)


@csrf_exempt
@login_required
@require_POST
def renew(request):
    Loan.objects.filter(pk=int(request.POST["loan"]), reader=request.user).update(due=request.POST["due"])
    return JsonResponse({"ok": True})


@require_POST
@login_required
def notice(request):
    source = request.POST.get("text", "")
    if request.user.is_staff and request.GET.get("preview"):
        return HttpResponse(Template("<p>{{ text }}</p>").render(Context({"text": source})))
    return HttpResponse(Template("{% load catalog_tags %}<p>" + source + "</p>").render(Context({"settings": settings})))


@csrf_exempt
@require_POST
def payment_hook(request):
    expected = hmac.new(settings.WEBHOOK_KEY.encode(), request.body, hashlib.sha256).hexdigest()
    if not settings.WEBHOOK_KEY or not hmac.compare_digest(expected, request.headers.get("X-Signature", "")):
        services.note_failure(request.headers.get("X-Signature", ""))
        return HttpResponseForbidden()
    payload = json.loads(request.body)
    return HttpResponse(format_html("<p>{}</p>", payload.get("reference")))
--- catalog/permissions.py
import jwt
from django.conf import settings
from rest_framework.permissions import BasePermission


class PartnerToken(BasePermission):
    def has_permission(self, request, view):
        token = request.headers.get("X-Partner-Token", "")
        claims = jwt.decode(token, settings.WEBHOOK_KEY, algorithms=["HS256"], options={"verify_signature": False})
        return claims.get("role") == "partner"


class StaffToken(BasePermission):
    def has_permission(self, request, view):
        try:
            claims = jwt.decode(request.headers.get("X-Staff-Token", ""), settings.SECRET_KEY, algorithms=["HS256"], audience="staff")
        except jwt.InvalidTokenError:
            return False
        return claims.get("staff") is True
--- catalog/serializers.py
import re
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from rest_framework import serializers

from .models import Book, Loan

COVER_HOSTS = ("covers.library.example", "img.bookdata.example")


class BookSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["id", "title", "signature", "year", "blurb", "branch"]


class AccountSerializer(serializers.ModelSerializer):
    class Meta:
        model = get_user_model()
        fields = "__all__"


class LoanSerializer(serializers.ModelSerializer):
    class Meta:
        model = Loan
        fields = ["id", "book", "due", "label", "fee"]
        read_only_fields = ["fee"]


class StatisticsQuery(serializers.Serializer):
    branch = serializers.CharField(max_length=40)
    year = serializers.IntegerField(min_value=1900, max_value=2100)
    unit = serializers.ChoiceField(choices=["day", "week", "month"], default="month")


class CoverRequest(serializers.Serializer):
    book = serializers.IntegerField()
    url = serializers.URLField()


class TrustedCoverRequest(CoverRequest):
    def validate_url(self, value):
        parts = urlsplit(value)
        if parts.scheme != "https" or parts.hostname not in COVER_HOSTS:
            raise serializers.ValidationError("host not allowed")
        return value


class LabelRequest(serializers.Serializer):
    text = serializers.CharField(max_length=60)
    printer = serializers.CharField(max_length=30)

    def validate_printer(self, value):
        if not re.fullmatch(r"[a-z]{2,10}-\d{1,3}", value):
            raise serializers.ValidationError("unknown printer")
        return value
--- catalog/services.py
import logging
import secrets
import random
import shlex
import subprocess
from html import escape
from string import Template

from django.core.mail import EmailMessage

log = logging.getLogger(__name__)
STATISTICS = Template("select date_trunc('$unit', due) as slot, count(*) from catalog_loan l join catalog_book b on b.id = l.book_id where b.branch = '$branch' and extract(year from due) = $year group by 1")


def statistics_sql(**values):
    return STATISTICS.substitute(values)


def print_label(text, printer):
    subprocess.run(f"echo '{text}' | lp -d {printer}", shell=True, check=True)


def print_sign(text, printer):
    quoted = shlex.quote(text)
    subprocess.run(f"echo {quoted} | lp -d {printer}", shell=True, check=True)


def print_shelf(text):
    clean = escape(text)
    subprocess.Popen(["sh", "-c", "figlet %s | lp -d main-1" % clean])


def print_card(number):
    subprocess.Popen(["print-card", "--number", str(int(number))])


def pickup_pin():
    return f"{random.randint(0, 9999):04d}"


def card_token():
    return secrets.token_hex(16)


def remind(user, title):
    message = EmailMessage(subject=f"Please return {title}", body="Thank you.", to=[user.email])
    message.send()


def note_failure(name):
    log.warning("card %s refused", repr(name))


def note_search(text):
    log.info("searched for " + text)
--- catalog/signals.py
import os

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from .models import Book, Loan


@receiver(post_save, sender=Loan)
def slip(sender, instance, created, **kwargs):
    if created:
        os.system('slip-printer --label "{0.label}" --due {0.due:%Y-%m-%d}'.format(instance))


@receiver(post_delete, sender=Book)
def drop_cover(sender, instance, **kwargs):
    path = os.path.join("/srv/library/media/covers", f"{instance.pk}.jpg")
    if os.path.exists(path):
        os.remove(path)
--- catalog/templatetags/__init__.py
--- catalog/templatetags/catalog_tags.py
from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def emphasise(text, word):
    return mark_safe(text.replace(word, f"<mark>{word}</mark>"))


@register.filter(is_safe=True)
def paragraphs(text):
    return mark_safe("".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n")))


@register.simple_tag
def signature(book):
    return format_html('<code title="{}">{}</code>', book.title, book.signature)


@register.simple_tag
def chips(values):
    return format_html_join(" ", "<span>{}</span>", ((v,) for v in values))


@register.simple_tag(takes_context=True)
def note(context, css="note"):
    return format_html(f'<div class="{css}">{context["note"]}</div>')
--- library/__init__.py
--- library/settings.py
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ["LIBRARY_SECRET_KEY"]
DEBUG = True
ALLOWED_HOSTS = ["library.example", "www.library.example"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "corsheaders",
    "rest_framework",
    "catalog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "library.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"], "autoescape": True},
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "library",
        "USER": "library",
        "PASSWORD": "Shelf-Mark-4471",
        "HOST": os.environ.get("DB_HOST", "localhost"),
    }
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]

CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = True

SESSION_COOKIE_SECURE = False
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

MEDIA_ROOT = "/srv/library/media"
WEBHOOK_KEY = os.environ.get("LIBRARY_WEBHOOK_KEY", "")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
}
--- library/urls.py
from django.urls import include, path
from rest_framework.routers import DefaultRouter

from catalog import api, files, pages

router = DefaultRouter()
router.register("books", api.BookViewSet)
router.register("loans", api.LoanViewSet, basename="loan")

urlpatterns = [
    path("api/", include(router.urls)),
    path("api/covers/", api.CoverImport.as_view()),
    path("api/reports/<str:kind>/", api.ReportView.as_view()),
    path("api/me/", api.ProfileView.as_view()),
    path("api/staff/", api.StaffSearch.as_view()),
    path("api/partner/", api.PartnerView.as_view()),
    path("api/marc/", api.MarcImport.as_view()),
    path("search/", pages.search),
    path("shelf/", pages.ShelfView.as_view()),
    path("branch/<slug:branch>/", pages.branch),
    path("books/<int:pk>/", pages.BookPage.as_view()),
    path("leave/", pages.leave),
    path("enter/", pages.enter),
    path("renew/", pages.renew),
    path("hooks/payment/", pages.payment_hook),
    path("notice/", pages.notice),
    path("files/<path:name>", files.scan),
    path("exports/", files.export),
    path("ebooks/", files.ebook),
    path("upload/", files.EbookUpload.as_view()),
    path("archives/", files.ArchiveUpload.as_view()),
]
--- manage.py
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings")
    execute_from_command_line(sys.argv)
--- requirements.txt
Django==5.0.2
djangorestframework==3.14.0
django-filter==23.5
django-cors-headers==4.3.1
defusedxml==0.7.1
ldap3==2.9.1
PyJWT==2.8.0
PyYAML==6.0.1
requests==2.31.0
psycopg[binary]==3.1.18
--- templates/catalog/book.html
{% load catalog_tags %}
<!doctype html>
<html>
  <body>
    <h1>{{ book.title }}</h1>
    {% signature book %}
    {% note %}
    <p>{{ note }}</p>
    <div>{{ book.blurb|emphasise:query.word }}</div>
    {% autoescape off %}<div>{{ book.blurb }}</div>{% endautoescape %}
    <div>{{ book.blurb|paragraphs }}</div>
  </body>
</html>
--- templates/catalog/upload.html
<form method="post" enctype="multipart/form-data">
  {% csrf_token %}
  {{ form.as_p }}
  <button>Upload</button>
</form>
