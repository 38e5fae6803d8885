import { allPlaces } from '../attack/all-attacks.ts';
import type { Place } from '../attack/attack.ts';
import { LabError } from './lab-error.ts';

/** As it stands in forms, such as `sql-injection-post-login-email`. */
export function idOf({ group, endpoint }: Pick<Place, 'group' | 'endpoint'>): string {
  return `${group} ${endpoint}`
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/-$/, '');
}

const byId: ReadonlyMap<string, Place> = new Map(allPlaces.map((place) => [idOf(place), place]));

export function placeOf(id: string): Place {
  const place = byId.get(id);
  if (place) return place;
  throw new LabError(400, 'There is no such place in the applications. Choose one of the list.');
}
