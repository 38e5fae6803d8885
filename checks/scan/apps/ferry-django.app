--- labels
bad ferry/settings.py:6 secret/hard-coded | the key of sessions and signatures in the code
bad ferry/settings.py:7 config/debug | whatever the environment
good ferry/settings.py:46 secret/hard-coded | from the environment
good ferry/settings.py:50 crypto/password-storage | argon2
good ferry/settings.py:51 cookie/flags | only over TLS
bad ferry/settings.py:52 cookie/flags | scripts may read the session's cookie
good ferry/settings.py:53 cookie/flags | the token of forms is read by scripts, and is no session
good ferry/settings.py:54 headers/missing | a year
bad ferry/settings.py:55 headers/missing | nosniff is off
good ferry/settings.py:56 limits/unbounded-body | two and a half megabytes
good ferry/urls.py:26 files/private-served | the folder of media
bad bookings/models.py:7 sql/injection | the port of the query string in the text
good bookings/models.py:10 sql/injection | bound
bad bookings/forms.py:8 regex/wide-range | six signs between Z and a
good bookings/forms.py:9 regex/wide-range | one range of letters
good bookings/forms.py:15 object/mass-assignment | two fields are named
bad bookings/forms.py:30 regex/redos | two ways through each word, and it can fail
good bookings/forms.py:36 regex/redos | a comma stands between the repetitions
good bookings/middleware.py:13 cors/wild | one of two origins
bad bookings/middleware.py:16 cors/wild | any origin, with credentials
bad bookings/middleware.py:20 header/injection | the name of the header is of the query
good bookings/middleware.py:21 header/injection | a fixed name and a number
bad bookings/views.py:33 xss/reflected | the term is marked as safe markup
good bookings/views.py:34 xss/reflected | format_html escapes its values
good bookings/views.py:49 object/mass-assignment | named values
good bookings/views.py:59 trust/boundary | one of the list
good bookings/views.py:62 redirect/open | Django's check of host and scheme
bad bookings/views.py:66 redirect/open | wherever the query says
good bookings/views.py:69 csrf/off | the protection is switched on
good bookings/views.py:76 secret/logged | only its length
bad bookings/views.py:80 error/leak | what the exception says goes to the client
bad bookings/views.py:87 format/untrusted | the format reaches the attributes of the model
good bookings/views.py:93 format/untrusted | one of two formats
bad bookings/views.py:97 template/injection | the body is the template
good bookings/views.py:102 template/injection | the body is a value
good bookings/views.py:123 error/leak | a constant text
bad bookings/search.py:10 sql/injection | the words of the query string
good bookings/search.py:16 sql/injection | a number
bad bookings/search.py:22 sql/injection | the name of a JSON body in the condition
good bookings/search.py:27 sql/injection | bound
bad bookings/search.py:32 regex/injection | the pattern is of the query string
good bookings/search.py:37 regex/injection | escaped
good bookings/account.py:25 secret/in-url | of the body
bad bookings/account.py:27 log/injection | a line break begins a new entry
good bookings/account.py:30 log/injection | %r writes line breaks as signs
bad bookings/account.py:33 secret/stored | the password in a cookie
good bookings/account.py:34 secret/stored | only the name
bad bookings/account.py:40 secret/in-url | the password is read from the query
bad bookings/account.py:47 csrf/off | a form of who is logged in
bad bookings/account.py:62 mail/host-header | the link leads to the forwarded host that the request names, which nobody compares with ALLOWED_HOSTS
good bookings/account.py:64 mail/host-header | asks for ALLOWED_HOSTS
bad bookings/account.py:73 mail/injection | a line break in the subject begins Bcc
good bookings/account.py:75 mail/injection | EmailMessage refuses line breaks
good bookings/staff.py:29 csv/injection | numbers and a time
good bookings/staff.py:31 csv/injection | an apostrophe before a formula
good bookings/staff.py:38 path/traversal | a constant path
bad bookings/staff.py:40 file/permissions | everybody may write it
good bookings/staff.py:41 file/permissions | nothing for others
bad bookings/staff.py:48 ldap/injection | the uid ends the condition
good bookings/staff.py:51 ldap/injection | escaped
bad bookings/staff.py:58 archive/zip-slip | members may lead out of the folder
good bookings/staff.py:63 archive/zip-slip | the filter refuses them
bad bookings/api.py:27 deserialize/untrusted | a pickle of a cookie
good bookings/api.py:31 deserialize/untrusted | JSON
good bookings/api.py:32 code/injection | literals alone
bad bookings/api.py:42 object/mass-assignment | paid and owner as well
good bookings/api.py:49 object/mass-assignment | the serializer names three fields
bad bookings/api.py:60 xpath/injection | a quote ends the literal
good bookings/api.py:61 xpath/injection | a variable
good bookings/api.py:66 xml/external-entity | entities are left alone
bad bookings/api.py:72 limits/untrusted-size | any number of rows
good bookings/api.py:73 limits/untrusted-size | twelve at most
bad bookings/api.py:80 compare/timing | compared sign by sign
good bookings/api.py:86 compare/timing | in constant time
bad bookings/api.py:94 jwt/unverified | anyone can write this token
good bookings/api.py:99 jwt/unverified | verified
good bookings/api.py:109 object/mass-assignment | two named values and a key of its own
bad bookings/services/partners.py:10 url/incomplete-check | anywhere in the address
good bookings/services/partners.py:15 url/incomplete-check | the host, whole or behind a dot
bad bookings/services/partners.py:19 ssrf/request | a URL of the body behind a check that lets all pass
good bookings/services/partners.py:23 ssrf/request | a constant host and one quoted segment
bad bookings/services/partners.py:28 request/no-timeout | waits for ever
good bookings/services/partners.py:33 request/no-timeout | three and ten seconds
bad bookings/services/partners.py:37 tls/unverified | the certificate is not checked
good bookings/services/partners.py:41 tls/unverified | an own authority
bad bookings/services/partners.py:45 tls/cleartext | the password of the next line goes without TLS
good bookings/services/partners.py:52 tls/cleartext | FTP_TLS asks for TLS before it logs in
good bookings/services/partners.py:60 tls/cleartext | behind starttls
bad bookings/services/documents.py:12 text/incomplete-escape | ....// leaves ../
bad bookings/services/documents.py:13 path/traversal | the name may still lead out, or be absolute
good bookings/services/documents.py:17 path/traversal | a base name
bad bookings/services/documents.py:21 upload/unchecked path/traversal | any type, under the name it came with, in the served folder
good bookings/services/documents.py:31 upload/unchecked | a list of types and a name of its own
bad bookings/services/documents.py:38 file/temp | another can take the name first
bad bookings/services/documents.py:39 command/injection | the page of the form in a shell
good bookings/services/documents.py:44 file/temp | made and opened at once
good bookings/services/documents.py:45 command/injection | a list without a shell
bad bookings/services/tickets.py:19 crypto/weak-cipher | ECB shows equal blocks
good bookings/services/tickets.py:25 crypto/weak-random | a delay
good bookings/services/tickets.py:33 crypto/weak-cipher | GCM with a fresh nonce
bad bookings/services/tickets.py:37 crypto/weak-random | a voucher that can be guessed
good bookings/services/tickets.py:41 crypto/weak-random | of the system's generator
good bookings/services/tickets.py:45 crypto/weak-hash | HMAC with SHA-256
good bookings/services/tickets.py:49 crypto/weak-hash | an ETag, and says so
bad bookings/services/tickets.py:53 crypto/weak-key | 1024 bits
good bookings/services/tickets.py:57 crypto/weak-key | 3072 bits
bad bookings/services/tickets.py:61 crypto/password-storage | a thousand rounds
good bookings/services/tickets.py:65 crypto/password-storage | six hundred thousand rounds
bad bookings/signals.py:16 secret/logged | the key of the partner
bad bookings/signals.py:17 ssrf/request | the address that the partner stored
good bookings/signals.py:24 secret/logged | two numbers
good bookings/signals.py:25 ssrf/request | a constant address
good bookings/management/commands/import_timetable.py:17 command/injection | constants in a list
good bookings/management/commands/import_timetable.py:18 path/traversal | one of two seasons
good bookings/management/commands/import_timetable.py:19 deserialize/untrusted | the safe loader
good templates/bookings/sailing.html:6 xss/template | escaped
bad templates/bookings/sailing.html:7 xss/template xss/stored | what travellers wrote, raw
good templates/bookings/sailing.html:8 xss/template | striptags gives a text that is still escaped
good templates/bookings/search.html:5 xss/template | escaped, between quotes
bad templates/bookings/search.html:7 xss/template | the term of the query string, unescaped
--- ferry/settings.py
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "p4sx7w-q2m9Kd8z0vkt6u1rn3eyj5hblZt"
DEBUG = True
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "ferry.example").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "bookings",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bookings.middleware.PartnerCors",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "ferry.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "ferry",
        "USER": "ferry",
        "PASSWORD": os.environ["DATABASE_PASSWORD"],
    }
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = False
CSRF_COOKIE_HTTPONLY = False
SECURE_HSTS_SECONDS = 31_536_000
SECURE_CONTENT_TYPE_NOSNIFF = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
STATIC_URL = "/static/"
MEDIA_ROOT = "/srv/ferry/media"
PUBLIC_URL = os.environ.get("PUBLIC_URL", "https://ferry.example")
PARTNER_ORIGINS = {"https://portal.islands.example", "https://desk.harbour.example"}
HOOK_KEY = os.environ.get("HOOK_KEY", "").encode()
--- ferry/urls.py
from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve

