import type { Node } from 'oxc-parser';
import { functionAround, type ModuleFile } from '../read/module-file.ts';

const sessionName = /sess|sid$|^sid|token|jwt|auth|remember|log-?in/i;
const otherName = /csrf|xsrf|push|device|captcha|state$|verifier|nonce|return|redirect/i;

/** Whether a cookie of this name is likely to stand for a user. */
export function isSessionName(name: string): boolean {
  return sessionName.test(name) && !otherName.test(name);
}

const credential = /token|jwt|sess|sid\b|\bsid|sign|seal|encrypt|issue/i;
const aside = /csrf|xsrf|flash|state|nonce|verifier|captcha|theme|lang|locale|cart|basket|consent|survey/i;
const logsIn =
  /(?:start|create|open|begin|set|save|write|issue|new)_?\w{0,20}sess|sess\w{0,20}(?:start|create|cookie)|log_?_?in(?!g)|sign_?_?in(?!g)|(?:set|write|issue)\w{0,10}auth/i;

/**
 * Whether a cookie with a name of the application's own stands for a user: a token, a signed value or the number of a session is put
 * into it by a function that logs a user in or starts a session.
 *
 * @param holding what is put into it
 */
export function isForUser(name: string, file: ModuleFile, holding: Node): boolean {
  const value = file.shown(holding);
  if (!credential.test(value) || aside.test(value) || otherName.test(name) || aside.test(name)) return false;
  return logsIn.test(namesAround(file, holding));
}

const maxAround = 4;

/** The names of the functions around a node: `startSession`, and the variable or the key that a function is given to. */
function namesAround(file: ModuleFile, from: Node): string {
  const names: string[] = [];
  let at = functionAround(file, from);
  for (let level = 0; level < maxAround && at !== file.program; level++) {
    const parent = file.parents.get(at);
    if ('id' in at && at.id?.type === 'Identifier') names.push(at.id.name);
    if (parent?.type === 'VariableDeclarator') names.push(file.shown(parent.id));
    if (parent?.type === 'MethodDefinition' || parent?.type === 'Property')
      names.push(file.shown(parent.key));
    // `app.post('/login', (req, res) => ...)`
    if (parent?.type === 'CallExpression' && parent.arguments[0] && parent.arguments[0] !== at)
      names.push(file.shown(parent.arguments[0]));
    at = functionAround(file, at);
  }
  return names.join(' ');
}
