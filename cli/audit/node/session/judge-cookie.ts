import type { Evidence } from '../../check/outcome.ts';
import { evidenceAt } from '../app/evidence.ts';
import type { Evaluator } from '../read/evaluate.ts';
import { type Value, whyUnknown } from '../read/value.ts';
import type { FoundCookie } from './found-cookies.ts';

export interface JudgedCookie {
  /** What is wrong, as ends of a sentence that begins with the cookie. */
  readonly wrong: readonly string[];
  /** What is not known, as sentences without their full stop. */
  readonly doubts: readonly string[];
  readonly evidence: readonly Evidence[];
}

export function judgeCookie(cookie: FoundCookie, evaluator: Evaluator): JudgedCookie {
  const { file, node, options, defaults } = cookie;
  const place = evidenceAt(file, node);
  if (cookie.isSafe) return { wrong: [], doubts: [], evidence: [place] };
  const field = (name: string): Value => evaluator.member(options, name);
  const names = ['secure', 'httpOnly', 'sameSite'] as const;
  const flags = names.map((name) => judgeFlag(name, field(name), defaults[name]));
  const spots = names.flatMap((name) => {
    const { spot } = field(name);
    return spot
      ? [evidenceAt(spot.file, spot.node)].map((one) => ({ ...one, text: `${name}: ${one.text}` }))
      : [];
  });
  const wrong = flags.flatMap((one) => one.wrong ?? []);
  const doubts = flags.flatMap((one) => one.doubt ?? []);
  const evidence = [place, ...spots];
  if (cookie.isUnnamed) {
    const doubt = 'what a cookie whose name is computed is for is not known';
    return { wrong: [], doubts: wrong.length + doubts.length > 0 ? [doubt] : [], evidence };
  }
  if (cookie.doubt !== undefined) return { wrong: [], doubts: [cookie.doubt, ...doubts], evidence };
  return { wrong, doubts, evidence };
}

interface Judged {
  readonly wrong?: string;
  readonly doubt?: string;
}

const shown = { secure: 'Secure', httpOnly: 'HttpOnly', sameSite: 'SameSite' } as const;

function judgeFlag(name: keyof typeof shown, value: Value, initial: boolean | 'connection'): Judged {
  const label = shown[name];
  if (value.kind === 'literal') {
    if (value.value === undefined || value.value === null) return ofDefault(label, initial);
    if (value.value === 'auto') return { doubt: `${label} follows the connection of each request` };
    if (name === 'sameSite') {
      if (/^(?:lax|strict)$/i.test(String(value.value)) || value.value === true) return {};
      return {
        wrong:
          value.value === false
            ? `is set without ${label}`
            : `has ${label}=${String(value.value).slice(0, 20)}`,
      };
    }
    return value.value === true ? {} : { wrong: `is set without ${label}` };
  }
  return { doubt: `${label} is not known, because ${whyUnknown(value)}` };
}

function ofDefault(label: string, initial: boolean | 'connection'): Judged {
  if (initial === true) return {};
  if (initial === 'connection') return { doubt: `${label} follows the connection of each request` };
  return { wrong: `is set without ${label}` };
}
