/** What a parameter is, in French and, where the schema that checks it does not say so, in English. */
type Words = { readonly fr: string; readonly en?: string };

/**
 * By the name of a parameter; with the method, or the method and the address, before it where the same name means something else there; a part of an
 * address by the segment before it.
 */
const words: Readonly<Record<string, Words>> = {
  'buildings/id': {
    fr: 'L’identifiant du bâtiment dans le parc',
    en: 'The identifier of the building in the stock',
  },
  'meters/id': {
    fr: 'L’identifiant du compteur, choisi à sa déclaration',
    en: 'The identifier of the meter, chosen when it was declared',
  },
  'weather-stations/id': {
    fr: 'L’identifiant de la station météo, choisi à sa déclaration',
    en: 'The identifier of the weather station, chosen when it was declared',
  },
  'programmes/id': { fr: 'Le numéro du programme', en: 'The number of the programme' },
  'onboarding/id': {
    fr: 'L’identifiant du dépôt, donné quand le fichier a été envoyé',
    en: 'The identifier of the upload, given when the file was sent',
  },
  'jobs/id': {
    fr: 'Le numéro de la tâche, à la fin de son adresse (en-tête Location)',
    en: 'The number of the job, at the end of its address (header Location)',
  },
  'exports/id': {
    fr: 'Le numéro de la tâche qui a fait l’export',
    en: 'The number of the job that made the export',
  },
  'webhooks/id': { fr: 'Le numéro du récepteur de changements', en: 'The number of the receiver of changes' },
  'keys/id': {
    fr: 'Le numéro de la clé, qui n’est pas la clé',
    en: 'The number of the key, which is not the key itself',
  },
  'people/id': { fr: 'Le numéro du lien ou de la session', en: 'The number of the link or session' },
  'entities/id': {
    fr: 'L’URN de l’entité : urn:ngsi-ld:Building:… ou urn:ngsi-ld:DeviceMeasurement:…',
    en: 'The URN of the entity: urn:ngsi-ld:Building:… or urn:ngsi-ld:DeviceMeasurement:…',
  },
  'subscriptions/id': { fr: 'L’URN de l’abonnement', en: 'The URN of the subscription' },
  'alarms/alarm': { fr: 'Le numéro de l’alarme', en: 'The number of the alarm' },
  'decisions/decision': { fr: 'Le numéro de la décision', en: 'The number of the decision' },
  'events/event': { fr: 'Le numéro de l’événement', en: 'The number of the event' },
  'models/model': { fr: 'Le numéro du modèle', en: 'The number of the model' },
  'scenarios/scenario': { fr: 'Le numéro du scénario enregistré', en: 'The number of the saved scenario' },
  'works/works': { fr: 'L’identifiant des travaux', en: 'The identifier of the works' },
  'Idempotency-Key': {
    fr: 'Une clé à vous : la même écriture, ou la même tâche, n’est faite qu’une fois sous elle (gardée 24 h)',
  },
  'If-Match': { fr: 'L’ETag que vous avez lu : une autre version est refusée par 412' },
  'If-None-Match': { fr: 'L’ETag que vous avez lu : la même version est répondue par 304' },
  'PUT If-None-Match': { fr: '« * » : seulement si rien n’est encore là, sinon refusé par 412' },
  Prefer: { fr: 'Fait de l’appel une tâche (RFC 7240) : répondu aussitôt par 202 avec son adresse' },
  fields: { fr: 'Noms des champs à répondre, séparés par des virgules ; tous sans lui' },
  limit: { fr: 'Nombre d’éléments d’une page, au plus', en: 'Items of a page, at most' },
  'GET /v1/changes limit': {
    fr: 'Nombre de changements d’une réponse, au plus',
    en: 'Changes of an answer, at most',
  },
  'GET /v1/jobs limit': {
    fr: 'Nombre de tâches répondues, au plus, les plus récentes d’abord',
    en: 'Jobs answered, at most, newest first',
  },
  cursor: {
    fr: 'Où la page commence, comme le dit le lien « next » de la page d’avant',
    en: 'Where the page begins, as the link “next” of the page before says it',
  },
  skip: { fr: 'Éléments à passer depuis le début, sans curseur : un saut dans une longue liste' },
  sort: {
    fr: 'L’ordre, avec « - » pour décroissant ; ce qui n’a pas de valeur vient en dernier dans les deux sens',
    en: 'Order, with “-” downwards; what has no value comes last both ways',
  },
  offset: { fr: 'Entités à passer depuis le début', en: 'Entities to pass over from the beginning' },
  since: { fr: 'Le « next » de la réponse d’avant ; 0 commence au premier changement encore gardé' },
  kinds: { fr: 'Les genres, séparés par des virgules ; tous sans lui' },
  id: { fr: 'Les bâtiments de ces identifiants', en: 'The buildings of these identifiers' },
  'GET /v1/meters id': { fr: 'Les compteurs de ces identifiants', en: 'The meters of these identifiers' },
  'GET /ngsi-ld/v1/entities id': { fr: 'Noms d’entités, séparés par des virgules' },
  use: { fr: 'Les bâtiments de ces usages', en: 'The buildings of these uses' },
  'GET /v1/meters use': {
    fr: 'Les compteurs de ces usages de l’énergie, comme ils ont été déclarés',
    en: 'The meters of these uses of energy, as they were declared',
  },
  commune: {
    fr: 'Les bâtiments de ces communes, écrites en entier',
    en: 'The buildings of these communes, written in full',
  },
  communeSearch: { fr: 'Une partie du nom de la commune' },
  search: { fr: 'Une partie du nom, dans l’une ou l’autre langue' },
  constructionYearFrom: { fr: 'Construit cette année-là ou après', en: 'Built in that year or later' },
  constructionYearTo: { fr: 'Construit cette année-là ou avant', en: 'Built in that year or earlier' },
  floorAreaM2From: { fr: 'Surface de plancher au moins, m²', en: 'Floor area at least, m²' },
  floorAreaM2To: { fr: 'Surface de plancher au plus, m²', en: 'Floor area at most, m²' },
  label: {
    fr: 'Les bâtiments dont l’étiquette estimée la plus probable est l’une de celles-ci',
    en: 'The buildings whose likeliest estimated label is one of these',
  },
  legalBefore: { fr: 'Hors la loi à partir de ce jour-là, ou avant' },
  carrier: {
    fr: 'Les bâtiments qu’un compteur de l’une de ces énergies alimente',
    en: 'The buildings that a meter of one of these energies feeds',
  },
  'GET /v1/meters carrier': { fr: 'Les compteurs de ces énergies', en: 'The meters of these energies' },
  coverageFrom: {
    fr: 'Part des derniers douze mois que les relevés couvrent, au moins, 0 à 1',
    en: 'Share of the last twelve months that readings cover, at least, 0 to 1',
  },
  coverageTo: {
    fr: 'Part des derniers douze mois que les relevés couvrent, au plus, 0 à 1',
    en: 'Share of the last twelve months that readings cover, at most, 0 to 1',
  },
  urgency: { fr: 'Les bâtiments de ces degrés d’urgence', en: 'The buildings of these degrees of urgency' },
  placed: { fr: 'Si l’emplacement du bâtiment est connu' },
  own: {
    fr: 'Les bâtiments que leur propriétaire connaît sous ces identifiants',
    en: 'The buildings that their owner knows by these identifiers',
  },
  rnb: {
    fr: 'Les bâtiments de ces identifiants du Référentiel national des bâtiments',
    en: 'The buildings of these identifiers of the national register of buildings (RNB)',
  },
  bdnb: {
    fr: 'Les bâtiments de ces identifiants de la Base de données nationale des bâtiments',
    en: 'The buildings of these identifiers of the national data base of buildings (BDNB)',
  },
  cadastre: {
    fr: 'Les bâtiments sur ces parcelles cadastrales (14 caractères)',
    en: 'The buildings on these parcels of the land register (14 characters)',
  },
  north: { fr: 'Bord nord de la boîte, degrés WGS84', en: 'Northern edge of the box, degrees WGS84' },
  south: { fr: 'Bord sud de la boîte, degrés WGS84', en: 'Southern edge of the box, degrees WGS84' },
  east: { fr: 'Bord est de la boîte, degrés WGS84', en: 'Eastern edge of the box, degrees WGS84' },
  west: { fr: 'Bord ouest de la boîte, degrés WGS84', en: 'Western edge of the box, degrees WGS84' },
  across: { fr: 'Cellules de la boîte dans chaque sens ; 18 sans lui' },
  building: {
    fr: 'Ce qui appartient à ces bâtiments, par leur identifiant',
    en: 'What belongs to these buildings, by their identifier',
  },
  'GET /v1/savings building': {
    fr: 'Le bâtiment dont les économies sont sommées ; tout le parc sans lui ni programme',
    en: 'The building whose savings are summed; the whole stock without it and without a programme',
  },
  'GET /v1/savings/report building': {
    fr: 'Le bâtiment du rapport ; tout le parc sans lui ni programme',
    en: 'The building of the report; the whole stock without it and without a programme',
  },
  programme: {
    fr: 'Le numéro du programme dont les bâtiments comptent',
    en: 'The number of the programme whose buildings count',
  },
  measure: {
    fr: 'Les travaux qui comprennent l’un de ces gestes',
    en: 'The works that hold one of these measures',
  },
  startFrom: { fr: 'Travaux commencés ce jour-là ou après', en: 'Works begun on that day or later' },
  startTo: { fr: 'Travaux commencés ce jour-là ou avant', en: 'Works begun on that day or earlier' },
  accepted: {
    fr: '« true » pour ce qu’une personne a accepté, « false » pour le reste',
    en: '“true” for what a person has accepted, “false” for the rest',
  },
  works: {
    fr: 'Les événements de ces travaux, par leur identifiant',
    en: 'The events of these works, by their identifier',
  },
  state: { fr: 'Ce qui est dans l’un de ces états', en: 'What is in one of these states' },
  code: { fr: 'Les alarmes de ces genres, par leur code', en: 'The alarms of these kinds, by their code' },
  meter: {
    fr: 'Les alarmes de ces compteurs, par leur identifiant',
    en: 'The alarms of these meters, by their identifier',
  },
  kind: { fr: 'Les tâches de ce genre', en: 'The jobs of this kind' },
  role: {
    fr: 'Les modèles de ce rôle : en service (live) ou référence gelée (baseline)',
    en: 'The models of this role: live, or a frozen baseline',
  },
  status: { fr: 'Les modèles dans l’un de ces états', en: 'The models in one of these states' },
  subject: {
    fr: 'Les lignes sur cet objet, comme le journal le nomme (building:…, meter:…)',
    en: 'The lines about this subject, as the log names it (building:…, meter:…)',
  },
  action: { fr: 'Les lignes de cette action', en: 'The lines of this action' },
  'GET /v1/audit by': { fr: 'Les lignes signées de ce nom', en: 'The lines signed by this name' },
  'GET /v1/ranking by': { fr: 'Ce qui ordonne les bâtiments', en: 'What the buildings are put in order by' },
  top: {
    fr: 'Combien de premiers : la chance de chaque bâtiment d’en être',
    en: 'How many are the first: the chance of each building to be among them',
  },
  chance: {
    fr: 'Compte un bâtiment comme hors la loi à une date quand cette chance est dépassée, 0 à 0,99',
    en: 'Counts a building as outside the law at a date where this chance is passed, 0 to 0.99',
  },
  from: { fr: 'Premier jour (AAAA-MM-JJ)', en: 'First day (YYYY-MM-DD)' },
  to: { fr: 'Dernier jour, compris (AAAA-MM-JJ)', en: 'Last day, included (YYYY-MM-DD)' },
  'GET /v1/programmes/{id}/changes from': {
    fr: 'Le numéro du programme d’où l’on part',
    en: 'The number of the programme to start from',
  },
  points: {
    fr: 'Points de l’image, au plus : les relevés sont mis ensemble pour y tenir',
    en: 'Points of the picture, at most: readings are put together to fit',
  },
  year: {
    fr: 'L’année civile du rapport ; la dernière qui a des relevés après travaux sans lui',
    en: 'The calendar year of the report; the last one with readings after works when left out',
  },
  format: { fr: 'Le format de la réponse', en: 'The format of the answer' },
  lang: { fr: 'La langue du document', en: 'The language of the document' },
  name: {
    fr: 'Le nom du fichier, que les messages citent',
    en: 'The name of the file, which messages quote',
  },
  latitude: {
    fr: 'Latitude du fichier s’il ne la dit pas, degrés ; celle du bâtiment sans elle',
    en: 'Latitude of the file where it does not say it, degrees; that of the building when left out',
  },
  longitude: {
    fr: 'Longitude du fichier s’il ne la dit pas, degrés ; celle du bâtiment sans elle',
    en: 'Longitude of the file where it does not say it, degrees; that of the building when left out',
  },
  kwhPerM3: { fr: 'Ce que contient un mètre cube de gaz, kWh' },
  register: { fr: '« true » où les valeurs sont un index qui monte, « false » où elles ne le sont pas' },
  series: { fr: 'La série d’un fichier qui en a plusieurs : le point de livraison comme le fichier l’écrit' },
  stamps: { fr: 'Quel bout de son intervalle un instant marque' },
  timeColumn: { fr: 'Nom de la colonne des dates ou des instants' },
  valueColumn: { fr: 'Nom de la colonne des valeurs' },
  unit: { fr: 'Unité des valeurs d’un fichier qui ne la dit pas ; celle du compteur sans elle' },
  attrs: { fr: 'Attributs à répondre, séparés par des virgules' },
  count: { fr: '« true » : combien il y en a en tout, dans NGSILD-Results-Count' },
  options: {
    fr: 'keyValues (ou simplified) pour des valeurs au lieu d’attributs ; normalized ; séparés par des virgules',
  },
  q: {
    fr: 'Conditions jointes par « ; » : un attribut, ==, <, <=, > ou >=, et une valeur entre guillemets ou un nombre',
  },
  type: { fr: 'Building, DeviceMeasurement, séparés par des virgules' },
};

type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly schema?: { readonly description?: string };
};
type Described = { readonly parameters?: readonly Parameter[] };
type Paths = Readonly<Record<string, Readonly<Record<string, Described>>>>;

const wordsOf = (method: string, path: string, { name, in: place }: Parameter): Words | undefined => {
  if (place === 'path') {
    const segments = path.split('/');
    return words[`${segments[segments.indexOf(`{${name}}`) - 1]}/${name}`];
  }
  return words[`${method} ${path} ${name}`] ?? words[`${method} ${name}`] ?? words[name];
};

const described = (method: string, path: string, parameter: Parameter): Parameter => {
  const found = wordsOf(method, path, parameter);
  const en = parameter.description ?? parameter.schema?.description ?? found?.en;
  return found === undefined || en === undefined
    ? parameter
    : { ...parameter, description: `${found.fr}.\n\n${en}.` };
};

/** The operations of a document, each parameter told in both languages. */
export const withParameterWords = <P extends Paths>(paths: P): P =>
  Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, one]) => [
          method,
          one.parameters === undefined
            ? one
            : {
                ...one,
                parameters: one.parameters.map((parameter) =>
                  described(method.toUpperCase(), path, parameter),
                ),
              },
        ]),
      ),
    ]),
  ) as P;
