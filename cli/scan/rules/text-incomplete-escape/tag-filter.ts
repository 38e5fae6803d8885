import type { Call, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { patternAt } from '../../semantics/pattern/pattern-at.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { lettersOf, type Replacement, type Search } from './replacement.ts';
import { isSanitizing } from './sanitizer.ts';
import { findsWhole, tried } from './tried.ts';
import type { Weakness } from './weakness.ts';

const scripts = ['<script>x</script>', '<script src="x">x</script>', '<script></script>'];
const comments = ['<!-- x -->'];

/** Finds regular expressions that remove markup from a text, but miss forms of it that browsers accept. */
export function badTagFilter(use: Use, one: Replacement): Weakness | undefined {
  if (one.search.kind === 'text' || one.by === undefined || /\$[&\d<]|\\[\dg]/.test(one.by)) return undefined;
  const missed = missedBy(one.search, use);
  if (!missed || isOfAnyText(one.search, use)) return undefined;
  return {
    message: `The expression does not match \`${missed.form}\`.`,
    confidence: missed.isScript || isSanitizing(use) ? 'medium' : 'low',
  };
}

/** Whether an expression isn't made for markup: `/[^\n]+$/` matches any text, and `/[<[].+/` also other brackets. */
function isOfAnyText(search: Search, use: Use): boolean {
  const expression = tried(search, use.language.regexDialect);
  return expression !== undefined && ['x', '[x]', '(x)', '{x}'].some((text) => findsWhole(expression, text));
}

/** Finds regular expressions that test a text for `<script>`, but miss forms of it that browsers accept. */
export function badTagTest(use: Use, call: Call): Weakness | undefined {
  const search = searchedBy(use, call);
  if (!search || !/script/i.test(search.source)) return undefined;
  const missed = missedBy(search, use);
  if (!missed?.isScript) return undefined;
  return {
    message: `The expression does not match \`${missed.form}\`.`,
    confidence: isQuestion(use, call) ? 'medium' : 'low',
  };
}

type Pattern = Search & { readonly kind: 'pattern' };

function searchedBy(use: Use, call: Call): Pattern | undefined {
  const callee = use.frame.inst(call.callee);
  const [first] = call.args;
  if (callee.op !== 'member' || first === undefined) return undefined;
  const { patternsAreTexts } = use.language;
  const of = use.frame.inst(callee.object);
  const isModule = patternsAreTexts && of.op === 'import' && of.specifier === 're';
  const at = isModule || (!patternsAreTexts && /^(match|search)$/.test(callee.name)) ? first : callee.object;
  const pattern = patternAt(use.frame, at);
  if (!pattern) return undefined;
  const flags = isModule ? call.args[2] : undefined;
  const letters = flags === undefined ? '' : lettersOf(use, flags, 0);
  return { kind: 'pattern', source: pattern.source, flags: pattern.flags + letters };
}

/** Whether only the existence of a match counts. */
function isQuestion(use: Use, call: Call): boolean {
  if (calleeName(use, call) === 'test') return true;
  const { func } = use.frame;
  const users = usersOf(func);
  return (users.of[use.value] ?? []).every((user: ValueId) => {
    const inst = func.code[user];
    return (
      inst?.op === 'unary' ||
      inst?.op === 'binary' ||
      (inst?.op === 'call' && calleeName(use, inst) === 'bool')
    );
  });
}

function missedBy(
  search: Search,
  use: Use,
): { readonly form: string; readonly isScript: boolean } | undefined {
  const expression = tried(search, use.language.regexDialect);
  if (!expression) return undefined;
  const script = scripts.find((form) => findsWhole(expression, form));
  if (script !== undefined) {
    const form = [
      script.toUpperCase(),
      script.replace('>x<', '>\nx\n<'),
      script.replace('</script>', '</script >'),
      script.replace('</script>', '</script\n x>'),
    ].find((variant) => !findsWhole(expression, variant));
    return form === undefined ? undefined : { form: JSON.stringify(form).slice(1, -1), isScript: true };
  }
  const comment = comments.find((form) => findsWhole(expression, form));
  if (comment === undefined) return undefined;
  const form = [comment.replace('x', '\nx\n'), comment.replace('-->', '--!>')].find(
    (variant) => !findsWhole(expression, variant),
  );
  return form === undefined ? undefined : { form: JSON.stringify(form).slice(1, -1), isScript: false };
}
