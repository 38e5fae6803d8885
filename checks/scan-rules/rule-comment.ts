/** The sections that the comment of each rule has. */
const sections: readonly string[] = ['## Why', '## Bad', '## Good', '## When not to use it'];

/**
 * The comment at the head of a rule's file, without its stars: the rule's page, in Markdown. Empty where the file
 * does not begin with one.
 */
export function ruleComment(text: string): string {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  return spaced(comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd())).trim();
}

/** What is missing in a rule's comment, in words; nothing where all is there. */
export function gapsOf(comment: string): string[] {
  const [intro = ''] = comment.split(/^## /m);
  const gaps = intro.trim() === '' ? ['a paragraph that says what it finds'] : [];
  for (const section of sections) {
    const body = sectionOf(comment, section);
    if (body === '') gaps.push(section);
    const needsCode = section === '## Bad' || section === '## Good';
    if (needsCode && body !== '' && !/^```(?:python|typescript)$/m.test(body))
      gaps.push(`code in ${section}`);
  }
  return gaps;
}

/** Code on a rule's page. */
export interface Snippet {
  readonly language: 'python' | 'typescript';
  readonly code: string;
}

/** The code under a heading of a rule's comment. */
export function snippetsOf(comment: string, heading: string): Snippet[] {
  return [...sectionOf(comment, heading).matchAll(/^```(python|typescript)\n([\s\S]*?)^```$/gm)].map(
    ([, language, code]) => ({ language: language as Snippet['language'], code: code as string }),
  );
}

function sectionOf(comment: string, heading: string): string {
  const start = comment.indexOf(`${heading}\n`);
  if (start < 0) return '';
  const body = comment.slice(start + heading.length + 1);
  const end = body.search(/^## /m);
  return (end < 0 ? body : body.slice(0, end)).trim();
}

/** With an empty line around headings and code, as Markdown wants it and comments need not have it. */
function spaced(lines: readonly string[]): string {
  const out: string[] = [];
  let inCode = false;
  for (const line of lines) {
    const isFence = line.startsWith('```');
    const opens = (isFence && !inCode) || (!inCode && line.startsWith('## '));
    if (opens && out.at(-1) !== '') out.push('');
    const isDoubled = line === '' && out.at(-1) === '' && !inCode;
    if (!isDoubled) out.push(line);
    if (isFence) inCode = !inCode;
    const closes = (isFence && !inCode) || (!inCode && line.startsWith('## '));
    if (closes) out.push('');
  }
  return out.join('\n');
}
