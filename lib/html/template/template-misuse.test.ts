import { describe, expect, it } from 'vitest';
import { Misuse } from '../../refusal/misuse.ts';
import { compileTemplate } from './compile-template.ts';

/** `#` stands for a hole. */
function misuse(template: string): Misuse {
  try {
    compileTemplate(template.split('#'));
  } catch (error) {
    if (error instanceof Misuse) return error;
  }
  throw new Error(`Not refused: ${template}`);
}

describe('a mistake in a template', () => {
  it('shows where the mistake is', () => {
    const page = '<!doctype html>\n<ul>\n\t<li class="#"><a title="#" href=#>x</a></li>\n</ul>';
    expect(misuse(page).message).toMatchInlineSnapshot(`
      "An attribute value with a hole must be quoted. Line 3, column 44:

         <li class="\${...}"><a title="\${...}" href=\${...}>x</a></li>
                                                   ^"
    `);
    expect(misuse(page).hint).toMatchInlineSnapshot(`"Write href="\${...}"."`);
    expect(
      misuse(`${'<p>x</p>'.repeat(50)}<a href=#>${'<p>y</p>'.repeat(50)}`).message,
    ).toMatchInlineSnapshot(`
      "An attribute value with a hole must be quoted. Line 1, column 409:

        </p><p>x</p><p>x</p><p>x</p><p>x</p><p>x</p><p>x</p><a href=\${...}><p>y</p><p>y</p><p>y</p><p>y</p><
                                                                    ^"
    `);
  });
});
