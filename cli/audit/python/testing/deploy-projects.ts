import { added, type DeployProject, key, layout, middleware, secure, without } from './deploy-project.ts';

const each: readonly DeployProject[] = [
  { title: 'secure', ids: [], files: layout(secure) },
  {
    title: 'no SecurityMiddleware',
    ids: ['security.W001'],
    files: without(middleware('middleware.security.SecurityMiddleware')),
  },
  {
    title: 'no XFrameOptionsMiddleware',
    ids: ['security.W002'],
    files: without(middleware('middleware.clickjacking.XFrameOptionsMiddleware')),
  },
  {
    title: 'no CsrfViewMiddleware',
    ids: ['security.W003'],
    files: without(middleware('middleware.csrf.CsrfViewMiddleware')),
  },
  { title: 'no HSTS', ids: ['security.W004'], files: without('SECURE_HSTS_SECONDS = 31536000\n') },
  {
    title: 'HSTS without subdomains',
    ids: ['security.W005'],
    files: added('SECURE_HSTS_INCLUDE_SUBDOMAINS = 1'),
  },
  { title: 'no nosniff', ids: ['security.W006'], files: added('SECURE_CONTENT_TYPE_NOSNIFF = False') },
  { title: 'no redirect', ids: ['security.W008'], files: added('SECURE_SSL_REDIRECT = "True"') },
  { title: 'a short key', ids: ['security.W009'], files: added('SECRET_KEY = SECRET_KEY[0] * 80') },
  {
    title: 'the key of startproject',
    ids: ['security.W009'],
    files: added("SECRET_KEY = 'django-insecure-' + SECRET_KEY"),
  },
  {
    title: 'only the application of sessions',
    ids: ['security.W010'],
    files: added(
      'MIDDLEWARE.pop(1)\nMIDDLEWARE = [MIDDLEWARE[0], MIDDLEWARE[1], MIDDLEWARE[2]]\nSESSION_COOKIE_SECURE = False',
    ),
  },
  {
    title: 'only the middleware of sessions',
    ids: ['security.W011'],
    files: added("INSTALLED_APPS.remove('django.contrib.sessions')\nSESSION_COOKIE_SECURE = False"),
  },
  { title: 'session cookie over http', ids: ['security.W012'], files: added('SESSION_COOKIE_SECURE = None') },
  {
    title: 'session cookie for scripts, only the application',
    ids: ['security.W013'],
    files: added(
      "MIDDLEWARE = [one for one in MIDDLEWARE if 'sessions' not in one]\nSESSION_COOKIE_HTTPONLY = False",
    ),
  },
  {
    title: 'session cookie for scripts, only the middleware',
    ids: ['security.W014'],
    files: added(
      "INSTALLED_APPS = ['django.contrib.contenttypes', 'django.contrib.auth']\nSESSION_COOKIE_HTTPONLY = False",
    ),
  },
  {
    title: 'session cookie for scripts',
    ids: ['security.W015'],
    files: added('SESSION_COOKIE_HTTPONLY = False'),
  },
  { title: 'CSRF cookie over http', ids: ['security.W016'], files: added('CSRF_COOKIE_SECURE = False') },
  {
    title: 'CSRF token in the session',
    ids: [],
    files: added('CSRF_COOKIE_SECURE = False\nCSRF_USE_SESSIONS = True'),
  },
  { title: 'debug mode', ids: ['security.W018'], files: added('DEBUG = True') },
  {
    title: 'frames of the same site',
    ids: ['security.W019'],
    files: added("X_FRAME_OPTIONS = 'SAMEORIGIN'"),
  },
  { title: 'no hosts', ids: ['security.W020'], files: added('ALLOWED_HOSTS.clear()\nALLOWED_HOSTS = []') },
  { title: 'no preload', ids: ['security.W021'], files: added('del SECURE_HSTS_PRELOAD') },
  { title: 'no referrer policy', ids: ['security.W022'], files: added('SECURE_REFERRER_POLICY = None') },
  {
    title: 'no such referrer policy',
    ids: ['security.E023'],
    files: added("SECURE_REFERRER_POLICY = 'origin, none'"),
  },
  {
    title: 'no such opener policy',
    ids: ['security.E024'],
    files: added("SECURE_CROSS_ORIGIN_OPENER_POLICY = 'same-site'"),
  },
  {
    title: 'a short old key',
    ids: ['security.W025'],
    files: added("SECRET_KEY_FALLBACKS = [SECRET_KEY[::1] if False else SECRET_KEY, 'old']"),
  },
  {
    title: 'a view of refusals that takes no reason',
    ids: ['security.E101'],
    files: {
      ...added("CSRF_FAILURE_VIEW = 'shop.views.refused'"),
      'shop/views.py': 'def refused(request):\n    return None\n',
    },
  },
  {
    title: 'a view of refusals that is not there',
    ids: ['security.E102'],
    files: added("CSRF_FAILURE_VIEW = 'refused'"),
  },
  {
    title: 'a view of refusals that fits',
    ids: [],
    files: {
      ...added("CSRF_FAILURE_VIEW = 'shop.views.refused'"),
      'shop/views.py': "def refused(request, reason=''):\n    return None\n",
    },
  },
  {
    title: 'HSTS and redirect count for nothing without the middleware',
    ids: ['security.W001'],
    files: added(
      "MIDDLEWARE = [one for one in MIDDLEWARE if not one.endswith('SecurityMiddleware')]\nSECURE_SSL_REDIRECT = False\nSECURE_HSTS_SECONDS = 0\nSECURE_REFERRER_POLICY = None",
    ),
  },
  {
    title: 'bare settings',
    ids: [...['security.W001', 'security.W002', 'security.W003', 'security.W009', 'security.W020']],
    files: layout(`ROOT_URLCONF = 'shop.urls'\nINSTALLED_APPS = []\nSECRET_KEY = 'x'\n`),
  },
];

