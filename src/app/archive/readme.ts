import { type ArchiveKind, archiveKinds } from '#store/index.ts';
import type { Language, Message } from '../../core/message.ts';
import { message } from '../../core/message.ts';
import { fileName } from './manifest.ts';

const contents: Readonly<Record<ArchiveKind, Message>> = {
  'weather-stations': message('les stations météo', 'weather stations'),
  'weather-days': message(
    'leurs jours : température moyenne (°C), rayonnement global moyen (W/m²)',
    'their days: mean temperature (°C), mean global irradiance (W/m2)',
  ),
  buildings: message('les bâtiments', 'buildings'),
  'building-identifiers': message(
    'leurs identifiants : propriétaire, RNB, BDNB, cadastre',
    'their identifiers: owner, RNB, BDNB, cadastre',
  ),
  twins: message('les jumeaux, toutes versions', 'twins, every version'),
  envelopes: message(
    'ce qui a été lu de chaque enveloppe (stacoptim.envelope/1) et ce que des personnes ont répondu',
    'what was read of each envelope (stacoptim.envelope/1) and what people answered',
  ),
  scenarios: message('les scénarios enregistrés', 'saved scenarios'),
  meters: message('les compteurs ; « personal » : logement seul', 'meters; “personal”: a single dwelling'),
  'meter-derivations': message('les règles des compteurs calculés', 'rules of computed meters'),
  'meter-sources': message('leurs compteurs d’origine', 'the meters they come from'),
  imports: message('les fichiers de relevés reçus', 'files of readings received'),
  readings: message(
    'les relevés : début et fin (UTC), kWh, marque de qualité',
    'readings: start and end (UTC), kWh, quality mark',
  ),
  'replaced-readings': message('les valeurs remplacées depuis', 'values replaced since'),
  registers: message('les index', 'register readings'),
  'reading-decisions': message('les décisions sur les relevés douteux', 'decisions about doubtful readings'),
  works: message('les travaux', 'works'),
  models: message('les modèles ; « frozen » : référence figée', 'models; “frozen”: a frozen baseline'),
  'baseline-evidence': message(
    'les relevés gardés avec chaque référence figée',
    'the readings kept with each frozen baseline',
  ),
  events: message('les évènements non courants et leurs décisions', 'non-routine events and their decisions'),
  savings: message('les économies mesurées', 'measured savings'),
  alarms: message('les alarmes', 'alarms'),
  programmes: message('les programmes de travaux', 'programmes of works'),
  rates: message('les taux de réalisation appris', 'realisation rates learnt'),
  ledger: message('l’énergie que l’outil a prise', 'the energy that the tool has taken'),
  audit: message('le journal d’audit, chaîne de hachages comprise', 'the audit log with its chain of hashes'),
};

const french = (list: string): string => `# Données d’une organisation, exportées de Stacoptim

Tout ce que l’installation tient de l’organisation, dans des formats ouverts : \`.ndjson\` est un document JSON par ligne
(UTF-8), \`.csv\` des lignes séparées par des virgules (RFC 4180), première ligne de titres. Énergies en kWh, surfaces en
m², U en W/(m²·K), instants en UTC, jours locaux. Un gros fichier se poursuit dans \`…-2\`, \`…-3\`.

\`manifest.json\` dit la version, le nombre d’enregistrements, la taille et le SHA-256 de chaque fichier. Les schémas JSON
sont publiés avec le programme : \`docs/schemas/organisation-1.schema.json\` et \`organisation-records-1.schema.json\`.

${list}

« number » est le rang d’un enregistrement dans son genre ; les autres s’y rattachent par lui (« modelNumber »,
« previousNumber », « importNumber », « frozenModel » et « events » des économies, « branchOf » des scénarios).

N’y sont pas : clés, sessions, adresses et secrets des abonnés aux changements, tâches et file des changements.

Ce fichier peut contenir des relevés de logements, qui sont des données personnelles : le garder comme telles.

Pour l’importer ailleurs : \`stacoptim import-organisation FICHIER.zip\`, dans une organisation vide. C’est tout ou rien.
`;

const english = (list: string): string => `# Data of an organisation, exported from Stacoptim

All that the installation holds of the organisation, in open formats: \`.ndjson\` is a JSON document a line (UTF-8),
\`.csv\` lines with commas between (RFC 4180) under a line of headings. Energies in kWh, areas in m2, U in W/(m2 K),
instants in UTC, days local. A large file goes on in \`…-2\`, \`…-3\`.

\`manifest.json\` says the version, and of each file the number of records, the size and the SHA-256. The JSON schemas are
published with the program: \`docs/schemas/organisation-1.schema.json\` and \`organisation-records-1.schema.json\`.

${list}

“number” is the place of a record among its kind; others refer to it by that (“modelNumber”, “previousNumber”,
“importNumber”, “frozenModel” and “events” of savings, “branchOf” of scenarios).

Not in it: keys, sessions, addresses and secrets of the receivers of changes, jobs and the queue of changes.

This file may hold readings of dwellings, which are personal data: keep it as such.

To import it elsewhere: \`stacoptim import-organisation FILE.zip\`, into an empty organisation. It is all or nothing.
`;

/** What the archive says of itself to whoever opens it without the program. */
export const readmeOf = (language: Language): string => {
  const list = archiveKinds
    .map((kind) => `- \`${fileName(kind, 1)}\`: ${contents[kind][language]}`)
    .join('\n');
  return language === 'fr' ? french(list.replaceAll('`: ', '` : ')) : english(list);
};
