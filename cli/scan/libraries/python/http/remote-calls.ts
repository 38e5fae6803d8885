// python-socketio 5, xmlrpc.server and asyncio of Python 3.13, json-rpc 1, Flask-JSONRPC 4, jsonrpcserver 5, Spyne 2.14,
// grpcio 1, MCP 1, FastMCP 2, Ariadne 0.2x, Dash 3, Chainlit 2, Slack Bolt 1, python-telegram-bot 21, pyTelegramBotAPI 4,
// aiogram 3, discord.py 2, aiosmtpd 1, Twisted 24; as documented.
import type { Models } from '../../../models/model.ts';

/**
 * Matches the names of the base classes that gRPC generates for services, such as `GreeterServicer`. A class of the
 * project extends such a base class, and clients call its methods.
 */
export const servicer: RegExp = /.Servicer$/;

/** Functions that clients call by a protocol other than HTTP, or in a chat. */
export const remoteCalls: Models = {
  language: 'python',
  types: [
    ['socketio.Server', 'socketio', 'Member[Server,AsyncServer].Instance'],
    ['socketio.Namespace', 'socketio', 'Member[Namespace,AsyncNamespace].Instance'],
    ['mcp.Server', 'mcp.server.fastmcp', 'Member[FastMCP].Instance'],
    ['mcp.Server', 'fastmcp', 'Member[FastMCP].Instance'],
    ['dash.App', 'dash', 'Member[Dash].Instance'],
    ['slack.App', 'slack_bolt', 'Member[App].Instance'],
    ['slack.App', 'slack_bolt.async_app', 'Member[AsyncApp].Instance'],
    ['telegram.Message', 'telegram', 'Member[Message].Instance'],
    [
      'telegram.Message',
      'telegram',
      'Member[Update].Instance.Member[message,effective_message,edited_message]',
    ],
    ['telegram.Message', 'telebot.types', 'Member[Message].Instance'],
    ['telegram.Message', 'telebot', 'Member[types].Member[Message].Instance'],
    [
      'telegram.Message',
      'telebot',
      'Member[TeleBot].Instance.Member[message_handler].ReturnValue.Argument[0].Parameter[0]',
    ],
    [
      'telegram.Message',
      'telebot.async_telebot',
      'Member[AsyncTeleBot].Instance.Member[message_handler].ReturnValue.Argument[0].Parameter[0]',
    ],
    ['telegram.Message', 'aiogram.types', 'Member[Message].Instance'],
    ['telegram.Message', 'aiogram', 'Member[types].Member[Message].Instance'],
    ['discord.Message', 'discord', 'Member[Message].Instance'],
    ['discord.Message', 'discord', 'Member[Client].Instance.Member[on_message].Parameter[0]'],
    ['discord.Message', 'discord.ext.commands', 'Member[Bot].Instance.Member[on_message].Parameter[0]'],
    ['discord.Bot', 'discord.ext.commands', 'Member[Bot].Instance'],
    ['discord.Bot', 'discord.ext', 'Member[commands].Member[Bot].Instance'],
    ['chainlit.Message', 'chainlit', 'Member[Message].Instance'],
  ],
  sources: [
    ['socketio.Server', 'Member[event].Argument[0].Parameter[1..]', 'remote'],
    ['socketio.Server', 'Member[event].ReturnValue.Argument[0].Parameter[1..]', 'remote'],
    ['socketio.Server', 'Member[on].ReturnValue.Argument[0].Parameter[1..]', 'remote'],
    ['socketio.Server', 'Member[on].Argument[1,handler:].Parameter[1..]', 'remote'],
    ['socketio.Namespace', 'Member[on_*].Parameter[1..]', 'remote'],
    [
      'xmlrpc.server',
      'Member[SimpleXMLRPCServer,DocXMLRPCServer].Instance.Member[register_function].Argument[0,function:].Parameter[0..]',
      'remote',
    ],
    [
      'xmlrpc.server',
      'Member[SimpleXMLRPCServer].Instance.Member[register_function].Argument[0].Parameter[0..]',
      'remote',
    ],
    [
      'xmlrpc.server',
      'Member[SimpleXMLRPCServer,DocXMLRPCServer].Instance.Member[register_instance].Argument[0,instance:].AnyMember.Parameter[0..]',
      'remote',
    ],
    ['jsonrpc', 'Member[dispatcher].Member[add_method].Argument[0].Parameter[0..]', 'remote'],
    ['jsonrpc', 'Member[Dispatcher].Instance.Member[add_method].Argument[0].Parameter[0..]', 'remote'],
    ['jsonrpcserver', 'Member[method].Argument[0].Parameter[0..]', 'remote'],
    [
      'flask_jsonrpc',
      'Member[JSONRPC].Instance.Member[method].ReturnValue.Argument[0].Parameter[0..]',
      'remote',
    ],
    ['spyne', 'Member[rpc,srpc].ReturnValue.Argument[0].Parameter[0..]', 'remote'],
    ['spyne.decorator', 'Member[rpc,srpc].ReturnValue.Argument[0].Parameter[0..]', 'remote'],
    ['mcp.Server', 'Member[tool,resource,prompt].ReturnValue.Argument[0].Parameter[0..]', 'remote'],
    ['mcp.Server', 'Member[tool].Argument[0].Parameter[0..]', 'remote'],
    [
      'ariadne',
      'Member[QueryType,MutationType,ObjectType].Instance.Member[set_field].Argument[1,resolver:].Parameter[2..]',
      'remote',
    ],
    ['dash.App', 'Member[callback].ReturnValue.Argument[0].Parameter[0..]', 'remote'],
    ['dash', 'Member[callback].ReturnValue.Argument[0].Parameter[0..]', 'remote'],
    ['nicegui', 'Member[ui].Member[input,textarea,editor,codemirror].ReturnValue.Member[value]', 'remote'],
    ['shiny', 'Member[App].Argument[1,server:].Parameter[0].AnyMember.ReturnValue', 'remote'],
    ['chainlit.Message', 'Member[content]', 'remote'],
    ['imaplib', 'Member[IMAP4,IMAP4_SSL].Instance.Member[fetch].ReturnValue', 'remote'],
    ['poplib', 'Member[POP3,POP3_SSL].Instance.Member[retr,top].ReturnValue', 'remote'],
    ['guess.Envelope', 'Member[content,original_content,mail_from,rcpt_tos]', 'remote'],
    ['guess.AsgiScope', 'Member[query_string,headers,path,raw_path]', 'remote'],
    [
      'guess.AsgiScope',
      'Member[get].ReturnValue',
      'remote',
      { at: 'Argument[0]', begins: ['query_string', 'headers', 'path', 'raw_path'] },
    ],
    ['chainlit', 'Member[on_message].Argument[0].Parameter[0].Member[content]', 'remote'],
    [
      'slack.App',
      'Member[command,event,message,action,shortcut,view].ReturnValue.Argument[0].Parameter[command:,event:,message:,body:,payload:,action:]',
      'remote',
    ],
    ['telegram.Message', 'Member[text,caption,html_text,text_html]', 'remote'],
    ['discord.Message', 'Member[content,clean_content]', 'remote'],
    ['discord.Bot', 'Member[command].ReturnValue.Argument[0].Parameter[1..]', 'remote'],
    ['discord.ext.commands', 'Member[command].ReturnValue.Argument[0].Parameter[1..]', 'remote'],
    ['asyncio', 'Member[Protocol].Instance.Member[data_received].Parameter[0]', 'remote'],
    ['asyncio', 'Member[DatagramProtocol].Instance.Member[datagram_received].Parameter[0]', 'remote'],
    ['twisted.internet.protocol', 'Member[Protocol].Instance.Member[dataReceived].Parameter[0]', 'remote'],
    [
      'twisted.internet.protocol',
      'Member[DatagramProtocol].Instance.Member[datagramReceived].Parameter[0]',
      'remote',
    ],
    [
      'twisted.protocols.basic',
      'Member[LineReceiver,LineOnlyReceiver,NetstringReceiver].Instance.Member[lineReceived,rawDataReceived,stringReceived].Parameter[0]',
      'remote',
    ],
    [
      'autobahn.twisted.websocket',
      'Member[WebSocketServerProtocol].Instance.Member[onMessage].Parameter[0]',
      'remote',
    ],
    [
      'autobahn.asyncio.websocket',
      'Member[WebSocketServerProtocol].Instance.Member[onMessage].Parameter[0]',
      'remote',
    ],
  ],
  // ASGI and aiosmtpd, whose handlers are plain functions and classes.
  guesses: [
    ['guess.Envelope', ['envelope']],
    ['guess.AsgiScope', ['(scope)']],
  ],
};
