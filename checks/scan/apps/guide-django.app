--- labels
bad config/settings.py:2 secret/hard-coded | SECRET_KEY = "django-dev-key"
good config/settings.py:3 config/debug | DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
bad config/settings.py:4 config/any-host | ALLOWED_HOSTS = ["*"]
good config/settings.py:6 headers/missing | SECURE_SSL_REDIRECT = os.environ.get("HTTPS", "on") == "on"
bad config/settings.py:7 cookie/flags | SESSION_COOKIE_SECURE = False
good config/settings.py:8 cookie/flags | SESSION_COOKIE_HTTPONLY = True
bad config/settings.py:9 deserialize/untrusted | SESSION_SERIALIZER = "django.contrib.sessions.serializers.Pi
good config/settings.py:10 csrf/off | MIDDLEWARE = [
good config/settings_dev.py:2 config/any-host | ALLOWED_HOSTS = ["*"]
good config/settings_dev.py:3 secret/hard-coded | SECRET_KEY = "dev"
bad blog/views.py:14 sql/injection | cursor.execute(f"SELECT * FROM users WHERE email = '{email}'
good blog/views.py:19 sql/injection | cursor.execute("SELECT * FROM users WHERE email = %s", [emai
bad blog/views.py:23 sql/injection | posts = Post.objects.extra(where=["created_at > '%s'" % star
good blog/views.py:26 sql/injection | posts = Post.objects.extra(where=["created_at BETWEEN %s AND
bad blog/views.py:29 nosql/injection | return JsonResponse({"n": Post.objects.filter(**request.GET.
good blog/views.py:31 nosql/injection | return JsonResponse({"n": Post.objects.filter(title__icontai
bad blog/views.py:34 xss/reflected xss/template | return render(request, "post.html", {"content": mark_safe(te
good blog/views.py:38 xss/reflected | return render(request, "safe.html", {"content": mark_safe(cl
bad blog/views.py:40 xss/reflected | return HttpResponse("<h1>Hello " + request.GET.get("name", "
good blog/views.py:42 xss/reflected | return HttpResponse(format_html("<h1>Hello {}</h1>", request
bad blog/views.py:44 redirect/open | return redirect(request.GET.get("next", "/"))
good blog/views.py:49 redirect/open | return redirect(target)
bad templates/back.html:1 xss/template | <a class="btn" href="{{ link }}">Back</a>
good templates/back.html:2 xss/template | <p>{{ link }}</p>
--- config/settings.py
import os
SECRET_KEY = "django-dev-key"
DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "config.urls"
SECURE_SSL_REDIRECT = os.environ.get("HTTPS", "on") == "on"
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_HTTPONLY = True
SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
--- config/settings_dev.py
from .settings import *
ALLOWED_HOSTS = ["*"]
SECRET_KEY = "dev"
--- blog/models.py
from django.db import models
class Post(models.Model):
    title = models.CharField(max_length=100)
    body = models.TextField()
    author_id = models.IntegerField()
    created_at = models.DateTimeField()
--- blog/views.py
import json
import bleach
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from .models import Post
def by_email(request):
    email = request.GET.get("email")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM users WHERE email = '{email}'")
        return JsonResponse({"user": cursor.fetchone()})
def by_email_safe(request):
    email = request.GET.get("email")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM users WHERE email = %s", [email])
        return JsonResponse({"user": cursor.fetchone()})
def report(request):
    start = request.GET["start"]
    posts = Post.objects.extra(where=["created_at > '%s'" % start])
    return JsonResponse({"n": posts.count()})
def report_safe(request):
    posts = Post.objects.extra(where=["created_at BETWEEN %s AND %s"], params=[request.GET["a"], request.GET["b"]])
    return JsonResponse({"n": posts.count()})
def search(request):
    return JsonResponse({"n": Post.objects.filter(**request.GET.dict()).count()})
def search_safe(request):
    return JsonResponse({"n": Post.objects.filter(title__icontains=request.GET.get("q", "")).count()})
def preview(request):
    text = request.POST.get("content", "")
    return render(request, "post.html", {"content": mark_safe(text)})
def preview_safe(request):
    text = request.POST.get("content", "")
    clean = bleach.clean(text, tags=["p", "b"], attributes={"a": ["href"]}, strip=True)
    return render(request, "safe.html", {"content": mark_safe(clean)})
def hello(request):
    return HttpResponse("<h1>Hello " + request.GET.get("name", "") + "</h1>")
def hello_safe(request):
    return HttpResponse(format_html("<h1>Hello {}</h1>", request.GET.get("name", "")))
def go(request):
    return redirect(request.GET.get("next", "/"))
def go_safe(request):
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return redirect(target)
def back(request):
    return render(request, "back.html", {"link": request.GET.get("link", "")})
--- templates/post.html
<article>{{ content }}</article>
--- templates/safe.html
<article>{{ content }}</article>
--- templates/back.html
<a class="btn" href="{{ link }}">Back</a>
<p>{{ link }}</p>
