import { record } from '../../event/record.ts';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { contentOf, type SafeHtml, trust } from '../values/safe-html.ts';
import { inClipBox, withoutClipBox } from './clip-box.ts';
import { compilePreset } from './compiled-preset.ts';
import { parseUntrusted } from './parse-untrusted.ts';
import { resolvePreset } from './preset.ts';
import type { Preset, PresetName } from './preset-type.ts';
import { collectInto, type RemovalLog, type Removed, type ReportRemoval } from './removal.ts';
import { writePicture } from './write-picture.ts';
import { writeTree } from './write-tree.ts';

/**
 * Guarantee: the output contains only the preset's elements and attributes, runs no script, and loads nothing but the
 * images that the preset allows. It is safe as element text, where the tag accepts it; do not cut or edit the string.
 * In flow content, such as a `<div>` or a `<td>`, a browser parses it to exactly the tree that was written. Inside the
 * page's own `<p>`, `<a>`, `<li>`, heading or table, its blocks, links and items can close or move what is there.
 *
 * - `text`: no elements; each block on a line of its own
 * - `comment`: paragraphs, emphasis, lists, quotes, code, links
 * - `article`: also headings, images, tables, figures, details
 * - `markdown`: the output of Markdown renderers: an article with task lists, footnotes, classes of code, and an `id`
 *   that is prefixed with `user-content-`
 * - `email`: mail: an article with the attributes of tables and fonts, and a list of style properties, in a box that
 *   clips it, so that nothing in it covers the page
 * - `svg`: one picture, as an inline `<svg>`, and nothing else
 *
 * A comment may have 200,000 characters, a picture 1,000,000, and the others 2,000,000, as input and as output (escapes,
 * end tags and `rel` make it longer). Output is therefore accepted again by the same preset, and stays unchanged.
 *
 * Links get `rel="nofollow noopener noreferrer ugc"`. A link whose scheme is not in the preset loses its tag, keeps its
 * text, and is recorded as an event. Elements that are not allowed leave their text; those with code leave nothing.
 *
 * @throws Refusal `html/markup-too-complex` for markup that is too long, or would take too long to parse
 * @throws Refusal `html/not-text` for an object in place of a string
 *
 * @example
 * ```ts
 * import { render, sanitize } from 'bulwark/html';
 *
 * render(sanitize('<p onclick="x()">Hi <script>x()</script><b>there', 'comment')); // '<p>Hi <b>there</b></p>'
 * ```
 */
export function sanitize(markup: string, policy: PresetName | Preset): SafeHtml {
  const preset = resolvePreset(policy);
  return trust(clean(markup, preset), false, effectsOf(preset));
}

/** The output, and what was left out of it. */
export interface SanitizeReport {
  readonly html: SafeHtml;
  /** In the order of the markup, at most 100 of them. */
  readonly removed: readonly Removed[];
  /** How many more there were. */
  readonly more: number;
}

/**
 * Like `sanitize`, and reports what was left out: for an editor's preview, or to test a preset. The content of an element
 * that was dropped as a whole is not listed.
 *
 * @throws Refusal as `sanitize` does
 *
 * @example
 * ```ts
 * import { sanitizeWithReport } from 'bulwark/html';
 *
 * sanitizeWithReport('<p onclick="x()">a<script>b</script></p>', 'comment').removed;
 * // [{ kind: 'attribute', name: 'onclick', where: 'p' }, { kind: 'element', name: 'script', where: 'p' }]
 * ```
 */
export function sanitizeWithReport(markup: string, policy: PresetName | Preset): SanitizeReport {
  const log: RemovalLog = { removed: [], more: 0 };
  const preset = resolvePreset(policy);
  const html = trust(clean(markup, preset, collectInto(log)), false, effectsOf(preset));
  return Object.freeze({ html, removed: Object.freeze(log.removed), more: log.more });
}

/** By the preset, whatever the markup: a template that takes one comment takes all of them. */
function effectsOf(preset: Preset): number {
  return compilePreset(preset).effects;
}

function clean(markup: string, preset: Preset, report?: ReportRemoval): string {
  if (typeof markup !== 'string') return refuseMarkup(markup);
  const policy = compilePreset(preset);
  if (preset.picture) return writePicture(parseUntrusted(markup, preset.limits), policy, report);
  const source = policy.clips ? withoutClipBox(markup) : markup;
  const { text, unsafeUrl } = writeTree(parseUntrusted(source, preset.limits), policy, report);
  if (unsafeUrl) record('html/unsafe-url', 'blocked', unsafeUrl);
  return policy.clips ? inClipBox(text) : text;
}

function refuseMarkup(value: unknown): never {
  if (contentOf(value)) {
    throw new Misuse(
      'html/markup-outside-text',
      'sanitize() takes a string. This value is a SafeHtml already: use it as it is.',
    );
  }
  if (typeof value === 'object' && value !== null) {
    const type = Array.isArray(value) ? 'Array' : 'Object';
    return refuse(deny('html/not-text', { place: 'the sanitiser', type }));
  }
  throw new Misuse(
    'html/invalid-value',
    `sanitize() takes a string, not ${value === null ? 'null' : typeof value}.`,
  );
}
