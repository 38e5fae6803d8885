/**
 * Arguments that strategies of Passport pass to the verify function: passport-local 1, passport-custom 1, passport-http
 * 0.3, passport-http-bearer 1, @nestjs/passport 10 and 11. Documentation: the README of each.
 */
import type { Condition, Models } from '../../../models/model.ts';

const typed = 'username:,user:,login:,email:,name:,userid:,userId:,password:,passwd:,pass:,pwd:';
/** If the request is passed too, it is first: then the names of the other parameters decide. */
const isFirst: Condition = { at: '', unless: ['passReqToCallback'] };

export const passport: Models = {
  language: 'javascript',
  types: [
    ['passport.Typed', 'passport-local', 'Argument[0,1]'],
    ['passport.Typed', 'passport-local', 'Member[Strategy].Argument[0,1]'],
    ['passport.Typed', 'passport-http', 'Member[BasicStrategy].Argument[0,1]'],
    ['passport.Custom', 'passport-custom', 'Argument[0]'],
    ['passport.Custom', 'passport-custom', 'Member[Strategy].Argument[0]'],
    ['passport.Bearer', 'passport-http-bearer', 'Argument[0,1]'],
    ['passport.Bearer', 'passport-http-bearer', 'Member[Strategy].Argument[0,1]'],
    ['express.Request', 'passport.Typed', 'Parameter[req:,request:]'],
    ['express.Request', 'passport.Bearer', 'Parameter[req:,request:]'],
    ['express.Request', 'passport.Custom', 'Parameter[0]'],
  ],
  sources: [
    ['passport.Typed', 'Parameter[0,1]', 'remote', isFirst],
    ['passport.Typed', `Parameter[${typed}]`, 'remote'],
    ['passport.Bearer', 'Parameter[0]', 'remote', isFirst],
    ['passport.Bearer', 'Parameter[token:,accessToken:]', 'remote'],
    [
      '@nestjs/passport',
      `Member[PassportStrategy].ReturnValue.Instance.Member[validate].Parameter[${typed}]`,
      'remote',
    ],
  ],
  sinks: [
    [
      'passport',
      'Member[authenticate].Argument[1].Member[successRedirect,failureRedirect,successReturnToOrRedirect]',
      'redirect',
    ],
  ],
};
