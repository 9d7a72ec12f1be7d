import type { Language, Text } from '../i18n.ts';

export const roleText: Readonly<Record<string, Text>> = {
  viewer: { fr: 'Lecture', en: 'Viewer' },
  engineer: { fr: 'Ingénierie', en: 'Engineer' },
  manager: { fr: 'Gestion', en: 'Manager' },
  administrator: { fr: 'Administration', en: 'Administrator' },
  integration: { fr: 'Machine', en: 'Machine' },
};

export const permissionText: Readonly<Record<string, Text>> = {
  read: { fr: 'lire', en: 'read' },
  personal: { fr: 'voir les logements un à un', en: 'see single dwellings' },
  ingest: { fr: 'envoyer des relevés', en: 'send readings' },
  work: {
    fr: 'décrire les bâtiments, simuler des travaux, lancer des calculs',
    en: 'describe buildings, simulate works, start computations',
  },
  decide: { fr: 'décider et signer', en: 'decide and sign' },
  administer: { fr: 'administrer', en: 'administer' },
};

export const jobText: Readonly<Record<string, Text>> = {
  programme: { fr: 'Programme de travaux', en: 'Programme of works' },
  front: { fr: 'Plans de chaque prix', en: 'Plans of each price' },
  'metering-plan': { fr: 'Que mesurer d’abord', en: 'What to measure first' },
  'stock-report': { fr: 'Rapport du parc', en: 'Report of the stock' },
  retraining: { fr: 'Réapprentissage', en: 'Retraining' },
  retrain: { fr: 'Veille et réapprentissage de la nuit', en: 'Watch and retraining of the night' },
  housekeeping: { fr: 'Ménage de la base', en: 'Housekeeping of the database' },
  reclaim: { fr: 'Place rendue après un effacement', en: 'Room given back after an erasure' },
  'organisation-export': { fr: 'Export des données', en: 'Export of the data' },
  'organisation-import': { fr: 'Import de données', en: 'Import of data' },
  request: { fr: 'Demande différée', en: 'Call put off' },
  upload: { fr: 'Lecture d’un dépôt', en: 'Reading of an upload' },
};

export const stateText: Readonly<Record<string, Text>> = {
  waiting: { fr: 'en attente', en: 'waiting' },
  running: { fr: 'en cours', en: 'running' },
  done: { fr: 'fini', en: 'done' },
  failed: { fr: 'échoué', en: 'failed' },
  cancelled: { fr: 'annulé', en: 'cancelled' },
  active: { fr: 'actif', en: 'active' },
};

export const orItself = (table: Readonly<Record<string, Text>>, key: string): Text =>
  table[key] ?? { fr: key, en: key };

/** An instant in the clock of the reader. */
export const formatInstant = (iso: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(iso));

export const never: Text = { fr: 'jamais', en: 'never' };
