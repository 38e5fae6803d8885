'use server';

import { redirect } from 'next/navigation';
import { action } from '../../../../../lib/next/index.ts';
import { options } from '../../world.ts';

let defended;

/** Redirects to its own page, which Next.js then fetches from itself. */
export async function move(form) {
  defended ??= action(() => redirect('/moved'), options());
  return defended(form);
}
