import { classicAttacks } from './attacks/classic.ts';
import { escapeAttacks } from './attacks/escapes.ts';
import { placeAttacks } from './attacks/places.ts';
import { specialAttacks } from './attacks/special.ts';
import { splitAttacks } from './attacks/split.ts';
import { transformedAttacks } from './attacks/transformed.ts';
import type { ProvenCase } from './firewall-case.ts';
import { chosenValues } from './legitimate/chosen.ts';
import { coincidentWords } from './legitimate/coincidence.ts';
import { escapedValues } from './legitimate/escaped.ts';
import { plainValues } from './legitimate/plain-values.ts';

/** Queries that attack, and ordinary ones beside them. `verify.ts` proves their labels; no firewall had a say in them. */
export function firewallCases(): readonly ProvenCase[] {
  return [
    ...classicAttacks(),
    ...placeAttacks(),
    ...escapeAttacks(),
    ...splitAttacks(),
    ...specialAttacks(),
    ...transformedAttacks(),
    ...escapedValues(),
    ...coincidentWords(),
    ...chosenValues(),
    ...plainValues(),
  ];
}
