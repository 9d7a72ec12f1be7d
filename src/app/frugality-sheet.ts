import { modelName } from './model-names.ts';
import type { Language } from '../core/message.ts';
import { figure, plain } from './report.ts';
import type { FrugalityView } from './views.ts';

const works: Readonly<Record<string, { readonly fr: string; readonly en: string }>> = {
  create: { fr: 'numérisation d’une maquette', en: 'digitising a model' },
  fit: { fr: 'calage d’un modèle', en: 'fitting a model' },
  baseline: { fr: 'référence figée avant travaux', en: 'baseline frozen before works' },
  retrain: { fr: 'réapprentissage d’un modèle vif', en: 'retraining a live model' },
  calibrate: { fr: 'calage du jumeau sur le compteur', en: 'calibrating a twin on its meter' },
  simulate: { fr: 'scénario de rénovation', en: 'renovation scenario' },
  target: { fr: 'programme de travaux', en: 'programme of works' },
  measure: { fr: 'mesure d’économies', en: 'measuring savings' },
  request: { fr: 'minute de service de l’API', en: 'minute of serving the API' },
};

const workName = (work: string, language: Language): string => works[work]?.[language] ?? work;

const models = (view: FrugalityView, language: Language): string[] =>
  view.models.length === 0
    ? [language === 'fr' ? 'Aucun modèle vif en base.' : 'No live model in the database.']
    : [
        language === 'fr'
          ? '| modèle retenu | compteurs | paramètres (médiane) | candidats essayés |\n| --- | --- | --- | --- |'
          : '| model kept | meters | parameters (median) | candidates tried |\n| --- | --- | --- | --- |',
        ...view.models.map(
          ({ kind, meters, medianParameters, candidates }) =>
            `| ${modelName(kind)[language]} | ${meters} | ${medianParameters} | ${candidates} |`,
        ),
      ];

/**
 * The justification sheet in the spirit of AFNOR SPEC 2314 (general framework for frugal AI, 2024): why a model at all, what simpler
 * alternative was set aside, what each piece of work costs. Markdown. Generated from the ledger and the model records; what it does not
 * verify stands at its end.
 */
export const frugalitySheet = (view: FrugalityView, language: Language): string => {
  const french = language === 'fr';
  const { ledger } = view;
  return [
    french ? '# Fiche de justification du recours à l’IA' : '# Justification sheet for the use of AI',
    '',
    french
      ? `Tirée du registre d’énergie de Stacoptim ${view.version}, ${view.day}.`
      : `Drawn from the energy ledger of Stacoptim ${view.version}, ${view.day}.`,
    '',
    french ? '## Besoin, et moyen plus simple écarté' : '## Need, and the simpler means set aside',
    '',
    french
      ? 'Ce qui est appris : la consommation qu’un bâtiment aurait eue sans travaux, par climat et calendrier. L’échelle des modèles commence à la moyenne et aux degrés-jours ; le modèle retenu est le plus simple à une erreur type du meilleur en validation croisée par blocs. Un réseau de neurones (361 poids) n’est essayé que pour des données horaires, quand les modèles linéaires manquent leur cible. Aucun service extérieur, aucun processeur graphique, aucun grand modèle.'
      : 'What is learnt: what a building would have used without the works, by weather and calendar. The ladder of models starts at the mean and degree days; the model kept is the simplest within one standard error of the best in blocked cross-validation. A neural net (361 weights) is tried for hourly data only, when the linear models miss their target. No outside service, no graphics processor, no large model.',
    '',
    ...models(view, language),
    '',
    french ? '## Énergie par genre de travail' : '## Energy by kind of work',
    '',
    french
      ? '| travail | nombre | CPU par fois | énergie par fois | énergie pour 1 000 |\n| --- | --- | --- | --- | --- |'
      : '| work | times | CPU each | energy each | energy for 1,000 |\n| --- | --- | --- | --- | --- |',
    ...ledger.byWork.map(
      ({ work, runs, cpuMs, energyJ }) =>
        `| ${workName(work, language)} | ${runs} | ${plain(cpuMs / runs, language)} ms | ${plain(energyJ / runs, language)} J | ${plain(energyJ / runs, language)} kJ |`,
    ),
    '',
    `- ${french ? 'Total' : 'Total'} : ${figure(ledger.totalJ, language)}, ${figure(ledger.carbonG, language)} CO2e.`,
    `- ${french ? 'Méthode' : 'Method'} : ${ledger.totalJ.basis}`,
    `- ${french ? 'Facteur du réseau' : 'Grid factor'} : ${ledger.carbonG.basis}`,
    '',
    french ? '## Données et réapprentissage' : '## Data and retraining',
    '',
    french
      ? `- ${plain(view.readings, 'fr')} relevés gardés pour ${view.meters} compteurs.`
      : `- ${plain(view.readings, 'en')} readings kept for ${view.meters} meters.`,
    french
      ? '- Un modèle vif n’est réappris que si de nouveaux relevés sont arrivés (empreinte des données), et ne sert que s’il fait mieux que le précédent sur les derniers jours.'
      : '- A live model is retrained only when new readings have arrived (hash of the data), and serves only when it does better than the one before on the newest days.',
    '',
    french ? '## Ce que cette fiche ne vérifie pas' : '## What this sheet does not verify',
    '',
    ...(french
      ? [
          '- Elle suit les trois conditions publiées du référentiel (besoin démontré, bonnes pratiques, usages interrogés) d’après des descriptions secondaires : le texte d’AFNOR SPEC 2314 n’a pas été lu, et aucune conformité n’est affirmée.',
          '- La fabrication du matériel, le réseau, le stockage et l’écran des usagers ne sont pas comptés.',
          '- L’effet rebond est appris des travaux mesurés (taux de réalisation) ; il n’est pas déduit de cette énergie.',
        ]
      : [
          '- It follows the three published conditions of the framework (need shown, good practices, uses questioned) from secondary descriptions: the text of AFNOR SPEC 2314 was not read, and no conformity is claimed.',
          '- Making the hardware, the network, storage and the users’ screens are not counted.',
          '- Rebound is learnt from measured works (realisation rates); it is not taken off this energy.',
        ]),
    '',
  ].join('\n');
};
