import type { BrowserLoad } from '../../target/browser/load-page.ts';
import type { Reply } from '../../target/http/reply.ts';
import type { SetCookie } from '../../target/http/set-cookie.ts';
import type { Visit } from '../../target/http/visit.ts';
import type { LogInAttempts } from '../../target/log-in/probe-log-in.ts';
import type { TlsView } from '../../target/tls/tls-view.ts';

/** A running site, as it answered. Everything that came from it is untrusted text. Nothing here was judged. */
export interface Site {
  /** Where the first URL leads, else its own: `https://shop.example`, `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** The URLs that were given, each visited twice. Lines about all pages rest on these. Never empty. */
  readonly pages: readonly Page[];
  /**
   * The same host over http, at port 80 if a page is at the default port of https, else at the port of a page that was given with http:
   * the path of the first page, and one of random letters. Empty if all pages are http, or no port is known. A closed port is a visit
   * without answers, of which `stopped.none.reason` is `refused`.
   */
  readonly http: readonly Visit[];
  /** One for each host and port of https. */
  readonly tls: readonly TlsView[];
  readonly cors: readonly CorsProbe[];
  /** Malformed paths and queries, also beside the pages, and a path that isn't there. */
  readonly errors: readonly ErrorProbe[];
  /** Paths that should not be there, and some that should. */
  readonly paths: readonly PathProbe[];
  /** How the site answers paths of random letters: the paths above are only there if they differ from these. */
  readonly controls: readonly PathProbe[];
  /** Scripts of the pages' own origin, and their source maps. */
  readonly scripts: readonly ScriptProbe[];
  /** Of all answers, in order. Those that are only set after log-in are not here. */
  readonly cookies: readonly SetCookie[];
  /** Only with `--browser`. */
  readonly browser?: BrowserView;
  /** Only with `--login-probe`. */
  readonly logIn?: LogInAttempts;
  readonly requests: number;
  /** What could not be looked at, as sentences. */
  readonly gaps: readonly string[];
}

export interface Page {
  readonly url: string;
  readonly first: Visit;
  /** The same URL a second time, without the cookies of the first. Undefined if the first had no answer, or redirects without end. */
  readonly second?: Visit;
}

/** `prefix`: `https://shop.example.evil.example`; `suffix`: `https://evilshop.example`; `subdomain`: `https://evil.shop.example` */
export type ForeignOrigin = 'another' | 'null' | 'prefix' | 'suffix' | 'subdomain' | 'http-twin';

export interface CorsProbe {
  readonly url: string;
  readonly kind: ForeignOrigin;
  /** The value of the header `Origin`. */
  readonly origin: string;
  /** OPTIONS asks, as a browser does, for a PUT with `authorization`. */
  readonly method: 'GET' | 'OPTIONS';
  /** The site's own cookies were sent along. */
  readonly withCookies: boolean;
  readonly reply: Reply;
}

export interface ErrorProbe {
  readonly kind: 'missing' | 'bad-escape' | 'bad-utf8' | 'null-byte' | 'bad-query' | 'long' | 'bad-version';
  readonly path: string;
  readonly reply: Reply;
}

export interface PathProbe {
  readonly path: string;
  /** Redirects are not followed. */
  readonly reply: Reply;
}

export interface ScriptProbe {
  readonly url: string;
  readonly reply: Reply;
  /** What the script names as its source map, or its own name with `.map`. */
  readonly map?: { readonly url: string; readonly reply: Reply };
}

export interface BrowserView {
  readonly pages: readonly BrowserPage[];
  /** Why the browser did not run, as a sentence. */
  readonly failure?: string;
}

export interface BrowserPage {
  readonly url: string;
  /** Two, if the first succeeded. */
  readonly loads: readonly BrowserLoad[];
}