from bookings import api, staff, views

urlpatterns = [
    path("", views.SearchView.as_view(), name="search"),
    path("sailings/<int:pk>/", views.SailingView.as_view(), name="sailing"),
    path("language/", views.LanguageView.as_view(), name="language"),
    path("account/", include("bookings.account_urls")),
    path("pay/<int:pk>/", views.PayView.as_view(), name="pay"),
    path("labels/<int:pk>/", views.LabelView.as_view(), name="label"),
    path("documents/", views.DocumentView.as_view(), name="documents"),
    path("staff/export/", staff.ExportView.as_view(), name="export"),
    path("staff/notice/", staff.NoticeView.as_view(), name="notice"),
    path("staff/crew/", staff.CrewView.as_view(), name="crew"),
    path("staff/timetable/", staff.TimetableView.as_view(), name="timetable"),
    path("api/basket/", api.BasketView.as_view()),
    path("api/bookings/", api.BookingView.as_view()),
    path("api/bookings/<int:pk>/", api.BookingView.as_view()),
    path("api/ports/", api.PortView.as_view()),
    path("api/seats/", api.SeatView.as_view()),
    path("api/hooks/", api.HookView.as_view()),
    path("api/partners/", api.PartnerView.as_view()),
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
]
--- bookings/account_urls.py
from django.urls import path

