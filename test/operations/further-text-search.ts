import {
  alterTextSearchConfiguration,
  alterTextSearchDictionary,
  dropTextSearchConfiguration,
  dropTextSearchDictionary,
  dropTextSearchParser,
  dropTextSearchTemplate,
} from '../../src/operations/registry.ts'
import { further } from './further.ts'

/** Text search made by hand: what `was` says of it is all that there is to say. */
export const furtherTextSearch = [
  ...further(
    dropTextSearchConfiguration,
    {
      given: `CREATE SCHEMA app; CREATE TEXT SEARCH DICTIONARY app."Words" (TEMPLATE = simple);
        CREATE TEXT SEARCH PARSER app.cutter (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
        CREATE TEXT SEARCH CONFIGURATION app.search (PARSER = app.cutter);
        ALTER TEXT SEARCH CONFIGURATION app.search ADD MAPPING FOR word, asciiword WITH app."Words", english_stem;
        ALTER TEXT SEARCH CONFIGURATION app.search ADD MAPPING FOR email WITH simple`,
      fields: {
        schema: 'app',
        name: 'search',
        was: {
          parser: { schema: 'app', name: 'cutter' },
          mappings: [
            { tokens: ['asciiword'], dictionaries: [{ schema: 'app', name: 'Words' }, 'english_stem'] },
            { tokens: ['word'], dictionaries: [{ schema: 'app', name: 'Words' }, 'english_stem'] },
            { tokens: ['email'], dictionaries: ['simple'] },
          ],
        },
      },
    },
    {
      given: 'CREATE TEXT SEARCH CONFIGURATION ours (COPY = german)',
      fields: { name: 'ours', was: { copy: 'german' } },
    },
    { given: 'CREATE TEXT SEARCH CONFIGURATION ours (COPY = german)', fields: { name: 'ours' } },
  ),
  ...further(
    alterTextSearchConfiguration,
    {
      given: 'CREATE TEXT SEARCH CONFIGURATION ours (PARSER = "default")',
      fields: { name: 'ours', add: [{ tokens: ['word'], dictionaries: ['simple', 'german_stem'] }] },
    },
    {
      given: 'CREATE TEXT SEARCH CONFIGURATION ours (COPY = english)',
      fields: { name: 'ours', drop: ['word'] },
    },
  ),
  ...further(
    dropTextSearchDictionary,
    {
      given: `CREATE SCHEMA app; CREATE TEXT SEARCH DICTIONARY app."Words" (TEMPLATE = snowball, LANGUAGE = 'german', STOPWORDS = 'german')`,
      fields: {
        schema: 'app',
        name: 'Words',
        was: { template: 'snowball', options: { language: 'german', stopwords: 'german' } },
      },
    },
    {
      given: `CREATE TEXT SEARCH DICTIONARY s (TEMPLATE = synonym, SYNONYMS = synonym_sample, CASESENSITIVE = 1)`,
      fields: {
        name: 's',
        was: { template: 'synonym', options: { synonyms: 'synonym_sample', casesensitive: 1 } },
      },
    },
    { given: 'CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)', fields: { name: 'd' } },
  ),
  ...further(alterTextSearchDictionary, {
    given: 'CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)',
    fields: {
      name: 'd',
      options: { accept: false, stopwords: 'english' },
      was: { options: { accept: null } },
    },
  }),
  ...further(
    dropTextSearchParser,
    {
      given: `CREATE SCHEMA app; CREATE TEXT SEARCH PARSER app.cutter (START = prsd_start, GETTOKEN = prsd_nexttoken,
        END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline)`,
      fields: {
        schema: 'app',
        name: 'cutter',
        was: {
          start: 'prsd_start',
          getToken: 'prsd_nexttoken',
          end: 'prsd_end',
          lexTypes: 'prsd_lextype',
          headline: 'prsd_headline',
        },
      },
    },
    {
      given: `CREATE TEXT SEARCH PARSER cutter (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)`,
      fields: { name: 'cutter' },
    },
  ),
  ...further(dropTextSearchTemplate, {
    given: 'CREATE TEXT SEARCH TEMPLATE plain (LEXIZE = dsimple_lexize)',
    fields: { name: 'plain' },
  }),
]
