import type { App } from '../run/app-process.ts';
import type { Canaries } from '../run/canary.ts';
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
}

/** What an attack has at hand. */
export interface Range {
  readonly markers: Markers;
  readonly canaries: Canaries;
  /** The victim's browser, where Chromium is installed. */
  readonly victim: Victim | undefined;
}

export interface Attack {
  readonly group: 'SQL injection' | 'XSS' | 'SSRF' | 'Framing' | 'Error details';
  /** The payload's name in its corpus. */
  readonly name: string;
  readonly payload: string;
  readonly kind: string;
  /** Where it is sent, such as `POST login, email`. */
  readonly endpoint: string;
  /** True for a payload of the guide. */
  readonly guide: boolean;
  /** The part of the defended application that it meets first. */
  readonly part: Part;
  fire(app: App, range: Range): Promise<Outcome>;
}
