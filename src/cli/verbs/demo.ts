import { demoPage } from '../../app/demo-page.ts';
import { runDemo } from '../../app/demo.ts';
import { message } from '../../core/message.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withContext } from '../with-context.ts';

export const demo: Verb = {
  usage: 'demo [--data FOLDER] [--json]',
  summary: message(
    'fait tout le tour de la boucle sur le parc d’exemple, et laisse une base que « serve » montre',
    'goes round the whole loop on the sample stock, and leaves a database that “serve” shows',
  ),
  options: { data: 'string' },
  positionals: { min: 0, max: 0 },
  run: (args, output) =>
    withContext(args.text('data'), output, async (context) => {
      const outcome = await runDemo(context, (done, total, label) =>
        output.progress(done, total, output.say(label)),
      );
      if (!outcome.ok) return output.refuse(outcome.error);
      if (output.json) output.data(outcome.value);
      else for (const line of demoPage(outcome.value, output.language)) output.text(line);
      return EXIT.answered;
    }),
};
