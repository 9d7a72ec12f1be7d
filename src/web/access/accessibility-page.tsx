import { ScrolledTable } from '../scroll.tsx';
import { formatPercent } from '../format.ts';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { themes, totals, unjudged } from './criteria.ts';

const CHECKED_DAY = '2026-11-27';

const numbers = (theme: number, list: readonly number[]): string =>
  list.length === 0 ? '–' : list.map((one) => `${theme}.${one}`).join(', ');

const known: readonly Text[] = [
  {
    fr: 'Aucune page n’a été parcourue avec un lecteur d’écran par une personne qui s’en sert tous les jours : les noms, les rôles et les annonces sont vérifiés par outil, pas leur confort.',
    en: 'No page was gone through with a screen reader by somebody who uses one every day: names, roles and announcements are checked by a tool, not their comfort.',
  },
  {
    fr: 'Les documents PDF sont balisés et déclarent PDF/UA, sans avoir été passés au vérificateur ; les mêmes chiffres sont en HTML et en tableur.',
    en: 'PDF documents are tagged and declare PDF/UA, without having gone through a checker; the same figures are in HTML and in spreadsheets.',
  },
  {
    fr: 'L’image de l’enveloppe en 3D n’est pas décrite en détail : la liste à côté dit chaque élément, sa classe et sa perte, et permet les mêmes gestes.',
    en: 'The picture of the envelope in 3D is not described in detail: the list beside it tells each element, its class and its loss, and allows the same deeds.',
  },
  {
    fr: 'Certaines explications de calcul restent en anglais sur la page française ; elles sont marquées comme telles.',
    en: 'Some workings stay in English on the French page; they are marked as such.',
  },
];

/** The declaration of accessibility, with what was checked, how, and what nobody has judged yet. */
export const AccessibilityPage = () => {
  const t = useText();
  const language = useLanguage();
  const { met, notMet, notApplicable, unjudged: open, criteria } = totals();
  const applicable = criteria - notApplicable;
  return (
    <>
      <h1>
        {t({
          fr: 'Accessibilité : non conforme tant que tout n’est pas vérifié',
          en: 'Accessibility: not conforming until all is checked',
        })}
      </h1>
      <p>
        {t({
          fr: `Sur les ${criteria} critères du RGAA 4.1.2, ${notApplicable} ne s’appliquent pas. Des ${applicable} autres, ${met} sont vérifiés et satisfaits, ${notMet} ne le sont pas, et ${open} demandent le jugement d’une personne, qui n’a pas été demandé. Taux établi : ${formatPercent(met / applicable, language)} des critères applicables ; ce n’est pas un audit complet.`,
          en: `Of the ${criteria} criteria of the RGAA 4.1.2, ${notApplicable} do not apply. Of the other ${applicable}, ${met} are checked and met, ${notMet} are not met, and ${open} ask for the judgement of a person, which was not asked. Established rate: ${formatPercent(met / applicable, language)} of the criteria that apply; this is no complete audit.`,
        })}
      </p>
      <section aria-labelledby="how">
        <h2 id="how">{t({ fr: 'Comment c’est vérifié', en: 'How it is checked' })}</h2>
        <p>
          {t({
            fr: 'À chaque version, dans Chromium : les règles automatiques d’axe-core sur chaque page, en français et en anglais, en clair et en sombre ; des parcours au clavier seul ; 320 pixels de large et texte à 200 %. Le 27 novembre 2026, chaque page a aussi été regardée en contraste forcé et à l’impression.',
            en: 'At each version, in Chromium: the automatic rules of axe-core on each page, in French and English, light and dark; journeys by keyboard alone; 320 pixels wide and text at 200 %. On 27 November 2026, each page was also looked at in forced contrast and in print.',
          })}
        </p>
        <ScrolledTable
          name={{ fr: 'Critères par thème', en: 'Criteria by theme' }}
          caption={
            <>
              {t({ fr: 'Critères du RGAA par thème, au', en: 'Criteria of the RGAA by theme, on' })}{' '}
              <time dateTime={CHECKED_DAY}>27/11/2026</time>
            </>
          }
          columns={[
            { fr: 'Thème', en: 'Theme' },
            { fr: 'Satisfaits', en: 'Met' },
            { fr: 'Non satisfaits', en: 'Not met' },
            { fr: 'Sans objet', en: 'Not applicable' },
            { fr: 'À juger par une personne', en: 'For a person to judge' },
          ]}
        >
          {themes.map((theme) => (
            <tr key={theme.number}>
              <th scope="row">
                {theme.number}. {t(theme.name)}
              </th>
              <td>{numbers(theme.number, theme.met)}</td>
              <td>{numbers(theme.number, theme.notMet)}</td>
              <td>{numbers(theme.number, theme.notApplicable)}</td>
              <td>{numbers(theme.number, unjudged(theme))}</td>
            </tr>
          ))}
        </ScrolledTable>
      </section>
      <section aria-labelledby="defects">
        <h2 id="defects">{t({ fr: 'Défauts connus', en: 'Known defects' })}</h2>
        <ul>
          {known.map((one) => (
            <li key={one.en}>{t(one)}</li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="contact">
        <h2 id="contact">{t({ fr: 'Signaler un obstacle', en: 'Report an obstacle' })}</h2>
        <p>
          {t({
            fr: 'Écrivez à l’organisation qui vous a donné accès à cette installation : elle en répond, et y ajoute son adresse et le plan d’action que la loi lui demande. Sans réponse, vous pouvez saisir le',
            en: 'Write to the organisation that gave you access to this installation: it answers for it, and adds its address and the plan that the law asks of it. Without an answer, turn to the French ombudsman, the',
          })}{' '}
          <span lang="fr">Défenseur des droits</span>.
        </p>
      </section>
    </>
  );
};
