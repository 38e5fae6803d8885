// asteval 1, SymPy 1.13, Js2Py 0.74, py_mini_racer 0.12, dukpy 0.5, quickjs 1.19, PyExecJS 1.5, lupa 2, Selenium 4,
// Playwright 1.4x, bdb and trace of Python 3.13, langchain-experimental 0.3, cffi 1.17; as documented. simpleeval and
// py_expression_eval read expressions alone.
import type { Models } from '../../../models/model.ts';

const modules = 'playwright.sync_api,playwright.async_api'.split(',');

/** Engines that run code of another language, or of Python, and automated browsers. */
export const scriptEngines: Models = {
  language: 'python',
  types: [
    ...modules.flatMap((library) => [
      ['headless.Page', library, 'Member[Page,Frame].Instance'] as const,
      ['headless.Browser', library, 'Member[Browser,BrowserContext].Instance'] as const,
      ['headless.Playwright', library, 'Member[sync_playwright,async_playwright].ReturnValue'] as const,
      ['headless.Playwright', library, 'Member[Playwright].Instance'] as const,
    ]),
    ['headless.Playwright', 'headless.Playwright', 'Member[start].ReturnValue'],
    [
      'headless.Browser',
      'headless.Playwright',
      'Member[chromium,firefox,webkit].Member[launch,connect,connect_over_cdp,launch_persistent_context].ReturnValue',
    ],
    ['headless.Browser', 'headless.Browser', 'Member[new_context].ReturnValue'],
    ['headless.Page', 'headless.Browser', 'Member[new_page].ReturnValue'],
    ['headless.Page', 'pyppeteer', 'Member[launch,connect].ReturnValue.Member[newPage].ReturnValue'],
    [
      'selenium.Driver',
      'selenium.webdriver',
      'Member[Chrome,Firefox,Edge,Safari,Ie,Remote,ChromiumEdge,WebKitGTK].Instance',
    ],
    ['selenium.Driver', 'selenium.webdriver.remote.webdriver', 'Member[WebDriver].Instance'],
    ['selenium.Driver', 'undetected_chromedriver', 'Member[Chrome].Instance'],
    ['selenium.Driver', 'seleniumwire.webdriver', 'Member[Chrome,Firefox,Edge].Instance'],
    ['selenium.xpath', 'selenium.webdriver.common.by', 'Member[By].Member[XPATH]'],
  ],
  sinks: [
    ['headless.Page', 'Member[goto].Argument[0,url:]', 'ssrf'],
    ['selenium.Driver', 'Member[get].Argument[0,url:]', 'ssrf'],
    [
      'headless.Page',
      'Member[evaluate,evaluate_handle,add_init_script,wait_for_function,evaluateOnNewDocument].Argument[0,expression:,script:,pageFunction:]',
      'code',
    ],
    ['selenium.Driver', 'Member[execute_script,execute_async_script].Argument[0,script:]', 'code'],
    [
      'selenium.Driver',
      'Member[find_element,find_elements].Argument[1,value:]',
      'xpath',
      { at: 'Argument[0,by:]', is: ['xpath'], isApi: [['selenium.xpath', '']] },
    ],
    ['asteval', 'Member[Interpreter].Instance.Argument[0]', 'code'],
    ['asteval', 'Member[Interpreter].Instance.Member[eval].Argument[0,expr:]', 'code'],
    ['sympy', 'Member[lambdify].Argument[1,expr:]', 'code'],
    ['sympy', 'Member[S].Argument[0]', 'code'],
    ['js2py', 'Member[EvalJs].Instance.Member[execute,eval].Argument[0]', 'code'],
    ['py_mini_racer', 'Member[MiniRacer].Instance.Member[eval,execute].Argument[0]', 'code'],
    ['py_mini_racer.py_mini_racer', 'Member[MiniRacer].Instance.Member[eval,execute].Argument[0]', 'code'],
    ['dukpy', 'Member[evaljs].Argument[0,code:]', 'code'],
    ['dukpy', 'Member[JSInterpreter].Instance.Member[evaljs].Argument[0,code:]', 'code'],
    ['quickjs', 'Member[Context].Instance.Member[eval,module].Argument[0]', 'code'],
    ['quickjs', 'Member[Function].Argument[1]', 'code'],
    ['execjs', 'Member[eval,exec_,compile].Argument[0,source:]', 'code'],
    ['lupa', 'Member[LuaRuntime].Instance.Member[execute,eval,compile].Argument[0]', 'code'],
    ['bdb', 'Member[Bdb].Instance.Member[run,runeval].Argument[0,cmd:,expr:]', 'code'],
    ['trace', 'Member[Trace].Instance.Member[run,runctx].Argument[0,cmd:]', 'code'],
    ['cProfile', 'Member[runctx].Argument[0,statement:]', 'code'],
    ['cProfile', 'Member[Profile].Instance.Member[run,runctx].Argument[0,cmd:]', 'code'],
    ['profile', 'Member[runctx].Argument[0,statement:]', 'code'],
    [
      'code',
      'Member[InteractiveInterpreter,InteractiveConsole].Instance.Member[interact].Argument[0]',
      'code',
    ],
    ['_xxsubinterpreters', 'Member[run_string].Argument[1]', 'code'],
    ['concurrent.interpreters', 'Member[create].ReturnValue.Member[exec].Argument[0,code:]', 'code'],
    [
      'langchain_experimental.utilities',
      'Member[PythonREPL].Instance.Member[run].Argument[0,command:]',
      'code',
    ],
    [
      'langchain_experimental.tools',
      'Member[PythonREPLTool,PythonAstREPLTool].Instance.Member[run,invoke].Argument[0]',
      'code',
    ],
    ['cffi', 'Member[FFI].Instance.Member[verify].Argument[0,source:]', 'code'],
    ['logging.config', 'Member[dictConfig].Argument[0,config:]', 'code'],
    ['logging.config', 'Member[fileConfig].Argument[0,fname:]', 'path'],
  ],
};
