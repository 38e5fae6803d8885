import { nameStrength } from './secret-name.ts';
import { isSecretValue, looksIssued, looksSecret } from './secret-value.ts';

interface NamedValue {
  /** Tried only on text that has it. */
  readonly hint: string;
  /** The name, and what stands between it and the value. */
  readonly pattern: RegExp;
  /** Where the value ends. */
  readonly end: RegExp;
  readonly isValue?: (value: string, name: string) => boolean;
}

const lineEnd = '(?:\\r?\\n|\\\\{1,3}r\\\\{1,3}n|\\\\{1,3}n)';

/** The second string of a list is a secret only if it looks like one: both may be field names. */
function isListed(value: string, name: string): boolean {
  if (/\s/.test(value)) return /(?:authorization|cookie)$/i.test(name);
  if (!/\d/.test(value) || !looksSecret(value)) return false;
  return (
    nameStrength(value) === undefined &&
    !/^(?:[a-z]+(?:[-_][a-z]+){1,4}[-_]?\d{1,3}|[a-z]{3,9}\d)$/.test(value)
  );
}

/** Names and values without an assignment sign between them. */
const forms: readonly NamedValue[] = [
  {
    // XML: <name attribute="...">value</name>, also as CDATA, and with a prefix.
    hint: '<',
    pattern: /<(?:[\w-]{1,40}:)?([\w.-]{1,64})(?:\s[^<>]{0,300})?>\s{0,40}(?:<!\[CDATA\[)?(?=[^<\s])/g,
    end: /\]\]>|<(?=[/!])/g,
  },
  {
    // Its name as an attribute: <property name="password">value</property>.
    hint: '<',
    pattern:
      /<[\w:-]{1,60}\s(?:[^<>]{0,200}\s)?(?:name|key|id)=["']([\w.-]{1,80})["'][^<>]{0,200}(?<!\/)>(?=[^<\s])/g,
    end: /<(?=[/!])/g,
    isValue: (value) => /\d/.test(value) && looksSecret(value),
  },
  {
    // An Apple property list.
    hint: '<key>',
    pattern: /<key>([\w .-]{1,64})<\/key>\s{0,20}<(?:string|data)>/gi,
    end: /</g,
  },
  {
    // A part of a multipart form, with or without headers of its own; line ends may be escaped.
    hint: 'form-data',
    pattern: new RegExp(
      `\\bname=\\\\{0,3}"?([\\w.[\\]-]{1,64})(?:\\\\{0,3}")?${lineEnd}(?:Content-[^\\r\\n\\\\]{1,100}${lineEnd}){0,3}${lineEnd}`,
      'gi',
    ),
    end: /[\r\n]|\\{1,3}[rn]/g,
  },
  {
    // Two strings in a list: ["X-Api-Key", "..."], ('password', '...').
    hint: ',',
    pattern: /(?<!\\)["'`]([\w.-]{2,64})["'`]\s?,\s?[bu]?["'`](?=[^"'`]{6})/g,
    end: /["'`]/g,
    isValue: isListed,
  },
  {
    // A PHP constant.
    hint: 'define',
    pattern: /\bdefine\(\s{0,4}["']([\w.-]{2,64})["']\s{0,12},\s{0,12}["']/g,
    end: /["']\s{0,4}[,)]/g,
  },
  {
    // Headers in a list without quotes.
    hint: ', ',
    pattern: /(?<![\w-])((?:[a-z]{1,20}-){1,4}[a-z]{3,20}), (?=[\w.+/=~-]{16})/gi,
    end: /[,\]\s]|$/g,
    isValue: looksIssued,
  },
];

/** Redacts values next to a secret's name in an XML element, a part of a form, or a list. */
export function withoutNamedSecrets(text: string): string {
  let clean = text;
  for (const form of forms) if (clean.includes(form.hint)) clean = without(clean, form);
  return clean;
}

function without(text: string, { pattern, end, isValue }: NamedValue): string {
  let clean = '';
  let copied = 0;
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const name = found[1] as string;
    const from = pattern.lastIndex;
    const strength = nameStrength(name);
    if (strength === undefined) {
      // The name of one pair may be the value of the one before.
      if (isValue) pattern.lastIndex = found.index + name.length + 1;
      continue;
    }
    end.lastIndex = from;
    const to = end.exec(text)?.index ?? text.length;
    const value = text.slice(from, to);
    if (
      isValue ? strength === 'maybe' || !isValue(value, name) : !isSecretValue(value, name, strength, 'given')
    ) {
      if (isValue) pattern.lastIndex = found.index + name.length + 1;
      continue;
    }
    clean += `${text.slice(copied, from)}[redacted]`;
    copied = to;
    pattern.lastIndex = to;
  }
  return copied === 0 ? text : clean + text.slice(copied);
}
