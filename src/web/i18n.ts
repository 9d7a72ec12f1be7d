import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export type Language = 'fr' | 'en';
export type Text = { readonly fr: string; readonly en: string };

export const LanguageContext = createContext<Language>('fr');

/** French sets a space before its high signs; a line may not begin with one. */
export const withoutLooseSigns = (text: string): string =>
  withUnits(text)
    .replaceAll(/ ([:»])/g, '\u00a0$1')
    .replaceAll(/ ([;?!])/g, '\u202f$1')
    .replaceAll('« ', '«\u00a0')
    .replaceAll(/(?<=\d) (?=ans?\b|jours?\b|mois\b|points?\b|pages?\b|lignes?\b)/g, '\u00a0');

/** No figure ends a line that its unit begins, in any language. */
export const withUnits = (text: string): string =>
  text.replaceAll(/(?<=\d) (?=[%°]|[kM]?€|[kMG]?(?:Wh?|J|o|V)\b|m[²³]|k?g\b|t CO)/g, '\u00a0');

/** Picks the sentence of the language in force. */
export const useText = (): ((text: Text) => string) => {
  const language = useContext(LanguageContext);
  return (text) => (language === 'fr' ? withoutLooseSigns(text.fr) : withUnits(text.en));
};

export const useLanguage = (): Language => useContext(LanguageContext);

const stored = 'stacoptim.language';

export const readLanguage = (): Language => (localStorage.getItem(stored) === 'en' ? 'en' : 'fr');

export const keepLanguage = (language: Language): void => {
  localStorage.setItem(stored, language);
  document.documentElement.lang = language;
};

export const words = {
  skip: { fr: 'Aller au contenu', en: 'Skip to content' },
  stock: { fr: 'Le parc', en: 'The stock' },
  programmes: { fr: 'Le programme', en: 'The programme' },
  results: { fr: 'Les résultats', en: 'Results' },
  add: { fr: 'Ajouter un bâtiment', en: 'Add a building' },
  admin: { fr: 'Administration', en: 'Administration' },
  loading: { fr: 'Chargement…', en: 'Loading…' },
  retry: { fr: 'Réessayer', en: 'Try again' },
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  signOut: { fr: 'Se déconnecter', en: 'Sign out' },
  unreachable: {
    fr: 'Le serveur ne répond pas. Vérifiez qu’il tourne, puis réessayez.',
    en: 'The server does not answer. Check that it is running, then try again.',
  },
  colon: { fr: ' : ', en: ': ' },
  notEvaluated: { fr: 'Non évalué', en: 'Not evaluated' },
  simulated: {
    fr: 'Données d’exemple : bâtiments fictifs, relevés simulés.',
    en: 'Sample data: fictional buildings, simulated readings.',
  },
  building: { fr: 'Bâtiment', en: 'Building' },
  use: { fr: 'Usage', en: 'Use' },
  year: { fr: 'Année', en: 'Year' },
  area: { fr: 'Surface', en: 'Floor area' },
  consumption: { fr: 'Consommation', en: 'Consumption' },
  intensity: { fr: 'Par m²', en: 'Per m²' },
  heatLoss: { fr: 'Déperditions', en: 'Heat loss' },
  fit: { fr: 'Modèle', en: 'Model' },
  savings: { fr: 'Économie mesurée', en: 'Measured saving' },
  envelope: { fr: 'L’enveloppe', en: 'The envelope' },
  worthMeasuring: {
    fr: 'À mesurer pour en savoir plus :',
    en: 'Worth measuring to know more:',
  },
  signature: { fr: 'Le compteur et la température', en: 'The meter and the temperature' },
  scenarios: { fr: 'Comparer des travaux', en: 'Compare works' },
  measured: { fr: 'Ce que les travaux ont donné', en: 'What the works delivered' },
  programme: { fr: 'Le programme proposé', en: 'The proposed programme' },
  where: { fr: 'D’où vient ce chiffre', en: 'Where this figure comes from' },
  close: { fr: 'Fermer', en: 'Close' },
  interval: { fr: 'Intervalle', en: 'Interval' },
  provenance: { fr: 'Provenance', en: 'Provenance' },
  basis: { fr: 'Calcul', en: 'Working' },
  table: { fr: 'Lire le tableau des valeurs', en: 'Read the table of values' },
} as const satisfies Record<string, Text>;

