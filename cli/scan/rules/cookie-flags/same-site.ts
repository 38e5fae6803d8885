import type { Linked } from '../../callgraph/linked.ts';
import { memoized } from '../../ir/memoized.ts';
import type { UseReport } from '../kit/rule.ts';
import type { Use } from '../kit/use.ts';

/** Reports a session cookie that browsers send with requests from other sites. */
export function sentByAll({ frame }: Use, cookie: string): UseReport {
  const { isGuarded, isEmbedded } = programOf(frame.linked);
  return {
    message: `${cookie} has \`SameSite=None\`, so requests from any site carry it.`,
    confidence: isGuarded || isEmbedded ? 'low' : 'medium',
  };
}

interface Program {
  /** The program has a defence against forged requests of other sites. */
  readonly isGuarded: boolean;
  /** Other sites embed its pages. */
  readonly isEmbedded: boolean;
}

const guards = /csrf|xsrf|lusca|sec-fetch-site|^(http_)?origin$|(check|verify|valid\w*|allowed)_?origin/i;
const hosts =
  /shopify|app-?bridge|(^|[^a-z])lti([^a-z]|$)|ltijs|pylti|iframe|frame-?ancestors|microsoft.?teams|msteams|teams-js|embed|xblock|telegram|atlassian|salesforce|hubspot|zendesk|zoom(us|app)|widget|discord/i;
const maxText = 80;

/** What the names and texts of a program show about it. */
const programOf = memoized((linked: Linked): Program => {
  let isGuarded = false;
  let isEmbedded = false;
  const hear = (text: string): void => {
    isGuarded ||= guards.test(text);
    isEmbedded ||= hosts.test(text);
  };
  for (const { func } of linked.program.functions) {
    if (isGuarded && isEmbedded) break;
    hear(func.name);
    for (const inst of func.code) {
      if (inst.op === 'import') hear(inst.specifier);
      if (inst.op === 'member' || inst.op === 'global' || inst.op === 'import') hear(inst.name);
      else if (inst.op === 'const' && typeof inst.value === 'string' && inst.value.length < maxText)
        hear(inst.value);
    }
  }
  return { isGuarded, isEmbedded };
});