const split: readonly DeployProject[] = [
  {
    title: 'split: production switches on what the base does not',
    ids: ['security.W021'],
    files: layout(
      '',
      {
        'shop/settings/__init__.py': '',
        'shop/settings/base.py': secure
          .replace('DEBUG = False', 'DEBUG = True')
          .replace('SECURE_SSL_REDIRECT = True', '')
          .replace('SECURE_HSTS_PRELOAD = True', ''),
        'shop/settings/production.py':
          "from .base import *\nDEBUG = not DEBUG\nSECURE_SSL_REDIRECT = True\nMIDDLEWARE += ['django.middleware.common.CommonMiddleware']\n",
      },
      'shop.settings.production',
    ),
  },
  {
    title: 'split: production forgets what the base switches off',
    ids: ['security.W008', 'security.W018'],
    files: layout(
      '',
      {
        'shop/settings/__init__.py': '',
        'shop/settings/parts/__init__.py': 'from .web import MIDDLEWARE as web_middleware\n',
        'shop/settings/parts/web.py': "MIDDLEWARE = ('django.middleware.security.SecurityMiddleware',)\n",
        'shop/settings/base.py': `${secure}
from shop.settings import parts
MIDDLEWARE = list(parts.web_middleware) + MIDDLEWARE[1:2] + MIDDLEWARE[2:]
SECURE_SSL_REDIRECT = DEBUG
DEBUG = 1
`.replace('MIDDLEWARE[1:2] + MIDDLEWARE[2:]', '[MIDDLEWARE[1], MIDDLEWARE[2], MIDDLEWARE[3]]'),
        'shop/settings/live.py': 'from shop.settings.base import *\n',
      },
      'shop.settings.live',
    ),
  },
  {
    title: 'split: a file that is there, within try',
    ids: ['security.W016'],
    files: {
      ...layout(`${secure}
try:
    from .overrides import *
except ImportError:
    pass
`),
      'shop/overrides.py': 'CSRF_COOKIE_SECURE = False\n',
    },
  },
];

