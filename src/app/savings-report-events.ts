import type { PdfBlock } from '#formats/pdf/index.ts';
import { heading, type Words } from './audit-words.ts';
import { dayShort } from './day-told.ts';
import type { SavingsReport } from './stock-savings-views.ts';

/** What was decided of the days that follow works, by whom and why, and what the savings are without it. */
export const adjustmentBlocks = ({ events, savings }: SavingsReport, words: Words): PdfBlock[] => {
  const { t, say, show, language } = words;
  const states = {
    proposed: t('proposé, à trancher', 'proposed, to be decided'),
    accepted: t('accepté', 'accepted'),
    refused: t('refusé', 'refused'),
  };
  const compared = savings.works.flatMap((one) => {
    const { withoutEvents, worksId } = one.savings;
    return withoutEvents === null
      ? []
      : [
          t(
            `${worksId} : première année ${show(one.savings.savings)} avec les évènements acceptés, ${show(withoutEvents.savings)} sans eux.`,
            `${worksId}: first year ${show(one.savings.savings)} with the events accepted, ${show(withoutEvents.savings)} without them.`,
          ),
        ];
  });
  return [
    heading(t('5. Ajustements et évènements', '5. Adjustments and events')),
    events.length === 0
      ? {
          kind: 'paragraph',
          text: t(
            'Aucun évènement non routinier trouvé ni déclaré : aucun ajustement n’entre dans les chiffres.',
            'No non-routine event found or declared: no adjustment enters the figures.',
          ),
        }
      : {
          kind: 'table',
          caption: t(
            'Évènements non routiniers ; seuls ceux acceptés entrent dans les chiffres',
            'Non-routine events; only those accepted enter the figures',
          ),
          columns: [
            { title: t('Opération', 'Works'), width: 1.4 },
            { title: t('Du / au', 'From / to'), width: 1.1 },
            { title: t('Ce qui est dit', 'What is said'), width: 3 },
            { title: t('Effet', 'Effect'), width: 1.2 },
            { title: t('Décision', 'Decision'), width: 2.2 },
          ],
          rows: events.map((one) => [
            one.worksId,
            `${dayShort(one.from, language)} ${dayShort(one.to, language)}`,
            say(one.message),
            // Only what was accepted moves a figure: a proposal must not read as if it did.
            one.state !== 'accepted'
              ? t('aucun', 'none')
              : one.adjustmentPercent === null
                ? t('jours écartés', 'days set aside')
                : `${one.adjustmentPercent > 0 ? '+' : ''}${one.adjustmentPercent} %`,
            one.decided === null
              ? states[one.state]
              : `${states[one.state]} : ${one.decided.by}, ${dayShort(one.decided.at.slice(0, 10), language)}, « ${one.decided.reason} »`,
          ]),
        },
    ...(compared.length === 0 ? [] : [{ kind: 'list', items: compared } as const]),
  ];
};
