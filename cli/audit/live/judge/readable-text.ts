/** The text of an answer without tags and scripts, and without the escapes of HTML and JSON. */
export function readableText(body: string): string {
  const isMarkup = /<[a-z!]/i.test(body);
  const text = isMarkup
    ? withoutScripts(body)
        .replaceAll(/<(?:br|li|p|div|tr|h\d)\b[^<>]{0,500}>/gi, '\n')
        .replaceAll(/<\/?[a-z!][^<>]{0,2000}>/gi, '')
    : body;
  return text
    .replaceAll(/&(?:#x?[0-9a-f]{1,6}|[a-z]{2,4});/gi, decodeEntity)
    .replaceAll(jsonEscape, decodeEscape);
}

/** An element that does not end hides the rest, as in browsers. */
function withoutScripts(body: string): string {
  const lower = body.toLowerCase();
  const kept: string[] = [];
  let from = 0;
  for (const { index, 1: tag } of lower.matchAll(/<(script|style)\b/g)) {
    if (index < from) continue;
    kept.push(body.slice(from, index));
    const end = lower.indexOf(`</${tag}`, index);
    if (end < 0) return kept.join('');
    from = end;
  }
  return [...kept, body.slice(from)].join('');
}

const entities: Readonly<Record<string, string>> = {
  ...{ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', nbsp: ' ' },
};

function decodeEntity(entity: string): string {
  const name = entity.slice(1, -1).toLowerCase();
  if (!name.startsWith('#')) return entities[name] ?? entity;
  return letter(name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))) ?? entity;
}

/** A path of Windows has backslashes before letters too: only what is an escape of a line or of a sign is one. */
const jsonEscape = /\\(?:\\|"|\/|[nrt](?=\s|at\b|File\b|#\d|\\)|u00[0-7][0-9a-f])/g;

function decodeEscape(written: string): string {
  if (written[1] === 'u') return letter(Number.parseInt(written.slice(2), 16)) ?? written;
  return /[nrt]/.test(written[1] ?? '') ? '\n' : (written[1] ?? '');
}

function letter(code: number): string | undefined {
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
}
