import { holds } from '../operators.ts';
import { isType } from '../value.ts';
import type { Settings } from './django-check.ts';

export const securityMiddleware = 'django.middleware.security.SecurityMiddleware';
export const frameMiddleware = 'django.middleware.clickjacking.XFrameOptionsMiddleware';
export const csrfMiddleware = 'django.middleware.csrf.CsrfViewMiddleware';
export const sessionMiddleware = 'django.contrib.sessions.middleware.SessionMiddleware';
export const sessionApp = 'django.contrib.sessions';

/** Whether a list of the settings has an item; undefined if it may have it. */
export function has(
  settings: Settings,
  setting: 'MIDDLEWARE' | 'INSTALLED_APPS',
  item: string,
): boolean | undefined {
  const plain = settings.plain(setting);
  return isType(plain, 'list') ? holds(plain, item) : undefined;
}