from . import account

urlpatterns = [
    path("login/", account.LoginView.as_view(), name="login"),
    path("quick/", account.QuickLoginView.as_view(), name="quick-login"),
    path("mail/", account.MailView.as_view(), name="mail"),
    path("forgot/", account.ForgotView.as_view(), name="forgot"),
    path("contact/", account.ContactView.as_view(), name="contact"),
]
--- bookings/models.py
from django.conf import settings
from django.db import models


class SailingManager(models.Manager):
    def from_port(self, port):
        return self.raw(f"select * from bookings_sailing where origin = '{port}' order by departs")

    def to_port(self, port):
        return self.raw("select * from bookings_sailing where target = %s order by departs", [port])


class Sailing(models.Model):
    origin = models.CharField(max_length=40)
    target = models.CharField(max_length=40)
    departs = models.DateTimeField()
    price = models.DecimalField(max_digits=8, decimal_places=2)

    objects = SailingManager()


class Review(models.Model):
    sailing = models.ForeignKey(Sailing, on_delete=models.CASCADE, related_name="reviews")
    author = models.CharField(max_length=60)
    text = models.TextField()


class Booking(models.Model):
    sailing = models.ForeignKey(Sailing, on_delete=models.PROTECT)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    passenger = models.CharField(max_length=80)
    seat = models.CharField(max_length=4, blank=True)
    paid = models.BooleanField(default=False)
    voucher = models.CharField(max_length=16, blank=True)


class Partner(models.Model):
    name = models.CharField(max_length=60)
    hook_url = models.URLField()
    api_key = models.CharField(max_length=64)
--- bookings/forms.py
import re

from django import forms
from django.core.validators import RegexValidator

from .models import Booking

seat_code = re.compile(r"^[A-z]\d{1,2}$")
port_code = RegexValidator(r"^[A-Z]{3}\Z")


class BookingForm(forms.ModelForm):
    class Meta:
        model = Booking
        fields = ["passenger", "seat"]

    def clean_seat(self):
        seat = self.cleaned_data["seat"]
        if seat and not seat_code.match(seat):
            raise forms.ValidationError("A seat is a letter and a number.")
        return seat


