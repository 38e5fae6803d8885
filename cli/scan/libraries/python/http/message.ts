// smtplib, email, csv of Python 3.11, read in the interpreter; openpyxl 3.1, xlsxwriter 3.2 according to their
// documentation.
import type { Condition, Models } from '../../../models/model.ts';

/** xlsxwriter turns such strings into formulas unless an option of the workbook prevents it. */
const withFormulas: Condition = { at: 'Argument[this]', unless: ['strings_to_formulas'] };

/**
 * Mails and spreadsheets. `EmailMessage`, and the messages of Django and Flask-Mail, reject line breaks in headers.
 * `MIMEText` and similar classes write line breaks unchanged, so that an untrusted value can end the headers. `smtplib`
 * rejects line breaks in addresses.
 */
export const message: Models = {
  language: 'python',
  types: [
    ['smtplib.SMTP', 'smtplib', 'Member[SMTP,SMTP_SSL,LMTP].Instance'],
    ['smtplib.SMTP', 'aiosmtplib', 'Member[SMTP].Instance'],
    ['email.LegacyMessage', 'email.mime.text', 'Member[MIMEText].Instance'],
    ['email.LegacyMessage', 'email.mime.multipart', 'Member[MIMEMultipart].Instance'],
    ['email.LegacyMessage', 'email.mime.base', 'Member[MIMEBase].Instance'],
    ['email.LegacyMessage', 'email.MIMEText', 'Member[MIMEText].Instance'],
    ['email.LegacyMessage', 'email.message', 'Member[Message].Instance'],
    ['csv.writer', 'csv', 'Member[writer].ReturnValue'],
    ['csv.writer', 'csv', 'Member[DictWriter].Instance'],
    ['xlsxwriter.Workbook', 'xlsxwriter', 'Member[Workbook].Instance'],
    ['xlsxwriter.Workbook', 'xlsxwriter.workbook', 'Member[Workbook].Instance'],
    [
      'xlsxwriter.Worksheet',
      'xlsxwriter.Workbook',
      'Member[add_worksheet,get_worksheet_by_name].ReturnValue',
    ],
    ['xlsxwriter.Worksheet', 'xlsxwriter.worksheet', 'Member[Worksheet].Instance'],
    ['openpyxl.Worksheet', 'openpyxl.Workbook', 'Member[active]'],
    ['openpyxl.Worksheet', 'openpyxl.Workbook', 'Member[create_sheet,get_sheet_by_name].ReturnValue'],
    ['openpyxl.Worksheet', 'openpyxl.worksheet.worksheet', 'Member[Worksheet].Instance'],
    ['openpyxl.Cell', 'openpyxl.Worksheet', 'Member[cell].ReturnValue'],
  ],
  sinks: [
    ['smtplib.SMTP', 'Member[sendmail].Argument[2,msg:]', 'mail'],
    [
      'email.LegacyMessage',
      'Member[Subject,From,To,Cc,Bcc,subject,from,to,cc,bcc,Sender,Reply-To,Message-ID]',
      'mail',
    ],
    ['email.LegacyMessage', 'Member[add_header].Argument[0,1,_name:,_value:]', 'mail'],
    ['csv.writer', 'Member[writerow].Argument[0,row:,rowdict:]', 'csv'],
    ['csv.writer', 'Member[writerows].Argument[0,rows:,rowdicts:]', 'csv'],
    // A cell, `A1` or its row and column, is first. A string that begins with `=` is a formula, unless the option is off.
    ['xlsxwriter.Worksheet', 'Member[write,write_row,write_column].Argument[1,2]', 'csv', withFormulas],
    ['xlsxwriter.Worksheet', 'Member[write_formula].Argument[1,2]', 'csv'],
    ['openpyxl.Worksheet', 'Member[append].Argument[0,iterable:]', 'csv'],
    ['openpyxl.Worksheet', 'Member[cell].Argument[2,value:]', 'csv'],
    ['openpyxl.Cell', 'Member[value]', 'csv'],
    ['pandas.DataFrame', 'Member[to_csv].Argument[this]', 'csv'],
    ['pandas.Series', 'Member[to_csv].Argument[this]', 'csv'],
    ['polars.Frame', 'Member[write_csv].Argument[this]', 'csv'],
  ],
  sanitizers: [['email.LegacyMessage', 'Member[as_string,as_bytes].ReturnValue', ['mail']]],
  summaries: [
    ['email', 'Member[message_from_string,message_from_bytes]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['csv', 'Member[reader,DictReader]', 'Argument[0]', 'ReturnValue', 'taint'],
    // A column of a data frame is an entry of its rows.
    ['pandas', 'Member[DataFrame,json_normalize]', 'Argument[0,data:].Element', 'ReturnValue', 'value'],
    ['pandas', 'Member[DataFrame].Member[from_records]', 'Argument[0,data:].Element', 'ReturnValue', 'value'],
    ['pandas', 'Member[DataFrame].Member[from_dict]', 'Argument[0,data:]', 'ReturnValue', 'value'],
    [
      'pandas.DataFrame',
      'Member[copy,head,tail,dropna,fillna,reset_index,set_index,sort_values,sort_index,query,rename,drop,drop_duplicates]',
      'Argument[this]',
      'ReturnValue',
      'value',
    ],
    ['pandas', 'Member[Series]', 'Argument[0,data:]', 'ReturnValue', 'taint'],
    ['polars', 'Member[DataFrame,from_dicts,from_dict]', 'Argument[0,data:]', 'ReturnValue', 'taint'],
  ],
};
