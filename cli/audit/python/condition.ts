import type { Frame } from './interpreter.ts';
import { truthOf } from './operators.ts';
import { type Possible, type Value, withUnset } from './value.ts';

/**
 * Which branches of a condition production can take: `true`, `false`, or `both` if files do not show it.
 *
 * What rests on the default of a variable is decided only where the variable switches development on and is off by default. A variable
 * that switches production on is surely set in production, so that its default decides nothing.
 */
export function decide(frame: Frame, condition: Value, text: string): boolean | 'both' {
  const answers = new Set(withUnset(condition).map((one) => answerOf(frame, one, text)));
  const [only] = answers;
  return answers.size === 1 && only !== undefined ? only : 'both';
}

function answerOf({ decided }: Frame, { plain, variables }: Possible, text: string): boolean | 'both' {
  const truth = plain === undefined ? undefined : truthOf(plain);
  if (truth === undefined) return 'both';
  if (variables.length === 0) return truth;
  // A function that reads a variable, and returns a default where there is none.
  if (decided) {
    for (const variable of variables) decided.add(variable);
    return truth;
  }
  const words = `${text} ${variables.join(' ')}`;
  if (!development.test(words) || /prod|live|stag|release/i.test(words)) return 'both';
  const isNegated = /^\s*not\b|!=|\bnot in\b|\bis not\b/.test(text);
  const isDevelopment = truth !== isNegated;
  return isDevelopment ? 'both' : truth;
}

const development =
  /(^|[^a-z])(debug|dev|devel|develop|development|local|localhost|test|tests|testing)([^a-z]|$)/i;

/** `production` and the like, which a variable of the environment is compared with. */
export function isProductionWord(text: string): boolean {
  return /^(prod|prd|production|live|release|staging|stage)$/i.test(text);
}
