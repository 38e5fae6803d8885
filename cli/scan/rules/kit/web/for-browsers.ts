import type { Func, Module } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { languageOf } from '../../../languages/registry.ts';

/** Whether a module runs in browsers only. False if `module` is undefined. */
export function isForBrowsers(module: Module | undefined): boolean {
  return module !== undefined && runsInBrowserOnly(module);
}

const runsInBrowserOnly = memoized((module: Module): boolean => {
  const { runsInBrowser } = languageOf(module);
  return runsInBrowser === 'always' || (runsInBrowser === 'perhaps' && isOfPage(module));
});

/** Imports of servers, and of tools that run functions in a browser that they drive. */
const servers =
  /^(node:|@?(express|fastify|koa|hono|next|nestjs|hapi|puppeteer|playwright|selenium|jsdom|happy-dom|webdriverio)\b|(fs|path|http|https|net|os|url|crypto|child_process|cluster|stream|util|zlib|tls|dns)(\/|$))/;
const page = /^(window|document|localStorage|sessionStorage)$/;
const pageLibraries = /^(react-dom(\/client)?|jquery|@angular\/(core|common\/http)|vue)$/;

function isOfPage({ path, functions }: Module): boolean {
  // A script in a page or a component has the page's path.
  if (!/\.[cm]?[jt]sx?$/.test(path)) return true;
  let isPage = false;
  for (const func of functions) {
    for (const inst of func.code) {
      if (inst.op === 'import' && servers.test(inst.specifier)) return false;
      if (inst.op === 'import') isPage ||= pageLibraries.test(inst.specifier);
      else if (inst.op === 'global' && page.test(inst.name)) isPage = true;
      else if (inst.op === 'global' && /^(process|__dirname|Buffer)$/.test(inst.name)) return false;
      // `typeof window`: it runs in both.
      else if (inst.op === 'unary' && inst.operator === 'typeof' && isWindow(func, inst.value)) return false;
    }
  }
  return isPage;
}

function isWindow({ code }: Func, value: number): boolean {
  const inst = code[value];
  return inst?.op === 'global' && page.test(inst.name);
}
