import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../testing/judge.ts';
import { roleOfName } from './role-words.ts';

/** Severities and the names of the checks, by line, of the findings of shell commands. */
async function rated(path: string, text: string): Promise<string[]> {
  const files = [{ path, text }];
  const findings = await findingsOf({ title: '', rule: '', isBad: true, files, expected: [], at: '' });
  return findings
    .filter(({ rule }) => rule === 'command/injection')
    .sort((a, b) => a.place.line - b.place.line)
    .map(({ severity, message }) => `${severity}${/ Only behind `(.*)`\.$/.exec(message)?.[1] ?? ''}`);
}

/** An Express application with one route that runs a command, between `before` and `after`. */
const express = (before: string, route: string, after = ''): string => `import express from 'express';
import { exec } from 'node:child_process';
import { logRequests, requireAdmin, requireAuth } from './auth.js';
const app = express();
const router = express.Router();
${before}
${route}(req, res) => { exec('a ' + req.body.x); });
${after}
`;

const python = (imports: string, view: string): string => `import os
from flask import Flask, request
from fastapi import FastAPI, APIRouter, Depends
${imports}
app = Flask(__name__)
api = FastAPI()
${view}
`;

describe('reachOf', () => {
  it.each([
    ['a route that anybody reaches', express('', "app.post('/a', "), 'critical'],
    ['a path named after administrators', express('', "app.post('/admin', "), 'critical'],
    ['another middleware', express('app.use(logRequests);', "app.post('/a', "), 'critical'],
    ['middleware of the application', express('app.use(requireAuth);', "app.post('/a', "), 'highrequireAuth'],
    ['middleware behind the route', express('', "app.post('/a', ", 'app.use(requireAuth);'), 'critical'],
    ['middleware of another path', express("app.use('/b', requireAuth);", "app.post('/a', "), 'critical'],
    ['middleware of the route', express('', "app.post('/a', requireAdmin, "), 'mediumrequireAdmin'],
    [
      'middleware at the mount',
      express('', "router.post('/a', ", "app.use('/admin', requireAdmin, router);"),
      'mediumrequireAdmin',
    ],
    [
      'middleware at the mount of an outer router',
      express(
        'const outer = express.Router();',
        "router.post('/a', ",
        "outer.use(router);\napp.use('/admin', requireAdmin, outer);",
      ),
      'mediumrequireAdmin',
    ],
    [
      'a router of administrators that is mounted before',
      express('app.use(adminRouter);', "app.post('/a', "),
      'critical',
    ],
    [
      'a function that registers administrators',
      express('app.use(registerAdminRoutes(app));', "app.post('/a', "),
      'critical',
    ],
    [
      'middleware that a function makes',
      express('app.use(createAuthMiddleware());', "app.post('/a', "),
      'highcreateAuthMiddleware',
    ],
    [
      'middleware in a wrapper for errors',
      express('', "app.post('/a', asyncHandler(requireAdmin), "),
      'mediumrequireAdmin',
    ],
    [
      'a router that is also mounted without a check',
      express(
        '',
        "router.post('/a', ",
        "app.use('/admin', requireAdmin, router);\napp.use('/open', router);",
      ),
      'critical',
    ],
  ])('rates %s of Express', async (_, text, expected) => {
    expect(await rated('app.js', text)).toEqual([expected]);
  });

  const run = "os.system(request.args['x'])";
  it.each([
    ['a view', '', `@app.route('/a')\ndef a():\n    ${run}`, 'critical'],
    ['a view below /admin', '', `@app.route('/admin')\ndef a():\n    ${run}`, 'critical'],
    [
      'a decorator',
      'from flask_login import login_required',
      `@app.route('/a')\n@login_required\ndef a():\n    ${run}`,
      'highlogin_required',
    ],
    [
      'a decorator with a role',
      'from lib import roles_required',
      `@app.route('/a')\n@roles_required('admin')\ndef a():\n    ${run}`,
      'mediumadmin',
    ],
    [
      'a decorator with a flag',
      'from lib import auth',
      `@app.route('/a')\n@auth(admin=True)\ndef a():\n    ${run}`,
      'mediumadmin',
    ],
    [
      'a decorator whose flag is off',
      'from lib import auth',
      `@app.route('/a')\n@auth(admin=False)\ndef a():\n    ${run}`,
      'highauth',
    ],
    [
      'a decorator that opens a view',
      'from lib import login_not_required',
      `@app.route('/a')\n@login_not_required\ndef a():\n    ${run}`,
      'critical',
    ],
    [
      'a decorator that checks nothing, and names something of administrators',
      'from lib import schema, AdminSerializer',
      `@app.route('/a')\n@schema(AdminSerializer, request=IsAdmin)\ndef a():\n    ${run}`,
      'critical',
    ],
    [
      'a decorator that receives a check',
      'from django.contrib.auth.decorators import user_passes_test\nfrom lib import is_staff',
      `@app.route('/a')\n@user_passes_test(is_staff)\ndef a():\n    ${run}`,
      'mediumis_staff',
    ],
    [
      'a dependency of a parameter',
      'from lib import check_admin',
      "@api.get('/a')\ndef a(x: str, user=Depends(check_admin)):\n    os.system(x)",
      'mediumcheck_admin',
    ],
    [
      'a dependency that checks nothing',
      'from lib import get_db',
      "@api.get('/a')\ndef a(x: str, db=Depends(get_db)):\n    os.system(x)",
      'critical',
    ],
    [
      'a dependency of the router',
      'from lib import check_admin',
      "router = APIRouter(dependencies=[Depends(check_admin)])\n@router.get('/a')\ndef a(x: str):\n    os.system(x)",
      'mediumcheck_admin',
    ],
    [
      'a mixin',
      'from django.views import View\nfrom django.contrib.auth.mixins import LoginRequiredMixin',
      "class A(LoginRequiredMixin, View):\n    def get(self, request):\n        os.system(request.GET['x'])",
      'highLoginRequiredMixin',
    ],
    [
      'permissions of a class',
      'from rest_framework.views import APIView\nfrom rest_framework.permissions import IsAdminUser',
      "class A(APIView):\n    permission_classes = [IsAdminUser]\n    def get(self, request):\n        os.system(request.GET['x'])",
      'mediumIsAdminUser',
    ],
    [
      'a class that opens what it extends',
      'from rest_framework.views import APIView\nfrom rest_framework.permissions import AllowAny, IsAdminUser',
      "class B(APIView):\n    permission_classes = [IsAdminUser]\nclass A(B):\n    permission_classes = [AllowAny]\n    def get(self, request):\n        os.system(request.GET['x'])",
      'critical',
    ],
  ])('rates %s of Python', async (_, imports, view, expected) => {
    expect(await rated('app.py', python(imports, view))).toEqual([expected]);
  });

  it('leaves the severity of a flow that harms a visitor', async () => {
    const text = express('', "app.post('/a', requireAdmin, ").replace(
      "exec('a ' + req.body.x)",
      'res.redirect(req.query.x)',
    );
    const files = [{ path: 'app.js', text }];
    const findings = await findingsOf({ title: '', rule: '', isBad: true, files, expected: [], at: '' });
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['redirect/open medium']);
  });
});

describe('roleOfName', () => {
  it.each([
    ['requireAdmin', 'administrator'],
    ['is_superuser', 'administrator'],
    ['isAuthenticated', 'user'],
    ['login_required', 'user'],
    ['current_user', 'user'],
    ['UserHaveRole', 'user'],
    ['verifyToken', 'user'],
    ['authOptional', undefined],
    ['unauthedProcedure', undefined],
    ['AllowAny', undefined],
    ['IsAuthenticatedOrReadOnly', undefined],
    ['csrf_protect', undefined],
    ['user', undefined],
    ['session', undefined],
    ['author', undefined],
    ['get_db', undefined],
    ['get_current_user', 'user'],
    ['createSession', undefined],
    ['check_in', undefined],
    ['is_signed_in', 'user'],
    ['AdminSerializer', undefined],
  ])('%s asks for %s', (name, role) => {
    expect(roleOfName(name)).toBe(role);
  });
});
