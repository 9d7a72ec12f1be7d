import type { AuditLine } from '../../client/names.ts';
import type { Text } from '../i18n.ts';

/** What was done, by the code that the log keeps: its lines are chained and never rewritten, so that words are put on them here. */
export const actionText: Readonly<Record<string, Text>> = {
  'accept-event': { fr: 'évènement accepté', en: 'event accepted' },
  'accept-programme': { fr: 'programme accepté', en: 'programme accepted' },
  'acknowledge-alarm': { fr: 'alerte prise en compte', en: 'alarm acknowledged' },
  'add-building': { fr: 'bâtiment ajouté', en: 'building added' },
  'add-buildings': { fr: 'bâtiments ajoutés', en: 'buildings added' },
  'add-key': { fr: 'clé créée', en: 'key made' },
  'add-organisation': { fr: 'organisation créée', en: 'organisation made' },
  'add-webhook': { fr: 'webhook ajouté', en: 'webhook added' },
  'add-works': { fr: 'travaux déclarés', en: 'works declared' },
  'answer-building': { fr: 'hypothèse corrigée', en: 'assumption corrected' },
  'apply-retention': { fr: 'durée de conservation appliquée', en: 'retention applied' },
  'change-building': { fr: 'bâtiment modifié', en: 'building changed' },
  'close-alarm': { fr: 'alerte close', en: 'alarm closed' },
  'correct-works': { fr: 'travaux corrigés', en: 'works corrected' },
  'decide-readings': { fr: 'relevés tranchés', en: 'readings decided' },
  'delete-webhook': { fr: 'webhook supprimé', en: 'webhook deleted' },
  'derive-meter': { fr: 'compteur calculé défini', en: 'computed meter defined' },
  'end-access': { fr: 'accès retiré', en: 'access ended' },
  'erase-building': { fr: 'bâtiment supprimé', en: 'building deleted' },
  'erase-meter': { fr: 'compteur effacé', en: 'meter erased' },
  'export-organisation': { fr: 'données exportées', en: 'data exported' },
  'give-up-webhook': { fr: 'webhook abandonné', en: 'webhook given up' },
  'import-organisation': { fr: 'données importées', en: 'data imported' },
  'keep-model': { fr: 'modèle gardé en réserve', en: 'model kept in reserve' },
  'learn-rates': { fr: 'taux de réalisation appris', en: 'realisation rates learnt' },
  'make-link': { fr: 'lien d’accès créé', en: 'link made' },
  'promote-model': { fr: 'modèle mis en service', en: 'model put in force' },
  'refuse-alarm': { fr: 'alerte écartée', en: 'alarm refused' },
  'refuse-event': { fr: 'évènement refusé', en: 'event refused' },
  'reopen-alarm': { fr: 'alerte rouverte', en: 'alarm opened again' },
  'reopen-event': { fr: 'évènement remis à trancher', en: 'event to be decided again' },
  'resume-webhook': { fr: 'webhook repris', en: 'webhook resumed' },
  'reverse-reading-decision': { fr: 'décision sur des relevés annulée', en: 'decision on readings reversed' },
  'revoke-key': { fr: 'clé révoquée', en: 'key revoked' },
  'rollback-model': { fr: 'modèle précédent remis en service', en: 'former model put back in force' },
  'rotate-key': { fr: 'clé renouvelée', en: 'key rotated' },
  'rotate-webhook': { fr: 'secret de webhook renouvelé', en: 'secret of a webhook rotated' },
  'set-closures': { fr: 'fermetures enregistrées', en: 'closures set' },
  'sign-in': { fr: 'connexion', en: 'signed in' },
  'test-webhook': { fr: 'webhook essayé', en: 'webhook tried' },
  'underive-meter': { fr: 'compteur calculé retiré', en: 'computed meter removed' },
};

const subjectText: Readonly<Record<string, Text>> = {
  alarm: { fr: 'alerte', en: 'alarm' },
  building: { fr: 'bâtiment', en: 'building' },
  key: { fr: 'clé', en: 'key' },
  meter: { fr: 'compteur', en: 'meter' },
  model: { fr: 'modèle', en: 'model' },
  organisation: { fr: 'organisation', en: 'organisation' },
  programme: { fr: 'programme', en: 'programme' },
  sheet: { fr: 'tableau', en: 'sheet' },
  stock: { fr: 'parc', en: 'stock' },
  webhook: { fr: 'webhook', en: 'webhook' },
  works: { fr: 'travaux', en: 'works' },
};

/** « bâtiment ecole-1958 » for `building:ecole-1958`; a name of a person or a kind not known stays as it is. */
export const subjectWords = (subject: string): Text => {
  const [kind = '', ...rest] = subject.split(':');
  const known = subjectText[kind];
  if (known === undefined) return { fr: subject, en: subject };
  const which = rest.length === 0 ? '' : ` ${rest.join(':')}`;
  return { fr: `${known.fr}${which}`, en: `${known.en}${which}` };
};

type Said = readonly [RegExp, (found: string) => Text];

/** Reasons that the program writes itself; what a person wrote is left in their words. */
const reasons: readonly Said[] = [
  [
    /^asked through the API$/,
    () => ({ fr: 'demandé par la page ou par l’API', en: 'asked by the page or the API' }),
  ],
  [/^command line$/, () => ({ fr: 'ligne de commande', en: 'command line' })],
  [/^OpenID Connect$/, () => ({ fr: 'par le fournisseur d’identité', en: 'by the provider of identities' })],
  [
    /^the sample stock is loaded anew$/,
    () => ({ fr: 'le parc d’exemple est rechargé', en: 'the sample stock is loaded anew' }),
  ],
  [
    /^readings of dwellings that ended before (\S+)$/,
    (day) => ({
      fr: `relevés de logements finis avant le ${day}`,
      en: `readings of dwellings that ended before ${day}`,
    }),
  ],
  [
    /^(\d+) finished works$/,
    (count) => ({ fr: `${count} opérations de travaux finies`, en: `${count} finished works` }),
  ],
  [
    /^not seen for (\d+) days$/,
    (days) => ({ fr: `plus rien vu depuis ${days} jours`, en: `not seen for ${days} days` }),
  ],
  [
    /^outside the gate: (.+)$/s,
    (why) => ({ fr: `hors du contrôle : ${why}`, en: `outside the gate: ${why}` }),
  ],
  [
    /^reading decision (\d+)$/,
    (id) => ({ fr: `décision n° ${id} sur des relevés`, en: `reading decision ${id}` }),
  ],
  [
    /^rule of a personal meter$/,
    () => ({ fr: 'règle d’un compteur de logement', en: 'rule of a personal meter' }),
  ],
  [
    /^erasure of personal data$/,
    () => ({ fr: 'effacement de données personnelles', en: 'erasure of personal data' }),
  ],
];

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'fr' in value && 'en' in value;

/** Why, in the language of the page where the program wrote it: from its detail where both languages are kept, by its sentence else. */
export const reasonWords = ({ reason, detail }: Pick<AuditLine, 'reason' | 'detail'>): Text => {
  if (isText(detail.reason)) return detail.reason;
  for (const [pattern, say] of reasons) {
    const found = pattern.exec(reason);
    if (found !== null) return say(found[1] ?? '');
  }
  return { fr: reason, en: reason };
};

/** Who: a person by name; a command of the tool as the tool. */
export const whoWords = (by: string): Text =>
  /^stacoptim\b/.test(by) ? { fr: `l’outil (${by})`, en: `the tool (${by})` } : { fr: by, en: by };
