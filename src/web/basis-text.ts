import { groupText, modelText, provenanceText, useTextOf } from './i18n.ts';

type Words = Readonly<Record<string, { readonly fr: string }>>;

const french =
  (words: Words) =>
  (word: string): string =>
    words[word]?.fr ?? word;

const kind = french(modelText);
const group = (word: string): string => french(groupText)(word).toLowerCase();
const use = (word: string): string => french(useTextOf)(word).toLowerCase();

/** Shares of the provenances, `computed 15 %, library 20 %`. */
const provenances = (list: string): string =>
  list.replaceAll(/[a-z-]+(?= \d)/g, (word) => french(provenanceText)(word));

const parts: Words = {
  'wall-ground': { fr: 'mur-sol' },
  'wall-intermediate-floor': { fr: 'mur-plancher intermédiaire' },
  'wall-roof': { fr: 'mur-toiture' },
  'wall-partition': { fr: 'mur-refend' },
  opening: { fr: 'tableaux de baies' },
  inner: { fr: 'intérieure' },
  outer: { fr: 'extérieure' },
  distributed: { fr: 'répartie' },
  none: { fr: 'absente' },
};

/** Joined parts of a sum of thermal bridges, by their French names. */
const bridges = (list: string): string =>
  list.replaceAll(/[a-z]+(?:-[a-z]+)*(?= [\d.]+ m)/g, (word) => french(parts)(word));

const N = String.raw`(-?[\d.,\u2212]+)`;
const clause = (
  pattern: string,
  say: (...found: readonly string[]) => string,
): readonly [RegExp, (...found: readonly string[]) => string] => [new RegExp(`^${pattern}$`), say];

/**
 * What the server writes of a figure, clause by clause (`; ` between them), and how it is said in French. The `basis` of a figure is
 * one English sentence by contract (docs/schemas); a test holds that none of the sample stock's stays untranslated.
 */
