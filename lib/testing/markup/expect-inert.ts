import { quietByDefault } from '../../event/record.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { XssPayload } from '../corpus/xss.ts';
import { failure, shown } from '../failure.ts';
import { requireTexts } from '../require-texts.ts';
import { activeContent } from './active-content.ts';
import { type BrowserPage, ranInPage } from './in-page.ts';
import { readingsFor } from './readings.ts';
import { triedPayloads } from './tried-values.ts';
import { tryPages } from './try-pages.ts';

export interface InertOptions {
  /** Scripts that carry it are your own. */
  readonly nonce?: string;
  /** A page of Playwright or Puppeteer: a real Chromium reads the markup as well. */
  readonly page?: BrowserPage;
}

export interface InertRenderOptions extends InertOptions {
  /** What is tried instead of the corpus. Nothing is derived from harmless values then. */
  readonly payloads?: readonly (string | XssPayload)[];
  /** True where the value may contain markup, as rich text and Markdown do: only what runs is compared. */
  readonly markup?: boolean;
  /**
   * Values that the input accepts, where it refuses a word, a number and the usual formats: `['ORD-2031']`, a JSON body. Payloads are
   * derived from them. Elements that one of them makes count as harmless.
   */
  readonly harmless?: readonly string[];
  /**
   * True where no page shows the value as it was given, because it is encoded or only selects what is shown, or where every one of
   * the `payloads` is refused. Otherwise such a test fails: it would be green for a page that ignores the value.
   */
  readonly unseen?: boolean;
}

/**
 * Guarantee, for markup: a browser that reads it runs no script except those that carry the nonce. It has no `<script>` except for
 * data, no `on...` attribute, no `javascript:` URL, no plugin, `<base>` or refresh, and none of these in a `srcdoc`. It is read as
 * a page, and as a fragment in a body and in a table, by the old and the new rules for `<select>`.
 *
 * Guarantee, for a function: for every payload, the page has the elements, attributes and code that it has for harmless values, and
 * loads code from the same places. So your own scripts may stay. Code is compared without the contents of its strings. Where harmless
 * values differ from each other, as in line breaks and links, a payload may differ too. A payload for which the function throws makes
 * no page, and an error page that holds nothing of the payload is accepted. With `markup: true`, elements may come with the value:
 * only what runs is compared, your own code included.
 *
 * Payloads are the corpus, and what is derived from the samples that the page shows: a date with an attack behind it, an attack in
 * base64. A test in which no page shows a harmless value proves nothing, and fails.
 *
 * With `page`, a real Chromium reads the markup too, under a policy that stops and reports every script. It sees what is there once
 * the markup was read, not what a script inserts later.
 *
 * @throws AssertionError with what would run, or how the page changed, and for which payload; and for a test that proves nothing
 * @throws Misuse `bulwark/invalid-option` if no string is given or rendered, and for an unknown option
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
  if (typeof given !== 'function') {
    await expectNothing(requireText(given), knownOptions<InertOptions>(options, ['nonce', 'page']));
    return;
  }
  const names = ['nonce', 'page', 'payloads', 'markup', 'harmless', 'unseen'] as const;
  await expectSame(given, knownOptions<InertRenderOptions>(options, names));
}

async function expectNothing(markup: string, { nonce, page }: InertOptions): Promise<void> {
  for (const reading of readingsFor(markup)) {
    const found = activeContent(reading.read(markup), reading, { nonce }).find(({ given }) => !given);
    if (found)
      throw failure('XSS: the markup runs.', {
        ...{ what: found.kind, in: shown(found.source) },
        'what to do': 'remove what runs, or give your own scripts a nonce and pass it: { nonce }',
      });
  }
  const [ran] = page ? await ranInPage(page, markup, nonce) : [];
  if (ran !== undefined) throw failure('XSS: in Chromium the markup runs.', { what: shown(ran) });
}

async function expectSame(
  render: (payload: string) => string | Promise<string>,
  { nonce, page, payloads, markup = false, harmless = [], unseen = false }: InertRenderOptions,
): Promise<void> {
  const tried = triedPayloads(payloads);
  const ours = requireTexts('harmless', harmless);
  let thrown: unknown;
  const make = async (value: string): Promise<string | undefined> => {
    let text: unknown;
    try {
      text = await render(value);
    } catch (error) {
      // A mistake in the test or in a template, and no answer to a value.
      if (error instanceof Misuse) throw error;
      thrown ??= error;
      return undefined;
    }
    return requireText(text);
  };
  const derives = payloads === undefined;
  const loud = quietByDefault();
  try {
    await tryPages(make, {
      ...{ payloads: tried, derives, harmless: ours, markup, unseen },
      ...{ nonce, page, thrown: () => thrown },
    });
  } finally {
    loud();
  }
}

function requireText(markup: unknown): string {
  if (typeof markup === 'string') return markup;
  const hint = 'Pass the page as it is sent: for SafeHtml, the result of `render`.';
  throw new Misuse('bulwark/invalid-option', 'expectInert takes markup as a string.', { hint });
}
