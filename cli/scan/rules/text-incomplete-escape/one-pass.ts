import type { Use } from '../kit/use.ts';
import { handles } from './backslash.ts';
import { after, before, isRepeated } from './chain.ts';
import type { Replacement } from './replacement.ts';
import { isSanitizing } from './sanitizer.ts';
import { searched } from './searched.ts';
import { finds, tried, without } from './tried.ts';
import type { Weakness } from './weakness.ts';

/** What must not remain in a text: its forms, and how it is recognised. */
interface Danger {
  readonly name: string;
  readonly forms: readonly string[];
  readonly left: RegExp;
  /** Characters that it needs: if all of these are removed, it is gone. */
  readonly signs: readonly string[];
}

const dangers: readonly Danger[] = [
  {
    name: '../',
    forms: ['../', '..\\', '/../', '/..', '\\..\\'],
    left: /\.\.[/\\]|[/\\]\.\./,
    signs: ['.', '/', '\\'],
  },
  {
    name: '<script',
    forms: ['<script', '<script>', '<script>x</script>', '<script></script>', '</script>'],
    left: /<\/?script/i,
    signs: ['<'],
  },
  { name: '<!--', forms: ['<!--', '<!-- x -->'], left: /<!--/, signs: ['<', '-'] },
  { name: 'javascript:', forms: ['javascript:'], left: /javascript:/i, signs: [':'] },
  {
    name: 'onclick=',
    forms: ['onclick=', ' onclick=', ' onclick="x"', " onclick='x'", ' onclick=x'],
    left: /\bonclick\s*=/i,
    signs: ['=', '<'],
  },
];

/**
 * Finds a replacement that removes a dangerous text in one pass, so that the rest can form that text again: if `../` is
 * removed from `....//`, `../` is left. Also finds expressions that remove tags but leave unclosed ones.
 */
export function onePass(use: Use, one: Replacement): Weakness | undefined {
  if (!one.all || one.by !== '') return undefined;
  const language = use.language.regexDialect;
  if (one.search.kind === 'text' ? one.search.text.length < 3 : one.search.source.length < 3)
    return undefined;
  if (one.search.kind === 'pattern' && searched(one.search, language).isAnchored) return undefined;
  const expression = tried(one.search, language);
  if (!expression) return undefined;
  const danger = dangers.find((it) => comesBack(expression, it));
  const tags = danger ? undefined : openTags(use, one);
  if (!danger && !tags) return undefined;
  if (isHandledElse(use, one, danger?.signs ?? ['<']) || isRepeated(use, one)) return undefined;
  return danger
    ? {
        message: `After one pass, the text can contain \`${danger.name}\` again.`,
        confidence: danger.name === '<!--' && !isOpening(expression) && !isSanitizing(use) ? 'low' : 'medium',
      }
    : tags;
}

/** Whether the expression removes `<!--` alone. Otherwise it removes comments as a whole. */
function isOpening(expression: RegExp): boolean {
  return without(expression, '<!--') === '';
}

function comesBack(expression: RegExp, { forms, left }: Danger): boolean {
  return forms.some((form) => {
    const rest = without(expression, form);
    // The form isn't removed as a whole. If only single characters are, such as the slash, the dots remain.
    if (rest === form || left.test(rest) || (form.includes('..') && rest.includes('..'))) return false;
    for (let i = 1; i < form.length; i++) {
      if (left.test(without(expression, form.slice(0, i) + form + form.slice(i)))) return true;
    }
    return false;
  });
}

/** `/<[^>]*>/g` leaves an unclosed tag, which the browser closes with the text after it. */
function openTags(use: Use, one: Replacement): Weakness | undefined {
  const language = use.language.regexDialect;
  const isStripping =
    one.search.kind === 'pattern' &&
    finds(one.search, language, '<b>') &&
    finds(one.search, language, '<img src="x">') &&
    finds(one.search, language, '<img src=x ') === false;
  if (!isStripping) return undefined;
  return {
    message: 'An unclosed tag stays in the text.',
    confidence: isSanitizing(use) ? 'medium' : 'low',
  };
}

/** Whether the characters of the sequence are removed or escaped one by one, before or after. */
function isHandledElse(use: Use, one: Replacement, signs: readonly string[]): boolean {
  const language = use.language.regexDialect;
  const earlier = before(use, one.subject);
  if (
    [...earlier.callees].some((name) =>
      /^(escape|escapeHtml|escape_html|encode|sanitize|clean|encodeURIComponent|quote|normpath|realpath|resolve|basename)$/.test(
        name,
      ),
    )
  )
    return true;
  const others = [...earlier.replacements, ...after(use, one.value)].filter(
    (other) => other.value !== one.value && other.all,
  );
  return others.some(({ search }) => {
    if (search.kind === 'pattern' && searched(search, language).isAnchored) return false;
    return signs.some((sign) => handles(use, search, sign));
  });
}