class PassengersForm(forms.Form):
    names = forms.CharField(widget=forms.Textarea)
    plates = forms.CharField(widget=forms.Textarea)

    def clean_names(self):
        names = self.cleaned_data["names"]
        if not re.match(r"^([A-Za-z]+[ ,]?)+$", names):
            raise forms.ValidationError("Names with commas, please.")
        return names

    def clean_plates(self):
        plates = self.cleaned_data["plates"]
        if not re.match(r"^[A-Z0-9]+(?:,[A-Z0-9]+)*$", plates):
            raise forms.ValidationError("Plates with commas, please.")
        return plates


class PaymentForm(forms.Form):
    holder = forms.CharField(max_length=80)
    card_number = forms.CharField(max_length=19)
--- bookings/middleware.py
from django.conf import settings


class PartnerCors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        origin = request.headers.get("Origin", "")
        if request.path.startswith("/api/partners/"):
            if origin in settings.PARTNER_ORIGINS:
                response["Access-Control-Allow-Origin"] = origin
                response["Access-Control-Allow-Credentials"] = "true"
        elif origin and request.path.startswith("/api/"):
            response["Access-Control-Allow-Origin"] = origin
            response["Access-Control-Allow-Credentials"] = "true"
        feature = request.GET.get("feature")
        if feature:
            response[feature] = "on"
            response["X-Feature-Count"] = str(len(request.GET.getlist("feature")))
        return response
--- bookings/views.py
import logging

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template import Context, Template
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views import View
from django.views.decorators.csrf import csrf_protect
from django.views.generic import DetailView, TemplateView

from .forms import PassengersForm, PaymentForm
from .models import Booking, Review, Sailing
from .search import by_price, by_words, matching, mentioning
from .services import documents, tickets

logger = logging.getLogger(__name__)

LANGUAGES = {"en", "no", "el"}
LABELS = {"short": "{name}", "long": "{name}, seat {seat}"}


class SearchView(TemplateView):
    template_name = "bookings/search.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        query = self.request.GET.get("q", "")
        context["q"] = query
        context["heading"] = mark_safe(f"Sailings to <em>{query}</em>")
        context["subheading"] = format_html("Departures from <em>{}</em>", self.request.GET.get("from", ""))
        context["outward"] = Sailing.objects.from_port(self.request.GET.get("from", ""))
        context["inward"] = Sailing.objects.to_port(self.request.GET.get("to", ""))
        context["words"] = by_words(query)
        context["cheap"] = by_price(self.request.GET.get("max", "50"))
        context["mentions"] = mentioning(query)
        context["marked"] = matching(self.request.GET.get("pattern", ""))
        return context


class SailingView(DetailView):
    model = Sailing
    template_name = "bookings/sailing.html"

    def post(self, request, pk):
        review = Review(sailing=self.get_object(), author=request.POST.get("author", ""), text=request.POST.get("text", ""))
        review.full_clean()
        review.save()
        return redirect("sailing", pk=pk)


class LanguageView(View):
    def post(self, request):
        language = request.POST.get("language")
        if language in LANGUAGES:
            request.session["language"] = language
        target = request.POST.get("next", "/")
        if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=True):
            return redirect(target)
        return redirect("search")

    def get(self, request):
        return redirect(request.GET.get("next", "/"))


@method_decorator(csrf_protect, name="dispatch")
class PayView(LoginRequiredMixin, View):
    def post(self, request, pk):
        booking = get_object_or_404(Booking, pk=pk, owner=request.user)
        form = PaymentForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        logger.info("booking %s: a card of %d digits", booking.pk, len(form.cleaned_data["card_number"]))
        try:
            tickets.charge(booking, form.cleaned_data["card_number"])
        except Exception as error:
            return JsonResponse({"error": f"The payment failed: {error}"}, status=502)
        return redirect("sailing", pk=booking.sailing_id)


class LabelView(LoginRequiredMixin, View):
    def post(self, request, pk):
        booking = get_object_or_404(Booking, pk=pk, owner=request.user)
        label = request.POST.get("label", "{booking.passenger}").format(booking=booking)
        return JsonResponse({"label": label})

    def get(self, request, pk):
        booking = get_object_or_404(Booking, pk=pk, owner=request.user)
        pattern = LABELS.get(request.GET.get("kind"), LABELS["short"])
        return JsonResponse({"label": pattern.format(name=booking.passenger, seat=booking.seat)})

    def put(self, request, pk):
        booking = get_object_or_404(Booking, pk=pk, owner=request.user)
        card = Template(request.body.decode()).render(Context({"booking": booking}))
        return HttpResponse(card, content_type="text/plain")

    def patch(self, request, pk):
        booking = get_object_or_404(Booking, pk=pk, owner=request.user)
        card = Template("{{ booking.passenger }}: {{ wish }}").render(Context({"booking": booking, "wish": request.body.decode()}))
        return HttpResponse(card, content_type="text/plain")


