import type { App } from '../run/app-process.ts';
import type { Canaries } from '../run/canary.ts';
import type { Hosts } from '../run/hosts.ts';
import type { Part } from '../run/replacement.ts';
import type { Markers } from '../run/seed.ts';
import type { Victim } from './victim.ts';

/** What one attack did to one application. */
export interface Outcome {
  /** What was lost, in a few words; undefined where nothing was. */
  readonly lost?: string;
  /** What of the attacker's stands in the page, where no script of theirs ran. */
  readonly markup?: string;
  /** What was reached, where nothing of it came back: enough to act on a service, or to map a network. */
  readonly reached?: string;
  /** What the application answered. */
  readonly answer: string;
  /** True where only a browser could have told, and there is none. */
  readonly unconfirmed?: boolean;
  /** Given where the range says `look`. */
  readonly shown?: Shown;
}

/** What came back, for somebody who looks at it. */
export interface Shown {
  readonly type: string;
  /** What the application answered; where a browser opened it, the page as its scripts left it. */
  readonly body: string;
  /** PNG, of what the victim saw. */
  readonly screenshot?: Uint8Array;
}

/** What an attack has at hand. */
export interface Range {
  readonly markers: Markers;
  readonly canaries: Canaries;
  /** The victim's browser, where Chromium is installed. */
  readonly victim: Victim | undefined;
  /** The web around the victim, where there is a browser to walk in it. */
  readonly hosts: Hosts | undefined;
  /** Keeps what came back, with a picture of it. */
  readonly look?: boolean;
}

/** A place of the application that takes what a stranger sends. */
export interface Place {
  readonly group:
    | 'SQL injection'
    | 'XSS'
    | 'SSRF'
    | 'Sessions'
    | 'CSRF'
    | 'CORS'
    | 'Open redirect'
    | 'Passwords'
    | 'Framing'
    | 'Error details'
    | 'Path traversal'
    | 'File upload'
    | 'Command injection'
    | 'Parsers';
  /** Where it is sent, such as `POST login email`. */
  readonly endpoint: string;
  /** The part of the defended application that an attack meets first. */
  readonly part: Part;
  /** Where the two applications differ for this place. */
  readonly code: readonly CodeSpot[];
  /** The one thing that can be sent, where there is no other. */
  readonly only?: string;
  /**
   * What is sent reads, writes or runs something on this machine. The lab fires payloads of its own there, which stay in its folder, and
   * nothing that a visitor writes.
   */
  readonly fixed?: true;
  /** It takes a browser for a second or more: a quick run leaves it out. */
  readonly slow?: true;
  fire(app: App, range: Range, payload: string): Promise<Outcome>;
}

/** A file of both applications, and the function in it; all that differs, without one. */
export interface CodeSpot {
  readonly file: string;
  readonly name?: string;
}

export interface Attack extends Place {
  /** The payload's name in its corpus. */
  readonly name: string;
  readonly payload: string;
  readonly kind: string;
  /** True for a payload of the guide. */
  readonly guide: boolean;
}
