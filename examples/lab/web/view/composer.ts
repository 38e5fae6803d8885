import { html, type SafeHtml } from 'bulwark/html';
import { allPlaces } from '../../attack/all-attacks.ts';
import type { Duel } from '../controls.ts';
import { corpus } from '../corpus.ts';
import { idOf } from '../place-id.ts';
import { icon } from './icon.ts';
import { linkTo, type View } from './view.ts';

/** Those that take what a visitor writes. */
const places = allPlaces.filter(({ fixed }) => !fixed);
const groups = [...new Set(places.map(({ group }) => group))];

/** Where, what, fire. */
export function composer(view: View, duel: Duel | undefined): SafeHtml {
  const chosen = duel?.place ?? places[0];
  return html`<form class="composer" method="post" action="${linkTo(view, 'duels')}" data-busy="Firing">
<label for="place">Endpoint</label>
<select id="place" name="place">${groups.map(
    (group) =>
      html`<optgroup label="${group}">${places
        .filter((place) => place.group === group)
        .map(
          (place) =>
            html`<option value="${idOf(place)}" selected="${place === chosen}" data-group="${group}">${place.endpoint}</option>`,
        )}</optgroup>`,
  )}</select>
<label for="corpus">Payload from the corpus</label>
<select id="corpus" name="corpus"><option value="">My own text</option>${groups.map(
    (group) =>
      html`<optgroup label="${group}">${corpus.map((one, i) =>
        one.group === group && !one.fixed
          ? html`<option value="${i}" data-payload="${one.payload}">${one.name}</option>`
          : undefined,
      )}</optgroup>`,
  )}</select>
<label for="payload">Payload</label>
<textarea id="payload" name="payload" rows="4" maxlength="4000" spellcheck="false" autocapitalize="off" autocomplete="off">${duel?.payload ?? ''}</textarea>
<button class="fire primary">${icon('bolt')} Fire at both</button>
</form>`;
}
