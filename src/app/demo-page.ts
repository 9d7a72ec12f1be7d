import type { Language, Message } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import { midSentence } from '../core/wording.ts';
import type { DemoOutcome } from './demo.ts';
import { ledgerReport, programmeReport, rateLines, retrainReport, savingsLines } from './loop-reports.ts';
import { comparisonReport } from './comparison-report.ts';
import { figure, groupNames, plain } from './report.ts';

const cell = (text: string, width: number): string => text.slice(0, width).padEnd(width);

/** One page a person can read: the loop's results on the sample stock. */
export const demoPage = (outcome: DemoOutcome, language: Language): string[] => {
  const t = (fr: string, en: string): string => (language === 'fr' ? fr : en);
  const say = (message: Message): string => message[language];
  const show = (quantity: Quantity | null): string =>
    quantity === null ? t('non évalué', 'not evaluated') : figure(quantity, language);
  const title = (text: string): string[] => ['', text.toUpperCase(), '─'.repeat(text.length)];
  const { stock, shown, comparison, programme, correction, retrained, ledger } = outcome;

  const stockLines = stock.buildings.map((one) =>
    [
      cell(say(one.name), 46),
      cell(show(one.heatLossWK).replace(/ \(.*/, ''), 12),
      cell(show(one.annualKwh), 28),
      one.fit === null
        ? t('non évalué', 'not evaluated')
        : `CV ${plain(one.fit.cvRmse, language)} %${one.fit.usable ? '' : t(', la température explique peu', ', temperature explains little')}`,
    ].join(' '),
  );
  const losses = shown.losses
    .toSorted((left, right) => right.prior.value - left.prior.value)
    .map(
      ({ group, prior, posterior }) =>
        `  ${cell(say(groupNames[group]), 18)} ${cell(show(prior), 34)} → ${show(posterior)}`,
    );
  const names = shown.worksHeld.map(({ name }) => midSentence(say(name))).join(', ');
  const held =
    names === '' ? '' : t(`, travaux faits compris (${names})`, `, with the works done (${names})`);
  return [
    t(
      'Stacoptim — démonstration sur un parc fictif, relevés simulés',
      'Stacoptim — demonstration on a fictional stock, simulated readings',
    ),
    ...title(t('1. Le parc : enveloppe et compteurs', '1. The stock: envelope and meters')),
    ...stockLines,
    `${t('Total', 'Total')} : ${show(stock.totalKwh)} ${t('par an', 'a year')}`,
    ...title(t(`2. L’enveloppe de « ${shown.name.fr} », W/K`, `2. The envelope of “${shown.name.en}”, W/K`)),
    t(
      `  d’après la maquette${held} → une fois le compteur lu`,
      `  from the model file${held} → once the meter was read`,
    ),
    ...losses,
    `  ${shown.elements.length} ${t('éléments', 'elements')} (${shown.envelopeSource})`,
    ...title(t('3. Trois options comparées', '3. Three options compared')),
    ...comparisonReport(comparison, language),
    ...title(t('4. Le programme', '4. The programme')),
    ...programmeReport(programme, language),
    ...title(t('5. Ce que les travaux de 2023 ont donné', '5. What the works of 2023 delivered')),
    ...savingsLines(correction, language),
    ...title(
      t(
        '6. Ce que le parc a appris : réalisé sur prédit',
        '6. What the stock has learnt: realised over predicted',
      ),
    ),
    ...rateLines(correction, language),
    ...title(t('7. De nouveaux relevés, des modèles réappris', '7. New readings, models retrained')),
    ...retrainReport(retrained, language),
    ...title(t('8. L’énergie prise par l’outil', '8. Energy taken by the tool')),
    ...ledgerReport(ledger, language),
    '',
    t(
      'La base est prête : « npm start », puis http://127.0.0.1:8080/',
      'The database is ready: “npm start”, then http://127.0.0.1:8080/',
    ),
  ];
};
