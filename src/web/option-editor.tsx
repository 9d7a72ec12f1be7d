import type { MeasureView } from '../client/names.ts';
import { Folded } from './folded.tsx';
import { useText, words } from './i18n.ts';
import { optionLetter } from './option-letter.ts';

/** As many as the API compares at once. */
export const MOST_OPTIONS = 12;

export type Options = readonly (readonly string[])[];

type EditorProps = {
  readonly measures: readonly MeasureView[];
  readonly options: Options;
  readonly onChange: (options: Options) => void;
  /** Back to the options that the tool suggests; absent while they are those compared. */
  readonly onReset: (() => void) | undefined;
};

/** The letter of each option as the comparison names it: those without a measure yet are not compared, and have none. */
const lettersOf = (options: Options): (string | null)[] => {
  let compared = 0;
  return options.map((option) => (option.length === 0 ? null : optionLetter(compared++)));
};

/** The measures of each option as boxes to tick; an option is copied, emptied, taken away, or begun anew. */
export const OptionEditor = ({ measures, options, onChange, onReset }: EditorProps) => {
  const t = useText();
  const letters = lettersOf(options);
  const nameOf = (index: number): string => letters[index] ?? t({ fr: 'nouvelle option', en: 'new option' });
  const toggle = (option: number, measure: string): void =>
    onChange(
      options.map((chosen, index) => {
        if (index !== option) return chosen;
        return chosen.includes(measure) ? chosen.filter((one) => one !== measure) : [...chosen, measure];
      }),
    );
  const applicable = measures.filter((measure) => measure.applicable);
  const full = options.length >= MOST_OPTIONS;
  return (
    <Folded
      kind="editor"
      summary={t({ fr: 'Changer les options comparées', en: 'Change the options compared' })}
    >
      {() => (
        <>
          <p class="quiet">
            {t({
              fr: 'Une colonne par option : cochez ses gestes, la comparaison se refait à chaque coche. Vos options restent dans ce navigateur.',
              en: 'One column an option: tick its measures, the comparison is made again at each tick. Your options stay in this browser.',
            })}
          </p>
          <div class="scroll">
            <table
              class="choices"
              aria-label={t({ fr: 'Les gestes de chaque option', en: 'The measures of each option' })}
            >
              <thead>
                <tr>
                  <th scope="col">{t({ fr: 'Geste', en: 'Measure' })}</th>
                  {options.map((_, index) => (
                    <th key={optionLetter(index)} scope="col">
                      {letters[index] ?? <small>{t({ fr: 'nouvelle', en: 'new' })}</small>}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {applicable.map((measure) => (
                  <tr key={measure.id}>
                    <th scope="row" title={t(measure.description)}>
                      {t(measure.name)}
                    </th>
                    {options.map((option, index) => (
                      <td key={optionLetter(index)}>
                        <label class="tick-box">
                          <input
                            type="checkbox"
                            checked={option.includes(measure.id)}
                            onChange={() => toggle(index, measure.id)}
                          />
                          <span class="hidden">
                            {t(measure.name)}, {nameOf(index)}
                          </span>
                        </label>
                      </td>
                    ))}
                  </tr>
                ))}
                <tr>
                  <th scope="row">{t({ fr: 'L’option entière', en: 'The whole option' })}</th>
                  {options.map((option, index) => (
                    <td key={optionLetter(index)}>
                      <button
                        type="button"
                        class="plain"
                        disabled={full || option.length === 0}
                        onClick={() => onChange([...options, option])}
                      >
                        {t({ fr: 'Copier', en: 'Copy' })} <span class="hidden">{nameOf(index)}</span>
                      </button>
                      <button
                        type="button"
                        class="plain"
                        disabled={options.length === 1}
                        onClick={() => onChange(options.filter((_, at) => at !== index))}
                      >
                        {t({ fr: 'Retirer', en: 'Remove' })} <span class="hidden">{nameOf(index)}</span>
                      </button>
                    </td>
                  ))}
                </tr>
              </tbody>
            </table>
          </div>
          <p class="actions">
            <button
              type="button"
              class="plain"
              disabled={full || letters.includes(null)}
              onClick={() => onChange([...options, []])}
            >
              {t({ fr: 'Ajouter une option vide', en: 'Add an empty option' })}
            </button>
            {onReset !== undefined && (
              <button type="button" class="plain" onClick={onReset}>
                {t({ fr: 'Revenir aux options proposées', en: 'Back to the suggested options' })}
              </button>
            )}
          </p>
          <Refused measures={measures.filter((measure) => !measure.applicable)} />
        </>
      )}
    </Folded>
  );
};

/** The measures that this building cannot have, each with its reason. */
const Refused = ({ measures }: { readonly measures: readonly MeasureView[] }) => {
  const t = useText();
  if (measures.length === 0) return null;
  return (
    <details>
      <summary>
        {t({
          fr: `Gestes sans objet ici (${measures.length}), et pourquoi`,
          en: `Measures of no use here (${measures.length}), and why`,
        })}
      </summary>
      <ul class="quiet">
        {measures.map((measure) => (
          <li key={measure.id}>
            {t(measure.name)}
            {t(words.colon)}
            {measure.reason === null ? '' : t(measure.reason)}
          </li>
        ))}
      </ul>
    </details>
  );
};
