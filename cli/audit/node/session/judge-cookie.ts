import type { Evidence } from '../../check/outcome.ts';
import { evidenceAt } from '../app/evidence.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { type Value, whyUnknown } from '../read/value.ts';
import { flagInProduction } from './flag-in-production.ts';
import type { FoundCookie } from './found-cookies.ts';

export interface JudgedCookie {
  /** What is wrong, as ends of a sentence that begins with the cookie. */
  readonly wrong: readonly string[];
  /** What is not known, as sentences without their full stop. */
  readonly doubts: readonly string[];
  readonly evidence: readonly Evidence[];
}

export function judgeCookie(cookie: FoundCookie, application: NodeApplication): JudgedCookie {
  const { evaluator } = application;
  const { file, node, options, defaults } = cookie;
  const place = evidenceAt(file, node);
  if (cookie.isSafe) return { wrong: [], doubts: [], evidence: [place] };
  const field = (name: string): Value => evaluator.member(options, name);
  const names = ['secure', 'httpOnly', 'sameSite'] as const;
  const flags = names.map((name) => judgeDeployed(name, field(name), defaults[name], application));
  const spots = names.flatMap((name) => {
    const { spot } = field(name);
    return spot
      ? [evidenceAt(spot.file, spot.node)].map((one) => ({ ...one, text: `${name}: ${one.text}` }))
      : [];
  });
  const wrong = flags.flatMap((one) => one.wrong ?? []);
  const doubts = flags.flatMap((one) => one.doubt ?? []);
  const evidence = [place, ...spots, ...flags.flatMap((one) => one.evidence ?? [])];
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
  readonly evidence?: readonly Evidence[];
}

/** What the environment decides is judged by what the deployment sets, or by its default if that is safe. */
function judgeDeployed(
  name: keyof typeof shown,
  value: Value,
  initial: boolean | 'connection',
  application: NodeApplication,
): Judged {
  const written = judgeFlag(name, value, initial);
  const deployed = flagInProduction(value, application);
  if (deployed === undefined) return written;
  const { unset, evidence } = deployed;
  // A text that is not empty counts as true for most libraries, `false` too.
  if (deployed.value.kind === 'literal' && typeof deployed.value.value === 'string' && name !== 'sameSite')
    return { doubt: `${shown[name]} is a text that the environment sets`, evidence };
  const judged = judgeFlag(name, deployed.value, initial);
  // Who deploys it may set a variable that makes it safe.
  if (judged.wrong !== undefined && unset.length > 0 && written.wrong === undefined)
    return { doubt: `${shown[name]} is not known, because it is read from ${unset[0]}`, evidence };
  return { ...judged, evidence };
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
