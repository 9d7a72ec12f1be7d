import { useEffect, useState } from 'preact/hooks';
import type { Job } from '../../client/names.ts';
import { formatNumber } from '../format.ts';
import { type Text, useText } from '../i18n.ts';

const waits: Text = { fr: 'Le calcul attend son tour.', en: 'The computation waits for its turn.' };

/** Under this share of the work, what is left cannot be told from what is done. */
const TOO_SOON = 0.05;

const duration = (seconds: number): string => {
  if (seconds < 60) return `${seconds}\u00a0s`;
  return `${Math.floor(seconds / 60)}\u00a0min ${String(seconds % 60).padStart(2, '0')}\u00a0s`;
};

/** How long still, at the pace so far; nothing while it is too soon to say, or in a search whose end nobody knows. */
export const leftTold = (progress: number, seconds: number): Text | null => {
  if (progress < TOO_SOON || progress >= 1) return null;
  const left = Math.max(1, Math.round((seconds * (1 - progress)) / progress));
  const share = Math.min(99, Math.round(100 * progress));
  return {
    fr: `${formatNumber(share, 'fr')} %, encore ${duration(left)} environ`,
    en: `${formatNumber(share, 'en')} %, about ${duration(left)} more`,
  };
};

/** What is being done, how far, since when, how long still, and the way to stop it. */
export const Waiting = ({ job, onStop }: { readonly job: Job | null; readonly onStop: () => void }) => {
  const t = useText();
  const [seconds, setSeconds] = useState(0);
  const startedMs = job === null ? null : Date.parse(job.createdAt);
  useEffect(() => {
    if (startedMs === null) return undefined;
    const tell = (): void => setSeconds(Math.max(0, Math.round((Date.now() - startedMs) / 1000)));
    tell();
    const timer = setInterval(tell, 1000);
    return () => clearInterval(timer);
  }, [startedMs]);
  const step = t(job?.notice?.message ?? job?.step ?? waits);
  const progress = job?.progress ?? 0;
  const left = leftTold(progress, seconds);
  return (
    <div class="waiting">
      <p role="status" class="sentence">
        {step}
      </p>
      <progress
        max={1}
        // A search goes on from a whole plan: how far it is, nobody knows.
        value={progress > 0 && progress < 1 ? progress : undefined}
        aria-label={step}
      />
      <span class="quiet">
        {' '}
        {duration(seconds)}
        {left !== null && ` · ${t(left)}`}{' '}
      </span>
      <button type="button" class="plain" onClick={onStop}>
        {t({ fr: 'Arrêter', en: 'Stop' })}
      </button>
      <p class="quiet">
        {t({
          fr: 'Vous pouvez quitter cette page : le calcul continue, et vous le retrouverez ici.',
          en: 'You may leave this page: the computation goes on, and you will find it here.',
        })}
      </p>
    </div>
  );
};