export const provenanceText: Readonly<Record<string, Text>> = {
  declared: { fr: 'déclaré dans la maquette', en: 'declared in the model file' },
  typed: { fr: 'saisi par une personne', en: 'typed by a person' },
  computed: { fr: 'calculé', en: 'computed' },
  library: { fr: 'bibliothèque de matériaux', en: 'material library' },
  'period-default': { fr: 'valeur par défaut de la période', en: 'default of the period' },
  learnt: { fr: 'appris des relevés', en: 'learnt from readings' },
};

export const groupText: Readonly<Record<string, Text>> = {
  walls: { fr: 'Murs', en: 'Walls' },
  roof: { fr: 'Toiture', en: 'Roof' },
  floor: { fr: 'Plancher bas', en: 'Lower floor' },
  windows: { fr: 'Fenêtres', en: 'Windows' },
  doors: { fr: 'Portes', en: 'Doors' },
  bridges: { fr: 'Ponts thermiques', en: 'Thermal bridges' },
  air: { fr: 'Renouvellement d’air', en: 'Air change' },
};

export const exposureText: Readonly<Record<string, Text>> = {
  exterior: { fr: 'extérieur', en: 'exterior' },
  ground: { fr: 'sol', en: 'ground' },
  unheated: { fr: 'local non chauffé', en: 'unheated space' },
  adiabatic: { fr: 'mitoyen', en: 'adiabatic' },
};

export const useTextOf: Readonly<Record<string, Text>> = {
  housing: { fr: 'Logements', en: 'Housing' },
  school: { fr: 'École', en: 'School' },
  sports: { fr: 'Sport', en: 'Sports' },
  museum: { fr: 'Musée', en: 'Museum' },
  office: { fr: 'Bureaux', en: 'Offices' },
  community: { fr: 'Maison commune', en: 'Community centre' },
  pool: { fr: 'Piscine', en: 'Swimming pool' },
  other: { fr: 'Autre', en: 'Other' },
};

export const modelText: Readonly<Record<string, Text>> = {
  mean: { fr: 'moyenne', en: 'mean' },
  'degree-day': { fr: 'degrés-jours à base fixe', en: 'degree days on a fixed base' },
  '3p-heating': { fr: 'droite de chauffage à point de bascule', en: 'heating line with a change point' },
  '3p-cooling': {
    fr: 'droite de refroidissement à point de bascule',
    en: 'cooling line with a change point',
  },
  '4p': {
    fr: 'chauffage et refroidissement à la même bascule',
    en: 'heating and cooling from one change point',
  },
  '5p': { fr: 'chauffage et refroidissement', en: 'heating and cooling' },
  '3p-heating-working': {
    fr: 'droites de chauffage, jours ouvrés et autres',
    en: 'heating lines, working and other days',
  },
  '3p-cooling-working': {
    fr: 'droites de refroidissement, jours ouvrés et autres',
    en: 'cooling lines, working and other days',
  },
  '5p-working': {
    fr: 'chauffage et refroidissement, jours ouvrés et autres',
    en: 'heating and cooling, working and other days',
  },
  'two-slope-heating': {
    fr: 'chauffage à deux pentes (pompe à chaleur et appoint)',
    en: 'heating with two slopes (heat pump and back-up)',
  },
  'hourly-mean': { fr: 'moyenne horaire', en: 'hourly mean' },
  'hourly-working-profile': {
    fr: 'profil horaire, jours ouvrés et autres',
    en: 'hourly profile, working and other days',
  },
  'hourly-week-profile': { fr: 'profil horaire de la semaine', en: 'hourly profile of the week' },
  towt: { fr: 'heure de la semaine et température', en: 'time of week and temperature' },
  'towt-inertia': {
    fr: 'heure de la semaine, température et inertie',
    en: 'time of week, temperature and inertia',
  },
  'towt-net': {
    fr: 'heure de la semaine, température et petit réseau',
    en: 'time of week, temperature and a small net',
  },
  ridge: {
    fr: 'régression avec inertie et calendrier',
    en: 'regression with inertia and calendar',
  },
};