class DocumentView(LoginRequiredMixin, View):
    def get(self, request):
        if "map" in request.GET:
            return FileResponse(documents.deck_map(request.GET["map"]))
        return FileResponse(documents.manual(request.GET.get("name", "readme.pdf")))

    def post(self, request):
        passengers = PassengersForm(request.POST)
        if not passengers.is_valid():
            return JsonResponse({"errors": passengers.errors}, status=400)
        try:
            name = documents.keep_photo(request.FILES["photo"])
            documents.keep_scan(request.FILES["scan"])
            documents.preview(request.POST.get("page", "1"))
            pages = documents.page_count(name)
        except Exception:
            logger.exception("documents could not be stored")
            return JsonResponse({"error": "The documents cannot be stored now."}, status=500)
        return JsonResponse({"pages": pages})
--- bookings/search.py
import re

from django.db import connection

from .models import Review, Sailing


def by_words(words):
    with connection.cursor() as cursor:
        cursor.execute("select id, target from bookings_sailing where target ilike '%%" + words + "%%'")
        return cursor.fetchall()


def by_price(limit):
    with connection.cursor() as cursor:
        cursor.execute(f"select id, target from bookings_sailing where price < {float(limit)}")
        return cursor.fetchall()


def booked(port, name):
    found = Sailing.objects.filter(target=port)
    return found.extra(where=[f"exists (select 1 from bookings_booking b where b.passenger = '{name}')"])


def unbooked(port, name):
    found = Sailing.objects.filter(target=port)
    return found.extra(where=["not exists (select 1 from bookings_booking b where b.passenger = %s)"], params=[name])


def matching(pattern):
    texts = Review.objects.values_list("text", flat=True)[:100]
    return [text for text in texts if re.search(pattern, text, re.IGNORECASE)]


def mentioning(word):
    texts = Review.objects.values_list("text", flat=True)[:100]
    return [text for text in texts if re.search(re.escape(word), text, re.IGNORECASE)]
--- bookings/account.py
import logging
import smtplib
from email.message import EmailMessage

from django.contrib.auth import authenticate, login
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from .services.partners import relay

logger = logging.getLogger(__name__)


class LoginView(View):
    def post(self, request):
        name = request.POST.get("name", "")
        user = authenticate(request, username=name, password=request.POST.get("password", ""))
        if user is None:
            logger.warning("login failed for %s", name)
            return HttpResponse(status=401)
        login(request, user)
        logger.info("login of %r", name)
        response = redirect("search")
        if request.POST.get("stay"):
            response.set_cookie("remember", request.POST["password"], max_age=2_592_000, secure=True, httponly=True)
            response.set_signed_cookie("remember_name", name, max_age=2_592_000, secure=True, httponly=True)
        return response


class QuickLoginView(View):
    def get(self, request):
        user = authenticate(request, username=request.GET.get("name"), password=request.GET.get("password"))
        if user is None:
            return HttpResponse(status=401)
        login(request, user)
        return redirect("search")


@method_decorator(csrf_exempt, name="dispatch")
class MailView(LoginRequiredMixin, View):
    def post(self, request):
        request.user.email = request.POST.get("email", "")
        request.user.save(update_fields=["email"])
        return HttpResponse(status=204)


class ForgotView(View):
    def post(self, request):
        user = User.objects.filter(email=request.POST.get("email", "")).first()
        if user is not None:
            token = default_token_generator.make_token(user)
            host = request.headers.get("X-Forwarded-Host") or request.get_host()
            link = f"https://{host}/account/reset/{user.pk}/{token}/"
            send_mail("Your password", f"Choose a new one: {link}", "web@ferry.example", [user.email])
            page = request.build_absolute_uri(reverse("login"))
            send_mail("A question", f"Was it not you? Look at {page}", "web@ferry.example", [user.email])
        return HttpResponse(status=204)


