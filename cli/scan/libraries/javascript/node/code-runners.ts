/**
 * Packages that run text as code, and less common template engines: expr-eval 2, gray-matter 4, selenium-webdriver 4,
 * webdriverio 9, jsdom 20 to 27, node:module and node:inspector; edge.js 6, hamljs, template7, es6-template-strings,
 * tempura, consolidate 1, lodash/fp. Not isolated-vm, quickjs-emscripten, mathjs and jsonata, whose code has no access
 * to the host. Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

const engines =
  'ejs,pug,jade,handlebars,nunjucks,mustache,hogan,swig,twig,dot,lodash,underscore,eco,ect,haml,haml-coffee,jazz,jqtpl,just,liquid,ractive,toffee,velocityjs,walrus,whiskers';

export const codeRunners: Models = {
  language: 'javascript',
  types: [
    ['selenium.Driver', 'selenium-webdriver', 'Member[WebDriver,ThenableWebDriver].Instance'],
    ['selenium.Builder', 'selenium-webdriver', 'Member[Builder].Instance'],
    ['selenium.Builder', 'selenium.Builder', 'AnyMember.ReturnValue'],
    ['selenium.Driver', 'selenium.Builder', 'Member[build].ReturnValue'],
    ['webdriverio.Browser', 'webdriverio', 'Member[remote,attach].ReturnValue'],
    ['webdriverio.Browser', 'webdriverio', 'Member[Browser].Instance'],
    [
      'headless.Browser',
      '@playwright/test',
      'Member[chromium,firefox,webkit].Member[launch,connect,launchPersistentContext].ReturnValue',
    ],
    ['headless.Page', '@playwright/test', 'Member[Page].Instance'],
    ['headless.Requests', 'playwright', 'Member[request].Member[newContext].ReturnValue'],
    ['headless.Requests', 'headless.Page', 'Member[request]'],
    ['headless.Requests', 'headless.Browser', 'Member[request]'],
  ],
  sinks: [
    ['selenium.Driver', 'Member[get].Argument[0]', 'ssrf'],
    ['selenium.Driver', 'Member[navigate].ReturnValue.Member[to].Argument[0]', 'ssrf'],
    ['selenium.Driver', 'Member[executeScript,executeAsyncScript].Argument[0]', 'code'],
    ['webdriverio.Browser', 'Member[url,navigateTo].Argument[0]', 'ssrf'],
    ['webdriverio.Browser', 'Member[execute,executeAsync].Argument[0]', 'code'],
    ['headless.Requests', 'Member[get,post,put,patch,delete,head,fetch].Argument[0]', 'ssrf'],
    ['expr-eval', 'Member[Parser].Member[parse].Argument[0]', 'code'],
    ['expr-eval', 'Member[Parser].Instance.Member[parse,evaluate].Argument[0]', 'code'],
    // Text between `---js` and `---` is evaluated, unless that engine is replaced.
    ['gray-matter', 'Argument[0]', 'code', { at: 'Argument[1].Member[engines]', orAbsent: true }],
    [
      'jsdom',
      'Member[JSDOM].Argument[0]',
      'code',
      { at: 'Argument[1].Member[runScripts]', is: ['dangerously'] },
    ],
    ['jsdom', 'Member[JSDOM].Instance.Member[window].Member[eval].Argument[0]', 'code'],
    ['module', 'Instance.Member[_compile].Argument[0]', 'code'],
    ['module', 'Member[Module].Instance.Member[_compile].Argument[0]', 'code'],
    [
      'inspector',
      'Member[Session].Instance.Member[post].Argument[1].Member[expression]',
      'code',
      { at: 'Argument[0]', is: ['Runtime.evaluate', 'Runtime.compileScript'] },
    ],
    [
      'inspector/promises',
      'Member[Session].Instance.Member[post].Argument[1].Member[expression]',
      'code',
      { at: 'Argument[0]', is: ['Runtime.evaluate', 'Runtime.compileScript'] },
    ],
    [
      'edge.js',
      'Member[Edge].Member[create].ReturnValue.Member[renderRaw,renderRawSync].Argument[0]',
      'template',
    ],
    ['edge.js', 'Member[default].Member[renderRaw,renderRawSync].Argument[0]', 'template'],
    ['hamljs', 'Member[render,compile].Argument[0]', 'template'],
    ['template7', 'Member[compile].Argument[0]', 'template'],
    ['template7', 'Argument[0]', 'template'],
    ['es6-template-strings', 'Argument[0]', 'template'],
    ['es6-template-strings/compile', 'Argument[0]', 'template'],
    ['tempura', 'Member[compile].Argument[0]', 'template'],
    ['lodash/fp', 'Member[template].Argument[0]', 'template'],
    ['consolidate', `Member[${engines}].Member[render].Argument[0]`, 'template'],
    ['consolidate', `Member[${engines}].Argument[0]`, 'path'],
    ['@ladjs/consolidate', `Member[${engines}].Member[render].Argument[0]`, 'template'],
    ['vue', 'Member[createSSRApp].Argument[0].Member[template]', 'template'],
    ['vue/dist/vue.esm-bundler.js', 'Member[createApp].Argument[0].Member[template]', 'template'],
  ],
};
