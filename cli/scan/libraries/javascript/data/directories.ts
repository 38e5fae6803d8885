/**
 * More LDAP clients and XPath engines: ldapjs-client 0.1, activedirectory2 2, simple-ldap-search 5, ldap-authentication
 * 3; fontoxpath 3, saxon-js 2, xpath-ts2 1, libxml2-wasm 0.6. And deserialisers of text with functions in it: seroval 1,
 * json-fn 1, serialijse 0.3, js-yaml-js-types 1. Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

const evaluates =
  'evaluateXPath,evaluateXPathToAsyncIterator,evaluateXPathToBoolean,evaluateXPathToFirstNode,evaluateXPathToMap,evaluateXPathToNodes,evaluateXPathToNumber,evaluateXPathToNumbers,evaluateXPathToString,evaluateXPathToStrings,evaluateUpdatingExpression,compileXPathToJavaScript';

export const directories: Models = {
  language: 'javascript',
  types: [
    ['ldap.Client', 'ldapjs-client', 'Instance'],
    ['directory.Active', 'activedirectory', 'Instance'],
    ['directory.Active', 'activedirectory2', 'Instance'],
    ['directory.Active', 'activedirectory2', 'Member[promiseWrapper].Instance'],
    ['wasmxml.Node', 'libxml2-wasm', 'Member[XmlDocument].Member[fromString,fromBuffer].ReturnValue'],
    ['wasmxml.Node', 'wasmxml.Node', 'Member[root]'],
    ['yaml.FullSchema', 'js-yaml-js-types', ''],
    ['yaml.FullSchema', 'js-yaml-js-types', 'Member[all,function]'],
  ],
  sinks: [
    ['directory.Active', 'Member[find,findUsers,findGroups,findDeletedObjects].Argument[0]', 'ldap'],
    [
      'directory.Active',
      'Member[find,findUsers,findGroups,findDeletedObjects].Argument[0].Member[filter,baseDN]',
      'ldap',
    ],
    ['simple-ldap-search', 'Instance.Member[search].Argument[0]', 'ldap'],
    ['ldap-authentication', 'Member[authenticate].Argument[0].Member[userDn,userSearchBase]', 'ldap'],
    ['fontoxpath', `Member[${evaluates}].Argument[0]`, 'xpath'],
    ['saxon-js', 'Member[XPath].Member[evaluate].Argument[0]', 'xpath'],
    ['xpath-ts', 'Member[select,select1,evaluate,parse].Argument[0]', 'xpath'],
    ['xpath-ts2', 'Member[select,select1,evaluate,parse].Argument[0]', 'xpath'],
    ['wasmxml.Node', 'Member[find,get,eval].Argument[0]', 'xpath'],
    ['libxml2-wasm', 'Member[XmlXPath].Member[compile].Argument[0]', 'xpath'],
    ['seroval', 'Member[deserialize].Argument[0]', 'deserialize'],
    ['json-fn', 'Member[parse].Argument[0]', 'deserialize'],
    ['serialijse', 'Member[deserialize,deserializeZ].Argument[0]', 'deserialize'],
  ],
  summaries: [
    // An extended schema has the types of all its parts.
    ['js-yaml', 'AnyMember.Member[extend]', 'Argument[0]', 'ReturnValue', 'value'],
    ['js-yaml', 'AnyMember.Member[extend]', 'Argument[0].Element', 'ReturnValue', 'value'],
  ],
};