const environment: readonly DeployProject[] = [
  {
    title: 'environment: safe defaults',
    ids: [],
    files: added(`import os
DEBUG = os.environ.get('DEBUG', 'False').lower() in ('1', 'true', 'yes')
SECURE_SSL_REDIRECT = os.getenv('SSL', '1') == '1'
SECURE_HSTS_SECONDS = int(os.environ.get('HSTS', 60 * 60 * 24))
ALLOWED_HOSTS = os.environ.get('HOSTS', 'shop.example').split(',')`),
  },
  {
    title: 'environment: unsafe defaults',
    ids: ['security.W004', 'security.W008', 'security.W018', 'security.W020'],
    files: added(`import os
def flag(name, default):
    value = os.environ.get(name)
    if value is None:
        return default
    return value == '1'
DEBUG = flag('DEBUG', True)
SECURE_SSL_REDIRECT = bool(os.environ.get('SSL', ''))
SECURE_HSTS_SECONDS = int(os.environ.get('HSTS', '0'))
ALLOWED_HOSTS = [host for host in os.environ.get('HOSTS', '').split(',') if host]`),
  },
  {
    title: 'environment: no default for a flag',
    ids: [],
    files: added("import os\nSESSION_COOKIE_SECURE = os.environ['SECURE'] == '1'"),
    open: { ids: ['security.W012'], with: { SECURE: '0' }, without: { SECURE: '1' } },
  },
  {
    // A key that the environment gives is in no file: its strength is left to Django's own check.
    title: 'environment: no default for the key and for debug mode',
    ids: [],
    files: added("import os\nSECRET_KEY = os.environ['KEY']\nDEBUG = bool(int(os.environ['DEBUG']))"),
    open: {
      ids: ['security.W018'],
      with: { KEY: key, DEBUG: '1' },
      without: { KEY: key, DEBUG: '0' },
    },
  },
  {
    title: 'environment: production is a value of a variable',
    ids: [],
    files: added(`import os
if os.environ.get('SHOP_ENV', 'development') == 'production':
    SECURE_SSL_REDIRECT = True
else:
    SECURE_SSL_REDIRECT = False`),
    open: { ids: ['security.W008'], with: {}, without: { SHOP_ENV: 'production' } },
  },
];

const computed: readonly DeployProject[] = [
  {
    title: 'computed: a file outside decides',
    ids: [],
    files: added(`import os
SECURE_REFERRER_POLICY = None if os.path.exists(os.environ.get('FLAG', '/')) else 'same-origin'`),
    open: { ids: ['security.W022'], with: {}, without: { FLAG: '/no-such-file' } },
  },
  {
    title: 'computed: a loop adds the middleware',
    ids: [],
    files: added(`import os
MIDDLEWARE = [MIDDLEWARE[0], MIDDLEWARE[1], MIDDLEWARE[3]]
for name in os.environ.get('MORE', '').split(','):
    if name:
        MIDDLEWARE.append(name)`),
    open: {
      ids: ['security.W003'],
      with: {},
      without: { MORE: 'django.middleware.csrf.CsrfViewMiddleware' },
    },
  },
  {
    title: 'computed: globals are set by name',
    ids: [],
    files: added(`import os
for name in os.environ.get('OFF', '').split():
    globals()[name] = False`),
    open: { ids: ['security.W016'], with: { OFF: 'CSRF_COOKIE_SECURE' }, without: {} },
  },
  {
    title: 'computed: arithmetic and functions that can be followed',
    ids: ['security.W005'],
    files: added(
      `from datetime import timedelta
DAY = 24 * 60 * 60
def days(count, *, extra=0):
    return count * DAY + extra
SECURE_HSTS_SECONDS = days(200) if not DEBUG else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_SECONDS > days(300)`.replace(
        '(count, *, extra=0)',
        '(count, extra=0)',
      ),
    ),
  },
];

/** One project for each id of Django 4.2, and settings that are split, read from the environment, or computed. */
export const deployProjects: readonly DeployProject[] = [...each, ...split, ...environment, ...computed];