const clauses = [
  // Measured figures.
  clause(
    `([\\w-]+) fitted on ${N} (days|bills|hours), summed over ${N} (?:days|hours)`,
    (model, n, unit, days) =>
      `modèle « ${kind(model)} » ajusté sur ${n} ${unit === 'bills' ? 'factures' : unit === 'hours' ? 'heures' : 'jours'}, sommé sur ${days} ${unit === 'hours' ? 'heures' : 'jours'}`,
  ),
  clause(
    `([\\w-]+) fitted on (\\d+) bills of (\\d+) days, summed over ${N} days`,
    (model, n, covered, days) =>
      `modèle « ${kind(model)} » ajusté sur ${n} factures de ${covered} jours, sommé sur ${days} jours`,
  ),
  clause(
    `([\\w-]+) fitted on (\\d+) (?:days|bills that cover (\\d+) days), over (?:(the last year)|the mean of the (\\d+) whole years) of weather known`,
    (model, n, covered, last, years) =>
      `modèle « ${kind(model)} » ajusté sur ${covered === undefined ? `${n} jours` : `${n} factures qui couvrent ${covered} jours`}, sur ${last === undefined ? `la moyenne des ${years} années entières` : 'la dernière année'} de météo connue`,
  ),
  clause(
    `interval from scatter, coefficients and drift-prior ([\\w.-]+): (\\d+) placebo pairs of consecutive years without works, (\\d+) gas meters of the (.*), (\\d+) to (\\d+)`,
    (version, pairs, meters, name, from, to) =>
      `intervalle tiré de la dispersion, des coefficients et de la dérive livrée (version ${version} : ${pairs} paires d’années de suite sans travaux de ${meters} compteurs de gaz, ${name}, ${from} à ${to})`,
  ),
  clause(
    `([\\w-]+) line on (\\d+) bills, each weighing as many days as it covers`,
    (model, n) => `droite « ${kind(model)} » sur ${n} factures, chacune pesant les jours qu’elle couvre`,
  ),
  clause(
    `interval from residuals \\(lag-1 correlation ${N}\\), coefficient covariance and drift-prior ([\\w.-]+): (\\d+) placebo pairs of consecutive years without works, (\\d+) gas meters of the (.*), (\\d+) to (\\d+)`,
    (rho, version, pairs, meters, name, from, to) =>
      `intervalle tiré des résidus (corrélation d’un jour au suivant ${rho}), de la covariance des coefficients et de la dérive livrée (version ${version} : ${pairs} paires d’années de suite sans travaux de ${meters} compteurs de gaz, ${name}, ${from} à ${to})`,
  ),
  clause(
    `interval from residuals \\(lag-1 correlation ${N}\\), coefficient covariance and (.*)`,
    (rho, rest) =>
      `intervalle tiré des résidus (corrélation d’un jour au suivant ${rho}), de la covariance des coefficients et de la dérive (${rest})`,
  ),
  clause(
    `times ${N} from (\\d+) years without works of (\\d+) buildings of this stock`,
    (factor, years, buildings) =>
      `multipliée par ${factor} d’après ${years} années sans travaux de ${buildings} bâtiments de ce parc`,
  ),
  clause(
    `narrowed or widened by (\\d+) earlier years of this meter`,
    (years) => `resserré ou élargi par ${years} années antérieures de ce compteur`,
  ),
  clause(`plain prediction`, () => 'simple prédiction'),
  clause(
    `plain prediction ${N} kWh adjusted by ${N} % to the level that persists over fortnights \\(Huber regression on predicted base and heating parts, a half to two thirds of a base-load change credited\\)`,
    (kwh, percent) =>
      `simple prédiction de ${kwh} kWh ajustée de ${percent} % au niveau qui persiste d’une quinzaine à l’autre (régression de Huber sur les parts prédites de talon et de chauffage, une moitié à deux tiers d’un changement de talon crédités)`,
  ),
  clause(
    `less ${N} kWh (read|billed) \\(IPMVP option C, avoided energy\\)`,
    (kwh, how) =>
      `moins ${kwh} kWh ${how === 'read' ? 'relevés' : 'facturés'} (IPMVP option C, énergie évitée)`,
  ),
  clause(
    `([\\w-]+) of the baseline over ${N} days of the (?:month|period), less ${N} kWh read \\(plain difference, IPMVP option C\\)`,
    (model, days, kwh) =>
      `modèle « ${kind(model)} » de la référence sur ${days} jours de la période, moins ${kwh} kWh relevés (simple différence, IPMVP option C)`,
  ),
  clause(
    `([\\w-]+) of the baseline over the ${N} days since the works, less ${N} kWh read \\(plain difference, IPMVP option C\\)`,
    (model, days, kwh) =>
      `modèle « ${kind(model)} » de la référence sur les ${days} jours depuis les travaux, moins ${kwh} kWh relevés (simple différence, IPMVP option C)`,
  ),
  clause(
    `model (before|after) the works, mean of (\\d+) whole years of the weather known`,
    (when, years) =>
      `modèle d’${when === 'before' ? 'avant' : 'après'} les travaux, moyenne de ${years} années entières de la météo connue`,
  ),
  clause(
    `Model before less model after the works, mean of (\\d+) whole years of the weather known`,
    (years) =>
      `modèle d’avant moins modèle d’après les travaux, moyenne de ${years} années entières de la météo connue`,
  ),
  clause(
    `errors of the two taken as independent \\(IPMVP, normalised savings\\)`,
    () => 'erreurs des deux prises comme indépendantes (IPMVP, économie normalisée)',
  ),
  clause(
    `Measured over predicted saving, errors independent`,
    () => 'économie mesurée sur économie prédite, erreurs indépendantes',
  ),
  clause(`Sum of the readings of the valid days`, () => 'somme des relevés des jours valides'),
  clause(
    `Sum of (\\d+) of (\\d+) buildings over their last year of readings, yearly drifts almost independent \\((.*)\\)`,
    (known, all, file) =>
      `somme de ${known} bâtiments sur ${all} sur leur dernière année de relevés, dérives annuelles presque indépendantes (${file})`,
  ),
  clause(
    `sum of (\\d+) meters \\((.*)\\), kWh of final energy`,
    (meters, list) => `somme de ${meters} compteurs (${list}), kWh d’énergie finale`,
  ),
  clause(`their yearly drifts next to independent`, () => 'dérives annuelles presque indépendantes'),
  clause(
    `sum of (\\d+) measured periods of (\\d+) meters, less ${N} kWh read`,
    (periods, meters, kwh) =>
      `somme de ${periods} périodes mesurées de ${meters} compteurs, moins ${kwh} kWh relevés`,
  ),
  clause(
    `half widths of one meter added, those of different meters in quadrature but for the correlation of models/drift-prior.json`,
    () =>
      'demi-largeurs ajoutées pour un même compteur, en quadrature d’un compteur à l’autre, à la corrélation livrée près (models/drift-prior.json)',
  ),
  // Learnt rates.
  clause(
    `(\\d+) finished works of this stock, shrunk towards the shipped prior version ([\\w.-]+) \\(${N} on average\\)`,
    (cases, version, mean) =>
      `${cases} chantiers finis de ce parc, ramenés vers ce que l’outil suppose (version ${version}, ${mean} en moyenne)`,
  ),
  clause(
    `(\\d+) finished works with this measure( in this family of buildings \\([\\w-]+\\))?, (\\d+) in all, shrunk towards the shipped prior version ([\\w.-]+) \\(${N} on average, .*\\)`,
    (cases, family, all, version, mean) =>
      `${cases} chantiers finis avec ce geste${family === undefined ? '' : ' dans cette famille de bâtiments'}, ${all} en tout, ramenés vers ce que l’outil suppose (version ${version}, ${mean} en moyenne)`,
  ),
  clause(
    `Realised over predicted saving of these measures in this stock, weighted by their share of the saving`,
    () =>
      'économie réalisée sur économie prédite de ces gestes dans ce parc, pesée par leur part de l’économie',
  ),
  // The twin.
  clause(
    `U ${N} W/\\(m2 K\\) declared in the file for (.*)`,
    (u, name) => `U de ${u} W/(m²·K) déclaré dans le fichier pour ${name}`,
  ),
  clause(
    `Default of period (\\d+): ${N} W/\\(m2 K\\)\\. (.*), version ([\\w.-]+)`,
    (period, u, source, version) =>
      `valeur par défaut de la période ${period} : ${u} W/(m²·K), ${source
        .replace('Uw for BuildSysPro glazing of the period', 'Uw du vitrage BuildSysPro de la période')
        .replace('doors', 'portes')
        .replace(
          /period table, zone (\w+) assumed/,
          'table des périodes, zone $1 supposée',
        )}, version ${version}`,
  ),
  clause(
    `(ISO [\\d:]+ [\\d.]+): Rsi ${N} \\+ (.*) \\+ Rse ${N} = R ${N} m2K/W(.*)`,
    (source, rsi, layers, rse, r, rest) =>
      `${source} : Rsi ${rsi} + ${layers.replaceAll('(file)', '(fichier)').replaceAll('(library ', '(bibliothèque ')} + Rse ${rse} = R ${r} m²·K/W${rest}`,
  ),
  clause(`outside air`, () => 'air extérieur'),
  clause(`heated on both sides`, () => 'chauffé des deux côtés'),
  clause(`after ([\\w-]+)`, (measure) => `après le geste « ${measure} »`),
  clause(
    `after ([\\w-]+) version ([\\w.]+)`,
    (measure, version) => `après le geste « ${measure} », version ${version}`,
  ),
  clause(
    `(ISO [\\d:]+ [\\d.]+),? slab on ground: perimeter ${N} m((?: of a square assumed)?), B' ${N} m, d_t ${N} m, U ${N} through the soil`,
    (source, perimeter, square, b, d, u) =>
      `${source}, dalle sur sol : périmètre ${perimeter} m${square === '' ? '' : ' (celui d’un carré, supposé)'}, B' ${b} m, d_t ${d} m, U ${u} à travers le sol`,
  ),
  clause(
    `(ISO [\\d:]+ [\\d.]+),? floor over an unheated basement of assumed depth ${N} m, perimeter ${N} m((?: of a square assumed)?): U ${N} to the outside`,
    (source, depth, perimeter, square, u) =>
      `${source}, plancher sur sous-sol non chauffé de profondeur supposée ${depth} m, périmètre ${perimeter} m${square === '' ? '' : ' (celui d’un carré, supposé)'} : U ${u} vers l’extérieur`,
  ),
  clause(
    `soil λ ${N} and wall ${N} m assumed`,
    (lambda, wall) => `λ du sol ${lambda} et mur de ${wall} m supposés`,
  ),
  clause(
    `(ISO [\\d:]+ [\\d.]+): 0.34 Wh/\\(m3 K\\) × ${N} 1/h × ${N} m3\\. Default of period (\\d+): ${N} 1/h\\. (.*), version ([\\w.-]+)`,
    (source, rate, volume, period, value, from, version) =>
      `${source} : 0,34 Wh/(m³·K) × ${rate} vol/h × ${volume} m³ ; valeur par défaut de la période ${period} : ${value} vol/h, ${from.replace('archetypes', 'archétypes')}, version ${version}`,
  ),
  clause(
    `Σ b·U·A of (\\w+) \\((.*)\\)`,
    (which, shares) => `Σ b·U·A : ${group(which)} (${provenances(shares)})`,
  ),
  clause(
    `same cause errs together, others independently, log-normal sum by moment matching`,
    () =>
      'une même cause se trompe partout ensemble, les autres indépendamment, somme log-normale par les moments',
  ),
  clause(
    `(ISO [\\d:]+): Σ b·U·A \\+ Σ ψ·l \\+ 0.34·n·V on outer dimensions \\((.*)\\)`,
    (source, shares) =>
      `${source} : Σ b·U·A + Σ ψ·l + 0,34·n·V en dimensions extérieures (${provenances(shares)})`,
  ),
  clause(
    `Σ ψ·l, insulation (\\w+)( \\(assumed\\))?: (.*)`,
    (where, assumed, list) =>
      `Σ ψ·l, isolation ${french(parts)(where)}${assumed === undefined ? '' : ' (supposée)'} : ${bridges(list)}`,
  ),
  clause(
    `(.*) ψ turned to outer dimensions \\((.*)\\), table version ([\\w.-]+)`,
    (source, iso, version) =>
      `ψ de ${source} ramenés aux dimensions extérieures (${iso}), table version ${version}`,
  ),
  clause(
    `half of the partitions taken as heavy(, light roof neglected)?`,
    (light) =>
      `la moitié des refends supposée lourde${light === undefined ? '' : ', toiture légère négligée'}`,
  ),
  clause(
    `(materials|systems|uses) table version (.*)`,
    (which, version) =>
      `table des ${which === 'materials' ? 'matériaux' : which === 'systems' ? 'systèmes' : 'usages'}, version ${version}`,
  ),
  clause(`table version (.*)`, (version) => `version de la table ${version}`),
  clause(`Sum of the heated cells’ floors in plan`, () => 'somme en plan des sols des cellules chauffées'),
  clause(`Mean indoor temperature of (\\w+)`, (which) => `température intérieure moyenne (${use(which)})`),
  clause(
    `Share of the floor area heated to the set point`,
    () => 'part de la surface chauffée à la consigne',
  ),
  clause(
    `Seasonal efficiency of ([\\w-]+) on ([\\w-]+): (.*) and (.*)`,
    (system, carrier, one, other) => `rendement saisonnier (${system}, ${carrier}) : ${one} et ${other}`,
  ),
  clause(`SCOP of (.*) as (.*)`, (source, file) => `SCOP de ${source}, comme ${file}`),
  clause(`hot water factor by judgement`, () => 'facteur de l’eau chaude estimé'),
  clause(
    `whether hot water is on this meter is not known`,
    () => 'on ne sait pas si l’eau chaude est sur ce compteur',
  ),
  clause(
    `${N} draws of the twin weighted by the meter’s heating line \\((.*), ${N} effective\\)`,
    (draws, how, effective) =>
      `${draws} tirages du jumeau pesés par la droite de chauffage du compteur (${how === 'importance' ? 'tirage d’importance' : how}, ${effective} efficaces)`,
  ),
  clause(
    `${N} draws of the twin weighted by the meter’s heating line on (\\d+) bills that cover (\\d+) days \\((.*), ${N} effective\\)`,
    (draws, bills, days, how, effective) =>
      `${draws} tirages du jumeau pesés par la droite de chauffage de ${bills} factures qui couvrent ${days} jours (${how === 'importance' ? 'tirage d’importance' : how}, ${effective} efficaces)`,
  ),
  clause(
    `${N} draws of the twin of the prior: no usable meter \\((.*), ${N} effective\\)`,
    (draws, _how, effective) =>
      `${draws} tirages du jumeau avant tout relevé : pas de compteur utilisable (${effective} efficaces)`,
  ),
  clause(
    `estimation, pas un DPE: (.*) on (\\d+) draws of the calibrated twin, zone (\\w+), primary-energy factor of ([\\d-]+) \\((.*)\\)`,
    (method, draws, zone, day, files) =>
      `estimation, pas un DPE : ${method} sur ${draws} tirages du jumeau calé, zone ${zone}, facteur d’énergie primaire du ${day} (${files})`,
  ),
  // Scenarios.
  clause(
    `${N} draws of the calibrated twin \\(stacoptim\\.posterior/1,? (.*)\\)`,
    (draws, how) => `${draws} tirages du jumeau calé (${how === 'importance' ? 'tirage d’importance' : how})`,
  ),
  clause(
    `absolute heating from the calibrated meter signature, fraction from the twin`,
    () => 'chauffage absolu de la signature calée du compteur, fraction du jumeau',
  ),
  clause(
    `monthly balance (ISO [\\d:]+) on (.*) \\(version (.*)\\)`,
    (source, place, version) => `bilan mensuel ${source} sur la météo ${place} (version ${version})`,
  ),
  clause(`the stock’s realisation rate applied`, () => 'taux de réalisation du parc appliqué'),
  clause(`no realisation rate applied`, () => 'sans taux de réalisation'),
  clause(`no explicit rebound`, () => 'sans effet rebond explicite'),
  clause(
    `Unit costs without tax of models/measures \\((.*)\\), brought to ([\\w-]+) by BT(\\d+)(.*)`,
    (list, date, index, rest) =>
      `coûts unitaires hors taxes de models/measures (${list}), ramenés à ${date} par l’index BT${index}${rest}`,
  ),
  clause(
    `plant sized on the loss after works at ${N} °C`,
    (design) => `équipement dimensionné sur les déperditions d’après travaux à ${design} °C`,
  ),
  clause(
    `Cost of the works with tax, known aids taken off`,
    () => 'coût des travaux TTC, aides connues déduites',
  ),
  clause(
    `EN 15459-1:2017 over (\\d+) years at a real ${N} %, energy prices of ([\\d-]+) growing as models/economics.json \\(version (.*?)\\) says(.*), costs in euros of (\\d+) by BT01,?(.*)`,
    (years, rate, date, version, works, euro, rest) =>
      `EN 15459-1:2017 sur ${years} ans à ${rate} % réels, prix de l’énergie de ${date} croissant comme le dit models/economics.json (version ${version})${works}, coûts en euros de ${euro} par l’index BT01${rest.replace('VAT', 'TVA')}`,
  ),
  clause(`VAT ${N} %`, (rate) => `TVA ${rate} %`),
  clause(`Energy of doing nothing`, () => 'énergie si l’on ne fait rien'),
  clause(
    `Energy saved at the prices of ([\\d-]+) \\(version (.*)\\), standing charges and sold electricity left out`,
    (date, version) =>
      `énergie économisée aux prix de ${date} (version ${version}), sans abonnements ni électricité vendue`,
  ),
  clause(
    `Factors for the purpose “(\\w+)” of ([\\d-]+) \\(version (.*)\\)`,
    (purpose, date, version) => `facteurs pour l’usage « ${purpose} » de ${date} (version ${version})`,
  ),
  clause(
    `First year by which discounted savings pay the works back`,
    () => 'première année où les économies actualisées ont payé les travaux',
  ),
  clause(
    `Aids of models/subsidies engaged on ([\\w -]+), certificates at ${N} EUR/MWh cumac`,
    (day, price) =>
      `aides de models/subsidies engagées le ${day}, certificats à ${price?.replace('.', ',')} €/MWh cumac`,
  ),
  clause(
    `Electricity of other meters than heating no longer bought \\(light, own sun\\)`,
    () =>
      'électricité des autres compteurs que le chauffage qui n’est plus achetée (éclairage, soleil autoconsommé)',
  ),
  clause(`surplus sold to the grid left out`, () => 'surplus vendu au réseau non compté'),
  clause(`Embodied carbon of the works: (.*)`, (sources) => `carbone des travaux : ${sources}`),
  clause(`Global cost after the works`, () => 'coût global après les travaux'),
  clause(
    `Heating of the calibrated twin over its need at ${N} °C with every room heated \\(monthly balance (.*)\\)`,
    (set, source) =>
      `chauffage du jumeau calé sur son besoin à ${set} °C, toutes pièces chauffées (bilan mensuel ${source})`,
  ),
  clause(
    `below 1: less is used than the convention assumes`,
    () => 'sous 1 : il est pris moins que la convention ne suppose',
  ),
  clause(`below 0 it pays for itself`, () => 'sous 0, cela se paie de soi-même'),
  clause(
    `Investment, renewal and upkeep a year over the kWh saved a year`,
    () => 'investissement, renouvellement et entretien par an sur les kWh économisés par an',
  ),
  clause(
    `Net cost a year, energy saved taken off, over the tonnes avoided a year`,
    () => 'coût net par an, énergie économisée déduite, sur les tonnes évitées par an',
  ),
  clause(`Net present value against doing nothing`, () => 'valeur actuelle nette face à ne rien faire'),
  clause(`Real internal rate of return`, () => 'taux de rentabilité interne réel'),
  clause(
    `(−[\\d]+) % stands for less, (\\d+) % for more`,
    (less, more) => `${less} % veut dire moins, ${more} % davantage`,
  ),
  clause(
    `Simple payback: cost over the euros saved a year, draw by draw, within the life of the measure that lasts longest`,
    () =>
      'retour simple : coût sur les euros économisés par an, tirage par tirage, dans la durée de vie du geste le plus durable',
  ),
  clause(
    `Embodied over avoided carbon a year, within the life of the measure that lasts longest`,
    () => 'carbone des travaux sur celui évité par an, dans la durée de vie du geste le plus durable',
  ),
  clause(
    `an upper bound of (\\d+) years stands for later or never`,
    (years) => `une borne haute de ${years} ans veut dire plus tard ou jamais`,
  ),
  clause(
    `Upkeep added, as a share of the cost of each measure`,
    () => 'entretien ajouté, en part du coût de chaque geste',
  ),
  clause(`Whole year`, () => 'année entière'),
  clause(
    `(\\d+) days of ${N} to ${N} °C under a clear sky`,
    (days, low, high) => `${days} jours de ${low} à ${high} °C sous un ciel clair`,
  ),
  clause(
    `(ISO [\\d:]+) annex C \\(5R1C\\) on (\\d+) draws of the calibrated twin under (.*)`,
    (source, draws, place) => `${source} annexe C (5R1C) sur ${draws} tirages du jumeau calé, météo ${place}`,
  ),
  clause(
    `windows opened ${N} times the air change between ${N} and ${N} °C outdoors, out of season`,
    (times, low, high) =>
      `fenêtres ouvertes : ${times} fois le renouvellement d’air entre ${low} et ${high} °C dehors, hors saison de chauffe`,
  ),
  clause(
    `adaptive limit of (EN [\\d:-]+) category II, every hour counted`,
    (source) => `limite adaptative de ${source}, catégorie II, toutes les heures comptées`,
  ),
  // Programme, ledger.
  clause(
    `Draws of the calibrated twin with the stock’s realisation rates`,
    () => 'tirages du jumeau calé, avec les taux de réalisation du parc',
  ),
  clause(
    `Mean over the draws of the calibrated twin, with the stock’s realisation rates`,
    () => 'moyenne des tirages du jumeau calé, avec les taux de réalisation du parc',
  ),
  clause(
    `Days until the building first stands outside the law, by the chances of its estimated label or declared targets \\(negative: since\\)`,
    () =>
      'jours avant que le bâtiment soit hors la loi, selon les chances de son étiquette estimée ou de ses cibles déclarées (négatif : depuis)',
  ),
  clause(
    'what no known date reaches counts ([\\d-]+)',
    (date) => `ce qu’aucune date connue n’atteint compte le ${date}`,
  ),
  clause(
    'an estimate, neither a DPE nor an OPERAT certificate',
    () => 'une estimation, ni un DPE ni une attestation OPERAT',
  ),
  clause(
    '(Share of households in|Score of) fuel poverty as given, with the interval given of it if any',
    (what) =>
      what.startsWith('Share')
        ? 'part des ménages en précarité énergétique telle que donnée, avec son intervalle s’il est donné'
        : 'score de précarité énergétique tel que donné, avec son intervalle s’il est donné',
  ),
  clause(
    `Sum over the chosen packages on 2,000 draws of each calibrated twin, (buildings drawn independently, with the stock’s realisation rates|twins drawn apart from one another, the effect of works and the stock’s realisation rates common to all)(, over the present consumption of the buildings chosen)?`,
    (drawn, over) =>
      `somme des lots retenus sur 2 000 tirages de chaque jumeau calé, ${drawn.startsWith('twins') ? 'jumeaux tirés chacun à part, l’effet des gestes et les taux de réalisation du parc communs à tous' : 'bâtiments tirés indépendamment, avec les taux de réalisation du parc'}${over === undefined ? '' : ', sur la consommation présente des bâtiments retenus'}`,
  ),
  clause(
    `Sum of the ledger: CPU seconds × ${N} W per busy core \\(assumed, ${N} to ${N} W\\)`,
    (w, low, high) =>
      `somme du registre : secondes de processeur × ${w} W par cœur occupé (supposé, ${low} à ${high} W)`,
  ),
  clause(`no power counter read`, () => 'aucun compteur de puissance lu'),
  clause(`PUE ${N}`, (pue) => `PUE ${pue}`),
  clause(
    `Ledger energy × ${N} kgCO2e/kWh \\((.*)\\)`,
    (factor, source) => `énergie du registre × ${factor} kg CO₂e/kWh (${source})`,
  ),
];

export type BasisPart = { readonly text: string; readonly french: boolean };

/** The sentence behind a figure in French, clause by clause; what has no French yet stays English and says so. */
export const basisInFrench = (basis: string): BasisPart[] =>
  basis.split(/; (?=\S)/).map((part) => {
    for (const [pattern, say] of clauses) {
      const found = pattern.exec(part);
      if (found !== null) return { text: say(...found.slice(1)), french: true };
    }
    return { text: part, french: false };
  });
