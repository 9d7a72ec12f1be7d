import { message } from '../../core/message.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withContext } from '../with-context.ts';

export const audit: Verb = {
  usage: 'audit verify [--data FOLDER] [--json]',
  summary: message(
    'recalcule la chaîne du journal d’audit de chaque organisation et dit la première ligne altérée',
    'computes the chain of each organisation’s audit log again, and says the first line that was altered',
  ),
  options: { data: 'string' },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    if (args.positionals[0] !== 'verify') {
      output.status(`stacoptim ${audit.usage}`);
      return EXIT.wrongUse;
    }
    return withContext(args.text('data'), output, async ({ store }) => {
      const chains = [];
      for (const { id, name } of await store.identities.organisations()) {
        const own = await store.forOrganisation(id);
        chains.push({ organisation: id, name, ...(await own.audit.verify()) });
        for (const { origin, ...chain } of await own.archive.carriedChains())
          chains.push({ organisation: id, name: `${name} (import)`, ...chain, head: origin });
      }
      const broken = chains.find(({ brokenAt }) => brokenAt !== undefined);
      if (broken !== undefined)
        return output.refuse({
          code: 'audit-broken',
          message: message(
            `Le journal d’audit de l’organisation ${broken.name} (${broken.organisation}) a été altéré : ligne ${broken.brokenAt ?? 0}.`,
            `The audit log of organisation ${broken.name} (${broken.organisation}) was altered: line ${broken.brokenAt ?? 0}.`,
          ),
        });
      const report = chains.map(({ name, lines, head }) => `${name}: ${lines} ${head}`);
      return output.answer({ ok: true, value: { json: { chains }, report } });
    });
  },
};
