'use server';

import { action, currentSession } from '../../../../../lib/next/index.ts';
import { options, shared } from '../../world.ts';

let defended;

/** Counts how often it ran. */
export async function rename(form) {
  defended ??= action(async (fields) => {
    shared().acted.push(String(fields.get('name')));
    await currentSession().set({ name: 'lamp' });
  }, options());
  return defended(form);
}
