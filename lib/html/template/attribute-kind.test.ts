import { describe, expect, it } from 'vitest';
import { Misuse } from '../../refusal/misuse.ts';
import { compileTemplate } from './compile-template.ts';

/** The code that a template is refused with; a hole is written `~`. */
function codeOf(template: string): string | undefined {
  try {
    compileTemplate(template.split('~'));
    return undefined;
  } catch (error) {
    if (error instanceof Misuse) return error.code;
    throw error;
  }
}

describe('an attribute that a framework runs', () => {
  it.each([
    [
      'AngularJS',
      'ng_click ng:click data-ng-click data_ng_click x_ng_click data-ng:click',
      'ngclick data-ngclick',
    ],
    ['hyperscript', '_ script data-script', 'data-_ data-scripts'],
    [
      'Aurelia',
      'click.trigger click.delegate value.bind repeat.for a.two-way view-model.ref',
      'a.x bind trigger',
    ],
    ['Angular', 'bind-innerhtml bindon-x (x) [x] *ngif #x', 'binding'],
    ['Vue', 'v-html :x @x #x slot-scope', 'scope slot'],
    [
      'Datastar',
      'data-on-click data-signals data-signals-x data-computed-x',
      'data-on data-signal data-computed',
    ],
    ['Dojo', 'data-dojo-props data-dojo-config', 'data-dojo'],
    [
      'Unpoly',
      'up-on-loaded up-watch up-content up-fragment up-document',
      'up-target up-watch-delay up-layer',
    ],
    ['Mavo', 'mv-value mv-if', 'mv'],
    ['htmx', 'hx-on hx-vals data-hx-headers', 'hx-target hx-confirm data-hx-get'],
    ['Turbo and rails-ujs', 'data-turbo-submits-with data-disable-with', 'data-turbo-frame data-disable'],
    ['Knockout', 'data-bind', 'data-binding'],
    [
      'plain scripts',
      'onclick',
      'data-action data-controller data-content data-bs-title data-bs-target data-a.b',
    ],
  ])('of %s is refused, and one beside it is not', (_name, refused, accepted) => {
    for (const name of refused.split(' '))
      expect([name, codeOf(`<p ${name}="~">`)]).toEqual([name, expect.any(String)]);
    for (const name of accepted.split(' '))
      expect([name, codeOf(`<p ${name}="~">`)]).toEqual([name, undefined]);
  });
});

describe('an element that loads or runs something', () => {
  it.each([
    [
      '<link rel="stylesheet" href="/a.css" #="~">',
      'hreflang media sizes type crossorigin title',
      'rel as integrity referrerpolicy charset',
    ],
    ['<meta name="theme-color" content="~" #="~">', 'media itemprop property', 'http-equiv charset'],
    ['<meta #="~" content="~">', 'property itemprop', 'name http-equiv media'],
    [
      '<script src="/a.js" #="~"></script>',
      'nomodule crossorigin async data-x',
      'type integrity referrerpolicy charset for event data-main',
    ],
    ['<style #="~"></style>', 'media title', 'type'],
    [
      '<iframe src="/f" #="~"></iframe>',
      'allowfullscreen loading width height title frameborder role',
      'name sandbox allow csp referrerpolicy',
    ],
    ['<svg><use href="#a" #="~"></use></svg>', 'x y width transform', 'xlink:href'],
    ['<object data="/a" #="~"></object>', 'width itemprop', 'type name'],
  ])('%s takes what only describes it', (template, accepted, refused) => {
    for (const name of accepted.split(' ')) {
      expect([name, codeOf(template.replace(/#(?==)/, name))]).toEqual([name, undefined]);
    }
    for (const name of refused.split(' ')) {
      expect([name, codeOf(template.replace(/#(?==)/, name))]).toEqual([name, expect.any(String)]);
    }
  });
});

describe('<noscript>', () => {
  it.each(['<!--', '<p title="', '<p', '<style>', '<textarea>', '<noscript>', '<svg>', '<plaintext>'])(
    'is refused with %s, since without scripting it ends elsewhere',
    (content) => {
      expect(codeOf(`<noscript>${content}</noscript>~`)).toBe('html/malformed-template');
    },
  );

  it.each([
    'Turn scripts on, R&D <3',
    '<style>body{opacity:1}</style>',
    '<link rel="stylesheet" href="/a.css"/>',
    '<iframe src="https://tags.example/ns.html?id=1&b=2" height="0" style="display:none"></iframe>',
    '<img height="1" src="https://t.example/tr?id=1&amp;ev=x"/>',
    '<!-- a --><p title="b">c',
  ])('is accepted with %s', (content) => {
    expect(codeOf(`<noscript>${content}</noscript>~`)).toBeUndefined();
  });
});
