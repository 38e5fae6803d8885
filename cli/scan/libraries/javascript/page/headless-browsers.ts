/**
 * puppeteer 22 to 24, playwright 1.4x and 1.5x. Documentation: https://pptr.dev/api,
 * https://playwright.dev/docs/api/class-page
 */
import type { Models } from '../../../models/model.ts';

const browsers = 'chromium,firefox,webkit';

export const headlessBrowsers: Models = {
  language: 'javascript',
  types: [
    ['headless.Browser', 'puppeteer', 'Member[launch,connect].ReturnValue'],
    ['headless.Browser', 'puppeteer-core', 'Member[launch,connect].ReturnValue'],
    [
      'headless.Browser',
      'playwright',
      `Member[${browsers}].Member[launch,connect,connectOverCDP].ReturnValue`,
    ],
    [
      'headless.Browser',
      'playwright-core',
      `Member[${browsers}].Member[launch,connect,connectOverCDP].ReturnValue`,
    ],
    ['headless.Browser', 'playwright', `Member[${browsers}].Member[launchPersistentContext].ReturnValue`],
    ['headless.Browser', 'puppeteer', 'Member[Browser,BrowserContext].Instance'],
    ['headless.Browser', 'puppeteer-core', 'Member[Browser,BrowserContext].Instance'],
    ['headless.Browser', 'playwright', 'Member[Browser,BrowserContext].Instance'],
    ['headless.Browser', 'playwright-core', 'Member[Browser,BrowserContext].Instance'],
    [
      'headless.Browser',
      'headless.Browser',
      'Member[newContext,createBrowserContext,createIncognitoBrowserContext,defaultBrowserContext].ReturnValue',
    ],
    ['headless.Page', 'headless.Browser', 'Member[newPage].ReturnValue'],
    ['headless.Page', 'headless.Browser', 'Member[pages].ReturnValue.AnyMember'],
    ['headless.Page', 'puppeteer', 'Member[Page].Instance'],
    ['headless.Page', 'puppeteer-core', 'Member[Page].Instance'],
    ['headless.Page', 'playwright', 'Member[Page].Instance'],
    ['headless.Page', 'playwright-core', 'Member[Page].Instance'],
    ['headless.Page', 'headless.Page', 'Member[mainFrame].ReturnValue'],
  ],
  sinks: [
    ['headless.Page', 'Member[goto].Argument[0]', 'ssrf'],
    // Markup in the server's own browser can read files and internal hosts.
    ['headless.Page', 'Member[setContent].Argument[0]', 'xss'],
    [
      'headless.Page',
      'Member[evaluate,evaluateOnNewDocument,evaluateHandle,$eval,$$eval,addInitScript,waitForFunction].Argument[0]',
      'code',
    ],
    ['headless.Page', 'Member[addScriptTag].Argument[0].Member[content]', 'code'],
    ['headless.Page', 'Member[screenshot,pdf].Argument[0].Member[path]', 'path'],
    ['html-pdf', 'Member[create].Argument[0]', 'xss'],
    ['wkhtmltopdf', 'Argument[0]', 'ssrf'],
  ],
};
