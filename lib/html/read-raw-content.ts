import type { MisuseCode } from '../refusal/codes.ts';
import { decodeReferences } from './decode-references.ts';
import type { StartTag } from './read-tag.ts';
import { templateMisuse } from './template-misuse.ts';

export interface RawContent {
  /** Where the end tag starts. */
  readonly end: number;
  readonly holes: readonly { readonly at: number; readonly kind: 'plain-text' | 'json' }[];
}

/**
 * Reads the content of an element in which the tokenizer looks for nothing but the end tag (HTML standard, 13.2.5.2 to
 * 13.2.5.4), up to that tag.
 */
export function readRawContent(source: string, tag: StartTag): RawContent {
  const end = endOf(source, tag);
  const content = source.slice(tag.end, end ?? source.length);
  const holes = [...content.matchAll(/\0/g)].map(({ index }) => tag.end + index);
  const first = holes[0];
  if (first !== undefined) {
    const code = refusalFor(source, tag, content);
    if (code)
      throw templateMisuse(
        code,
        source,
        first,
        code === 'html/hole-in-script' ? scriptFix(source, tag) : undefined,
      );
  }
  if (end === undefined) {
    throw templateMisuse('html/unfinished-template', source, tag.start, `Close it with "</${tag.name}>".`);
  }
  // In `<!--<script>`, the next `</script>` does not end the outer one (13.2.5.20 to 13.2.5.31).
  if (tag.name === 'script' && /<!--[\s\S]*<script/i.test(content)) {
    throw templateMisuse('html/malformed-template', source, tag.start, 'Write "<\\!--" in this script.');
  }
  const kind = tag.name === 'script' ? 'json' : 'plain-text';
  return { end, holes: holes.map((at) => ({ at, kind })) };
}

function endOf(source: string, tag: StartTag): number | undefined {
  const pattern = new RegExp(`</${tag.name}[\\t\\n\\f\\r />]`, 'gi');
  pattern.lastIndex = tag.end;
  return pattern.exec(source)?.index;
}

function refusalFor(source: string, tag: StartTag, content: string): MisuseCode | undefined {
  switch (tag.name) {
    case 'title':
    case 'textarea':
      return undefined;
    case 'script':
      return isData(source, tag) && /^[\t\n\f\r ]*\0[\t\n\f\r ]*$/.test(content)
        ? undefined
        : 'html/hole-in-script';
    case 'style':
      return 'html/hole-in-style';
    default:
      return 'html/hole-in-raw-text';
  }
}

/** True where `type` says JSON. `importmap` and `speculationrules` are JSON that the browser acts on. */
function isData(source: string, tag: StartTag): boolean {
  const type = typeOf(source, tag);
  return /^(?:application|text)\/json$|^application\/[a-z0-9.-]+\+json$/i.test(type);
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
