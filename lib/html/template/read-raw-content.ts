import type { MisuseCode } from '../../refusal/codes.ts';
import { takesScriptValue } from '../values/script-value.ts';
import { decodeReferences } from './decode-references.ts';
import type { StartTag } from './read-tag.ts';
import { templateMisuse } from './template-misuse.ts';

export interface RawContent {
  /** Where the end tag starts. */
  readonly end: number;
  readonly holes: readonly { readonly at: number; readonly kind: RawHoleKind }[];
}

type RawHoleKind = 'plain-text' | 'json' | 'script-value' | 'script' | 'style-sheet';

/**
 * Reads the content of an element in which the tokenizer looks for nothing but the end tag (HTML standard, 13.2.5.2 to
 * 13.2.5.4), up to that tag.
 */
export function readRawContent(source: string, tag: StartTag): RawContent {
  const end = endOf(source, tag);
  const content = source.slice(tag.end, end ?? source.length);
  const holes = [...content.matchAll(/\0/g)].map(({ index }) => {
    const kind = kindOf(source, tag, content, index);
    const at = tag.end + index;
    if (!kind.includes('/')) return { at, kind: kind as RawHoleKind };
    const code = kind as MisuseCode;
    const fix = code === 'html/hole-in-script' ? scriptFix(source, tag) : undefined;
    throw templateMisuse(code, source, at, fix);
  });
  if (end === undefined) {
    throw templateMisuse('html/unfinished-template', source, tag.start, `Close it with "</${tag.name}>".`);
  }
  // In `<!--<script>`, the next `</script>` does not end the outer one (13.2.5.20 to 13.2.5.31).
  if (tag.name === 'script' && /<!--[\s\S]*<script/i.test(content)) {
    throw templateMisuse('html/malformed-template', source, tag.start, 'Write "<\\!--" in this script.');
  }
  return { end, holes };
}

function endOf(source: string, tag: StartTag): number | undefined {
  const pattern = new RegExp(`</${tag.name}[\\t\\n\\f\\r />]`, 'gi');
  pattern.lastIndex = tag.end;
  return pattern.exec(source)?.index;
}

/** What the hole at `at` of the content is, or the code of why there may be none. */
function kindOf(source: string, tag: StartTag, content: string, at: number): RawHoleKind | MisuseCode {
  const whole = /^[\t\n\f\r ]*\0[\t\n\f\r ]*$/.test(content);
  switch (tag.name) {
    case 'title':
    case 'textarea':
      return 'plain-text';
    case 'script':
      if (isData(source, tag)) return whole ? 'json' : 'html/hole-in-script';
      if (!runs(typeOf(source, tag))) return 'html/hole-in-script';
      if (whole) return 'script';
      return takesScriptValue(content.slice(0, at)) ? 'script-value' : 'html/hole-in-script';
    case 'style':
      return whole ? 'style-sheet' : 'html/hole-in-style';
    default:
      return 'html/hole-in-raw-text';
  }
}

/** True where `type` says JSON. `importmap` and `speculationrules` are JSON that the browser acts on. */
export function isData(source: string, tag: StartTag): boolean {
  const type = typeOf(source, tag);
  return /^(?:application|text)\/json$|^application\/[a-z0-9.-]+\+json$/i.test(type);
}

/** The types by which a script runs, but for some that nobody writes any more. */
function runs(type: string): boolean {
  return /^$|^module$|^(?:text|application)\/(?:javascript|ecmascript)$/i.test(type);
}

function typeOf(source: string, tag: StartTag): string {
  const type = tag.attributes.find(({ name }) => name === 'type');
  return type === undefined ? '' : decodeReferences(source.slice(type.valueStart, type.valueEnd));
}

function scriptFix(source: string, tag: StartTag): string | undefined {
  if (isData(source, tag)) return 'Give the whole value as the only content of this script.';
  const type = typeOf(source, tag);
  if (/importmap|speculationrules/i.test(type)) {
    return `A browser acts on ${type}: write it as static text, and choose between templates.`;
  }
  return undefined;
}
