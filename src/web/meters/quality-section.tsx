import { useState } from 'preact/hooks';
import type { BuildingMeters, MeterQuality } from '../../client/names.ts';
import { formatDay } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { type Outcome, send } from '../send.ts';
import { SignedForm } from '../signed-form.tsx';
import { DecisionList } from './decision-list.tsx';
import { markText } from './words.ts';
import { Folded } from '../folded.tsx';
import '../choices.css';
import './findings.css';

type Finding = MeterQuality['findings'][number];

/** Findings listed at once; the rest on demand. */
const FIRST_SHOWN = 5;

type SectionProps = {
  readonly quality: MeterQuality;
  readonly meter: BuildingMeters['meters'][number];
  readonly onChange: () => void;
};

/** The defects in sentences, each kind together, with what to do and the decision that a person takes about it. */
export const QualitySection = ({ quality, meter, onChange }: SectionProps) => {
  const t = useText();
  const kinds = [...Map.groupBy(quality.findings, ({ code }) => code)];
  return (
    <>
      {kinds.length === 0 ? (
        <p>
          {t({
            fr: 'Aucun défaut trouvé : ni trou, ni zéro suspect, ni valeur extrême ou répétée, ni décalage d’horloge.',
            en: 'No defect found: no gap, no suspect zero, no extreme or repeated value, no shifted clock.',
          })}
        </p>
      ) : (
        <p class="quiet">
          {t({
            fr: 'Rien n’est corrigé sans vous. Une décision entre aussitôt dans les calculs, avec votre nom, et peut être reprise.',
            en: 'Nothing is corrected without you. A decision enters the computations at once, with your name, and can be taken back.',
          })}
        </p>
      )}
      {kinds.map(([code, findings]) => (
        <Kind key={code} code={code} findings={findings} meterId={meter.id} onChange={onChange} />
      ))}
      <DecisionList decisions={quality.decisions} meterId={meter.id} onChange={onChange} />
    </>
  );
};

type KindProps = {
  readonly code: string;
  readonly findings: readonly Finding[];
  readonly meterId: string;
  readonly onChange: () => void;
};

const Kind = ({ code, findings, meterId, onChange }: KindProps) => {
  const t = useText();
  const language = useLanguage();
  const [all, setAll] = useState(false);
  /** The findings a form is open for; null while none is. */
  const [deciding, setDeciding] = useState<readonly Finding[] | null>(null);
  const left = findings.filter(({ asksPerson, decision }) => asksPerson && decision === null);
  const name = markText[code] ?? { fr: code, en: code };
  const shown = all ? findings : findings.slice(0, FIRST_SHOWN);
  return (
    <Folded
      summary={
        <>
          {t(name)}
          {t(words.colon)}
          {left.length === 0
            ? t({
                fr: `${findings.length}, rien à trancher`,
                en: `${findings.length}, nothing to decide`,
              })
            : left.length === findings.length
              ? t({ fr: `${left.length} à trancher`, en: `${left.length} to decide` })
              : t({
                  fr: `${findings.length}, dont ${left.length} à trancher`,
                  en: `${findings.length}, ${left.length} of them to decide`,
                })}
        </>
      }
    >
      {() => (
        <>
          <p>{t(findings[0]?.action ?? { fr: '', en: '' })}</p>
          {left.length > 1 && (
            <p>
              <button type="button" class="plain" onClick={() => setDeciding(left)}>
                {t({ fr: `Trancher les ${left.length} à la fois`, en: `Decide all ${left.length} at once` })}
              </button>
            </p>
          )}
          {deciding !== null && deciding.length > 1 && (
            <DecisionForm
              findings={deciding}
              meterId={meterId}
              onChange={onChange}
              onClose={() => setDeciding(null)}
            />
          )}
          <ul class="findings">
            {shown.map((one) => (
              <li key={`${one.from}${one.to}`}>
                {t(one.message)}{' '}
                {one.asksPerson && one.decision === null && (
                  <button
                    type="button"
                    class="plain"
                    aria-label={`${t({ fr: 'Trancher', en: 'Decide' })}${t(words.colon)}${formatDay(one.from, language)}`}
                    onClick={() => setDeciding([one])}
                  >
                    {t({ fr: 'Trancher', en: 'Decide' })}
                  </button>
                )}
                {one.decision !== null && (
                  <span class="quiet">
                    {t({ fr: `(décision n° ${one.decision})`, en: `(decision no. ${one.decision})` })}
                  </span>
                )}
                {deciding?.length === 1 && deciding[0] === one && (
                  <DecisionForm
                    findings={deciding}
                    meterId={meterId}
                    onChange={onChange}
                    onClose={() => setDeciding(null)}
                  />
                )}
              </li>
            ))}
          </ul>
          {!all && findings.length > FIRST_SHOWN && (
            <button type="button" class="plain" onClick={() => setAll(true)}>
              {t({
                fr: `Les ${findings.length - FIRST_SHOWN} autres`,
                en: `The other ${findings.length - FIRST_SHOWN}`,
              })}
            </button>
          )}
        </>
      )}
    </Folded>
  );
};

