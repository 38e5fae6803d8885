import type { Evaluator } from '../read/evaluate.ts';
import { type Value, whyUnknown } from '../read/value.ts';
import type { HeaderName, Setting } from './setting.ts';

/** The policy of `bulwark()`, as far as it decides about scripts. */
export const bulwarkPolicy =
  "default-src 'self'; script-src 'nonce-\0' 'strict-dynamic'; object-src 'none'; base-uri 'none'";
const age = 'max-age=31536000; includeSubDomains';

interface Found {
  readonly state: Setting['state'];
  readonly option?: Value;
}

/** What `bulwark(options)` does to a header. */
export function bulwarkState(options: Value, header: HeaderName, evaluator: Evaluator): Found {
  if (header === 'x-powered-by') return { state: { kind: 'off', how: 'is removed' } };
  if (options.kind !== 'object' && options.kind !== 'literal')
    return { state: { kind: 'unknown', why: whyUnknown(options) } };
  return header === 'content-security-policy' ? ofPolicy(options, evaluator) : ofAge(options, evaluator);
}

function ofPolicy(options: Value, evaluator: Evaluator): Found {
  const option = evaluator.member(options, 'csp');
  if (option.kind === 'literal') {
    return {
      state:
        option.value === false
          ? { kind: 'off', how: 'is switched off' }
          : { kind: 'value', text: bulwarkPolicy },
      option,
    };
  }
  if (option.kind !== 'object') return { state: { kind: 'unknown', why: whyUnknown(option) }, option };
  const reports = evaluator.member(option, 'reportOnly');
  if (reports.kind === 'literal' && reports.value === true)
    return { state: { kind: 'off', how: 'only reports' }, option };
  // Without this option Bulwark refuses at the start what would allow injected scripts.
  const unsafe = evaluator.member(option, 'allowUnsafeScripts');
  const isSafe =
    unsafe.kind === 'literal' &&
    unsafe.value !== true &&
    (reports.kind === 'literal' || reports.kind === 'object');
  return {
    state: isSafe
      ? { kind: 'value', text: bulwarkPolicy }
      : { kind: 'unknown', why: 'its options allow scripts that are unsafe' },
    option,
  };
}

function ofAge(options: Value, evaluator: Evaluator): Found {
  const headers = evaluator.member(options, 'headers');
  if (headers.kind === 'literal') {
    return {
      state: headers.value === false ? { kind: 'off', how: 'is switched off' } : { kind: 'value', text: age },
      option: headers,
    };
  }
  if (headers.kind !== 'object')
    return { state: { kind: 'unknown', why: whyUnknown(headers) }, option: headers };
  const [, own] =
    [...headers.fields].find(([name]) => name.toLowerCase() === 'strict-transport-security') ?? [];
  if (own === undefined)
    return {
      state: headers.isOpen
        ? { kind: 'unknown', why: 'its options are computed' }
        : { kind: 'value', text: age },
    };
  if (own.kind !== 'literal') return { state: { kind: 'unknown', why: whyUnknown(own) }, option: own };
  return {
    state:
      own.value === false
        ? { kind: 'off', how: 'is switched off' }
        : { kind: 'value', text: String(own.value) },
    option: own,
  };
}
