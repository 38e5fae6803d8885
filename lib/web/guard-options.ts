import { type Cors, type CorsOptions, cors } from '../cors/cors.ts';
import type { CspOptions } from '../csp/csp-options.ts';
import { type Csrf, csrf } from '../csrf/csrf.ts';
import type { AppCsrfOptions } from '../csrf/csrf-options.ts';
import { offerRecord } from '../event/record.ts';
import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import { Misuse } from '../refusal/misuse.ts';
import { ownOrigin } from '../request/own-origin.ts';
import type { SessionLoader } from '../session/sessions.ts';
import { reportPathOf } from './is-report.ts';
import { checkNeeds } from './limit-request.ts';

/** The guards that look at each request before the application does. */
export interface GuardOptions {
  /**
   * The origin that browsers see, such as `https://shop.example.com`, or several. Without it, it is derived from the scheme and host of
   * each request. Set it if you can.
   */
  readonly origin?: string | readonly string[];
  /** Other sites that may read responses: what `cors()` takes, or what it returned. None by default. */
  readonly cors?: CorsOptions | Cors;
  /**
   * What `rateLimit()` returned. It counts each request, by the client's address, and by account and session where `session` is given.
   * Rules by route belong in `routeRateLimit`.
   */
  readonly rateLimit?: RateLimiter;
  /** What `sessions()` or `sealedSessions()` returned. Each request's session is loaded before the application runs. */
  // biome-ignore lint/suspicious/noExplicitAny: the application defines the session's data, and nothing here reads it.
  readonly session?: SessionLoader<any>;
  /**
   * Changes to the check against cross-site request forgery, what `csrf()` returned, or `false` for none. It is on where `session` is
   * given, and off by default without one.
   */
  readonly csrf?: AppCsrfOptions | Csrf | false;
  /** Lets `bulwark doctor` diagnose this process in production too, if it was started with `BULWARK_DOCTOR=1`. False by default. */
  readonly allowDoctor?: boolean;
}

/** The guards that the options ask for. */
export interface Guards {
  readonly cors: Cors | undefined;
  readonly rateLimit: RateLimiter | undefined;
  readonly session: SessionLoader<object> | undefined;
  readonly csrf: Csrf | undefined;
  /** Where browsers send reports, which need no CSRF check. */
  readonly reportPath: string | undefined;
}

/**
 * @returns undefined where no guard is asked for
 * @throws Misuse `bulwark/invalid-option`, and what `cors` and `csrf` throw
 */
export function guardsOf(options: GuardOptions & { readonly csp?: CspOptions | false }): Guards | undefined {
  offerRecord();
  const { origin, rateLimit, session } = options;
  // Even if no guard needs it yet, so that a mistake shows at startup.
  ownOrigin(origin);
  if (rateLimit !== undefined && !has(rateLimit, 'check')) {
    throw new Misuse(
      'bulwark/invalid-option',
      'rateLimit takes what `rateLimit(...)` of bulwark/rate-limit returns.',
    );
  }
  if (rateLimit !== undefined) checkNeeds(rateLimit, session !== undefined);
  if (session !== undefined && !has(session, 'load')) {
    throw new Misuse(
      'bulwark/invalid-option',
      'session takes what `sessions(...)` of bulwark/session returns.',
    );
  }
  const guards = {
    cors: options.cors === undefined ? undefined : corsOf(options.cors),
    rateLimit,
    session,
    csrf: csrfOf(options.csrf ?? (session === undefined ? false : {}), origin),
  };
  if (Object.values(guards).every((guard) => guard === undefined)) return undefined;
  return { ...guards, reportPath: reportPathOf(options.csp) };
}

/** What `cors()` returned, or made of its options. */
export function corsOf(option: CorsOptions | Cors): Cors {
  return has(option, 'answer') ? (option as Cors) : cors(option as CorsOptions);
}

function csrfOf(option: NonNullable<GuardOptions['csrf']>, origin: GuardOptions['origin']): Csrf | undefined {
  if (option === false) return undefined;
  if (!has(option, 'check'))
    return csrf({ ...(option as AppCsrfOptions), ...(origin !== undefined && { origin }) });
  if (origin === undefined) return option as Csrf;
  throw new Misuse('bulwark/invalid-option', 'Give `origin` to csrf(...) instead, or pass its options here.');
}

/** An object that a guard made, and not a record of options. */
function has(value: unknown, method: string): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Record<string, unknown>)[method] === 'function'
  );
}
