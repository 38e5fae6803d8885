import type { Misuse } from '../../refusal/misuse.ts';
import * as effect from '../values/effect.ts';
import { latePolicy } from './moved.ts';
import { misuseAt, type Spot } from './template-misuse.ts';

/** @param refused the effects that the place refuses and the value has */
export function misplaced(refused: number, spot: Spot): Misuse {
  const hint = hints.find(([bits]) => (refused & bits) !== 0)?.[1];
  return misuseAt('html/misplaced-content', spot, hint);
}

const nothing = `For nothing, give the hole null, false or '': write \${n > 0 && ...}, since \${n && ...} gives 0.`;
const { notTable, notSections, notRows, notCells, notColumns, notHead, headOnly, something } = effect;

const hints: readonly (readonly [bits: number, hint: string])[] = [
  [something, 'Nothing stands in front of a doctype: move the hole behind it.'],
  [
    headOnly,
    'A value in front of this one opened the body, and this one belongs into the head: put the head first.',
  ],
  [
    notTable | notSections | notRows | notCells | notColumns,
    `Build rows and cells with the html tag: \${rows.map((row) => html\`<tr><td>\${row}</td></tr>\`)}, and close each element. ` +
      `Text and sanitised markup go into a <td>. ${nothing}`,
  ],
  [
    notHead | effect.flow,
    `Here stands only metadata that the html tag built: \${html\`<meta name="description" content="\${text}">\`}. ` +
      `Write <body> in front of a hole for the body. ${nothing}`,
  ],
  [effect.policyTag, latePolicy],
  [
    effect.notAfterHead,
    'Behind </head>, a <noscript> opens the body, and what follows belongs in the head: move it into the head.',
  ],
  [effect.closesP, 'A <p> ends where a block starts, such as <div>, <p> or <ul>: write <div> for this <p>.'],
  [effect.closesLink, 'A link ends where another one starts: take the value out of the <a>.'],
  [effect.closesForm, 'A form ends where one within it ends: take the value out of the <form>.'],
  [effect.closesButton, 'A button ends where another one starts: take the value out of the <button>.'],
  [effect.closesHeading, 'A heading ends where another one starts: take the value out of it.'],
  [
    effect.closesItem | effect.closesTerm,
    'An item ends where the next one starts: put <ul>, <ol> or <dl> around the value.',
  ],
  [effect.closesSelect, 'A field, a table or another <select> ends this <select>: it holds options.'],
  [
    effect.notSelect | effect.impliedInSelect,
    'Browsers read other elements in a <select> differently: give it <option>, <optgroup> and <hr>, and put markup into an <option>.',
  ],
  [
    effect.closesOption | effect.closesGroup,
    'In a <select>, an option ends the item, paragraph or option around it: close that first.',
  ],
  [effect.closesCell, 'Parts of a table stand in a <table>: put one around the value.'],
];
