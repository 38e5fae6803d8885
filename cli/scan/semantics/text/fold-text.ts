import type { Abstract } from '../../dataflow/domain/abstract.ts';
import { list } from '../../dataflow/domain/entries.ts';
import { constants } from '../../dataflow/domain/join.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';
import { constantText } from './text.ts';

/** Folds a method of a constant text: `'A'.lower()` -> `'a'`. Undefined if the result is not constant. */
export function foldText({ args, receiver, name }: BuiltinCall): Abstract | undefined {
  if (
    !receiver.consts ||
    receiver.consts.some((one) => typeof one !== 'string') ||
    receiver.consts.length > 4
  )
    return undefined;
  const texts = receiver.consts as readonly string[];
  const first = args[0] && constantText(args[0]);
  switch (name) {
    case 'lower':
    case 'toLowerCase':
      return constants(texts.map((text) => text.toLowerCase()));
    case 'upper':
    case 'toUpperCase':
      return constants(texts.map((text) => text.toUpperCase()));
    case 'strip':
    case 'trim':
      return args.length === 0 ? constants(texts.map((text) => text.trim())) : undefined;
    case 'startswith':
    case 'startsWith':
      return first === undefined
        ? undefined
        : constants([...new Set(texts.map((text) => text.startsWith(first)))]);
    case 'endswith':
    case 'endsWith':
      return first === undefined
        ? undefined
        : constants([...new Set(texts.map((text) => text.endsWith(first)))]);
    case 'includes':
      return first === undefined
        ? undefined
        : constants([...new Set(texts.map((text) => text.includes(first)))]);
    case 'charAt':
      return first === undefined ? undefined : constants(texts.map((text) => text.charAt(Number(first))));
    case 'split': {
      const [only] = texts;
      return first !== undefined &&
        only !== undefined &&
        texts.length === 1 &&
        args.length === 1 &&
        first !== ''
        ? list(
            only
              .split(first)
              .slice(0, 60)
              .map((part) => constants([part])),
          )
        : undefined;
    }
    default:
      return undefined;
  }
}
