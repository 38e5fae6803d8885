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
  /** Values beside our own that make elements which no other harmless value makes: a mention, a tag of a kind. */
  readonly harmless?: readonly string[];
  /**
   * True where no page shows the value as it was given, since it is encoded or only chooses what is shown, or where every
   * payload is refused. Without it such a test is red: it would be green as well for a page that is not about the value.
   */
  readonly unseen?: boolean;
}

/**
 * Guarantee, of markup: a browser that reads it runs no script but those that carry the nonce. It has no other `<script>` but
 * for data, no `on...` attribute, no `javascript:` URL, no plugin, `<base>` or refresh, and none of these in a `srcdoc`. It is
 * read as a page, and as a piece of one in a body and in a table, by the rules for `<select>` of old and of new browsers.
 *
 * Guarantee, of a function: whatever the payload, the page has the elements, attributes and code that it has for harmless
 * values, and loads code from the same places, so that the application's own scripts may stay. Code is compared without
 * what stands in its strings. What harmless values vary in, such as line breaks and links, a payload may vary in. A payload
 * that is refused (`Refusal`) makes no page. With `markup: true`, elements may come with the value: what runs, the
 * application's own code included, is compared alone.
 *
 * With `page` a real Chromium reads the markup too, under a policy that stops every script and reports it: nothing may
 * ask to run. It looks at what is there once the markup was read, not at what a script puts there later.
 *
 * @throws AssertionError with what would run, or how the page changed, and by which payload; and where nothing is proved:
 *   no page shows a harmless value, or no payload made a page
 * @throws Misuse `bulwark/invalid-option` where no text is given or rendered, and for an option that there is not
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
    if (found) throw failure('XSS: the markup runs.', { what: found.kind, in: shown(found.source) });
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
  const hint = 'Give the page as it is sent: of SafeHtml, what `render` makes.';
  throw new Misuse('bulwark/invalid-option', 'expectInert takes markup as a text.', { hint });
}