class ContactView(View):
    def post(self, request):
        subject = request.POST.get("subject", "")
        text = "Subject: " + subject + "\r\nFrom: web@ferry.example\r\n\r\n" + request.POST.get("text", "")
        with smtplib.SMTP("localhost") as server:
            server.sendmail("web@ferry.example", ["help@ferry.example"], text)
        copy = EmailMessage()
        copy["Subject"] = subject
        copy["From"], copy["To"] = "web@ferry.example", "archive@ferry.example"
        copy.set_content(request.POST.get("text", ""))
        relay(copy)
        return JsonResponse({"sent": True})
--- bookings/staff.py
import csv
import os
import tarfile

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse, JsonResponse
from django.views import View
from ldap3 import Connection, Server
from ldap3.utils.conv import escape_filter_chars

from .models import Booking, Review

directory = Server("ldaps://ldap.ferry.example")


def cell(text):
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class StaffView(PermissionRequiredMixin, View):
    permission_required = "bookings.view_booking"


class ExportView(StaffView):
    def get(self, request):
        response = HttpResponse(content_type="text/csv")
        writer = csv.writer(response)
        for booking in Booking.objects.select_related("sailing"):
            writer.writerow([booking.pk, booking.sailing_id, booking.sailing.departs.isoformat()])
        for review in Review.objects.all():
            writer.writerow([review.pk, cell(review.author), cell(review.text)])
        return response


class NoticeView(StaffView):
    def post(self, request):
        path = "/srv/ferry/notices/today.txt"
        with open(path, "w", encoding="utf-8") as file:
            file.write(request.POST.get("text", ""))
        os.chmod(path, 0o666)
        os.chmod("/srv/ferry/notices", 0o750)
        return HttpResponse(status=204)


class CrewView(StaffView):
    def get(self, request):
        with Connection(directory, auto_bind=True) as connection:
            connection.search("ou=crew,dc=ferry", f"(&(objectClass=person)(uid={request.GET.get('uid', '')}))")
            people = len(connection.entries)
            ship = escape_filter_chars(request.GET.get("ship", ""))
            connection.search("ou=ships,dc=ferry", f"(cn={ship})")
            return JsonResponse({"people": people, "ships": len(connection.entries)})


class TimetableView(StaffView):
    def post(self, request):
        with tarfile.open(fileobj=request.FILES["archive"].file) as archive:
            archive.extractall("/srv/ferry/timetables")
        return HttpResponse(status=204)

    def put(self, request):
        with tarfile.open(fileobj=request, mode="r|gz") as archive:
            archive.extractall("/srv/ferry/timetables", filter="data")
        return HttpResponse(status=204)
--- bookings/api.py
import ast
import base64
import hashlib
import hmac
import json
import pickle

import jwt
from django.conf import settings
from django.shortcuts import get_object_or_404
from lxml import etree
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from . import search
from .models import Booking, Partner
from .serializers import BookingSerializer
from .services import partners
from .services.tickets import new_partner_key

ports = etree.parse("/srv/ferry/ports.xml")


class BasketView(APIView):
    def get(self, request):
        basket = pickle.loads(base64.b64decode(request.COOKIES.get("basket", "")))
        return Response({"lines": len(basket)})

    def put(self, request):
        basket = json.loads(base64.b64decode(request.COOKIES.get("basket", "")))
        extras = ast.literal_eval(request.data.get("extras", "[]"))
        return Response({"lines": len(basket), "extras": len(extras)})


class BookingView(APIView):
    permission_classes = [IsAuthenticated]

    def patch(self, request, pk):
        booking = get_object_or_404(Booking, pk=pk, owner=request.user)
        for name, value in request.data.items():
            setattr(booking, name, value)
        booking.save()
        return Response({"id": booking.pk})

    def post(self, request):
        serializer = BookingSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        booking = Booking.objects.create(owner=request.user, **serializer.validated_data)
        return Response({"id": booking.pk}, status=201)

    def put(self, request):
        port, name = request.data.get("port"), request.data.get("name")
        return Response({"with": search.booked(port, name).count(), "without": search.unbooked(port, name).count()})


class PortView(APIView):
    def get(self, request):
        code = request.query_params.get("code", "")
        found = ports.xpath(f"//port[@code='{code}']/berth")
        ferries = ports.xpath("//port[@code=$code]/ferry", code=code)
        return Response({"berths": len(found), "ferries": len(ferries)})

    def post(self, request):
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        feed = etree.fromstring(request.body, parser)
        return Response({"title": feed.findtext("title")})


