import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { positionAt } from '../position.ts';
import { loadYaml } from './load-yaml.ts';

const format = 'yaml';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it refuses
const control = /\r(?!\n)|[\0-\x08\x0b\x0c\x0e-\x1f]/;
/** NEL, LS and PS end a line in YAML 1.1, and are text in 1.2. */
const oldBreak = /[\u0085\u2028\u2029]/;
/** In quotes, a line break hides nothing: it becomes a space or stays what it is. */
const quoted: ReadonlySet<string | null> = new Set(['single-quoted-scalar', 'double-quoted-scalar']);
/** Markers that the lexer puts between the pieces of the text: a document, an error in a collection, a scalar. */
const marks: ReadonlySet<string> = new Set(['\x02', '\x18', '\x1f']);

/**
 * Refuses control characters, and a lone carriage return: it ends a line, but not for the library, so a comment could hide text that other parsers
 * read (YAML 1.2.2, sections 5.1 and 5.4).
 */
export function refuseControls(text: string): void {
  const index = text.search(control);
  if (index === -1) return;
  const reason = text[index] === '\r' ? 'a carriage return without a line feed' : 'a control character';
  refuse(deny('parse/invalid-syntax', { format, reason, ...positionAt(text, index) }));
}

/** Returns a function that gets the lexemes of the text one by one, and refuses YAML 1.1 line breaks outside quotes. */
export function breakJudge(text: string): (lexeme: string) => void {
  if (!oldBreak.test(text)) return () => undefined;
  let offset = 0;
  return (lexeme) => {
    if (marks.has(lexeme)) return;
    const index = quoted.has(loadYaml().CST.tokenType(lexeme)) ? -1 : lexeme.search(oldBreak);
    if (index !== -1) {
      const what = 'a line break of YAML 1.1 outside of quotes';
      refuse(deny('parse/not-allowed', { format, what, ...positionAt(text, offset + index) }));
    }
    offset += lexeme.length;
  };
}
