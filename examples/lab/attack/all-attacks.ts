import type { Attack, Place } from './attack.ts';
import { commandAttacks, commandPlaces } from './commands.ts';
import { crossSiteAttacks, crossSitePlaces } from './cross-site.ts';
import { fileAttacks, filePlaces } from './files.ts';
import { importAttacks, importPlaces } from './imports.ts';
import { otherAttacks, otherPlaces } from './other.ts';
import { passwordAttacks, passwordPlaces } from './passwords.ts';
import { redirectAttacks, redirectPlaces } from './redirect.ts';
import { ruleAttacks, rulePlaces } from './rules.ts';
import { sessionAttacks, sessionPlaces } from './sessions.ts';
import { sqlAttacks, sqlPlaces } from './sql.ts';
import { ssrfAttacks, ssrfPlaces } from './ssrf.ts';
import { uploadAttacks, uploadPlaces } from './uploads.ts';
import { xssAttacks, xssPlaces } from './xss.ts';

/** Everything that is fired in a run. */
export function allAttacks(): readonly Attack[] {
  return [
    ...sqlAttacks(),
    ...ssrfAttacks(),
    ...xssAttacks(),
    ...sessionAttacks(),
    ...crossSiteAttacks(),
    ...redirectAttacks(),
    ...passwordAttacks(),
    ...otherAttacks(),
    ...fileAttacks(),
    ...uploadAttacks(),
    ...commandAttacks(),
    ...importAttacks(),
    ...ruleAttacks(),
  ];
}

/** Every place of the applications that an attack, or one's own text, can be sent to. */
export const allPlaces: readonly Place[] = [
  ...sqlPlaces,
  ...xssPlaces,
  ...ssrfPlaces,
  ...sessionPlaces,
  ...crossSitePlaces,
  ...redirectPlaces,
  ...passwordPlaces,
  ...otherPlaces,
  ...filePlaces,
  ...uploadPlaces,
  ...commandPlaces,
  ...importPlaces,
  ...rulePlaces,
];
