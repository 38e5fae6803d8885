/**
 * Messages of users to bots, and texts of issues: @slack/bolt 3 and 4, Telegraf 4, grammY 1, node-telegram-bot-api 0.6,
 * discord.js 14, Probot 13, @octokit/webhooks 13, @actions/github 6. Documentation: the site of each.
 */
import type { Models } from '../../../models/model.ts';

const written = 'title,body,message,name';
const subjects = 'issue,pull_request,comment,review,discussion,release,head_commit';

export const chatBots: Models = {
  language: 'javascript',
  types: [
    ['slack.App', '@slack/bolt', 'Member[App].Instance'],
    [
      'slack.Arguments',
      'slack.App',
      'Member[command,message,event,action,shortcut,view,options].Argument[0,1,2].Parameter[0]',
    ],
    ['telegraf.Bot', 'telegraf', 'Member[Telegraf,Composer].Instance'],
    ['telegraf.Bot', 'grammy', 'Member[Bot,Composer].Instance'],
    [
      'telegraf.Context',
      'telegraf.Bot',
      'Member[on,command,hears,action,callbackQuery,inlineQuery,start,help,use,url,email].Argument[0,1,2].Parameter[0]',
    ],
    ['telegraf.Context', 'telegraf', 'Member[Context].Instance'],
    ['telegraf.Context', 'grammy', 'Member[Context].Instance'],
    ['telegram.Api', 'node-telegram-bot-api', 'Instance'],
    ['telegram.Message', 'telegram.Api', 'Member[on,once].Argument[1].Parameter[0]'],
    ['telegram.Message', 'telegram.Api', 'Member[onText].Argument[1].Parameter[0]'],
    ['discord.Client', 'discord.js', 'Member[Client].Instance'],
    ['discord.Message', 'discord.Client', 'Member[on,once].Argument[1].Parameter[0]'],
    ['discord.Message', 'discord.js', 'Member[Message].Instance'],
    ['discord.Interaction', 'discord.Client', 'Member[on,once].Argument[1].Parameter[0]'],
    [
      'discord.Interaction',
      'discord.js',
      'Member[ChatInputCommandInteraction,CommandInteraction,AutocompleteInteraction,ModalSubmitInteraction,Interaction].Instance',
    ],
    [
      'github.Payload',
      'probot',
      'Member[Probot].Instance.Member[on,onAny].Argument[0,1].Parameter[0].Member[payload]',
    ],
    ['github.Payload', 'probot', 'Member[Context].Instance.Member[payload]'],
    [
      'github.Payload',
      '@octokit/webhooks',
      'Member[Webhooks].Instance.Member[on,onAny].Argument[0,1].Parameter[0].Member[payload]',
    ],
    ['github.Payload', '@actions/github', 'Member[context].Member[payload]'],
  ],
  sources: [
    ['slack.Arguments', 'Member[command].Member[text]', 'remote'],
    ['slack.Arguments', 'Member[message,event].Member[text]', 'remote'],
    ['slack.Arguments', 'Member[action].Member[value,selected_option]', 'remote'],
    ['slack.Arguments', 'Member[view].Member[state]', 'remote'],
    ['slack.Arguments', 'Member[context].Member[matches]', 'remote'],
    ['telegraf.Context', 'Member[message,msg,editedMessage,channelPost].Member[text,caption]', 'remote'],
    ['telegraf.Context', 'Member[match,text,payload,args]', 'remote'],
    ['telegraf.Context', 'Member[callbackQuery].Member[data]', 'remote'],
    ['telegraf.Context', 'Member[inlineQuery].Member[query]', 'remote'],
    ['telegram.Message', 'Member[text,caption,data,query]', 'remote'],
    ['telegram.Api', 'Member[onText].Argument[1].Parameter[1]', 'remote'],
    ['discord.Message', 'Member[content,cleanContent]', 'remote'],
    ['discord.Interaction', 'Member[options].Member[getString,getFocused].ReturnValue', 'remote'],
    ['discord.Interaction', 'Member[options].Member[get].ReturnValue.Member[value]', 'remote'],
    ['discord.Interaction', 'Member[options].Member[getAttachment].ReturnValue.Member[url,name]', 'remote'],
    ['discord.Interaction', 'Member[targetMessage].Member[content,cleanContent]', 'remote'],
    ['discord.Interaction', 'Member[fields].Member[getTextInputValue].ReturnValue', 'remote'],
    ['github.Payload', `Member[${subjects}].Member[${written}]`, 'remote'],
    ['github.Payload', 'Member[pull_request].Member[head].Member[ref,label]', 'remote'],
    ['github.Payload', 'Member[ref]', 'remote'],
  ],
  // Commands and listeners are in files of their own, which the bot loads by folder.
  guesses: [
    ['discord.Interaction', ['interaction']],
    ['discord.Message', ['message', 'msg']],
    ['telegraf.Context', ['ctx']],
  ],
  presence: [
    { types: 'discord', packages: ['discord'], isServer: false },
    { types: 'telegraf', packages: ['telegraf', 'grammy'], isServer: false },
  ],
};