const actions = ['keep', 'exclude', 'correct'] as const;
type Action = (typeof actions)[number];

const actionText: Readonly<Record<Action, Text>> = {
  keep: { fr: 'Les garder : ils sont vrais', en: 'Keep them: they are true' },
  exclude: { fr: 'Les exclure des calculs', en: 'Leave them out of the computations' },
  correct: { fr: 'Les multiplier par un facteur', en: 'Multiply them by a factor' },
};

const saidByHand: Outcome<never> = {
  ok: false,
  code: 'bad-factor',
  message: {
    fr: 'Donnez le facteur : un nombre au-dessus de 0, par exemple 0,001 pour des Wh pris pour des kWh.',
    en: 'Give the factor: a number above 0, for example 0.001 for Wh taken as kWh.',
  },
};

type FormProps = {
  readonly findings: readonly Finding[];
  readonly meterId: string;
  readonly onChange: () => void;
  readonly onClose: () => void;
};

const DecisionForm = ({ findings, meterId, onChange, onClose }: FormProps) => {
  const t = useText();
  const language = useLanguage();
  const [action, setAction] = useState<Action>('exclude');
  const [factor, setFactor] = useState('');
  const [first] = findings;
  const last = findings.at(-1);
  /** One decision a finding: each can be taken back alone. Stops at the first refusal. */
  const decide = async (reason: string): Promise<Outcome<unknown>> => {
    const by = Number(factor.replace(',', '.'));
    if (action === 'correct' && !(by > 0)) return saidByHand;
    for (const { code, from, to } of findings) {
      const outcome = await send('POST /v1/meters/{id}/decisions', {
        path: { id: meterId },
        body: {
          finding: code,
          from,
          to,
          action,
          reason,
          ...(action === 'correct' ? { factor: by } : {}),
        },
      });
      if (!outcome.ok) return outcome;
    }
    return { ok: true, value: null };
  };
  return (
    <SignedForm
      action={{ fr: 'Décider', en: 'Decide' }}
      send={decide}
      onDone={() => {
        onClose();
        onChange();
      }}
      onCancel={onClose}
    >
      <fieldset class="choices">
        <legend>
          {t(
            findings.length === 1
              ? {
                  fr: `Les relevés du ${formatDay(first?.from ?? '', language)} au ${formatDay(first?.to ?? '', language)}`,
                  en: `The readings from ${formatDay(first?.from ?? '', language)} to ${formatDay(first?.to ?? '', language)}`,
                }
              : {
                  fr: `Les ${findings.length} périodes, du ${formatDay(first?.from ?? '', language)} au ${formatDay(last?.to ?? '', language)}`,
                  en: `The ${findings.length} periods, from ${formatDay(first?.from ?? '', language)} to ${formatDay(last?.to ?? '', language)}`,
                },
          )}
        </legend>
        {actions.map((one) => (
          <label key={one}>
            <input type="radio" name="action" checked={action === one} onChange={() => setAction(one)} />
            {t(actionText[one])}
          </label>
        ))}
      </fieldset>
      {action === 'correct' && (
        <label class="labelled">
          {t({ fr: 'Facteur', en: 'Factor' })}
          <input
            class="field"
            type="text"
            inputMode="decimal"
            value={factor}
            onInput={(event) => setFactor(event.currentTarget.value)}
          />
        </label>
      )}
    </SignedForm>
  );
};
