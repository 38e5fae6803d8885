import { type ParseResult, parseSync } from 'oxc-parser';
import { isDeeplyNested } from '../javascript/parse/nesting.ts';

/** Expressions that are longer are not looked at. */
const maxLength = 20_000;

/** Whether a text is one expression of JavaScript, so that it can be put between brackets. */
export function isExpression(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || text.length > maxLength) return false;
  if (/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(trimmed) && !/^(?:new|import|super)\./.test(trimmed))
    return true;
  // A bracket that closes ours would make more of it than one argument.
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

/** Without the parser for what is no JavaScript: it is slow, and most of what is asked here is none. */
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
