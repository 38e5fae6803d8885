import { Misuse } from '../../refusal/misuse.ts';
import { type XssPayload, xss } from '../corpus/xss.ts';
import { failure, shown } from '../failure.ts';
import { refusalIn } from '../refusal-in.ts';
import { type ActiveContent, activeContent } from './active-content.ts';
import { type BrowserPage, ranInPage } from './in-page.ts';
import { markupShape } from './markup-shape.ts';
import { elementsOf } from './walk.ts';

export interface InertOptions {
  /** Scripts that carry it are the application's own. */
  readonly nonce?: string;
  /** A page of Playwright or Puppeteer in Chromium: the markup is read by a real browser as well. */
  readonly page?: BrowserPage;
}

export interface InertRenderOptions extends InertOptions {
  /** What is tried; every payload of the corpus by default. */
  readonly payloads?: readonly (string | XssPayload)[];
  /** True where people may write markup: elements may come with the value, and nothing that runs. */
  readonly markup?: boolean;
}

/** Text for every place that takes a value, and a relative URL. */
const harmless = 'harmless';

/**
 * Guarantee, of markup: a browser that reads it runs no script but those that carry the nonce. It has no other `<script>` but
 * for data, no `on...` attribute, no `javascript:` URL, no plugin, `<base>` or refresh, and none of these in a `srcdoc`.
 *
 * Guarantee, of a function: whatever the payload, the page has the elements, attributes and code that it has for a harmless
 * value, so that the application's own scripts may stay. Code is compared without what stands in its strings. A payload
 * that is refused (`Refusal`) makes no page.
 *
 * With `page` a real Chromium reads the markup too, under a policy that stops every script and reports it: nothing may
 * ask to run. It looks at what is there once the markup was read, not at what a script puts there later.
 *
 * @throws AssertionError with what would run, or how the page changed, and by which payload
 * @throws Misuse `bulwark/invalid-option` where no text is given or rendered
 *
 * @example
 * ```ts
 * import { html, render } from 'bulwark/html';
 * import { expectInert } from 'bulwark/testing';
 *
 * await expectInert('<p title="a">b</p>');
 * await expectInert((name) => render(html`<p title="${name}">${name}</p>`));
 * await expectInert((name) => `<p title="${name}">${name}</p>`);
 * // AssertionError: XSS: a payload changed the page.
 * ```
 */
export async function expectInert(markup: string, options?: InertOptions): Promise<void>;
export async function expectInert(
  render: (payload: string) => string | Promise<string>,
  options?: InertRenderOptions,
): Promise<void>;
export async function expectInert(
  given: string | ((payload: string) => string | Promise<string>),
  options: InertRenderOptions = {},
): Promise<void> {
  if (typeof given === 'function') await expectSame(given, options);
  else await expectNothing(requireText(given), options);
}

async function expectNothing(markup: string, { nonce, page }: InertOptions): Promise<void> {
  const [found] = activeContent(elementsOf(markup), { nonce });
  if (found) throw failure('XSS: the markup runs.', { what: found.kind, in: shown(found.source) });
  const [ran] = page ? await ranInPage(page, markup, nonce) : [];
  if (ran !== undefined) throw failure('XSS: in Chromium the markup runs.', { what: shown(ran) });
}

async function expectSame(
  render: (payload: string) => string | Promise<string>,
  { nonce, page, payloads = xss, markup = false }: InertRenderOptions,
): Promise<void> {
  const before = requireText(await render(harmless));
  const elements = elementsOf(before);
  const shape = markupShape(elements);
  const active = activeContent(elements, { nonce });
  const ran = page ? await ranInPage(page, before, nonce) : [];

  for (const payload of payloads.map(asPayload)) {
    const text = await rendered(render, payload.payload);
    if (text === undefined) continue;
    const facts = {
      payload: shown(payload.payload),
      which: [payload.name, payload.why].filter(Boolean).join(': ') || undefined,
    };
    const now = elementsOf(text);
    const more = added(active, activeContent(now, { nonce }));
    if (more) {
      throw failure('XSS: a payload became something that runs.', {
        ...facts,
        what: more.kind,
        in: shown(more.source),
      });
    }
    const change = markup ? undefined : changed(shape, markupShape(now));
    if (change) throw failure('XSS: a payload changed the page.', { ...facts, ...change }, change);
    const ranNow = page ? await ranInPage(page, text, nonce) : [];
    if (ranNow.length > ran.length) {
      throw failure('XSS: in Chromium a payload runs.', { ...facts, what: shown(ranNow.at(-1) as string) });
    }
  }
}

async function rendered(
  render: (payload: string) => string | Promise<string>,
  payload: string,
): Promise<string | undefined> {
  try {
    return requireText(await render(payload));
  } catch (error) {
    if (refusalIn(error)) return undefined;
    throw error;
  }
}

/** The first kind that there is more of than there was. */
function added(before: readonly ActiveContent[], now: readonly ActiveContent[]): ActiveContent | undefined {
  const left = new Map<string, number>();
  for (const { kind } of before) left.set(kind, (left.get(kind) ?? 0) + 1);
  return now.find(({ kind }) => {
    const count = left.get(kind) ?? 0;
    left.set(kind, count - 1);
    return count === 0;
  });
}

function changed(
  before: readonly string[],
  now: readonly string[],
): { readonly expected: string; readonly actual: string } | undefined {
  const end = 'the end of the page';
  for (let at = 0; at < Math.max(before.length, now.length); at++) {
    const [expected = end, actual = end] = [before[at], now[at]];
    if (expected !== actual) return { expected: expected.trim(), actual: actual.trim() };
  }
  return undefined;
}

type Named = Pick<XssPayload, 'payload'> & { readonly name?: string; readonly why?: string };

function asPayload(given: string | XssPayload): Named {
  if (typeof given === 'string') return { payload: given };
  if (typeof given?.payload === 'string') return given;
  throw new Misuse('bulwark/invalid-option', 'payloads are texts, or records of the corpus.');
}

function requireText(markup: unknown): string {
  if (typeof markup === 'string') return markup;
  const hint = 'Give the page as it is sent: of SafeHtml, what `render` makes.';
  throw new Misuse('bulwark/invalid-option', 'expectInert takes markup as a text.', { hint });
}
