// WTForms 3.2.1, Flask-WTF 1.2.2, marshmallow 3.26.2, pydantic 2.10.6, Graphene 3.4.3; read in Debian 13's packages;
// Strawberry, Gradio and Streamlit as documented.
import type { Models } from '../../../models/model.ts';

/**
 * Untrusted data from forms, schemas, GraphQL, Gradio and Streamlit. Strings stay tainted if only the shape of the data is
 * checked.
 */
export const form: Models = {
  language: 'python',
  types: [
    ['wtforms.Form', 'wtforms', 'Member[Form].Instance'],
    ['wtforms.Form', 'wtforms.form', 'Member[Form].Instance'],
    ['wtforms.Form', 'flask_wtf', 'Member[FlaskForm,Form].Instance'],
    ['wtforms.Form', 'flask_wtf.form', 'Member[FlaskForm].Instance'],
    ['wtforms.Form', 'starlette_wtf', 'Member[StarletteForm].Instance'],
    ['marshmallow.Schema', 'marshmallow', 'Member[Schema].Instance'],
    [
      'marshmallow.Schema',
      'flask_marshmallow',
      'Member[Marshmallow].Instance.Member[Schema,SQLAlchemySchema,SQLAlchemyAutoSchema].Instance',
    ],
    ['pydantic.Class', 'pydantic', 'Member[BaseModel,RootModel]'],
    ['pydantic.Model', 'pydantic', 'Member[BaseModel,RootModel].Instance'],
    ['graphene.ObjectType', 'graphene', 'Member[ObjectType].Instance'],
    ['graphene.Mutation', 'graphene', 'Member[Mutation].Instance'],
    ['graphene.Mutation', 'graphene', 'Member[Mutation]'],
    ['gradio.Blocks', 'gradio', 'Member[Button,Textbox,Chatbot,Dropdown,File,Image,Slider].Instance'],
    ['streamlit', 'streamlit', 'Member[sidebar]'],
  ],
  sources: [
    ['wtforms.Form', 'AnyMember.Member[data,raw_data]', 'remote'],
    ['wtforms.Form', 'Member[data]', 'remote'],
    // The arguments of a field follow `info`.
    ['graphene.ObjectType', 'Member[resolve_*].Parameter[1..]', 'remote'],
    ['graphene.Mutation', 'Member[mutate].Parameter[1..]', 'remote'],
    ['graphene.Mutation', 'Member[mutate_and_get_payload].Parameter[1..]', 'remote'],
    ['gradio', 'Member[Interface].Argument[0,fn:].Parameter[0..]', 'remote'],
    ['gradio', 'Member[ChatInterface].Argument[0,fn:].Parameter[0..]', 'remote'],
    [
      'gradio.Blocks',
      'Member[click,change,submit,upload,input,select].Argument[0,fn:].Parameter[0..]',
      'remote',
    ],
    ['streamlit', 'Member[text_input,text_area,chat_input,file_uploader,camera_input].ReturnValue', 'remote'],
    ['streamlit', 'Member[query_params]', 'remote'],
    ['streamlit', 'Member[experimental_get_query_params].ReturnValue', 'remote'],
    ['strawberry', 'Member[field,mutation].Argument[0].Parameter[0..]', 'remote'],
    ['strawberry', 'Member[field,mutation].ReturnValue.Argument[0].Parameter[0..]', 'remote'],
    [
      'ariadne',
      'Member[QueryType,MutationType,ObjectType].Instance.Member[field].ReturnValue.Argument[0].Parameter[2..]',
      'remote',
    ],
  ],
  sinks: [
    [
      'streamlit',
      'Member[markdown,write].Argument[0,body:]',
      'xss',
      { at: 'Argument[unsafe_allow_html:]', is: [true] },
    ],
    ['streamlit', 'Member[html].Argument[0,body:]', 'xss'],
    ['streamlit.components.v1', 'Member[html].Argument[0,html:]', 'xss'],
  ],
  summaries: [
    [
      'marshmallow.Schema',
      'Member[load,loads,dump,dumps,validate]',
      'Argument[0,data:,json_data:,obj:]',
      'ReturnValue',
      'taint',
    ],
    [
      'pydantic.Class',
      'Member[model_validate,parse_obj,from_orm,model_construct]',
      'Argument[0,obj:]',
      'ReturnValue',
      'taint',
    ],
    [
      'pydantic.Class',
      'Member[model_validate_json,parse_raw]',
      'Argument[0,json_data:]',
      'ReturnValue',
      'taint',
    ],
    [
      'pydantic.Model',
      'Member[model_dump,dict,model_dump_json,json,copy,model_copy]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
  ],
  sanitizers: [
    // A schema declares its fields: its result is no complete body, and no object for a declared string.
    ['marshmallow.Schema', 'Member[load,loads].ReturnValue', ['mass-assignment', 'nosql']],
    ['pydantic.Model', 'Member[model_dump,dict].ReturnValue', ['mass-assignment']],
  ],
  traits: [['wtforms.Form', '', 'validates-fields', 'deep']],
};
