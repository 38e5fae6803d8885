import { allowed, type Decision, deny } from '../refusal/decision.ts';
import type { ValuePosition } from './program/program-rules.ts';

/** MAX_ARG_STRLEN of Linux, without the NUL at the end. */
const mostBytes = 131_071;

const dashHint =
  'If the program has a long form of the option, put the value in the same word, after an equals sign: `--message=...`. There it may begin with a dash.';

/** The checks that apply to a value for every program, whatever its rules say. Pure. */
export function judgeValue(
  program: string,
  value: string,
  position: ValuePosition,
  hasRules: boolean,
): Decision {
  const { prefix, joined, afterEnd, option, index } = position;
  const detail = (reason: string) => ({
    ...{ program, position: option ?? `argument ${index + 1}`, value: value.slice(0, 200), reason },
  });
  const reject = (reason: string): Decision => deny('command/unsafe-value', detail(reason));
  if (value.includes('\0')) return reject('it has a NUL, where the program would stop reading');
  // It has no UTF-8 encoding: another character would arrive.
  if (/\p{Surrogate}/u.test(value)) return reject('it has half a surrogate pair');
  if (
    Buffer.byteLength(value) +
      Buffer.byteLength(prefix) +
      (joined ? Buffer.byteLength(option ?? '') + 1 : 0) >
    mostBytes
  ) {
    return deny('command/too-long', {
      program,
      limit: `${mostBytes.toLocaleString('en')} bytes in one argument`,
    });
  }
  // Rules know the options that take a negative number: `-rotate -90`.
  const isNumber = hasRules && /^-\d{1,15}(?:\.\d{1,15})?$/.test(value);
  if (!joined && !afterEnd && prefix === '' && value.startsWith('-') && !isNumber) {
    return deny('command/unsafe-value', detail('it begins with a dash, as options do'), dashHint);
  }
  return allowed;
}
