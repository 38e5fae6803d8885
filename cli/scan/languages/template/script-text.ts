import { type ParseResult, parseSync } from 'oxc-parser';
import { isDeeplyNested } from '../javascript/parse/nesting.ts';

/** Characters of an expression. Longer ones are not parsed. */
const maxLength = 20_000;

/** Whether a text is exactly one expression of JavaScript, so that it can be put in brackets. */
export function isExpression(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || text.length > maxLength) return false;
  if (/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(trimmed) && !/^(?:new|import|super)\./.test(trimmed))
    return true;
  // A text with an unmatched bracket would become more than one argument.
  const body = parse(`$$f(${text}\n)`)?.program.body;
  const [statement] = body ?? [];
  if (body?.length !== 1 || statement?.type !== 'ExpressionStatement') return false;
  const { expression } = statement;
  return (
    expression.type === 'CallExpression' &&
    expression.callee.type === 'Identifier' &&
    expression.arguments.length === 1 &&
    expression.arguments[0]?.type !== 'SpreadElement'
  );
}

/** Whether a text is a sequence of statements. */
export function isScript(text: string): boolean {
  return parse(text) !== undefined;
}

/** Rejects most texts without the parser, which is slow. */
function parse(text: string): ParseResult | undefined {
  if (isDeeplyNested(text)) return undefined;
  try {
    const result = parseSync('template.ts', text, {
      lang: 'ts',
      sourceType: 'module',
      preserveParens: false,
    });
    return result.errors.length === 0 ? result : undefined;
  } catch {
    return undefined;
  }
}
