import type { ModeOptions } from '../internal/mode.ts';
import type { Keyring } from '../secrets/keyring.ts';

/** Origins that may send requests as your users do. */
export interface AllowedOrigin {
  /** Such as `https://login.example.net`. */
  readonly origin: string;
  /** The only paths it may send to: `/saml/acs`, or `/saml/*` for all below. */
  readonly paths: readonly string[];
}

/** Paths that aren't checked. */
export interface UncheckedRoute {
  /** `/webhooks/payment`, or `/webhooks/*` for all below. Compared exactly, with case. */
  readonly path: string;
  /** Why that is safe, such as "the sender signs its requests". */
  readonly because: string;
}

interface Options {
  /**
   * The origin that browsers see, such as `https://shop.example.com`, or several. Without it, it is derived from the scheme and host of
   * each request. Set it if you can.
   */
  readonly origin?: string | readonly string[];
  /** For tokens. Without keys, requests that only a token could save are refused. */
  readonly keys?: Keyring;
  /** Other origins whose pages may send requests with your users' cookies: exact ones, or one with the paths it may use. */
  readonly allowOrigins?: readonly (string | AllowedOrigin)[];
  /** Routes without a check, each with its reason. They must not trust cookies. */
  readonly allowUnchecked?: readonly UncheckedRoute[];
  /**
   * The paths that log someone in, such as `/log-in`: there, a request without the session's cookie needs proof too. Otherwise an old
   * browser could be logged in to the attacker's account (log-in CSRF).
   */
  readonly logIn?: readonly string[];
}

export type CsrfOptions = Options & ModeOptions;

/** Those of an application, whose own origin is an option beside them. `Omit` of a union would lose `until`. */
export type AppCsrfOptions = Omit<Options, 'origin'> & ModeOptions;

/** The same, with `until` whatever the mode. */
export type KnownOptions = CsrfOptions & { readonly until?: string | Date };

export const csrfOptionNames = [
  'origin',
  'keys',
  'allowOrigins',
  'allowUnchecked',
  'logIn',
  'mode',
  'until',
] as const;
