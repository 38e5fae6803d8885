/** A Django project, laid out for `manage.py check --deploy` and for the audit alike. */
export interface DeployProject {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** The ids that Django gives, and the audit as failures. */
  readonly ids: readonly string[];
  /** The ids that the audit leaves open, with the environments in which Django gives and does not give them. */
  readonly open?: {
    readonly ids: readonly string[];
    readonly with: Readonly<Record<string, string>>;
    readonly without: Readonly<Record<string, string>>;
  };
}

export const key: string = 'k3J9-xQ2v_8Lm5Zt7Rb1Nw4Yc6Hd0Gf9Sa2Pe5Uo8Ti3Kj6Vq1X';

/** Settings with none of the ids. */
export const secure: string = `
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = '${key}'
DEBUG = False
ALLOWED_HOSTS = ['shop.example']
ROOT_URLCONF = 'shop.urls'
INSTALLED_APPS = ['django.contrib.contenttypes', 'django.contrib.auth', 'django.contrib.sessions']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
]
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
`;

export function layout(
  settings: string,
  more: Readonly<Record<string, string>> = {},
  module = 'shop.settings',
): Readonly<Record<string, string>> {
  return {
    'manage.py': `import os, sys
os.environ.setdefault('DJANGO_SETTINGS_MODULE', '${module}')
from django.core.management import execute_from_command_line
if __name__ == '__main__':
    execute_from_command_line(sys.argv)
`,
    'requirements.txt': 'django==4.2.30\n',
    'shop/__init__.py': '',
    'shop/urls.py': 'urlpatterns = []\n',
    'shop/settings.py': settings,
    ...more,
  };
}

export function added(lines: string): Readonly<Record<string, string>> {
  return layout(`${secure}${lines}\n`);
}

export function without(line: string): Readonly<Record<string, string>> {
  if (!secure.includes(line)) throw new Error(`The settings have no ${line}.`);
  return layout(secure.replace(line, ''));
}

export const middleware = (name: string): string => `    'django.${name}',\n`;
