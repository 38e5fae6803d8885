import type { Check } from '../../check/check.ts';
import { check as fastapiCors } from './fastapi-cors/check.ts';
import { check as fastapiCsp } from './fastapi-csp/check.ts';
import { check as fastapiDebug } from './fastapi-debug/check.ts';
import { check as fastapiDocs } from './fastapi-docs/check.ts';
import { check as fastapiHosts } from './fastapi-hosts/check.ts';
import { check as fastapiHsts } from './fastapi-hsts/check.ts';
import { check as fastapiHttps } from './fastapi-https/check.ts';
import { check as fastapiSessionCookie } from './fastapi-session-cookie/check.ts';
import { check as flaskBodyLimit } from './flask-body-limit/check.ts';
import { check as flaskCors } from './flask-cors/check.ts';
import { check as flaskCsp } from './flask-csp/check.ts';
import { check as flaskDebug } from './flask-debug/check.ts';
import { check as flaskHsts } from './flask-hsts/check.ts';
import { check as flaskHttps } from './flask-https/check.ts';
import { check as flaskSecretKey } from './flask-secret-key/check.ts';
import { check as flaskSessionCookie } from './flask-session-cookie/check.ts';
import { check as serverHeader } from './server-header/check.ts';
import { check as tornadoCookieSecret } from './tornado-cookie-secret/check.ts';
import { check as tornadoCookies } from './tornado-cookies/check.ts';
import { check as tornadoCors } from './tornado-cors/check.ts';
import { check as tornadoCsp } from './tornado-csp/check.ts';
import { check as tornadoDebug } from './tornado-debug/check.ts';
import { check as tornadoHsts } from './tornado-hsts/check.ts';
import { check as tornadoXsrf } from './tornado-xsrf/check.ts';

/** Applications of Flask, FastAPI, Starlette and Tornado. */
export const pythonChecks: readonly Check[] = [
  fastapiCors,
  fastapiCsp,
  fastapiDebug,
  fastapiDocs,
  fastapiHosts,
  fastapiHsts,
  fastapiHttps,
  fastapiSessionCookie,
  flaskBodyLimit,
  flaskCors,
  flaskCsp,
  flaskDebug,
  flaskHsts,
  flaskHttps,
  flaskSecretKey,
  flaskSessionCookie,
  serverHeader,
  tornadoCookieSecret,
  tornadoCookies,
  tornadoCors,
  tornadoCsp,
  tornadoDebug,
  tornadoHsts,
  tornadoXsrf,
];
