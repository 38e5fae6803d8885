import { html } from 'bulwark/html';
import { icon } from './icon.ts';
import { layout } from './layout.ts';
import { linkTo, type View } from './view.ts';

/** What a visitor asked for and cannot have. */
export function problemPage(view: View, message: string): string {
  return layout(
    view,
    'Not possible',
    html`<section class="hero small"><p><a class="back" href="${linkTo(view, '')}">${icon('back')} All attacks</a></p>
<h1>That is not possible.</h1><p class="lead">${message}</p></section>`,
  );
}
