import { holds } from '../operators.ts';
import { isType } from '../value.ts';
import type { Judgement, Settings } from './django-check.ts';

/** Whether django-cors-headers is in use; undefined if it may be. */
export function corsIn(settings: Settings): boolean | undefined {
  const middleware = settings.plain('MIDDLEWARE');
  return isType(middleware, 'list') ? holds(middleware, 'corsheaders.middleware.CorsMiddleware') : undefined;
}

/** The new name takes precedence over the old one (`corsheaders/conf.py`). */
export function allowsAll(settings: Settings): boolean {
  return (settings.plain('CORS_ALLOW_ALL_ORIGINS') ?? settings.plain('CORS_ORIGIN_ALLOW_ALL')) === true;
}

export function judgeOrigins(settings: Settings, fix: string): Judgement {
  const origins = settings.plain('CORS_ALLOWED_ORIGINS') ?? settings.plain('CORS_ORIGIN_WHITELIST');
  const patterns =
    settings.plain('CORS_ALLOWED_ORIGIN_REGEXES') ?? settings.plain('CORS_ORIGIN_REGEX_WHITELIST');
  for (const plain of [origins, patterns]) {
    const isList = isType(plain, 'list') && plain.more === undefined;
    if (plain !== undefined && !isList)
      return { verdict: 'unknown', summary: 'The list of origins is computed.', fix };
  }
  if (isType(patterns, 'list')) {
    for (const [{ plain }] of patterns.items) {
      if (typeof plain !== 'string')
        return { verdict: 'unknown', summary: 'A pattern for origins is computed.', fix };
      if (/^\^?(https?|https\?|\w+)?(:\/\/)?\(?\.[*+]\)?\$?$/.test(plain)) {
        return { verdict: 'fail', summary: `The pattern ${plain} fits any origin.`, fix };
      }
      if (!isExact(plain)) {
        return { verdict: 'unknown', summary: `Which origins the pattern ${plain} fits is not known.`, fix };
      }
    }
  }
  if (isType(origins, 'list') && origins.items.some(([{ plain }]) => plain === 'null')) {
    return { verdict: 'fail', summary: 'The origin null is allowed, which any page can have.', fix };
  }
  return { verdict: 'pass', summary: 'Only listed origins are allowed.' };
}

/** `^https://\w+\.shop\.example$`: the end is fixed, and its dots are dots. */
function isExact(pattern: string): boolean {
  return (
    /^\^https?:(\\?\/){2}([\w-]+|\\w[+*]|\[[\w\\-]+\][+*]|\\\.)*\\\.[\w-]+\\\.[a-z]+(:\d+)?(\$|\\Z)$/.test(
      pattern,
    ) || /^\^https?:\/\/([\w-]+\\\.)+[a-z]+(:\d+)?(\$|\\Z)$/.test(pattern)
  );
}