class SeatView(APIView):
    def get(self, request):
        rows = [[None] * 6] * int(request.query_params.get("rows", "20"))
        decks = ["deck"] * min(int(request.query_params.get("decks", "2")), 12)
        return Response({"rows": len(rows), "decks": len(decks)})


class HookView(APIView):
    def post(self, request):
        own = hmac.new(settings.HOOK_KEY, request.body, hashlib.sha256).hexdigest()
        if own != request.headers.get("X-Signature", ""):
            return Response(status=401)
        return Response({"accepted": True})

    def put(self, request):
        own = hmac.new(settings.HOOK_KEY, request.body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(own, request.headers.get("X-Signature", "")):
            return Response(status=401)
        return Response({"accepted": True})


class PartnerView(APIView):
    def get(self, request):
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        claims = jwt.decode(token, options={"verify_signature": False})
        return Response(partners.offers_of(claims["partner"]))

    def post(self, request):
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        jwt.decode(token, settings.HOOK_KEY, algorithms=["HS256"])
        url = request.data["url"]
        if not partners.is_listed(url):
            return Response(status=400)
        weather = partners.weather_at(request.data.get("port", ""))
        return Response({"status": partners.probe(url), "weather": weather, "harbour": partners.is_harbour(url)})

    def put(self, request):
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        jwt.decode(token, settings.HOOK_KEY, algorithms=["HS256"])
        partner = Partner.objects.create(
            name=request.data["name"],
            hook_url=request.data["hook_url"],
            api_key=new_partner_key(),
        )
        return Response({"id": partner.pk}, status=201)
--- bookings/serializers.py
from rest_framework import serializers

from .models import Booking


class BookingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Booking
        fields = ["sailing", "passenger", "seat"]
--- bookings/services/partners.py
import smtplib
from ftplib import FTP, FTP_TLS
from os import environ
from urllib.parse import quote, urlparse

import requests


def is_listed(url):
    return "islands.example" in url


def is_harbour(url):
    host = urlparse(url).hostname or ""
    return host == "harbour.example" or host.endswith(".harbour.example")


def probe(url):
    return requests.get(url, timeout=4).status_code


def weather_at(port):
    answer = requests.get(f"https://weather.example.net/ports/{quote(port, safe='')}", timeout=4)
    return answer.json()


def offers_of(partner):
    answer = requests.get("https://offers.islands.example/today", params={"partner": partner})
    return answer.json()


def tides():
    return requests.get("https://tides.islands.example/today", timeout=(3, 10)).json()


def report_position(ship, position):
    requests.post(f"https://ais.ferry.example/ships/{int(ship)}", json=position, timeout=5, verify=False)


def report_delay(ship, minutes):
    requests.post(f"https://ais.ferry.example/delays/{int(ship)}", json=minutes, timeout=5, verify="/etc/ssl/ferry.pem")


def send_manifest(file):
    server = FTP("files.coastguard-data.example")
    server.login("ferry", environ["COAST_PASSWORD"])
    server.storbinary("STOR manifest.csv", file)


def send_cargo(file):
    server = FTP_TLS("files.customs-data.example")
    server.login("ferry", environ["CUSTOMS_PASSWORD"])
    server.prot_p()
    server.storbinary("STOR cargo.csv", file)


def relay(message):
    with smtplib.SMTP("mail.ferry-post.example", 587, timeout=10) as server:
        server.starttls()
        server.login("ferry", environ["MAIL_PASSWORD"])
        server.send_message(message)
--- bookings/services/documents.py
import os
import subprocess
import tempfile
import uuid

from django.conf import settings

ENDINGS = {".jpg", ".png", ".webp"}


def manual(name):
    name = name.replace("../", "")
    return open(os.path.join("/srv/ferry/manuals", name), "rb")


def deck_map(name):
    return open(os.path.join("/srv/ferry/maps", os.path.basename(name)), "rb")


def keep_scan(upload):
    with open(os.path.join(settings.MEDIA_ROOT, "scans", upload.name), "wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


def keep_photo(upload):
    ending = os.path.splitext(upload.name)[1].lower()
    if ending not in ENDINGS:
        raise ValueError("not a photo")
    name = uuid.uuid4().hex + ending
    with open(os.path.join(settings.MEDIA_ROOT, "photos", name), "wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return name


def preview(page):
    target = tempfile.mktemp(suffix=".png")
    subprocess.run(f"pdftoppm -png -f {page} -l {page} /srv/ferry/ticket.pdf > {target}", shell=True, check=True)
    return target


def page_count(name):
    with tempfile.NamedTemporaryFile("w+", suffix=".txt") as file:
        subprocess.run(["identify", "--", os.path.join(settings.MEDIA_ROOT, "photos", name)], stdout=file, check=True)
        file.seek(0)
        return len(file.readlines())
--- bookings/services/tickets.py
import hashlib
import hmac
import os
import random
import secrets
import time

import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

card_key = hashlib.scrypt(settings.SECRET_KEY.encode(), salt=b"ferry-cards", n=2**14, r=8, p=1, dklen=32)


def charge(booking, card_number):
    padded = card_number.ljust(32).encode()
    sealer = Cipher(algorithms.AES(card_key), modes.ECB()).encryptor()
    sealed = sealer.update(padded) + sealer.finalize()
    for attempt in range(3):
        answer = requests.post("https://pay.ferry.example/charges", data=sealed, timeout=8)
        if answer.ok:
            break
        time.sleep(attempt + random.random())
    booking.paid = answer.ok
    booking.voucher = new_voucher()
    booking.save(update_fields=["paid", "voucher"])


def seal_passport(number):
    nonce = os.urandom(12)
    return nonce + AESGCM(card_key).encrypt(nonce, number.encode(), None)


def new_voucher():
    return "".join(random.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=12))


def new_partner_key():
    return secrets.token_hex(24)


def ticket_signature(booking):
    return hmac.new(settings.HOOK_KEY, str(booking.pk).encode(), hashlib.sha256).hexdigest()


def ticket_etag(content):
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def gate_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


def ship_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def hash_kiosk_password(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1_000).hex()


def hash_crew_password(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000).hex()
--- bookings/apps.py
from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "bookings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import signals  # noqa: F401
--- bookings/signals.py
import logging

import requests
from django.db.models.signals import post_save
from django.dispatch import receiver

from .models import Booking, Partner
from .services.tickets import ticket_signature

logger = logging.getLogger(__name__)


@receiver(post_save, sender=Partner)
def partner_saved(sender, instance, created, **kwargs):
    if created:
        logger.info("partner %s has the key %s", instance.pk, instance.api_key)
        requests.post(instance.hook_url, json={"hello": instance.name}, timeout=5)


@receiver(post_save, sender=Booking)
def booking_saved(sender, instance, created, **kwargs):
    if created:
        signature = ticket_signature(instance)
        logger.info("booking %s is stored, owner %s", instance.pk, instance.owner_id)
        requests.post("https://gates.ferry.example/tickets", json={"id": instance.pk, "signature": signature}, timeout=5)
--- bookings/management/commands/import_timetable.py
import subprocess

import yaml
from django.core.management.base import BaseCommand

from bookings.models import Sailing


class Command(BaseCommand):
    help = "Reads the timetable of the season."

    def add_arguments(self, parser):
        parser.add_argument("--season", choices=["summer", "winter"], default="summer")

    def handle(self, *args, **options):
        path = f"/srv/ferry/timetables/{options['season']}.yaml"
        subprocess.run(["git", "-C", "/srv/ferry/timetables", "pull", "--ff-only"], check=True)
        with open(path, encoding="utf-8") as file:
            rows = yaml.load(file, Loader=yaml.SafeLoader)
        Sailing.objects.bulk_create(Sailing(origin=row["from"], target=row["to"], departs=row["at"], price=row["price"]) for row in rows)
        self.stdout.write(f"{len(rows)} sailings")
--- templates/bookings/sailing.html
{% extends "base.html" %}
{% block main %}
  <h1>{{ object.origin }} to {{ object.target }}</h1>
  {% for review in object.reviews.all %}
    <article>
      <b>{{ review.author }}</b>
      <div>{{ review.text|safe }}</div>
      <small>{{ review.text|striptags|truncatewords:8 }}</small>
    </article>
  {% endfor %}
{% endblock %}
--- templates/bookings/search.html
{% extends "base.html" %}
{% block main %}
  <h1>{{ heading }}</h1>
  <h2>{{ subheading }}</h2>
  <input name="q" value="{{ q }}">
  {% autoescape off %}
    <p>Nothing found for {{ q }}?</p>
  {% endautoescape %}
  <ul>
    {% for sailing in outward %}<li><a href="{% url 'sailing' sailing.pk %}">{{ sailing.target }}</a></li>{% endfor %}
  </ul>
{% endblock %}
